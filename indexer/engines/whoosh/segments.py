"""Documents to the arrays of one segment: tokenizing, inverting, columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from indexer.engines.whoosh import columns
from indexer.engines.whoosh.columns import STANCES, as_bytes, encoded, numbered, strings
from indexer.engines.whoosh.inverted import Ints, Inverted, TermNumbers, invert, ranges
from kazami.document import Document
from kazami.text import exact_form

Terms = Callable[[str], Sequence[str]]

_STANCE_NUMBERS = {stance: number for number, stance in enumerate(STANCES)}


@dataclass(frozen=True, slots=True)
class Content:
    """One segment's content, ready to be written.

    ``lengths`` counts the tokens of each passage, ``days`` are its dates as yyyymmdd; ``names``
    and ``text`` are the inverted lists of document ids and of tokens.
    """

    lengths: Ints
    days: Ints
    names: Inverted
    text: Inverted
    parts: list[tuple[str, list[bytes | memoryview]]]


def content(documents: Sequence[Document], terms: Terms) -> Content:
    """The content of a segment that holds these documents, which differ in their ids."""
    passages = list(chain.from_iterable(document.passages for document in documents))
    sizes = np.array([len(document.passages) for document in documents], dtype=np.int64)
    text, lengths = _tokens([passage.text for passage in passages], terms)
    days = np.array([_day(document) for document in documents], dtype=np.int64)
    kinds, different_kinds = numbered(document.kind for document in documents)
    speakers, different_speakers = numbered(passage.speaker for passage in passages)
    roles, different_roles = numbered(passage.role for passage in passages)
    arrays: dict[str, Ints | Sequence[int]] = {
        columns.DOCUMENT: np.repeat(np.arange(len(documents)), sizes),
        columns.STANCE: [_STANCE_NUMBERS[passage.stance] for passage in passages],
        columns.SPEAKER: speakers,
        columns.ROLE: roles,
        columns.BODY: [int(document.body) for document in documents],
        columns.KIND: kinds,
        columns.DAY: days,
        columns.FIRST: np.r_[0, np.cumsum(sizes)],
    }
    texts = {
        columns.ID: (encoded(document.id) for document in documents),
        columns.TITLE: (encoded(document.title) for document in documents),
        columns.KEY: (encoded(passage.key) for passage in passages),
        columns.EXACT: (encoded(exact_form(passage.text)) for passage in passages),
        columns.KINDS: map(encoded, different_kinds),
        columns.SPEAKERS: map(encoded, different_speakers),
        columns.ROLES: map(encoded, different_roles),
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


def batches(documents: Iterator[Document], characters: int) -> Iterator[list[Document]]:
    """Documents in batches of about so many characters of text, each document whole."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += sum(len(passage.text) for passage in document.passages)
        if size >= characters:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _tokens(texts: Sequence[str], terms: Terms) -> tuple[Inverted, Ints]:
    numbers = TermNumbers()
    number = numbers.__getitem__
    empty = number("")
    ids: list[Ints] = []
    for text in texts:
        found = terms(text)
        ids.append(np.fromiter(map(number, found), dtype=np.int64, count=len(found)))
    places = np.array([len(run) for run in ids], dtype=np.int64)
    flat = np.concatenate(ids) if ids else np.zeros(0, dtype=np.int64)
    blank = np.concatenate([[0], np.cumsum(flat == empty)])
    ends = np.cumsum(places)
    lengths = places - (blank[ends] - blank[ends - places])
    return invert(numbers, flat, places), lengths


def _day(document: Document) -> int:
    return document.date.year * 10000 + document.date.month * 100 + document.date.day
