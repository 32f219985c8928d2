"""One source's run on record: its fetches, counts and problems, and how it ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from crawler.fetching.archive import digest
from crawler.page import Wanted
from crawler.running import fill_rates, health
from crawler.running.events import EventCallback, Problem, SourceFinished, SourceStarted
from crawler.running.report import SourceReport, Status
from kazami.sources import Expect, Source
from kazami.store import Fetch, SourceRun, Store

_RESUME_WITHIN = timedelta(days=8)
"""An unfinished pass that began longer ago is begun anew; a week lets a permission that holds at
weekends only go on."""


class Books:
    """Keeps the report of one source in one run, in the store too.

    ``expect`` is what a whole run must bring.
    """

    def __init__(
        self,
        source: Source,
        expect: Expect,
        store: Store,
        run: int,
        clock: Callable[[], datetime],
        tell: EventCallback,
    ) -> None:
        self.report = SourceReport(source=source)
        self._expect = expect
        self._source, self._store, self._run = source, store, run
        self._clock, self._tell = clock, tell
        self._bug = self._busy = False
        self._fetches: list[Fetch] = []
        self._logged_at = 0.0
        self._started: datetime | None = None

    @property
    def stopped(self) -> bool:
        """Whether nothing more may be fetched."""
        return self.report.status is not None

    def open(self) -> datetime | None:
        """Begin; returns when the pass began that this run goes on with, None where it is new."""
        last = self._store.last_source_run(self._source.id)
        self._started = now = self._clock()
        resumed = None
        # The pass goes on under its first start, so that a third run still knows of the first.
        whole = (Status.OK, Status.FAILED)
        if last and last.status not in whole and now - last.started < _RESUME_WITHIN:
            resumed = last.started
        self._pass_started = resumed or now
        self._store.record_source_run(SourceRun(self._run, self._source.id, self._pass_started))
        self._tell(SourceStarted(self._source.id))
        return resumed

    def stop(self, status: Status, note: str | None) -> None:
        """Fetch nothing more for this source; the first reason stands."""
        if self.report.status is None:
            self.report.status, self.report.note = status, note

    def problem(self, line: str, *, bug: bool = False) -> None:
        """A page or a document was lost; ``bug`` says that it is our fault."""
        self._bug |= bug
        self.report.errors.append(line)
        self._tell(Problem(self._source.id, line))

    def later(self, line: str) -> None:
        """A page was lost because the site is busy; the next run must ask for it again."""
        self._busy = True
        self.problem(line)

    def log(
        self, url: str, method: str, status: int | None, body: bytes, fetched: datetime, took: float
    ) -> None:
        """Note one request in the store, whatever came of it."""
        self._fetches.append(
            Fetch(
                source=self._source.id,
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

    def close(self, wanted: Wanted) -> SourceReport:
        """Status, counts, alarms. A source that never began leaves no trace."""
        report = self.report
        if self._started is None:
            return report
        self._log()
        finished = self._clock()
        report.seconds = (finished - self._started).total_seconds()
        if self._bug:
            report.status = Status.FAILED
            report.note = report.note or "a bug in kazami; the pages are archived, see the errors"
        elif report.status is None and self._busy:
            # Not *ok*: what two runs that are ok fetched and could not read is asked for no more.
            report.status = Status.FAILED
            report.note = "the site was busy; run it again later"
        elif report.status is None:
            report.status = Status.OK
        report.alarms = list(report.incomplete)
        if report.status == Status.OK:
            report.alarms += health.alarms(
                report,
                self._expect,
                self._store.documents_of(self._source.id),
                today=wanted.today,
                whole=wanted.since is None and wanted.until is None and wanted.query is None,
            )
        fills = fill_rates.known(self._store, self._source, self._pass_started, report.stored)
        if fills is not None:
            report.alarms += fill_rates.alarms(self._source, fills)
        self._store.record_source_run(
            SourceRun(
                self._run,
                self._source.id,
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
                fills=fills,
            )
        )
        self._tell(SourceFinished(report))
        return report


def utc_now() -> datetime:
    """The clock of a real run."""
    return datetime.now(UTC)
