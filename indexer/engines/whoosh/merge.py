"""Several segments to one: arrays put after each other, deleted documents left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engines.whoosh import columns, files
from indexer.engines.whoosh.columns import Columns, as_bytes, string_chunks, strings
from indexer.engines.whoosh.inverted import (
    Bools,
    Ints,
    Inverted,
    concatenated,
    counting_runs,
    ranges,
    unpack,
)

_PIECE_BYTES = 2 << 20
"""How much of the packed lists is merged at once; the memory needed is about a hundred times it."""

_TEXT_BYTES = 8 << 20


class _Source:
    """One segment that is merged: what of it is kept, and where it goes."""

    def __init__(self, segment: files.Segment, first_passage: int, first_document: int) -> None:
        self.columns = Columns(segment.part)
        kept = np.ones(segment.passages, dtype=np.bool_)
        kept[segment.deleted] = False
        self.kept: Bools = kept
        first = self.columns.array(columns.FIRST)
        # Documents are deleted whole.
        self.kept_documents: Bools = kept[first[:-1]]
        self.new_passages: Ints = np.cumsum(kept) - 1 + first_passage
        self.new_documents: Ints = np.cumsum(self.kept_documents) - 1 + first_document
        self.sizes: Ints = np.diff(first.astype(np.int64))[self.kept_documents]
        self.terms, self.starts, buffer = segment.lists()
        self.buffer = np.frombuffer(buffer, dtype=np.uint8)
        self.lengths: Ints = np.frombuffer(segment.part(files.column_part(files.LENGTH)), "<u4")
        self.days: Ints = np.frombuffer(segment.part(files.column_part(files.DATE)), "<u4")

    @cached_property
    def record_sizes(self) -> Ints:
        return np.diff(np.r_[self.starts, len(self.buffer)])


def merge(folder: Path, segments: Sequence[files.Segment]) -> Any | None:
    """What is not deleted of these as one segment, in no commit yet; None where that is nothing."""
    sources: list[_Source] = []
    passages = documents = 0
    for segment in segments:
        sources.append(_Source(segment, passages, documents))
        passages += segment.live
        documents += int(np.count_nonzero(sources[-1].kept_documents))
    if not passages:
        return None
    lengths = concatenated([source.lengths[source.kept] for source in sources]).astype(np.int64)
    return files.write_segment(folder, lengths, _lists(sources), _parts(sources))


def _parts(sources: Sequence[_Source]) -> Iterator[tuple[str, Iterator[bytes | memoryview]]]:
    days = concatenated([source.days[source.kept] for source in sources])
    yield files.column_part(files.DATE), iter([days.astype("<u4").tobytes()])
    lengths = concatenated([source.lengths[source.kept] for source in sources])
    yield files.column_part(files.LENGTH), iter([lengths.astype("<u4").tobytes()])

    def array(name: str, values: Ints) -> tuple[str, Iterator[bytes | memoryview]]:
        return name, iter([as_bytes(name, values)])

    sizes = concatenated([source.sizes for source in sources])
    yield array(columns.FIRST, np.r_[0, np.cumsum(sizes)])
    yield array(columns.DOCUMENT, np.repeat(np.arange(len(sizes)), sizes))
    yield array(columns.STANCE, _kept(sources, columns.STANCE))
    for name in (columns.BODY, columns.DAY):
        yield array(name, _kept(sources, name, documents=True))
    for name, names, documents in (
        (columns.SPEAKER, columns.SPEAKERS, False),
        (columns.ROLE, columns.ROLES, False),
        (columns.KIND, columns.KINDS, True),
    ):
        values, different = _renumbered(sources, name, names, documents)
        yield array(name, values)
        yield names, strings(different)
    for name, documents in (
        (columns.ID, True),
        (columns.TITLE, True),
        (columns.KEY, False),
        (columns.EXACT, False),
    ):
        yield name, string_chunks(_runs(sources, name, documents))


def _kept(sources: Sequence[_Source], name: str, *, documents: bool = False) -> Ints:
    return concatenated(
        [
            source.columns.array(name)[source.kept_documents if documents else source.kept]
            for source in sources
        ]
    )


def _renumbered(
    sources: Sequence[_Source], name: str, names: str, documents: bool
) -> tuple[Ints, list[bytes]]:
    numbers: dict[bytes, int] = {}
    values: list[Ints] = []
    for source in sources:
        own = np.array(
            [numbers.setdefault(each, len(numbers)) for each in source.columns.strings(names).all()]
        )
        kept = source.kept_documents if documents else source.kept
        values.append(own[source.columns.array(name)[kept]])
    return concatenated(values), list(numbers)


def _runs(
    sources: Sequence[_Source], name: str, documents: bool
) -> Iterator[tuple[memoryview, Ints]]:
    """The kept strings as runs of bytes, none much longer than ``_TEXT_BYTES``."""
    for source in sources:
        texts = source.columns.strings(name)
        kept = source.kept_documents if documents else source.kept
        edges = np.flatnonzero(np.diff(np.r_[0, kept.astype(np.int8), 0]))
        for start, stop in edges.reshape(-1, 2).tolist():
            at = start
            while at < stop:
                limit = texts.offsets[at] + _TEXT_BYTES
                upto = int(np.searchsorted(texts.offsets, limit, side="left"))
                upto = min(max(upto, at + 1), stop)
                begin, end = int(texts.offsets[at]), int(texts.offsets[upto])
                yield texts.blob[begin:end], texts.offsets[at + 1 : upto + 1] - begin
                at = upto


def _lists(sources: Sequence[_Source]) -> Iterator[tuple[str, Inverted]]:
    names: list[str] = []
    for source in sources:
        ids = source.columns.strings(columns.ID)
        names.extend(ids[int(at)] for at in np.flatnonzero(source.kept_documents))
    yield files.DOCUMENT, ranges(names, concatenated([source.sizes for source in sources]))
    terms = sorted(set().union(*(source.terms for source in sources)))
    number = {term: at for at, term in enumerate(terms)}
    numbers = [np.array([number[term] for term in source.terms], np.int64) for source in sources]
    sizes = np.zeros(len(terms), dtype=np.int64)
    for source, own in zip(sources, numbers, strict=True):
        np.add.at(sizes, own, source.record_sizes)
    pieces = np.cumsum(sizes) // _PIECE_BYTES
    edges = np.flatnonzero(np.r_[True, np.diff(pieces) > 0, True]).tolist() if terms else []
    for start, stop in pairwise(edges):
        yield files.TEXT, _piece(sources, numbers, terms, start, stop)


def _piece(
    sources: Sequence[_Source], numbers: Sequence[Ints], terms: list[bytes], start: int, stop: int
) -> Inverted:
    """The lists of the terms from ``start`` to ``stop``."""
    keys: list[Ints] = []
    new: list[Ints] = []
    freqs: list[Ints] = []
    positions: list[Ints] = []
    for source, own in zip(sources, numbers, strict=True):
        low, high = np.searchsorted(own, [start, stop]).tolist()
        df, _, docs, counts, places = unpack(source.buffer, source.starts[low:high])
        kept = source.kept[docs]
        keys.append(np.repeat(own[low:high], df)[kept])
        new.append(source.new_passages[docs[kept]].astype(np.uint32))
        freqs.append(counts[kept].astype(np.uint32))
        positions.append(places[np.repeat(kept, counts)].astype(np.uint32))
    numbers_of, docs, counts = concatenated(keys), concatenated(new), concatenated(freqs)
    places = concatenated(positions)
    # Stable: within a term, segments and their passages are in order already.
    order = np.argsort(numbers_of, kind="stable")
    begins = (np.cumsum(counts, dtype=np.int64) - counts)[order]
    numbers_of, docs, counts = numbers_of[order], docs[order], counts[order]
    places = places[np.repeat(begins, counts) + counting_runs(counts.astype(np.int64))]
    df = np.bincount(numbers_of - start, minlength=stop - start)
    tf = np.bincount(numbers_of - start, weights=counts, minlength=stop - start).astype(np.int64)
    present = df > 0
    return Inverted(
        terms=[terms[start + int(at)] for at in np.flatnonzero(present)],
        df=df[present],
        tf=tf[present],
        docs=docs,
        freqs=counts,
        positions=places,
    )
