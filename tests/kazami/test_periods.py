from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazami.periods import Every, Period, following, period_of, periods

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize("every", Every)
@given(day=days)
def test_a_day_lies_in_its_period_and_the_next_begins_the_day_after(
    every: Every, day: date
) -> None:
    period = period_of(day, every)
    assert period.start <= day <= period.end
    assert following(period).start == period.end + timedelta(days=1)
    assert period_of(period.end, every) == period


@pytest.mark.parametrize(
    ("every", "start", "label"),
    [
        (Every.MONTH, date(2022, 3, 1), "2022-03"),
        (Every.QUARTER, date(2022, 1, 1), "2022-Q1"),
        (Every.YEAR, date(2022, 1, 1), "2022"),
        (Every.FISCAL_YEAR, date(2021, 4, 1), "FY2021"),
    ],
)
def test_the_31st_of_march_2022_lies_in(every: Every, start: date, label: str) -> None:
    period = period_of(date(2022, 3, 31), every)
    assert period == Period(start, every)
    assert period.label == label


def test_periods_have_no_gap_and_hold_both_ends() -> None:
    months = list(periods(date(2021, 11, 30), date(2022, 2, 1), Every.MONTH))
    assert [month.label for month in months] == ["2021-11", "2021-12", "2022-01", "2022-02"]


def test_there_is_no_period_between_a_day_and_one_long_before() -> None:
    assert list(periods(date(2022, 5, 1), date(2022, 3, 1), Every.MONTH)) == []
