"""Pages of days print the right day, and others only where they say so."""

from __future__ import annotations

from datetime import date

import pytest

from tests.printing.days import (
    FORMS,
    OTHERS,
    _kanji,
    _padded,
    _plain,
    _spaced,
    front_page,
    misprinted,
)
from tests.printing.layout import squeezed

PAGES = [front_page(seed) for seed in range(400)]


def test_all_forms_and_all_other_days_occur() -> None:
    assert {page.form for page in PAGES} == set(FORMS)
    assert {other for page in PAGES for other in page.others} == set(OTHERS)
    assert {len(page.others) for page in PAGES} == set(range(6))


def test_the_day_stands_on_the_front_page() -> None:
    for page in PAGES:
        front = squeezed("".join(page.lines[:14]))
        month_and_day = f"{page.day.month}月{page.day.day}日"
        in_kanji = _kanji(page.day).split("年")[1]
        assert month_and_day in front or in_kanji in front


def test_ends_of_years_and_first_years_occur() -> None:
    assert any(page.day.month == 12 and page.day.day > 25 for page in PAGES)
    assert any(page.day.month == 1 and page.day.day < 10 for page in PAGES)
    assert any("元年" in "".join(page.lines) for page in PAGES)


def test_a_session_that_began_in_december_keeps_its_name_in_january() -> None:
    january = [page for page in PAGES if page.day.month == 1 and page.form != "in the title"]
    assert any("12月" in "".join(page.lines[:8]) for page in january)
    assert all("12月" not in page.lines[0] for page in january if page.form == "year in the title")


def test_no_other_days_where_none_are_asked_for() -> None:
    page = front_page(3, others=0)
    assert page.others == ()
    assert front_page(3) == front_page(3)


@pytest.mark.parametrize("past", [False, True])
def test_a_misprinted_year_does_not_fit_the_weekday_that_the_right_day_has(past: bool) -> None:
    for seed in range(100):
        page = misprinted(seed, past)
        weekday = "月火水木金土日"[page.day.weekday()]
        (line,) = (line for line in page.lines[:4] if f"（{weekday}曜日）" in line)
        assert str(page.day.year - 2018) in squeezed(page.lines[0])
        assert _kanji(page.day) not in line
        assert _plain(page.day) not in squeezed(line)
        assert date(2021, 1, 1) <= page.day < date(2026, 11, 1)


def test_days_are_written_in_many_ways() -> None:
    day = date(2019, 12, 1)
    assert (_kanji(day), _padded(day)) == ("令和元年十二月一日", "令和元年12月 1日")
    assert _spaced(date(2019, 4, 30)) == "平成　３１　年　４　月　３０　日"
    assert _kanji(date(2019, 4, 30)) == "平成三十一年四月三十日"
