"""The default engine's reader: queries over the arrays of Whoosh segments, to the last unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from indexer.engines.whoosh import columns
from indexer.engines.whoosh.columns import STANCES
from indexer.engines.whoosh.commits import Snapshot
from indexer.engines.whoosh.execution import SegmentReader
from indexer.engines.whoosh.inverted import Ints
from indexer.engines.whoosh.scoring import Found, gather, scores_of, titles_among
from indexer.engines.whoosh.tallies import Counted, cells
from indexer.longer_words import Sought, in_order
from indexer.query import (
    ALL_MEASURES,
    By,
    Cell,
    Extent,
    Filters,
    Hit,
    KindExtent,
    Measure,
    Node,
    Results,
    Sort,
    leaves,
)
from indexer.spans import Located
from kazami.document import Kind
from kazami.fields import TEXT_FIELDS
from kazami.periods import Every

_LAST_DAY = 99991231


class WhooshReader:
    """A snapshot of the last commit; satisfies ``indexer.engines.base.Reader``."""

    def __init__(self, folder: Path) -> None:
        """Open the index in ``folder``; EngineError where there is none or it is damaged."""
        self._snapshot = Snapshot(folder)
        self.change = self._snapshot.change
        self._views = [SegmentReader(segment) for segment in self._snapshot.segments]
        sizes = [view.columns.documents for view in self._views]
        self._first_documents = list(accumulate(sizes, initial=0))[:-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._views = []
        self._snapshot.close()

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
        pairs = zip(self._views, self._find(node, filters), strict=True)
        found = [view.shown(rows) for view, rows in pairs]
        total = sum(map(len, found))
        if not total:
            return Results(0, 0, ())
        titles = titles_among(self._views, found)
        sizes = [len(passages) for passages in found]
        scores = scores_of(self._views, node, found)
        rows = _Rows(
            view=np.repeat(np.arange(len(found)), sizes),
            passage=np.concatenate(found),
            score=scores.total,
            day=self._gather(found, lambda view, passages: view.dates[passages]).astype(np.int64),
            document=self._documents(found),
        )
        starts = np.flatnonzero(np.r_[True, rows.document[1:] != rows.document[:-1]])
        counts = np.ones(total, dtype=np.int64)
        alone = 0
        chosen = np.arange(total)
        if group_documents:
            chosen = _best(rows.score, starts) if sort is Sort.RELEVANCE else starts
            counts = np.zeros(total, dtype=np.int64)
            counts[chosen] = np.diff(np.r_[starts, total])
        if titles is not None:
            counts[titles] = 0
            alone = int(np.count_nonzero(titles))
        page = self._page(rows, chosen, sort, offset, offset + limit)
        hits = tuple(
            Hit(
                passage=self._views[rows.view[at]].columns.passage_id(int(rows.passage[at])),
                document=self._document_id(int(rows.view[at]), int(rows.document[at])),
                score=float(rows.score[at]),
                passages=int(counts[at]),
                in_title=scores.named is not None and bool(scores.named[at] > 0),
                place=int(rows.view[at]) << 32 | int(rows.passage[at]),
            )
            for at in page
        )
        return Results(total - alone, len(starts), hits, titles=alone)

    def locate(self, node: Node, hits: Sequence[Hit]) -> dict[str, Located]:
        wanted = list(leaves(node))
        found: dict[str, Located] = {}
        for number, view in enumerate(self._views):
            here = {
                hit.place & 0xFFFFFFFF: hit.passage for hit in hits if hit.place >> 32 == number
            }
            passages = np.array(sorted(here), dtype=np.int64)
            if len(passages):
                for passage, located in view.locate(wanted, passages):
                    found[here[passage]] = located
        return found

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
        found = self._find(node, filters)
        if every:
            found = [
                rows[view.dates[rows] != columns.UNDATED]
                for view, rows in zip(self._views, found, strict=True)
            ]
        groups, names = self._groups(found, by)
        documents = Measure.DOCUMENTS in measures
        bodies = Measure.BODIES in measures
        occurrences = Measure.OCCURRENCES in measures and node is not None
        counted = Counted(
            days=self._gather(found, lambda view, at: view.dates[at]) if every else None,
            groups=groups,
            titles=titles_among(self._views, found),
            documents=self._documents(found) if documents else None,
            bodies=self._by_document(found, _body) if bodies else None,
            occurrences=self._occurrences(node, found) if occurrences and node else None,
            tokens=self._gather(found, lambda view, at: view.lengths[at]) if tokens else None,
        )
        return cells(sum(map(len, found)), counted, every, names, measures)

    def extent(self, filters: Filters) -> Extent:
        passages = documents = tokens = doubtful = undated = 0
        bodies: set[int] = set()
        by_kind: Counter[str] = Counter()
        said_by_kind: Counter[str] = Counter()
        days: list[int] = []
        for view in self._views:
            # One segment at a time: together they can be the passages of all the country.
            found = self._passing(view, None, filters)
            undated += self._undated(view, filters)
            if not len(found):
                continue
            said = view.without_titles(found)
            passages += len(said)
            tokens += int(view.lengths[said].sum(dtype=np.int64))
            # The rest is known of documents.
            chosen = _documents_of(view, found)
            documents += len(chosen)
            doubtful += int(view.columns.array(columns.DOUBTFUL)[chosen].sum(dtype=np.int64))
            bodies.update(_body(view)[chosen].tolist())
            names = view.columns.strings(columns.KINDS)
            if len(names) == 1:
                by_kind[names[0]] += len(chosen)
                said_by_kind[names[0]] += len(said)
            else:
                by_kind.update(_counts_of_kinds(view, chosen))
                of_each = view.columns.array(columns.DOCUMENT)[said]
                said_by_kind.update(_counts_of_kinds(view, of_each))
            dates = view.columns.array(columns.DAY)[chosen]
            dates = dates[dates != columns.UNDATED]
            if len(dates):
                days += [int(dates.min()), int(dates.max())]
        return Extent(
            passages=passages,
            documents=documents,
            bodies=len(bodies),
            first=_date(min(days)) if days else None,
            last=_date(max(days)) if days else None,
            tokens=tokens,
            codes=frozenset(map("{:06d}".format, bodies)),
            by_kind={
                Kind(name): KindExtent(count, said_by_kind[name]) for name, count in by_kind.items()
            },
            doubtful=doubtful,
            undated=undated,
        )

    def _undated(self, view: SegmentReader, filters: Filters) -> int:
        """How many documents without a day pass the filters but for since and until."""
        without = view.columns.array(columns.DAY) == columns.UNDATED
        if not without.any():
            return 0
        any_day = replace(filters, since=None, until=None)
        passing = _documents_of(view, self._passing(view, None, any_day))
        return int(np.count_nonzero(without[passing]))

    def longer_terms(self, sought: Sought, filters: Filters) -> list[str]:
        counts: Counter[str] = Counter()
        for view in self._views:
            counts.update(view.longer_terms(sought, filters))
        return in_order(counts.items())

    def _passing(self, view: SegmentReader, node: Node | None, filters: Filters) -> Ints:
        passages = view.all if node is None else view.matching(node)
        return passages if filters == Filters() else view.passing(filters, passages)

    def _find(self, node: Node | None, filters: Filters) -> Found:
        for view in self._views:
            view.forget()
        return [self._passing(view, node, filters) for view in self._views]

    def _gather(self, found: Found, read: Callable[[SegmentReader, Ints], Ints]) -> Ints:
        return gather(self._views, found, read)

    def _by_document(self, found: Found, read: Callable[[SegmentReader], Ints]) -> Ints:
        """One number for each passage found, by its document."""
        return self._gather(
            found, lambda view, at: read(view)[view.columns.array(columns.DOCUMENT)[at]]
        )

    def _documents(self, found: Found) -> Ints:
        """The documents of the passages found, numbered through all segments."""
        first = dict(zip(map(id, self._views), self._first_documents, strict=True))
        return self._gather(
            found,
            lambda view, at: (
                view.columns.array(columns.DOCUMENT)[at].astype(np.int64) + first[id(view)]
            ),
        )

    def _document_id(self, view: int, document: int) -> str:
        ids = self._views[view].columns.strings(columns.ID)
        return str(ids[document - self._first_documents[view]])

    def _occurrences(self, node: Node, found: Found) -> Ints:
        """How often the query's leaves occur in each passage found, together."""
        wanted = list(leaves(node))
        return self._gather(
            found,
            lambda view, at: np.sum(
                [view.counts_at(leaf, at) for leaf in wanted] or [np.zeros(len(at), np.int64)],
                axis=0,
            ),
        )

    def _page(self, rows: _Rows, chosen: Ints, sort: Sort, start: int, stop: int) -> list[int]:
        """The rows from ``start`` to ``stop`` in order, of those chosen.

        Names are compared only where the page's edge needs it.
        """
        day = rows.day[chosen]
        keys = {
            Sort.RELEVANCE: (-rows.score[chosen], -day),
            Sort.NEWEST: (-day,),
            Sort.OLDEST: (np.where(day == columns.UNDATED, _LAST_DAY, day),),
        }[sort]
        stop = min(stop, len(chosen))
        if start >= stop:
            return []
        if stop < len(chosen):
            near = keys[0] <= np.partition(keys[0], stop - 1)[stop - 1]
            chosen, keys = chosen[near], tuple(key[near] for key in keys)
        order = np.lexsort(keys[::-1])
        chosen, keys = chosen[order], tuple(key[order] for key in keys)
        last = stop
        while last < len(chosen) and all(key[last] == key[stop - 1] for key in keys):
            last += 1
        chosen, keys = chosen[:last], tuple(key[:last] for key in keys)
        names = self._ranks(rows, chosen)
        order = np.lexsort((rows.passage[chosen], names, *keys[::-1]))
        page: list[int] = chosen[order][start:stop].tolist()
        return page

    def _ranks(self, rows: _Rows, chosen: Ints) -> Ints:
        """The rank of each row's document among them, by id."""
        documents, first, inverse = np.unique(
            rows.document[chosen], return_index=True, return_inverse=True
        )
        views = rows.view[chosen][first].tolist()
        names = [
            self._document_id(view, document)
            for view, document in zip(views, documents.tolist(), strict=True)
        ]
        ranks = np.empty(len(names), dtype=np.int64)
        ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        return ranks[inverse]

    def _groups(
        self, found: Found, by: By | None
    ) -> tuple[Ints | None, Callable[[int], str] | None]:
        """A number for each passage's group, and what the groups are called."""
        match by:
            case None:
                return None, None
            case By.BODY:
                return self._by_document(found, _body), "{:06d}".format
            case By.PREFECTURE:
                return self._by_document(found, _prefecture), "{:02d}".format
            case By.STANCE:
                names = sorted(stance or "" for stance in STANCES)
                ranks = np.array([names.index(stance or "") for stance in STANCES])
                stances = self._gather(
                    found, lambda view, at: ranks[view.columns.array(columns.STANCE)[at]]
                )
                return stances, lambda group: str(names[group])
            case By.KIND:
                return self._named(found, columns.KINDS, _kind)
            case _:  # a text field (kazami.fields)
                return self._named(
                    found,
                    TEXT_FIELDS[by].plural,
                    lambda view, at: view.columns.array(TEXT_FIELDS[by].name)[at],
                )

    def _named(
        self, found: Found, names: str, read: Callable[[SegmentReader, Ints], Ints]
    ) -> tuple[Ints, Callable[[int], str]]:
        """Groups that each segment numbers in its own way."""
        own = [list(view.columns.strings(names)) for view in self._views]
        together = sorted(set().union(*own))
        number = {name: at for at, name in enumerate(together)}
        ranks = {
            id(view): np.array([number[name] for name in each])
            for view, each in zip(self._views, own, strict=True)
        }
        groups = self._gather(found, lambda view, at: ranks[id(view)][read(view, at)])
        return groups, together.__getitem__


