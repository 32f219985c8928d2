"""The days that a run asks for: carried from page to page, and asked of days, spans and years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Self

from crawler.page import Wanted


@dataclass(frozen=True, slots=True)
class DaysWanted:
    """From ``since`` to ``until``, both included; None leaves that end open."""

    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, carried: Mapping[str, object]) -> Self:
        """Those that a page was led to with; other keys are passed over."""
        since, until = carried.get("since"), carried.get("until")
        return cls(
            date.fromisoformat(str(since)) if since else None,
            date.fromisoformat(str(until)) if until else None,
        )

    def hold(self, day: date) -> bool:
        """Whether the day is wanted."""
        return self.meet(day, day)

    def meet(self, first: date | None, last: date | None) -> bool:
        """Whether a wanted day can lie in a span; None is an end that is not known."""
        if self.since is not None and last is not None and last < self.since:
            return False
        return self.until is None or first is None or first <= self.until

    def meet_years(self, first: int, last: int) -> bool:
        """Whether a wanted day can lie in these calendar years."""
        return self.meet(
            date(max(first, MINYEAR), 1, 1), date(min(max(last, MINYEAR), MAXYEAR), 12, 31)
        )


def carried(wanted: Wanted) -> dict[str, object]:
    """The days of a run as values to carry: ``since`` and ``until``, as ISO texts or None."""
    return {
        "since": wanted.since.isoformat() if wanted.since else None,
        "until": wanted.until.isoformat() if wanted.until else None,
    }
