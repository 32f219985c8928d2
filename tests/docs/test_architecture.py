"""The pictures of docs/architecture.md are what the code imports, arrow by arrow."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "architecture.md"
PACKAGES = sorted(path.parent.name for path in ROOT.glob("*/py.typed"))

_BLOCK = re.compile(r"```mermaid\n(.*?)```", re.DOTALL)
_ARROW = re.compile(r"^\s*(\w+) --> (\w+)\s*$", re.MULTILINE)
_SUBJECT = re.compile(r"%% (\w+)")

Arrows = set[tuple[str, str]]


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES, cache_dir=None)


def drawn() -> dict[str, Arrows]:
    """What is drawn, by the subject that a picture names: ``packages``, or one package's rooms."""
    return {
        _SUBJECT.findall(block)[0]: set(_ARROW.findall(block))
        for block in _BLOCK.findall(PAGE.read_text("utf-8"))
    }


def imported(subject: str) -> Arrows:
    """What imports what: package by package, or room by room inside one."""
    depth = 0 if subject == "packages" else 1
    found = set()
    for module in graph().modules:
        for other in graph().find_modules_directly_imported_by(module):
            one, two = module.split("."), other.split(".")
            inside = depth == 0 or (one[0] == two[0] == subject and min(len(one), len(two)) > 1)
            if inside and one[depth] != two[depth]:
                found.add((one[depth], two[depth]))
    return found


@pytest.mark.parametrize("subject", sorted(drawn()))
def test_the_picture_has_the_arrows_of_the_code_and_no_other(subject: str) -> None:
    arrows, real = drawn()[subject], imported(subject)
    assert arrows
    assert {"missing": real - arrows, "wrong": arrows - real} == {"missing": set(), "wrong": set()}


def test_packages_and_the_crawler_are_drawn() -> None:
    assert {"packages", "crawler"} <= drawn().keys()


def test_no_picture_has_a_circle() -> None:
    for arrows in drawn().values():
        left = {name for arrow in arrows for name in arrow}
        while free := {n for n in left if not any(a == n and b in left for a, b in arrows)}:
            left -= free
        assert left == set()