class _Rows:
    """The rows found, as columns of the same length."""

    def __init__(self, *, view: Ints, passage: Ints, score: Ints, day: Ints, document: Ints):
        self.view = view
        self.passage = passage
        self.score = score
        self.day = day
        self.document = document


def _best(scores: Ints, starts: Ints) -> Ints:
    """The first of the best rows of each run that begins at ``starts``."""
    run = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(scores)]))
    best = np.flatnonzero(scores == np.maximum.reduceat(scores, starts)[run])
    _, first = np.unique(run[best], return_index=True)
    return best[first]


def _documents_of(view: SegmentReader, rows: Ints) -> Ints:
    """The documents of these rising rows, each once: a document's rows follow each other."""
    of_each = view.columns.array(columns.DOCUMENT)[rows]
    documents: Ints = of_each[np.r_[True, of_each[1:] != of_each[:-1]][: len(rows)]]
    return documents


def _counts_of_kinds(view: SegmentReader, documents: Ints) -> dict[str, int]:
    """How many of these are of each kind, where any is."""
    names = list(view.columns.strings(columns.KINDS))
    counts = np.bincount(view.columns.array(columns.KIND)[documents], minlength=len(names))
    return {name: count for name, count in zip(names, counts.tolist(), strict=True) if count}


def _body(view: SegmentReader) -> Ints:
    return view.columns.array(columns.BODY)


def _prefecture(view: SegmentReader) -> Ints:
    return view.columns.array(columns.BODY) // 10000


def _kind(view: SegmentReader, passages: Ints) -> Ints:
    kinds = view.columns.array(columns.KIND)
    return kinds[view.columns.array(columns.DOCUMENT)[passages]]


def _date(day: int) -> date:
    return date(day // 10000, day // 100 % 100, day % 100)
