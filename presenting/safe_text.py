"""Text that others wrote, made safe to show: hostile characters out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len

DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
"""Marks of direction, as in a class of a regular expression: they reorder what follows."""

# A whole escape sequence goes, so that no "[31m" stays behind; then every other control
# character, and those that reorder what follows (bidi), that annotate or tag it unseen, or are no
# characters (surrogates).
_HOSTILE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"
    r"|\x1b[\]PX^_][^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
    r"|\x9b[0-?]*[ -/]*[@-~]"
    rf"|[\x00-\x08\x0b-\x1f\x7f-\x9f{DIRECTIONS}\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    r"|[\ud800-\udfff]"
)
_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """``text`` without what could steer or disguise a terminal; line ends become ``\\n``.

    Page text is written by others: escape sequences, control characters (C0, C1), marks of
    direction, of annotation, tags and lone surrogates are dropped, a tab becomes a space.
    """
    return _HOSTILE.sub("", _BREAKS.sub("\n", text)).replace("\t", " ")


def one_line(text: str) -> str:
    """``text`` cleaned, on one line."""
    return _SPACES.sub(" ", clean(text)).strip()


def cut(text: str, width: int) -> str:
    """``text`` in at most ``width`` columns, with … where something is missing."""
    if cell_len(text) <= width:
        return text
    kept: list[str] = []
    used = 1
    for character in text:
        used += cell_len(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept) + "…"


Marks = Sequence[tuple[int, int]]


def clean_marked(text: str, marks: Marks) -> tuple[str, list[tuple[int, int]]]:
    """``text`` cleaned, with the same words marked in it."""
    parts: list[str] = []
    moved: list[tuple[int, int]] = []
    at = length = 0
    for first, last in sorted(marks):
        if not at <= first < last <= len(text):
            continue
        before, word = clean(text[at:first]), clean(text[first:last])
        moved.append((length + len(before), length + len(before) + len(word)))
        parts += [before, word]
        length, at = length + len(before) + len(word), last
    return "".join([*parts, clean(text[at:])]), moved
