"""The rows of the memory engine, and what each of them matches, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from sys import intern

from indexer.engines.matching import fits
from indexer.places import near_places, places
from indexer.query import (
    And,
    By,
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
from indexer.titles import searched_title
from kazami.document import Document, Kind, Passage, Stance
from kazami.fields import TEXT_FIELDS, TextField
from kazami.text import exact_form, fold_name

UNDATED = date.min
"""The day of a document that has none; before all others."""


@dataclass(frozen=True, slots=True)
class Row:
    """A passage or a searched title, with its document's fields.

    ``name`` is the document's title, folded; ``texts`` are as published.
    """

    id: str
    document: str
    body: str
    kind: Kind
    date: date
    order: int
    doubtful: bool
    is_title: bool
    name: str
    texts: dict[str, str]
    stance: Stance | None
    exact: str
    terms: tuple[str, ...]
    joined: str
    length: int


def rows_of(document: Document, tokenize: Callable[[str], Sequence[str]]) -> Iterator[Row]:
    """Its passages in order, then its title where that is searched."""
    row = partial(_row, document, fold_name(document.title), tokenize)
    for passage in document.passages:
        yield row(passage, passage.text)
    if (title := searched_title(document)) is not None:
        yield row(None, title)


def _row(
    document: Document,
    name: str,
    tokenize: Callable[[str], Sequence[str]],
    passage: Passage | None,
    text: str,
) -> Row:
    found = tuple(map(intern, tokenize(text)))
    fields = TEXT_FIELDS.items() if passage else ()
    return Row(
        id=document.passage_id(passage) if passage else document.id,
        document=document.id,
        body=document.body,
        kind=document.kind,
        date=document.date or UNDATED,
        order=passage.order if passage else 0,
        doubtful=document.doubtful,
        is_title=passage is None,
        name=name,
        texts={name: value for name, f in fields if passage and (value := f.of(passage))},
        stance=passage.stance if passage else None,
        exact=exact_form(text),
        terms=found,
        joined="\n".join(found),
        length=sum(1 for term in found if term),
    )


def group_of(row: Row, by: By | None) -> str | None:
    match by:
        case None:
            return None
        case By.PREFECTURE:
            return row.body[:2]
        case By.BODY:
            return row.body
        case By.KIND:
            return row.kind
        case By.STANCE:
            return row.stance
        case _:  # a text field (kazami.fields)
            return row.texts.get(by)


def passes(row: Row, filters: Filters) -> bool:
    return (
        (not filters.bodies or row.body in filters.bodies)
        and (not filters.prefectures or row.body[:2] in filters.prefectures)
        and (not filters.kinds or row.kind in filters.kinds)
        and (filters.since is None or filters.since <= row.date)
        and (filters.until is None or UNDATED < row.date <= filters.until)
        and all(
            any(_fits(field, value, row) for value in values) for field, values in filters.texts()
        )
        and (not filters.stances or row.stance in filters.stances)
        and (filters.reading is Readings.ALL or not row.doubtful)
    )


def _fits(field: TextField, value: str, row: Row) -> bool:
    printed = row.texts.get(field.name)
    return printed is not None and fits(field, value)(fold_name(printed))


def _is(row: Row, wanted: FieldIs) -> bool:
    match wanted.field:
        case Field.STANCE:
            return row.stance == wanted.value
        case Field.BODY:
            return row.body == wanted.value
        case Field.PREF:
            return row.body[:2] == wanted.value
        case Field.KIND:
            return row.kind == wanted.value
        case Field.TITLE:
            return fold_name(wanted.value) in row.name
        case _:  # a text field (kazami.fields)
            return _fits(TEXT_FIELDS[wanted.field], wanted.value, row)


def holds(row: Row, node: Node) -> bool:
    match node:
        case And(nodes):
            return all(holds(row, each) for each in nodes)
        case Or(nodes):
            return any(holds(row, each) for each in nodes)
        case Not(inner):
            return not holds(row, inner)
        case FieldIs():
            return _is(row, node)
        case Phrase() | Substring() | Near():
            return occurrences(row, node) > 0


def occurrences(row: Row, leaf: Leaf) -> int:
    """How often the leaf is in the row.

    A phrase: the positions that it starts at (they may overlap). A substring: without overlaps.
    A Near: the distinct places of its left side that have a right one near them.
    """
    match leaf:
        case Phrase():
            return len(places(row.terms, leaf)) if _may_hold(row, [leaf]) else 0
        case Substring(text):
            return row.exact.count(text)
        case Near(left, right):
            if not (_may_hold(row, left) and _may_hold(row, right)):
                return 0
            return len(near_places(row.terms, leaf)[0])


def _may_hold(row: Row, phrases: Sequence[Phrase]) -> bool:
    """Looking through one string is many times faster than through its terms."""
    return any(all(term in row.joined for term in phrase.terms) for phrase in phrases)
