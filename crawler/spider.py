"""The only spider: it fetches what the platforms ask for, and knows no website."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.fetching import Door, Visit
from crawler.manners import FetchError, host_of, is_loopback
from crawler.page import Follow, Page
from crawler.raw import Exchange, decoded
from crawler.work import Work
from kazami.errors import KazamiError


class KazamiSpider(scrapy.Spider):
    """All sources of a run. On each host one source after the other, hosts side by side.

    One spider for all, because hosts are shared: what one request at a time means for a host must
    hold over its hundred tenants.
    """

    name = "kazami"

    def __init__(self, works: Sequence[Work], door: Door) -> None:
        super().__init__()
        self.door = door
        self.error: KazamiError | None = None
        self._queues: dict[str, list[Work]] = {}
        for work in works:
            self._queues.setdefault(self._bucket(work), []).append(work)

    def _bucket(self, work: Work) -> str:
        """Host names that are asked as one share a Host, and its name."""
        return self.door.hosts[host_of(work.source.url)].name

    async def start(self) -> AsyncIterator[Any]:
        for host in self._queues:
            for request in self._next(host):
                yield request

    def _next(self, host: str) -> Iterator[scrapy.Request]:
        """Begin the host's next source that has anything to fetch."""
        queue = self._queues[host]
        while queue and self.error is None:
            work = queue.pop(0)
            try:
                follows = [] if work.stopped else work.begin()
                if follows:
                    yield from self._requests(work, follows)
                    return
                work.finish()
            except KazamiError as error:
                self._abort(error)

    def _requests(self, work: Work, follows: Sequence[Follow]) -> Iterator[scrapy.Request]:
        # The scheduler takes the last one first: reversed, the site is read in its own order.
        for follow in reversed(follows):
            meta: dict[str, object] = {"visit": Visit(work, follow)}
            if is_loopback(host_of(follow.url)):
                meta["proxy"] = None  # a proxy of the environment cannot reach this machine
            yield scrapy.Request(
                follow.url,
                method=follow.method,
                body=follow.body or b"",
                headers=dict(follow.headers),
                callback=self.read,
                errback=self.lost,
                meta=meta,
                dont_filter=True,  # Work knows each page by its key; a URL may hold a session code
            )

    def read(self, response: Response) -> Iterator[scrapy.Request]:
        """A page came."""
        visit: Visit = response.meta["visit"]
        work, follow = visit.work, visit.follow
        exchange = self._exchange(visit, response)
        try:
            try:
                body = decoded(
                    exchange.body, exchange.header("content-encoding"), self.door.max_bytes
                )
            except ValueError as error:
                work.lost(follow, FetchError(f"{response.url}: {error}"))
                follows = []
            else:
                page = Page(response.url, body, exchange.header("content-type"), exchange.cookies)
                follows = work.read(follow, exchange, page)
        except KazamiError as error:
            self._abort(error)
            return
        yield from self._requests(work, follows)
        yield from self._closed(work)

    def lost(self, failure: Failure) -> Iterator[scrapy.Request]:
        """A page did not come."""
        visit: Visit = failure.request.meta["visit"]  # type: ignore[attr-defined]
        assert isinstance(failure.value, Exception)
        visit.work.lost(visit.follow, failure.value)
        yield from self._closed(visit.work)

    def _closed(self, work: Work) -> Iterator[scrapy.Request]:
        if work.done:
            try:
                work.finish()
            except KazamiError as error:
                self._abort(error)
            else:
                yield from self._next(self._bucket(work))

    def _exchange(self, visit: Visit, response: Response) -> Exchange:
        request = response.request
        assert request is not None
        return Exchange(
            source=visit.work.source.id,
            key=visit.follow.key,
            parser=visit.follow.parse.__name__,
            carry=visit.follow.carry,
            url=response.url,
            method=request.method,
            request_headers=_pairs(request.headers),
            request_body=request.body,
            status=response.status,
            headers=_pairs(response.headers),
            body=response.body,
            fetched=self.door.clock(),
        )

    def _abort(self, error: KazamiError) -> None:
        """Without a disk there is no going on: stop all, keep the error for the caller."""
        self.error = self.error or error
        for host in self.door.hosts.values():
            host.leave(str(error))


def _pairs(headers: scrapy.http.Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    )
