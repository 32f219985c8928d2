"""Questions to the tables tenders and awards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

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


@dataclass(frozen=True, kw_only=True)
class Words:
    """A query over what an award states: ``all_of`` these must stand in it, ``none_of`` those.

    Each is a tuple of alternatives, compared folded (``kazami.text.fold_name``).
    """

    all_of: tuple[tuple[str, ...], ...] = ()
    none_of: tuple[tuple[str, ...], ...] = ()


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
    words: Words = Words()


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


class AwardFigure(NamedTuple):
    """What counting needs of one award."""

    body: str
    date: dt.date | None
    outcome: str
    supplier_key: str | None
    corporate_number: str | None
    amount: int | None


class Procurement:
    """What a store answers of tenders and awards."""

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        raise NotImplementedError

    def tenders(self, asked: TenderFilter, *, limit: int | None = None) -> list[StoredTender]:
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
            .limit(limit)
        )
        if asked.documents is None:
            with self._reading() as connection:
                return [_tender(row) for row in connection.execute(chosen)]
        with self._reading() as connection:
            found = (_tender(row) for row in connection.execute(chosen.limit(None)))
            return [each for each in found if each.id in asked.documents][:limit]

    def tenders_by_body(self, asked: TenderFilter) -> dict[str, int]:
        """How many tenders fit, by their body's code; ``documents`` is not looked at."""
        chosen = (
            sa.select(documents.c.body, sa.func.count())
            .select_from(tenders.join(documents))
            .where(*_where_tender(asked))
            .group_by(documents.c.body)
        )
        with self._reading() as connection:
            return {row[0]: row[1] for row in connection.execute(chosen)}

    def tender_facts(self, ids: Sequence[str]) -> dict[str, TenderFacts]:
        """What these tenders state, by id; one that states nothing is missing."""
        from kazami.facts import TenderFacts, facts_from_json

        found: dict[str, TenderFacts] = {}
        with self._reading() as connection:
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

    def awards(self, asked: AwardFilter, *, limit: int | None = None) -> list[StoredAward]:
        """Those that fit, the newest first, those without a day at the end."""
        chosen = (
            sa.select(*_AWARD)
            .select_from(awards.join(documents))
            .where(*_where_award(asked))
            .order_by(documents.c.date.desc(), documents.c.id)
            .limit(limit)
        )
        with self._reading() as connection:
            return [_award(row) for row in connection.execute(chosen)]

    def award_figures(self, asked: AwardFilter) -> list[AwardFigure]:
        """What counting needs of those that fit, in no order."""
        chosen = sa.select(*_FIGURE).select_from(awards.join(documents)).where(*_where_award(asked))
        with self._reading() as connection:
            return [AwardFigure(*row) for row in connection.execute(chosen)]

    def suppliers(self) -> Suppliers:
        """Who is who among the suppliers of all awards."""
        from kazami.suppliers import Printed, Suppliers

        prefecture = sa.func.substr(documents.c.body, 1, 2)
        chosen = (
            sa.select(
                awards.c.supplier_key,
                awards.c.corporate_number,
                prefecture,
                awards.c.supplier,
                awards.c.branch,
                sa.func.count(),
                sa.func.max(documents.c.date),
            )
            .select_from(awards.join(documents))
            .where(awards.c.supplier_key.is_not(None))
            .group_by(
                awards.c.supplier_key,
                awards.c.corporate_number,
                prefecture,
                awards.c.supplier,
                awards.c.branch,
            )
        )
        with self._reading() as connection:
            return Suppliers(Printed(*row) for row in connection.execute(chosen))


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
    *(column for column in awards.c if column.name not in ("document", "branch", "words")),
)
_FIGURE = (
    documents.c.body,
    documents.c.date,
    awards.c.outcome,
    awards.c.supplier_key,
    awards.c.corporate_number,
    awards.c.amount,
)


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
    yield from _where(asked, tenders.c.category)
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
    yield from _where(asked, awards.c.category)
    if asked.outcomes:
        yield awards.c.outcome.in_(sorted(asked.outcomes))
    for alternatives in asked.words.all_of:
        yield _stands(alternatives)
    for alternatives in asked.words.none_of:
        yield sa.not_(_stands(alternatives))


def _stands(alternatives: tuple[str, ...]) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.false(),
        *(awards.c.words.contains(fold_name(each), autoescape=True) for each in alternatives),
    )


def _where(
    asked: TenderFilter | AwardFilter, category: sa.ColumnElement[str | None]
) -> Iterable[sa.ColumnElement[bool]]:
    if asked.bodies:
        yield documents.c.body.in_(sorted(asked.bodies))
    if asked.prefectures:
        yield sa.func.substr(documents.c.body, 1, 2).in_(sorted(asked.prefectures))
    if asked.categories:
        yield sa.or_(*(category.contains(each, autoescape=True) for each in asked.categories))
    if asked.since is not None:
        yield documents.c.date >= asked.since
    if asked.until is not None:
        yield sa.and_(documents.c.date <= asked.until, documents.c.date != UNDATED)
