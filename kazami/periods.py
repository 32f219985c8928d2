"""Months, quarters, calendar years and fiscal years (年度, April to March)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Every(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_YEAR = "fiscal-year"


_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12, Every.FISCAL_YEAR: 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period: ``start`` and ``end`` are its first and last day."""

    start: date
    every: Every

    @property
    def end(self) -> date:
        return following(self).start - timedelta(days=1)

    @property
    def label(self) -> str:
        """``2022-03``, ``2022-Q1``, ``2022``, ``FY2022``; a quarter is one of the calendar year."""
        match self.every:
            case Every.MONTH:
                return f"{self.start:%Y-%m}"
            case Every.QUARTER:
                return f"{self.start.year}-Q{(self.start.month + 2) // 3}"
            case Every.YEAR:
                return str(self.start.year)
            case Every.FISCAL_YEAR:
                return f"FY{self.start.year}"


def period_of(day: date, every: Every) -> Period:
    """The period that ``day`` lies in."""
    match every:
        case Every.MONTH:
            start = day.replace(day=1)
        case Every.QUARTER:
            start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case Every.YEAR:
            start = date(day.year, 1, 1)
        case Every.FISCAL_YEAR:
            start = date(day.year if day.month >= 4 else day.year - 1, 4, 1)
    return Period(start, every)


def following(period: Period) -> Period:
    """The period after this one."""
    months = period.start.year * 12 + period.start.month - 1 + _MONTHS[period.every]
    return Period(date(months // 12, months % 12 + 1, 1), period.every)


def periods(first: date, last: date, every: Every) -> Iterator[Period]:
    """Every period from that of ``first`` to that of ``last``; none where first > last."""
    at = period_of(first, every)
    while at.start <= last:
        yield at
        at = following(at)
