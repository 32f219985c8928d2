"""Periods, denominators, zeros and gaps."""

from __future__ import annotations

from datetime import date

import pytest

from answers.questions import Question
from answers.trend import Per, Series, TrendAnswer, TrendError, trend
from indexer.engines.memory import MemoryEngine
from indexer.query import By, Filters, Measure
from kazami.bodies import load_bodies
from kazami.document import Document, Kind, Stance
from kazami.periods import Every
from tests.contract.corpus import EVERYTHING, document, filled, passage

TODAY = date(2026, 1, 1)

CORPUS = (
    document("a", "防災と防災", "福祉", day="2022-01-10", body="102032"),
    document("b", "福祉", day="2022-02-10", body="102032"),
    document("c", "防災", "福祉", "福祉", day="2022-04-10", body="110001"),
    document("d", "防災", day="2022-04-20", body="102032"),
)


def ask(
    *documents: Document,
    queries: tuple[str, ...] = ("防災",),
    every: Every = Every.MONTH,
    measure: Measure = Measure.PASSAGES,
    per: Per = Per.NONE,
    by: By | None = None,
    filters: Filters = EVERYTHING,
    today: date = TODAY,
) -> TrendAnswer:
    return trend(
        filled(MemoryEngine(), *documents),
        Question(texts=queries, filters=filters),
        every=every,
        measure=measure,
        per=per,
        by=by,
        today=today,
        bodies=load_bodies(),
    )


def only(answer: TrendAnswer) -> Series:
    [series] = answer.series
    return series


def shown(series: Series) -> list[tuple[str, int, int, bool]]:
    return [(p.period.label, p.count, p.total, p.no_data) for p in series.points]


def test_a_silent_month_is_a_zero_and_a_month_without_documents_is_no_data() -> None:
    assert shown(only(ask(*CORPUS))) == [
        ("2022-01", 1, 2, False),
        ("2022-02", 0, 1, False),
        ("2022-03", 0, 0, True),
        ("2022-04", 2, 4, False),
    ]


@pytest.mark.parametrize(
    ("every", "points"),
    [
        (Every.QUARTER, [("2022-Q1", 1, 3, False), ("2022-Q2", 2, 4, False)]),
        (Every.YEAR, [("2022", 3, 7, False)]),
        (Every.FISCAL_YEAR, [("FY2021", 1, 3, False), ("FY2022", 2, 4, False)]),
    ],
)
def test_periods_can_be_longer(every: Every, points: list[tuple[str, int, int, bool]]) -> None:
    assert shown(only(ask(*CORPUS, every=every))) == points


@pytest.mark.parametrize(
    ("measure", "counts"),
    [
        (Measure.PASSAGES, [(1, 3), (2, 4)]),
        (Measure.DOCUMENTS, [(1, 2), (2, 2)]),
        (Measure.BODIES, [(1, 1), (2, 2)]),
        (Measure.OCCURRENCES, [(2, 5), (2, 4)]),
    ],
)
def test_each_measure_has_its_own_denominator(
    measure: Measure, counts: list[tuple[int, int]]
) -> None:
    points = only(ask(*CORPUS, every=Every.QUARTER, measure=measure)).points
    assert [(point.count, point.total) for point in points] == counts
    assert all(point.rate is None for point in points)


def test_a_share_is_the_count_by_its_denominator() -> None:
    points = only(ask(*CORPUS, per=Per.SHARE)).points
    assert [point.rate for point in points] == [1 / 2, 0.0, None, 2 / 4]


@pytest.mark.parametrize("measure", [Measure.OCCURRENCES, Measure.PASSAGES])
def test_counts_can_be_put_to_a_million_tokens(measure: Measure) -> None:
    points = only(ask(*CORPUS, every=Every.QUARTER, measure=measure, per=Per.MILLION_TOKENS)).points
    assert [point.total for point in points] == [5, 4]
    assert [point.rate for point in points] == [p.count / p.total * 1e6 for p in points]


def test_occurrences_have_no_share() -> None:
    with pytest.raises(TrendError, match="--per million-tokens"):
        ask(*CORPUS, measure=Measure.OCCURRENCES, per=Per.SHARE)


def test_the_filters_hold_for_the_denominators_too() -> None:
    filters = Filters(bodies=frozenset({"102032"}))
    assert shown(only(ask(*CORPUS, filters=filters)))[-1] == ("2022-04", 1, 1, False)


def test_all_series_have_the_same_periods() -> None:
    answer = ask(*CORPUS, queries=("防災", "福祉", "鯨"))
    assert [series.query for series in answer.series] == ["防災", "福祉", "鯨"]
    periods = [[point.period for point in series.points] for series in answer.series]
    assert periods[0] == periods[1] == periods[2]
    assert [point.count for point in answer.series[2].points] == [0, 0, 0, 0]


def test_since_and_until_set_the_periods_and_cut_them() -> None:
    filters = Filters(since=date(2021, 12, 15), until=date(2022, 2, 27))
    points = only(ask(*CORPUS, filters=filters)).points
    assert [(p.period.label, p.no_data, p.partial) for p in points] == [
        ("2021-12", True, True),
        ("2022-01", False, False),
        ("2022-02", False, True),
    ]


def test_whole_periods_are_not_partial() -> None:
    filters = Filters(since=date(2022, 1, 1), until=date(2022, 2, 28))
    assert [p.partial for p in only(ask(*CORPUS, filters=filters)).points] == [False, False]


@pytest.mark.parametrize("today", [date(2022, 4, 1), date(2022, 4, 25), date(2022, 4, 30)])
def test_the_running_period_is_partial(today: date) -> None:
    points = only(ask(*CORPUS, today=today)).points
    assert [point.partial for point in points] == [False, False, False, True]


