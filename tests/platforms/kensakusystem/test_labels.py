from __future__ import annotations

from datetime import date

import pytest

from crawler.platforms.kensakusystem.labels import (
    children,
    day_of,
    is_no_sitting,
    is_sitting,
    newest,
    span,
    tabs,
)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("R070225A", date(2025, 2, 25)),
        ("H310129B", date(2019, 1, 29)),
        ("H010518A01", date(1989, 5, 18)),
        ("S610331A", date(1986, 3, 31)),
        ("R080119_2B10", date(2026, 1, 19)),
    ],
)
def test_a_file_name_gives_its_day(name: str, day: date) -> None:
    assert is_sitting(name)
    assert day_of(name) == day


@pytest.mark.parametrize("name", ["R080119MOKU", "R07060004KETS.html", "H070515MEIB.html"])
def test_a_table_of_contents_is_no_sitting(name: str) -> None:
    assert not is_sitting(name)
    assert is_no_sitting(name)


@pytest.mark.parametrize(
    ("name", "reason"), [("R071332A", "month|day"), ("R07UNSEEN", "no file"), ("", "no file")]
)
def test_a_day_that_does_not_exist_is_no_day(name: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        day_of(name)


@pytest.mark.parametrize(
    ("label", "years"),
    [
        ("令和 7年", (2025, 2025)),
        ("令和元年", (2019, 2019)),
        ("平成28年～令和元年", (2016, 2019)),
        ("令和 2年〜令和 6年", (2020, 2024)),
        ("令和 7年～", (2025, 9999)),
        ("令和６年度", (2024, 2024)),
        ("令和 7年 第1回定例会 ", None),
        ("総務委員会", None),
    ],
)
def test_a_label_names_its_years(label: str, years: tuple[int, int] | None) -> None:
    assert span(label) == years


def test_a_tab_without_a_range_reaches_to_the_next_one() -> None:
    nodes = {"令和 7年": "", "令和 4年": "令和 2年～令和 4年", "令和元年": ""}
    assert tabs(nodes) == {
        "令和 7年": (2023, 2025),
        "令和 4年": (2020, 2022),
        "令和元年": (0, 2019),
    }


def test_a_year_has_its_sessions_and_a_tab_its_other_years() -> None:
    nodes = dict.fromkeys(
        ("令和 7年", "令和 4年", "令和 3年", "令和 4年 第1回定例会 ", "特別委員会 "), ""
    )
    opened = ["令和 7年", "令和 4年"]
    assert list(children("令和 4年", nodes, opened)) == [
        "令和 3年",
        "令和 4年 第1回定例会 ",
        "特別委員会 ",
    ]
    assert list(children("令和 3年", nodes, opened)) == ["特別委員会 "]
    assert list(children("令和 4年 第1回定例会 ", nodes, opened)) == []


def test_a_fiscal_year_ends_in_march() -> None:
    assert newest("令和 6年度") == date(2025, 3, 31)
    assert newest("令和 6年 総務委員会 ") == date(2024, 12, 31)
    assert newest("令和 6年～") is None
    assert newest("総務委員会") is None
