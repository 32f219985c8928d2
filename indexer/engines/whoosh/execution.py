"""Queries and filters over one segment, as sorted passages or as one yes or no per passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Protocol

import numpy as np

from indexer.engines.matching import fits
from indexer.engines.whoosh import columns
from indexer.engines.whoosh.columns import (
    STANCES,
    Columns,
    Part,
    StreamedStrings,
    Strings,
    encoded,
)
from indexer.engines.whoosh.inverted import Bools, Ints, PostingList
from indexer.engines.whoosh.locating import locate
from indexer.engines.whoosh.set_algebra import (
    NOTHING,
    Counts,
    counted,
    intersection,
    merged,
    near,
    occurrences,
    phrase,
    substrings,
    union,
    within,
)
from indexer.longer_words import Sought
from indexer.query import (
    And,
    Field,
    FieldIs,
    Filters,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Readings,
    Substring,
)
from indexer.spans import Located
from indexer.titles import is_searched
from kazami.document import Kind
from kazami.fields import TEXT_FIELDS, TextField
from kazami.text import fold_name

_FARTHEST = 1 << 31


class SegmentLists(Protocol):
    """A segment's inverted lists."""

    passages: int
    deleted: Ints

    def postings(self, term: str) -> PostingList | None: ...

    def expand(self, prefix: str) -> list[str]: ...

    def part(self, name: str) -> memoryview: ...

    def stream(self, name: str) -> Part: ...


