"""Days as notices print them, with or without their year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazami.partial_days import find_partial_days, printed_year


@given(st.dates(date(2019, 5, 1), date(2040, 12, 31)))
def test_a_day_without_year_is_that_day_of_any_year(day: date) -> None:
    (found,) = find_partial_days(f"{day.month}月{day.day}日({'月火水木金土日'[day.weekday()]})")
    assert (found.day, found.whole) == (None, False)
    assert found.of_year(day.year) == day
    assert found.agrees(day)
    assert not found.agrees(date.fromordinal(day.toordinal() + 1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("令和0年4月1日", None),
        ("令和4年17月31日", None),
        ("令和8年2月30日", None),
        ("R8.7.31", date(2026, 7, 31)),
        ("2026年(令和8年)6月8日", date(2026, 6, 8)),
    ],
)
def test_a_whole_day_exists_or_is_none(text: str, day: date | None) -> None:
    (found,) = find_partial_days(text)
    assert (found.day, found.whole) == (day, True)


def test_a_fiscal_year_is_no_year_of_a_day() -> None:
    (found,) = find_partial_days("令和8年度3月19日")
    assert (found.day, found.fiscal, found.month, found.number) == (None, 2026, 3, 19)


@pytest.mark.parametrize("text", ["電話 0999-20-2601", "100分の10", "第3回", "3日間", "1/2/3"])
def test_other_figures_are_no_days(text: str) -> None:
    assert find_partial_days(text) == []


def test_a_year_alone() -> None:
    assert [printed_year(each) for each in ("令和8年", "(2026年)", "令和8年度", "8年")] == [
        2026,
        2026,
        None,
        None,
    ]
