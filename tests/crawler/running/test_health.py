"""Counts against what a source promises."""

from __future__ import annotations

from datetime import UTC, date, datetime

from crawler.running.health import alarms
from crawler.running.report import SourceReport
from kazami.document import Kind
from kazami.sources import Expect, Source
from kazami.store import KnownDocument

TODAY = date(2025, 6, 1)
SOURCE = Source(body="102032", kind=Kind.MINUTES, platform="toy", url="http://127.0.0.1/")


def stored(
    count: int, missing: int = 0, newest: date = date(2025, 5, 1)
) -> dict[str, KnownDocument]:
    fetched = datetime(2025, 6, 1, tzinfo=UTC)
    gone = [TODAY] * missing + [None] * (count - missing)
    return {f"p:{n}": KnownDocument(newest, fetched, "", day) for n, day in enumerate(gone)}


def asked(known, *, expect=None, missing=0, whole=True) -> list[str]:
    report = SourceReport(source=SOURCE, missing=missing)
    return alarms(report, expect or Expect(), known, today=TODAY, whole=whole)


def test_a_source_with_documents_and_no_promise_is_well():
    assert asked(stored(1)) == []


def test_nothing_at_all_is_an_alarm():
    assert asked({}) == ["no document came of the whole source"]


def test_a_part_may_be_empty():
    assert asked({}, whole=False) == []


def test_missing_documents_do_not_count_as_present():
    assert asked(stored(10, missing=1), expect=Expect(at_least=10)) == [
        "9 documents, expected at least 10"
    ]
    assert asked(stored(10), expect=Expect(at_least=10)) == []


def test_an_old_newest_document_is_an_alarm():
    expect = Expect(newest_within_days=30)
    assert asked(stored(3, newest=date(2025, 5, 2)), expect=expect) == []
    assert asked(stored(3, newest=date(2025, 5, 1)), expect=expect) == [
        "the newest document is of 2025-05-01, expected one of the last 30 days"
    ]


def test_more_than_a_fifth_gone_in_one_run_is_an_alarm_even_of_a_part():
    assert asked(stored(20, missing=4), missing=4) == []
    assert asked(stored(25, missing=5), missing=5) == []
    (alarm,) = asked(stored(24, missing=5), missing=5, whole=False)
    assert alarm.startswith("5 of 24 stored documents are gone")
