"""Questions to the tables: passages, changes, counts."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from kazami.document import Document, Kind, Passage
from kazami.store import corrections
from kazami.store.records import BodyCounts, Change, StoredHead, StoredPassage, StoreExtent
from kazami.store.rows import (
    PASSAGE_COLUMNS,
    STORED_HEAD_COLUMNS,
    STORED_PASSAGE_COLUMNS,
    as_document,
    as_passage,
    as_stored_head,
    as_stored_passage,
)
from kazami.store.schema import UNDATED, documents, meta, passages

_CHUNK_DOCUMENTS = 200
_CHUNK_PASSAGES = 2000


_DATED = sa.func.nullif(documents.c.date, UNDATED, type_=sa.Date)
"""A document's day, NULL where it has none."""


def last_change(connection: sa.Connection) -> int:
    """The highest change number given away."""
    asked = sa.select(meta.c.value).where(meta.c.name == "change")
    return int(connection.execute(asked).scalar_one())


def identity(connection: sa.Connection) -> int:
    """The number drawn when the store was made."""
    asked = sa.select(meta.c.value).where(meta.c.name == "identity")
    return int(connection.execute(asked).scalar_one())


def passages_of(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, list[Passage]]:
    """The passages of these documents, by document number, unordered."""
    found: dict[int, list[Passage]] = {number: [] for number in numbers}
    asked = sa.select(*PASSAGE_COLUMNS).where(passages.c.document.in_(numbers))
    for row in connection.execute(asked):
        found[row.document].append(as_passage(row))
    return found


def document(connection: sa.Connection, id: str) -> tuple[int, Document] | None:
    """The document with this id, with all its passages, and its number."""
    row = connection.execute(sa.select(documents).where(documents.c.id == id)).one_or_none()
    if row is None:
        return None
    return row.number, as_document(row, passages_of(connection, [row.number])[row.number])


def stored_passages(connection: sa.Connection, ids: Sequence[str]) -> dict[str, StoredPassage]:
    """Those of these passages that exist, by id."""
    pairs = [id.rpartition("#") for id in ids]
    known = sa.select(documents.c.id, documents.c.number).where(
        documents.c.id.in_({document for document, _, _ in pairs})
    )
    numbers = {row.id: row.number for row in connection.execute(known)}
    keys = [(numbers[document], key) for document, _, key in pairs if document in numbers]
    if not keys:
        return {}
    # A join, because SQLite answers (document, key) IN (...) by reading the whole table.
    wanted = (
        sa.values(sa.column("document", sa.BigInteger), sa.column("key", sa.String))
        .data(keys)
        .cte("wanted")
    )
    asked = (
        sa.select(*STORED_PASSAGE_COLUMNS)
        .select_from(wanted)
        .join(
            passages,
            (passages.c.document == wanted.c.document) & (passages.c.key == wanted.c.key),
        )
        .join(documents)
    )
    rows = connection.execute(asked).all()
    corrected = {row.id for row in rows if row.corrected is not None or row.read_date is not None}
    kept = corrections.kept(connection, sorted(corrected))
    found = (as_stored_passage(row, kept.get(row.id, ())) for row in rows)
    return {passage.id: passage for passage in found}


def stored_heads(connection: sa.Connection, ids: Sequence[str]) -> dict[str, StoredHead]:
    """What is known of those of these documents that exist, by id."""
    asked = sa.select(*STORED_HEAD_COLUMNS).where(documents.c.id.in_(ids))
    rows = connection.execute(asked).all()
    corrected = sorted(row.id for row in rows if row.read_date is not None)
    kept = corrections.kept(connection, corrected)
    return {row.id: as_stored_head(row, kept.get(row.id, ())) for row in rows}


def changed(connection: sa.Connection, after: int, upto: int, limit: int | None) -> list[Change]:
    """The next changes, at least one if there is any, of not much more than a chunk's passages."""
    asked = (
        sa.select(documents.c.number, documents.c.passage_count)
        .where(documents.c.change > after, documents.c.change <= upto)
        .order_by(documents.c.change)
        .limit(_CHUNK_DOCUMENTS if limit is None else min(limit, _CHUNK_DOCUMENTS))
    )
    numbers: list[int] = []
    size = 0
    for row in connection.execute(asked):
        numbers.append(row.number)
        size += row.passage_count
        if size >= _CHUNK_PASSAGES:
            break
    found = passages_of(connection, numbers)
    rows = connection.execute(
        sa.select(documents).where(documents.c.number.in_(numbers)).order_by(documents.c.change)
    )
    return [Change(row.change, as_document(row, found[row.number])) for row in rows]


def extent(connection: sa.Connection) -> StoreExtent:
    """How much is stored."""
    asked = sa.select(
        sa.func.count().label("documents"),
        sa.func.coalesce(sa.func.sum(documents.c.passage_count), 0).label("passages"),
        sa.func.count(documents.c.body.distinct()).label("bodies"),
        sa.func.min(_DATED).label("first"),
        sa.func.max(_DATED).label("last"),
    )
    kinds = connection.scalars(sa.select(documents.c.kind).distinct())
    counted = connection.execute(asked).one()._mapping
    return StoreExtent(**counted, kinds=frozenset(map(Kind, kinds)))


def counts_by_body(connection: sa.Connection) -> dict[str, BodyCounts]:
    """How much is stored of each body that has anything."""
    asked = (
        sa.select(
            documents.c.body,
            sa.func.count(),
            sa.func.sum(documents.c.passage_count),
            sa.func.min(_DATED),
            sa.func.max(_DATED),
            sa.func.max(documents.c.fetched),
        )
        .group_by(documents.c.body)
        .order_by(documents.c.body)
    )
    return {body: BodyCounts(*counts) for body, *counts in connection.execute(asked)}
