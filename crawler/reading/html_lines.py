"""The text of an HTML page in the lines that a reader sees."""

from __future__ import annotations

import re
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
        *("details", "dir", "div", "dl", "dt", "fieldset", "figure", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "hr", "li", "main", "menu", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_UNSEEN = ("script", "style", "noscript", "template", "nav", "header", "footer", "select", "rt")
_SOURCE_LINE = re.compile(r"(?<![ \t])[ \t]*[\r\n]+[ \t]*")
_AROUND = " \t\r\n"
_SPACES = re.compile(r"[\t\u00a0]| {2}[ \t\u00a0]*")
_BLANK_LINES = re.compile(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*)+(?=\n)")


def lines(root: HtmlElement, labels: list[HtmlElement] | None = None, mark: str = "") -> str:
    """The text under ``root``; a line ends where a block or a <br> does.

    Line ends of the source count only inside <pre>, and are no space: Japanese has none. Menus,
    scripts and readings of kanji (<rt>) are left out. ``mark`` is put on both sides of each of
    ``labels``. Changes ``root``.
    """
    _drop_unseen(root)
    # Sets of the elements, not of their ids: lxml makes and forgets its Python objects at will.
    tails = set(root.iter("pre", "xmp"))
    preformatted = {each for pre in tails for each in pre.iter()}
    chosen = set(labels or ())
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, ("start", "end")):
        if event == "start":
            text = element.text
            if element in chosen:
                pieces.append(mark)
            if element.tag in _BLOCKS:
                pieces.append("\n")
            if text:
                pieces.append(text if element in preformatted else _flowing(text))
            continue
        tail = element.tail
        if element in chosen:
            pieces.append(mark)
        if element.tag == "br" or element.tag in _BLOCKS:
            pieces.append("\n")
        if tail and element is not root:
            flows = element not in preformatted or element in tails
            pieces.append(_flowing(tail) if flows else tail)
    text = "".join(pieces).replace("\r\n", "\n").replace("\r", "\n")
    text = "\n".join([line.rstrip() for line in text.split("\n")])
    return _BLANK_LINES.sub("\n", text).strip("\n")


def _flowing(text: str) -> str:
    if "\n" in text or "\r" in text:
        inner = text.strip(_AROUND)
        if not inner or "\n" in inner or "\r" in inner:
            text = _SOURCE_LINE.sub("", text)
        else:  # mostly they stand at the ends alone
            before, _, after = text.partition(inner)
            text = _without_line_ends(before) + inner + _without_line_ends(after)
    if "  " in text or "\t" in text or "\u00a0" in text:
        return _SPACES.sub(" ", text)
    return text


def _without_line_ends(blank: str) -> str:
    return _SOURCE_LINE.sub("", blank) if blank.strip("\r\n") else ""


def _drop_unseen(root: HtmlElement) -> None:
    """Take the unseen out of the tree; what stands before and after them becomes one text.

    Parent by parent, each text written once: ``drop_tree`` copies all that stands before it, which
    is quadratic where a line has thousands of readings.
    """
    # Comments too: to walk over thousands in a row takes lxml time that grows with their square.
    nothing = (etree.Comment, etree.ProcessingInstruction)
    unseen = {each for each in root.iter(*_UNSEEN, *nothing) if each is not root}
    for parent in {cast("HtmlElement", each.getparent()) for each in unseen}:
        before: HtmlElement | None = None
        pieces = [parent.text]
        for child in [*parent, None]:
            if child is not None and child in unseen:
                pieces.append(child.tail)
                parent.remove(child)
                continue
            if len(pieces) > 1:
                text = "".join(filter(None, pieces))
                if before is None:
                    parent.text = text
                else:
                    before.tail = text
            if child is not None:
                before, pieces = child, [child.tail]
