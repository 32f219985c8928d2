"""How we behave towards a host: one request at a time, delays, robots.txt, our name."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from protego import Protego

from crawler.page import Blocked
from crawler.running.events import Event, Waiting
from kazami import __version__
from kazami.errors import KazamiError

ROBOT = "kazami"
"""The name that robots.txt knows us by."""

TIMEOUT = 60.0
"""Seconds until an answer must be complete."""

LONGEST_WAIT = 600.0
"""Seconds that Retry-After may ask for; a host that asks for more is left for this run."""

MOST_REDIRECTS = 5
ROBOTS_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 KiB must be read."""

_FAILURES = 10
"""After so many failures in a row a host is left for this run."""

_REFUSALS = 2
"""After it refused so many sources, a host is left for this run."""


class FetchError(KazamiError):
    """A page could not be fetched: time-out, HTTP error, too large, a redirect elsewhere."""


class HostLeft(FetchError):
    """The host is asked nothing more in this run."""


class Interrupted(KazamiError):
    """The run is being stopped."""

    def __init__(self) -> None:
        super().__init__("interrupted")


class ContactMissing(KazamiError):
    """Nobody is asked for pages without saying who asks."""

    def __init__(self) -> None:
        super().__init__(
            'no contact: set contact = "a URL or mail address" in kazami.toml, or KAZAMI_CONTACT, '
            "so that the crawled sites can reach you"
        )


def user_agent(contact: str) -> str:
    """``kazami/0.1 (+contact)``."""
    return f"{ROBOT}/{__version__} (+{contact})" if contact else f"{ROBOT}/{__version__}"


def host_of(url: str) -> str:
    """The host's name in lower case; raises FetchError for what is no http(s) address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(f"{url}: no http(s) address")
    return parts.hostname.lower()


def is_loopback(host: str) -> bool:
    """Whether the host is this machine: the demo and tests, which need no delay."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def same_site(url: str, home: str) -> bool:
    """Whether ``url`` stays on the host of ``home``, at the same port or at a default one."""
    try:
        if host_of(url) != host_of(home):
            return False
        ports = {urlsplit(url).port, urlsplit(home).port}
    except (FetchError, ValueError):
        return False
    return len(ports) == 1 or ports <= {None, 80, 443}


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3); None where it says nothing."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):
        return None


class Rules:
    """One robots.txt, read as RFC 9309 says: the longest match decides."""

    def __init__(self, body: bytes) -> None:
        self._parsed = Protego.parse(body[:ROBOTS_BYTES].decode("utf-8", "replace"))

    def allow(self, url: str) -> bool:
        return bool(self._parsed.can_fetch(url, ROBOT))

    @property
    def delay(self) -> float:
        """Its Crawl-delay in seconds, 0 where there is none."""
        return float(self._parsed.crawl_delay(ROBOT) or 0)


class Host:
    """One host as this process asks it: one request at a time, ``delay`` seconds apart.

    The delay counts from the end of an answer, so that a slow host is not asked without a pause.
    """

    def __init__(
        self, name: str, delay: float, stop: asyncio.Event, tell: Callable[[Event], None]
    ) -> None:
        self.name, self.delay = name, delay
        self._stop, self._tell = stop, tell
        self._lock = asyncio.Lock()
        self._free_at = 0.0
        self._why = "politeness"
        self._failures = 0
        self._refused: set[str] = set()
        self._left: str | None = None
        self._in_air: asyncio.Task[object] | None = None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until the host may be asked; nobody else asks it until the end of the block.

        Raises Interrupted when the run is being stopped, and HostLeft.
        """
        async with self._lock:
            while (wait := self._free_at - time.monotonic()) > 0 and not self._stop.is_set():
                self._tell(Waiting(self.name, wait, self._why))
                try:
                    await asyncio.wait_for(self._stop.wait(), wait)
                except TimeoutError:
                    continue
            if self._stop.is_set():
                raise Interrupted
            if self._left:
                raise HostLeft(f"{self.name}: {self._left}")
            self._why = "politeness"
            self._in_air = asyncio.current_task()
            try:
                yield
            except asyncio.CancelledError:
                raise Interrupted from None
            finally:
                self._in_air = None
                self._free_at = max(self._free_at, time.monotonic() + self.delay)

    def cut(self) -> None:
        """Do not wait for the answer that is on its way: it ends as Interrupted."""
        if self._in_air is not None:
            self._in_air.cancel()

    def hold_off(self, seconds: float, why: str) -> None:
        """Do not ask before so many seconds have passed."""
        self._free_at, self._why = max(self._free_at, time.monotonic() + seconds), why

    def back_off(self, attempt: int) -> float:
        """Seconds to wait before trying again for the ``attempt``-th time, counting from 0."""
        return float((0.1 if is_loopback(self.name) else 10) * 3**attempt)

    def leave(self, reason: str) -> None:
        """Ask nothing more in this run."""
        self._left = reason

    def answered(self) -> None:
        self._failures = 0

    def failed(self, problem: str) -> None:
        """One page is given up; after ten in a row the host is left."""
        self._failures += 1
        if self._failures >= _FAILURES:
            self.leave(f"left after {_FAILURES} failures in a row, the last: {problem}")

    def refused(self, source: str, reason: str) -> None:
        """It refused a source; at the second one it is left, for it means us."""
        self._refused.add(source)
        if len(self._refused) >= _REFUSALS:
            self.leave(f"left after it refused {_REFUSALS} sources ({reason})")


class Robots:
    """The robots.txt of every origin that this run asks, each fetched once a day.

    RFC 9309, 2.4: a copy should not be used for more than 24 hours. ``seen`` is told address,
    status and body of each that could be read.
    """

    def __init__(self, seen: Callable[[str, int, bytes], None]) -> None:
        self._seen = seen
        self._rules: dict[tuple[str, int], asyncio.Future[Rules]] = {}

    async def rules(self, url: str, fetch: Callable[[str], Awaitable[tuple[int, bytes]]]) -> Rules:
        """The rules for ``url``; ``fetch`` gives status and body of the address of robots.txt.

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

    async def _look(self, url: str, fetch: Callable[[str], Awaitable[tuple[int, bytes]]]) -> Rules:
        status, body = await _robots_txt(url, fetch)
        self._seen(url, status, body)
        return Rules(body)


async def _robots_txt(
    url: str, fetch: Callable[[str], Awaitable[tuple[int, bytes]]]
) -> tuple[int, bytes]:
    try:
        status, body = await fetch(url)
    except FetchError as error:
        raise HostLeft(f"{error}: without robots.txt nothing is fetched from there") from error
    if status in (401, 403):
        raise Blocked(url, f"HTTP {status}")
    if 400 <= status < 500 and status != 429:
        return status, b""
    if status != 200:
        raise HostLeft(f"{url}: HTTP {status}: without robots.txt nothing is fetched from there")
    return status, body
