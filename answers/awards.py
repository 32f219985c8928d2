"""Awards: who won how often and for how much, by supplier, body or year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING, Any

from kazami.bodies import DIET, Bodies
from kazami.dates import fiscal_year
from kazami.errors import KazamiError
from kazami.facts import AwardOutcome
from kazami.suppliers import JOINT

if TYPE_CHECKING:
    from datetime import date

    from indexer.query import Node
    from kazami.store import AwardFilter as AwardFilter
    from kazami.store import Store, Words
    from kazami.store import StoredAward as StoredAward
    from kazami.suppliers import Supplier, Suppliers


class AwardsBy(StrEnum):
    """What awards are grouped by."""

    SUPPLIER = "supplier"
    BODY = "body"
    YEAR = "year"
    FISCAL_YEAR = "fiscal-year"


class WrongQuery(KazamiError):
    """A query that asks of awards what they do not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """``awards`` with their amounts in yen; the ``not_stated`` ones among them have none.

    Without a stated amount the total is 0 and the others are None.
    """

    awards: int
    not_stated: int
    total: int
    largest: int | None
    median: float | None
    smallest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardGroup:
    """``group`` is a supplier's identity, a body's code or a year; None where none is stated.

    ``by_name`` are the awards without a valid number that were taken for this supplier's by name.
    """

    group: str | None
    figures: Figures
    supplier: Supplier | None = None
    by_name: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardsClaim:
    """What was searched, whatever the query: awards, and tenders without one, of how many bodies.

    ``bodies`` counts local ones, of ``bodies_of``; ``others`` those that are none of these, of
    which ``invented`` are the demo's.
    """

    documents: int
    bodies: int
    bodies_of: int
    others: int
    since: date | None
    until: date | None
    invented: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardsAnswer:
    """``groups`` in order, ``of_groups`` how many there are; without ``by`` the ``latest`` awards.

    ``failed`` (不調, 落札者なし) and ``cancelled`` are no awards, and in no figure.
    """

    query: str | None
    by: AwardsBy | None
    figures: Figures
    groups: tuple[AwardGroup, ...]
    of_groups: int
    latest: tuple[StoredAward, ...]
    failed: int
    cancelled: int
    claim: AwardsClaim


def awards(
    store: Store,
    asked: AwardFilter,
    bodies: Bodies,
    *,
    query: str | None = None,
    by: AwardsBy | None = None,
    limit: int | None = None,
) -> AwardsAnswer:
    """The awards that pass the filter and the query, counted exactly.

    The query's words are held against title, supplier and numbers, letter by letter but folded.
    Suppliers and bodies come by total, years in their order. Raises QuerySyntaxError and
    WrongQuery.
    """
    chosen = asked if query is None else replace(asked, words=words_of(query, bodies))
    found = store.award_figures(chosen, *_PARTS[by])
    outcomes = Counter(row[0] for row in found)
    won = [row for row in found if row[0] == _AWARDED]
    groups: list[AwardGroup] = []
    latest: list[StoredAward] = []
    of_groups = 0
    if by is None:
        latest = store.awards(
            replace(chosen, outcomes=frozenset({AwardOutcome.AWARDED})), limit=limit
        )
    else:
        members, known, by_name = _members(by, won, store)
        order = _in_order if by in _YEARS else _largest_first
        names = sorted(members, key=lambda name: order(name, members[name]))
        of_groups = len(names)
        groups = [AwardGroup(group=name, figures=_figures(members[name])) for name in names[:limit]]
        if known is not None:
            groups = [_named(each, known, by_name) for each in groups]
    return AwardsAnswer(
        query=query,
        by=by,
        figures=_figures([row[1] for row in won]),
        groups=tuple(groups),
        of_groups=of_groups,
        latest=tuple(latest),
        failed=outcomes[AwardOutcome.FAILED.value],
        cancelled=outcomes[AwardOutcome.CANCELLED.value],
        claim=_claim(store, asked, bodies),
    )


_AWARDED = AwardOutcome.AWARDED.value
_YEARS = (AwardsBy.YEAR, AwardsBy.FISCAL_YEAR)
_PARTS: dict[AwardsBy | None, tuple[str, ...]] = {
    None: (),
    AwardsBy.SUPPLIER: ("supplier_key", "corporate_number", "body"),
    AwardsBy.BODY: ("body",),
    AwardsBy.YEAR: ("date",),
    AwardsBy.FISCAL_YEAR: ("date",),
}

