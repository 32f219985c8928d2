"""The sitting's day among any number of other days, on pages by a writer that knows no reader."""

from __future__ import annotations

import pytest

from crawler.reading.sitting_days import named_day, read_day, sitting_day, year
from crawler.reading.turns import turns
from tests.printing.days import FrontPage, front_page, misprinted


def read(page: FrontPage) -> object:
    front, _ = turns("\n".join(page.lines))
    found = read_day(front, ["会議録"])
    return found and found.day


def test_a_page_that_prints_one_sitting_day_yields_it() -> None:
    wrong = [seed for seed in range(1000, 1150) if read(page := front_page(seed)) != page.day]
    assert wrong == []


@pytest.mark.parametrize("past", [False, True])
def test_a_misprinted_year_is_told_by_the_day_of_the_week(past: bool) -> None:
    pages = {seed: misprinted(seed, past=past) for seed in range(1000, 1100)}
    assert [seed for seed, page in pages.items() if read(page) != page.day] == []


@pytest.mark.parametrize(
    ("front", "words", "day"),
    [
        ("令和７年１月１０日　午前１０時　開議", ["令和6年", "1月10日"], "2025-01-10"),
        ("最終更新日　2024年6月10日\n令和６年３月４日（月）", ["会議録"], "2024-03-04"),
        ("会議録調製\n令和６年５月１日\n令和６年３月４日（月）", ["会議録"], "2024-03-04"),
        ("令和６年３月４日（月）（令和６年６月１日公開）", ["会議録"], "2024-03-04"),
        ("令和元年５月７日（火）午前９時開議", ["平成31年（令和元年）"], "2019-05-07"),
        ("令和９年３月４日（火曜日）\n令和７年第１回定例会", ["令和7年"], "2025-03-04"),
        ("招集年月日　令和６年３月１日\n令和６年３月４日　再開", ["令和6年"], "2024-03-04"),
        ("", ["令和6年", "第1号 3月4日（更新日：令和6年6月1日）"], "2024-03-04"),
        ("", ["令和6年", "3月4日（2024/06/01更新）"], "2024-03-04"),
    ],
)
def test_other_days_are_never_the_sitting_s(front: str, words: list[str], day: str) -> None:
    assert str(sitting_day(front, words)) == day


def test_a_day_that_nothing_bears_out_is_doubtful() -> None:
    off = read_day("令和６年３月５日（月曜日）", ["会議録"])
    assert off is not None
    assert off.doubt == "the printed day of the week is another"
    far = read_day("令和２年３月４日　開議", ["令和6年"])
    assert far is not None
    assert far.doubt == "printed 2020-03-04, listed under 2024"
    sound = read_day("令和６年３月４日（月曜日）", ["令和6年"])
    assert sound is not None
    assert sound.doubt is None


def test_the_words_of_a_link_say_no_day_of_the_page() -> None:
    words = ["令和6年", "第1回定例会会議録（令和7年6月1日公開）"]
    assert named_day(words) is None
    span = year(words)
    assert span is not None
    assert span.start.year == 2024
