"""Runs, and how each source fared in them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from kazami.store.records import SourceRun
from kazami.store.rows import as_source_run
from kazami.store.schema import documents, fetches, runs, source_runs


def start(connection: sa.Connection, started: datetime, arguments: str) -> int:
    """The number of a new run."""
    made = sa.insert(runs).values(started=started, arguments=arguments).returning(runs.c.number)
    return int(connection.execute(made).scalar_one())


def finish(connection: sa.Connection, run: int, finished: datetime, status: str) -> None:
    """Close the run."""
    connection.execute(
        sa.update(runs).where(runs.c.number == run).values(finished=finished, status=status)
    )


def record(connection: sa.Connection, run: SourceRun) -> None:
    """Write the row of this source in this run, replacing what was there."""
    row = asdict(run)
    which = (source_runs.c.run == run.run) & (source_runs.c.source == run.source)
    connection.execute(sa.delete(source_runs).where(which))
    connection.execute(sa.insert(source_runs).values(row))


def forget_fills(connection: sa.Connection, source: str) -> None:
    """Drop what the source's runs counted of its fields."""
    of_it = source_runs.c.source == source
    connection.execute(sa.update(source_runs).where(of_it).values(fills=sa.null()))


def answered(connection: sa.Connection, source: str, status: str) -> dict[str, datetime]:
    """When each URL was last answered 200 with the same bytes as in another run before.

    Only runs count that ended with ``status`` and lost no page.
    A page that is not there (404, 410) is an answer too and no loss.
    """
    ended = sa.select(source_runs.c.run).where(
        source_runs.c.source == source, source_runs.c.status == status
    )
    lost = sa.select(fetches.c.run).where(
        fetches.c.run.in_(ended),
        fetches.c.source == source,
        fetches.c.status.is_(None)
        | ((fetches.c.status >= 400) & fetches.c.status.not_in((404, 410))),
    )
    asked = (
        sa.select(fetches.c.url, sa.func.max(fetches.c.fetched).label("last"))
        .where(
            fetches.c.run.in_(ended),
            fetches.c.run.not_in(lost),
            fetches.c.source == source,
            fetches.c.method == "GET",
            fetches.c.status == 200,
        )
        .group_by(fetches.c.url, fetches.c.digest)
        .having(sa.func.count(fetches.c.run.distinct()) > 1)
        .order_by(sa.func.max(fetches.c.fetched))
    )
    return {row.url: row.last for row in connection.execute(asked)}


def latest(connection: sa.Connection, source: str | None = None) -> dict[str, SourceRun]:
    """The latest run of every source, or of the one asked for, by source."""
    numbers = sa.select(source_runs.c.source, sa.func.max(source_runs.c.run).label("run"))
    if source is not None:
        numbers = numbers.where(source_runs.c.source == source)
    last = numbers.group_by(source_runs.c.source).subquery()
    asked = sa.select(source_runs).join(
        last, (source_runs.c.source == last.c.source) & (source_runs.c.run == last.c.run)
    )
    return {row.source: as_source_run(row) for row in connection.execute(asked)}


def doubtful(connection: sa.Connection) -> dict[str, int]:
    """How many doubtful documents each source has, where it has any."""
    found = (
        sa.select(documents.c.source, sa.func.count())
        .where(documents.c.doubtful, documents.c.source.is_not(None))
        .group_by(documents.c.source)
    )
    return {row[0]: row[1] for row in connection.execute(found)}
