"""Listings: which documents a source's pages name, and which of them have gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from kazami.store.records import Listing
from kazami.store.schema import documents, listing_members, listings

_AT_ONCE = 500


def read(connection: sa.Connection, source: str, name: str) -> Listing | None:
    """The listing as last recorded."""
    seen = connection.scalar(
        sa.select(listings.c.seen).where(listings.c.source == source, listings.c.name == name)
    )
    if seen is None:
        return None
    asked = (
        sa.select(listing_members.c.is_document, listing_members.c.member)
        .where(listing_members.c.source == source, listing_members.c.name == name)
        .order_by(listing_members.c.order)
    )
    members = connection.execute(asked).all()
    return Listing(
        name,
        tuple(row.member for row in members if row.is_document),
        tuple(row.member for row in members if not row.is_document),
        seen,
    )


def record(connection: sa.Connection, source: str, new: Listing) -> list[str]:
    """Replace the listing; mark what has gone, clear what is there. Returns the newly missing."""
    old = read(connection, source, new.name)
    _write(connection, source, new)
    gone: list[str] = []
    if old is not None:
        gone = [id for id in old.documents if id not in set(new.documents)]
        gone += _forget(connection, source, [n for n in old.listings if n not in new.listings])
    kept = _listed(connection, source, gone, is_document=True)
    newly = _mark(connection, [id for id in dict.fromkeys(gone) if id not in kept], new.seen.date())
    for some in _chunks(new.documents):
        connection.execute(
            sa.update(documents)
            .where(documents.c.id.in_(some), documents.c.missing_since.is_not(None))
            .values(missing_since=None)
        )
    return newly


def _write(connection: sa.Connection, source: str, new: Listing) -> None:
    _delete(connection, source, new.name)
    connection.execute(sa.insert(listings).values(source=source, name=new.name, seen=new.seen))
    members = [
        {"source": source, "name": new.name, "is_document": kind, "order": at, "member": member}
        for kind, group in ((True, new.documents), (False, new.listings))
        for at, member in enumerate(dict.fromkeys(group))
    ]
    if members:
        connection.execute(sa.insert(listing_members), members)


def _forget(connection: sa.Connection, source: str, names: Sequence[str]) -> list[str]:
    """Drop listings that nothing names any more, with all below them; returns their documents.

    They are dropped so that one that comes back is fetched like a new one.
    """
    lost: list[str] = []
    waiting = list(names)
    while waiting:
        named = _listed(connection, source, waiting, is_document=False)
        name = waiting.pop()
        if name in named:
            continue
        old = read(connection, source, name)
        if old is not None:
            _delete(connection, source, name)
            lost += old.documents
            waiting += old.listings
    return lost


def _delete(connection: sa.Connection, source: str, name: str) -> None:
    for table in (listing_members, listings):
        connection.execute(sa.delete(table).where(table.c.source == source, table.c.name == name))


def _listed(
    connection: sa.Connection, source: str, members: Iterable[str], *, is_document: bool
) -> set[str]:
    """Which of these some listing of the source names."""
    found: set[str] = set()
    for some in _chunks(list(members)):
        found.update(
            connection.scalars(
                sa.select(listing_members.c.member).where(
                    listing_members.c.source == source,
                    listing_members.c.member.in_(some),
                    listing_members.c.is_document == is_document,
                )
            )
        )
    return found


def _mark(connection: sa.Connection, gone: Sequence[str], day: date) -> list[str]:
    marked: list[str] = []
    for some in _chunks(gone):
        new = sa.select(documents.c.id).where(
            documents.c.id.in_(some), documents.c.missing_since.is_(None)
        )
        marked += connection.scalars(new)
        connection.execute(
            sa.update(documents)
            .where(documents.c.id.in_(some), documents.c.missing_since.is_(None))
            .values(missing_since=day)
        )
    return marked


def _chunks(items: Sequence[str]) -> Iterable[Sequence[str]]:
    return (items[at : at + _AT_ONCE] for at in range(0, len(items), _AT_ONCE))
