"""Tenders and awards in the store: their rows, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from kazami.document import Document, Kind
from kazami.facts import AwardFacts, AwardOutcome, Deadline, Fact, Facts, Stage, TenderFacts
from kazami.procurement import TenderState
from kazami.settings import Settings
from kazami.store import Store, StoreError, open_store
from kazami.store.opening import database_of
from kazami.store.procurement import (
    AllOf,
    AnyOf,
    AwardFilter,
    Has,
    OfBody,
    TenderFilter,
    Without,
    Words,
)

NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)


@pytest.fixture
def store(where: Settings) -> Iterator[Store]:
    with open_store(where) as opened:
        yield opened


def notice(key: str, closes: date | None = None, **more: object) -> Document:
    deadlines: tuple[Deadline, ...] = ()
    if closes is not None:
        words = closes.isoformat()
        deadlines = (Deadline(paper="入札書", day=closes, time=time(17), words=words),)
    facts = TenderFacts(
        category=Fact("役務", "種別：役務"), budget=Fact(5_000_000, "500万円"), deadlines=deadlines
    )
    return document(key, Kind.TENDER, "例示庁舎清掃業務", **{"facts": facts, **more})


def award(key: str, **facts: object) -> Document:
    read = AwardFacts(**{name: Fact(value, "例示") for name, value in facts.items()})  # type: ignore[arg-type]
    return document(key, Kind.AWARD, "例示橋りょう工事", facts=read)


def document(key: str, kind: Kind, title: str, **more: object) -> Document:
    fields: dict[str, object] = {
        "body": "102032",
        "kind": kind,
        "platform": "invented",
        "key": key,
        "title": title,
        "date": date(2026, 5, 1),
        "fetched": NOW,
        "passages": (),
    }
    return Document(**fields | more)  # type: ignore[arg-type]


def ids(found: list[object]) -> list[str]:
    return [each.id.removeprefix("invented:") for each in found]  # type: ignore[attr-defined]


def test_tenders_come_by_closing_day_and_the_unknown_at_the_end(store: Store) -> None:
    store.put([notice("c", date(2026, 7, 1)), notice("u"), notice("a", date(2026, 6, 2))])
    found = store.tenders(TenderFilter())
    assert ids(list(found)) == ["a", "c", "u"]
    first = found[0]
    assert (first.closes, first.closes_at, first.closes_for) == (
        date(2026, 6, 2),
        time(17),
        "入札書",
    )
    assert (first.stage, first.category, first.budget) == (Stage.NOTICE, "役務", 5_000_000)
    assert first.state(NOW) is TenderState.OPEN
    assert found[2].state(NOW) is TenderState.UNKNOWN
    assert ids(list(store.tenders(TenderFilter(), limit=1))) == ["a"]


def test_what_tenders_are_chosen_by(store: Store) -> None:
    other = replace(notice("x", date(2026, 6, 9)), body="011002", date=None)
    store.put([notice("a", date(2026, 6, 2)), notice("u"), other])

    def found(**asked: object) -> list[str]:
        return ids(list(store.tenders(TenderFilter(**asked))))  # type: ignore[arg-type]

    assert found(bodies=frozenset({"102032"})) == ["a", "u"]
    assert found(prefectures=frozenset({"01"})) == ["x"]
    assert found(closes_from=date(2026, 6, 3)) == ["x"]
    assert found(closes_from=date(2026, 6, 3), unknown=True) == ["x", "u"]
    assert found(closes_until=date(2026, 6, 3)) == ["a"]
    assert found(categories=("役務",)) == ["a", "x", "u"]
    assert found(categories=("工事",)) == []
    assert found(min_budget=5_000_001) == []
    assert found(stages=frozenset({Stage.PLANNED})) == []
    assert found(until=date(2026, 12, 31)) == ["a", "u"]  # one without a day lies in no period
    assert found(documents=frozenset({"invented:u", "invented:none"})) == ["u"]


def test_a_change_replaces_the_row_and_an_unchanged_visit_leaves_it(store: Store) -> None:
    store.put([notice("a", date(2026, 6, 2))])
    store.put([notice("a", date(2026, 6, 2))])
    store.put([notice("a", date(2026, 6, 20))])
    (found,) = store.tenders(TenderFilter())
    assert found.closes == date(2026, 6, 20)


def test_a_document_that_is_no_tender_any_more_leaves_the_table(store: Store) -> None:
    store.put([notice("a", date(2026, 6, 2))])
    store.put([document("a", Kind.ANNOUNCEMENT, "お知らせ")])
    assert store.tenders(TenderFilter()) == []


def test_without_facts_there_is_a_row_all_the_same(store: Store) -> None:
    store.put([document("t", Kind.TENDER, "公告"), document("w", Kind.AWARD, "結果")])
    (tender,), (won,) = store.tenders(TenderFilter()), store.awards(AwardFilter())
    assert (tender.stage, tender.closes) == (Stage.NOTICE, None)
    assert (won.outcome, won.supplier, won.amount) == (AwardOutcome.AWARDED, None, None)


def test_an_award_keeps_only_a_valid_number_and_an_amount_above_nothing(store: Store) -> None:
    store.put(
        [
            award("v", supplier="㈱例示", corporate_number="7123456789012", amount=1_000),
            award("w", supplier="（株）例示 北支店", corporate_number="7123456789013", amount=0),
        ]
    )
    by_id = {each.id.removeprefix("invented:"): each for each in store.awards(AwardFilter())}
    assert (by_id["v"].corporate_number, by_id["v"].amount) == ("7123456789012", 1_000)
    assert (by_id["w"].corporate_number, by_id["w"].amount) == (None, None)
    assert by_id["v"].supplier_key == by_id["w"].supplier_key
    stated = store.document("invented:w")
    assert stated is not None
    assert isinstance(stated.facts, AwardFacts)
    assert stated.facts.corporate_number == Fact("7123456789013", "例示")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (AllOf((Has("橋りょう"), Has("例示組"))), ["a"]),
        (AnyOf((Has("例示　組"), Has("見本組"))), ["a", "b"]),
        (AllOf((Has("橋りょう"), Without(Has("見本")))), ["a"]),
        (Has("100%"), []),
        (Has("ＮＯ．７"), ["b"]),
        (OfBody("10"), ["a", "b"]),
        (Without(OfBody("102032")), []),
        (AnyOf(()), []),
        (AllOf(()), ["a", "b"]),
    ],
)
def test_words_are_held_against_title_supplier_and_number(
    store: Store, words: Words, expected: list[str]
) -> None:
    store.put([award("a", supplier="㈱例示組"), award("b", supplier="見本組", number="No.7")])
    assert ids(list(store.awards(AwardFilter(words=words)))) == expected
    assert len(store.award_figures(AwardFilter(words=words))) == len(expected)


def test_who_is_who_is_asked_of_all_awards(store: Store) -> None:
    store.put(
        [
            award("a", supplier="㈱例示組", corporate_number="7123456789012"),
            award("b", supplier="株式会社例示組"),
        ]
    )
    known = store.suppliers()
    figures = store.award_figures(AwardFilter(), "supplier_key", "corporate_number", "body")
    identities = {known.identity(key, number, body[:2]) for _, _, key, number, body in figures}
    assert identities == {"7123456789012"}


def test_a_store_filled_before_the_tables_were_there_has_their_rows(where: Settings) -> None:
    facts: Facts = notice("a", date(2026, 6, 2)).facts  # type: ignore[assignment]
    with open_store(where) as store:
        store.put([document("a", Kind.TENDER, "公告", facts=facts), award("b", supplier="㈱例示")])
    engine = database_of(where).connect(read_only=False)
    with engine.begin() as connection:
        for table in ("tenders", "awards", "corrections"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for table, column in (
            *(("passages", n) for n in ("printed", "speaker_rule", "stance_rule", "corrected")),
            *(("passages", n) for n in ("part",)),
            *(("documents", n) for n in ("read_date", "attachments", "version", "evidence_hash")),
            ("source_runs", "fills"),
        ):
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute(sa.text("UPDATE meta SET value = 4 WHERE name = 'schema_version'"))
    engine.dispose()
    with open_store(where) as store:
        (tender,), (won,) = store.tenders(TenderFilter()), store.awards(AwardFilter())
    assert (tender.closes, won.supplier) == (date(2026, 6, 2), "㈱例示")


def test_what_is_refused_leaves_no_row(store: Store) -> None:
    with pytest.raises(StoreError):
        store.put([notice("a"), document("b", Kind.TENDER, "NUL\0")])
    assert store.tenders(TenderFilter()) == []
