"""docs/status.md says of every platform what is there."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from crawler.platform import platform, platforms

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def make_status() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_status", DOCS / "make_status.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_its_script_writes(make_status: ModuleType) -> None:
    said = (DOCS / "status.md").read_text("utf-8")
    assert said == make_status.page(), "run python docs/make_status.py"


def test_the_page_names_every_platform_once(make_status: ModuleType) -> None:
    rows = [line for line in make_status.page().splitlines() if line.startswith("| `")]
    assert sorted(row.split("`")[1] for row in rows) == sorted(platforms())
    assert all(row.count("|") == 11 for row in rows)


def test_every_body_is_proven_configured_or_neither(make_status: ModuleType) -> None:
    said = make_status.page()
    told = re.search(
        r"of ([\d,]+) bodies, ([\d,]+) have .*?, ([\d,]+) one that is .*?, ([\d,]+) none", said
    )
    assert told is not None
    every, *parts = (int(number.replace(",", "")) for number in told.groups())
    assert every == sum(parts) == 1789
    for row in (line for line in said.splitlines() if line.startswith("| `")):
        bodies, *proofs = (int(cell.replace(",", "")) for cell in row.split("|")[2:6])
        assert bodies == sum(proofs), row


def test_own_pages_are_proven_by_none_but_their_own(make_status: ModuleType) -> None:
    rows = [line for line in make_status.page().splitlines() if line.startswith("| `pdf_minutes`")]
    assert rows[0].split("|")[3].strip() == "0"


VERIFIED = tomllib.loads((DOCS / "verified.toml").read_text("utf-8"))


def test_it_is_said_of_every_platform_what_it_is_held_to() -> None:
    assert VERIFIED.keys() == platforms().keys()
    for name, said in VERIFIED.items():
        assert said.keys() <= {"recorded", "newest", "live", "note"}, name
        assert bool(said["recorded"]) == ("newest" in said), name
        assert said["recorded"] or said["note"], name


@pytest.mark.parametrize("name", sorted(platforms()))
def test_a_platform_without_recorded_responses_says_so_itself(name: str) -> None:
    words = " ".join((sys.modules[platform(name).start.__module__].__doc__ or "").lower().split())
    assert ("never checked against the real site" in words) == (not VERIFIED[name]["recorded"])
