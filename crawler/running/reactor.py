"""Scrapy on Twisted's reactor: started for a crawl, or met running in another thread."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, AsyncCrawlerRunner
from scrapy.utils.reactor import is_reactor_installed
from twisted.internet.defer import Deferred
from twisted.internet.threads import blockingCallFromThread

from crawler.fetching.handler import RequestContext
from crawler.fetching.turns import Host
from crawler.running.parsing import Parsing
from crawler.running.source_crawl import SourceCrawl
from crawler.running.spider import KazamiSpider


def run_spider(
    crawls: Sequence[SourceCrawl],
    context: RequestContext,
    stop: asyncio.Event,
    parsing: Parsing,
) -> tuple[str, ...]:
    """Run the spider to its end; returns what Scrapy itself calls an error.

    Twisted starts its reactor once in a process. Who wants several crawls in one runs it in a
    thread of its own, and each crawl uses it; Ctrl-C is then theirs.

    Raises what made the spider give up.
    """
    reactor = _running_reactor()
    with _errors_of("scrapy", "twisted", "asyncio") as faults:
        if reactor is None:
            process = AsyncCrawlerProcess(_settings(context))
            crawler = process.create_crawler(KazamiSpider)
            process.crawl(crawler, crawls, context, stop.set)
            with _signals(stop, context.hosts.values(), parsing):
                process.start(install_signal_handlers=False)
        else:
            runner = AsyncCrawlerRunner(_settings(context))
            crawler = runner.create_crawler(KazamiSpider)

            def crawled() -> Deferred[None]:
                return Deferred.fromFuture(runner.crawl(crawler, crawls, context, stop.set))

            blockingCallFromThread(reactor, crawled)  # type: ignore[arg-type]
    spider = crawler.spider
    if isinstance(spider, KazamiSpider) and spider.error is not None:
        raise spider.error
    return tuple(dict.fromkeys(faults))


def _running_reactor() -> Any:
    """The reactor if it runs, else None."""
    if not is_reactor_installed():  # to import it would install another kind
        return None
    from twisted.internet import reactor

    return reactor if reactor.running else None


def _settings(context: RequestContext) -> dict[str, object]:
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
        "CONCURRENT_REQUESTS": 2 * max(1, len(set(context.hosts.values()))),
        # We have no items; Scrapy starts that many tasks for every page all the same.
        "CONCURRENT_ITEMS": 1,
        "DOWNLOAD_MAXSIZE": context.max_bytes,
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
def _signals(stop: asyncio.Event, hosts: Iterable[Host], parsing: Parsing) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the run after the page in hand, the second time at once."""
    from twisted.internet import reactor

    # Counted here, because a reactor that is busy with a page has not yet set ``stop``.
    signals = 0

    def heard(number: int, frame: object) -> None:
        nonlocal signals
        signals += 1
        if signals > 1 or stop.is_set():
            parsing.cut()
            for host in hosts:
                reactor.callFromThread(host.cut)
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
