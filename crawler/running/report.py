"""What came of a run: per source the counts, the errors, and whether it is well."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kazami.fills import Rate
from kazami.sources import Source


class Status(StrEnum):
    """How a source ended."""

    OK = "ok"
    LIMIT = "limit"
    BLOCKED = "blocked"
    NEEDS_PERMISSION = "needs permission"
    SUSPENDED = "suspended"
    NOT_NOW = "not now"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(slots=True, kw_only=True)
class SourceReport:
    """One source in one run.

    ``skipped`` documents are stored and settled, so they were not asked for; nor were
    ``unreadable`` ones, which an earlier run fetched and could not read. ``errors`` are pages or
    documents that were lost, a line each; ``doubtful`` ones were kept, their speakers or day in
    doubt; ``corrections_lost`` counts corrections whose words are gone from a document;
    ``alarms`` say that the whole brought too little, or that a field fell;
    ``note`` says why it stopped. ``near_misses`` look like documents on the source's lists and
    match nothing that is configured, words and address of each. ``reread`` counts what reading
    again changed: turns, speakers, stances, days. ``files`` are attached ones that were looked at,
    ``without_text`` documents whose page could not be had, of which title and address are known.
    ``forbidden`` are pages and files of single documents that robots.txt or the server refuses.
    ``elsewhere`` counts links to hosts that the source does not allow, ``remarks`` are lines about
    pages that were read all the same. ``stored`` says how much of each field is filled in what is
    new or changed. ``unknown_bodies`` counts documents whose body no table knows, by its printed
    name; ``incomplete`` says what the source has and did not give, a line each. ``status`` is None
    while it runs.
    """

    source: Source
    status: Status | None = None
    pages: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    unreadable: int = 0
    missing: int = 0
    doubtful: int = 0
    corrections_lost: int = 0
    files: int = 0
    without_text: int = 0
    forbidden: int = 0
    seconds: float = 0.0
    errors: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    near_misses: list[str] = field(default_factory=list)
    reread: Counter[str] = field(default_factory=Counter)
    stored: dict[str, Rate] = field(default_factory=dict)
    elsewhere: dict[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    unknown_bodies: dict[str, int] = field(default_factory=dict)
    incomplete: list[str] = field(default_factory=list)
    note: str | None = None

    @property
    def found(self) -> int:
        """Documents that this run fetched."""
        return self.new + self.changed + self.unchanged

    @property
    def ok(self) -> bool:
        return self.status in (Status.OK, Status.LIMIT) and not self.errors and not self.alarms


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole run, sources in the order asked for.

    ``faults`` are errors that belong to no source: bugs, ours or Scrapy's.
    """

    run: int
    started: datetime
    finished: datetime
    sources: tuple[SourceReport, ...]
    faults: tuple[str, ...] = ()
    interrupted: bool = False

    @property
    def ok(self) -> bool:
        return (
            not self.interrupted and not self.faults and all(source.ok for source in self.sources)
        )

    @property
    def exit_code(self) -> int:
        """0 all well, 130 stopped by Ctrl-C, 1 anything else."""
        if self.interrupted:
            return 130
        return 0 if self.ok else 1
