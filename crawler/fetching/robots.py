"""The robots.txt of every origin that a run asks: fetched before all else, once a day."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from crawler.fetching.archive import decoded
from crawler.fetching.hosts import FetchError, HostLeft
from crawler.page import Blocked
from crawler.permission.robots import RobotsTxt, Rules, read_robots, unpackable

RobotsFetch = Callable[[str], Awaitable[tuple[int, bytes, str | None]]]
"""Gives status, body as sent and Content-Encoding of an address."""

_MOST_UNPACKED = 5_000_000
"""Bytes of an unpacked robots.txt; a longer one is not read."""


class Robots:
    """The robots.txt of every origin that this run asks, each fetched once a day.

    RFC 9309, 2.4: a copy should not be used for more than 24 hours. ``seen`` is told address,
    status and reading of each that was answered.
    """

    def __init__(self, seen: Callable[[str, int, RobotsTxt], None]) -> None:
        self._seen = seen
        self._rules: dict[tuple[str, int], asyncio.Future[Rules]] = {}

    async def rules(self, url: str, fetch: RobotsFetch) -> Rules:
        """The rules for ``url``; ``fetch`` asks for the address of robots.txt.

        RFC 9309, 2.3.1: absent is allowed; unreachable or a server error is forbidden, which is
        raised as FetchError for every URL of that origin. A refusal (401, 403) raises Blocked.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        today = (origin, int(time.monotonic() // 86_400))
        known = self._rules.get(today)
        if known is not None and known.done():
            return known.result()
        if known is None:
            self._rules[today] = asyncio.ensure_future(self._look(f"{origin}/robots.txt", fetch))
        try:
            return await asyncio.shield(self._rules[today])
        except (FetchError, Blocked):
            raise
        except BaseException:
            # What kept one source from asking (its hours, its end) says nothing of the others.
            self._rules.pop(today, None)
            raise

    async def _look(self, url: str, fetch: RobotsFetch) -> Rules:
        status, robots = await _robots_txt(url, fetch)
        self._seen(url, status, robots)
        return Rules(robots)


async def _robots_txt(url: str, fetch: RobotsFetch) -> tuple[int, RobotsTxt]:
    try:
        status, body, coding = await fetch(url)
    except FetchError as error:
        raise HostLeft(f"{error}: without robots.txt nothing is fetched from there") from error
    if status in (401, 403):
        raise Blocked(url, f"HTTP {status}")
    if 400 <= status < 500 and status != 429:
        return status, read_robots(b"")
    if status != 200:
        raise HostLeft(f"{url}: HTTP {status}: without robots.txt nothing is fetched from there")
    try:
        return status, read_robots(decoded(body, coding, _MOST_UNPACKED))
    except ValueError as error:
        return status, unpackable(body, str(error))
