"""Documents again from the raw archive, without the network."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import crawler.running.reparse
from crawler.page import Found
from crawler.running.reparse import reparse
from crawler.running.rereading import differences
from kazami.document import Document, Kind, Passage, Stance
from kazami.evidence import Evidence
from kazami.reading_quality import ReadingQuality
from kazami.store import open_folder
from tests.crawls import toy_platform
from tests.crawls.toy_site import text, years

NOW = "2025-06-01T12:00:00+00:00"
LATER = "2025-06-02T12:00:00+00:00"


@pytest.fixture
def toy(monkeypatch):
    monkeypatch.setattr(crawler.running.reparse, "platform", lambda name: toy_platform.platform())
    return monkeypatch


def contents(data):
    with open_folder(data) as store:
        return {
            change.document.id: (change.document.content_hash, change.document.fetched)
            for change in store.changes(0)
        }


def test_reparsing_gives_the_same_ids_hashes_and_times_without_the_site(crawl, toy, tmp_path):
    with years(2023, 2024, 3) as site:
        crawl(site.url(), now=NOW)
    before = contents(crawl.data)

    with open_folder(crawl.data) as store:
        report = reparse(store, crawl.data)

    (source,) = report.sources
    assert (report.ok, source.unchanged, source.new, source.changed) == (True, 6, 0, 0)
    assert contents(crawl.data) == before
    assert len(before) == 6

    empty = tmp_path / "another"
    with open_folder(empty) as store:
        (crawl.data / "raw").rename(empty / "raw")
        assert reparse(store, empty).sources[0].new == 6
    assert contents(empty) == before


def test_a_better_parser_changes_the_documents(crawl, toy):
    with years(2024, 2024, 2) as site:
        crawl(site.url(), now=NOW)
    plain = toy_platform.parse_document

    def parse_document(page, tenant, key):
        for found in plain(page, tenant, key):
            yield Found(
                key=found.key,
                title=f"第1号 {found.title}",
                date=found.date,
                url=found.url,
                passages=found.passages,
            )

    toy.setattr(toy_platform, "parse_document", parse_document)
    with open_folder(crawl.data) as store:
        report = reparse(store, crawl.data)
        assert store.document("toy:a-2024-1").title == "第1号 a-2024-1"
    assert report.sources[0].changed == 2
    assert not report.sources[0].reread


def test_evidence_comes_to_documents_that_were_stored_without(crawl, toy):
    """The words are the same: no document changes, and no index has to be made again."""
    with years(2024, 2024, 2) as site:
        crawl(site.url(), now=NOW)
    before = contents(crawl.data)
    plain = toy_platform.parse_document
    evidence = Evidence(printed="○議長（例示花子君）", speaker="name-in-bracket", stance="office")
    reading = ReadingQuality(turns=1, day_rule="listed", day_printed="3月4日")

    def parse_document(page, tenant, key):
        for found in plain(page, tenant, key):
            passages = tuple(replace(each, evidence=evidence) for each in found.passages)
            yield replace(found, passages=passages, reading=reading)

    toy.setattr(toy_platform, "parse_document", parse_document)
    with open_folder(crawl.data) as store:
        changes = store.last_change()
        report = reparse(store, crawl.data)
        assert store.last_change() == changes
        stored = store.document("toy:a-2024-1")
    assert (report.sources[0].unchanged, report.sources[0].changed) == (2, 0)
    assert {each.evidence for each in stored.passages} == {evidence}
    assert stored.reading == reading
    assert contents(crawl.data) == before


def test_what_reading_again_changed_is_counted():
    def document(*passages, day=date(2024, 3, 4)):
        return Document(
            body="102032",
            kind=Kind.MINUTES,
            platform="toy",
            key="1",
            title="第1号",
            date=day,
            fetched=datetime(2024, 6, 1, tzinfo=UTC),
            passages=tuple(
                Passage(key=str(n), order=n, text=text, speaker=speaker, stance=stance)
                for n, (text, speaker, stance) in enumerate(passages, 1)
            ),
        )

    merged = document(
        ("開きます。○市長　お答えします。", "例示花子", Stance.CHAIR),
        ("伺います。", "例示", Stance.OTHER),
        ("伺います。", "例示太郎", Stance.QUESTION),
    )
    apart = document(
        ("開きます。", "例示花子", Stance.CHAIR),
        ("お答えします。", None, Stance.ANSWER),
        ("伺います。", "例示太郎", Stance.QUESTION),
        ("伺います。", "例示太郎", Stance.QUESTION),
        day=date(2024, 3, 5),
    )
    assert differences(merged, apart) == {"turns": 3, "speakers": 1, "stances": 1, "days": 1}
    assert not differences(apart, apart)


def test_what_a_better_listing_parser_carries_reaches_the_pages_below(crawl, toy):
    """Also where the listing was fetched again after them."""
    with years(2025, 2025, 2) as site:
        site.documents = dict.fromkeys(site.documents, ("2025-05-20", "発言"))
        crawl(site.url(), now=NOW)
        site.special["/a/doc/2025-1"] = lambda before: (404, {}, b"")
        crawl(site.url(), now=LATER)
    plain = toy_platform.parse_list

    def parse_list(page, tenant, name):
        return plain(page, "tenant", name)

    toy.setattr(toy_platform, "parse_list", parse_list)
    with open_folder(crawl.data) as store:
        report = reparse(store, crawl.data)
        assert store.document("toy:tenant-2025-1") is not None
    assert (report.sources[0].new, report.sources[0].unchanged) == (2, 0)


def test_a_missing_document_stays_missing(crawl, toy):
    with years(2025, 2025, 9) as site:
        crawl(site.url(), now=NOW)
        site.listings["2025"].remove("2025-4")
        crawl(site.url(), now=LATER)

    with open_folder(crawl.data) as store:
        reparse(store, crawl.data)
        assert store.passage("toy:a-2025-4#1").missing.isoformat() == "2025-06-02"


def test_a_page_that_cannot_be_read_is_reported_and_the_others_go_on(crawl, toy):
    with years(2024, 2024, 3) as site:
        site.special["/a/doc/2024-2"] = lambda before: text("<html>工事中")
        crawl(site.url(), now=NOW)

    with open_folder(crawl.data) as store:
        report = reparse(store, crawl.data)

    (source,) = report.sources
    assert (report.exit_code, source.unchanged, len(source.errors)) == (1, 2, 1)


def test_the_cut_end_that_a_killed_run_leaves_is_no_failure(crawl, toy):
    with years(2024, 2024, 3) as site:
        crawl(site.url(), now=NOW)
    (file,) = (crawl.data / "raw").iterdir()
    file.write_bytes(file.read_bytes()[:-10])
    told = []

    with open_folder(crawl.data) as store:
        report = reparse(store, crawl.data, progress=told.append)

    assert report.ok


def test_a_parser_that_is_no_more_is_named(crawl, toy):
    with years(2024, 2024, 1) as site:
        crawl(site.url(), now=NOW)
    toy.delattr(toy_platform, "parse_index")

    with open_folder(crawl.data) as store:
        report = reparse(store, crawl.data)

    (error,) = report.sources[0].errors
    assert "toy has no parse_index any more" in error


def test_only_the_sources_asked_for_are_read(crawl, toy):
    with years(2024, 2024, 2) as site:
        crawl(site.url("a"), {"url": site.url("b"), "body": "102041"}, now=NOW)

    with open_folder(crawl.data) as store:
        whole = reparse(store, crawl.data)
        one = reparse(store, crawl.data, [whole.sources[1].source])

    assert [s.source.id for s in one.sources] == ["102041/minutes/toy"]
    assert one.sources[0].unchanged == 2


def test_a_reparse_does_not_count_as_a_visit(crawl, toy):
    with years(2024, 2024, 2) as site:
        crawl(site.url(), now=NOW)

    with open_folder(crawl.data) as store:
        before = store.last_source_run("102032/minutes/toy")
        reparse(store, crawl.data)
        assert store.last_source_run("102032/minutes/toy") == before
