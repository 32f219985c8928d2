"""One source in one run, without a network: what is asked, what is written down, what goes on."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from crawler.fetching.archive import Archive, Exchange
from crawler.fetching.hosts import FetchError, HostLeft
from crawler.page import Blocked, Page, Wanted
from crawler.running.books import utc_now
from crawler.running.parsing import Parsing
from crawler.running.source_crawl import SourceCrawl
from crawler.running.spider import KazamiSpider
from kazami.document import Kind
from kazami.sources import Source
from kazami.store import Store, open_folder
from tests.crawls import toy_platform
from tests.crawls.toy_site import years

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
SITE = years(2023, 2024, 3)
HOME = "http://127.0.0.1:1/a/"
PAGES = [
    "index",
    *(
        key
        for year in (2023, 2024)
        for key in [f"list {year}", *(f"doc {year}-{n}" for n in (1, 2, 3))]
    ),
]


class Runs:
    """Runs of one source against ``SITE``, page by page; ``asked`` are the keys of all of them."""

    def __init__(self, data):
        self.data, self.store = data, open_folder(data)
        self.asked = []
        self.number = 0
        self.parsing = Parsing()

    def crawl(self, *, now=NOW, wanted=None, limit=None, **options):
        self.number = self.store.start_run(now, "test")
        self.archive = Archive(self.data, self.number, now)
        self.now = now
        return SourceCrawl(
            Source(
                body="102032", kind=Kind.MINUTES, platform="toy", url=HOME, options=dict(options)
            ),
            toy_platform.platform(),
            store=self.store,
            archive=self.archive,
            parsing=self.parsing,
            run=self.number,
            wanted=wanted or Wanted(today=now.date()),
            months=4,
            limit=limit,
            clock=lambda: now,
            tell=lambda event: None,
        )

    def go(self, crawl, *, pages=1000, lose=None, bodies=None):
        """Fetch so many pages, then be killed; with the last page the crawl finishes."""
        waiting = crawl.begin()
        with self.archive:
            while waiting and pages and not crawl.stopped:
                follow = waiting.pop(0)
                self.asked.append(follow.key)
                pages -= 1
                if error := (lose or {}).pop(follow.key, None):
                    waiting = crawl.lost(follow, error) + waiting
                else:
                    waiting = self.answer(crawl, follow, bodies or {}) + waiting
        if crawl.done or crawl.stopped:
            crawl.finish()
        return crawl.report

    def answer(self, crawl, follow, bodies):
        path = follow.url.removeprefix("http://127.0.0.1:1")
        body = bodies.pop(follow.key, None) or SITE.answer(path, 0)[2]
        exchange = Exchange(
            source=crawl.source.id,
            key=follow.key,
            parser=follow.parse.__name__,
            cb_kwargs=follow.cb_kwargs,
            url=follow.url,
            method="GET",
            request_headers=(),
            request_body=b"",
            status=200,
            headers=(),
            body=body,
            fetched=self.now,
        )
        return crawl.read(follow, exchange, Page(follow.url, body))


@pytest.fixture
def runs(tmp_path):
    runs = Runs(tmp_path)
    yield runs
    runs.store.close()


@pytest.mark.parametrize("pages", [1, 2, 3, 4, 7])
def test_killed_after_any_page_it_asks_for_each_page_once(runs, pages):
    for _ in range(20):
        report = runs.go(runs.crawl(), pages=pages)
        if report.status is not None:
            break

    assert runs.asked == PAGES
    assert runs.store.extent().documents == 6
    assert runs.store.frontier("102032/minutes/toy") is None


def test_killed_before_the_books_were_closed_it_only_closes_them(runs):
    crawl = runs.crawl()
    crawl.finish = lambda: None
    runs.go(crawl)
    report = runs.go(runs.crawl())

    assert runs.asked == PAGES
    assert (report.status, report.new, report.skipped) == ("ok", 0, 6)


def test_what_the_page_held_and_the_frontier_are_written_in_one_step(runs, monkeypatch):
    """A kill between the two would lose a document, or ask for it twice."""
    crawl = runs.crawl()
    step = Store.step_frontier

    def killed(store, source, page, new, answered):
        step(store, source, page, new, answered)
        if page.key == "doc 2023-1":
            raise KeyboardInterrupt

    monkeypatch.setattr(Store, "step_frontier", killed)
    with pytest.raises(KeyboardInterrupt):
        runs.go(crawl)
    monkeypatch.undo()

    assert runs.store.extent().documents == 0
    runs.go(runs.crawl())
    assert runs.asked == [*PAGES[:3], *PAGES[2:]]
    assert runs.store.extent().documents == 6


def test_a_limit_leaves_the_rest_to_the_next_run(runs):
    runs.go(runs.crawl(limit=2))
    report = runs.go(runs.crawl())

    assert runs.asked == PAGES
    assert (report.status, report.new, report.skipped) == ("ok", 4, 2)


def test_a_page_that_comes_after_the_end_is_left_to_the_next_run(runs):
    crawl = runs.crawl()
    (index,) = crawl.begin()
    crawl.stop("interrupted", None)
    with runs.archive:
        assert runs.answer(crawl, index, {}) == []
    assert crawl.done
    crawl.finish()

    runs.go(runs.crawl())
    assert runs.asked == PAGES


@pytest.mark.parametrize(
    "other",
    [
        {"wanted": Wanted(today=NOW.date(), since=date(2020, 1, 1))},
        {"wanted": Wanted(today=NOW.date(), until=date(2026, 1, 1))},
        {"wanted": Wanted(today=NOW.date(), query="防災")},
        {"first_year": 2020},
        {"now": NOW + timedelta(minutes=20)},
    ],
)
def test_with_another_question_or_later_it_begins_at_the_source_s_start(runs, other):
    runs.go(runs.crawl(), pages=4)
    runs.go(runs.crawl(**other))

    assert runs.asked == [*PAGES[:4], "index", "list 2023", *PAGES[4:]]
    assert runs.store.extent().documents == 6


def test_another_version_of_kazami_begins_at_the_source_s_start(runs, monkeypatch):
    runs.go(runs.crawl(), pages=4)
    monkeypatch.setattr("crawler.running.source_frontier.__version__", "99")
    runs.go(runs.crawl())

    assert runs.asked[4:6] == ["index", "list 2023"]


def test_a_frontier_that_names_a_parser_of_old_is_not_used(runs, monkeypatch):
    runs.go(runs.crawl(), pages=4)
    monkeypatch.delattr(toy_platform, "parse_list")
    monkeypatch.setattr(toy_platform, "start", lambda source, wanted: iter(()))
    runs.go(runs.crawl())

    assert runs.asked == PAGES[:4]


@pytest.mark.parametrize(
    "error", [FetchError("HTTP 404"), Blocked(HOME, "HTTP 403"), KeyError("a bug")]
)
def test_where_the_first_page_is_refused_it_begins_at_the_source_s_start(runs, error):
    runs.go(runs.crawl(), pages=4)
    report = runs.go(runs.crawl(), lose={"doc 2023-3": error})

    assert runs.asked[4:] == ["doc 2023-3", "index", "list 2023", *PAGES[4:]]
    assert (report.status, report.errors, report.new) == ("ok", [], 4)


@pytest.mark.parametrize("body", ["ログイン".encode(), b"<html>", b"title bug\nday 2023-01-01\nx"])
def test_where_the_first_page_cannot_be_read_it_begins_at_the_source_s_start(runs, body):
    runs.go(runs.crawl(), pages=4)
    report = runs.go(runs.crawl(), bodies={"doc 2023-3": body})

    assert runs.asked[4:] == ["doc 2023-3", "index", "list 2023", *PAGES[4:]]
    assert (report.status, report.errors, report.new) == ("ok", [], 4)


def test_a_host_that_is_left_keeps_the_frontier(runs):
    runs.go(runs.crawl(), pages=4)
    report = runs.go(runs.crawl(), lose={"doc 2023-3": HostLeft("busy")})
    runs.go(runs.crawl())

    assert report.status == "unreachable"
    assert runs.asked == [*PAGES[:4], "doc 2023-3", *PAGES[4:]]


def test_a_page_that_was_lost_is_asked_for_again_after_all_others(runs):
    report = runs.go(runs.crawl(), pages=5, lose={"doc 2023-1": FetchError("HTTP 500")})
    runs.go(runs.crawl())

    assert report.errors == ["HTTP 500"]
    assert runs.asked == [*PAGES, "doc 2023-1"]
    assert runs.store.extent().documents == 6


def test_a_run_that_ended_with_errors_is_ended(runs):
    runs.go(runs.crawl(), lose={"doc 2023-1": FetchError("HTTP 500")})

    assert runs.store.frontier("102032/minutes/toy") is None


def test_a_request_can_be_written_down(runs):
    crawl = runs.crawl()
    context = SimpleNamespace(hosts={"127.0.0.1": SimpleNamespace(name="127.0.0.1")})
    spider = KazamiSpider([crawl], context, lambda: None)
    (request,) = spider._next("127.0.0.1")

    assert pickle.loads(pickle.dumps(request.meta)) == {
        "source": "102032/minutes/toy",
        "key": "index",
        "proxy": None,
    }
    assert pickle.loads(pickle.dumps(request.to_dict(spider=spider)))["callback"] == "read"


def test_the_clock_of_a_real_run_knows_its_zone():
    assert utc_now().utcoffset() == timedelta(0)


def many(runs, number):
    """A crawl that begins with so many pages, as the Diet's does with its months."""
    crawl = runs.crawl()
    (index,) = toy_platform.platform().start(crawl.source, Wanted(today=NOW.date()))
    follows = [replace(index, key=f"month {n}") for n in range(number)]
    crawl.platform = replace(crawl.platform, start=lambda source, wanted: iter(follows))
    return crawl, [each.key for each in follows]


