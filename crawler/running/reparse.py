"""Documents again from the raw archive, without the network: what a better parser is for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from crawler.fetching.archive import Exchange, Place, latest, load
from crawler.frontier import FrontierError, named_parser
from crawler.page import Attached, Follow, Page, Parse
from crawler.platform import platform
from crawler.running.books import utc_now
from crawler.running.events import (
    EventCallback,
    PageRead,
    Problem,
    RunStarted,
    SourceFinished,
    SourceStarted,
)
from crawler.running.fill_rates import reread_alarms
from crawler.running.locking import locked
from crawler.running.parsing import Parsing
from crawler.running.problems import explain
from crawler.running.report import Report, SourceReport, Status
from crawler.running.rereading import differences
from crawler.running.storing import Storing
from kazami.document import Document, Kind
from kazami.errors import KazamiError
from kazami.fills import Rates, rates_of, together
from kazami.sources import Source
from kazami.store import DocumentRefused, Store, StoreError


def reparse(
    store: Store,
    data: Path,
    sources: Sequence[Source] | None = None,
    *,
    progress: EventCallback | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Report:
    """Parse the latest archived answer of every page of the sources (None: of all) again.

    Sources of which nothing is archived do not appear in the report.

    Documents get the time at which their page was fetched. Nothing is marked missing, for an old
    listing says nothing of today.

    Raises CrawlLocked, ArchiveError and StoreError; records that cannot be read are reported.
    """
    tell = progress or (lambda event: None)
    with locked(data):
        started = clock()
        faults: list[str] = []
        pages: dict[str, list[Place]] = {}

        def damage(line: str, cut: bool) -> None:
            tell(Problem("raw archive", line))
            if not cut:
                faults.append(line)

        for place in latest(data, damage):
            pages.setdefault(place.source, []).append(place)
        wanted = map(_source, pages) if sources is None else sources
        named = {source.id: source for source in wanted if source.id in pages}
        tell(RunStarted(len(named), len({source.body for source in named.values()})))
        run = store.start_run(started, "reparse " + " ".join(named))
        reports = []
        with Parsing() as parsing:
            for id, source in named.items():
                reparsing = _Reparsing(source, pages[id], store, parsing, run, clock, tell)
                reports.append(reparsing.run())
        finished = clock()
        report = Report(
            run=run,
            started=started,
            finished=finished,
            sources=tuple(reports),
            faults=tuple(faults),
        )
        store.finish_run(run, finished, Status.OK if report.ok else Status.FAILED)
        return report


def _source(id: str) -> Source:
    body, kind, name = id.split("/")
    return Source(body=body, kind=Kind(kind), platform=name, url="")


class _Reparsing:
    """One source's archived pages, each parsed as the page that led to it says by now."""

    def __init__(
        self,
        source: Source,
        places: Iterable[Place],
        store: Store,
        parsing: Parsing,
        run: int,
        clock: Callable[[], datetime],
        tell: EventCallback,
    ) -> None:
        self._source, self._store, self._parsing = source, store, parsing
        self._clock, self._tell = clock, tell
        self._places = {place.key: place for place in places}
        self._claims: dict[str, Follow] = {}
        self._read_as: dict[str, tuple[str, object]] = {}
        self._report = SourceReport(source=source)
        self._storing = Storing(store, self._report, run)
        self._compared: set[str] = set()
        self._was: Rates = {}
        self._is_now: Rates = {}

    def run(self) -> SourceReport:
        report, started = self._report, self._clock()
        self._tell(SourceStarted(self._source.id))
        bug = False
        queue = deque(self._places)
        while queue:
            key = queue.popleft()
            before = report.found
            try:
                queue += self._read(load(self._places[key]))
            except StoreError as error:
                if not isinstance(error, DocumentRefused):
                    raise
                self._problem(str(error))
            except Exception as error:
                line, is_bug = explain(f"archived page {key}", error)
                bug |= is_bug
                self._problem(line)
            report.pages += 1
            self._tell(PageRead(self._source.id, report.found - before, len(queue)))
        report.status = Status.FAILED if bug else Status.OK
        report.alarms += reread_alarms(self._source, self._was, self._is_now)
        if report.new or report.changed:
            # The next crawl counts anew what is usual: this reading is not that of the runs before.
            self._store.forget_fills(self._source.id)
        report.seconds = (self._clock() - started).total_seconds()
        self._tell(SourceFinished(report))
        return report

    def _read(self, exchange: Exchange) -> list[str]:
        """Parse one page; returns the keys of those to parse again, for it says so by now.

        That is needed where a page of today leads to one that was archived before it.
        """
        key = exchange.key
        claim = self._claims.get(key)
        parse = claim.parse if claim is not None else self._parser(exchange)
        cb_kwargs = dict(claim.cb_kwargs if claim is not None else exchange.cb_kwargs)
        self._read_as[key] = (parse.__name__, cb_kwargs)
        kind, cookies = exchange.header("content-type"), exchange.cookies
        page = Page(exchange.url, exchange.content, kind, cookies)
        seconds = platform(self._source.platform).seconds_to_read
        answers = self._parsing.answers(page, parse, cb_kwargs, seconds)
        for document in self._storing.documents(answers, exchange.fetched):
            before = self._store.document_as_read(document.id)
            self._storing.put(document)
            if before is None:
                continue
            self._compare(before, document)
            if before.content_hash != document.content_hash:
                self._report.reread += differences(before, document)
        for answer in answers:
            if isinstance(answer, Attached):
                self._storing.attach(answer)
        self._storing.tell(answers)
        again = []
        for answer in answers:
            # The first page that leads to another decides, as it does when crawling.
            if not isinstance(answer, Follow) or answer.key in self._claims:
                continue
            if answer.key in self._places:
                self._claims[answer.key] = answer
                now = (answer.parse.__name__, dict(answer.cb_kwargs))
                if self._read_as.get(answer.key, now) != now:
                    again.append(answer.key)
        return again

    def _compare(self, before: Document, after: Document) -> None:
        """Count both; of a document that two pages give, the first stored and the last read."""
        was = rates_of([before])
        self._is_now = together(self._is_now, rates_of([after]))
        if after.id in self._compared:
            self._is_now = together(
                self._is_now, {name: rate.times(-1) for name, rate in was.items()}
            )
        else:
            self._compared.add(after.id)
            self._was = together(self._was, was)

    def _parser(self, exchange: Exchange) -> Parse:
        try:
            return named_parser(platform(self._source.platform), exchange.parser)
        except FrontierError as error:
            raise KazamiError(
                f"archived page {exchange.key}: {self._source.platform} has no {exchange.parser} "
                "any more; crawl it again"
            ) from error

    def _problem(self, line: str) -> None:
        self._report.errors.append(line)
        self._tell(Problem(self._source.id, line))
