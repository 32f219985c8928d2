"""The table of corrections: what a person says in place of what was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kazami.document import Kind
from kazami.store.placing import Kept, Words
from kazami.store.records import Correction
from kazami.store.schema import corrections, documents

_AT = corrections.c.number == sa.bindparam("at")

# Built once: every batch of changed documents asks.
_KEPT = (
    sa.select(corrections)
    .where(corrections.c.document.in_(sa.bindparam("ids", expanding=True)))
    .order_by(corrections.c.number)
)


def kept(connection: sa.Connection, ids: Sequence[str]) -> dict[str, list[Kept]]:
    """The corrections of those of these documents that have any."""
    found: dict[str, list[Kept]] = defaultdict(list)
    if ids:
        for row in connection.execute(_KEPT, {"ids": list(ids)}):
            found[row.document].append(Kept(**row._mapping))
    return dict(found)


def move(connection: sa.Connection, before: Sequence[Kept], now: Sequence[Kept]) -> int:
    """Write down where corrections stand now; returns how many have lost their words."""
    for each, moved in zip(before, now, strict=True):
        if each != moved:
            values = {"key": moved.key, "nth": moved.nth, "read": moved.read}
            connection.execute(
                sa.update(corrections).where(_AT).values(placed=moved.placed, **values),
                {"at": each.number},
            )
    return sum(a.placed and not b.placed for a, b in zip(before, now, strict=True))


def give(
    connection: sa.Connection,
    document: str,
    words: Words | None,
    values: Mapping[str, str | None],
    given: datetime,
) -> None:
    """Write corrections of one passage, or without ``words`` of the document's day.

    A later one of the same field takes the place of the earlier one.
    """
    withdraw(connection, document, words and words.key, values)
    what = {"key": None, "nth": None, "text_hash": None} if words is None else words._asdict()
    rows: list[dict[str, Any]] = [
        {"document": document, "field": field, "value": value, "given": given, "placed": True}
        | what
        for field, value in values.items()
    ]
    connection.execute(sa.insert(corrections), rows)


def withdraw(
    connection: sa.Connection,
    document: str,
    key: str | None,
    fields: Collection[str],
) -> None:
    """Delete the corrections of these fields that stand at a passage, or at the document."""
    connection.execute(
        sa.delete(corrections).where(
            corrections.c.document == document,
            corrections.c.key.is_(None) if key is None else corrections.c.key == key,
            corrections.c.field.in_(fields),
            corrections.c.placed,
        )
    )


def delete(connection: sa.Connection, numbers: Sequence[int]) -> None:
    """Delete these."""
    connection.execute(sa.delete(corrections).where(corrections.c.number.in_(numbers)))


def listed(connection: sa.Connection, document: str | None = None) -> list[Correction]:
    """All corrections, or those of one document, the latest last.

    A stance that an office tells is kept with it, and listed where something else was read.
    """
    names = ("document", "key", "field", "read", "value", "given", "placed")
    of = (documents.c[name] for name in ("body", "kind", "title", "date", "source"))
    asked = (
        sa.select(*(corrections.c[name] for name in names), *of)
        .join(documents, documents.c.id == corrections.c.document)
        .order_by(corrections.c.given, corrections.c.number)
    )
    if document is not None:
        asked = asked.where(corrections.c.document == document)
    return [
        Correction(**{**row._mapping, "kind": Kind(row.kind)})
        for row in connection.execute(asked)
        if row.field != "stance" or row.read != row.value
    ]
