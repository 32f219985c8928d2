"""Inverted lists of several segments to one, a window of terms at a time.

Terms rise in every segment, so a window is what each has up to the term that all have been read
to. Within it, short lists are merged many at once; a list that is too long to be held goes from
file to file in stretches.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.columns import Part, StreamedStrings
from indexer.engines.whoosh.inverted import (
    HEADER,
    Bools,
    Ints,
    Inverted,
    concatenated,
    counting_runs,
    decode_documents,
    header,
    unpack,
    width_of,
)
from indexer.engines.whoosh.segment_file import LongList

PIECE_BYTES = 1 << 18
"""How much of the packed lists is merged at once; the memory needed is about a hundred times it."""

_WINDOW_TERMS = 1 << 13

_STRETCH = 1 << 18
"""So many positions of a long list are copied at once."""


@dataclass(frozen=True, slots=True)
class ListsToMerge:
    """One segment's lists of the text.

    ``starts`` are where the terms' records begin in ``postings``. ``kept`` is None where nothing
    is deleted; ``passages`` has the new number of each that is kept.
    """

    postings: Part
    terms: StreamedStrings
    starts: Part
    kept: Bools | None
    passages: Ints


class _Cursor:
    """Goes through one segment's terms, with where each record begins and the last one ends."""

    def __init__(self, listed: ListsToMerge) -> None:
        self.listed = listed
        self._left = len(listed.terms)
        self._runs = listed.terms.runs(size=_WINDOW_TERMS * 8)
        self.terms: list[bytes] = []
        self._starts: Ints = np.zeros(1, dtype=np.int64)

    @property
    def more(self) -> bool:
        """Whether there are terms beyond those at hand."""
        return self._left > 0

    def fill(self) -> None:
        if self.terms or not self._left:
            return
        first, blob, offsets = next(self._runs)
        pairs = zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
        self.terms = [blob[begin : end - 1] for begin, end in pairs]
        count = len(self.terms)
        self._left -= count
        # The next record begins where the last of these ends.
        held = self.listed.starts
        found = np.frombuffer(
            held.read(8 * first, min(8 * (first + count + 1), len(held))), dtype="<u8"
        ).astype(np.int64)
        self._starts = found if self._left else np.r_[found, len(self.listed.postings)]

    def take(self, last: bytes | None) -> tuple[list[bytes], Ints]:
        """The terms up to this one, or all at hand, and the edges of their records."""
        count = len(self.terms) if last is None else bisect_right(self.terms, last)
        terms, edges = self.terms[:count], self._starts[: count + 1]
        self.terms, self._starts = self.terms[count:], self._starts[count:]
        return terms, edges


def merged_lists(sources: Sequence[ListsToMerge]) -> Iterator[Inverted | LongList]:
    """The lists of all terms, which rise from piece to piece; passages in the new numbers."""
    cursors = [_Cursor(source) for source in sources]
    while True:
        for cursor in cursors:
            cursor.fill()
        if not any(cursor.terms for cursor in cursors):
            return
        last = min((cursor.terms[-1] for cursor in cursors if cursor.more), default=None)
        yield from _Window(sources, [cursor.take(last) for cursor in cursors]).pieces()


class _Window:
    """Some terms that follow each other, with all that any of the segments has of them."""

    def __init__(
        self, sources: Sequence[ListsToMerge], taken: Sequence[tuple[list[bytes], Ints]]
    ) -> None:
        self._sources = sources
        self._terms = sorted(set().union(*(terms for terms, _ in taken)))
        number = {term: at for at, term in enumerate(self._terms)}
        self._numbers: list[Ints] = [
            np.array([number[term] for term in terms], dtype=np.int64) for terms, _ in taken
        ]
        self._edges = [edges for _, edges in taken]

    def pieces(self) -> Iterator[Inverted | LongList]:
        sizes = np.zeros(len(self._terms), dtype=np.int64)
        for numbers, edges in zip(self._numbers, self._edges, strict=True):
            sizes[numbers] += np.diff(edges)
        start = together = 0
        for at, size in enumerate(sizes.tolist()):
            if together and together + size > PIECE_BYTES:
                yield self._piece(start, at)
                start, together = at, 0
            if size > PIECE_BYTES:
                found = self._long(at)
                if found is not None:
                    yield found
                start = at + 1
            else:
                together += size
        if together:
            yield self._piece(start, len(self._terms))

    def _piece(self, start: int, stop: int) -> Inverted:
        """The lists of the terms from ``start`` to ``stop``."""
        keys: list[Ints] = []
        new: list[Ints] = []
        freqs: list[Ints] = []
        positions: list[Ints] = []
        for source, own, edges in zip(self._sources, self._numbers, self._edges, strict=True):
            low, high = np.searchsorted(own, [start, stop]).tolist()
            begin = int(edges[low])
            records = np.frombuffer(source.postings.read(begin, int(edges[high])), dtype=np.uint8)
            df, _, docs, counts, places = unpack(records, edges[low:high] - begin)
            terms = np.repeat(own[low:high] - start, df)
            if source.kept is not None:
                kept = source.kept[docs]
                places = places[np.repeat(kept, counts)]
                terms, docs, counts = terms[kept], docs[kept], counts[kept]
            keys.append(terms)
            new.append(source.passages[docs])
            freqs.append(counts.astype(np.uint32))
            positions.append(places.astype(np.uint32))
        return _sorted(self._terms[start:stop], keys, new, freqs, positions)

    def _long(self, term: int) -> LongList | None:
        """One term's list; None where all of it is deleted."""
        found: list[_Stretch] = []
        for source, own, edges in zip(self._sources, self._numbers, self._edges, strict=True):
            at = int(np.searchsorted(own, term))
            if at < len(own) and own[at] == term:
                found.append(_Stretch(source, int(edges[at]), int(edges[at + 1])))
        docs = concatenated([stretch.docs for stretch in found])
        freqs = concatenated([stretch.freqs for stretch in found])
        if not len(docs):
            return None
        return LongList(self._terms[term], docs, freqs, _record(docs, freqs, found))


