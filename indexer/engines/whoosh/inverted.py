"""Inverted lists in bulk: from tokens to sorted arrays, and to and from their packed bytes.

A packed list is one record: a header (the widths in bytes of the document gaps, the frequencies
and the positions, then how many documents and the first of them), the gaps from document to
document, the frequencies, the positions. Numbers are little-endian and as narrow as the largest
of the list allows; a width of 0 means that all are 1 (frequencies) or that there are none.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]

HEADER = struct.Struct("<BBBxII")
_DTYPES: dict[int, npt.DTypeLike] = {1: "<u1", 2: "<u2", 4: "<u4"}


@dataclass(frozen=True, slots=True)
class Inverted:
    """The lists of sorted terms, one after the other.

    ``terms`` are UTF-8 and rise. ``df`` says how many documents each has, ``tf`` how many
    positions. ``docs`` and ``freqs`` are as long as the sum of ``df``, ``positions`` as that of
    ``tf``.
    """

    terms: list[bytes]
    df: Ints
    tf: Ints
    docs: Ints
    freqs: Ints
    positions: Ints


@dataclass(frozen=True, slots=True)
class Packed:
    """Packed records in one buffer; ``offsets`` has one more than there are terms."""

    buffer: npt.NDArray[np.uint8]
    offsets: Ints


@dataclass(frozen=True, slots=True)
class PostingList:
    """One term's list: rising documents, how often in each, and all positions in that order."""

    docs: Ints
    freqs: Ints
    positions: Ints


class TermNumbers(defaultdict[str, int]):
    """Numbers terms in the order they are first asked for."""

    def __init__(self) -> None:
        super().__init__(count().__next__)


def invert(numbers: TermNumbers, ids: Ints, lengths: Ints) -> Inverted:
    """The inverted lists of documents given as runs of term numbers.

    ``ids`` holds the documents' term numbers one after the other, ``lengths`` how many each
    document has. The term "" takes a position and is left out.
    """
    docs = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
    positions = counting_runs(lengths).astype(np.uint32)
    texts = list(numbers)
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    order = sorted(range(len(texts)), key=encoded.__getitem__)
    rank = np.empty(len(texts), dtype=np.int64)
    rank[order] = np.arange(len(texts))
    # Sorting one integer made of both is several times faster than a stable argsort.
    keys = (rank[ids] << 32) | np.arange(len(ids))
    keys.sort()
    ranks = keys >> 32
    at = keys & 0xFFFFFFFF
    terms = [encoded[i] for i in order]
    if terms and terms[0] == b"":
        empty = int(np.searchsorted(ranks, 1))
        ranks, at, terms = ranks[empty:] - 1, at[empty:], terms[1:]
    docs, positions = docs[at], positions[at]
    starts = np.flatnonzero(np.r_[True, (np.diff(ranks) != 0) | (np.diff(docs) != 0)])
    if not len(ranks):
        starts = np.zeros(0, dtype=np.int64)
    return Inverted(
        terms=terms,
        df=np.bincount(ranks[starts], minlength=len(terms)),
        tf=np.bincount(ranks, minlength=len(terms)),
        docs=docs[starts],
        freqs=np.diff(np.r_[starts, len(ranks)]).astype(np.uint32),
        positions=positions,
    )


def ranges(names: Iterable[str], lengths: Ints) -> Inverted:
    """Lists of names that hold for runs of documents: the first ``lengths[0]``, and so on.

    The names must differ. They have no positions.
    """
    encoded = [name.encode("utf-8", "surrogatepass") for name in names]
    order = sorted(range(len(encoded)), key=encoded.__getitem__)
    starts = np.cumsum(lengths) - lengths
    df = np.asarray(lengths, dtype=np.int64)[order]
    docs = (np.repeat(starts[order], df) + counting_runs(df)).astype(np.uint32)
    return Inverted(
        terms=[encoded[i] for i in order],
        df=df,
        tf=np.zeros(len(order), dtype=np.int64),
        docs=docs,
        freqs=np.ones(len(docs), dtype=np.uint32),
        positions=np.zeros(0, dtype=np.uint32),
    )


def pack(lists: Inverted) -> Packed:
    """The lists as packed records, all at once."""
    df, tf = lists.df, lists.tf
    if not len(df):
        return Packed(np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int64))
    first = np.cumsum(df) - df
    gaps = np.diff(lists.docs.astype(np.int64), prepend=0)
    firsts = lists.docs[first]
    gaps[first] = 0
    doc_width = _width(np.maximum.reduceat(gaps, first))
    freq_width = _width(np.maximum.reduceat(lists.freqs, first), zero_below=2)
    position_width = np.zeros(len(df), dtype=np.int64)
    has = np.flatnonzero(tf)
    if len(has):
        starts = (np.cumsum(tf) - tf)[has]
        position_width[has] = _width(np.maximum.reduceat(lists.positions, starts))
    doc_bytes, freq_bytes = df * doc_width, df * freq_width
    sizes = HEADER.size + doc_bytes + freq_bytes + tf * position_width
    offsets = np.r_[0, np.cumsum(sizes)]
    buffer = np.zeros(int(offsets[-1]), dtype=np.uint8)
    start = offsets[:-1]
    for at, width in enumerate((doc_width, freq_width, position_width)):
        buffer[start + at] = width
    _scatter(buffer, start + 4, np.full(len(df), 4), np.ones(len(df), dtype=np.int64), df)
    _scatter(buffer, start + 8, np.full(len(df), 4), np.ones(len(df), dtype=np.int64), firsts)
    docs_at = start + HEADER.size
    _scatter(buffer, docs_at, doc_width, df, gaps)
    _scatter(buffer, docs_at + doc_bytes, freq_width, df, lists.freqs)
    _scatter(buffer, docs_at + doc_bytes + freq_bytes, position_width, tf, lists.positions)
    return Packed(buffer, offsets)


