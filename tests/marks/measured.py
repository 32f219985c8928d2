"""How much of a page's marked content a reader's text holds, and how much of the text is chrome."""

from __future__ import annotations

from typing import NamedTuple

from tests.marks.main_content import Mark, texts, visible

_NEAR = 300
"""A node that may be there or not is looked for no farther on: its words may come again there."""


class Measured(NamedTuple):
    """Shares of characters without white space; ``lost`` and ``chrome_text`` are for a message."""

    kept: float
    chrome: float
    lost: list[str]
    chrome_text: str


def measured(source: str, marks: tuple[Mark, ...], text: str) -> Measured:
    """``text`` against the marks, node by node in the page's order.

    A node of the content is kept where it stands in ``text`` behind the one before. What no node of
    content or of *either* accounts for is chrome: counted against all of ``text``.
    """
    said = "".join(text.split())
    accounted = bytearray(len(said))
    at = content = kept = 0
    lost = []
    for start, end in texts(source):
        label = next((m.label for m in marks if m.start <= start and end <= m.end), None)
        words = visible(source, start, end)
        if label is None or not words:
            continue
        content += len(words) if label == "content" else 0
        found = said.find(words, at, None if label == "content" else at + _NEAR + len(words))
        if found < 0:
            if label == "content":
                lost.append(words)
            continue
        kept += len(words) if label == "content" else 0
        at = found + len(words)
        accounted[found:at] = b"\x01" * len(words)
    rest = "".join(each for each, told in zip(said, accounted, strict=True) if not told)
    return Measured(kept / content, len(rest) / max(len(said), 1), lost, rest)
