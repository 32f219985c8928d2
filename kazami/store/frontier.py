"""The frontier of a source: which of its pages are still to be fetched, and which have been."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from kazami.store.records import Frontier, FrontierPage
from kazami.store.schema import frontier_pages, frontiers

# Built once, like those of putting: every page of a crawl runs them.
_ANSWERED = (
    sa.update(frontiers)
    .where(frontiers.c.source == sa.bindparam("of"))
    .values(answered=sa.bindparam("at"))
)
_SET = (
    sa.update(frontier_pages)
    .where(
        frontier_pages.c.source == sa.bindparam("of"),
        frontier_pages.c.key == sa.bindparam("named"),
    )
    .values(place=sa.bindparam("at"), page=sa.bindparam("to"))
)
_ADD = sa.insert(frontier_pages)


def read(connection: sa.Connection, source: str) -> Frontier | None:
    """The frontier as last written, the pages to be fetched first in front."""
    header = connection.execute(
        sa.select(frontiers.c.asked, frontiers.c.answered).where(frontiers.c.source == source)
    ).one_or_none()
    if header is None:
        return None
    asked = (
        sa.select(frontier_pages.c.key, frontier_pages.c.place, frontier_pages.c.page)
        .where(frontier_pages.c.source == source)
        .order_by(frontier_pages.c.place.desc())
    )
    pages = tuple(FrontierPage(*row) for row in connection.execute(asked))
    return Frontier(header.asked, header.answered, pages)


def begin(connection: sa.Connection, source: str, new: Frontier) -> None:
    """Write it in the place of what was there."""
    drop(connection, source)
    connection.execute(
        sa.insert(frontiers).values(source=source, asked=new.asked, answered=new.answered)
    )
    _add(connection, source, new.pages)


def step(
    connection: sa.Connection,
    source: str,
    page: FrontierPage,
    new: Iterable[FrontierPage],
    answered: datetime | None,
) -> None:
    """Write down what has become of one page, and the pages that it led to."""
    if answered is not None:
        connection.execute(_ANSWERED, {"of": source, "at": answered})
    connection.execute(_SET, {"of": source, "named": page.key, "at": page.place, "to": page.page})
    _add(connection, source, new)


def drop(connection: sa.Connection, source: str) -> None:
    """Forget it."""
    for table in (frontier_pages, frontiers):
        connection.execute(sa.delete(table).where(table.c.source == source))


def _add(connection: sa.Connection, source: str, pages: Iterable[FrontierPage]) -> None:
    rows = [
        {"source": source, "key": each.key, "place": each.place, "page": each.page}
        for each in pages
    ]
    if rows:
        connection.execute(_ADD, rows)
