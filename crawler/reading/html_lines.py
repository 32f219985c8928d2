"""The text of an HTML page in the lines that a reader sees."""

from __future__ import annotations

import re
from typing import cast

from lxml.html import HtmlElement

_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dir|div|dl|dt|fieldset|figure|"
    "form|h[1-6]|hr|li|main|menu|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_UNSEEN = ("script", "style", "noscript", "template", "nav", "header", "footer", "select", "rt")
_SOURCE_LINE = re.compile(r"(?<![ \t])[ \t]*[\r\n]+[ \t]*")
_SPACES = re.compile(r"[\t\u00a0]| {2}[ \t\u00a0]*")
_BLANK_LINES = re.compile(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*)+(?=\n)")


def lines(root: HtmlElement, labels: list[HtmlElement] | None = None, mark: str = "") -> str:
    """The text under ``root``; a line ends where a block or a <br> does.

    Line ends of the source count only inside <pre>, and are no space: Japanese has none. Menus,
    scripts and readings of kanji (<rt>) are left out. ``mark`` is put on both sides of each of
    ``labels``. Changes ``root``.
    """
    for element in list(root.iter(*_UNSEEN)):
        if element is not root:
            _drop(element)
    # Sets of the elements, not of their ids: lxml makes and forgets its Python objects at will.
    tails = set(root.iter("pre", "xmp"))
    preformatted = {each for pre in tails for each in pre.iter()}
    chosen = set(labels or ())
    for element in root.iter():
        if not isinstance(element.tag, str):  # a comment
            element.text = ""
            element.tail = _flowing(element.tail)
            continue
        inside = element in preformatted
        if not inside:
            element.text = _flowing(element.text)
        if not inside or element in tails:
            element.tail = _flowing(element.tail)
        if element.tag == "br":
            element.tail = "\n" + (element.tail or "")
        elif _BLOCKS.fullmatch(element.tag):
            element.text = "\n" + (element.text or "")
            element.tail = "\n" + (element.tail or "")
        if element in chosen:
            element.text = mark + (element.text or "")
            element.tail = mark + (element.tail or "")
    text = str(root.text_content()).replace("\r\n", "\n").replace("\r", "\n")
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n", text).strip("\n")


def _flowing(text: str | None) -> str | None:
    if not text:
        return text
    if "\n" in text or "\r" in text:
        text = _SOURCE_LINE.sub("", text)
    return _SPACES.sub(" ", text) if _SPACES.search(text) else text


def _drop(element: HtmlElement) -> None:
    parent = cast("HtmlElement | None", element.getparent())
    if parent is not None:
        element.drop_tree()
