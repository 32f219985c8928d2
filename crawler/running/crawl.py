"""Crawling, as one call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from crawler.fetching.archive import Archive
from crawler.fetching.handler import RequestContext
from crawler.fetching.hosts import ContactMissing, homes, host_of, is_loopback, user_agent
from crawler.fetching.robots import Robots
from crawler.fetching.turns import Host
from crawler.page import Wanted
from crawler.permission.robots_history import FILE as ROBOTS_HISTORY
from crawler.permission.robots_history import RobotsHistory
from crawler.permission.standing import JAPAN, barred
from crawler.platform import platform
from crawler.running.books import utc_now
from crawler.running.events import EventCallback, RunStarted, Waiting
from crawler.running.parsing import Parsing
from crawler.running.reactor import run_spider
from crawler.running.report import Report, Status
from crawler.running.sharing import OneProcess, Sharing
from crawler.running.source_crawl import SourceCrawl
from kazami.permission import PERMISSIONS, Permission, load_permissions
from kazami.settings import Settings
from kazami.sources import Source
from kazami.store import Store


def crawl(
    store: Store,
    sources: Sequence[Source],
    settings: Settings,
    wanted: Wanted,
    *,
    limit: int | None = None,
    progress: EventCallback | None = None,
    clock: Callable[[], datetime] = utc_now,
    sharing: Sharing | None = None,
) -> Report:
    """Visit the sources, archive what they answer, store the documents; says what came of it.

    ``limit`` stops each source after so many documents. Ctrl-C ends it after the page in hand,
    a second one at once. ``sharing`` says who else crawls into this store; None: no other machine.

    Raises ContactMissing, CrawlLocked, UnknownPlatform, SourceError (permissions.toml),
    RobotsHistoryError (robots.json), and StoreError or ArchiveError where the disk refuses; pages
    that fail are in the report.
    """
    tell = progress or (lambda event: None)
    platforms = {source.platform: platform(source.platform) for source in sources}
    permissions = load_permissions(settings.data_dir / PERMISSIONS)
    if not settings.contact and not all(is_loopback(host_of(source.url)) for source in sources):
        raise ContactMissing
    sharing = sharing or OneProcess(settings.data_dir)
    with sharing.hold():
        history = RobotsHistory(settings.data_dir / ROBOTS_HISTORY)
        started = clock()
        run = store.start_run(started, " ".join(source.id for source in sources))
        tell(RunStarted(len(sources), len({source.body for source in sources})))
        stop = asyncio.Event()
        with Archive(settings.data_dir, run, started) as archive, Parsing() as parsing:
            crawls = [
                SourceCrawl(
                    source,
                    platforms[source.platform],
                    store=store,
                    archive=archive,
                    parsing=parsing,
                    run=run,
                    wanted=wanted,
                    months=settings.recheck_months,
                    limit=limit,
                    clock=clock,
                    tell=tell,
                    barred=barred(source, permissions.get(source.id), history),
                )
                for source in sources
            ]
            hosts = _hosts(crawls, permissions, sharing, stop, tell)
            context = RequestContext(
                requesters={each.source.id: each for each in crawls},
                hosts=hosts,
                permissions=permissions,
                robots=Robots(
                    lambda url, status, robots: history.see(
                        url, status, robots, clock().astimezone(JAPAN).date()
                    )
                ),
                history=history,
                agent=user_agent(settings.contact),
                retries=settings.retries,
                max_bytes=settings.max_response_mb * 1_000_000,
                clock=clock,
            )
            try:
                faults = run_spider(crawls, context, stop, parsing)
            finally:
                history.save()
        interrupted = stop.is_set()
        for each in crawls:
            if not each.closed:
                each.stop(
                    Status.INTERRUPTED if interrupted else Status.FAILED,
                    None if interrupted else "the crawl ended before this source did",
                )
                each.finish()
        finished = clock()
        report = Report(
            run=run,
            started=started,
            finished=finished,
            sources=tuple(each.report for each in crawls),
            faults=faults,
            interrupted=interrupted,
        )
        outcome = Status.OK if report.ok else Status.FAILED
        store.finish_run(run, finished, Status.INTERRUPTED if interrupted else outcome)
        return report


def _hosts(
    crawls: Sequence[SourceCrawl],
    permissions: dict[str, Permission],
    sharing: Sharing,
    stop: asyncio.Event,
    tell: EventCallback,
) -> dict[str, Host]:
    """By name; the names of one bucket share the Host, and with it the turn and the delay."""
    buckets: dict[str, str] = {}
    delays: dict[str, float] = {}
    for each in crawls:
        for name in map(host_of, homes(each.source)):
            bucket = buckets[name] = each.platform.bucket(name)
            delay = host_delay(each, permissions.get(each.source.id))
            delays[bucket] = max(delays.get(bucket, 0.0), delay)

    def waiting(name: str, seconds: float, why: str) -> None:
        tell(Waiting(name, seconds, why))

    hosts = {bucket: sharing.host(bucket, delay, stop, waiting) for bucket, delay in delays.items()}
    return {name: hosts[bucket] for name, bucket in buckets.items()}


def host_delay(crawl: SourceCrawl, permission: Permission | None) -> float:
    """The longest delay that source, platform and permission ask for, in seconds.

    Only this machine is asked without the platform's delay.
    """
    return max(
        crawl.source.delay or 0.0,
        0.0 if is_loopback(host_of(crawl.source.url)) else crawl.platform.delay,
        (permission.minimum_delay if permission else None) or 0.0,
    )
