"""Hosts and locks are interfaces: what many machines will share is played here in memory."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

import crawler.running.crawl
from crawler.fetching.hosts import HostLeft, Interrupted
from crawler.fetching.turns import LocalHost
from crawler.page import Wanted
from crawler.running.locking import CrawlLocked
from crawler.running.sharing import OneProcess
from kazami.document import Kind
from kazami.settings import load_settings
from kazami.sources import Source
from kazami.store import open_folder
from tests.crawls import toy_platform
from tests.crawls.toy_site import years

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)


class SharedHost:
    """A host in a table that several crawls look into."""

    def __init__(self, name, table):
        self.name = name
        self.row = table.setdefault(
            name, {"turns": 0, "left": None, "delay": 0.0, "lock": asyncio.Lock()}
        )

    @asynccontextmanager
    async def turn(self):
        async with self.row["lock"]:
            if self.row["left"]:
                raise HostLeft(f"{self.name}: {self.row['left']}")
            yield
            self.row["turns"] += 1

    async def slow_down(self, delay):
        self.row["delay"] = max(self.row["delay"], delay)

    async def hold_off(self, seconds, why):
        pass

    async def leave(self, reason):
        self.row["left"] = reason

    async def answered(self):
        pass

    async def failed(self, problem):
        await self.leave(problem)

    async def refused(self, source, reason):
        pass

    def cut(self):
        pass


class Cluster:
    """The interface of Sharing over a table of hosts and a set of locks."""

    def __init__(self):
        self.hosts, self.held = {}, False

    @contextmanager
    def hold(self):
        if self.held:
            raise CrawlLocked("another machine crawls here")
        self.held = True
        try:
            yield
        finally:
            self.held = False

    def host(self, name, delay, stop, waiting):
        return SharedHost(name, self.hosts)


def visit(data, url, sharing, monkeypatch):
    monkeypatch.setattr(crawler.running.crawl, "platform", lambda name: toy_platform.platform())
    source = Source(body="102032", kind=Kind.MINUTES, platform="toy", url=url)
    with open_folder(data) as store:
        return crawler.running.crawl.crawl(
            store,
            [source],
            load_settings(data, {"KAZAMI_RETRIES": "0"}),
            Wanted(today=date(2025, 6, 1)),
            clock=lambda: NOW,
            sharing=sharing,
        )


def test_a_crawl_goes_by_the_turns_and_the_lock_that_others_share(tmp_path, reactor, monkeypatch):
    cluster = Cluster()
    with years(2023, 2023, 3) as site:
        site.robots = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
        report = visit(tmp_path, site.url(), cluster, monkeypatch)

    host = cluster.hosts["127.0.0.1"]
    assert report.ok
    assert host["turns"] == len(site.asked) == 6
    assert host["delay"] == 7.0
    assert not cluster.held
    assert not (tmp_path / "crawl.lock").exists()


def test_what_one_machine_learns_of_a_host_holds_for_the_other(tmp_path, reactor, monkeypatch):
    cluster = Cluster()
    with years(2023, 2023, 3) as site:
        site.special["/a/list/2023"] = lambda before: (500, {}, b"")
        visit(tmp_path / "one", site.url(), cluster, monkeypatch)
        site.asked.clear()
        report = visit(tmp_path / "two", site.url(), cluster, monkeypatch)

    assert report.sources[0].status == "unreachable"
    assert "HTTP 500" in report.sources[0].note
    assert site.asked == []


def test_the_lock_that_is_shared_keeps_a_second_crawl_out(tmp_path, reactor, monkeypatch):
    cluster = Cluster()
    with (
        cluster.hold(),
        years(2023, 2023, 1) as site,
        pytest.raises(CrawlLocked, match="another machine"),
    ):
        visit(tmp_path, site.url(), cluster, monkeypatch)
    assert site.asked == []


def test_one_process_holds_its_data_directory(tmp_path):
    with OneProcess(tmp_path).hold(), pytest.raises(CrawlLocked, match=r"process \d+ is crawling"):
        OneProcess(tmp_path).hold().__enter__()
    with OneProcess(tmp_path).hold():
        pass


def test_a_data_directory_that_is_none_is_refused_in_one_line(tmp_path):
    (tmp_path / "data").write_text("a file", "utf-8")
    with pytest.raises(CrawlLocked, match=r"crawl\.lock: cannot be written"):
        OneProcess(tmp_path / "data").hold().__enter__()


def local(stop=None, waits=None, delay=0.05):
    return LocalHost(
        "h.example",
        delay,
        stop or asyncio.Event(),
        lambda *wait: None if waits is None else waits.append(wait),
    )


async def taken(host):
    async with host.turn():
        return time.monotonic()


def test_turns_come_one_at_a_time_and_a_delay_apart():
    async def play():
        waits = []
        host = local(waits=waits)
        times = await asyncio.gather(*(taken(host) for _ in range(3)))
        return sorted(times), waits

    times, waits = asyncio.run(play())
    assert min(b - a for a, b in pairwise(times)) >= 0.05
    assert [(name, why) for name, _, why in waits] == [("h.example", "politeness")] * 2


def test_a_host_that_asks_to_wait_is_not_asked_before():
    async def play():
        waits = []
        host = local(waits=waits)
        await host.hold_off(0.1, "HTTP 429")
        began = time.monotonic()
        return await taken(host) - began, waits

    waited, ((_, _, why),) = asyncio.run(play())
    assert waited >= 0.1
    assert why == "HTTP 429"


def test_a_host_is_left_after_ten_failures_in_a_row_or_two_refusals():
    async def play(*, between):
        host = local(delay=0.0)
        for n in range(10):
            await host.failed("HTTP 500")
            if n == between:
                await host.answered()
        await taken(host)

    asyncio.run(play(between=5))
    with pytest.raises(HostLeft, match="10 failures in a row, the last: HTTP 500"):
        asyncio.run(play(between=None))

    async def refusing(*sources):
        host = local(delay=0.0)
        for source in sources:
            await host.refused(source, "HTTP 403")
        await taken(host)

    asyncio.run(refusing("a", "a"))
    with pytest.raises(HostLeft, match="refused 2 sources"):
        asyncio.run(refusing("a", "b"))


def test_who_waits_for_a_turn_hears_of_the_end():
    async def play():
        stop = asyncio.Event()
        host = local(stop, delay=600.0)
        await taken(host)
        waiting = asyncio.ensure_future(taken(host))
        await asyncio.sleep(0.01)
        stop.set()
        await waiting

    with pytest.raises(Interrupted):
        asyncio.run(play())
