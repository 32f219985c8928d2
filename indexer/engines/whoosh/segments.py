"""Documents to the arrays of one segment: tokenizing, inverting, columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np

from indexer.engines.whoosh import columns
from indexer.engines.whoosh.columns import STANCES, as_bytes, encoded, numbered, strings
from indexer.engines.whoosh.inverted import (
    Ints,
    Inverted,
    TermNumbers,
    concatenated,
    invert,
    ranges,
)
from indexer.spans import checksum, pack
from indexer.titles import searched_title
from indexer.tokens import Tokenized, tokenize
from kazami.document import Document, Passage
from kazami.fields import TEXT_FIELDS
from kazami.text import exact_form

Terms = Callable[[str], Sequence[str]]

_STANCE_NUMBERS = {stance: number for number, stance in enumerate(STANCES)}


@dataclass(frozen=True, slots=True)
class Content:
    """One segment's content, ready to be written.

    ``lengths`` counts the tokens of each row, ``days`` are its dates as yyyymmdd; ``names``
    and ``text`` are the inverted lists of document ids and of tokens.
    """

    lengths: Ints
    days: Ints
    names: Inverted
    text: Inverted
    parts: list[tuple[str, list[bytes | memoryview]]]


class _Row(NamedTuple):
    """A passage, or a title where there is none."""

    text: str
    passage: Passage | None = None


def _rows(document: Document) -> list[_Row]:
    """Its passages in order, then its title where that is searched."""
    rows = [_Row(passage.text, passage) for passage in document.passages]
    title = searched_title(document)
    return rows if title is None else [*rows, _Row(title)]


def content(
    documents: Sequence[Document],
    terms: Terms | None = None,
    kept: list[Sequence[str]] | None = None,
) -> Content:
    """The content of a segment that holds these documents, which differ in their ids.

    ``terms`` stands in for ``indexer.tokens``; where its tokens stand in a text is not known. To
    ``kept`` the tokens of each passage are added.
    """
    each = [_rows(document) for document in documents]
    rows = list(chain.from_iterable(each))
    sizes = np.array(list(map(len, each)), dtype=np.int64)
    text, lengths, spans = _tokens(rows, terms, kept)
    days = np.array([_day(document) for document in documents], dtype=np.int64)
    kinds, different_kinds = numbered(document.kind for document in documents)
    passages = [row.passage for row in rows]
    fields = {
        field: numbered(None if passage is None else field.of(passage) for passage in passages)
        for field in TEXT_FIELDS.values()
    }
    arrays: dict[str, Ints | Sequence[int]] = {
        columns.DOCUMENT: np.repeat(np.arange(len(documents)), sizes),
        columns.STANCE: [
            _STANCE_NUMBERS[None if passage is None else passage.stance] for passage in passages
        ],
        **{field.name: values for field, (values, _) in fields.items()},
        columns.CHECKSUM: [checksum(row.text) for row in rows],
        columns.BODY: [int(document.body) for document in documents],
        columns.KIND: kinds,
        columns.DAY: days,
        columns.DOUBTFUL: [document.doubtful for document in documents],
        columns.FIRST: np.r_[0, np.cumsum(sizes)],
    }
    texts: dict[str, Iterable[bytes]] = {
        columns.ID: (encoded(document.id) for document in documents),
        columns.TITLE: (encoded(document.title) for document in documents),
        columns.KEY: (encoded(passage.key if passage else "") for passage in passages),
        columns.EXACT: (encoded(exact_form(row.text)) for row in rows),
        columns.SPANS: spans,
        columns.KINDS: map(encoded, different_kinds),
        **{field.plural: map(encoded, different) for field, (_, different) in fields.items()},
    }
    parts: list[tuple[str, list[bytes | memoryview]]] = [
        (name, [as_bytes(name, values)]) for name, values in arrays.items()
    ]
    parts.extend((name, list(strings(values))) for name, values in texts.items())
    return Content(
        lengths=lengths,
        days=np.repeat(days, sizes),
        names=ranges([document.id for document in documents], sizes),
        text=text,
        parts=parts,
    )


def _tokens(
    rows: Sequence[_Row], terms: Terms | None, kept: list[Sequence[str]] | None
) -> tuple[Inverted, Ints, list[bytes]]:
    """The inverted lists of the rows, how many tokens each has, and where they stand."""
    numbers = TermNumbers()
    number = numbers.__getitem__
    empty = number("")
    ids: list[Ints] = []
    widths: list[Ints] = []
    unplaced: list[Ints] = []
    before = 0
    for text, passage in rows:
        found = tokenize(text) if terms is None else Tokenized(list(terms(text)), [], [])
        if kept is not None and passage is not None:
            kept.append(found.terms)
        ids.append(np.fromiter(map(number, found.terms), dtype=np.int64, count=len(found.terms)))
        wide = np.array(found.widths, dtype=np.int64)
        if not wide.all():
            # Such places cannot be packed; the text is tokenized again when it is shown.
            wide = wide[:0]
        else:
            unplaced.append(np.array(found.unplaced, dtype=np.int64) + before)
        widths.append(wide)
        before += len(wide)
    places = np.array([len(run) for run in ids], dtype=np.int64)
    flat = concatenated(ids)
    blank = np.concatenate([[0], np.cumsum(flat == empty)])
    ends = np.cumsum(places)
    lengths = places - (blank[ends] - blank[ends - places])
    counts = np.array([len(run) for run in widths], dtype=np.int64)
    spans = pack(concatenated(widths), concatenated(unplaced), counts)
    return invert(numbers, flat, places), lengths, spans


def _day(document: Document) -> int:
    if document.date is None:
        return columns.UNDATED
    return document.date.year * 10000 + document.date.month * 100 + document.date.day
