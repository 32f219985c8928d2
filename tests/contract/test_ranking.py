"""Scores, order, paging and grouping: the definition of an engine, part two."""

from __future__ import annotations

import math
from datetime import date

import pytest

from indexer.engines.base import Engine
from indexer.query import And, Field, FieldIs, Filters, Hit, Not, Or, Results, Sort
from tests.contract.corpus import EVERYTHING, document, filled, in_order, word

OTHER = "。".join(["福祉"] * 8)


def test_relevance_is_the_formula_in_its_module(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災防災", "防災、福祉、教育", "福祉", "教育"))
    results = reader.search(word("防災"), EVERYTHING)
    average = (2 + 3 + 1 + 1) / 4
    idf = math.log(1 + (4 - 2 + 0.5) / (2 + 0.5))

    def score(tf: int, length: int) -> float:
        return idf * tf * 1.9 / (tf + 0.9 * (0.6 + 0.4 * length / average))

    assert [(hit.passage, hit.score) for hit in results.hits] == [
        ("t:a#1", pytest.approx(score(2, 2), abs=5.1e-7)),
        ("t:a#2", pytest.approx(score(1, 3), abs=5.1e-7)),
    ]
    assert all(hit.score == round(hit.score * 1e6) / 1e6 for hit in results.hits)


def test_the_leaves_of_a_query_add_up(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災、福祉", "防災", "福祉", "教育"))
    single = {
        name: {hit.passage: hit.score for hit in reader.search(word(name), EVERYTHING).hits}
        for name in ("防災", "福祉")
    }
    both = reader.search(Or((word("防災"), word("福祉"))), EVERYTHING).hits
    assert both[0].passage == "t:a#1"
    together = single["防災"]["t:a#1"] + single["福祉"]["t:a#1"]
    assert both[0].score == pytest.approx(together, abs=2e-6)


def test_a_word_asked_for_twice_counts_once(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災", "福祉"))
    once = reader.search(word("防災"), EVERYTHING)
    assert reader.search(And((word("防災"), word("防災"))), EVERYTHING) == once


def test_what_is_excluded_adds_nothing_to_the_score(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災", "防災、福祉"))
    plain = {hit.passage: hit.score for hit in reader.search(word("防災"), EVERYTHING).hits}
    node = And((word("防災"), Not(word("福祉"))))
    assert [(h.passage, h.score) for h in reader.search(node, EVERYTHING).hits] == [
        ("t:a#1", plain["t:a#1"])
    ]


def test_fields_alone_score_nothing(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災", body="102032"))
    node = FieldIs(Field.BODY, "102032")
    assert [hit.score for hit in reader.search(node, EVERYTHING).hits] == [0.0]


def test_filters_do_not_change_scores(engine: Engine) -> None:
    reader = filled(
        engine, document("a", "防災", day="2022-01-01"), document("b", "防災" * 3, "福祉")
    )
    free = {hit.passage: hit.score for hit in reader.search(word("防災"), EVERYTHING).hits}
    only = reader.search(word("防災"), Filters(since=date(2022, 2, 1)))
    assert [(hit.passage, hit.score) for hit in only.hits] == [("t:b#1", free["t:b#1"])]


def test_passages_that_were_replaced_do_not_weigh_in_the_score(engine: Engine) -> None:
    once = filled(engine, document("a", "防災", "福祉"), document("b", OTHER, "防災", "教育"))
    before = once.search(word("防災"), EVERYTHING)
    again = filled(engine, document("b", OTHER, "防災", "教育"), document("a", "防災", "福祉"))
    assert again.search(word("防災"), EVERYTHING) == before


TIES = (
    document("b", "防災", "防災", day="2022-03-01"),
    document("a", "防災", "防災", day="2022-03-01"),
    document("c", "防災", "福祉", day="2022-03-02"),
    document("d", "防災", "福祉", day="2021-03-02"),
)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.RELEVANCE, ["c#1", "a#1", "a#2", "b#1", "b#2", "d#1"]),
        (Sort.NEWEST, ["c#1", "a#1", "a#2", "b#1", "b#2", "d#1"]),
        (Sort.OLDEST, ["d#1", "a#1", "a#2", "b#1", "b#2", "c#1"]),
    ],
)
def test_equal_ones_go_by_date_document_and_order(
    engine: Engine, sort: Sort, order: list[str]
) -> None:
    assert in_order(filled(engine, *TIES), word("防災"), sort) == order


def test_passages_go_by_their_order_and_not_by_their_names(engine: Engine) -> None:
    reader = filled(engine, document("a", *["防災"] * 11))
    assert in_order(reader, word("防災"), Sort.NEWEST) == [f"a#{n}" for n in range(1, 12)]


def test_documents_go_by_their_ids_as_strings(engine: Engine) -> None:
    reader = filled(engine, *(document(key, "防災") for key in ("10", "9", "あ", "Z", "a")))
    found = in_order(reader, word("防災"), Sort.NEWEST)
    assert found == ["10#1", "9#1", "Z#1", "a#1", "あ#1"]


def test_more_relevant_ones_go_before_newer_ones(engine: Engine) -> None:
    reader = filled(
        engine, document("a", "防災防災防災", day="2000-01-01"), document("b", "防災" + OTHER)
    )
    assert in_order(reader, word("防災"), Sort.RELEVANCE) == ["a#1", "b#1"]
    assert in_order(reader, word("防災"), Sort.NEWEST) == ["b#1", "a#1"]


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_put_together_are_the_whole(engine: Engine, sort: Sort) -> None:
    reader = filled(engine, *TIES)
    whole = reader.search(word("防災"), EVERYTHING, sort=sort, limit=100)
    pages = [
        reader.search(word("防災"), EVERYTHING, sort=sort, limit=2, offset=offset)
        for offset in range(0, 8, 2)
    ]
    assert tuple(hit for page in pages for hit in page.hits) == whole.hits
    assert {(page.total, page.documents) for page in pages} == {(6, 4)}


def test_a_limit_of_zero_counts_only(engine: Engine) -> None:
    reader = filled(engine, *TIES)
    assert reader.search(word("防災"), EVERYTHING, limit=0) == Results(6, 4, ())


@pytest.mark.parametrize("sort", list(Sort))
def test_grouped_a_document_appears_once_as_its_first(engine: Engine, sort: Sort) -> None:
    reader = filled(
        engine,
        document("a", "防災" + OTHER, "防災防災", "防災", "福祉", day="2022-01-01"),
        document("b", OTHER, "防災", day="2023-01-01"),
    )
    whole = reader.search(word("防災"), EVERYTHING, sort=sort, limit=100)
    grouped = reader.search(word("防災"), EVERYTHING, sort=sort, limit=100, group_documents=True)
    first: dict[str, Hit] = {}
    for hit in whole.hits:
        first.setdefault(hit.document, hit)
    counts = {"t:a": 3, "t:b": 1}
    assert grouped.hits == tuple(
        Hit(hit.passage, hit.document, hit.score, counts[hit.document]) for hit in first.values()
    )
    assert (grouped.total, grouped.documents) == (4, 2)


def test_grouped_pages_count_documents(engine: Engine) -> None:
    reader = filled(engine, *TIES)
    node = word("防災")
    found = [
        reader.search(node, EVERYTHING, sort=Sort.OLDEST, limit=1, offset=n, group_documents=True)
        for n in range(5)
    ]
    assert [[hit.passage for hit in page.hits] for page in found] == [
        ["t:d#1"], ["t:a#1"], ["t:b#1"], ["t:c#1"], [],
    ]  # fmt: skip
    assert {page.total for page in found} == {6}


def test_a_passage_without_any_word_can_be_found_and_ranked(engine: Engine) -> None:
    reader = filled(engine, document("a", "。。。"))
    results = reader.search(FieldIs(Field.KIND, "minutes"), EVERYTHING)
    assert results == Results(1, 1, (Hit("t:a#1", "t:a", 0.0),))
