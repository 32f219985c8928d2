"""A site whose print changes between two runs, crawled whole, into both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import crawler.running.crawl
import crawler.running.reparse
from answers.sources import health_of
from crawler.page import Found, Page, Wanted
from crawler.running.report import Report
from kazami.document import Document, Kind, Stance
from kazami.fills import Rate, rates_of
from kazami.settings import Settings, load_settings
from kazami.sources import Expect, Source
from kazami.store import open_folder, open_store
from replay.invented import invented_documents
from replay.kensakusystem import KensakusystemTenant
from replay.server import ReplayServer
from search_cli.layout.report import complaints
from tests.crawls import toy_platform
from tests.crawls.driver import Crawl
from tests.crawls.toy_site import years

START = datetime(2026, 1, 10, 12, tzinfo=UTC)
TAKATSUKI = "272078/minutes/kensakusystem"
SITTINGS = sorted(
    (each for each in invented_documents() if each.key.startswith("reiji/")),
    key=lambda each: each.date,
)[-13:]


KNOWN, NEW = 10, 3
PLAIN = toy_platform.parse_document


def without_offices(document: Document) -> Document:
    """As a council would print it that names its speakers by nothing but their names."""
    passages = (replace(each, role=None, stance=Stance.OTHER) for each in document.passages)
    return replace(document, passages=tuple(passages))


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings whose store is new: a file, or a database of a server."""
    settings = load_settings(tmp_path / "data", {"KAZAMI_SETTINGS": "/dev/null"})
    if request.param == "sqlite":
        return settings
    address: str = request.getfixturevalue("postgresql")
    return replace(settings, store=address)


Visit = Callable[[list[Document], int], Report]


@pytest.fixture
def visit(where: Settings, reactor: None) -> Iterator[Visit]:
    """``visit(sittings, weeks)``: a crawl of an assembly that has published these by then."""
    with ReplayServer({"reiji": ()}) as server, open_store(where) as store:
        source = Source(
            body="272078",
            kind=Kind.MINUTES,
            platform="kensakusystem",
            url=server.entry("reiji"),
            expect=Expect(),
        )

        def visit(sittings: list[Document], weeks: int) -> Report:
            now = START + timedelta(weeks=weeks)
            server.tenants["reiji"] = KensakusystemTenant("reiji", sittings, server.code)
            wanted = Wanted(today=now.date())
            return crawler.running.crawl.crawl(store, [source], where, wanted, clock=lambda: now)

        yield visit


def test_offices_that_vanish_from_the_print_are_an_alarm(where: Settings, visit: Visit) -> None:
    assert visit(SITTINGS[:KNOWN], 0).exit_code == 0

    changed = SITTINGS[:KNOWN] + [without_offices(each) for each in SITTINGS[KNOWN:]]
    report = visit(changed, 1)

    (source,) = report.sources
    assert (report.exit_code, source.status, source.errors, source.new) == (1, "ok", [], NEW)
    role, stance = source.alarms
    assert next(complaints(report)) == f"kazami: {TAKATSUKI}: ALARM: {role}"
    assert role.startswith("role (役職): 0.0% filled in the latest 3 documents, usually 100.0%")
    assert stance.startswith("stance (立場): 0.0% filled in the latest 3 documents, usually 100.0%")
    with open_store(where) as store:
        last = store.last_source_run(TAKATSUKI)
        assert last is not None
        assert last.fills is not None
        assert last.note == "; ".join(source.alarms)
        assert health_of(last) == "alarm"
        assert last.fills.usual == rates_of(SITTINGS[:KNOWN])
        assert last.fills.latest["speaker"] == Rate(NEW, NEW, NEW)


def test_a_site_that_prints_as_usual_is_well_and_so_is_a_run_that_brings_nothing(
    where: Settings, visit: Visit
) -> None:
    visit(SITTINGS[:KNOWN], 0)
    assert [visit(SITTINGS, weeks).exit_code for weeks in (1, 2)] == [0, 0]
    with open_store(where) as store:
        last, filled = store.last_source_run(TAKATSUKI), store.last_filled_run(TAKATSUKI)
        assert last is not None
        assert filled is not None
        assert (last.fills, filled.run) == (None, last.run - 1)


def spoken(page: Page, tenant: str, key: str) -> Iterator[Found]:
    """The toy platform's documents with a speaker before every line."""
    for found in PLAIN(page, tenant, key):
        said = tuple(replace(each, speaker="例示太郎") for each in found.passages)
        yield replace(found, passages=said)


@pytest.fixture
def with_speakers(crawl: Crawl, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two documents with speakers, stored as a reader of then read them."""
    monkeypatch.setattr(crawler.running.reparse, "platform", lambda name: toy_platform.platform())
    with monkeypatch.context() as then, years(2024, 2024, 2) as site:
        spoken.__name__ = "parse_document"
        then.setattr(toy_platform, "parse_document", spoken)
        assert crawl(site.url(), now=START.isoformat()).code == 0
    return crawl.data


def test_a_reader_that_loses_speakers_is_told_by_reparse(with_speakers: Path) -> None:
    with open_folder(with_speakers) as store:
        report = crawler.running.reparse.reparse(store, with_speakers)
        (reread,) = report.sources
        assert (report.exit_code, reread.changed) == (1, 2)
        (alarm,) = reread.alarms
        assert alarm.startswith("speaker (発言者): 0.0% filled in 2 documents, before this reading")
        assert "100.0%" in alarm
        assert store.last_filled_run("102032/minutes/toy") is None
        assert crawler.running.reparse.reparse(store, with_speakers).ok


def test_of_a_document_that_is_read_twice_the_last_reading_counts(
    with_speakers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parse_document(page: Page, tenant: str, key: str) -> Iterator[Found]:
        yield from spoken(page, tenant, key)
        yield from PLAIN(page, tenant, key)

    monkeypatch.setattr(toy_platform, "parse_document", parse_document)
    with open_folder(with_speakers) as store:
        report = crawler.running.reparse.reparse(store, with_speakers)
    (alarm,) = report.sources[0].alarms
    assert alarm.startswith("speaker (発言者): 0.0% filled in 2 documents, before this reading")
