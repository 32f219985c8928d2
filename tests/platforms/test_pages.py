"""Saved pages: a directory per case with the bytes, where they come from, and what is read.

``origin`` is ``recorded`` or ``invented``; so far all are invented, in the shape of recorded ones
that must not be published (``test_recorded_*.py`` reads those). A case with ``refused`` names the
error. With ``REWRITE_EXPECTED=1`` the answers are written, every test fails, and a person reads
them.
"""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import fields, is_dataclass
from datetime import date, time
from pathlib import Path

import pytest

from crawler.page import Page, PageChanged
from crawler.platform import UnknownPlatform, platform, platforms
from kazami.errors import KazamiError
from tests.builders import PAGES, parser_of

CASES = sorted(case.parent for case in PAGES.glob("*/*/case.toml"))


def plain(value: object) -> object:
    """What a parser answers, as JSON: a parser by its name, only what is not empty."""
    if is_dataclass(value) and not isinstance(value, type):
        found = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        answer = {name: each for name, each in found.items() if each not in (None, "", [], {})}
        return {"answer": type(value).__name__, **answer}
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, bytes):
        return value.decode("ascii")
    if isinstance(value, date | time):
        return value.isoformat()
    return value.__name__ if callable(value) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_saved_page(case: Path) -> None:
    said = tomllib.loads((case / "case.toml").read_text("utf-8"))
    page = Page(said["url"], (case / "page.bin").read_bytes(), said["content_type"])
    parse = parser_of(case.parent.name, said["parser"])
    expected = case / "expected.json"
    got: object
    try:
        got = plain(list(parse(page, **said["cb_kwargs"])))
        refused = None
    except KazamiError as error:
        refused = type(error).__name__
        got = {"refused": refused, "lines": str(error).split("\n")}
    assert refused == said.get("refused")
    if os.environ.get("REWRITE_EXPECTED"):
        expected.write_text(json.dumps(got, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail(f"wrote {expected}: read it, then run again without REWRITE_EXPECTED")
    assert got == json.loads(expected.read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(platforms()))
def test_every_platform_has_saved_pages(name: str) -> None:
    assert [case for case in CASES if case.parent.name == name]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_saved_page_says_its_origin_and_is_small(case: Path) -> None:
    said = tomllib.loads((case / "case.toml").read_text("utf-8"))
    assert said["origin"] in ("recorded", "invented")
    assert said["note"]
    assert (case / "page.bin").stat().st_size < 200_000


def test_an_unknown_platform_names_those_that_exist() -> None:
    with pytest.raises(UnknownPlatform, match="kensakusystem, kkj, kokkai"):
        platform("kensaku")


def test_a_link_that_is_no_address_is_a_changed_page() -> None:
    page = Page("https://www.kensakusystem.jp/reiji/", b"")
    assert page.link("cgi-bin3/See.exe") == "https://www.kensakusystem.jp/reiji/cgi-bin3/See.exe"
    with pytest.raises(PageChanged, match="an address"):
        page.link("http://[broken")
