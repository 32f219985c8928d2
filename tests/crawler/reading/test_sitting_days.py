"""The day of a sitting comes from print or from the words of its links, and is never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.reading.sitting_days import named_day, newest, sitting_day

DAY = date(2024, 3, 4)


@pytest.mark.parametrize(
    "words",
    [
        ["令和6年3月4日"],
        ["会議録", "第1回定例会（第1号）令和６年３月４日（月）"],
        ["令和6年", "第1回定例会", "３月４日"],
        ["令和5年度", "第1号（3月4日）"],
        ["令和6年(2024年)会議録", "3月4日開会"],
        ["R6", "第1日(3月4日)"],
        ["2日目（R6.03.04） 一般質問"],
        ["2024年", "3月4日会議録"],
    ],
)
def test_a_link_names_its_day(words: list[str]) -> None:
    assert named_day(words) == DAY


@pytest.mark.parametrize(
    "words",
    [
        ["会議録"],
        ["3月4日"],
        ["令和6年", "第1回定例会"],
        ["令和6年", "第1回（3月4日～3月12日）", "第3日"],
        ["令和6年", "2月30日"],
    ],
)
def test_a_link_without_a_whole_day_names_none(words: list[str]) -> None:
    assert named_day(words) is None


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ("令和６年３月４日（月曜日）午前１０時開議", ["会議録"]),
        ("招集年月日　令和６年３月１日\n開議　令和６年３月４日　午前９時", ["会議録"]),
        ("令和６年２月１日告示\n令 和 ６ 年 ３ 月 ４ 日", ["会議録"]),
        ("令和６年３月１日　開会\n令和６年３月４日　開議", ["会議録", "第２号（３月４日）"]),
        ("令和６年３月１日　開会", ["令和6年", "第２号（３月４日）"]),
        ("令和５年１２月１日　開議\n令和６年３月４日　開議", ["令和6年第1回定例会"]),
        ("", ["令和6年", "３月４日"]),
    ],
)
def test_the_day_beside_the_opening_or_in_the_link_is_it(front: str, words: list[str]) -> None:
    assert sitting_day(front, words) == DAY


@pytest.mark.parametrize(
    "front", ["", "令和６年２月１日告示", "令和６年２月３０日開議", "３月４日開議"]
)
def test_without_any_day_there_is_none(front: str) -> None:
    assert sitting_day(front, ["会議録"]) is None


def test_the_newest_day_under_a_year_allows_for_the_fiscal_year() -> None:
    assert newest(["令和6年"]) == date(2025, 3, 31)
    assert newest(["令和6年度"]) == date(2025, 3, 31)
    assert newest(["平成31年（令和元年）"]) is not None
    assert newest(["会議録"]) is None
