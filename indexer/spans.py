"""Where the tokens of a text stand, small enough to be kept beside every text of an index.

A text's *widths* are the lengths of its morphemes, in characters of its search form and in order:
they cover it without gaps. Packed, a width takes half a byte: 1 to 14 stands for itself, 15 for 14
and more to come; a 0 before a width says that the morpheme takes no position (white space).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[Any]

_MORE = 15
_STEP = 14


@dataclass(frozen=True, slots=True)
class Located:
    """A passage's tokens as the index knows them: where each stands, and what some of them are.

    ``begins`` and ``ends`` are offsets in the search form, by position. ``terms`` are those that a
    query asks for, with their positions. ``checksum`` is that of the text they belong to.
    """

    begins: Ints
    ends: Ints
    terms: Sequence[tuple[int, str]]
    checksum: int


def checksum(text: str) -> int:
    """Tells a text from the one that was indexed before it changed."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def pack(widths: Ints, unplaced: Ints, counts: Ints) -> list[bytes]:
    """The packed widths of many texts, of which ``counts`` gives how many each has.

    ``unplaced`` are the indices of those that take no position. Widths are 1 or more.
    """
    more = (widths - 1) // _STEP
    sizes = more + 1
    sizes[unplaced] += 1
    ends = np.cumsum(sizes)
    borders = np.r_[0, ends][np.r_[0, np.cumsum(counts)]]
    odd = np.diff(borders) % 2
    # Each text begins with a whole byte.
    padding = np.cumsum(odd) - odd
    shift = np.repeat(padding, counts)
    halves = np.full(int(borders[-1] + odd.sum()), _MORE, dtype=np.uint8)
    halves[ends + shift - 1] = widths - more * _STEP
    halves[(ends - sizes + shift)[unplaced]] = 0
    starts = borders[:-1] + padding
    stops = borders[1:] + padding
    halves[stops[odd == 1]] = 0
    packed = (halves[0::2] | (halves[1::2] << 4)).tobytes()
    edges = zip((starts // 2).tolist(), ((stops + 1) // 2).tolist(), strict=True)
    return [packed[start:stop] for start, stop in edges]


def unpack(packed: bytes) -> tuple[Ints, Ints]:
    """Where the token of each position begins and ends in the search form."""
    whole = np.frombuffer(packed, dtype=np.uint8)
    halves = np.empty(2 * len(whole), dtype=np.uint8)
    halves[0::2] = whole & 15
    halves[1::2] = whole >> 4
    last = np.flatnonzero((halves != 0) & (halves != _MORE))
    reached = np.cumsum(np.where(halves == _MORE, _STEP, halves), dtype=np.int64)
    ends = reached[last]
    begins = np.r_[0, ends[:-1]] if len(ends) else ends
    first = np.r_[0, last[:-1] + 1] if len(last) else last
    placed = halves[first] != 0
    return begins[placed], ends[placed]
