"""Writing one segment: its lists, its columns and the term index, as one compound file."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from whoosh.codec import whoosh3
from whoosh.filedb.filetables import OrderedHashWriter
from whoosh.util.numeric import length_to_byte

from indexer.engines.whoosh.codec import (
    FIELD_NUMBERS,
    NAME,
    POSTINGS,
    TEXT,
    DurableStorage,
    PackedCodec,
)
from indexer.engines.whoosh.columns import STARTS, TERMINATOR, TERMS, strings_tail
from indexer.engines.whoosh.inverted import Ints, Inverted, pack

_TERM = struct.Struct("!BfIBBfIIqi")  # the layout of whoosh3.W3TermInfo, not inlined


@dataclass(frozen=True, slots=True)
class LongList:
    """One term's list that is too long to be held at once.

    ``docs`` and ``freqs`` are its passages and how often it stands in each; ``record`` yields the
    packed list.
    """

    term: bytes
    docs: Ints
    freqs: Ints
    record: Iterator[bytes | memoryview]


def write_segment(
    folder: Path,
    lengths: Ints,
    lists: Iterable[tuple[str, Inverted | LongList]],
    parts: Iterable[tuple[str, Iterable[bytes | memoryview]]],
) -> Any:
    """Write one segment's compound file; it is in no commit yet.

    ``lengths`` counts each passage's tokens. ``lists`` come field by field, DOCUMENT before TEXT,
    in pieces whose terms rise. ``parts`` are further files of the segment: the columns. Returns
    the entry for a ``Commit``, which can be sent from process to process.
    """
    storage = DurableStorage(str(folder))
    segment = PackedCodec().new_segment(storage, NAME)
    segment.set_doc_count(len(lengths))
    segment._fieldlengths = {TEXT: int(lengths.sum(dtype=np.int64))}
    for name, chunks in parts:
        with (folder / segment.make_filename(f".{name}")).open("wb") as file:
            file.writelines(chunks)
    index = OrderedHashWriter(segment.create_file(storage, whoosh3.W3Codec.TERMS_EXT))
    index.extras["fieldmap"] = dict(FIELD_NUMBERS)
    with ExitStack() as stack:
        postings, terms, starts = (
            stack.enter_context((folder / segment.make_filename(name)).open("wb"))
            for name in (POSTINGS, f".{TERMS}", f".{STARTS}")
        )
        sizes: list[Ints] = []
        for field, piece in lists:
            begins, rows = _write_lists(postings, piece, lengths)
            for term, row in rows:
                index.add(struct.pack("!H", FIELD_NUMBERS[field]) + term, row)
            if field == TEXT:
                found = [piece.term] if isinstance(piece, LongList) else piece.terms
                terms.writelines(term + TERMINATOR for term in found)
                sizes.append(np.array([len(term) + 1 for term in found], dtype=np.uint32))
                starts.write(begins.astype("<u8").tobytes())
        terms.writelines(strings_tail(sizes))
    index.close()
    segment.create_compound_file(storage)
    return segment


def column_part(name: str) -> str:
    """The part that holds a column which Whoosh's own searcher reads too."""
    return f"{name}{whoosh3.W3Codec.COLUMN_EXT}"


def _write_lists(
    postings: BinaryIO, piece: Inverted | LongList, lengths: Ints
) -> tuple[Ints, Iterator[tuple[bytes, bytes]]]:
    """Where each term's record begins, and each term with its entry of the term index."""
    start = postings.tell()
    if isinstance(piece, LongList):
        postings.writelines(piece.record)
        offsets = np.array([start, postings.tell()])
        one = np.array([len(piece.docs)])
        rows = _entries([piece.term], one, piece.docs, piece.freqs, offsets, lengths)
    else:
        packed = pack(piece)
        offsets = packed.offsets + start
        postings.write(packed.buffer.data)
        rows = _entries(piece.terms, piece.df, piece.docs, piece.freqs, offsets, lengths)
    return offsets[:-1], rows


def _entries(
    terms: list[bytes], df: Ints, docs: Ints, freqs: Ints, offsets: Ints, lengths: Ints
) -> Iterator[tuple[bytes, bytes]]:
    if not terms:
        return
    first = np.cumsum(df) - df
    last = first + df - 1
    long = lengths[docs]
    columns = (
        np.add.reduceat(freqs, first, dtype=np.int64),
        df,
        np.minimum.reduceat(long, first),
        np.maximum.reduceat(long, first),
        np.maximum.reduceat(freqs, first),
        docs[first],
        docs[last],
        offsets[:-1],
        np.diff(offsets),
    )
    rows = zip(terms, *(column.tolist() for column in columns), strict=True)
    for term, weight, passages, low, high, heaviest, head, tail, offset, size in rows:
        shortest, longest = length_to_byte(low), length_to_byte(high)
        yield (
            term,
            _TERM.pack(0, weight, passages, shortest, longest, heaviest, head, tail, offset, size),
        )