class SegmentReader:
    """One segment, asked in numbers: passages count from 0 within it, deleted ones never appear.

    Title rows (``indexer.titles``) are numbered and found like passages; who counts tells them
    apart.
    """

    def __init__(self, lists: SegmentLists) -> None:
        self._lists = lists
        self.columns = Columns(lists.part)
        self._leaves: dict[Leaf, Counts] = {}

    @property
    def passages(self) -> int:
        return self._lists.passages

    def forget(self) -> None:
        """Drop the leaves counted so far: they are kept for the length of one question."""
        self._leaves.clear()

    @cached_property
    def live(self) -> Bools | None:
        """Which passages are not deleted; None where all are there."""
        if not len(self._lists.deleted):
            return None
        live = np.ones(self.passages, dtype=np.bool_)
        live[self._lists.deleted] = False
        return live

    @property
    def all(self) -> Ints:
        if self.live is None:
            return np.arange(self.passages)
        return np.flatnonzero(self.live)

    @cached_property
    def _title_rows(self) -> Ints | None:
        """Of each document the title row, which is its last; -1 where it has none.

        None where no document has one: what concerns titles costs minutes nothing.
        """
        names = self.columns.strings(columns.KINDS)
        titled = np.array([is_searched(Kind(name)) for name in names], np.bool_)
        if not titled.any():
            return None
        last = self.columns.array(columns.FIRST)[1:].astype(np.int64) - 1
        rows: Ints = np.where(titled[self.columns.array(columns.KIND)], last, -1)
        return rows

    @cached_property
    def titles(self) -> Bools | None:
        """Which rows are titles; None where none is."""
        if self._title_rows is None:
            return None
        titles = np.zeros(self.passages, dtype=np.bool_)
        titles[self._title_rows[self._title_rows >= 0]] = True
        return titles

    def title_of(self, rows: Ints) -> Ints:
        """The title row of each row's document; -1 where it has none."""
        if self._title_rows is None:
            return np.full(len(rows), -1)
        found: Ints = self._title_rows[self.columns.array(columns.DOCUMENT)[rows]]
        return found

    def without_titles(self, rows: Ints) -> Ints:
        """Those of the rows that are passages."""
        if self.titles is None:
            return rows
        passages: Ints = rows[~self.titles[rows]]
        return passages

    def shown(self, rows: Ints) -> Ints:
        """The rising rows, without the titles of documents of which a passage is among them."""
        if self.titles is None:
            return rows
        documents = self.columns.array(columns.DOCUMENT)[rows]
        # A title row comes last of its document's.
        follows = np.r_[False, documents[1:] == documents[:-1]][: len(rows)]
        kept: Ints = rows[~(self.titles[rows] & follows)]
        return kept

    @cached_property
    def live_passages(self) -> int:
        """How many passages there are, without titles and what is deleted."""
        return len(self.without_titles(self.all))

    @cached_property
    def lengths(self) -> Ints:
        """Each row's tokens."""
        return np.frombuffer(self._lists.part("length.col"), dtype="<u4")

    @cached_property
    def tokens(self) -> int:
        """The tokens of all passages that are not deleted."""
        if self.titles is not None:
            return int(self.lengths[self.without_titles(self.all)].sum(dtype=np.int64))
        lengths = self.lengths if self.live is None else self.lengths[self.live]
        return int(lengths.sum(dtype=np.int64))

    @cached_property
    def dates(self) -> Ints:
        """Each row's day as yyyymmdd."""
        return np.frombuffer(self._lists.part("date.col"), dtype="<u4")

    def matching(self, node: Node) -> Ints:
        """The passages that match, rising."""
        found = self._select(node)
        if found.dtype != np.bool_:
            return found
        return np.flatnonzero(found if self.live is None else found & self.live)

    def counts(self, leaf: Leaf) -> Counts:
        """The passages that hold a leaf, and how often."""
        found = self._leaves.get(leaf)
        if found is None:
            found = self._count(leaf)
            if self.live is not None and len(found.passages):
                keep = self.live[found.passages]
                found = Counts(found.passages[keep], found.counts[keep])
            self._leaves[leaf] = found
        return found

    def counts_at(self, leaf: Leaf, passages: Ints) -> Ints:
        """How often a leaf occurs in each of these passages."""
        found = self.counts(leaf)
        if passages is found.passages:
            return found.counts
        places = within(passages, found.passages)
        if not len(found.passages):
            return np.zeros(len(passages), dtype=np.int64)
        return np.where(places >= 0, found.counts[places], 0)

    def locate(self, wanted: Iterable[Leaf], passages: Ints) -> Iterator[tuple[int, Located]]:
        return locate(self._lists, self.columns, wanted, passages)

    def longer_terms(self, sought: Sought, filters: Filters) -> dict[str, int]:
        """The terms that hold the word sought, each with its passages that pass the filters."""
        terms = Strings(self._lists.part(columns.TERMS))
        places = [
            found.start() for found in re.finditer(re.escape(encoded(sought.form)), terms.blob)
        ]
        numbers = np.searchsorted(terms.offsets, places, side="right") - 1
        held = [terms[number] for number in dict.fromkeys(numbers.tolist())]
        wanted = [term for term in held if sought.in_term(term)]
        if not wanted:
            return {}
        passing = self._mask(self.passing(filters, self.all))
        counts = {}
        for term in wanted:
            postings = self._lists.postings(term)
            if postings is not None and (count := np.count_nonzero(passing[postings.docs])):
                counts[term] = int(count)
        return counts

    def _select(self, node: Node) -> Ints | Bools:
        match node:
            case And(nodes):
                return self._all_of([self._select(child) for child in nodes])
            case Or(nodes):
                found = [self._select(child) for child in nodes]
                if all(each.dtype != np.bool_ for each in found):
                    return union(found)
                mask: Bools = np.logical_or.reduce([self._mask(each) for each in found])
                return mask
            case Not(child):
                return ~self._mask(self._select(child))
            case FieldIs(field, value):
                return self._field(field, value)
            case _:
                return self.counts(node).passages

    def _all_of(self, found: Sequence[Ints | Bools]) -> Ints | Bools:
        lists = sorted((each for each in found if each.dtype != np.bool_), key=len)
        masks = [each for each in found if each.dtype == np.bool_]
        if not lists:
            both: Bools = np.logical_and.reduce(masks)
            return both
        result = lists[0]
        for other in lists[1:]:
            result = intersection(result, other)
        for mask in masks:
            result = result[mask[result]]
        return result

    def _mask(self, found: Ints | Bools) -> Bools:
        if found.dtype == np.bool_:
            return found
        mask = np.zeros(self.passages, dtype=np.bool_)
        mask[found] = True
        return mask

    # Leaves

    def _count(self, leaf: Leaf) -> Counts:
        match leaf:
            case Phrase((term,), False):
                postings = self._lists.postings(term)
                return NOTHING if postings is None else Counts(postings.docs, postings.freqs)
            case Phrase():
                return counted(self._starts(leaf))
            case Substring(text):
                texts = StreamedStrings(self._lists.stream(columns.EXACT))
                return substrings(texts, encoded(text))
            case Near(left, right, distance):
                return self._near(left, right, min(distance, _FARTHEST))

    def _starts(self, wanted: Phrase) -> Ints:
        lists: list[PostingList] = []
        last = len(wanted.terms) - 1
        for at, term in enumerate(wanted.terms):
            if wanted.prefix and at == last:
                each = (self._lists.postings(full) for full in self._lists.expand(term))
                postings = merged([found for found in each if found is not None])
            else:
                postings = self._lists.postings(term)
            if postings is None:
                return NOTHING.passages
            lists.append(postings)
        if len(lists) == 1:
            return occurrences(lists[0])
        return phrase(lists, np.cumsum([0, *wanted.gaps]).tolist())

    def _near(self, left: Sequence[Phrase], right: Sequence[Phrase], distance: int) -> Counts:
        starts, ends = self._spans(left)
        other_starts, other_ends = self._spans(right)
        other_ends = np.sort(other_ends)
        return counted(starts[near(starts, ends, other_starts, other_ends, distance)])

    def _spans(self, alternatives: Sequence[Phrase]) -> tuple[Ints, Ints]:
        """The first and the last position of every occurrence, each span once."""
        starts = [self._starts(alternative) for alternative in alternatives]
        widths = [sum(alternative.gaps) for alternative in alternatives]
        if len(starts) == 1:
            return starts[0], starts[0] + widths[0]
        first = np.concatenate(starts)
        wide = np.repeat(widths, [len(found) for found in starts])
        order = np.lexsort((wide, first))
        first, wide = first[order], wide[order]
        new = np.r_[True, (np.diff(first) != 0) | (np.diff(wide) != 0)][: len(first)]
        return first[new], (first + wide)[new]

    # Fields

    def _field(self, field: Field, value: str) -> Bools:
        match field:
            case Field.STANCE:
                wanted = [n for n, stance in enumerate(STANCES) if stance == value]
                return np.isin(self.columns.array(columns.STANCE), wanted)
            case Field.BODY:
                chosen = self.columns.array(columns.BODY) == _code(value, 6)
            case Field.PREF:
                chosen = self.columns.array(columns.BODY) // 10000 == _code(value, 2)
            case Field.KIND:
                chosen = self._kinds([value])
            case Field.TITLE:
                titles = self.columns.strings(columns.TITLE)
                folded = fold_name(value)
                chosen = np.array([folded in fold_name(title) for title in titles], np.bool_)
            case _:  # a text field (kazami.fields)
                return self._by_text(TEXT_FIELDS[field], value)
        by_passage: Bools = chosen[self.columns.array(columns.DOCUMENT)]
        return by_passage

    def _by_text(self, field: TextField, value: str) -> Bools:
        known, test = self.columns.strings(field.plural), fits(field, value)
        # An absent value is the empty string.
        chosen = np.array([each != "" and test(fold_name(each)) for each in known], np.bool_)
        by_passage: Bools = chosen[self.columns.array(field.name)]
        return by_passage

    def _kinds(self, wanted: Iterable[str]) -> Bools:
        names = self.columns.strings(columns.KINDS)
        chosen = np.array([each in wanted for each in names], np.bool_)
        return chosen[self.columns.array(columns.KIND)]

    def passing(self, filters: Filters, passages: Ints) -> Ints:
        """Those of the passages that pass the filters."""
        documents = self._documents(filters)
        if documents is not None:
            passages = passages[documents[self.columns.array(columns.DOCUMENT)[passages]]]
        if filters.stances:
            wanted = [n for n, stance in enumerate(STANCES) if stance in filters.stances]
            passages = passages[np.isin(self.columns.array(columns.STANCE)[passages], wanted)]
        for field, values in filters.texts():
            mask = np.logical_or.reduce([self._by_text(field, value) for value in values])
            passages = passages[mask[passages]]
        return passages

    def _documents(self, filters: Filters) -> Bools | None:
        bodies = self.columns.array(columns.BODY)
        tests: list[Bools] = []
        if filters.bodies:
            tests.append(np.isin(bodies, [_code(code, 6) for code in filters.bodies]))
        if filters.prefectures:
            tests.append(np.isin(bodies // 10000, [_code(code, 2) for code in filters.prefectures]))
        if filters.kinds:
            tests.append(self._kinds(filters.kinds))
        if filters.since:
            tests.append(self.columns.array(columns.DAY) >= day_number(filters.since))
        if filters.until:
            tests.append(self.columns.array(columns.DAY) <= day_number(filters.until))
            tests.append(self.columns.array(columns.DAY) != columns.UNDATED)
        if filters.reading is Readings.SOUND:
            doubtful = self.columns.array(columns.DOUBTFUL)
            if doubtful.any():
                tests.append(doubtful == 0)
        return np.logical_and.reduce(tests) if tests else None


def day_number(day: date) -> int:
    """The day as yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def _code(text: str, digits: int) -> int:
    """A code as a number; -1, which no body has, for what is no code."""
    return int(text) if len(text) == digits and text.isascii() and text.isdigit() else -1
