"""The marks of main_content.csv, and where in a page's source a person sees text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

MARKS = Path(__file__).with_name("main_content.csv")
LABELS = ("content", "either")

HELD_UNSEEN = frozenset(
    {
        "municipal_web/adm/digital-press.html",
        "municipal_web/nyusatsu_watch/page_ginowan_result.html",
        "municipal_web/nyusatsu_watch/page_pref_system.html",
    }
)
"""The pages on which rules are measured once, at the end, by who has not looked at them before."""

_CHARSET = re.compile(rb"<meta\b[^>]*\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_UNSEEN = frozenset({"head", "script", "style", "noscript", "template"})
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?")


class Mark(NamedTuple):
    """Characters ``start`` to ``end`` (not with it) of the decoded source are ``label``."""

    start: int
    end: int
    label: str


class MarkedPage(NamedTuple):
    """One page of ../shared/samples, and its marks in order. What no mark covers is chrome."""

    file: str
    sha256: str
    marks: tuple[Mark, ...]


def marked_pages() -> list[MarkedPage]:
    """Every page that main_content.csv marks."""
    with MARKS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        MarkedPage(
            file,
            sha256,
            tuple(Mark(int(row["start"]), int(row["end"]), row["label"]) for row in of_page),
        )
        for (file, sha256), of_page in groupby(rows, key=itemgetter("file", "sha256"))
    ]


def decoded(page: bytes) -> str:
    """The source that the marks count in.

    Decoded strictly by the charset of the first ``<meta>`` that declares one, each CR and LF left
    as it is. None of the pages begins with a byte order mark.
    """
    declared = _CHARSET.search(page)
    if declared is None:
        raise ValueError("the page declares no charset")
    return page.decode(declared[1].decode("ascii"))


def texts(source: str) -> list[tuple[int, int]]:
    """Where the text nodes that are shown lie in ``source``, without the white space around them.

    Not shown: comments, what stands in ``head``, ``script``, ``style``, ``noscript`` or
    ``template``, attributes (so also ``alt``) and nodes of white space alone. What a style sheet
    hides counts as shown.
    """
    reader = _Texts(source)
    reader.feed(source)
    reader.close()
    return [seen for run in reader.runs() if (seen := _stripped(source, *run)) is not None]


def visible(source: str, start: int, end: int) -> str:
    """The characters of one text node as they are shown, without any white space."""
    return "".join(unescape(source[start:end]).split())


def _stripped(source: str, start: int, end: int) -> tuple[int, int] | None:
    # &nbsp; is white space too: a node of nothing else shows nothing.
    ends = [
        (start + at, start + to)
        for at, to in _characters(source[start:end])
        if not unescape(source[start + at : start + to]).isspace()
    ]
    return (ends[0][0], ends[-1][1]) if ends else None


def _characters(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(text):
        reference = _REFERENCE.match(text, at)
        to = reference.end() if reference else at + 1
        yield at, to
        at = to


class _Texts(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)  # so that each piece says where it began
        self._lines = [0, *(found.end() for found in re.finditer("\n", source))]
        self._around: list[str] = []
        self._starts: list[tuple[int, bool]] = []
        self._length = len(source)

    def runs(self) -> Iterable[tuple[int, int]]:
        ends = [*(start for start, _ in self._starts[1:]), self._length]
        for (start, is_text), end in zip(self._starts, ends, strict=True):
            if is_text:
                yield start, end

    def _begin(self, is_text: bool) -> None:
        line, column = self.getpos()
        is_text = is_text and not self._around
        if not (is_text and self._starts and self._starts[-1][1]):
            self._starts.append((self._lines[line - 1] + column, is_text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(False)
        if tag in _UNSEEN:
            self._around.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(False)

    def handle_endtag(self, tag: str) -> None:
        self._begin(False)
        if self._around and self._around[-1] == tag:
            self._around.pop()

    def handle_data(self, data: str) -> None:
        self._begin(True)

    def handle_entityref(self, name: str) -> None:
        self._begin(True)

    def handle_charref(self, name: str) -> None:
        self._begin(True)

    def handle_comment(self, data: str) -> None:
        self._begin(False)

    def handle_decl(self, decl: str) -> None:
        self._begin(False)

    def unknown_decl(self, data: str) -> None:
        self._begin(False)

    def handle_pi(self, data: str) -> None:
        self._begin(False)
