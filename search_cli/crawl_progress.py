"""How far a crawl is, on standard error: a living line on a terminal, elsewhere plain lines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TextIO

from crawler import (
    Event,
    EventCallback,
    PageRead,
    Problem,
    RunStarted,
    SourceFinished,
    SourceReport,
    SourceStarted,
    Waiting,
)

_LINE_EVERY = 10.0


@dataclass(slots=True)
class _Pace:
    """How fast the pages of one source come."""

    began: float
    pages: int = 0
    left: int = 0

    def seconds_left(self, now: float) -> float | None:
        """None as long as too little is known."""
        if self.pages < 3:
            return None
        return self.left * (now - self.began) / self.pages


@dataclass(slots=True)
class RunProgress:
    """The run so far, from its events; ``clock`` counts seconds."""

    clock: Callable[[], float] = time.monotonic
    sources: int = 0
    bodies: int = 0
    finished: int = 0
    pages: int = 0
    documents: int = 0
    problems: int = 0
    began: float = 0.0
    waits: dict[str, tuple[float, str]] = field(default_factory=dict)
    paces: dict[str, _Pace] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        now = self.clock()
        match event:
            case RunStarted():
                self.sources, self.bodies, self.began = event.sources, event.bodies, now
            case SourceStarted():
                self.paces[event.source] = _Pace(now)
            case PageRead():
                self.pages += 1
                self.documents += event.documents
                if pace := self.paces.get(event.source):
                    pace.pages += 1
                    pace.left = event.left
            case Waiting():
                self.waits[event.host] = (now + event.seconds, event.why)
            case Problem():
                self.problems += 1
            case SourceFinished():
                self.finished += 1
                self.paces.pop(event.report.source.id, None)

    @property
    def rate(self) -> float:
        """Pages per minute."""
        return 60 * self.pages / max(self.clock() - self.began, 1e-9)

    def left(self) -> str:
        """The time that the pages known so far will take; more may come up."""
        now = self.clock()
        known = [pace.seconds_left(now) for pace in self.paces.values()]
        seconds = [value for value in known if value is not None]
        if not seconds or len(seconds) < len(known):
            return "time left unknown"
        more = self.finished + len(self.paces) < self.sources
        return f"{'more than ' if more else ''}{_span(max(seconds))} left"

    def waiting(self) -> str:
        """What it waits for now; empty when it does not."""
        now = self.clock()
        waits = sorted((until, host, why) for host, (until, why) in self.waits.items())
        open_ = [(until - now, host, why) for until, host, why in waits if until > now]
        if not open_:
            return ""
        seconds, host, why = open_[-1]
        others = f" and {len(open_) - 1} other hosts" if len(open_) > 1 else ""
        return f"waiting {seconds:.0f} s for {host}{others} ({why})"

    def line(self) -> str:
        """All in one line."""
        parts = [
            f"sources {self.finished}/{self.sources} of {self.bodies} bodies",
            f"{self.pages} pages",
            f"{self.documents} documents",
            f"{self.rate:.0f} pages/min",
        ]
        if self.finished < self.sources:
            parts.append(self.left())
        if self.problems:
            parts.append(f"{self.problems} problems")
        if waiting := self.waiting():
            parts.append(waiting)
        return " · ".join(parts)


def _span(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} s"
    if seconds < 6000:
        return f"{seconds / 60:.0f} min"
    return str(timedelta(hours=round(seconds / 3600))).removesuffix(":00:00") + " h"


@contextmanager
def showing(stream: TextIO) -> Iterator[EventCallback]:
    """Show the events on ``stream``: a living line on a terminal, else a line every ten seconds.

    Problems and finished sources get a line of their own on both.
    """
    with _living(stream) if stream.isatty() else _lines(stream) as tell:
        yield tell


@contextmanager
def _living(stream: TextIO) -> Iterator[EventCallback]:
    from rich.console import Console
    from rich.live import Live
    from rich.spinner import Spinner

    shown = RunProgress()
    spinner = Spinner("dots")

    def picture() -> Spinner:
        spinner.update(text=shown.line())
        return spinner

    console = Console(file=stream, highlight=False)
    with Live(get_renderable=picture, console=console, transient=True, refresh_per_second=5):

        def tell(event: Event) -> None:
            shown.take(event)
            for line in _own_lines(event):
                console.print(line, markup=False, soft_wrap=True)

        yield tell


@contextmanager
def _lines(stream: TextIO) -> Iterator[EventCallback]:
    shown = RunProgress()
    said = shown.clock()

    def tell(event: Event) -> None:
        nonlocal said
        shown.take(event)
        for line in _own_lines(event):
            print(line, file=stream, flush=True)
        if shown.clock() - said >= _LINE_EVERY:
            said = shown.clock()
            print(shown.line(), file=stream, flush=True)

    yield tell
    print(shown.line(), file=stream, flush=True)


def _own_lines(event: Event) -> list[str]:
    match event:
        case Problem():
            return [f"{event.source}: {event.line}"]
        case SourceFinished():
            report = event.report
            return [
                summary(report),
                *(f"{report.source.id}: ALARM: {alarm}" for alarm in report.alarms),
            ]
    return []


def summary(report: SourceReport) -> str:
    """``112119/minutes/kensakusystem: ok: 3 new, 1 changed, …`` in one line."""
    counts = [
        f"{report.new} new",
        f"{report.changed} changed",
        f"{report.unchanged} unchanged",
        f"{report.skipped} not fetched again",
    ]
    if report.unreadable:
        counts.append(f"{report.unreadable} unreadable")
    if report.near_misses:
        counts.append(f"{len(report.near_misses)} near misses")
    if report.unknown_bodies:
        counts.append(f"{sum(report.unknown_bodies.values())} of unknown bodies")
    if report.missing:
        counts.append(f"{report.missing} missing")
    if report.errors:
        counts.append(f"{len(report.errors)} errors")
    note = f" ({report.note})" if report.note else ""
    return (
        f"{report.source.id}: {report.status}: {', '.join(counts)}; "
        f"{report.pages} pages in {report.seconds:.0f} s{note}"
    )
