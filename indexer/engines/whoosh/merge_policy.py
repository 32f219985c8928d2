"""Which segments to merge: few are read faster than many, and none grows beyond a bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FAN = 8
"""So many segments of about the same size are merged into one."""

LEAST_PASSAGES = 1_000
"""Segments up to this size count as of the same size."""

MOST_PASSAGES = 500_000
MOST_BYTES = 1 << 29
"""No merge makes a segment larger than either: a merge's time and memory have a bound."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A segment as the policy sees it; ``bytes`` is its file's size, deleted passages included."""

    entry: Any
    live: int
    passages: int
    bytes: int


def alike(candidates: Sequence[Candidate]) -> list[Any]:
    """Segments of about the same size, or one that is more than half deleted."""
    tiers: dict[int, list[Candidate]] = {}
    for each in candidates:
        if each.passages > 2 * each.live:
            return [each.entry]
        size, tier = each.live // LEAST_PASSAGES, 0
        while size:
            size, tier = size // FAN, tier + 1
        tiers.setdefault(tier, []).append(each)
    for group in tiers.values():
        if len(group) >= FAN:
            fitting = _fitting(sorted(group, key=lambda each: each.live))
            if len(fitting) > 1:
                # In the order in which they were put.
                return [each.entry for each in group if each in fitting]
    return []


def smallest(candidates: Sequence[Candidate]) -> list[Any]:
    """The smallest segments, as long as the next is not much larger than they are together."""
    group: list[Candidate] = []
    together = 0
    for each in sorted(candidates, key=lambda each: each.live):
        if group and each.live > 2 * together:
            break
        group.append(each)
        together += each.live
    fitting = _fitting(group)
    return [each.entry for each in fitting] if len(fitting) > 1 else []


def _fitting(group: Sequence[Candidate]) -> list[Candidate]:
    """The first of them, as many as make no segment that is too large."""
    passages = bytes = 0
    found: list[Candidate] = []
    for each in group:
        passages, bytes = passages + each.live, bytes + each.bytes
        if passages > MOST_PASSAGES or bytes > MOST_BYTES:
            break
        found.append(each)
    return found
