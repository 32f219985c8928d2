"""One source in one run: which pages to ask for, and what becomes of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from traceback import extract_tb
from urllib.parse import urlsplit

from crawler.fetching.archive import Archive, ArchiveError, Exchange, digest
from crawler.fetching.hosts import FetchError, HostLeft, Interrupted, same_site
from crawler.page import Answer, Blocked, Follow, Found, Listed, Page, Wanted
from crawler.permission.standing import NeedsPermission, NotNow, Suspended
from crawler.platform import Platform
from crawler.reading.days_wanted import DaysWanted
from crawler.running import health
from crawler.running.events import PageRead, Problem, SourceFinished, SourceStarted, Tell
from crawler.running.report import SourceReport, Status
from crawler.running.revisits import Revisits
from kazami.document import Document
from kazami.errors import KazamiError
from kazami.sources import Source
from kazami.store import DocumentRefused, Fetch, Store, StoreError

_RESUME_WITHIN = timedelta(days=8)
"""An unfinished pass that began longer ago is begun anew; a week lets a permission that holds at
weekends only go on."""


class Work:
    """One source in one run. Knows neither Scrapy nor the network.

    ``begin`` and ``read`` answer with the pages to fetch; each of them comes back to ``read`` or
    to ``lost``, once. It is ``done`` when none is out; ``finish`` then closes the books.
    """

    def __init__(
        self,
        source: Source,
        platform: Platform,
        *,
        store: Store,
        archive: Archive,
        run: int,
        wanted: Wanted,
        months: int,
        limit: int | None,
        clock: Callable[[], datetime],
        tell: Tell,
        barred: NeedsPermission | None = None,
    ) -> None:
        self._barred = barred
        self.source, self.platform = source, platform
        self._store, self._archive, self._run = store, archive, run
        self._wanted, self._months, self._limit = wanted, months, limit
        self._clock, self._tell = clock, tell
        self.report = SourceReport(source=source)
        self._keys: set[str] = set()
        self._skipped: set[str] = set()
        self._unreadable: set[str] = set()
        self._pending: dict[str, Follow] = {}
        self._bug = False
        self._fetches: list[Fetch] = []
        self._logged_at = 0.0
        self._started: datetime | None = None
        self.closed = False

    @property
    def stopped(self) -> bool:
        """Whether nothing more may be fetched for it."""
        return self.report.status is not None

    @property
    def done(self) -> bool:
        return not self._pending

    def pending(self, key: str) -> Follow:
        """The page of this key, which is out."""
        return self._pending[key]

    def begin(self) -> list[Follow]:
        """The first pages to fetch."""
        last = self._store.last_source_run(self.source.id)
        self._started = now = self._clock()
        resumed = None
        # The pass goes on under its first start, so that a third run still knows of the first.
        whole = (Status.OK, Status.FAILED)
        if last and last.status not in whole and now - last.started < _RESUME_WITHIN:
            resumed = last.started
        self._pass_started = resumed or now
        self._revisits = Revisits(
            self._store.documents_of(self.source.id),
            lambda name: self._store.listing(self.source.id, name),
            self.platform.months(self.source.kind, self._months),
            resumed,
            lambda: self._store.answered(self.source.id, Status.OK),
        )
        self._store.record_source_run(self._run, self.source.id, self._pass_started)
        self._tell(SourceStarted(self.source.id))
        if self._barred is not None:
            self.stop(Status.NEEDS_PERMISSION, str(self._barred))
            return []
        with self._page(self.source.url):
            return self._take(list(self.platform.start(self.source, self._wanted)))
        return []

    def read(self, follow: Follow, exchange: Exchange, page: Page) -> list[Follow]:
        """Archive an answer, parse it, store what it holds; returns what to fetch next.

        A page that cannot be read is an error of this page; the others go on.

        Raises StoreError and ArchiveError: without a disk there is no going on.
        """
        self._pending.pop(follow.key)
        self._archive.keep(exchange)
        self.report.pages += 1
        before = self.report.found
        answers: list[Answer] = []
        documents: list[Document] = []
        # A page that was on its way when the limit was reached is left to the next run.
        if self.report.status is not Status.LIMIT:
            with self._page(page.url):
                # All or nothing: what a page said before it broke is not used.
                said = list(follow.parse(page, **follow.carry))
                documents = [
                    document(self.source, answer, exchange.fetched)
                    for answer in said
                    if isinstance(answer, Found)
                ]
                answers = said
        self._put(documents)
        for answer in answers:
            if isinstance(answer, Listed):
                self._record(answer, exchange.fetched)
        follows = self._take([answer for answer in answers if isinstance(answer, Follow)])
        self._tell(PageRead(self.source.id, self.report.found - before, len(self._pending)))
        return follows

    def lost(self, follow: Follow, error: Exception) -> None:
        """The page could not be fetched."""
        self._pending.pop(follow.key)
        if isinstance(error, Interrupted):
            self.stop(Status.INTERRUPTED, None)
        elif isinstance(error, NeedsPermission):
            self.stop(Status.NEEDS_PERMISSION, str(error))
        elif isinstance(error, Suspended):
            self.stop(Status.SUSPENDED, str(error))
        elif isinstance(error, NotNow):
            self.stop(Status.NOT_NOW, str(error))
        elif isinstance(error, Blocked):
            self.stop(Status.BLOCKED, str(error))
        elif isinstance(error, HostLeft):
            self.stop(Status.UNREACHABLE, str(error))
        else:
            line, bug = explain(follow.url, error)
            self._bug |= bug
            self._problem(line)

    def stop(self, status: Status, note: str | None) -> None:
        """Fetch nothing more for this source; the first reason stands."""
        if self.report.status is None:
            self.report.status, self.report.note = status, note

    def log(
        self, url: str, method: str, status: int | None, body: bytes, fetched: datetime, took: float
    ) -> None:
        """Note one request in the store, whatever came of it."""
        self._fetches.append(
            Fetch(
                source=self.source.id,
                url=url,
                method=method,
                status=status,
                size=len(body),
                digest=digest(body) if body else None,
                fetched=fetched,
                seconds=took,
            )
        )
        # A transaction for each would be a fifth of the work where there is no delay.
        now = time.monotonic()
        if now - self._logged_at > 1:
            self._logged_at = now
            self._log()

    def _log(self) -> None:
        if self._fetches:
            self._store.log_fetches(self._run, self._fetches)
            self._fetches = []

    def finish(self) -> SourceReport:
        """Close the books: status, counts, alarms. A source that never began leaves no trace."""
        report = self.report
        self.closed = True
        if self._started is None:
            return report
        self._log()
        finished = self._clock()
        report.seconds = (finished - self._started).total_seconds()
        report.skipped, report.unreadable = len(self._skipped), len(self._unreadable)
        if self._bug:
            report.status = Status.FAILED
            report.note = report.note or "a bug in kazami; the pages are archived, see the errors"
        elif report.status is None:
            report.status = Status.OK
        if report.status == Status.OK:
            wanted = self._wanted
            report.alarms = health.alarms(
                report,
                self.source.expect or self.platform.expect,
                self._store.documents_of(self.source.id),
                today=wanted.today,
                whole=wanted.since is None and wanted.until is None and wanted.query is None,
            )
        self._store.record_source_run(
            self._run,
            self.source.id,
            self._pass_started,
            finished,
            report.status,
            pages=report.pages,
            new=report.new,
            changed=report.changed,
            unchanged=report.unchanged,
            missing=report.missing,
            failed=len(report.errors),
            note="; ".join(filter(None, [report.note, *report.alarms])) or None,
        )
        self._tell(SourceFinished(report))
        return report

    def _take(self, follows: list[Follow]) -> list[Follow]:
        """Those of the pages that must be fetched, each key once."""
        if self.stopped:
            return []
        taken = []
        for follow in follows:
            if follow.key in self._keys:
                continue
            self._keys.add(follow.key)
            if not any(same_site(follow.url, home) for home in homes(self.source)):
                self._problem(str(FetchError(f"{follow.url}: leads away from {self.source.url}")))
            elif not self._need_not(follow):
                taken.append(follow)
        self._pending |= {follow.key: follow for follow in taken}
        return taken

    def _need_not(self, follow: Follow) -> bool:
        wanted = self._wanted
        day = follow.day if follow.document is not None else None
        if day is not None and not DaysWanted(wanted.since, wanted.until).hold(day):
            return True
        if follow.document is not None:
            id = self._id(follow.document)
            if self._revisits.document(id, follow.day):
                self._skipped.add(id)
                return True
            if follow.method == "GET" and self._revisits.unreadable(id, follow.url, follow.day):
                self._unreadable.add(id)
                return True
        if follow.listing is not None:
            below = self._revisits.listing(follow.listing, follow.newest)
            if below is not None:
                self._skipped.update(below)
                return True
        return False

    def _put(self, documents: list[Document]) -> None:
        report = self.report
        for document in documents:
            if self.stopped:
                break
            with self._page(document.url or document.id):
                put(self._store, document, report, self._run)
            if report.found == self._limit:
                self.stop(Status.LIMIT, f"stopped after {report.found} documents, as asked")

    def _record(self, listed: Listed, seen: datetime) -> None:
        gone = self._store.record_listing(
            self.source.id,
            listed.name,
            documents=[self._id(key) for key in listed.documents],
            listings=listed.listings,
            seen=seen,
        )
        self.report.missing += len(gone)

    def _id(self, key: str) -> str:
        return f"{self.source.platform}:{key}"

    @contextmanager
    def _page(self, url: str) -> Iterator[None]:
        """What goes wrong inside is a problem of this page, reported; the others go on."""
        try:
            yield
        except (ArchiveError, StoreError) as error:
            if not isinstance(error, DocumentRefused):
                raise
            self._problem(str(error))
        except Blocked as error:
            self.stop(Status.BLOCKED, str(error))
        except Exception as error:
            line, bug = explain(url, error)
            self._bug |= bug
            self._problem(line)

    def _problem(self, line: str) -> None:
        self.report.errors.append(line)
        self._tell(Problem(self.source.id, line))


def homes(source: Source) -> list[str]:
    """Where a source may be followed: its own address, and its hosts (an option) in its place."""
    parts = urlsplit(source.url)
    port = f":{parts.port}" if parts.port else ""
    further = source.options.get("hosts", ())
    hosts = further if isinstance(further, tuple) else ()
    return [source.url, *(parts._replace(netloc=host + port).geturl() for host in hosts)]


def utc_now() -> datetime:
    """The clock of a real run."""
    return datetime.now(UTC)


def document(source: Source, found: Found, fetched: datetime) -> Document:
    """A found document with whose it is; raises ValueError where it is nonsense."""
    return Document(
        body=source.body,
        kind=source.kind,
        platform=source.platform,
        key=found.key,
        title=found.title,
        date=found.date,
        fetched=fetched,
        passages=found.passages,
        url=found.url,
        front_matter=found.front_matter,
    )


def put(store: Store, document: Document, report: SourceReport, run: int) -> None:
    """Store a document and count it; raises StoreError, of which DocumentRefused is its own."""
    outcome = store.put([document], source=report.source.id, run=run)
    report.new += outcome.new
    report.changed += outcome.changed
    report.unchanged += outcome.unchanged


def explain(url: str, error: Exception) -> tuple[str, bool]:
    """What went wrong with a page in a line, and whether that is a bug of ours."""
    if isinstance(error, KazamiError):
        return str(error), False
    frames = extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    if isinstance(error, ValueError):
        # The values of kazami.document refuse nonsense, which a page can hold.
        return f"{url}: {error} ({place})", False
    what = f"{type(error).__name__}: {error}"
    return f"{url}: a bug in {place}: {what}; please report it", True
