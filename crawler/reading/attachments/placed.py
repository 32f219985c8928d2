"""Characters by their places on a page put into lines, and into the rows of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_SAME_LINE = 0.45
"""Of the letters' size: how far two base lines lie apart at most that are one."""

_GAP = 0.8
"""Of the letters' size: a wider gap is printed as a full-width space."""

_SET_APART = re.compile(
    r"[明大昭平令]\s*[治正和成]\s*[0-9０-９元]{1,2}\s*年\s*[0-9０-９]{1,2}\s*月\s*[0-9０-９]{1,2}\s*日"
    r"(?:\s*午\s*[前後])?(?:\s*[0-9０-９]{1,2}\s*時(?:\s*[0-9０-９]{1,2}\s*分)?)?"
)
"""A day whose letters are set apart to fill a line: 令　和　８　年 …"""

_NEAR_EDGE = 1.6
"""Of the letters' size: a line that ends so near the longest of its cell goes on in the next."""

_LONG = 200
"""Characters of a cell."""

_JAPANESE = re.compile(r"[^\x00-\xff]")


class Glyph(NamedTuple):
    """A character, where it begins and ends, the height of its base line (upwards), its size."""

    letter: str
    left: float
    right: float
    base: float
    size: float


class RuledCell(NamedTuple):
    """Of a table; ``top`` is higher than ``bottom``."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, glyph: Glyph) -> bool:
        middle = (glyph.left + glyph.right) / 2
        height = glyph.base + glyph.size * 0.3
        return self.left <= middle < self.right and self.bottom <= height < self.top


Table = Sequence[Sequence[RuledCell]]
"""Its rows from the top, each cell once."""


class _Line(NamedTuple):
    base: float
    text: str
    right: float
    size: float


def laid_out(glyphs: Iterable[Glyph], tables: Iterable[Table] = ()) -> str:
    """The text of a page from top to bottom: a line for what stands on one line, and for a row."""
    rest = list(glyphs)
    found: list[tuple[float, str]] = []
    for table in tables:
        cells = [cell for row in table for cell in row]
        if not cells:
            continue
        around = RuledCell(
            min(each.left for each in cells),
            min(each.bottom for each in cells),
            max(each.right for each in cells),
            max(each.top for each in cells),
        )
        inside = [each for each in rest if around.holds(each)]
        rest = [each for each in rest if not around.holds(each)]
        for row in table:
            words = []
            for cell in row:
                held = [each for each in inside if cell.holds(each)]
                inside = [each for each in inside if not cell.holds(each)] if held else inside
                words.append(_in_cell(_lines(held), cell))
            if any(words):
                top = max(cell.top for cell in row)
                found.append((top, "\t".join(filter(None, words))))
        rest += inside  # in the table's frame, and in none of its cells
    found += [(line.base, line.text) for line in _lines(rest)]
    return "\n".join(text for _, text in sorted(found, key=lambda each: -each[0]))


def _lines(glyphs: Sequence[Glyph]) -> list[_Line]:
    """From the top; glyphs of nearly one base line are one line, from left to right."""
    grouped: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: -each.base):
        last = grouped[-1][0] if grouped else None
        if last and last.base - glyph.base <= _SAME_LINE * min(last.size, glyph.size):
            grouped[-1].append(glyph)
        else:
            grouped.append([glyph])
    return [line for group in grouped if (line := _line(group)).text]


def _line(group: Sequence[Glyph]) -> _Line:
    text: list[str] = []
    before: Glyph | None = None
    for glyph in sorted(group, key=lambda each: each.left):
        if before is not None:
            if glyph.letter == before.letter and glyph.left - before.left < 0.2 * glyph.size:
                continue  # printed twice, for bold type
            gap = glyph.left - before.right
            if gap > _GAP * max(glyph.size, before.size) and not glyph.letter.isspace():
                text.append("\u3000")
        text.append(glyph.letter)
        before = glyph
    words = re.sub("[ \u3000]{3,}", "\u3000", "".join(text)).strip()
    return _Line(
        max(each.base for each in group),
        _SET_APART.sub(lambda found: re.sub(r"\s", "", found[0]), words),
        max(each.right for each in group if not each.letter.isspace() or each is group[0]),
        max(each.size for each in group),
    )


def _in_cell(lines: Sequence[_Line], cell: RuledCell) -> str:
    """The lines of a cell as one: those that fill its width go on without a gap.

    Of a cell that holds much, what begins anew stays a line.
    """
    text = ""
    full = False
    edge = max((line.right for line in lines), default=0.0)
    between = "\n" if sum(len(line.text) for line in lines) > _LONG else "\u3000"
    for line in lines:
        if text and not full:
            text += between
        elif text and not (_JAPANESE.match(line.text) or _JAPANESE.match(text[-1])):
            text += " "
        text += line.text
        near = _NEAR_EDGE * line.size
        full = edge - line.right <= near and cell.right - line.right <= 2 * near
    return text
