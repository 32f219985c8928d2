"""Questions to the tables tenders and awards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from kazami.store.schema import UNDATED, awards, documents, tenders
from kazami.text import fold_name

if TYPE_CHECKING:  # who opens a store for minutes needs none of them
    from kazami.facts import AwardOutcome, Stage, TenderFacts
    from kazami.procurement import TenderState
    from kazami.suppliers import Suppliers

_LAST = dt.date.max
_AT_ONCE = 500
"""How many ids a single query asks for."""


@dataclass(frozen=True, slots=True)
class Has:
    """The words stand in what an award states; both folded, 株式会社 as (株)."""

    words: str


@dataclass(frozen=True, slots=True)
class OfBody:
    """It is of this body, or of one whose code begins so (a prefecture's two digits)."""

    code: str


@dataclass(frozen=True, slots=True)
class AllOf:
    nodes: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    nodes: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Without:
    node: Words


Words = Has | OfBody | AllOf | AnyOf | Without
"""A query over what an award states: title, project, supplier, numbers."""


@dataclass(frozen=True, kw_only=True)
class TenderFilter:
    """Which tenders: any of the values within one field, and every field.

    ``bodies`` are six-digit codes, ``prefectures`` two-digit ones. ``categories`` are words of the
    printed category. ``since`` and ``until`` are of the document's day, ``closes_from`` and
    ``closes_until`` of the day until which an offer can be handed in; both pass no tender without
    such a day, but ``unknown`` lets those in whose closing day cannot be told. ``documents`` are
    ids, such as an index found.
    """

    bodies: frozenset[str] = frozenset()
    prefectures: frozenset[str] = frozenset()
    categories: tuple[str, ...] = ()
    stages: frozenset[Stage] = frozenset()
    since: dt.date | None = None
    until: dt.date | None = None
    closes_from: dt.date | None = None
    closes_until: dt.date | None = None
    unknown: bool = False
    min_budget: int | None = None
    documents: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class AwardFilter:
    """Which awards, as ``TenderFilter`` says; ``outcomes`` are all where none is named."""

    bodies: frozenset[str] = frozenset()
    prefectures: frozenset[str] = frozenset()
    categories: tuple[str, ...] = ()
    outcomes: frozenset[AwardOutcome] = frozenset()
    since: dt.date | None = None
    until: dt.date | None = None
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTender:
    """A tender with what is shown of it; ``missing`` is the day it was found gone.

    ``closes`` is the day until which an offer can be handed in (``closes_for`` says which paper),
    None where it cannot be told; ``closes_at`` its time in Japan.
    """

    id: str
    body: str
    title: str
    date: dt.date | None
    url: str | None
    source: str | None
    missing: dt.date | None
    stage: Stage
    project: str | None
    number: str | None
    category: str | None
    procedure: str | None
    budget: int | None
    closes: dt.date | None
    closes_at: dt.time | None
    closes_for: str | None

    def state(self, now: dt.datetime) -> TenderState:
        """Whether an offer can be handed in at that moment."""
        from kazami.procurement import state

        return state(self.stage, self.closes, self.closes_at, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAward:
    """An award with what is shown of it; ``amount`` is in yen, None where none is stated."""

    id: str
    body: str
    title: str
    date: dt.date | None
    url: str | None
    source: str | None
    missing: dt.date | None
    outcome: AwardOutcome
    project: str | None
    number: str | None
    category: str | None
    supplier: str | None
    supplier_key: str | None
    corporate_number: str | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class AwardExtent:
    """How many documents lie behind an answer: their bodies' codes, first and last day."""

    documents: int
    bodies: frozenset[str]
    first: dt.date | None
    last: dt.date | None


_SHOWN = (
    documents.c.id,
    documents.c.body,
    documents.c.title,
    documents.c.date,
    documents.c.url,
    documents.c.source,
    documents.c.missing_since.label("missing"),
)
_TENDER = (
    *_SHOWN,
    *(column for column in tenders.c if column.name != "document"),
)
_AWARD = (
    *_SHOWN,
    *(
        column
        for column in awards.c
        if column.name not in ("document", "body", "date", "branch", "words")
    ),
)


def tenders_that_fit(
    connection: sa.Connection, asked: TenderFilter, limit: int | None
) -> list[StoredTender]:
    """Those that fit, by closing day and time, those whose day cannot be told at the end."""
    chosen = (
        sa.select(*_TENDER)
        .select_from(tenders.join(documents))
        .where(*_where_tender(asked))
        .order_by(
            sa.func.coalesce(tenders.c.closes, _LAST),
            sa.func.coalesce(tenders.c.closes_at, "99"),
            documents.c.id,
        )
    )
    if asked.documents is None:
        return [_tender(row) for row in connection.execute(chosen.limit(limit))]
    found = (_tender(row) for row in connection.execute(chosen))
    return [each for each in found if each.id in asked.documents][:limit]


def tenders_by_body(connection: sa.Connection, asked: TenderFilter) -> dict[str, int]:
    """How many tenders fit, by their body's code; ``documents`` is not looked at."""
    chosen = (
        sa.select(documents.c.body, sa.func.count())
        .select_from(tenders.join(documents))
        .where(*_where_tender(asked))
        .group_by(documents.c.body)
    )
    return {row[0]: row[1] for row in connection.execute(chosen)}


def tender_facts(connection: sa.Connection, ids: Sequence[str]) -> dict[str, TenderFacts]:
    """What these tenders state, by id; one that states nothing is missing."""
    from kazami.facts import TenderFacts, facts_from_json

    found: dict[str, TenderFacts] = {}
    for start in range(0, len(ids), _AT_ONCE):
        chosen = sa.select(documents.c.id, documents.c.facts).where(
            documents.c.id.in_(ids[start : start + _AT_ONCE]),
            documents.c.kind == "tender",
            documents.c.facts.is_not(None),
        )
        for id, facts in connection.execute(chosen):
            read = facts_from_json(TenderFacts, facts)
            assert isinstance(read, TenderFacts)
            found[id] = read
    return found


def awards_that_fit(
    connection: sa.Connection, asked: AwardFilter, limit: int | None
) -> list[StoredAward]:
    """Those that fit, the newest first, those without a day at the end."""
    chosen = (
        sa.select(*_AWARD)
        .select_from(awards.join(documents))
        .where(*_where_award(asked))
        .order_by(awards.c.date.desc(), documents.c.id)
        .limit(limit)
    )
    return [_award(row) for row in connection.execute(chosen)]


def figures(
    connection: sa.Connection, asked: AwardFilter, parts: Sequence[str]
) -> Sequence[Sequence[Any]]:
    """Of each that fits its outcome, its amount and these columns, in no order."""
    columns = (awards.c.outcome, awards.c.amount, *(awards.c[part] for part in parts))
    return connection.execute(sa.select(*columns).where(*_where_award(asked))).all()


def extent(connection: sa.Connection, asked: AwardFilter) -> AwardExtent:
    """How much fits the filter, failed and cancelled tenders with it."""
    dated = sa.func.nullif(awards.c.date, UNDATED, type_=sa.Date)
    chosen = (
        sa.select(awards.c.body, sa.func.count(), sa.func.min(dated), sa.func.max(dated))
        .where(*_where_award(asked))
        .group_by(awards.c.body)
    )
    rows = [tuple(row) for row in connection.execute(chosen)]
    return AwardExtent(
        documents=sum(count for _, count, _, _ in rows),
        bodies=frozenset(body for body, *_ in rows),
        first=min((first for *_, first, _ in rows if first is not None), default=None),
        last=max((last for *_, last in rows if last is not None), default=None),
    )


def suppliers(connection: sa.Connection) -> Suppliers:
    """Who is who among the suppliers of all awards."""
    from kazami.suppliers import Printed, Suppliers

    said = (
        awards.c.supplier_key,
        awards.c.corporate_number,
        sa.func.substr(awards.c.body, 1, 2),
        awards.c.supplier,
        awards.c.branch,
    )
    chosen = (
        sa.select(*said, sa.func.count(), sa.func.max(awards.c.date))
        .where(awards.c.supplier_key.is_not(None))
        .group_by(*said)
    )
    return Suppliers(Printed(*row) for row in connection.execute(chosen).all())


def _tender(row: sa.Row[Any]) -> StoredTender:
    from kazami.facts import Stage

    values = dict(row._mapping)
    at = values.pop("closes_at")
    return StoredTender(
        **values | {"stage": Stage(row.stage)},
        closes_at=None if at is None else dt.time.fromisoformat(at),
    )


def _award(row: sa.Row[Any]) -> StoredAward:
    from kazami.facts import AwardOutcome

    return StoredAward(**dict(row._mapping) | {"outcome": AwardOutcome(row.outcome)})


def _where_tender(asked: TenderFilter) -> Iterable[sa.ColumnElement[bool]]:
    yield from _where(asked, documents, tenders.c.category)
    if asked.stages:
        yield tenders.c.stage.in_(sorted(asked.stages))
    if asked.min_budget is not None:
        yield tenders.c.budget >= asked.min_budget
    closes = []
    if asked.closes_from is not None:
        closes.append(tenders.c.closes >= asked.closes_from)
    if asked.closes_until is not None:
        closes.append(tenders.c.closes <= asked.closes_until)
    if closes:
        yield sa.or_(sa.and_(*closes), tenders.c.closes.is_(None) & sa.literal(asked.unknown))


def _where_award(asked: AwardFilter) -> Iterable[sa.ColumnElement[bool]]:
    yield from _where(asked, awards, awards.c.category)
    if asked.outcomes:
        yield awards.c.outcome.in_(sorted(asked.outcomes))
    if asked.words is not None:
        yield _stands(asked.words)


def _stands(words: Words) -> sa.ColumnElement[bool]:
    match words:
        case Has(text):
            from kazami.suppliers import short_forms

            return awards.c.words.contains(short_forms(fold_name(text)), autoescape=True)
        case OfBody(code):
            return awards.c.body.startswith(code, autoescape=True)
        case AllOf(nodes):
            return sa.and_(sa.true(), *map(_stands, nodes))
        case AnyOf(nodes):
            return sa.or_(sa.false(), *map(_stands, nodes))
        case Without(node):
            return sa.not_(_stands(node))


def _where(
    asked: TenderFilter | AwardFilter, table: sa.Table, category: sa.ColumnElement[str | None]
) -> Iterable[sa.ColumnElement[bool]]:
    if asked.bodies:
        yield table.c.body.in_(sorted(asked.bodies))
    if asked.prefectures:
        yield sa.func.substr(table.c.body, 1, 2).in_(sorted(asked.prefectures))
    if asked.categories:
        yield sa.or_(*(category.contains(each, autoescape=True) for each in asked.categories))
    if asked.since is not None:
        yield table.c.date >= asked.since
    if asked.until is not None:
        yield sa.and_(table.c.date <= asked.until, table.c.date != UNDATED)
