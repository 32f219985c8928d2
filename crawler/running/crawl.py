"""Crawling, as one call: the only door to Scrapy."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from scrapy.crawler import AsyncCrawlerProcess

from crawler.fetching.archive import Archive
from crawler.fetching.handler import Door
from crawler.fetching.hosts import (
    ContactMissing,
    Host,
    Robots,
    host_of,
    is_loopback,
    user_agent,
)
from crawler.page import Wanted
from crawler.permission.robots_history import FILE as LOOKS
from crawler.permission.robots_history import Looks
from crawler.permission.standing import JAPAN, barred
from crawler.platform import platform
from crawler.running.events import RunStarted, Tell
from crawler.running.locking import locked
from crawler.running.report import Report, Status
from crawler.running.source_crawl import Work, homes, utc_now
from crawler.running.spider import KazamiSpider
from kazami.settings import Settings
from kazami.sources import PERMISSIONS, Permission, Source, load_permissions
from kazami.store import Store


def crawl(
    store: Store,
    sources: Sequence[Source],
    settings: Settings,
    wanted: Wanted,
    *,
    limit: int | None = None,
    progress: Tell | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Report:
    """Visit the sources, archive what they answer, store the documents; says what came of it.

    ``limit`` stops each source after so many documents. Ctrl-C ends it after the page in hand,
    a second one at once. Twisted allows one crawl in a process.

    Raises ContactMissing, CrawlLocked, UnknownPlatform, SourceError (permissions.toml),
    RobotsLedgerError (robots.json), and StoreError or ArchiveError where the disk refuses; pages
    that fail are in the report.
    """
    tell = progress or (lambda event: None)
    platforms = {source.platform: platform(source.platform) for source in sources}
    permissions = load_permissions(settings.data_dir / PERMISSIONS)
    if not settings.contact and not all(is_loopback(host_of(source.url)) for source in sources):
        raise ContactMissing
    with locked(settings.data_dir):
        looks = Looks(settings.data_dir / LOOKS)
        started = clock()
        run = store.start_run(started, " ".join(source.id for source in sources))
        tell(RunStarted(len(sources), len({source.body for source in sources})))
        stop = asyncio.Event()
        with Archive(settings.data_dir, run, started) as archive:
            works = [
                Work(
                    source,
                    platforms[source.platform],
                    store=store,
                    archive=archive,
                    run=run,
                    wanted=wanted,
                    months=settings.recheck_months,
                    limit=limit,
                    clock=clock,
                    tell=tell,
                    barred=barred(source, permissions.get(source.id), looks),
                )
                for source in sources
            ]
            hosts = _hosts(works, permissions, stop, tell)
            door = Door(
                hosts=hosts,
                permissions=permissions,
                robots=Robots(
                    lambda url, status, body: looks.see(
                        url, status, body, clock().astimezone(JAPAN).date()
                    )
                ),
                looks=looks,
                agent=user_agent(settings.contact),
                retries=settings.retries,
                max_bytes=settings.max_response_mb * 1_000_000,
                clock=clock,
            )
            try:
                faults = _run_scrapy(works, door, stop)
            finally:
                looks.save()
        interrupted = stop.is_set()
        for work in works:
            if not work.closed:
                work.stop(
                    Status.INTERRUPTED if interrupted else Status.FAILED,
                    None if interrupted else "the crawl ended before this source did",
                )
                work.finish()
        finished = clock()
        report = Report(
            run=run,
            started=started,
            finished=finished,
            sources=tuple(work.report for work in works),
            faults=faults,
            interrupted=interrupted,
        )
        outcome = Status.OK if report.ok else Status.FAILED
        store.finish_run(run, finished, Status.INTERRUPTED if interrupted else outcome)
        return report


def _hosts(
    works: Sequence[Work], permissions: dict[str, Permission], stop: asyncio.Event, tell: Tell
) -> dict[str, Host]:
    """By name; the names of one bucket share the Host, and with it the turn and the delay."""
    hosts: dict[str, Host] = {}
    buckets: dict[str, Host] = {}
    for work in works:
        for name in map(host_of, homes(work.source)):
            bucket = work.platform.bucket(name)
            host = hosts[name] = buckets.setdefault(bucket, Host(bucket, 0.0, stop, tell))
            host.delay = max(host.delay, host_delay(work, permissions.get(work.source.id)))
    return hosts


def host_delay(work: Work, permission: Permission | None) -> float:
    """The longest delay that source, platform and permission ask for, in seconds.

    Only this machine is asked without the platform's delay.
    """
    return max(
        work.source.delay or 0.0,
        0.0 if is_loopback(host_of(work.source.url)) else work.platform.delay,
        (permission.minimum_delay if permission else None) or 0.0,
    )


def _run_scrapy(works: Sequence[Work], door: Door, stop: asyncio.Event) -> tuple[str, ...]:
    """Run the spider to its end; returns what Scrapy itself calls an error."""
    process = AsyncCrawlerProcess(_settings(door))
    crawler = process.create_crawler(KazamiSpider)
    process.crawl(crawler, works, door)
    with _errors_of("scrapy", "twisted", "asyncio") as faults, _signals(stop, door.hosts.values()):
        process.start(install_signal_handlers=False)
    spider = crawler.spider
    if isinstance(spider, KazamiSpider) and spider.error is not None:
        raise spider.error
    return tuple(dict.fromkeys(faults))


def _settings(door: Door) -> dict[str, object]:
    return {
        "DOWNLOAD_HANDLERS": {
            "http": "crawler.fetching.handler.PoliteHandler",
            "https": "crawler.fetching.handler.PoliteHandler",
            "ftp": None,
            "file": None,
            "data": None,
            "s3": None,
        },
        # robots.txt, redirects, retries and delays are the handler's: below all of these.
        "ROBOTSTXT_OBEY": False,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOADER_MIDDLEWARES_BASE": {
            "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
        },
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "TELNETCONSOLE_ENABLED": False,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        # One in the air and one ready behind it for every host: more would only wait, and lose
        # the order of the site.
        "CONCURRENT_REQUESTS": 2 * max(1, len(set(door.hosts.values()))),
        # We have no items; Scrapy starts that many tasks for every page all the same.
        "CONCURRENT_ITEMS": 1,
        "DOWNLOAD_MAXSIZE": door.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
    }


@contextmanager
def _errors_of(*names: str) -> Iterator[list[str]]:
    """Collect what these loggers call an error, and keep them from the terminal."""
    faults: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            faults.append(" ".join(record.getMessage().split()))

    collector = Collector(logging.ERROR)
    loggers = [logging.getLogger(name) for name in names]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(collector)
        logger.setLevel(logging.ERROR)
        logger.propagate = False
    try:
        yield faults
    finally:
        for logger, (level, propagate) in zip(loggers, before, strict=True):
            logger.removeHandler(collector)
            logger.setLevel(level)
            logger.propagate = propagate
        logging.captureWarnings(False)


@contextmanager
def _signals(stop: asyncio.Event, hosts: Collection[Host]) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the run after the page in hand, the second time at once."""
    from twisted.internet import reactor

    def heard(number: int, frame: object) -> None:
        if stop.is_set():
            for host in hosts:
                reactor.callFromThread(host.cut)
        else:
            reactor.callFromThread(stop.set)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
