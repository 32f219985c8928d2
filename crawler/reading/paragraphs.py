"""Text that is no minutes, cut into passages at the ends of its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

SHORTEST = 200
LONGEST = 1200
"""In characters. A piece below SHORTEST stays only where joining it would pass LONGEST."""

_SENTENCE_END = re.compile(r"(?<=[。．！？!?」])(?![」）])")


def pieces(text: str) -> list[str]:
    """The text in pieces of about 200 to 1,200 characters, in order, nothing but space dropped.

    Cuts lie at blank lines, else at line ends, inside a longer line at the end of a sentence, and
    in the middle of one only where it is longer than a piece may be.
    """
    whole = re.sub(r"\r\n?", "\n", text)
    found: list[str] = []
    for blank_line, piece in _smallest(whole):
        last = found[-1] if found else None
        if last is None or len(last) + len(piece) > LONGEST or (blank_line and _enough(last)):
            found.append(piece)
        else:
            found[-1] += piece
    return [piece.strip("\n") for piece in _without_stubs(found) if piece.strip()]


def _enough(piece: str) -> bool:
    return len(piece.strip()) >= SHORTEST


def _smallest(text: str) -> Iterator[tuple[bool, str]]:
    """Lines with their ends, long ones in parts; and whether a blank line stood before."""
    blank = False
    for line in text.splitlines(keepends=True):
        if not line.strip():
            blank = True
            yield False, line
            continue
        for at, part in enumerate(_parts(line)):
            yield blank and at == 0, part
        blank = False


def _parts(line: str) -> Iterator[str]:
    if len(line) <= LONGEST:
        yield line
        return
    part = ""
    for sentence in _SENTENCE_END.split(line):
        if part and len(part) + len(sentence) > LONGEST:
            yield part
            part = ""
        full = len(sentence) // LONGEST * LONGEST
        for at in range(0, full, LONGEST):
            yield sentence[at : at + LONGEST]
        part += sentence[full:]
    if part:
        yield part


def _without_stubs(found: list[str]) -> Iterator[str]:
    """Short pieces joined to the one before, where both fit into one."""
    last = ""
    for piece in found:
        if last and not _enough(piece) and len(last) + len(piece) <= LONGEST:
            last += piece
        else:
            if last:
                yield last
            last = piece
    if last:
        yield last
