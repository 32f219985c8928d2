"""Listings: which documents a source's pages name, and which of them have gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from kazami.store.records import Listing
from kazami.store.schema import documents, listing_members, listings

_AT_ONCE = 500

# Built once, like those of putting: every page of a first crawl runs them.
_SOURCE: sa.BindParameter[str] = sa.bindparam("source")
_NAME: sa.BindParameter[str] = sa.bindparam("name")
_SEEN = sa.select(listings.c.seen).where(listings.c.source == _SOURCE, listings.c.name == _NAME)
_MEMBERS = (
    sa.select(listing_members.c.is_document, listing_members.c.member)
    .where(listing_members.c.source == _SOURCE, listing_members.c.name == _NAME)
    .order_by(listing_members.c.order)
)
_INSERT, _INSERT_MEMBERS = sa.insert(listings), sa.insert(listing_members)
_PRESENT = (
    sa.update(documents)
    .where(
        documents.c.id.in_(sa.bindparam("ids", expanding=True)),
        documents.c.missing_since.is_not(None),
    )
    .values(missing_since=None)
)


def read(connection: sa.Connection, source: str, name: str) -> Listing | None:
    """The listing as last recorded."""
    which = {"source": source, "name": name}
    seen = connection.scalar(_SEEN, which)
    if seen is None:
        return None
    members = connection.execute(_MEMBERS, which).all()
    return Listing(
        name,
        tuple(row.member for row in members if row.is_document),
        tuple(row.member for row in members if not row.is_document),
        seen,
    )


def record(connection: sa.Connection, source: str, new: Listing) -> list[str]:
    """Replace the listing; mark what has gone, clear what is there. Returns the newly missing."""
    old = read(connection, source, new.name)
    if old is not None:
        _delete(connection, source, new.name)
    _write(connection, source, new)
    gone: list[str] = []
    if old is not None:
        held, below = set(new.documents), set(new.listings)
        gone = [id for id in old.documents if id not in held]
        gone += _forget(connection, source, [name for name in old.listings if name not in below])
    kept = _listed(connection, source, gone, is_document=True)
    newly = mark(connection, [id for id in dict.fromkeys(gone) if id not in kept], new.seen.date())
    # One that stood there all the time can be marked only because its own page is gone.
    stayed = set(old.documents) if old is not None else set()
    for some in _chunks([id for id in new.documents if id not in stayed]):
        connection.execute(_PRESENT, {"ids": some})
    return newly


def _write(connection: sa.Connection, source: str, new: Listing) -> None:
    connection.execute(_INSERT, {"source": source, "name": new.name, "seen": new.seen})
    members = [
        {"source": source, "name": new.name, "is_document": kind, "order": at, "member": member}
        for kind, group in ((True, new.documents), (False, new.listings))
        for at, member in enumerate(dict.fromkeys(group))
    ]
    if members:
        connection.execute(_INSERT_MEMBERS, members)


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


def mark(connection: sa.Connection, gone: Sequence[str], day: date) -> list[str]:
    """Mark these documents missing since ``day``; returns those that were not marked before."""
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
