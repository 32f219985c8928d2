"""Exact counts by period and group: the definition of an engine, part three."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.engines.base import Engine
from indexer.query import (
    And,
    By,
    Cell,
    Extent,
    Field,
    FieldIs,
    Filters,
    KindExtent,
    Measure,
    Near,
    Not,
    Or,
    Phrase,
)
from kazami.bodies import unknown_body
from kazami.document import Kind, Stance
from kazami.periods import Every
from tests.contract.corpus import EVERYTHING, document, filled, passage, word

CORPUS = (
    document(
        "a",
        passage("防災と防災", 1, role="市長", stance=Stance.ANSWER),
        passage("防災", 2, role="議員", stance=Stance.QUESTION),
        passage("福祉", 3),
        day="2021-12-31",
        body="102032",
    ),
    document("b", passage("防災", 1, role="市長"), day="2022-01-01", body="102032"),
    document("c", "防災。福祉", day="2022-03-31", body="100005", kind=Kind.TENDER),
    document("d", "防災", "教育", day="2022-04-01", body="011002"),
)


def test_without_period_and_group_there_is_one_cell(engine: Engine) -> None:
    assert filled(engine, *CORPUS).tally(word("防災"), EVERYTHING, tokens=True) == [
        Cell(
            start=None,
            group=None,
            passages=5,
            documents=4,
            bodies=3,
            occurrences=6,
            tokens=3 + 1 + 1 + 2 + 1,
        )
    ]


def test_the_state_and_bodies_that_no_table_knows_are_documents_but_no_bodies(
    engine: Engine,
) -> None:
    others = [
        document(code, "防災", body=code) for code in ("980000", unknown_body("10"), "100005")
    ]
    (cell,) = filled(engine, *others).tally(word("防災"), EVERYTHING)
    assert (cell.documents, cell.bodies) == (3, 1)


@pytest.mark.parametrize(
    ("every", "cells"),
    [
        (
            Every.MONTH,
            {"2021-12-01": 2, "2022-01-01": 1, "2022-03-01": 1, "2022-04-01": 1},
        ),
        (Every.QUARTER, {"2021-10-01": 2, "2022-01-01": 2, "2022-04-01": 1}),
        (Every.YEAR, {"2021-01-01": 2, "2022-01-01": 3}),
        (Every.FISCAL_YEAR, {"2021-04-01": 4, "2022-04-01": 1}),
    ],
)
def test_periods_hold_their_first_and_their_last_day(
    engine: Engine, every: Every, cells: dict[str, int]
) -> None:
    found = filled(engine, *CORPUS).tally(word("防災"), EVERYTHING, every=every)
    assert {str(cell.start): cell.passages for cell in found} == cells
    assert [cell.start for cell in found] == sorted(date.fromisoformat(start) for start in cells)


@pytest.mark.parametrize(
    ("by", "cells"),
    [
        (By.PREFECTURE, {"01": 1, "10": 4}),
        (By.BODY, {"011002": 1, "100005": 1, "102032": 3}),
        (By.KIND, {"minutes": 4, "tender": 1}),
        (By.STANCE, {"": 3, "answer": 1, "question": 1}),
        (By.ROLE, {"": 2, "市長": 2, "議員": 1}),
    ],
)
def test_groups_have_names_and_order(engine: Engine, by: By, cells: dict[str, int]) -> None:
    found = filled(engine, *CORPUS).tally(word("防災"), EVERYTHING, by=by)
    assert [(cell.group, cell.passages) for cell in found] == list(cells.items())


def test_a_role_is_grouped_as_published(engine: Engine) -> None:
    reader = filled(
        engine,
        document("a", *(passage("話", n, role=r) for n, r in enumerate(["市　長", "市長"], 1))),
    )
    found = reader.tally(word("話"), EVERYTHING, by=By.ROLE)
    assert [cell.group for cell in found] == ["市　長", "市長"]


def test_periods_and_groups_cross(engine: Engine) -> None:
    found = filled(engine, *CORPUS).tally(
        word("防災"), EVERYTHING, every=Every.YEAR, by=By.PREFECTURE
    )
    shown = [(c.start, c.group, c.passages, c.documents, c.bodies, c.occurrences) for c in found]
    assert shown == [
        (date(2021, 1, 1), "10", 2, 1, 1, 3),
        (date(2022, 1, 1), "01", 1, 1, 1, 1),
        (date(2022, 1, 1), "10", 2, 2, 2, 2),
    ]


@pytest.mark.parametrize("measure", list(Measure))
def test_what_was_not_asked_for_is_zero(engine: Engine, measure: Measure) -> None:
    reader = filled(engine, *CORPUS)
    [whole] = reader.tally(word("防災"), EVERYTHING, tokens=True)
    [cell] = reader.tally(word("防災"), EVERYTHING, measures=frozenset({measure}))
    for name in ("passages", "documents", "bodies", "occurrences", "tokens"):
        wanted = getattr(whole, name) if name == measure.value else 0
        assert getattr(cell, name) == wanted


def test_without_a_query_everything_that_passes_is_counted(engine: Engine) -> None:
    reader = filled(engine, *CORPUS)
    found = reader.tally(None, EVERYTHING, every=Every.FISCAL_YEAR, tokens=True)
    assert [(c.passages, c.documents, c.bodies, c.occurrences, c.tokens) for c in found] == [
        (5, 3, 2, 0, 8),
        (2, 1, 1, 0, 2),
    ]


def test_filters_hold_for_tallies(engine: Engine) -> None:
    filters = Filters(prefectures=frozenset({"10"}), since=date(2022, 1, 1))
    reader = filled(engine, *CORPUS)
    assert [(c.passages, c.bodies) for c in reader.tally(word("防災"), filters)] == [(2, 2)]
    assert [(c.passages, c.bodies) for c in reader.tally(None, filters)] == [(2, 2)]


def test_bodies_and_documents_that_return_are_counted_once(engine: Engine) -> None:
    """Bodies alternate in a month, and a document alternates with itself between two speakers."""
    talk = [passage("防災です。", n, role=f"{n % 2}番") for n in range(1, 6)]
    reader = filled(
        engine,
        *(document(str(n), *talk, body=("011002", "102032")[n % 2]) for n in range(6)),
    )
    (month,) = reader.tally(word("防災"), EVERYTHING, every=Every.MONTH)
    assert (month.passages, month.documents, month.bodies) == (30, 6, 2)
    by_role = reader.tally(word("防災"), EVERYTHING, by=By.ROLE)
    assert [(c.group, c.passages, c.documents, c.bodies) for c in by_role] == [
        ("0番", 12, 6, 2),
        ("1番", 18, 6, 2),
    ]


def test_a_cell_without_passages_is_left_out(engine: Engine) -> None:
    reader = filled(engine, *CORPUS)
    assert [c.start for c in reader.tally(word("教育"), EVERYTHING, every=Every.YEAR)] == [
        date(2022, 1, 1)
    ]
    assert reader.tally(word("防災"), Filters(until=date(1999, 1, 1)), every=Every.YEAR) == []


def test_occurrences_are_those_of_all_leaves_in_the_passages_that_match(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災と福祉と防災", "防災", "福祉", "福祉、教育"))

    def count(node: object) -> int:
        return sum(c.occurrences for c in reader.tally(node, EVERYTHING))  # type: ignore[arg-type]

    assert count(And((word("防災"), word("福祉")))) == 3
    assert count(Or((word("防災"), word("福祉")))) == 6
    assert count(And((word("福祉"), Not(word("防災"))))) == 2
    assert count(Or((word("防災"), And((word("防災"), word("福祉")))))) == 4
    assert count(Not(word("防災"))) == 0
    assert count(FieldIs(Field.KIND, "minutes")) == 0
    assert count(Or((word("防災"), Near((word("防災"),), (word("福祉"),), 2)))) == 3 + 2
    assert count(Or((word("防災"), Phrase(("防",), prefix=True)))) == 6


def test_the_extent_is_what_passes_the_filters(engine: Engine) -> None:
    reader = filled(engine, *CORPUS)
    assert reader.extent(EVERYTHING) == Extent(
        passages=7,
        documents=4,
        bodies=3,
        first=date(2021, 12, 31),
        last=date(2022, 4, 1),
        tokens=10,
        codes=frozenset({"011002", "100005", "102032"}),
        by_kind={Kind.MINUTES: KindExtent(3, 6), Kind.TENDER: KindExtent(1, 1)},
    )
    assert reader.extent(Filters(bodies=frozenset({"102032"}))) == Extent(
        passages=4,
        documents=2,
        bodies=1,
        first=date(2021, 12, 31),
        last=date(2022, 1, 1),
        tokens=6,
        codes=frozenset({"102032"}),
        by_kind={Kind.MINUTES: KindExtent(2, 4)},
    )
    assert reader.extent(Filters(bodies=frozenset({"999999"}))) == Extent(
        passages=0, documents=0, bodies=0, first=None, last=None, tokens=0
    )


def test_old_and_far_days_have_their_periods(engine: Engine) -> None:
    reader = filled(
        engine,
        document("a", "防災", day="1890-11-29"),
        document("b", "防災", day="2099-12-31"),
        document("c", "防災", day="2024-02-29"),
    )
    found = reader.tally(word("防災"), EVERYTHING, every=Every.FISCAL_YEAR)
    assert [cell.start for cell in found] == [
        date(1890, 4, 1), date(2023, 4, 1), date(2099, 4, 1),
    ]  # fmt: skip


def test_the_states_organs_are_in_no_count_of_bodies(engine: Engine) -> None:
    ministry = document("s", "防災", day="2022-05-01", body="980442", kind=Kind.TENDER)
    alone = filled(engine, *CORPUS, ministry).tally(word("防災"), EVERYTHING, by=By.PREFECTURE)
    counted = {cell.group: (cell.bodies, cell.documents) for cell in alone}
    assert counted["98"] == (0, 1)
    [whole] = filled(engine, *CORPUS, ministry).tally(word("防災"), EVERYTHING)
    assert (whole.bodies, whole.documents) == (3, 5)
    assert "980442" in filled(engine, *CORPUS, ministry).extent(EVERYTHING).codes
