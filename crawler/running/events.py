"""What a run is doing, as events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crawler.running.report import SourceReport


@dataclass(frozen=True, slots=True)
class RunStarted:
    """So many sources of so many bodies are to be visited."""

    sources: int
    bodies: int


@dataclass(frozen=True, slots=True)
class SourceStarted:
    source: str


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page was fetched and read; ``left`` pages of its source are known and not yet fetched."""

    source: str
    documents: int
    left: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """The host is not asked for so many seconds: politeness, or it asked us to wait."""

    host: str
    seconds: float
    why: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something was lost, a line for a person."""

    source: str
    line: str


@dataclass(frozen=True, slots=True)
class SourceFinished:
    report: SourceReport


Event = RunStarted | SourceStarted | PageRead | Waiting | Problem | SourceFinished
EventCallback = Callable[[Event], None]
