"""What a person sees while a crawl runs."""

from __future__ import annotations

import io

from crawler.running.events import (
    PageRead,
    Problem,
    RunStarted,
    SourceFinished,
    SourceStarted,
    Waiting,
)
from crawler.running.report import SourceReport, Status
from kazami.document import Kind
from kazami.sources import Source
from search_cli.crawl_progress import RunProgress, showing, summary

SOURCE = Source(body="102032", kind=Kind.MINUTES, platform="toy", url="http://127.0.0.1/")


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def running(pages: int, left: int, seconds: float = 2.0) -> tuple[RunProgress, Clock]:
    clock = Clock()
    tally = RunProgress(clock)
    tally.take(RunStarted(1, 1))
    tally.take(SourceStarted(SOURCE.id))
    for n in range(pages):
        clock.now += seconds
        tally.take(PageRead(SOURCE.id, 1, left + pages - n - 1))
    return tally, clock


def test_the_line_tells_bodies_pages_documents_rate_and_time_left():
    tally, _ = running(pages=10, left=20)
    assert tally.line() == (
        "sources 0/1 of 1 bodies · 10 pages · 10 documents · 30 pages/min · 40 s left"
    )


def test_time_left_is_unknown_before_a_few_pages_and_a_least_while_sources_wait():
    tally, _ = running(pages=2, left=20)
    assert tally.left() == "time left unknown"
    tally, _ = running(pages=10, left=600)
    tally.sources = 2
    assert tally.left() == "more than 20 min left"
    tally, _ = running(pages=10, left=20_000)
    assert tally.left() == "11 h left"


def test_it_says_what_it_waits_for_as_long_as_it_waits():
    tally, clock = running(pages=3, left=1)
    tally.take(Waiting("h.example", 30.0, "HTTP 429"))
    clock.now += 10
    assert tally.waiting() == "waiting 20 s for h.example (HTTP 429)"
    clock.now += 21
    assert tally.waiting() == ""


def test_without_a_terminal_it_writes_plain_lines():
    stream = io.StringIO()
    report = SourceReport(source=SOURCE, status=Status.OK, new=3, alarms=["too few"])
    with showing(stream) as tell:
        tell(RunStarted(1, 1))
        tell(Problem(SOURCE.id, "lost a page"))
        tell(SourceFinished(report))

    lines = stream.getvalue().splitlines()
    assert lines[0] == "102032/minutes/toy: lost a page"
    assert lines[1] == summary(report)
    assert lines[2] == "102032/minutes/toy: ALARM: too few"
    assert lines[3].startswith("sources 1/1 of 1 bodies · 0 pages")
    assert "\x1b" not in stream.getvalue()


def test_on_a_terminal_problems_stay_and_the_living_line_goes():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    stream = Terminal()
    with showing(stream) as tell:
        tell(RunStarted(1, 1))
        tell(Problem(SOURCE.id, "lost [a] page"))

    assert "102032/minutes/toy: lost [a] page" in stream.getvalue()


def test_the_summary_tells_what_became_of_a_source():
    report = SourceReport(
        source=SOURCE,
        status=Status.BLOCKED,
        pages=4,
        new=1,
        changed=2,
        unchanged=3,
        skipped=4,
        missing=5,
        errors=["x"],
        seconds=61,
        note="HTTP 403",
    )
    assert summary(report) == (
        "102032/minutes/toy: blocked: 1 new, 2 changed, 3 unchanged, 4 not fetched again, "
        "5 missing, 1 errors; 4 pages in 61 s (HTTP 403)"
    )
