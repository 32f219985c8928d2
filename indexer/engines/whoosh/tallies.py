"""Exact counts per period and group, from arrays of passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from indexer.engines.whoosh.inverted import Bools, Ints
from indexer.query import Cell, Measure
from kazami.bodies import NATIONAL, UNKNOWN
from kazami.periods import Every

_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12, Every.FISCAL_YEAR: 12}


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, one value per row found; ``None`` where it is not asked for.

    ``days`` are yyyymmdd. ``groups`` are numbers that rise as the names of the groups do;
    ``titles`` says which rows are titles, None where none is: they are no passages and add neither
    occurrences nor tokens. ``documents`` and ``bodies`` number what they name.
    """

    days: Ints | None
    groups: Ints | None
    titles: Bools | None
    documents: Ints | None
    bodies: Ints | None
    occurrences: Ints | None
    tokens: Ints | None


def period_numbers(days: Ints, every: Every) -> Ints:
    """A number for the period that each day (yyyymmdd) lies in, rising with time."""
    days = days.astype(np.int64)
    months = days // 10000 * 12 + days // 100 % 100 - 1
    shift = 3 if every is Every.FISCAL_YEAR else 0
    numbers: Ints = (months - shift) // _MONTHS[every]
    return numbers


def period_start(number: int, every: Every) -> date:
    """The first day of the period with this number."""
    match every:
        case Every.MONTH:
            return date(number // 12, number % 12 + 1, 1)
        case Every.QUARTER:
            return date(number // 4, number % 4 * 3 + 1, 1)
        case Every.YEAR:
            return date(number, 1, 1)
        case Every.FISCAL_YEAR:
            return date(number, 4, 1)


def cells(
    size: int,
    counted: Counted,
    every: Every | None,
    group_name: Callable[[int], str] | None,
    measures: frozenset[Measure],
) -> list[Cell]:
    """The cells of ``size`` rows, by period and then by group."""
    if not size:
        return []
    keys = np.zeros(size, dtype=np.int64)
    width = 1
    if counted.groups is not None:
        width = int(counted.groups.max()) + 1
        keys = counted.groups.astype(np.int64)
    if every is not None and counted.days is not None:
        keys = keys + period_numbers(counted.days, every) * width
    different, cell = _ranked(keys)
    columns: dict[Measure | str, Sequence[int]] = {}
    if Measure.PASSAGES in measures:
        said = cell if counted.titles is None else cell[~counted.titles]
        columns[Measure.PASSAGES] = np.bincount(said, minlength=len(different)).tolist()
    for measure, values in (
        (Measure.DOCUMENTS, counted.documents),
        (Measure.BODIES, counted.bodies),
    ):
        if measure in measures and values is not None:
            columns[measure] = _distinct(cell, values, len(different), measure)
    for name, amounts in (
        (Measure.OCCURRENCES, counted.occurrences),
        ("tokens", counted.tokens),
    ):
        if amounts is not None:
            if counted.titles is not None:
                amounts = np.where(counted.titles, 0, amounts)
            # float64 counts exactly to 2**53.
            sums = np.bincount(cell, weights=amounts)
            columns[name] = sums.astype(np.int64).tolist()
    return [
        Cell(
            start=None if every is None else period_start(key // width, every),
            group=None if group_name is None else group_name(key % width),
            **{name: values[at] for name, values in columns.items()},
        )
        for at, key in enumerate(different.tolist())
    ]


def _ranked(keys: Ints) -> tuple[Ints, Ints]:
    """The different keys, rising, and each key's rank among them."""
    low, high = int(keys.min()), int(keys.max())
    if high - low < 4 * len(keys) + 1024:
        present = np.bincount(keys - low) > 0
        different = np.flatnonzero(present)
        ranks = np.cumsum(present) - 1
        return different + low, ranks[keys - low]
    different, inverse = np.unique(keys, return_inverse=True)
    return different, inverse


def _distinct(cell: Ints, values: Ints, size: int, measure: Measure) -> list[int]:
    """How many different values each cell has; the state's organs are in no share of bodies."""
    values = values.astype(np.int64)
    if measure is Measure.BODIES:
        kept = (values // 10_000 != int(NATIONAL)) & (values // 10 % 1_000 != int(UNKNOWN))
        cell, values = cell[kept], values[kept]
        if not len(values):
            return [0] * size
    width = int(values.max()) + 1
    pairs = cell * width + values
    # Runs of the same pair are the rule (one sitting's passages): drop them before sorting.
    pairs = pairs[np.r_[True, pairs[1:] != pairs[:-1]]]
    different, _ = _ranked(pairs)
    counts: list[int] = np.bincount(different // width, minlength=size).tolist()
    return counts
