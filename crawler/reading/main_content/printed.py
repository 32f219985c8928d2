"""An element's text as a reader sees it: a line for a block, one for a row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache
from itertools import islice
from typing import Literal

from lxml.html import HtmlElement

_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|center|details|dir|div|dl|dt|fieldset|figcaption|"
    "figure|footer|form|header|hr|li|main|menu|nav|ol|p|pre|section|summary|table|tbody|tfoot|thead|"
    "tr|ul"
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN = re.compile(
    "audio|button|canvas|embed|head|iframe|input|math|noscript|object|rp|rt|script|select|style|svg|"
    "template|textarea|title|video"
)
_STRUCK = frozenset(("s", "del", "strike"))
_STRIKE = "~~"
"""Around what is struck through: a day that was corrected must not be taken for one that holds."""

_IN_A_CELL = frozenset((*HEADINGS, "table", "dl", "blockquote"))
_LONGEST_CELL = 400
"""Characters, and elements: a longer cell holds an article, its table is there for the looks."""

_TABLE_ABOVE = 8
"""Elements from a cell to its table: its row, a <tbody>, what broken pages put between."""

_SOURCE_LINE = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_SPACES = re.compile(r"[\t\u00a0]| {2}[ \t\u00a0]*")
_ENDS = re.compile(r"[ \t\r\n\u00a0\u3000]*")

_Step = Literal["begins", "ends", "passed"]

# What parts two pieces of text; of several in a row the last here counts.
_JOINED, _IN_CELL, _CELL, _LINE, _BLANK = range(5)
_WRITTEN = ("", "\u3000", "\t", "\n", "\n\n")


@cache
def is_block(tag: object) -> bool:
    """Whether a line ends before and behind the element; ``tag`` of a comment is a function."""
    return isinstance(tag, str) and (tag in HEADINGS or _BLOCKS.fullmatch(tag) is not None)


@cache
def is_unseen(tag: object) -> bool:
    """Whether nothing of the element is shown."""
    return not isinstance(tag, str) or _UNSEEN.fullmatch(tag) is not None


def printed(root: HtmlElement, dropped: Set[HtmlElement] = frozenset()) -> str:
    """The text under ``root`` without what is ``dropped`` or never seen (scripts, readings).

    A line ends where a block or a <br> does, and a blank line stands before a heading. A row of a
    table is one line, its cells parted by a tab and the lines in a cell by a full-width space; so
    are a <dt> and its <dd>. Tables that hold headings or long text in their cells are taken for
    layout. What is struck through stands between ~~ and ~~. Line ends of the source are none, as
    Japanese has no spaces. ``root`` stays as it is.
    """
    writer = _Writer()
    layout = _layout_tables(root)
    cells = 0
    pre = 0
    for element, step in _walk(root, dropped):
        tag = element.tag
        if step == "passed":
            if is_block(tag):
                writer.part(_IN_CELL if cells else _LINE)
            writer.write(element.tail, as_it_is=pre > 0)
            continue
        if step == "begins":
            if tag == "br":
                writer.part(_IN_CELL if cells else _LINE)
            elif tag in ("td", "th"):
                if _table_of(element) in layout:
                    writer.part(_LINE)
                else:
                    cells += 1
            elif tag == "dd":
                before = element.getprevious()
                writer.part(_CELL if before is not None and before.tag == "dt" else _LINE)
            elif tag in HEADINGS:
                writer.part(_IN_CELL if cells else _BLANK)
            elif is_block(tag):
                writer.part(_IN_CELL if cells else _LINE)
            pre += tag == "pre"
            if tag in _STRUCK:
                writer.write(_STRIKE, as_it_is=True)
            writer.write(element.text, as_it_is=pre > 0)
            continue
        pre -= tag == "pre"
        if tag in _STRUCK:
            writer.write(_STRIKE, as_it_is=True)
        if tag in ("td", "th"):
            if _table_of(element) in layout:
                writer.part(_LINE)
            else:
                cells -= 1
                writer.part(_CELL)
        elif tag == "dt" and (behind := element.getnext()) is not None and behind.tag == "dd":
            writer.part(_CELL)
        elif is_block(tag) or tag == "dd":
            # A row ends its line, whatever table it stands in.
            writer.part(_IN_CELL if cells else _LINE)
        if element is not root:
            writer.write(element.tail, as_it_is=pre > 0)
    return writer.text()


class _Writer:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._before = _JOINED

    def part(self, by: int) -> None:
        self._before = max(self._before, by)

    def write(self, text: str | None, as_it_is: bool) -> None:
        if not text:
            return
        if as_it_is:
            for at, line in enumerate(re.split(r"\r\n?|\n", text)):
                if at:
                    self.part(_LINE)
                if line.strip():
                    self._put(line.rstrip())
            return
        text = _SPACES.sub(" ", _SOURCE_LINE.sub("", text) if re.search(r"[\r\n]", text) else text)
        if self._before >= _IN_CELL or not self._pieces:
            # The indentation of a paragraph (　) says nothing here; spaces alone part nothing.
            text = text[_end(text) :]
        if text:
            self._put(text)

    def _put(self, text: str) -> None:
        if self._pieces and self._before:
            self._pieces[-1] = self._pieces[-1].rstrip()
            self._pieces.append(_WRITTEN[self._before])
        self._pieces.append(text)
        self._before = _JOINED

    def text(self) -> str:
        return "".join(self._pieces).replace(_STRIKE * 2, "").strip()


def _end(text: str) -> int:
    found = _ENDS.match(text)
    return found.end() if found else 0


def _walk(root: HtmlElement, dropped: Set[HtmlElement]) -> Iterator[tuple[HtmlElement, _Step]]:
    """Each seen element when it begins and ends, others as passed; no recursion: pages are deep."""
    stack: list[tuple[HtmlElement, Iterator[HtmlElement]]] = [(root, iter(root))]
    yield root, "begins"
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield element, "ends"
        elif is_unseen(child.tag) or child in dropped:
            yield child, "passed"
        else:
            yield child, "begins"
            stack.append((child, iter(child)))


def _table_of(cell: HtmlElement) -> HtmlElement | None:
    above = islice(cell.iterancestors(), _TABLE_ABOVE)
    return next((each for each in above if each.tag == "table"), None)


def _layout_tables(root: HtmlElement) -> set[HtmlElement | None]:
    """The tables that lay out the page; a cell outside any table (None) is laid out too."""
    found: set[HtmlElement | None] = {None}
    for cell in root.iter("td", "th"):
        table = _table_of(cell)
        if table in found:
            continue
        length = 0
        for at, each in enumerate(cell.iter()):
            length += 0 if is_unseen(each.tag) else len((each.text or "").strip())
            length += len((each.tail or "").strip()) if at else 0
            if (at and each.tag in _IN_A_CELL) or max(length, at) > _LONGEST_CELL:
                found.add(table)
                break
    return found
