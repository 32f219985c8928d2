"""Where in a list of terms a phrase stands, and which places are near each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from indexer.query import Near, Phrase

Place = tuple[int, int]
"""The first and the last position of an occurrence."""


def places(terms: Sequence[str], phrase: Phrase) -> list[Place]:
    """Every occurrence of the phrase, in order."""
    steps = list(accumulate(phrase.gaps, initial=0))
    last = len(terms) - 1 - steps[-1]
    return [
        (start, start + steps[-1])
        for start in _starts(terms, phrase)
        if start <= last and _fits(terms, phrase, start, steps)
    ]


def _starts(terms: Sequence[str], phrase: Phrase) -> Iterator[int]:
    """Where its first term is."""
    first = phrase.terms[0]
    if phrase.prefix and len(phrase.terms) == 1:
        yield from (at for at, term in enumerate(terms) if term.startswith(first))
        return
    at = -1
    for _ in range(terms.count(first)):
        at = terms.index(first, at + 1)
        yield at


def _fits(terms: Sequence[str], phrase: Phrase, start: int, steps: Sequence[int]) -> bool:
    """Whether the other terms follow at their distances."""
    found = [terms[start + step] for step in steps]
    if phrase.prefix:
        return found[:-1] == list(phrase.terms[:-1]) and found[-1].startswith(phrase.terms[-1])
    return found == list(phrase.terms)


def near_places(terms: Sequence[str], near: Near) -> tuple[list[Place], list[Place]]:
    """The places of its left side with a right one near, and the right ones that have a left."""
    left = sorted({place for phrase in near.left for place in places(terms, phrase)})
    right = sorted({place for phrase in near.right for place in places(terms, phrase)})
    return _with(left, right, near.distance), _with(right, left, near.distance)


def _with(some: Iterable[Place], others: Sequence[Place], distance: int) -> list[Place]:
    starts = [start for start, _ in others]
    ends = sorted(end for _, end in others)
    return [
        (start, end)
        for start, end in some
        if _any_within(starts, end + 1, end + distance)
        or _any_within(ends, start - distance, start - 1)
    ]


def _any_within(positions: Sequence[int], first: int, last: int) -> bool:
    at = bisect_left(positions, first)
    return at < len(positions) and positions[at] <= last
