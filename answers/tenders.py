"""Tenders: which can still be bid for, and until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from answers.joining import Version
from answers.questions import Question
from answers.versions import SeenTender, later_versions, seen
from indexer.engines.base import Reader
from indexer.language import parse
from indexer.query import Filters, Node, Sort
from kazami.bodies import Bodies
from kazami.document import Kind
from kazami.facts import Deadline
from kazami.procurement import JAPAN, TenderState
from kazami.store import Store, StoredTender, TenderFilter
from kazami.text import fold_name

if TYPE_CHECKING:
    from answers.sources import KnownSource

OLD_AFTER = timedelta(days=90)
"""A notice whose closing day cannot be told is taken for over so long after its publication."""

_AT_ONCE = 5000

_SHOWN = (TenderState.OPEN, TenderState.PLANNED, TenderState.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderQuestion:
    """Which tenders are asked for; ``bodies``, ``prefectures`` and ``query`` as in a search.

    ``only_open`` passes those alone that can be proved open, ``within`` those of them that close
    in so many days; ``over`` shows closed, cancelled and failed ones too. ``categories`` are words
    of the printed category, ``min_amount`` is in yen.
    """

    query: str | None = None
    bodies: frozenset[str] = frozenset()
    prefectures: frozenset[str] = frozenset()
    categories: tuple[str, ...] = ()
    min_amount: int | None = None
    only_open: bool = False
    within: timedelta | None = None
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A tender at the moment asked for.

    ``days_left`` is the number of days to the closing day, 0 on the day itself, None where the
    tender is not open. ``deadlines`` are all that it states, those of other papers too.
    ``versions`` are the documents that speak of it, the oldest first; ``tender`` is what they say
    together.
    """

    tender: StoredTender
    body_name: str
    state: TenderState
    days_left: int | None
    deadlines: tuple[Deadline, ...] = ()
    versions: tuple[Version, ...] = ()

    @property
    def first_id(self) -> str:
        """The id of the oldest version, which stays when a later one comes."""
        return self.versions[0].id if self.versions else self.tender.id


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """How many tenders fit but for one thing that they do not state, or are not shown.

    ``unknown`` have no closing day that can be told, where only open ones were asked for; ``old``
    are those of them that were published long ago (``OLD_AFTER``); ``no_amount`` and
    ``no_category`` state none.
    """

    unknown: int = 0
    old: int = 0
    no_amount: int = 0
    no_category: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TendersAnswer:
    """The tenders by closing day, those without a known one at the end.

    ``total`` fit, of which ``offers`` are the first. ``searched`` tenders of ``bodies`` bodies are
    stored within the bodies asked for, whatever their state; ``not_collected`` are the codes asked
    for of which no tender is. ``unread`` are the electronic bidding systems that they buy through
    and kazami does not read: what is published there only is in no list.
    """

    question: TenderQuestion
    at: datetime
    total: int
    offers: tuple[Offer, ...]
    left_out: LeftOut
    searched: int
    bodies: int
    not_collected: tuple[str, ...]
    unread: tuple[KnownSource, ...] = ()
    states: Mapping[TenderState, int] = field(default_factory=dict)


def moment(day: date | None, now: datetime) -> datetime:
    """The moment that is asked about: now, or the beginning of a day in Japan."""
    return now if day is None else datetime.combine(day, time(), JAPAN)


def tenders(
    store: Store,
    question: TenderQuestion,
    *,
    at: datetime,
    bodies: Bodies,
    reader: Reader | None = None,
    unread: Sequence[KnownSource] = (),
    limit: int | None = None,
) -> TendersAnswer:
    """The tenders that fit at a moment; what was published after its day is not known yet.

    Documents of one tender (``answers.joining``) are one, as the last of them leaves it.
    ``reader`` is needed for a query: QuerySyntaxError where that makes no sense. ``unread`` is what
    ``answers.bidding_systems`` finds for the question's bodies.
    """
    day = at.astimezone(JAPAN).date()
    documents = None
    if question.query is not None:
        if reader is None:
            raise ValueError("a query needs an index")
        documents = frozenset(_found(reader, question, bodies))
    where = TenderFilter(bodies=question.bodies, prefectures=question.prefectures)
    by_body = store.tenders_by_body(where)
    fitting = store.tenders(
        TenderFilter(
            bodies=question.bodies,
            prefectures=question.prefectures,
            documents=documents,
            closes_from=None if question.over else day,
            unknown=True,
        )
    )
    published = [each for each in fitting if each.date is None or each.date <= day]
    asked_for = {each.id for each in published}
    later = later_versions(store, published, day)
    left: Counter[str] = Counter()
    offers = [
        offer
        for each in seen([*published, *later])
        if any(version.id in asked_for for version in each.joined.versions)
        if (offer := _offer(each, question, at, day, bodies, left)) is not None
    ]
    offers.sort(key=_by_closing)
    asked = {*question.bodies, *question.prefectures}
    there = {*by_body, *(code[:2] for code in by_body)}
    return TendersAnswer(
        question=question,
        at=at,
        total=len(offers),
        offers=tuple(_with_deadlines(store, offers[:limit])),
        left_out=LeftOut(**left),
        searched=sum(by_body.values()),
        bodies=len(by_body),
        not_collected=tuple(sorted(asked - there)),
        unread=tuple(unread),
        states=Counter(offer.state for offer in offers),
    )


