"""A timeline: what became of one topic in one body, from the first word to the contract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from answers.claim import Claim, claim
from answers.questions import Question
from answers.tenders import documents_found
from indexer.engines.base import Reader
from indexer.highlight import snippet
from indexer.language import parse
from indexer.query import Filters, Node, Sort
from kazami.bodies import Bodies
from kazami.document import Document, Kind, Stance
from kazami.facts import AwardFacts, AwardOutcome, Stage, TenderFacts
from kazami.procurement import closing
from kazami.store import Store, StoredPassage

_AT_ONCE = 5000


class EventKind(StrEnum):
    """What happened; the values of Stage, and what else is published."""

    QUESTION = "question"
    ANSWER = "answer"
    MENTION = "mention"
    ANNOUNCEMENT = "announcement"
    PLANNED = "planned"
    NOTICE = "notice"
    CORRECTION = "correction"
    CANCELLED = "cancelled"
    FAILED = "failed"
    AWARD = "award"


_OF_STANCE = {Stance.QUESTION: EventKind.QUESTION, Stance.ANSWER: EventKind.ANSWER}
_ORDER = {kind: place for place, kind in enumerate(EventKind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One document on the line; of a sitting its questions, and its answers, are one each.

    ``id`` is the first passage's, or the document's. ``passages`` so many speak of the topic,
    ``speaker`` and ``role`` are the first one's, ``snippet`` is cut from it with its ``marks``.
    ``closes`` is the day until which an offer could be handed in, ``supplier`` and ``amount`` (yen)
    are an award's. ``first``: nothing that is collected speaks of the topic before. ``missing`` is
    the day on which the document was found gone.
    """

    kind: EventKind
    day: date | None
    id: str
    document: str
    title: str
    url: str | None
    passages: int = 0
    speaker: str | None = None
    role: str | None = None
    snippet: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    closes: date | None = None
    supplier: str | None = None
    amount: int | None = None
    missing: date | None = None
    doubtful: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineAnswer:
    """The events in their order; those of no day, which lie nowhere on the line, at the end.

    ``lost`` hits are in the index and no longer in the store. ``repeated`` documents are left out:
    what they show is a page that has an event of its own.
    """

    query: str
    body: str
    body_name: str
    events: tuple[Event, ...]
    lost: int
    claim: Claim
    repeated: int = 0

    @property
    def dated(self) -> tuple[Event, ...]:
        """Those that lie on the line."""
        return tuple(event for event in self.events if event.day is not None)


def timeline(
    store: Store, reader: Reader, question: Question, body: str, *, bodies: Bodies
) -> TimelineAnswer:
    """All that one body published on a topic, sorted by day.

    Raises QuerySyntaxError, and WrongQuestion where there is not just one text.
    """
    node = parse(question.text, question.match, bodies)
    filters = replace(question.filters, bodies=frozenset({body}))
    kinds = filters.kinds or frozenset(Kind)
    events: list[Event] = []
    lost = repeated = 0
    if Kind.MINUTES in kinds:
        said, lost = _said(store, reader, node, _of_kinds(filters, {Kind.MINUTES}))
        events += said
    if others := kinds - {Kind.MINUTES}:
        ids = list(documents_found(reader, node, _of_kinds(filters, others)))
        published = [document for id in ids if (document := store.document(id)) is not None]
        lost += len(ids) - len(published)
        once = list(_once(published))
        repeated = len(published) - len(once)
        events += map(_published, once)
    of = bodies.get(body)
    return TimelineAnswer(
        query=question.text,
        body=body,
        body_name=of.full_name if of else body,
        events=tuple(in_order(events)),
        lost=lost,
        claim=claim(reader, filters, question.match, bodies, store),
        repeated=repeated,
    )


def in_order(events: Iterable[Event]) -> Iterator[Event]:
    """By day, on one day as things follow each other; the first of a day is marked ``first``."""
    undated = date.max
    ordered = sorted(events, key=lambda e: (e.day or undated, _ORDER[e.kind], e.id))
    for place, event in enumerate(ordered):
        yield replace(event, first=place == 0 and event.day is not None)