def test_no_period_lies_beyond_today() -> None:
    future = document("z", "防災", day="2026-05-01")
    points = only(ask(*CORPUS, future, every=Every.YEAR, today=date(2026, 3, 1))).points
    assert [point.period.label for point in points] == ["2022", "2023", "2024", "2025", "2026"]
    points = only(ask(*CORPUS, future, today=date(2026, 3, 1))).points
    assert points[-1].period.label == "2026-03"
    filters = Filters(until=date(2030, 12, 31))
    points = only(ask(*CORPUS, filters=filters, today=date(2022, 6, 5))).points
    assert points[-1].period.label == "2022-06"


def test_groups_are_listed_with_all_that_have_documents() -> None:
    answer = ask(*CORPUS, document("e", "福祉", body="011002"), by=By.PREFECTURE, every=Every.YEAR)
    assert [(s.group, *shown(s)[0][1:]) for s in answer.series] == [
        ("01", 0, 1, False),
        ("10", 2, 4, False),
        ("11", 1, 3, False),
    ]


def test_no_data_is_told_for_each_group() -> None:
    answer = ask(*CORPUS, by=By.BODY)
    gaps = {s.group: [point.no_data for point in s.points] for s in answer.series}
    assert gaps == {
        "102032": [False, False, True, False],
        "110001": [True, True, True, False],
    }


def test_stances_and_kinds_go_in_their_own_order() -> None:
    stances = [None, Stance.OTHER, Stance.CHAIR, Stance.ANSWER, Stance.QUESTION]
    talk = document("a", *(passage("防災", n, stance=s) for n, s in enumerate(stances, 1)))
    notice = document("b", "防災", kind=Kind.AWARD)
    answer = ask(talk, by=By.STANCE)
    assert [s.group for s in answer.series] == ["question", "answer", "chair", "other", ""]
    answer = ask(notice, talk, by=By.KIND)
    assert [s.group for s in answer.series] == ["minutes", "award"]


def test_each_query_comes_with_each_group() -> None:
    answer = ask(*CORPUS, queries=("防災", "福祉"), by=By.BODY)
    assert [(s.query, s.group) for s in answer.series] == [
        ("防災", "102032"),
        ("防災", "110001"),
        ("福祉", "102032"),
        ("福祉", "110001"),
    ]


def test_nothing_collected_gives_no_points_and_says_so() -> None:
    answer = ask()
    assert only(answer).points == ()
    assert answer.claim.documents == 0


def test_asked_for_a_span_without_documents_every_period_is_no_data() -> None:
    filters = Filters(since=date(1999, 1, 1), until=date(1999, 3, 31))
    answer = ask(*CORPUS, filters=filters)
    assert [point.no_data for point in only(answer).points] == [True, True, True]
    assert answer.claim.documents == 0


def test_the_answer_says_what_was_asked_and_what_it_stands_on() -> None:
    answer = ask(*CORPUS, every=Every.YEAR, measure=Measure.DOCUMENTS, per=Per.SHARE, by=By.KIND)
    assert (answer.every, answer.measure, answer.per, answer.by) == (
        Every.YEAR,
        Measure.DOCUMENTS,
        Per.SHARE,
        By.KIND,
    )
    assert (answer.claim.documents, answer.claim.bodies) == (4, 2)
    assert (answer.claim.since, answer.claim.until) == (date(2022, 1, 10), date(2022, 4, 20))


NOTICE = document("n", "防災の話", "告示", day="2022-01-20", kind=Kind.TENDER, title="防災")
UNDATED = document("u", "防災", day=None, kind=Kind.TENDER, title="公告")
AWARD = document("w", day="2022-02-03", kind=Kind.AWARD, title="防災倉庫")
MIXED = (*CORPUS, NOTICE, UNDATED, AWARD)


def test_kinds_share_no_denominator() -> None:
    minutes = only(ask(*CORPUS, every=Every.YEAR))
    answer = ask(*MIXED, every=Every.YEAR)
    assert answer.by is By.KIND
    assert [series.group for series in answer.series] == ["minutes", "tender", "award"]
    assert answer.series[0].points == minutes.points
    assert shown(answer.series[1]) == [("2022", 1, 2, False)]


def test_one_kind_asked_for_is_not_grouped() -> None:
    for kinds in (frozenset({Kind.MINUTES}), frozenset({Kind.TENDER})):
        answer = ask(*MIXED, filters=Filters(kinds=kinds))
        assert answer.by is None
        assert only(answer).group is None


def test_groups_over_several_kinds_are_refused_in_one_line() -> None:
    with pytest.raises(
        TrendError, match=r"^--by prefecture .* minutes, tender, award: add --kind m"
    ):
        ask(*MIXED, by=By.PREFECTURE)
    answer = ask(*MIXED, by=By.PREFECTURE, filters=Filters(kinds=frozenset({Kind.TENDER})))
    assert [series.group for series in answer.series] == ["13"]


def test_titles_count_in_documents_and_what_has_no_passage_is_no_data_in_passages() -> None:
    award = ask(AWARD, every=Every.YEAR)
    assert shown(only(award)) == [("2022", 0, 0, True)]
    award = ask(AWARD, every=Every.YEAR, measure=Measure.DOCUMENTS, per=Per.SHARE)
    assert only(award).points[0].rate == 1.0
    tenders = ask(NOTICE, UNDATED, every=Every.YEAR, measure=Measure.DOCUMENTS)
    assert shown(only(tenders)) == [("2022", 1, 1, False)]
    assert (tenders.claim.documents, tenders.claim.undated) == (2, 1)
