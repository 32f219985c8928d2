"""What tests of several rooms build with."""

from __future__ import annotations

from pathlib import Path

from crawler.page import Parse
from crawler.platform import platform

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "tests" / "pages"
"""Saved pages: a folder for every platform, in it one for every case."""


def parser_of(name: str, parser: str) -> Parse:
    """A platform's parser by its name, as saved cases give it."""
    found = platform(name).parser(parser)
    assert found is not None, f"{name} has no {parser}"
    return found


def saved(case: str) -> bytes:
    """The page of a case, such as ``domino/view``."""
    return (PAGES / case / "page.bin").read_bytes()
