"""Text for a terminal: East Asian widths, lines that fit, colours."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from rich.cells import cell_len

from presenting.safe_text import Marks, clean_marked

# Characters that Japanese typesetting does not let begin or end a line (kinsoku).
_NO_START = frozenset(
    "、。，．・：；？！）〕］｝〉》」』】々ー…‥,.:;?!)]}%％ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_NO_END = frozenset("（〔［｛〈《「『【([{")
PLAIN_WIDTH = 100
"""Columns assumed where the output is no terminal and something has to be scaled."""


@dataclass(frozen=True)
class Style:
    """How words stand out: colours on a terminal, 【】 around a found word elsewhere.

    ``width`` is the number of columns to wrap at, None where lines are not wrapped.
    """

    colour: bool = False
    width: int | None = None

    def _with(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text

    def found(self, text: str) -> str:
        return self._with("1;33", text) if self.colour else f"【{text}】"

    def strong(self, text: str) -> str:
        return self._with("1", text)

    def faint(self, text: str) -> str:
        return self._with("2", text)

    def accent(self, text: str) -> str:
        return self._with("36", text)

    def warning(self, text: str) -> str:
        return self._with("33", text)


PLAIN = Style()


def style_for(stream: TextIO) -> Style:
    """Colours and the window's width on a terminal, plain and unwrapped elsewhere.

    ``NO_COLOR`` and ``TERM=dumb`` are honoured.
    """
    if not stream.isatty():
        return PLAIN
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(colour=colour, width=max(40, shutil.get_terminal_size().columns))


def style() -> Style:
    """The paint for standard output."""
    return style_for(sys.stdout)


def pad(text: str, width: int, *, right: bool = False) -> str:
    """``text`` filled with spaces up to ``width`` columns, to the left of it with ``right``."""
    spaces = " " * max(0, width - cell_len(text))
    return spaces + text if right else text + spaces


def in_columns(rows: Sequence[Sequence[str]], *, figures: bool) -> list[str]:
    """The rows as lines, each column as wide as its widest cell.

    With ``figures`` all but the first column are figures, which stand to the right.
    """
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            pad(cell, width, right=figures and place > 0)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def wrap(text: str, width: int | None) -> list[tuple[int, int]]:
    """The lines of ``text`` as (start, end): broken at ``\\n``, and before ``width`` columns.

    Japanese breaks anywhere but before closing and after opening punctuation; ASCII words
    (links) stay whole where they fit on a line.
    """
    lines: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        while width is not None and start < end:
            stop = _line_end(text, start, end, width)
            if stop == end:
                break
            lines.append((start, stop))
            start = stop
        lines.append((start, end))
        start = end + 1
    return lines


def _line_end(text: str, start: int, end: int, width: int) -> int:
    used = 0
    at = start
    while at < end:
        used += cell_len(text[at])
        if used > width:
            break
        at += 1
    else:
        return end
    at = max(at, start + 1)
    for candidate in range(at, max(start, at - 24), -1):
        before, after = text[candidate - 1], text[candidate]
        inside_word = before.isascii() and after.isascii() and not (before + after).count(" ")
        if after not in _NO_START and before not in _NO_END and not inside_word:
            return candidate
    return at


def marked(text: str, marks: Marks, style: Style) -> list[str]:
    """The lines of ``text``, wrapped, with what lies in ``marks`` painted as found words."""
    text, marks = clean_marked(text, marks)
    lines: list[str] = []
    for start, end in wrap(text, style.width):
        parts: list[str] = []
        at = start
        for first, last in marks:
            first, last = max(first, at), min(last, end)
            if first < last:
                parts += [text[at:first], style.found(text[first:last])]
                at = last
        lines.append("".join([*parts, text[at:end]]))
    return lines
