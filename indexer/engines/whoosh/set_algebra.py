"""Phrases, nearness, substrings and set algebra over sorted arrays of passages and positions.

An occurrence is one integer, the passage's number shifted left beside the position, so that
sorted occurrences are sorted by passage and then by position.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.columns import StreamedStrings
from indexer.engines.whoosh.inverted import Bools, Ints, PostingList, concatenated

SHIFT = 33
"""Positions need 32 bits; the one above keeps what lies beside a passage out of its neighbours."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Rising passages, and how often something occurs in each."""

    passages: Ints
    counts: Ints


NOTHING = Counts(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def within(some: Ints, others: Ints) -> Ints:
    """Which of the sorted ``some`` are among the sorted ``others``, as places in ``others``.

    The result is as long as ``some``; -1 stands where it is not.
    """
    if not len(others):
        return np.full(len(some), -1)
    places = np.searchsorted(others, some)
    places[places == len(others)] = 0
    places[others[places] != some] = -1
    return places


def intersection(some: Ints, others: Ints) -> Ints:
    """What is in both; each is sorted and has nothing twice."""
    if len(some) > len(others):
        some, others = others, some
    return some[within(some, others) >= 0]


def union(sets: Sequence[Ints]) -> Ints:
    """What is in any; each is sorted and has nothing twice."""
    if len(sets) == 1:
        return sets[0]
    # Not numpy.unique: it would import numpy's masked arrays, 0.1 s that no search need wait for.
    if not sets:
        return NOTHING.passages
    together: Ints = np.sort(np.concatenate(sets))
    different: Bools = np.r_[True, together[1:] != together[:-1]][: len(together)]
    return together[different]


def occurrences(postings: PostingList, passages: Ints | None = None) -> Ints:
    """The occurrences of a term, in all its passages or only in these (which it must be in)."""
    docs, freqs = postings.docs, postings.freqs
    if passages is None or len(passages) == len(docs):
        everything: Ints = (np.repeat(docs, freqs) << SHIFT) + postings.positions
        return everything
    places = np.searchsorted(docs, passages)
    ends = np.cumsum(freqs)[places]
    chosen = freqs[places]
    upto = np.cumsum(chosen)
    flat = np.arange(int(upto[-1]) if len(upto) else 0) + np.repeat(ends - upto, chosen)
    found: Ints = (np.repeat(passages, chosen) << SHIFT) + postings.positions[flat]
    return found


def counted(found: Ints) -> Counts:
    """Occurrences counted by passage."""
    if not len(found):
        return NOTHING
    passages = found >> SHIFT
    starts = np.flatnonzero(np.r_[True, passages[1:] != passages[:-1]])
    return Counts(passages[starts], np.diff(np.r_[starts, len(found)]))


def merged(lists: Sequence[PostingList]) -> PostingList | None:
    """Several terms' lists as if they were one term."""
    if len(lists) < 2:
        return lists[0] if lists else None
    found = np.sort(np.concatenate([occurrences(postings) for postings in lists]))
    by_passage = counted(found)
    return PostingList(by_passage.passages, by_passage.counts, found & ((1 << SHIFT) - 1))


def phrase(lists: Sequence[PostingList], offsets: Sequence[int]) -> Ints:
    """Where each list has an occurrence at its offset from a common start: those starts."""
    order = sorted(range(len(lists)), key=lambda i: len(lists[i].docs))
    passages = lists[order[0]].docs
    for i in order[1:]:
        passages = intersection(passages, lists[i].docs)
    if not len(passages):
        return NOTHING.passages
    starts: Ints | None = None
    for i in order:
        found = occurrences(lists[i], passages) - offsets[i]
        starts = found if starts is None else intersection(starts, found)
    assert starts is not None
    return starts


def near(starts: Ints, ends: Ints, other_starts: Ints, other_ends: Ints, distance: int) -> Bools:
    """Which occurrences have another near them, before or after; ``distance`` is in positions.

    It lies between the facing ends. ``other_starts`` and ``other_ends`` are each sorted.
    """
    after = np.searchsorted(other_starts, ends, side="right")
    upto = np.searchsorted(other_starts, ends + distance, side="right")
    before = np.searchsorted(other_ends, starts - distance, side="left")
    until = np.searchsorted(other_ends, starts, side="left")
    return (upto > after) | (until > before)


_OFTEN = 200
"""So many occurrences in one run of text are many."""


def substrings(texts: StreamedStrings, wanted: bytes) -> Counts:
    """How often the bytes occur in each text, counted without overlaps.

    The texts are read in runs, so that the memory needed does not grow with them.
    """
    passages: list[Ints] = []
    counts: list[Ints] = []
    occurrence = re.compile(re.escape(wanted))
    for first, blob, offsets in texts.runs():
        places = _places(blob, wanted, occurrence)
        if len(places):
            inside = np.searchsorted(offsets, places, side="right") - 1
            at, times = np.unique(inside, return_counts=True)
            passages.append(at + first)
            counts.append(times)
    return Counts(concatenated(passages), concatenated(counts)) if passages else NOTHING


def _places(blob: bytes, wanted: bytes, occurrence: re.Pattern[bytes]) -> Ints:
    """Where the bytes stand, without overlaps.

    ``bytes.find`` passes over text nine times as fast as a pattern, which is the faster one where
    they stand everywhere.
    """
    found: list[int] = []
    at = blob.find(wanted)
    while at >= 0:
        if len(found) == _OFTEN:
            found += [match.start() for match in occurrence.finditer(blob, at)]
            break
        found.append(at)
        at = blob.find(wanted, at + len(wanted))
    return np.array(found, dtype=np.int64)
