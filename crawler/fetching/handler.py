"""The only way to the network: every request of a crawl passes here, and behaves."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urljoin

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response

from crawler.fetching import heads
from crawler.fetching.hosts import (
    LONGEST_WAIT,
    MOST_REDIRECTS,
    TIMEOUT,
    FetchError,
    GoneAtSource,
    HostLeft,
    Interrupted,
    LedAway,
    TooLarge,
    homes,
    host_of,
    is_loopback,
    retry_after,
    same_site,
)
from crawler.fetching.robots import Robots
from crawler.fetching.turns import Host
from crawler.page import Blocked
from crawler.permission.robots import LONGEST_DELAY, Reading, Rules
from crawler.permission.robots_history import RobotsHistory
from crawler.permission.standing import (
    NeedsPermission,
    check_hours,
    overrides_robots,
    waits,
)
from kazami.permission import Permission
from kazami.sources import Source

_NO_ANSWER = {
    DownloadTimeoutError: f"no complete answer within {TIMEOUT:.0f} s",
    DownloadConnectionRefusedError: "connection refused",
    CannotResolveHostError: "unknown host name",
    ResponseDataLossError: "the connection closed in the middle of the page",
    DownloadFailedError: "the connection broke",
}
_ACCEPT = "text/html,application/xhtml+xml,application/json,*/*;q=0.8"

_REFUSALS = (401, 403, 407, 451)
_GONE = (404, 410)
_REDIRECTS = (301, 302, 303, 307, 308)


class Requester(Protocol):
    """For whom a page is fetched."""

    source: Source

    @property
    def stopped(self) -> bool:
        """Whether nothing more may be fetched for it."""
        ...

    def log(
        self, url: str, method: str, status: int | None, body: bytes, fetched: datetime, took: float
    ) -> None:
        """Note one request, whatever came of it; ``took`` in seconds."""
        ...


@dataclass(slots=True)
class RequestContext:
    """What decides on a request: who asks, the hosts, permissions, robots.txt, retries.

    ``requesters`` are by source id, which stands in a request's meta as ``source``; ``hosts`` by
    name. ``history`` remembers what each robots.txt said the last time.
    """

    requesters: Mapping[str, Requester]
    hosts: Mapping[str, Host]
    permissions: Mapping[str, Permission]
    robots: Robots
    history: RobotsHistory
    agent: str
    retries: int
    max_bytes: int
    clock: Callable[[], datetime]


class PoliteHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler, made polite.

    It stands at the lowest place that Scrapy has, so that nothing above (start requests,
    retries, redirects, robots.txt itself) can leave without its turn. Answers with HTTP 200 pass;
    everything else is raised: FetchError, HostLeft, Blocked, NeedsPermission, Suspended, NotNow,
    Interrupted.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = heads.LimitedHeadFactory

    async def download_request(self, request: Request) -> Response:
        requester = self._context.requesters[request.meta["source"]]
        for _ in range(MOST_REDIRECTS + 1):
            await self._check_robots(requester, request)
            response = await self._answer(requester, request)
            if response.status not in _REDIRECTS:
                return _judged(response)
            request = _redirected(request, response, homes(requester.source))
        raise FetchError(f"{request.url}: more than {MOST_REDIRECTS} redirects in a row")

    @property
    def _context(self) -> RequestContext:
        context: RequestContext = self.crawler.spider.context  # type: ignore[union-attr]
        return context

    async def _check_robots(self, requester: Requester, request: Request) -> None:
        source, context = requester.source, self._context
        permission = context.permissions.get(source.id)
        free = overrides_robots(permission)

        async def fetch(url: str) -> tuple[int, bytes, str | None]:
            asked = Request(url, meta=dict(request.meta))
            for _ in range(MOST_REDIRECTS + 1):
                response = await self._answer(requester, asked)
                if response.status not in _REDIRECTS:
                    coding = _header(response, "Content-Encoding")
                    return response.status, response.body, coding
                asked = _redirected(asked, response, [url])
            # RFC 9309, 2.3.1.2 would let it count as absent; it may as well forbid.
            raise FetchError(f"{url}: more than {MOST_REDIRECTS} redirects in a row")

        host = context.hosts[host_of(request.url)]
        try:
            rules = await context.robots.rules(request.url, fetch)
        except (FetchError, Blocked):
            if free:
                return  # the assembly's word stands where robots.txt cannot be read
            raise
        if suspended := waits(source, request.url, permission, context.history):
            raise suspended
        if rules.robots.reading is Reading.UNREADABLE:
            rules = Rules(rules.robots, accepted=True)  # a person let it stand, or the assembly
        if rules.delay <= LONGEST_DELAY or not free:
            await host.slow_down(rules.delay)
        if not free and not rules.allow(request.url):
            raise NeedsPermission(source, request.url)

    async def _answer(self, requester: Requester, request: Request) -> Response:
        """The answer to one request, tried again where that may help."""
        context = self._context
        host = context.hosts[host_of(request.url)]
        problem = ""
        for attempt in range(context.retries + 1):
            try:
                response = await self._once(requester, host, request)
            except tuple(_NO_ANSWER) as error:
                problem, wait = f"{request.url}: {_NO_ANSWER[type(error)]}", None
            else:
                if response.status in _REFUSALS:
                    await host.refused(requester.source.id, f"HTTP {response.status}")
                if response.status != 429 and response.status < 500:
                    await host.answered()
                    return response
                problem = f"{request.url}: HTTP {response.status}"
                wait = retry_after(_header(response, "Retry-After") or "", context.clock())
            if wait is not None and wait > LONGEST_WAIT:
                await host.leave(f"it asks to come back in {wait:.0f} s")
                raise HostLeft(f"{problem}, Retry-After {wait:.0f} s: run it again then")
            await host.hold_off(_back_off(host.name, attempt) if wait is None else wait, problem)
        if ": HTTP 429" in problem:
            await host.leave(f"too many requests, even after waiting ({problem})")
        await host.failed(problem)
        raise FetchError(f"{problem}, {context.retries + 1} times")

    async def _once(self, requester: Requester, host: Host, request: Request) -> Response:
        context = self._context
        async with host.turn():
            # Asked here, after the wait: meanwhile the hour may have come or the source stopped.
            if requester.stopped:
                raise Interrupted
            check_hours(context.permissions.get(requester.source.id), context.clock())
            request.headers["User-Agent"] = context.agent
            request.headers["Accept-Encoding"] = "gzip, deflate"
            request.headers.setdefault("Accept", _ACCEPT)
            request.headers.setdefault("Accept-Language", "ja,en;q=0.5")
            request.meta["download_timeout"] = TIMEOUT
            began = time.perf_counter()
            response = None
            try:
                response = await super().download_request(request)
            except DownloadCancelledError as error:
                raise TooLarge(
                    f"{request.url}: larger than {context.max_bytes // 1_000_000} MB "
                    "(max_response_mb); refused"
                ) from error
            except DownloadFailedError as error:
                if heads.is_too_long(error.__cause__):
                    raise FetchError(
                        f"{request.url}: more than {heads.MOST_BYTES // 1024} kB of headers; "
                        "refused"
                    ) from error
                raise
            finally:
                requester.log(
                    request.url,
                    request.method,
                    response.status if response else None,
                    response.body if response else b"",
                    context.clock(),
                    time.perf_counter() - began,
                )
        return response


def _back_off(host: str, attempt: int) -> float:
    """Seconds to wait before trying again for the ``attempt``-th time, counting from 0."""
    return float((0.1 if is_loopback(host) else 10) * 3**attempt)


def _judged(response: Response) -> Response:
    if response.status in _REFUSALS:
        raise Blocked(response.url, f"HTTP {response.status}")
    if response.status != 200:
        lost = GoneAtSource if response.status in _GONE else FetchError
        raise lost(f"{response.url}: HTTP {response.status}{_said(response)}")
    return response


def _said(response: Response) -> str:
    """What an API says of its error, so that a person need not look it up."""
    if "json" not in (_header(response, "Content-Type") or ""):
        return ""
    return ": " + " ".join(response.body[:300].decode("utf-8", "replace").split())


def _redirected(request: Request, response: Response, allowed: Sequence[str]) -> Request:
    place = _header(response, "Location")
    if not place:
        raise FetchError(f"{request.url}: HTTP {response.status} without Location")
    url = urljoin(request.url, place)
    if not any(same_site(url, home) for home in allowed):
        raise LedAway(request.url, url, allowed[0])
    # RFC 9110, 15.4: 307 and 308 keep the method, the others become GET as all browsers do.
    if response.status in (307, 308) or request.method in ("GET", "HEAD"):
        return request.replace(url=url)
    headers = request.headers.copy()
    headers.pop("Content-Type", None)
    return request.replace(url=url, method="GET", body=b"", headers=headers)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
