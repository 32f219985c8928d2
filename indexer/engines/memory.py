"""The reference engine: obviously correct, slow; the others are held to its answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from sys import intern
from types import TracebackType
from typing import Self

from indexer import ranking as bm25
from indexer import tokens
from indexer.engines.base import EngineError, Fingerprint, Generation, Writer
from indexer.engines.matching import fits
from indexer.longer_words import Sought, in_order
from indexer.places import near_places, places
from indexer.query import (
    ALL_MEASURES,
    And,
    By,
    Cell,
    Extent,
    Field,
    FieldIs,
    Filters,
    Hit,
    Leaf,
    Measure,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Readings,
    Results,
    Sort,
    Substring,
    leaves,
)
from indexer.sinks import TokenSink
from indexer.spans import Located
from indexer.tokens import terms
from kazami.bodies import in_no_share
from kazami.document import Document, Kind, Stance
from kazami.fields import TEXT_FIELDS, TextField
from kazami.periods import Every, period_of
from kazami.store import Store
from kazami.text import exact_form, fold_name

MOST_CHARACTERS = 5_000_000
"""About half a minute of tokenizing and 400 MB for every question; whoosh is made for more."""

UNDATED = date.min
"""The day of a document that has none; before all others."""

_ONLY = "memory"


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage with its document's fields: the title folded, ``texts`` as published."""

    id: str
    document: str
    body: str
    kind: Kind
    date: date
    order: int
    doubtful: bool
    title: str
    texts: dict[str, str]
    stance: Stance | None
    exact: str
    terms: tuple[str, ...]
    joined: str
    length: int


class MemoryEngine:
    """An index that lives as long as the process; satisfies ``indexer.engines.base.Engine``.

    Over a store, readers hold what that holds when they are made; without one, what was written.
    ``tokenize`` can stand in for ``terms``.
    """

    lasting = False

    def __init__(
        self, store: Store | None = None, tokenize: Callable[[str], Sequence[str]] = terms
    ) -> None:
        self.tokenize = tokenize
        self.committed: dict[str, tuple[_Passage, ...]] = {}
        self.change = 0
        self._store = store

    def fingerprint(self) -> Fingerprint:
        return {"tokens": tokens.fingerprint()}

    def current(self) -> Generation | None:
        return _ONLY

    def begin(self) -> Generation:
        self.committed, self.change = {}, 0
        return _ONLY

    def switch(self, generation: Generation) -> None: ...

    def writer(self, generation: Generation = _ONLY, sinks: Sequence[TokenSink] = ()) -> Writer:
        return MemoryWriter(self, sinks)

    def reader(self) -> MemoryReader:
        """Raises EngineError where the store holds more than ``MOST_CHARACTERS``."""
        if self._store is not None:
            self._fill(self._store)
        return MemoryReader(self.change, [p for each in self.committed.values() for p in each])

    def lock(
        self, *, wait: float, waiting: Callable[[str], None] | None = None
    ) -> AbstractContextManager[None]:
        return nullcontext()

    def _fill(self, store: Store) -> None:
        writer = self.writer()
        characters = 0
        change = self.change
        for each in store.changes(change):
            characters += sum(len(passage.text) for passage in each.document.passages)
            if characters > MOST_CHARACTERS:
                raise EngineError(
                    f"engine = 'memory' is for at most {MOST_CHARACTERS / 1e6:.0f} million"
                    " characters, and the store holds more: use engine = 'whoosh' and run"
                    " kazami index"
                )
            writer.put([each.document])
            change = each.number
        writer.commit(max(change, store.last_change()))


class MemoryWriter:
    """See ``Writer``."""

    def __init__(self, engine: MemoryEngine, sinks: Sequence[TokenSink] = ()) -> None:
        self._engine, self._sinks = engine, sinks
        self._documents = dict(engine.committed)
        self.change = engine.change

    def put(self, documents: Iterable[Document]) -> None:
        for document in documents:
            found = tuple(_passages(document, self._engine.tokenize))
            self._documents[document.id] = found
            for sink in self._sinks:
                sink.fold(document.id, sink.digest(document, [each.terms for each in found]))

    def delete(self, ids: Iterable[str]) -> None:
        gone = list(ids)
        for each in gone:
            self._documents.pop(each, None)
        for sink in self._sinks:
            sink.forget(gone)

    def commit(self, change: int) -> None:
        self._engine.committed = dict(self._documents)
        self._engine.change = self.change = change

    def close(self) -> None:
        self._documents = dict(self._engine.committed)


