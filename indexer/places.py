"""Where in a list of terms a phrase stands, and which places are near each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from indexer.query import Near, Phrase

Place = tuple[int, int]
"""The first and the last position of an occurrence."""


def places(terms: Sequence[str], phrase: Phrase) -> list[Place]:
    """Every occurrence of the phrase, in order."""
    *head, last = phrase.terms
    if not all(term in terms for term in head) or (not phrase.prefix and last not in terms):
        return []
    steps = [0]
    for gap in phrase.gaps:
        steps.append(steps[-1] + gap)
    length = steps.pop()
    return [
        (start, start + length)
        for start in range(len(terms) - length)
        if all(terms[start + step] == term for step, term in zip(steps, head, strict=True))
        and (
            terms[start + length].startswith(last)
            if phrase.prefix
            else terms[start + length] == last
        )
    ]


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
