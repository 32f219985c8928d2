"""Listings, missing marks, runs and fetches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from kazami.document import Document, Kind, Passage
from kazami.settings import Settings
from kazami.store import Fetch, Listing, SourceRun, Store, open_store
from kazami.store.schema import content_history, fetches

NOW = datetime(2025, 4, 1, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=30)

SOURCE = "102032/minutes/invented"


def document(key: str, fetched: datetime = NOW) -> Document:
    return Document(
        body="102032",
        kind=Kind.MINUTES,
        platform="invented",
        key=key,
        title="定例会",
        date=date(2022, 3, 1),
        fetched=fetched,
        passages=(Passage(key="1", order=1, text="防災について。"),),
    )


@pytest.fixture
def store(where: Settings) -> Iterator[Store]:
    with open_store(where) as opened:
        opened.put([document(key) for key in "abcde"], source=SOURCE)
        yield opened


def record(
    store: Store,
    name: str,
    keys: str = "",
    listings: tuple[str, ...] = (),
    seen: datetime = NOW,
    source: str = SOURCE,
) -> list[str]:
    ids = [f"invented:{key}" for key in keys]
    return store.record_listing(source, name, documents=ids, listings=listings, seen=seen)


def missing(store: Store) -> dict[str, date]:
    known = store.documents_of(SOURCE)
    return {id[-1]: each.missing for id, each in known.items() if each.missing}


def test_a_listing_comes_back_as_recorded(store: Store) -> None:
    assert store.listing(SOURCE, "2022") is None
    record(store, "2022", "bca", ("2022/2", "2022/1"))
    assert store.listing(SOURCE, "2022") == Listing(
        "2022", ("invented:b", "invented:c", "invented:a"), ("2022/2", "2022/1"), NOW
    )
    record(store, "2022", "", (), LATER)
    assert store.listing(SOURCE, "2022") == Listing("2022", (), (), LATER)


def test_the_same_name_at_another_source_is_another_listing(store: Store) -> None:
    record(store, "2022", "ab")
    assert record(store, "2022", "c", source="000000/minutes/kokkai") == []
    assert missing(store) == {}


def test_a_document_that_left_its_listing_is_missing_from_that_day(store: Store) -> None:
    assert record(store, "2022", "abc") == []
    assert record(store, "2022", "ac", seen=LATER) == ["invented:b"]
    assert missing(store) == {"b": LATER.date()}
    found = store.passage("invented:b#1")
    assert found is not None
    assert found.missing == LATER.date()


def test_it_is_newly_missing_only_once(store: Store) -> None:
    record(store, "2022", "abc")
    record(store, "2022", "ac", seen=LATER)
    assert record(store, "2022", "ac", seen=LATER + timedelta(days=1)) == []
    assert missing(store) == {"b": LATER.date()}


def test_a_listing_that_names_it_again_clears_the_mark(store: Store) -> None:
    record(store, "2022", "abc")
    record(store, "2022", "ac", seen=LATER)
    record(store, "2022", "abc", seen=LATER)
    assert missing(store) == {}


def test_putting_it_again_clears_the_mark_without_a_change(store: Store) -> None:
    record(store, "2022", "abc")
    record(store, "2022", "ac", seen=LATER)
    before = store.last_change()
    store.put([document("b", LATER + timedelta(hours=1))])
    assert missing(store) == {}
    assert store.last_change() == before


def test_reading_an_older_page_again_keeps_the_mark(store: Store) -> None:
    record(store, "2022", "abc")
    record(store, "2022", "ac", seen=LATER)
    store.put([document("b", NOW)])
    assert missing(store) == {"b": LATER.date()}


@pytest.mark.parametrize("first", ["old", "new"])
def test_a_document_that_moved_to_another_listing_is_not_missing(store: Store, first: str) -> None:
    record(store, "2022", "abc")
    if first == "old":
        assert record(store, "2022", "ab", seen=LATER) == ["invented:c"]
        record(store, "archive", "c", seen=LATER)
    else:
        record(store, "archive", "c", seen=LATER)
        assert record(store, "2022", "ab", seen=LATER) == []
    assert missing(store) == {}


def test_the_documents_of_a_child_listing_that_is_gone_are_missing(store: Store) -> None:
    record(store, "top", "", ("2021", "2022"))
    record(store, "2021", "ab")
    record(store, "2022", "c", ("2022/1",))
    record(store, "2022/1", "de")
    assert sorted(record(store, "top", "", ("2021",), LATER)) == [
        "invented:c",
        "invented:d",
        "invented:e",
    ]
    assert sorted(missing(store)) == ["c", "d", "e"]
    assert store.listing(SOURCE, "2022") is None
    assert store.listing(SOURCE, "2022/1") is None
    assert store.listing(SOURCE, "2021") is not None


def test_a_child_listing_named_elsewhere_is_not_gone(store: Store) -> None:
    record(store, "top", "", ("2021",))
    record(store, "side", "", ("2021",))
    record(store, "2021", "ab")
    assert record(store, "top", "", (), LATER) == []
    assert store.listing(SOURCE, "2021") is not None


def test_a_listing_may_name_documents_that_are_not_stored(store: Store) -> None:
    record(store, "2022", "axyz")
    assert record(store, "2022", "a", seen=LATER) == []
    assert missing(store) == {}


def test_a_name_listed_twice_counts_once(store: Store) -> None:
    record(store, "2022", "aba", ("x", "x"))
    found = store.listing(SOURCE, "2022")
    assert found is not None
    assert (found.documents, found.listings) == (("invented:a", "invented:b"), ("x",))


def test_thousands_of_documents_can_go_missing_at_once(store: Store) -> None:
    store.put([document(f"n{i}") for i in range(1500)], source=SOURCE)
    ids = [f"invented:n{i}" for i in range(1500)]
    store.record_listing(SOURCE, "big", documents=ids, listings=(), seen=NOW)
    gone = store.record_listing(SOURCE, "big", documents=ids[:10], listings=(), seen=LATER)
    assert sorted(gone) == sorted(ids[10:])


def test_a_run_that_was_cut_short_has_no_end(store: Store) -> None:
    assert store.last_source_run(SOURCE) is None
    run = store.start_run(NOW, "--body 102032")
    store.record_source_run(SourceRun(run, SOURCE, NOW))
    found = store.last_source_run(SOURCE)
    assert found is not None
    assert (found.run, found.started, found.finished, found.status) == (run, NOW, None, None)


def test_the_end_of_a_source_run_replaces_its_start(store: Store) -> None:
    run = store.start_run(NOW, "")
    store.record_source_run(SourceRun(run, SOURCE, NOW))
    store.record_source_run(
        SourceRun(
            run,
            SOURCE,
            NOW,
            LATER,
            "alarm",
            pages=7,
            new=1,
            changed=2,
            unchanged=3,
            missing=4,
            failed=5,
            note="below expectation",
        )
    )
    store.finish_run(run, LATER, "alarm")
    found = store.last_source_run(SOURCE)
    assert found is not None
    assert (found.finished, found.status, found.note) == (LATER, "alarm", "below expectation")
    counts = (found.pages, found.new, found.changed, found.unchanged, found.missing, found.failed)
    assert counts == (7, 1, 2, 3, 4, 5)


def test_every_source_answers_with_its_latest_run(store: Store) -> None:
    first, second = store.start_run(NOW, ""), store.start_run(LATER, "")
    assert second > first
    store.record_source_run(SourceRun(first, SOURCE, NOW, NOW, "ok"))
    store.record_source_run(SourceRun(first, "000000/minutes/kokkai", NOW, NOW, "ok"))
    store.record_source_run(SourceRun(second, SOURCE, LATER))
    latest = store.source_runs()
    assert {source: run.run for source, run in latest.items()} == {
        SOURCE: second,
        "000000/minutes/kokkai": first,
    }


def test_a_fetch_is_logged_with_what_traces_a_quotation(store: Store) -> None:
    run = store.start_run(NOW, "")
    first = Fetch(
        source=SOURCE,
        url="https://reiji.example/1",
        method="POST",
        status=200,
        size=1234,
        digest="sha1:00",
        fetched=NOW,
        seconds=0.25,
    )
    second = replace(
        first,
        url="https://reiji.example/2",
        method="GET",
        status=None,
        size=0,
        digest=None,
    )
    store.log_fetches(run, [first, second])
    columns = [fetches.c[name] for name in ("run", "url", "method", "status", "size", "digest")]
    with store._engine.connect() as raw:
        rows = list(map(tuple, raw.execute(sa.select(*columns).order_by(fetches.c.number))))
    assert rows == [
        (run, "https://reiji.example/1", "POST", 200, 1234, "sha1:00"),
        (run, "https://reiji.example/2", "GET", None, 0, None),
    ]


@pytest.mark.parametrize(
    ("status", "ended", "trusted"),
    [
        (404, "ok", True),
        (302, "ok", True),
        (500, "ok", False),
        (None, "ok", False),
        (404, "limit", False),
        (404, None, False),
    ],
)
def test_answers_count_of_whole_runs_that_lost_no_page(
    store: Store, status: int | None, ended: str | None, trusted: bool
) -> None:
    before, run = store.start_run(NOW, ""), store.start_run(LATER, "")
    store.record_source_run(SourceRun(before, SOURCE, NOW, NOW, "ok"))
    store.record_source_run(SourceRun(run, SOURCE, NOW, NOW, ended))
    page = Fetch(
        source=SOURCE,
        url="https://reiji.example/1",
        method="GET",
        status=200,
        size=0,
        digest="sha1:00",
        fetched=NOW,
        seconds=0.25,
    )
    posted = replace(page, url="https://reiji.example/2", method="POST")
    others = replace(page, url="https://reiji.example/3", source="another")
    changed = replace(page, url="https://reiji.example/4")
    last = replace(page, url="https://reiji.example/5", status=status)
    store.log_fetches(before, [page, posted, others, changed])
    again = [replace(each, fetched=LATER) for each in (page, posted, others)]
    store.log_fetches(run, [*again, replace(changed, digest="sha1:01"), last])

    assert store.answered(SOURCE, "ok") == ({page.url: LATER} if trusted else {})


def test_history_knows_the_run(store: Store) -> None:
    run = store.start_run(NOW, "")
    store.put([document("f")], source=SOURCE, run=run)
    last = sa.select(content_history.c.run).order_by(content_history.c.number.desc()).limit(1)
    with store._engine.connect() as raw:
        assert raw.scalar(last) == run