def _passages(document: Document, tokenize: Callable[[str], Sequence[str]]) -> Iterator[_Passage]:
    title = fold_name(document.title)
    for passage in document.passages:
        found = tuple(map(intern, tokenize(passage.text)))
        yield _Passage(
            id=document.passage_id(passage),
            document=document.id,
            body=document.body,
            kind=document.kind,
            date=document.date or UNDATED,
            order=passage.order,
            doubtful=document.doubtful,
            title=title,
            texts={name: value for name, f in TEXT_FIELDS.items() if (value := f.of(passage))},
            stance=passage.stance,
            exact=exact_form(passage.text),
            terms=found,
            joined="\n".join(found),
            length=sum(1 for term in found if term),
        )


class MemoryReader:
    """See ``Reader``."""

    def __init__(self, change: int, passages: Sequence[_Passage]) -> None:
        self.change = change
        self._passages = passages

    def search(
        self,
        node: Node,
        filters: Filters,
        *,
        sort: Sort = Sort.RELEVANCE,
        limit: int = 20,
        offset: int = 0,
        group_documents: bool = False,
    ) -> Results:
        found = [p for p in self._passing(filters) if _holds(p, node)]
        scores = self._scores(node, found)
        found.sort(key=lambda p: (p.document, p.order))
        match sort:
            case Sort.RELEVANCE:
                found.sort(key=lambda p: p.date, reverse=True)
                found.sort(key=lambda p: scores[p.id], reverse=True)
            case Sort.NEWEST:
                found.sort(key=lambda p: p.date, reverse=True)
            case Sort.OLDEST:
                found.sort(key=lambda p: p.date)
        in_document: dict[str, int] = {}
        best: list[_Passage] = []
        for passage in found:
            if passage.document not in in_document:
                best.append(passage)
            in_document[passage.document] = in_document.get(passage.document, 0) + 1
        shown = (best if group_documents else found)[offset : offset + limit]
        hits = tuple(
            Hit(p.id, p.document, scores[p.id], in_document[p.document] if group_documents else 1)
            for p in shown
        )
        return Results(len(found), len(in_document), hits)

    def _passing(self, filters: Filters) -> Sequence[_Passage]:
        if filters == Filters():
            return self._passages
        return [passage for passage in self._passages if _passes(passage, filters)]

    def _scores(self, node: Node, found: Sequence[_Passage]) -> dict[str, float]:
        everything = len(self._passages)
        average = sum(p.length for p in self._passages) / everything if everything else 0.0
        scores = dict.fromkeys((p.id for p in found), 0.0)
        for leaf in leaves(node):
            weight = bm25.idf(everything, sum(1 for p in self._passages if occurrences(p, leaf)))
            for passage in found:
                if tf := occurrences(passage, leaf):
                    norm = bm25.norm(passage.length, average)
                    scores[passage.id] += bm25.gain(weight, tf, norm)
        return {passage: bm25.rounded(score) for passage, score in scores.items()}

    def locate(self, node: Node, hits: Sequence[Hit]) -> dict[str, Located]:
        """Nothing: whoever shows the passages tokenizes them."""
        return {}

    def tally(
        self,
        node: Node | None,
        filters: Filters,
        *,
        every: Every | None = None,
        by: By | None = None,
        measures: frozenset[Measure] = ALL_MEASURES,
        tokens: bool = False,
    ) -> list[Cell]:
        cells: dict[tuple[date, str], list[_Passage]] = {}
        for passage in self._passing(filters):
            if node is None or _holds(passage, node):
                start = period_of(passage.date, every).start if every else date.min
                cells.setdefault((start, _group(passage, by) or ""), []).append(passage)
        counted = () if node is None else tuple(leaves(node))
        return [
            Cell(
                start=start if every else None,
                group=group if by else None,
                passages=len(found) if Measure.PASSAGES in measures else 0,
                documents=len({p.document for p in found}) if Measure.DOCUMENTS in measures else 0,
                bodies=len({p.body for p in found if not in_no_share(p.body)})
                if Measure.BODIES in measures
                else 0,
                occurrences=sum(occurrences(p, leaf) for p in found for leaf in counted)
                if Measure.OCCURRENCES in measures
                else 0,
                tokens=sum(p.length for p in found) if tokens else 0,
            )
            for (start, group), found in sorted(cells.items())
        ]

    def extent(self, filters: Filters) -> Extent:
        found = self._passing(filters)
        return Extent(
            passages=len(found),
            documents=len({p.document for p in found}),
            bodies=len({p.body for p in found}),
            codes=frozenset(p.body for p in found),
            kinds=frozenset(p.kind for p in found),
            first=min((p.date for p in found), default=None),
            last=max((p.date for p in found), default=None),
            doubtful=len({p.document for p in found if p.doubtful}),
            tokens=sum(p.length for p in found),
        )

    def longer_terms(self, sought: Sought, filters: Filters) -> list[str]:
        passing = (p for p in self._passages if _passes(p, filters))
        counts = Counter(term for p in passing for term in set(p.terms) if sought.in_term(term))
        return in_order(counts.items())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def _group(passage: _Passage, by: By | None) -> str | None:
    match by:
        case None:
            return None
        case By.PREFECTURE:
            return passage.body[:2]
        case By.BODY:
            return passage.body
        case By.KIND:
            return passage.kind
        case By.STANCE:
            return passage.stance
        case _:  # a text field (kazami.fields)
            return passage.texts.get(by)