def test_a_site_of_which_nothing_can_be_read_is_not_asked_on_and_on(runs):
    crawl, keys = many(runs, 50)
    report = runs.go(crawl, bodies=dict.fromkeys(keys, b"<html>another site</html>"))
    assert len(runs.asked) == 10
    assert (report.status, report.ok, len(report.errors)) == ("failed", False, 10)
    assert "none of the first 10 answers could be read" in report.note


def test_answers_that_do_not_come_count_as_unread_too(runs):
    crawl, keys = many(runs, 50)
    runs.go(crawl, lose={key: FetchError("HTTP 400") for key in keys})
    assert len(runs.asked) == 10


def test_one_readable_answer_keeps_a_crawl_going(runs):
    crawl, keys = many(runs, 30)
    bodies = dict.fromkeys(keys[3:], b"<html>another site</html>")
    report = runs.go(crawl, bodies=bodies)
    assert set(keys) <= set(runs.asked)
    assert (report.status, len(report.errors)) == ("ok", 27)


def test_a_source_of_which_nothing_was_read_is_not_ok(runs):
    report = runs.go(runs.crawl(), bodies={"index": b"<html>another site</html>"})
    assert (report.status, report.note) == ("failed", "no answer could be read")


def test_a_busy_site_is_asked_again_by_the_next_runs(runs):
    busy = b"<html><title>Server Busy</title></html>"
    for _ in range(3):
        report = runs.go(runs.crawl(), bodies={"doc 2023-1": busy})
        assert (report.status, report.note) == ("failed", "the site was busy; run it again later")
        (line,) = report.errors
        assert "not now: it says 'Server Busy'" in line
        assert "changed" not in line
    assert runs.asked.count("doc 2023-1") == 3
    assert runs.go(runs.crawl()).status == "ok"
    assert runs.asked.count("doc 2023-1") == 4


def test_what_the_source_lost_is_no_changed_page(runs):
    gone = "<html>ERROR:ファイルの読込みに失敗しました</html>".encode()
    report = runs.go(runs.crawl(), bodies={"doc 2023-1": gone})
    (line,) = report.errors
    assert "lost at the source: it says 'ERROR:ファイルの読込みに失敗しました'" in line
    assert report.new == 5
