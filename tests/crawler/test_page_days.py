"""The days that a run asks for, and the pages that can hold them."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.page import Blocked, Days, Page, PageChanged, Wanted, check_whole

MARCH = Days(date(2024, 3, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("days", "day", "asked"),
    [
        (MARCH, date(2024, 2, 29), False),
        (MARCH, date(2024, 3, 1), True),
        (MARCH, date(2024, 3, 31), True),
        (MARCH, date(2024, 4, 1), False),
        (Days(since=date(2024, 3, 1)), date(2099, 1, 1), True),
        (Days(until=date(2024, 3, 31)), date(1947, 5, 20), True),
        (Days(), date(2024, 3, 1), True),
    ],
)
def test_both_ends_are_asked_for_and_none_is_open(days: Days, day: date, asked: bool) -> None:
    assert days.hold(day) is asked


def test_what_is_not_known_of_a_span_may_be_asked_for() -> None:
    assert MARCH.meet(None, None)
    assert MARCH.meet(date(2023, 1, 1), None)
    assert not MARCH.meet(date(2024, 4, 1), None)
    assert not MARCH.meet(None, date(2024, 2, 29))


def test_a_year_is_asked_for_where_one_of_its_days_is() -> None:
    asked = [year for year in range(2022, 2027) if MARCH.meet_years(year, year)]
    assert asked == [2024]
    assert MARCH.meet_years(2023, 2024)
    assert MARCH.meet_years(2020, 9999)


def test_days_come_back_as_they_were_carried_also_out_of_an_old_archive() -> None:
    wanted = Wanted(today=date(2026, 8, 2), since=date(2024, 3, 1))
    assert wanted.days.carry() == {"since": "2024-03-01", "until": None}
    assert Days.carried(wanted.days.carry()) == wanted.days
    assert Days.carried({"base": "https://a.example/"}) == Days()


@pytest.mark.parametrize("body", [b"", b"<html><body>abc", b"<html></html> more"])
def test_a_page_without_its_end_is_refused(body: bytes) -> None:
    with pytest.raises(PageChanged, match="a whole page"):
        check_whole(Page("https://a.example/", body), "utf-8")


def test_a_whole_page_passes_and_a_challenge_does_not() -> None:
    check_whole(Page("https://a.example/", b"<html>abc</HTML>\r\n"), "utf-8")
    with pytest.raises(Blocked):
        check_whole(Page("https://a.example/", b"<html>Just a moment</html>"), "utf-8")
