"""Whose turn a host is: one request at a time, a delay between two, and when it is left alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from crawler.fetching.hosts import HostLeft, Interrupted

WaitCallback = Callable[[str, float, str], None]
"""Told the host's name, the seconds until it may be asked, and why."""

_FAILURES = 10
"""After so many failures in a row a host is left for this run."""

_REFUSALS = 2
"""After it refused so many sources, a host is left for this run."""


class Host(Protocol):
    """One host, as all who crawl ask it together: what one learns of it holds for the others.

    ``LocalHost`` is one process's own. Where several machines crawl, they share another one.
    """

    @property
    def name(self) -> str: ...

    def turn(self) -> AbstractAsyncContextManager[None]:
        """Wait until the host may be asked; nobody else asks it until the end of the block.

        Raises Interrupted when the run is being stopped, and HostLeft.
        """
        ...

    async def slow_down(self, delay: float) -> None:
        """Leave at least so many seconds between an answer and the next request."""
        ...

    async def hold_off(self, seconds: float, why: str) -> None:
        """Do not ask before so many seconds have passed."""
        ...

    async def leave(self, reason: str) -> None:
        """Ask nothing more in this run."""
        ...

    async def answered(self) -> None:
        """It answered: the failures before count no more."""
        ...

    async def failed(self, problem: str) -> None:
        """One page is given up; after ten in a row the host is left."""
        ...

    async def refused(self, source: str, reason: str) -> None:
        """It refused a source; at the second one it is left, for it means us."""
        ...

    def cut(self) -> None:
        """Do not wait for the answer that is on its way: it ends as Interrupted."""
        ...


class LocalHost:
    """A host that only this process asks.

    The delay counts from the end of an answer, so that a slow host is not asked without a pause.
    """

    def __init__(self, name: str, delay: float, stop: asyncio.Event, waiting: WaitCallback) -> None:
        self._name, self.delay = name, delay
        self._stop, self._waiting = stop, waiting
        self._lock = asyncio.Lock()
        self._free_at = 0.0
        self._why = "politeness"
        self._failures = 0
        self._refused: set[str] = set()
        self._left: str | None = None
        self._in_air: asyncio.Task[object] | None = None

    @property
    def name(self) -> str:
        return self._name

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        async with self._lock:
            while (wait := self._free_at - time.monotonic()) > 0 and not self._stop.is_set():
                self._waiting(self._name, wait, self._why)
                try:
                    await asyncio.wait_for(self._stop.wait(), wait)
                except TimeoutError:
                    continue
            if self._stop.is_set():
                raise Interrupted
            if self._left:
                raise HostLeft(f"{self._name}: {self._left}")
            self._why = "politeness"
            self._in_air = asyncio.current_task()
            try:
                yield
            except asyncio.CancelledError:
                raise Interrupted from None
            finally:
                self._in_air = None
                self._free_at = max(self._free_at, time.monotonic() + self.delay)

    async def slow_down(self, delay: float) -> None:
        self.delay = max(self.delay, delay)

    async def hold_off(self, seconds: float, why: str) -> None:
        self._free_at, self._why = max(self._free_at, time.monotonic() + seconds), why

    async def leave(self, reason: str) -> None:
        self._left = reason

    async def answered(self) -> None:
        self._failures = 0

    async def failed(self, problem: str) -> None:
        self._failures += 1
        if self._failures >= _FAILURES:
            await self.leave(f"left after {_FAILURES} failures in a row, the last: {problem}")

    async def refused(self, source: str, reason: str) -> None:
        self._refused.add(source)
        if len(self._refused) >= _REFUSALS:
            await self.leave(f"left after it refused {_REFUSALS} sources ({reason})")

    def cut(self) -> None:
        if self._in_air is not None:
            self._in_air.cancel()
