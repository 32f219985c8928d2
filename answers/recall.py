"""Recall: which of the tenders that somebody knows are here, and why not the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from answers.recall_list import Known
from answers.sources import Standing, known_sources
from answers.title_matching import SAME_YEAR, SHORTEST, Likeness, Title, fold, likeness
from indexer.query import Filters, Phrase, Sort, Substring
from indexer.tokens import terms
from kazami.document import Kind
from kazami.sources import sources_of
from kazami.text import exact_form

if TYPE_CHECKING:
    from indexer.engines.base import Reader
    from kazami.settings import Settings
    from kazami.store import Store, StoredTitle

TITLED = frozenset({Kind.TENDER, Kind.AWARD, Kind.ANNOUNCEMENT})
"""Kinds whose titles name what they are about."""

_NEAR = timedelta(days=7)
"""A document without text of about the day may be the one that is missed."""

_BLOCKED = (Standing.NEEDS_PERMISSION, Standing.REFUSED, Standing.SUSPENDED)
_LONGEST = 200


class Cause(StrEnum):
    """Why one is not found."""

    UNKNOWN_BODY = "unknown-body"
    NOT_CRAWLED = "not-crawled"
    NO_PERMISSION = "no-permission"
    OUTSIDE_PERIOD = "outside-period"
    NO_TEXT = "no-text"
    UNKNOWN_WORDS = "unknown-words"
    NOT_FOUND = "not-found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """One line of the list, and what became of it.

    Found, it has the ``document`` with its ``title``, ``day`` and ``url``; ``passage`` where its
    words stand in a text and in no title. ``others`` more fit as well. Missed, it has the
    ``cause``: ``first`` and ``last`` are the days that are collected of its body, ``words`` those
    that stand in nothing that is collected, ``textless`` the documents that no text was read of.
    """

    known: Known
    document: str | None = None
    passage: str | None = None
    title: str | None = None
    day: date | None = None
    url: str | None = None
    others: int = 0
    cause: Cause | None = None
    first: date | None = None
    last: date | None = None
    words: tuple[str, ...] = ()
    textless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallAnswer:
    """Every line in its order; ``causes`` counts the misses. ``indexed``: so were texts."""

    lines: tuple[Recalled, ...]
    kinds: frozenset[Kind]
    indexed: bool

    @property
    def found(self) -> int:
        return sum(line.document is not None for line in self.lines)

    @property
    def causes(self) -> Counter[Cause]:
        return Counter(line.cause for line in self.lines if line.cause is not None)


def recall(
    store: Store,
    settings: Settings,
    known: Sequence[Known],
    *,
    reader: Reader | None = None,
    kinds: frozenset[Kind] = TITLED,
) -> RecallAnswer:
    """What is here of the list. Titles are held against titles, then against texts where there is
    an index; minutes have texts only.
    """
    titled = store.titles(kinds & TITLED, _bodies(known))
    shelf = _Shelf(titled)
    there = _Extents(store, kinds, _bodies(known))
    blocked = _blocked(settings, kinds, {line.body for line in known if line.body})
    return RecallAnswer(
        lines=tuple(_recalled(line, shelf, there, blocked, reader, kinds) for line in known),
        kinds=kinds,
        indexed=reader is not None,
    )


def _bodies(known: Iterable[Known]) -> frozenset[str]:
    """The bodies asked for; none where a line may be of any."""
    named = [line.body for line in known if line.named is None]
    return frozenset() if None in named else frozenset(each for each in named if each)


class _Shelf:
    """Stored titles, by body and by pairs of letters."""

    def __init__(self, stored: Iterable[StoredTitle]) -> None:
        self.of_body: defaultdict[str, list[tuple[StoredTitle, Title]]] = defaultdict(list)
        self._all: list[tuple[StoredTitle, Title]] = []
        self._pairs: defaultdict[str, list[int]] = defaultdict(list)
        for each in stored:
            for words in dict.fromkeys((each.title, each.project or each.title)):
                folded = fold(words, each.body, each.date)
                self.of_body[each.body].append((each, folded))
                for pair in _pairs(folded.whole):
                    self._pairs[pair].append(len(self._all))
                self._all.append((each, folded))

    def candidates(self, title: Title) -> Iterable[tuple[StoredTitle, Title]]:
        """Those that can be alike: the body's, else those that share much of the words."""
        if title.body is not None:
            return self.of_body.get(title.body, ())
        pairs = _pairs(title.whole)
        shared: Counter[int] = Counter()
        for pair in pairs:
            shared.update(self._pairs.get(pair, ()))
        return [self._all[place] for place, count in shared.items() if count * 3 >= len(pairs)]


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(max(len(text) - 1, 1))}


