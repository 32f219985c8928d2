"""Questions to the tables: passages, changes, counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa

from kazami.document import Document, Kind, Passage
from kazami.store import corrections
from kazami.store.records import (
    BodyCounts,
    Change,
    KindCounts,
    StoredHead,
    StoredPassage,
    StoreExtent,
)
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


_DOCUMENTS = sa.func.count().label("documents")
_PASSAGES = sa.func.coalesce(sa.func.sum(documents.c.passage_count), 0).label("passages")
_DAYS = (sa.func.min(_DATED).label("first"), sa.func.max(_DATED).label("last"))


def extent(connection: sa.Connection) -> StoreExtent:
    """How much is stored."""
    bodies = sa.func.count(documents.c.body.distinct()).label("bodies")
    dated = sa.func.count(_DATED)
    asked = sa.select(_DOCUMENTS, _PASSAGES, bodies, *_DAYS, (_DOCUMENTS - dated).label("undated"))
    counted = connection.execute(asked).one()._mapping
    kinds = sa.select(documents.c.kind, _DOCUMENTS, _PASSAGES).group_by(documents.c.kind)
    by_kind = {Kind(kind): KindCounts(*of) for kind, *of in connection.execute(kinds)}
    return StoreExtent(**counted, by_kind=by_kind)


def counts_by_body(connection: sa.Connection) -> dict[str, BodyCounts]:
    """How much is stored of each body that has anything."""
    body, kind = documents.c.body, documents.c.kind
    kinds: dict[str, dict[Kind, KindCounts]] = defaultdict(dict)
    by_kind = sa.select(body, kind, _DOCUMENTS, _PASSAGES).group_by(body, kind)
    for code, of, *counts in connection.execute(by_kind):
        kinds[code][Kind(of)] = KindCounts(*counts)
    fetched = sa.func.max(documents.c.fetched).label("last_fetched")
    asked = sa.select(body, _DOCUMENTS, _PASSAGES, *_DAYS, fetched).group_by(body).order_by(body)
    found = {}
    for row in connection.execute(asked):
        counted = {name: value for name, value in row._mapping.items() if name != "body"}
        found[row.body] = BodyCounts(**counted, by_kind=kinds[row.body])
    return found
