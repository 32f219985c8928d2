"""What the store answers, beside documents: plain frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kazami.document import Document, Kind, Passage
from kazami.errors import KazamiError

if TYPE_CHECKING:
    from kazami.fills import Fills


class StoreError(KazamiError):
    """The store cannot be opened, read or written: what is wrong, where, what to try."""


class DocumentRefused(StoreError):
    """The store is well, but this document could not be stored so that it comes back the same."""


class NothingToCorrect(StoreError):
    """The store is well, but it holds no such document, passage or correction."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many documents of a ``put`` were new, changed and unchanged.

    ``corrections_lost`` counts corrections that stood before and find their words no longer.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    corrections_lost: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.corrections_lost + other.corrections_lost,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """A document at its latest change. ``number`` is unique and rises with every change."""

    number: int
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredHead:
    """What a hit must show of its document, whether or not any passage of it was found.

    ``missing`` is the day on which the document was found gone from its source. ``source`` is the
    id of the source that published it, None for one that was imported; ``pass_on`` is then the
    import's own word. ``doubtful``: its speakers or its day may have been read wrong. ``read`` is
    what was read of each field that a correction has changed, None where nothing was.
    """

    document_id: str
    body: str
    kind: Kind
    title: str
    date: dt.date | None
    document_url: str | None
    fetched: dt.datetime
    missing: dt.date | None
    source: str | None
    pass_on: bool
    doubtful: bool = False
    read: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPassage(StoredHead):
    """A passage with what a hit must show of its document."""

    id: str
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person says in place of what was read.

    ``field`` is one of ``kazami.fields``, ``stance``, or ``day``, of which ``key`` is None: it is
    the whole document's. ``read`` and ``value`` are words, a stance's value, a day in ISO form, or
    None for nothing. ``placed``: it stands in every answer; else its passage's words are gone.
    """

    document: str
    key: str | None
    field: str
    read: str | None
    value: str | None
    given: dt.datetime
    placed: bool
    body: str
    kind: Kind
    title: str
    date: dt.date
    source: str | None

    @property
    def id(self) -> str:
        """That of the passage, or of the document."""
        return self.document if self.key is None else f"{self.document}#{self.key}"


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What deciding on another visit needs of a stored document."""

    date: dt.date | None
    fetched: dt.datetime
    content_hash: str
    missing: dt.date | None
    version: str | None = None


class KindCounts(NamedTuple):
    """How much of one kind is stored."""

    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class StoreExtent:
    """How much of each kind is stored.

    ``first`` and ``last`` are days, None where no document has one; ``undated`` counts those
    without.
    """

    documents: int
    passages: int
    bodies: int
    first: dt.date | None
    last: dt.date | None
    by_kind: Mapping[Kind, KindCounts] = field(default_factory=dict)
    undated: int = 0


@dataclass(frozen=True, slots=True)
class BodyCounts:
    """How much of each kind of one body is stored; days as in StoreExtent."""

    documents: int
    passages: int
    first: dt.date | None
    last: dt.date | None
    last_fetched: dt.datetime
    by_kind: Mapping[Kind, KindCounts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists documents and further listings, as last seen."""

    name: str
    documents: tuple[str, ...]
    listings: tuple[str, ...]
    seen: dt.datetime


@dataclass(frozen=True, slots=True)
class FrontierPage:
    """A page of a source: ``page`` is the request written down, None once it was fetched.

    The page of the highest ``place`` is fetched first.
    """

    key: str
    place: int
    page: str | None


@dataclass(frozen=True, slots=True)
class Frontier:
    """How far an unfinished pass over a source has come.

    ``asked`` says what the pass was to fetch, ``answered`` when its last page came.
    """

    asked: str
    answered: dt.datetime
    pages: tuple[FrontierPage, ...]


@dataclass(frozen=True, slots=True)
class SourceRun:
    """One source in one run. ``finished`` None: it still runs, or it was killed.

    ``fills`` says how much of each field is filled in what it stored, and usually was before; None
    where it stored nothing.
    """

    run: int
    source: str
    started: dt.datetime
    finished: dt.datetime | None = None
    status: str | None = None
    pages: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0
    failed: int = 0
    note: str | None = None
    fills: Fills | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One request; ``status`` is None where no response came, ``size`` is in bytes."""

    source: str
    url: str
    method: str
    status: int | None
    size: int
    digest: str | None
    fetched: dt.datetime
    seconds: float
