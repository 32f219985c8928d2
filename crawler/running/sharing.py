"""What all share that crawl into one store: who may, and whose turn a host is."""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from crawler.fetching.turns import Host, LocalHost, WaitCallback
from crawler.running.locking import locked


class Sharing(Protocol):
    """How those who crawl at the same time keep out of each other's way.

    ``OneProcess`` is the one of a single machine. A queue that many machines take sources from is
    another: its lock is the host.
    """

    def hold(self) -> AbstractContextManager[None]:
        """Hold what the crawl writes to until the end of the block; raises CrawlLocked."""
        ...

    def host(self, name: str, delay: float, stop: asyncio.Event, waiting: WaitCallback) -> Host:
        """The host of this name, asked ``delay`` seconds apart at least until ``stop`` is set."""
        ...


class OneProcess:
    """Nobody else crawls with this data directory, so hosts are this process's own."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def hold(self) -> AbstractContextManager[None]:
        return locked(self._data)

    def host(self, name: str, delay: float, stop: asyncio.Event, waiting: WaitCallback) -> Host:
        return LocalHost(name, delay, stop, waiting)
