"""The days that a run asks for, as every platform asks them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.page import Wanted
from crawler.reading.days_wanted import DaysWanted, carried

DAYS = st.dates(date(1947, 1, 1), date(2030, 12, 31))
ENDS = st.none() | DAYS


@given(ENDS, ENDS, DAYS)
def test_they_survive_being_carried(since: date | None, until: date | None, today: date) -> None:
    wanted = Wanted(today=today, since=since, until=until)
    assert DaysWanted.of({**carried(wanted), "other": 1}) == DaysWanted(since, until)


@given(ENDS, ENDS, DAYS, st.integers(0, 900))
def test_a_span_is_wanted_exactly_where_one_of_its_days_is(
    since: date | None, until: date | None, first: date, length: int
) -> None:
    if since and until and since > until:
        since, until = until, since
    days = DaysWanted(since, until)
    last = first + timedelta(days=length)
    any_day = any(
        (since is None or since <= day) and (until is None or day <= until)
        for day in (first + timedelta(days=n) for n in range(length + 1))
    )
    assert days.meet(first, last) == any_day
    assert days.hold(first) == days.meet(first, first)


def test_a_span_with_an_open_end_may_hold_any_day_there() -> None:
    days = DaysWanted(date(2024, 4, 1), date(2025, 3, 31))
    assert days.meet(None, date(2024, 4, 1))
    assert not days.meet(None, date(2024, 3, 31))
    assert days.meet(date(2025, 3, 31), None)
    assert not days.meet(date(2025, 4, 1), None)


def test_years_that_no_calendar_has_are_the_first_and_the_last() -> None:
    days = DaysWanted(date(2024, 1, 1), date(2024, 12, 31))
    assert days.meet_years(0, 9999)
    assert not days.meet_years(0, 2023)
    assert not days.meet_years(2025, 9999)