class _Extents:
    """From when to when documents of each body are collected, and which have no text."""

    def __init__(self, store: Store, kinds: Iterable[Kind], bodies: frozenset[str]) -> None:
        self._days: defaultdict[str, list[date]] = defaultdict(list)
        self._textless: defaultdict[str, list[StoredTitle]] = defaultdict(list)
        self._known: set[str] = set()
        for each in store.titles(tuple(kinds), bodies):
            self._known.add(each.body)
            if each.date is not None:
                self._days[each.body].append(each.date)
            if each.textless and each.kind is not Kind.AWARD:  # an award is its title and facts
                self._textless[each.body].append(each)

    def holds(self, body: str) -> bool:
        return body in self._known

    def period(self, body: str) -> tuple[date, date] | None:
        days = self._days.get(body)
        return (min(days), max(days)) if days else None

    def textless(self, body: str, day: date | None) -> tuple[str, ...]:
        """Those of about the day, or all where none is said."""
        return tuple(
            each.id
            for each in self._textless.get(body, ())
            if day is None or each.date is None or abs(each.date - day) <= _NEAR
        )


def _blocked(
    settings: Settings, kinds: frozenset[Kind], bodies: Iterable[str]
) -> Callable[[str], bool]:
    """Whether what a body publishes may be fetched from none of its sources."""
    standings: defaultdict[str, list[tuple[Kind, Standing]]] = defaultdict(list)
    for each in known_sources(settings, sources_of(sorted(bodies))):
        standings[each.source.body].append((each.source.kind, each.standing))

    def blocked(body: str) -> bool:
        all_of_them = standings.get(body, [])
        fitting = [standing for kind, standing in all_of_them if kind in kinds]
        fitting = fitting or [standing for _, standing in all_of_them]
        return bool(fitting) and all(standing in _BLOCKED for standing in fitting)

    return blocked


def _recalled(
    line: Known,
    shelf: _Shelf,
    there: _Extents,
    blocked: Callable[[str], bool],
    reader: Reader | None,
    kinds: frozenset[Kind],
) -> Recalled:
    if line.named is not None:
        return Recalled(known=line, cause=Cause.UNKNOWN_BODY)
    title = fold(line.title, line.body, line.day)
    fitting = [
        (like, stored)
        for stored, other in shelf.candidates(title)
        if (like := likeness(title, other)) is not None
    ]
    if fitting:
        return _found(line, fitting)
    if reader is not None and (found := _in_texts(reader, line, kinds)) is not None:
        document, passage = found
        return Recalled(known=line, document=document, passage=passage)
    return _missed(line, there, blocked, reader)


def _found(line: Known, fitting: list[tuple[Likeness, StoredTitle]]) -> Recalled:
    best, stored = max(fitting, key=lambda each: (each[0], each[1].id))
    same = {each.id for like, each in fitting if like[:3] == best[:3]}
    return Recalled(
        known=line,
        document=stored.id,
        title=stored.title,
        day=stored.date,
        url=stored.url,
        others=len(same) - 1,
    )


def _in_texts(reader: Reader, line: Known, kinds: frozenset[Kind]) -> tuple[str, str] | None:
    """The oldest passage in which the whole title stands; None where it is too short to tell.

    Of another year's text it is not known that it speaks of this year's.
    """
    words = exact_form(line.title)
    if len(words) < 2 * SHORTEST or line.body is None:
        return None
    filters = Filters(
        bodies=frozenset({line.body}),
        kinds=kinds,
        since=line.day and line.day - SAME_YEAR,
        until=line.day and line.day + SAME_YEAR,
    )
    hits = reader.search(Substring(words), filters, sort=Sort.OLDEST, limit=1).hits
    return (hits[0].document, hits[0].passage) if hits else None


def _missed(
    line: Known,
    there: _Extents,
    blocked: Callable[[str], bool],
    reader: Reader | None,
) -> Recalled:
    textless: tuple[str, ...] = ()
    if line.body is not None:
        if not there.holds(line.body):
            cause = Cause.NO_PERMISSION if blocked(line.body) else Cause.NOT_CRAWLED
            return Recalled(known=line, cause=cause)
        period = there.period(line.body)
        if line.day is not None and period and not period[0] <= line.day <= period[1]:
            first, last = period
            return Recalled(known=line, cause=Cause.OUTSIDE_PERIOD, first=first, last=last)
        textless = there.textless(line.body, line.day)
        if textless and line.day is not None:
            return Recalled(known=line, cause=Cause.NO_TEXT, textless=textless)
    unknown = tuple(_unknown_words(line.title, reader)) if reader is not None else ()
    if unknown:
        return Recalled(known=line, cause=Cause.UNKNOWN_WORDS, words=unknown, textless=textless)
    if textless:
        return Recalled(known=line, cause=Cause.NO_TEXT, textless=textless)
    return Recalled(known=line, cause=Cause.NOT_FOUND)


def _unknown_words(title: str, reader: Reader) -> Iterable[str]:
    """The words of a title that stand in nothing that is indexed."""
    for word in dict.fromkeys(terms(title[:_LONGEST])):
        if len(word) > 1 and not word.isdigit():
            found = reader.search(Phrase((word,)), Filters(), limit=1)
            if not found.documents:
                yield word