def _of_kinds(filters: Filters, kinds: Iterable[Kind]) -> Filters:
    return replace(filters, kinds=frozenset(kinds))


def _said(store: Store, reader: Reader, node: Node, filters: Filters) -> tuple[list[Event], int]:
    """An event for the questions and one for the answers of each sitting, and how many were lost.

    Of a sitting that has neither, its first passage on the topic.
    """
    ids = list(_passages(reader, node, filters))
    stored = store.passages(ids)
    sittings: defaultdict[str, list[StoredPassage]] = defaultdict(list)
    for id in ids:
        if id in stored:
            sittings[stored[id].document_id].append(stored[id])
    events: list[Event] = []
    for said in sittings.values():
        said.sort(key=lambda each: each.passage.order)
        groups: defaultdict[EventKind, list[StoredPassage]] = defaultdict(list)
        for each in said:
            if (stance := each.passage.stance) in _OF_STANCE:
                groups[_OF_STANCE[stance]].append(each)
        if not groups:
            groups[EventKind.MENTION] = said
        events += (_utterances(kind, group, node) for kind, group in groups.items())
    return events, len(ids) - len(stored)


def _passages(reader: Reader, node: Node, filters: Filters) -> Iterator[str]:
    offset = 0
    while True:
        results = reader.search(node, filters, sort=Sort.OLDEST, limit=_AT_ONCE, offset=offset)
        yield from (hit.passage for hit in results.hits)
        offset += len(results.hits)
        if len(results.hits) < _AT_ONCE:
            return


def _utterances(kind: EventKind, group: Sequence[StoredPassage], node: Node) -> Event:
    first = group[0]
    best = snippet(first.passage.text, node)
    return Event(
        kind=kind,
        day=first.date,
        id=first.id,
        document=first.document_id,
        title=first.title,
        url=first.passage.url or first.document_url,
        passages=len(group),
        speaker=first.passage.speaker,
        role=first.passage.role,
        snippet=best.text,
        marks=best.marks,
        missing=first.missing,
        doubtful=first.doubtful,
    )


def _once(published: Sequence[Document]) -> Iterator[Document]:
    """Each page once: as the tender or award that it is, not as the feed's or the portal's entry.

    A town's feed names its tenders and awards among the news. The portal's copy of a notice has
    the page that it was read from as its first file; on another day, or of another stage, it stays.
    """
    bought = [each for each in published if each.kind in (Kind.TENDER, Kind.AWARD) and each.url]
    pages = {each.url for each in bought}
    stages = {(each.url, each.date, _published(each).kind) for each in bought}
    for document in published:
        if document.kind is Kind.ANNOUNCEMENT and document.url in pages:
            continue
        files = [file.url for file in document.attachments[:1] if file.url != document.url]
        kind = _published(document).kind
        if document.kind is Kind.TENDER and any(
            (url, document.date, kind) in stages for url in files
        ):
            continue
        yield document


def _published(document: Document) -> Event:
    event = Event(
        kind=EventKind.ANNOUNCEMENT,
        day=document.date,
        id=document.id,
        document=document.id,
        title=document.title,
        url=document.url,
    )
    facts = document.facts
    if document.kind is Kind.TENDER:
        known = facts if isinstance(facts, TenderFacts) else TenderFacts()
        stage = (known.stage and known.stage.value) or Stage.NOTICE
        closes = closing(known.deadlines)
        return replace(
            event, kind=EventKind(stage.value), closes=None if closes is None else closes.day
        )
    if document.kind is Kind.AWARD:
        won = facts if isinstance(facts, AwardFacts) else AwardFacts()
        outcome = (won.outcome and won.outcome.value) or AwardOutcome.AWARDED
        kind = EventKind.AWARD if outcome is AwardOutcome.AWARDED else EventKind(outcome.value)
        return replace(
            event,
            kind=kind,
            supplier=None if won.supplier is None else won.supplier.value,
            # Tables print 0 for an amount that is not stated.
            amount=(None if won.amount is None else won.amount.value) or None,
        )
    return event