Amounts = list[int | None]


def _members(
    by: AwardsBy, won: Sequence[Sequence[Any]], store: Store
) -> tuple[dict[str | None, Amounts], Suppliers | None, Counter[str | None]]:
    """The amounts of each group; of suppliers who they are, and how many were taken by name."""
    raw: dict[Any, Amounts] = {}
    for row in won:
        raw.setdefault(row[2:], []).append(row[1])
    known = store.suppliers() if by is AwardsBy.SUPPLIER else None
    members: dict[str | None, Amounts] = {}
    by_name: Counter[str | None] = Counter()
    for parts, amounts in raw.items():
        name = _name(by, parts, known)
        members.setdefault(name, []).extend(amounts)
        if known is not None and parts[1] is None and not (parts[0] or JOINT).startswith(JOINT):
            by_name[name] += len(amounts)
    return members, known, by_name


def _name(by: AwardsBy, parts: tuple[Any, ...], known: Suppliers | None) -> str | None:
    if parts[0] is None:
        return None
    match by:
        case AwardsBy.SUPPLIER:
            assert known is not None
            key, number, body = parts
            return known.identity(key, number, body[:2])
        case AwardsBy.BODY:
            return str(parts[0])
        case AwardsBy.YEAR:
            return str(parts[0].year)
        case AwardsBy.FISCAL_YEAR:
            return str(fiscal_year(parts[0]))


def _named(group: AwardGroup, known: Suppliers, by_name: Counter[str | None]) -> AwardGroup:
    if group.group is None:
        return group
    return replace(group, supplier=known.supplier(group.group), by_name=by_name[group.group])


def _largest_first(name: str | None, amounts: Amounts) -> tuple[bool, int, int, str]:
    return (name is None, -sum(filter(None, amounts)), -len(amounts), name or "")


def _in_order(name: str | None, amounts: Amounts) -> tuple[bool, int, int, str]:
    return (name is None, 0, 0, name or "")


def _figures(all_of_them: Amounts) -> Figures:
    amounts = [amount for amount in all_of_them if amount is not None]
    return Figures(
        awards=len(all_of_them),
        not_stated=len(all_of_them) - len(amounts),
        total=sum(amounts),
        largest=max(amounts, default=None),
        median=_whole(median(amounts)) if amounts else None,
        smallest=min(amounts, default=None),
    )


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value


def _claim(store: Store, asked: AwardFilter, bodies: Bodies) -> AwardsClaim:
    extent = store.award_extent(asked)
    local = {body.code for body in bodies.local} - {DIET}
    return AwardsClaim(
        documents=extent.documents,
        bodies=len(extent.bodies & local),
        bodies_of=len(local),
        others=len(extent.bodies - local),
        since=extent.first,
        until=extent.last,
        invented=sum(map(bodies.is_invented, extent.bodies)),
    )


def words_of(query: str, bodies: Bodies) -> Words:
    """The query as the store understands it.

    Raises QuerySyntaxError, and WrongQuery for what awards have not: NEAR, speaker:, role: …
    """
    from indexer.language import parse
    from indexer.query import Match

    return _words(parse(query, Match.EXACT, bodies))


def _words(node: Node) -> Words:
    from indexer.query import And, Field, FieldIs, Not, Or, Substring
    from kazami.store import AllOf, AnyOf, Has, OfBody, Without

    match node:
        case Substring(text):
            return Has(text)
        case And(nodes):
            return AllOf(tuple(map(_words, nodes)))
        case Or(nodes):
            return AnyOf(tuple(map(_words, nodes)))
        case Not(inner):
            return Without(_words(inner))
        case FieldIs(Field.BODY | Field.PREF, value):
            return OfBody(value)
        case FieldIs(Field.TITLE, value):
            return Has(value)
        case FieldIs(Field.KIND, value):
            return AllOf(()) if value == "award" else AnyOf(())
        case FieldIs(field, _):
            raise WrongQuery(f"awards have no {field}: leave {field}: out")
        case _:
            raise WrongQuery("NEAR is for running text; of awards ask A B, A OR B, -A")
