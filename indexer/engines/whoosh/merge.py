"""Several segments to one: put after each other, deleted documents left out, in bounded memory.

A few numbers a passage are held of the whole. Everything else is read from the segments' files,
merged and written piece by piece: the texts and lists of a city fit through the same few megabytes
as those of a village.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engines.whoosh import codec, columns
from indexer.engines.whoosh.columns import (
    DTYPES,
    StreamedStrings,
    as_bytes,
    string_chunks,
    strings,
)
from indexer.engines.whoosh.files import FilePart, Segment
from indexer.engines.whoosh.inverted import Ints, concatenated, ranges
from indexer.engines.whoosh.merged_lists import ListsToMerge, merged_lists
from indexer.engines.whoosh.segment_file import column_part, write_segment
from kazami.fields import TEXT_FIELDS


class _Source:
    """One segment that is merged: what of it is kept, and where it goes."""

    def __init__(self, segment: Segment, first_passage: int) -> None:
        self._segment = segment
        kept = np.ones(segment.passages, dtype=np.bool_)
        kept[segment.deleted] = False
        first = self._array(columns.FIRST, "<u4")
        # Documents are deleted whole.
        self._kept = {False: kept, True: kept[first[:-1]]}
        self.sizes: Ints = np.diff(first.astype(np.int64))[self._kept[True]]
        self.lists = ListsToMerge(
            postings=segment.postings_stream(),
            terms=StreamedStrings(segment.stream(columns.TERMS)),
            starts=segment.stream(columns.STARTS),
            kept=kept if segment.live < segment.passages else None,
            passages=(np.cumsum(kept) + (first_passage - 1)).astype(np.uint32),
        )

    def column(self, name: str, *, documents: bool = False) -> Ints:
        """What is kept of an array."""
        kept: Ints = self._array(name, DTYPES[name])[self._kept[documents]]
        return kept

    def whoosh_column(self, name: str) -> Ints:
        kept: Ints = self._array(column_part(name), "<u4")[self._kept[False]]
        return kept

    def names(self, name: str) -> list[bytes]:
        """All of a column of few strings, kept or not."""
        held = StreamedStrings(self._segment.stream(name))
        return [
            blob[begin : end - 1]
            for _, blob, offsets in held.runs()
            for begin, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
        ]

    def texts(self, name: str, *, documents: bool) -> Iterator[tuple[bytes, Ints]]:
        """The kept strings in runs, with the size of each."""
        held = StreamedStrings(self._segment.stream(name))
        edges = np.flatnonzero(np.diff(np.r_[0, self._kept[documents].astype(np.int8), 0]))
        for start, stop in edges.reshape(-1, 2).tolist():
            for _, blob, offsets in held.runs(start, stop):
                yield blob, np.diff(offsets)

    def ids(self) -> list[str]:
        return [
            id.decode("utf-8", "surrogatepass")
            for id, kept in zip(self.names(columns.ID), self._kept[True].tolist(), strict=True)
            if kept
        ]

    def _array(self, name: str, dtype: Any) -> Ints:
        part: FilePart = self._segment.stream(name)
        return np.frombuffer(part.read(0, len(part)), dtype=dtype)


def merge(folder: Path, segments: Sequence[Segment]) -> Any | None:
    """What is not deleted of these as one segment, in no commit yet; None where that is nothing."""
    sources: list[_Source] = []
    passages = 0
    for segment in segments:
        sources.append(_Source(segment, passages))
        passages += segment.live
    if not passages:
        return None
    lengths = concatenated([source.whoosh_column(codec.LENGTH) for source in sources])
    return write_segment(folder, lengths, _lists(sources, lengths), _parts(sources))


def _parts(sources: Sequence[_Source]) -> Iterator[tuple[str, Iterator[bytes | memoryview]]]:
    for name in (codec.DATE, codec.LENGTH):
        yield column_part(name), (source.whoosh_column(name).tobytes() for source in sources)
    sizes = concatenated([source.sizes for source in sources])
    yield columns.FIRST, iter([as_bytes(columns.FIRST, np.r_[0, np.cumsum(sizes)])])
    numbers = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
    yield columns.DOCUMENT, iter([as_bytes(columns.DOCUMENT, numbers)])
    for name, documents in (
        (columns.STANCE, False),
        (columns.CHECKSUM, False),
        (columns.BODY, True),
        (columns.DAY, True),
        (columns.DOUBTFUL, True),
    ):
        yield name, (source.column(name, documents=documents).tobytes() for source in sources)
    for name, names, documents in (
        *((field.name, field.plural, False) for field in TEXT_FIELDS.values()),
        (columns.KIND, columns.KINDS, True),
    ):
        numbered: dict[bytes, int] = {}
        yield name, _renumbered(sources, name, names, documents, numbered)
        yield names, strings(numbered)
    for name, documents in (
        (columns.ID, True),
        (columns.TITLE, True),
        (columns.KEY, False),
        (columns.EXACT, False),
        (columns.SPANS, False),
    ):
        runs = (run for source in sources for run in source.texts(name, documents=documents))
        yield name, string_chunks(runs)


def _renumbered(
    sources: Sequence[_Source],
    name: str,
    names: str,
    documents: bool,
    numbered: dict[bytes, int],
) -> Iterator[bytes]:
    """A column of numbers of strings; ``numbered`` gets the strings in the new order."""
    for source in sources:
        own = np.array(
            [numbered.setdefault(each, len(numbered)) for each in source.names(names)],
            dtype=np.int64,
        )
        yield as_bytes(name, own[source.column(name, documents=documents)])


def _lists(sources: Sequence[_Source], lengths: Ints) -> Iterator[Any]:
    sizes = concatenated([source.sizes for source in sources])
    yield codec.DOCUMENT, ranges([id for source in sources for id in source.ids()], sizes)
    for piece in merged_lists([source.lists for source in sources]):
        yield codec.TEXT, piece
