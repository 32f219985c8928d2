"""The reference engine: obviously correct, slow; the others are held to its answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from functools import cached_property
from types import TracebackType
from typing import Self

from indexer import ranking as bm25
from indexer import tokens
from indexer.engines.base import EngineError, Fingerprint, Generation, Writer
from indexer.engines.rows import UNDATED, Row, group_of, holds, occurrences, passes, rows_of
from indexer.longer_words import Sought, in_order
from indexer.query import (
    ALL_MEASURES,
    By,
    Cell,
    Extent,
    Filters,
    Hit,
    KindExtent,
    Leaf,
    Measure,
    Node,
    Results,
    Sort,
    leaves,
)
from indexer.sinks import TokenSink
from indexer.spans import Located
from indexer.titles import characters as sized
from indexer.tokens import terms
from kazami.bodies import in_no_share
from kazami.document import Document
from kazami.periods import Every, period_of
from kazami.store import Store

MOST_CHARACTERS = 5_000_000
"""About half a minute of tokenizing and 400 MB for every question; whoosh is made for more."""

_ONLY = "memory"


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
        self.committed: dict[str, tuple[Row, ...]] = {}
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
        return MemoryReader(self.change, [row for each in self.committed.values() for row in each])

    def lock(
        self, *, wait: float, waiting: Callable[[str], None] | None = None
    ) -> AbstractContextManager[None]:
        return nullcontext()

    def _fill(self, store: Store) -> None:
        writer = self.writer()
        characters = 0
        change = self.change
        for each in store.changes(change):
            characters += sized(each.document)
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
            found = tuple(rows_of(document, self._engine.tokenize))
            self._documents[document.id] = found
            said = [each.terms for each in found if not each.is_title]
            for sink in self._sinks:
                sink.fold(document.id, sink.digest(document, said))

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


class MemoryReader:
    """See ``Reader``."""

    def __init__(self, change: int, rows: Sequence[Row]) -> None:
        self.change = change
        self._rows = rows
        self._titles = {row.document: row for row in rows if row.is_title}

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
        rows = [row for row in self._passing(filters) if holds(row, node)]
        passages = Counter(row.document for row in rows if not row.is_title)
        found = [row for row in rows if not (row.is_title and row.document in passages)]
        scores = self._scores(node, found)
        found.sort(key=lambda row: (row.document, row.order))
        match sort:
            case Sort.RELEVANCE:
                found.sort(key=lambda row: row.date, reverse=True)
                found.sort(key=lambda row: scores[row.id], reverse=True)
            case Sort.NEWEST:
                found.sort(key=lambda row: row.date, reverse=True)
            case Sort.OLDEST:
                found.sort(key=lambda row: (row.date == UNDATED, row.date))
        best: dict[str, Row] = {}
        for row in found:
            best.setdefault(row.document, row)
        shown = (list(best.values()) if group_documents else found)[offset : offset + limit]
        hits = tuple(
            Hit(
                row.id,
                row.document,
                scores[row.id],
                0 if row.is_title else passages[row.document] if group_documents else 1,
                in_title=self._in_title(row, node),
            )
            for row in shown
        )
        return Results(passages.total(), len(best), hits, titles=len(best) - len(passages))

    def _passing(self, filters: Filters) -> Sequence[Row]:
        if filters == Filters():
            return self._rows
        return [row for row in self._rows if passes(row, filters)]

    def _in_title(self, row: Row, node: Node) -> bool:
        title = self._titles.get(row.document)
        return title is not None and any(occurrences(title, leaf) for leaf in leaves(node))

    def _scores(self, node: Node, found: Sequence[Row]) -> dict[str, float]:
        weights = list(self._weights(node))
        scores = {}
        for row in found:
            own = 0.0 if row.is_title else self._sum(row, weights)
            title = self._titles.get(row.document)
            named = 0.0 if title is None else bm25.TITLE_WEIGHT * self._sum(title, weights)
            scores[row.id] = bm25.rounded(own + named)
        return scores

    def _weights(self, node: Node) -> Iterator[tuple[Leaf, float]]:
        passages = [row for row in self._rows if not row.is_title]
        for leaf in leaves(node):
            df = sum(1 for row in passages if occurrences(row, leaf))
            yield leaf, bm25.idf(len(passages), df)

    def _sum(self, row: Row, weights: Iterable[tuple[Leaf, float]]) -> float:
        norm = bm25.norm(row.length, self._average)
        total = 0.0
        for leaf, weight in weights:
            if tf := occurrences(row, leaf):
                total += bm25.gain(weight, tf, norm)
        return total

    @cached_property
    def _average(self) -> float:
        """The mean length of passages."""
        lengths = [row.length for row in self._rows if not row.is_title]
        return sum(lengths) / len(lengths) if lengths else 0.0

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
        cells: dict[tuple[date, str], list[Row]] = {}
        for row in self._passing(filters):
            if every and row.date == UNDATED:
                continue
            if node is None or holds(row, node):
                start = period_of(row.date, every).start if every else date.min
                cells.setdefault((start, group_of(row, by) or ""), []).append(row)
        counted = () if node is None else tuple(leaves(node))
        return [
            Cell(
                start=start if every else None,
                group=group if by else None,
                documents=len({p.document for p in found}) if Measure.DOCUMENTS in measures else 0,
                bodies=_bodies(found) if Measure.BODIES in measures else 0,
                **_sums([row for row in found if not row.is_title], counted, measures, tokens),
            )
            for (start, group), found in sorted(cells.items())
        ]

    def extent(self, filters: Filters) -> Extent:
        found = self._passing(filters)
        passages = [row for row in found if not row.is_title]
        days = [row.date for row in found if row.date != UNDATED]
        any_day = self._passing(replace(filters, since=None, until=None))
        return Extent(
            passages=len(passages),
            documents=len({row.document for row in found}),
            bodies=len({row.body for row in found}),
            codes=frozenset(row.body for row in found),
            by_kind={
                kind: KindExtent(
                    len({row.document for row in found if row.kind is kind}),
                    sum(1 for row in passages if row.kind is kind),
                )
                for kind in {row.kind for row in found}
            },
            first=min(days, default=None),
            last=max(days, default=None),
            doubtful=len({row.document for row in found if row.doubtful}),
            tokens=sum(row.length for row in passages),
            undated=len({row.document for row in any_day if row.date == UNDATED}),
        )

    def longer_terms(self, sought: Sought, filters: Filters) -> list[str]:
        passing = (row for row in self._rows if passes(row, filters))
        counts = Counter(term for row in passing for term in set(row.terms) if sought.in_term(term))
        return in_order(counts.items())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def _bodies(rows: Iterable[Row]) -> int:
    """How many bodies they are of; organs of the state are in no share of bodies."""
    return len({row.body for row in rows if not in_no_share(row.body)})


def _sums(
    passages: Sequence[Row],
    counted: Sequence[Leaf],
    measures: frozenset[Measure],
    tokens: bool,
) -> dict[str, int]:
    """What of a cell titles count nothing in."""
    sums = {}
    if Measure.PASSAGES in measures:
        sums["passages"] = len(passages)
    if Measure.OCCURRENCES in measures:
        sums["occurrences"] = sum(occurrences(row, leaf) for row in passages for leaf in counted)
    if tokens:
        sums["tokens"] = sum(row.length for row in passages)
    return sums