def _by_closing(offer: Offer) -> tuple[date, str, str]:
    at = offer.tender.closes_at
    return offer.tender.closes or date.max, at.isoformat() if at else "99", offer.tender.id


def _offer(
    each: SeenTender,
    question: TenderQuestion,
    at: datetime,
    day: date,
    bodies: Bodies,
    left: Counter[str],
) -> Offer | None:
    """The tender as it is shown, or None; ``left`` counts what is left out."""
    tender = each.tender
    state = tender.state(at)
    if state not in _SHOWN and not question.over:
        return None
    only_open = question.only_open or question.within is not None
    if only_open and state not in (TenderState.OPEN, TenderState.UNKNOWN):
        return None
    missing = _unstated(tender, question)
    if missing is None:
        return None
    if missing:
        left[missing] += 1
        return None
    if state is TenderState.UNKNOWN and not question.over:
        if tender.date is not None and day - tender.date > OLD_AFTER:
            left["old"] += 1
            return None
        if only_open:
            left["unknown"] += 1
            return None
    left_days = None
    if state is TenderState.OPEN:
        assert tender.closes is not None  # else it is unknown
        left_days = (tender.closes - day).days
        if question.within is not None and left_days > question.within.days:
            return None
    body = bodies.get(tender.body)
    return Offer(
        tender=tender,
        body_name=body.full_name if body else tender.body,
        state=state,
        days_left=left_days,
        versions=each.joined.versions,
    )


def _with_deadlines(store: Store, offers: Sequence[Offer]) -> Iterator[Offer]:
    stated = store.tender_facts([each.id for offer in offers for each in offer.versions])
    for offer in offers:
        every = [stated[each.id].deadlines for each in offer.versions if each.id in stated]
        yield replace(offer, deadlines=_latest_of_each_paper(every))


def _latest_of_each_paper(every: Sequence[tuple[Deadline, ...]]) -> tuple[Deadline, ...]:
    """Of each paper the deadlines that the last document to name it gives."""
    papers: dict[str, tuple[Deadline, ...]] = {}
    for deadlines in every:
        for paper in dict.fromkeys(each.paper for each in deadlines):
            papers[paper] = tuple(each for each in deadlines if each.paper == paper)
    return tuple(each for deadlines in papers.values() for each in deadlines)


def _unstated(tender: StoredTender, question: TenderQuestion) -> str | None:
    """What is asked by and not stated, ``""`` for nothing; None where the tender does not fit."""
    if question.categories:
        if tender.category is None:
            return "no_category"
        stated = fold_name(tender.category)
        if not any(fold_name(each) in stated for each in question.categories):
            return None
    if question.min_amount is not None:
        if tender.budget is None:
            return "no_amount"
        if tender.budget < question.min_amount:
            return None
    return ""


def _found(reader: Reader, question: TenderQuestion, bodies: Bodies) -> Iterable[str]:
    """The ids of the tenders that an index finds."""
    assert question.query is not None
    asked = Question(texts=(question.query,))
    filters = Filters(
        bodies=question.bodies, prefectures=question.prefectures, kinds=frozenset({Kind.TENDER})
    )
    return documents_found(reader, parse(asked.text, asked.match, bodies), filters)


def documents_found(reader: Reader, node: Node, filters: Filters) -> Iterator[str]:
    """The ids of all documents that a query finds, each once."""
    offset = 0
    while True:
        results = reader.search(
            node, filters, sort=Sort.NEWEST, limit=_AT_ONCE, offset=offset, group_documents=True
        )
        yield from (hit.document for hit in results.hits)
        offset += len(results.hits)
        if len(results.hits) < _AT_ONCE:
            return
