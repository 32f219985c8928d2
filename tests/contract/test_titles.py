"""Titles, undated documents and those without passages: the definition of an engine, part six."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engines.base import Engine, Reader
from indexer.engines.memory import MemoryEngine
from indexer.query import (
    And,
    By,
    Extent,
    Field,
    FieldIs,
    Filters,
    KindExtent,
    Near,
    Node,
    Not,
    Phrase,
    Sort,
    Substring,
)
from indexer.ranking import TITLE_WEIGHT
from kazami.document import Document, Kind, Stance
from kazami.periods import Every
from tests.contract.corpus import EVERYTHING, document, filled, ids, in_order, passage, word, write
from tests.contract.test_agreement import documents, filters, nodes

# Invented. The words of the titles stand in no text but that of t.
COMPUTERS = document("t", "防災の端末", "納期", kind=Kind.TENDER, title="防災端末の調達")
BRIDGE = document("u", "橋の点検", kind=Kind.ANNOUNCEMENT, title="防災訓練のお知らせ", day=None)
WON = document("w", kind=Kind.AWARD, title="防災倉庫の建設", body="102032")
SITTING = document("m", "防災の話", "橋の話", body="011002", title="防災特別委員会")
CORPUS = (COMPUTERS, BRIDGE, WON, SITTING)


def test_titles_are_searched_but_those_of_minutes(engine: Engine) -> None:
    reader = filled(engine, *CORPUS)
    assert ids(reader, word("防災")) == ["m#1", "t#1", "u", "w"]
    assert ids(reader, word("特別")) == []
    assert ids(reader, word("倉庫")) == ["w"]


@pytest.mark.parametrize(
    ("node", "found"),
    [
        (word("防災倉庫"), ["w"]),
        (word("倉庫防災"), []),
        (Phrase(("倉",), prefix=True), ["w"]),
        (Substring("庫の建"), ["w"]),
        (Near((word("建設"),), (word("防災"),), 3), ["w"]),
        (And((word("防災"), word("建設"))), ["w"]),
        (And((word("防災"), Not(word("建設")))), ["m#1", "t#1", "u"]),
        (And((word("防災"), FieldIs(Field.BODY, "102032"))), ["w"]),
        (FieldIs(Field.TITLE, "倉庫"), ["w"]),
        (FieldIs(Field.KIND, "award"), ["w"]),
    ],
)
def test_a_title_matches_as_a_passage_does(engine: Engine, node: Node, found: list[str]) -> None:
    assert ids(filled(engine, *CORPUS), node) == found


def test_words_are_not_put_together_from_title_and_text(engine: Engine) -> None:
    assert ids(filled(engine, *CORPUS), And((word("訓練"), word("点検")))) == []


def test_what_only_a_title_has_counts_in_documents_and_not_in_passages(engine: Engine) -> None:
    reader = filled(engine, *CORPUS)
    results = reader.search(word("防災"), EVERYTHING)
    assert (results.total, results.titles, results.documents) == (2, 2, 4)
    [cell] = reader.tally(word("防災"), EVERYTHING, tokens=True)
    assert (cell.passages, cell.documents, cell.bodies, cell.occurrences) == (2, 4, 2, 2)
    assert cell.tokens == 3 + 3
    [cell] = reader.tally(word("倉庫"), EVERYTHING, tokens=True)
    assert (cell.passages, cell.documents, cell.occurrences, cell.tokens) == (0, 1, 0, 0)


def test_denominators_hold_documents_without_passages(engine: Engine) -> None:
    reader = filled(engine, *CORPUS)
    counts = {
        cell.group: (cell.passages, cell.documents)
        for cell in reader.tally(None, EVERYTHING, by=By.KIND)
    }
    assert counts == {"minutes": (2, 1), "tender": (2, 1), "announcement": (1, 1), "award": (0, 1)}


def test_a_document_whose_passages_match_is_shown_by_them(engine: Engine) -> None:
    hits = {
        hit.passage: hit for hit in filled(engine, *CORPUS).search(word("防災"), EVERYTHING).hits
    }
    shown = {id: (hit.document, hit.passages, hit.in_title) for id, hit in hits.items()}
    assert shown == {
        "t:m#1": ("t:m", 1, False),
        "t:t#1": ("t:t", 1, True),
        "t:u": ("t:u", 0, True),
        "t:w": ("t:w", 0, True),
    }


def test_fields_alone_find_documents_without_passages_but_in_no_title(engine: Engine) -> None:
    results = filled(engine, *CORPUS).search(FieldIs(Field.KIND, "award"), EVERYTHING)
    [hit] = results.hits
    assert (results.total, results.titles) == (0, 1)
    assert (hit.passage, hit.score, hit.in_title) == ("t:w", 0.0, False)


def test_grouped_each_document_appears_once(engine: Engine) -> None:
    reader = filled(engine, *CORPUS)
    results = reader.search(word("防災"), EVERYTHING, group_documents=True)
    assert {hit.document: hit.passages for hit in results.hits} == {
        "t:t": 1, "t:m": 1, "t:u": 0, "t:w": 0,
    }  # fmt: skip
    assert (results.total, results.documents) == (2, 4)


def test_the_title_weighs_as_its_module_says(engine: Engine) -> None:
    reader = filled(
        engine,
        document("t", "防災", "福祉", kind=Kind.TENDER, title="防災"),
        document("w", kind=Kind.AWARD, title="防災、福祉、教育"),
        document("m", "教育、教育、教育", "防災"),
    )
    average = (1 + 1 + 3 + 1) / 4
    idf = math.log(1 + (4 - 2 + 0.5) / (2 + 0.5))

    def own(length: int) -> float:
        return idf * 1.9 / (1 + 0.9 * (0.6 + 0.4 * length / average))

    hits = reader.search(word("防災"), EVERYTHING).hits
    assert [(hit.passage, hit.score) for hit in hits] == [
        ("t:t#1", pytest.approx((1 + TITLE_WEIGHT) * own(1), abs=5.1e-7)),
        ("t:w", pytest.approx(TITLE_WEIGHT * own(3), abs=5.1e-7)),
        ("t:m#2", pytest.approx(own(1), abs=5.1e-7)),
    ]


def test_a_title_with_some_of_the_words_lifts_its_passages(engine: Engine) -> None:
    same = ("防災、福祉",)
    reader = filled(
        engine,
        document("a", *same, kind=Kind.TENDER, title="公告"),
        document("b", *same, kind=Kind.TENDER, title="福祉"),
    )
    assert in_order(reader, And((word("防災"), word("福祉"))), Sort.RELEVANCE) == ["b#1", "a#1"]


def test_a_filter_on_speakers_passes_no_title_and_changes_no_score(engine: Engine) -> None:
    reader = filled(
        engine,
        document("t", passage("防災", role="市長"), kind=Kind.TENDER, title="防災"),
        document("w", kind=Kind.AWARD, title="防災"),
    )
    free = {hit.passage: hit for hit in reader.search(word("防災"), EVERYTHING).hits}
    limited = reader.search(word("防災"), Filters(roles=("市長",)))
    assert limited.hits == (free["t:t#1"],)
    assert ids(reader, word("防災"), Filters(stances=frozenset({Stance.ANSWER}))) == []


def test_a_title_leaves_with_its_document(engine: Engine) -> None:
    write(engine, *CORPUS)
    write(engine, replace(WON, title="建設工事"), change=2)
    with engine.reader() as reader:
        assert ids(reader, word("倉庫")) == []
        assert ids(reader, word("工事")) == ["w"]
        assert reader.extent(EVERYTHING).documents == 4


UNDATED = (
    document("a", "防災", kind=Kind.ANNOUNCEMENT, title="甲", day=None),
    document("b", "防災", kind=Kind.ANNOUNCEMENT, title="乙", day="2022-03-01"),
    document("c", "防災", kind=Kind.ANNOUNCEMENT, title="丙", day="2021-03-01"),
    document("d", kind=Kind.AWARD, title="防災", day=None),
)


def test_undated_ones_come_last_in_either_order_of_days(engine: Engine) -> None:
    reader = filled(engine, *UNDATED)
    assert in_order(reader, word("防災"), Sort.NEWEST) == ["b#1", "c#1", "a#1", "d"]
    assert in_order(reader, word("防災"), Sort.OLDEST) == ["c#1", "b#1", "a#1", "d"]


@pytest.mark.parametrize(
    "limits", [Filters(since=date(1900, 1, 1)), Filters(until=date(2999, 1, 1))]
)
def test_undated_ones_pass_no_filter_on_days_and_are_counted_all_the_same(
    engine: Engine, limits: Filters
) -> None:
    reader = filled(engine, *UNDATED)
    assert ids(reader, word("防災"), limits) == ["b#1", "c#1"]
    extent = reader.extent(limits)
    assert (extent.documents, extent.passages, extent.undated) == (2, 2, 2)
    awards = replace(limits, kinds=frozenset({Kind.AWARD}))
    assert reader.extent(awards).undated == 1


def test_undated_ones_lie_in_no_period(engine: Engine) -> None:
    reader = filled(engine, *UNDATED)
    for node in (None, word("防災")):
        cells = reader.tally(node, EVERYTHING, every=Every.YEAR)
        assert [(str(cell.start), cell.documents) for cell in cells] == [
            ("2021-01-01", 1),
            ("2022-01-01", 1),
        ]
        assert [cell.documents for cell in reader.tally(node, EVERYTHING)] == [4]


def test_the_extent_has_the_days_of_those_that_have_one(engine: Engine) -> None:
    extent = filled(engine, *UNDATED).extent(EVERYTHING)
    assert (extent.first, extent.last, extent.undated) == (date(2021, 3, 1), date(2022, 3, 1), 2)
    assert filled(engine, UNDATED[3]).extent(Filters(kinds=frozenset({Kind.AWARD}))) == Extent(
        passages=0,
        documents=1,
        bodies=1,
        first=None,
        last=None,
        codes=frozenset({"139999"}),
        by_kind={Kind.AWARD: KindExtent(1, 0)},
        undated=1,
    )


def test_an_index_without_any_passage_answers(engine: Engine) -> None:
    reader = filled(engine, WON)
    assert [
        (hit.passage, hit.score > 0) for hit in reader.search(word("防災"), EVERYTHING).hits
    ] == [("t:w", True)]


few = st.lists(documents(), min_size=1, max_size=6, unique_by=lambda each: each.key)
checked = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
RENAMED = "無題"


def written(make_engine: Callable[[], Engine], each: list[Document]) -> Reader:
    engine = make_engine()
    write(engine, *each)
    return engine.reader()


@checked
@given(found=few, node=nodes, limits=filters)
def test_titles_add_to_no_count_of_passages(
    make_engine: Callable[[], Engine], found: list[Document], node: Node, limits: Filters
) -> None:
    """Under other titles there are the same passages, occurrences and tokens."""
    renamed = [replace(each, title=RENAMED) for each in found]
    if "Field.TITLE" in repr(node):
        return
    with written(make_engine, found) as one, written(make_engine, renamed) as other:
        for asked in (None, node):
            counts = [
                [
                    (cell.start, cell.group, cell.passages, cell.occurrences, cell.tokens)
                    for cell in reader.tally(
                        asked, limits, every=Every.MONTH, by=By.BODY, tokens=True
                    )
                    if cell.passages
                ]
                for reader in (one, other)
            ]
            assert counts[0] == counts[1]
        assert one.search(node, limits).total == other.search(node, limits).total
        assert one.extent(limits) == other.extent(limits)


@checked
@given(found=few, node=nodes, limits=filters)
def test_minutes_know_nothing_of_titles(
    make_engine: Callable[[], Engine], found: list[Document], node: Node, limits: Filters
) -> None:
    """Whatever sittings are called, every hit, score and count is the same to the last digit."""
    minutes = [each for each in found if each.kind is Kind.MINUTES]
    renamed = [replace(each, title=RENAMED) for each in minutes]
    if "Field.TITLE" in repr(node):
        return
    with written(make_engine, minutes) as one, written(make_engine, renamed) as other:
        results = one.search(node, limits, limit=100)
        assert results == other.search(node, limits, limit=100)
        assert not results.titles
        assert not any(hit.in_title for hit in results.hits)
        cells = one.tally(node, limits, tokens=True)
        assert cells == other.tally(node, limits, tokens=True)
        assert sum(cell.passages for cell in cells) == results.total


@checked
@given(found=few, node=nodes, limits=filters, sort=st.sampled_from(Sort))
def test_hits_are_the_passages_and_the_documents_found_without_any(
    found: list[Document], node: Node, limits: Filters, sort: Sort
) -> None:
    reader = filled(MemoryEngine(), *found)
    results = reader.search(node, limits, sort=sort, limit=100)
    alone = [hit for hit in results.hits if hit.passage == hit.document]
    assert (len(results.hits), len(alone)) == (results.total + results.titles, results.titles)
    assert len({hit.document for hit in results.hits}) == results.documents
    assert all(hit.passages == 0 for hit in alone)
    with_passages = {hit.document for hit in results.hits if "#" in hit.passage}
    assert with_passages.isdisjoint(hit.document for hit in alone)
