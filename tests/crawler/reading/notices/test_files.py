"""A notice's facts from its page and the files beside it; all of it is invented."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.notices import FileText, read_tender, read_tender_and_files
from kazami.facts import Stage, TenderFacts

SEEN = date(2026, 6, 1)
PAGE = ("公告日 令和8年5月20日", "質問書の提出期限 令和8年6月5日")


def read(*files: tuple[str, str], title: str = "見本清掃業務の入札公告", page=PAGE) -> TenderFacts:
    parts = [FileText(name, text.split("\n")) for name, text in files]
    return read_tender_and_files(title, page, parts, seen=SEEN)


def due(facts: TenderFacts) -> list[tuple[str, date | None, time | None]]:
    return [(each.paper, each.day, each.time) for each in facts.deadlines]


def test_without_files_it_is_what_the_page_says() -> None:
    assert read() == read_tender("見本清掃業務の入札公告", PAGE, seen=SEEN)


def test_days_that_only_the_file_states_are_added() -> None:
    facts = read(("公告文", "入札書の提出期限 令和8年6月12日 午後5時必着\n履行場所 見本庁舎"))
    assert due(facts) == [
        ("質問書", date(2026, 6, 5), None),
        ("入札書", date(2026, 6, 12), time(17)),
    ]
    assert facts.place is not None
    assert facts.place.value == "見本庁舎"


def test_a_fact_of_the_page_goes_before_the_files() -> None:
    page = (*PAGE, "履行場所 第一庁舎")
    facts = read(("仕様書", "履行場所 第二庁舎"), ("図面", "履行場所 第三庁舎"), page=page)
    assert facts.place is not None
    assert facts.place.value == "第一庁舎"


def test_the_same_day_takes_the_hour_that_the_file_prints() -> None:
    assert due(read(("公告文", "質問書の提出期限 令和8年6月5日 正午必着"))) == [
        ("質問書", date(2026, 6, 5), time(12))
    ]


def test_another_day_for_the_same_paper_is_unknown_with_both_words() -> None:
    (only,) = read(("公告文", "質問書の提出期限 令和8年6月8日")).deadlines
    assert (only.day, only.time) == (None, None)
    assert "6月5日" in only.words
    assert "6月8日" in only.words


@pytest.mark.parametrize("name", ["訂正公告", "入札公告の一部変更について"])
def test_a_correction_among_the_files_holds(name: str) -> None:
    facts = read((name, "質問書の提出期限 令和8年6月8日"))
    assert due(facts) == [("質問書", date(2026, 6, 8), None)]


def test_a_page_that_is_the_correction_holds_against_its_old_files() -> None:
    facts = read(
        ("公告文", "質問書の提出期限 令和8年6月3日"), title="【訂正】見本清掃業務の入札公告"
    )
    assert due(facts) == [("質問書", date(2026, 6, 5), None)]


def test_a_day_without_year_in_a_file_is_near_to_the_pages_own() -> None:
    assert due(read(("公告文", "入札書の提出期限 6月12日")))[1:] == [
        ("入札書", date(2026, 6, 12), None)
    ]


def test_a_cancelled_notice_takes_no_days_from_its_old_files() -> None:
    facts = read(("公告文", "入札書の提出期限 令和8年6月12日"), title="見本清掃業務の入札の中止")
    assert facts.stage is not None
    assert facts.stage.value is Stage.CANCELLED
    assert facts.deadlines == ()


def test_of_files_for_several_purchases_the_pages_own_is_read() -> None:
    facts = read(
        ("公告1", "件名 見本清掃業務\n入札書の提出期限 令和8年6月12日"),
        ("公告2", "件名 例示警備業務\n入札書の提出期限 令和8年6月19日"),
    )
    assert due(facts)[1:] == [("入札書", date(2026, 6, 12), None)]


@settings(deadline=None, max_examples=60)
@given(st.integers(2, 28), st.integers(2, 28))
def test_two_days_are_never_one_of_them(one: int, other: int) -> None:
    facts = read(
        ("甲", f"入札書の提出期限 令和8年7月{one}日"),
        ("乙", f"入札書の提出期限 令和8年7月{other}日"),
    )
    (bid,) = (each for each in facts.deadlines if each.paper == "入札書")
    assert bid.day == (date(2026, 7, one) if one == other else None)
