"""The only spider: it fetches what the platforms ask for, and knows no website."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.fetching.archive import Exchange, TooMuch, decoded
from crawler.fetching.handler import RequestContext
from crawler.fetching.hosts import FetchError, TooLarge, host_of, is_loopback
from crawler.page import Follow, Page
from crawler.running.source_crawl import SourceCrawl
from kazami.errors import KazamiError
from kazami.store import StoreError


class KazamiSpider(scrapy.Spider):
    """All sources of a run. On each host one source after the other, hosts side by side.

    One spider for all, because hosts are shared: what one request at a time means for a host must
    hold over its hundred tenants.
    """

    name = "kazami"

    def __init__(
        self, crawls: Sequence[SourceCrawl], context: RequestContext, stop: Callable[[], None]
    ) -> None:
        super().__init__()
        self.context = context
        self._stop = stop
        self._works = {crawl.source.id: crawl for crawl in crawls}
        self.error: KazamiError | None = None
        self._queues: dict[str, list[SourceCrawl]] = {}
        for crawl in crawls:
            self._queues.setdefault(self._bucket(crawl), []).append(crawl)

    def _bucket(self, crawl: SourceCrawl) -> str:
        """Host names that are asked as one share a Host, and its name."""
        return self.context.hosts[host_of(crawl.source.url)].name

    async def start(self) -> AsyncIterator[Any]:
        for host in self._queues:
            for request in self._next(host):
                yield request

    # The callbacks answer with lists: of a generator Scrapy reads the source at every page, to warn
    # of a return in it.

    def _next(self, host: str) -> list[scrapy.Request]:
        """Begin the host's next source that has anything to fetch."""
        queue = self._queues[host]
        while queue and self.error is None:
            crawl = queue.pop(0)
            try:
                follows = [] if crawl.stopped else crawl.begin()
                if follows:
                    return self._requests(crawl, follows)
                crawl.finish()
            except KazamiError as error:
                self._abort(error)
        return []

    def _requests(self, crawl: SourceCrawl, follows: Sequence[Follow]) -> list[scrapy.Request]:
        # The scheduler takes the last one first: reversed, the site is read in its own order.
        return [self._request(crawl, follow) for follow in reversed(follows)]

    def _request(self, crawl: SourceCrawl, follow: Follow) -> scrapy.Request:
        # Plain values, so that a request can be written down: whose page it is, and which.
        meta: dict[str, object] = {"source": crawl.source.id, "key": follow.key}
        if is_loopback(host_of(follow.url)):
            meta["proxy"] = None  # a proxy of the environment cannot reach this machine
        return scrapy.Request(
            follow.url,
            method=follow.method,
            body=follow.body or b"",
            headers=dict(follow.headers),
            callback=self.read,
            errback=self.lost,
            meta=meta,
            dont_filter=True,  # the frontier goes by keys; a URL may hold a session code
        )

    def read(self, response: Response) -> list[scrapy.Request]:
        """A page came."""
        crawl, follow = self._asked(response.meta)
        exchange = self._exchange(crawl, follow, response)
        try:
            try:
                body = decoded(
                    exchange.body, exchange.header("content-encoding"), self.context.max_bytes
                )
            except ValueError as error:
                kind = TooLarge if isinstance(error, TooMuch) else FetchError
                follows = crawl.lost(follow, kind(f"{response.url}: {error}"))
            else:
                page = Page(response.url, body, exchange.header("content-type"), exchange.cookies)
                follows = crawl.read(follow, exchange, page)
        except KazamiError as error:
            self._abort(error)
            return []
        return self._requests(crawl, follows) + self._closed(crawl)

    def lost(self, failure: Failure) -> list[scrapy.Request]:
        """A page did not come."""
        crawl, follow = self._asked(failure.request.meta)  # type: ignore[attr-defined]
        assert isinstance(failure.value, Exception)
        try:
            if isinstance(failure.value, StoreError):  # the log of fetches
                raise failure.value
            follows = crawl.lost(follow, failure.value)
        except KazamiError as error:
            self._abort(error)
            return []
        return self._requests(crawl, follows) + self._closed(crawl)

    def _asked(self, meta: Mapping[str, Any]) -> tuple[SourceCrawl, Follow]:
        crawl = self._works[meta["source"]]
        return crawl, crawl.frontier.page(meta["key"])

    def _closed(self, crawl: SourceCrawl) -> list[scrapy.Request]:
        if not crawl.done:
            return []
        try:
            crawl.finish()
        except KazamiError as error:
            self._abort(error)
        return self._next(self._bucket(crawl))

    def _exchange(self, crawl: SourceCrawl, follow: Follow, response: Response) -> Exchange:
        request = response.request
        assert request is not None
        return Exchange(
            source=crawl.source.id,
            key=follow.key,
            parser=follow.parse.__name__,
            cb_kwargs=follow.cb_kwargs,
            url=response.url,
            method=request.method,
            request_headers=_pairs(request.headers),
            request_body=request.body,
            status=response.status,
            headers=_pairs(response.headers),
            body=response.body,
            fetched=self.context.clock(),
        )

    def _abort(self, error: KazamiError) -> None:
        """Without a disk there is no going on: stop all, keep the error for the caller."""
        self.error = self.error or error
        self._stop()


def _pairs(headers: scrapy.http.Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    )
