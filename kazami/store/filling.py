"""What a source's passages and documents have filled, and what its runs counted of that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kazami.document import Kind
from kazami.fills import Described, DocumentField, PassageField, Rate, counted, together
from kazami.store.records import SourceRun
from kazami.store.rows import as_source_run
from kazami.store.schema import content_history, documents, passages, source_runs


def last_run(connection: sa.Connection, source: str) -> SourceRun | None:
    """The latest run of the source that counted anything."""
    asked = (
        sa.select(source_runs)
        .where(source_runs.c.source == source, source_runs.c.fills.is_not(None))
        .order_by(source_runs.c.run.desc())
        .limit(1)
    )
    row = connection.execute(asked).one_or_none()
    return None if row is None else as_source_run(row)


def stored(
    connection: sa.Connection, source: str, kind: Kind, but_of: datetime | None
) -> dict[str, Rate]:
    """The rates of the source's documents, without those that the pass begun then stored."""
    which = documents.c.source == source
    if but_of is not None:
        of_it = sa.select(source_runs.c.run).where(
            source_runs.c.source == source, source_runs.c.started == but_of
        )
        which &= ~sa.exists().where(
            content_history.c.document == documents.c.number, content_history.c.run.in_(of_it)
        )
    fields = counted(kind)
    of_passages = [each for each in fields if isinstance(each, PassageField)]
    of_documents = [each for each in fields if isinstance(each, DocumentField)]
    return {
        **(_of_passages(connection, which, of_passages) if of_passages else {}),
        **(_of_documents(connection, which, of_documents) if of_documents else {}),
    }


def _of_documents(
    connection: sa.Connection, which: sa.ColumnElement[bool], fields: Sequence[DocumentField]
) -> dict[str, Rate]:
    columns = (
        documents.c.date,
        documents.c.passage_count,
        documents.c.attachments,
        documents.c.facts,
    )
    kept = (
        Described(
            dated=date is not None,
            has_text=passage_count > 0,
            attachments=attachments or (),
            facts=facts or {},
        )
        for date, passage_count, attachments, facts in connection.execute(
            sa.select(*columns).where(which)
        )
    )
    return together(
        *(
            {
                field.name: Rate.of(share)
                for field in fields
                if (share := field.told(each)) is not None
            }
            for each in kept
        )
    )


def _of_passages(
    connection: sa.Connection, which: sa.ColumnElement[bool], fields: Sequence[PassageField]
) -> dict[str, Rate]:
    filled = {
        field.name: sa.case(
            (passages.c[field.name].is_(None) | passages.c[field.name].in_(field.empty), 0.0),
            else_=1.0,
        )
        for field in fields
    }
    shares = (
        sa.select(*(sa.func.avg(each).label(name) for name, each in filled.items()))
        .join(documents)
        .where(which)
        .group_by(passages.c.document)
        .subquery()
    )
    sums: list[sa.ColumnElement[Any]] = [sa.func.count()]
    for share in shares.c:
        sums += [sa.func.sum(share), sa.func.sum(share * share)]
    count, *found = connection.execute(sa.select(*sums).select_from(shares)).one()
    if not count:
        return {}
    each = zip(filled, found[::2], found[1::2], strict=True)
    return {name: Rate(float(count), float(sum_), float(squares)) for name, sum_, squares in each}