def _passes(passage: _Passage, filters: Filters) -> bool:
    return (
        (not filters.bodies or passage.body in filters.bodies)
        and (not filters.prefectures or passage.body[:2] in filters.prefectures)
        and (not filters.kinds or passage.kind in filters.kinds)
        and (filters.since is None or filters.since <= passage.date)
        and (filters.until is None or passage.date <= filters.until)
        and all(
            any(_fits(field, value, passage) for value in values)
            for field, values in filters.texts()
        )
        and (not filters.stances or passage.stance in filters.stances)
        and (filters.reading is Readings.ALL or not passage.doubtful)
    )


def _fits(field: TextField, value: str, passage: _Passage) -> bool:
    printed = passage.texts.get(field.name)
    return printed is not None and fits(field, value)(fold_name(printed))


def _is(passage: _Passage, wanted: FieldIs) -> bool:
    match wanted.field:
        case Field.STANCE:
            return passage.stance == wanted.value
        case Field.BODY:
            return passage.body == wanted.value
        case Field.PREF:
            return passage.body[:2] == wanted.value
        case Field.KIND:
            return passage.kind == wanted.value
        case Field.TITLE:
            return fold_name(wanted.value) in passage.title
        case _:  # a text field (kazami.fields)
            return _fits(TEXT_FIELDS[wanted.field], wanted.value, passage)


def _holds(passage: _Passage, node: Node) -> bool:
    match node:
        case And(nodes):
            return all(_holds(passage, each) for each in nodes)
        case Or(nodes):
            return any(_holds(passage, each) for each in nodes)
        case Not(inner):
            return not _holds(passage, inner)
        case FieldIs():
            return _is(passage, node)
        case Phrase() | Substring() | Near():
            return occurrences(passage, node) > 0


def occurrences(passage: _Passage, leaf: Leaf) -> int:
    """How often the leaf is in the passage.

    A phrase: the positions that it starts at (they may overlap). A substring: without overlaps.
    A Near: the distinct places of its left side that have a right one near them.
    """
    match leaf:
        case Phrase():
            return len(places(passage.terms, leaf)) if _may_hold(passage, [leaf]) else 0
        case Substring(text):
            return passage.exact.count(text)
        case Near(left, right):
            if not (_may_hold(passage, left) and _may_hold(passage, right)):
                return 0
            return len(near_places(passage.terms, leaf)[0])


def _may_hold(passage: _Passage, phrases: Sequence[Phrase]) -> bool:
    """Looking through one string is many times faster than through its terms."""
    return any(all(term in passage.joined for term in phrase.terms) for phrase in phrases)