def unpack(buffer: npt.NDArray[np.uint8], starts: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Many records at once, the inverse of ``pack``: df, tf, docs, freqs, positions.

    ``starts`` are where the records begin in ``buffer``. A list without positions has tf 0.
    """
    one = np.ones(len(starts), dtype=np.int64)
    four = np.full(len(starts), 4)
    doc_width, freq_width, position_width = (
        buffer[starts + at].astype(np.int64) for at in range(3)
    )
    df = _gather(buffer, starts + 4, four, one)
    firsts = _gather(buffer, starts + 8, four, one)
    docs_at = starts + HEADER.size
    gaps = _gather(buffer, docs_at, doc_width, df)
    freqs = _gather(buffer, docs_at + df * doc_width, freq_width, df)
    ones = np.repeat(freq_width == 0, df)
    freqs[ones] = 1
    first = np.cumsum(df) - df
    gaps[first] = firsts
    running = np.cumsum(gaps)
    before = running[first] - firsts
    docs = running - np.repeat(before, df)
    tf = np.add.reduceat(freqs, first) if len(df) else np.zeros(0, dtype=np.int64)
    tf = np.where(position_width == 0, 0, tf)
    positions_at = docs_at + df * (doc_width + freq_width)
    positions = _gather(buffer, positions_at, position_width, tf)
    return df, tf, docs, freqs, positions


class Header(NamedTuple):
    """How a record is made up: widths in bytes, how many documents, the first of them."""

    doc_width: int
    freq_width: int
    position_width: int
    df: int
    first: int

    @property
    def positions_at(self) -> int:
        """Where the positions begin in the record."""
        return HEADER.size + self.df * (self.doc_width + self.freq_width)


def header(record: bytes | memoryview) -> Header:
    return Header(*HEADER.unpack_from(record))


def decode(record: memoryview) -> PostingList:
    """One packed record; the positions stay a view on it."""
    docs, freqs = decode_documents(record)
    head = header(record)
    if not head.position_width:
        return PostingList(docs, freqs, np.zeros(0, dtype=np.uint32))
    dtype = _DTYPES[head.position_width]
    return PostingList(docs, freqs, np.frombuffer(record, dtype=dtype, offset=head.positions_at))


def decode_documents(record: memoryview) -> tuple[Ints, Ints]:
    """The documents of a packed record and how often in each; positions may be cut off."""
    head = header(record)
    at = HEADER.size
    gaps = np.frombuffer(record, dtype=_DTYPES[head.doc_width], count=head.df, offset=at)
    docs = np.cumsum(gaps, dtype=np.int64)
    docs += head.first
    if not head.freq_width:
        return docs, np.ones(head.df, dtype=np.int64)
    at += head.df * head.doc_width
    freqs = np.frombuffer(record, dtype=_DTYPES[head.freq_width], count=head.df, offset=at)
    return docs, freqs.astype(np.int64)


def counting_runs(lengths: Ints) -> Ints:
    """0, 1, … lengths[0]-1, 0, 1, … lengths[1]-1, …"""
    starts = np.cumsum(lengths) - lengths
    numbers: Ints = np.arange(int(np.sum(lengths))) - np.repeat(starts, lengths)
    return numbers


def _width(largest: Ints, zero_below: int = 0) -> Ints:
    width = np.where(largest < 1 << 8, 1, np.where(largest < 1 << 16, 2, 4))
    return np.where(largest < zero_below, 0, width).astype(np.int64)


def width_of(values: Ints, zero_below: int = 0) -> int:
    """How many bytes each of these takes in a record: 1, 2 or 4; 0 where all are below that."""
    return int(_width(np.max(values, keepdims=True), zero_below)[0])


def _byte_places(starts: Ints, widths: Ints, counts: Ints, width: int) -> tuple[Bools, Ints]:
    """Which elements are of this width, and where the first byte of each lies."""
    here = widths == width
    chosen = np.where(here, counts, 0)
    places = np.repeat(starts, chosen) + counting_runs(chosen) * width
    return np.repeat(here, counts), places


def _scatter(
    buffer: npt.NDArray[np.uint8], starts: Ints, widths: Ints, counts: Ints, values: Ints
) -> None:
    for width in (1, 2, 4):
        mask, places = _byte_places(starts, widths, counts, width)
        chosen = values[mask]
        for byte in range(width):
            buffer[places + byte] = (chosen >> (8 * byte)) & 0xFF


def _gather(
    buffer: npt.NDArray[np.uint8], starts: Ints, widths: Ints, counts: Ints
) -> npt.NDArray[np.int64]:
    values = np.zeros(int(np.sum(counts)), dtype=np.int64)
    for width in (1, 2, 4):
        mask, places = _byte_places(starts, widths, counts, width)
        if not len(places):
            continue
        chosen = buffer[places].astype(np.int64)
        for byte in range(1, width):
            chosen |= buffer[places + byte].astype(np.int64) << (8 * byte)
        values[mask] = chosen
    return values


def concatenated(parts: Sequence[Ints], dtype: npt.DTypeLike = np.int64) -> Ints:
    """The arrays one after the other; an empty one where there is none."""
    return np.concatenate(parts) if parts else np.zeros(0, dtype=dtype)