def _sorted(
    terms: list[bytes],
    keys: Sequence[Ints],
    new: Sequence[Ints],
    freqs: Sequence[Ints],
    positions: Sequence[Ints],
) -> Inverted:
    """What was found in segment after segment, term by term."""
    numbers, docs, counts = concatenated(keys), concatenated(new), concatenated(freqs)
    places = concatenated(positions)
    # Stable: within a term, segments and their passages are in order already.
    order = np.argsort(numbers, kind="stable")
    begins = (np.cumsum(counts, dtype=np.int64) - counts)[order]
    numbers, docs, counts = numbers[order], docs[order], counts[order]
    places = places[np.repeat(begins, counts) + counting_runs(counts.astype(np.int64))]
    df = np.bincount(numbers, minlength=len(terms))
    tf = np.bincount(numbers, weights=counts, minlength=len(terms)).astype(np.int64)
    present = df > 0
    return Inverted(
        terms=[terms[int(at)] for at in np.flatnonzero(present)],
        df=df[present],
        tf=tf[present],
        docs=docs,
        freqs=counts,
        positions=places,
    )


class _Stretch:
    """What one segment has of a long list: the passages in memory, the positions in the file."""

    def __init__(self, source: ListsToMerge, start: int, stop: int) -> None:
        self._file = source.postings
        head = header(self._file.read(start, start + HEADER.size))
        self.width = head.position_width
        self._positions_at = start + head.positions_at
        record = self._file.read(start, self._positions_at)
        docs, self._all_freqs = decode_documents(memoryview(record))
        self._kept = None if source.kept is None else source.kept[docs]
        kept = slice(None) if self._kept is None else self._kept
        self.docs: Ints = source.passages[docs[kept]]
        self.freqs: Ints = self._all_freqs[kept].astype(np.uint32)

    def positions(self) -> Iterator[Ints]:
        """The kept positions, in stretches of whole passages."""
        ends = np.cumsum(self._all_freqs)
        at = done = 0
        while at < len(ends):
            upto = max(int(np.searchsorted(ends, done + _STRETCH, side="right")), at + 1)
            end = int(ends[upto - 1])
            read = self._file.read(
                self._positions_at + done * self.width, self._positions_at + end * self.width
            )
            found: Ints = np.frombuffer(read, dtype=f"<u{self.width}")
            if self._kept is not None:
                found = found[np.repeat(self._kept[at:upto], self._all_freqs[at:upto])]
            yield found
            at, done = upto, end


def _record(docs: Ints, freqs: Ints, stretches: Sequence[_Stretch]) -> Iterator[bytes]:
    """The packed list of passages that rise; the widest positions decide for all."""
    gaps = np.diff(docs, prepend=docs[:1])
    widths = width_of(gaps), width_of(freqs, zero_below=2), max(each.width for each in stretches)
    doc_width, freq_width, position_width = widths
    yield HEADER.pack(*widths, len(docs), int(docs[0]))
    yield gaps.astype(f"<u{doc_width}").tobytes()
    if freq_width:
        yield freqs.astype(f"<u{freq_width}").tobytes()
    for stretch in stretches:
        for found in stretch.positions():
            yield found.astype(f"<u{position_width}").tobytes()
