"""Titles of what is stored, without its text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass

import sqlalchemy as sa

from kazami.attachments import AttachmentState
from kazami.document import Kind
from kazami.store.schema import awards, documents, tenders


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTitle:
    """A document by its title. ``project`` is what a tender or award calls its purchase.

    ``textless``: it has no passage, or links to a scan that no text was read from.
    """

    id: str
    body: str
    kind: Kind
    title: str
    project: str | None
    date: dt.date | None
    url: str | None
    missing: dt.date | None
    textless: bool


class Titles:
    """What a store answers of titles."""

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        raise NotImplementedError

    def titles(
        self, kinds: Collection[Kind], bodies: Collection[str] = frozenset()
    ) -> list[StoredTitle]:
        """All documents of these kinds, by their ids; of these bodies where some are named."""
        chosen = (
            sa.select(
                documents.c.id,
                documents.c.body,
                documents.c.kind,
                documents.c.title,
                sa.func.coalesce(tenders.c.project, awards.c.project).label("project"),
                documents.c.date,
                documents.c.url,
                documents.c.missing_since.label("missing"),
                documents.c.passage_count,
                documents.c.attachments,
            )
            .select_from(documents.outerjoin(tenders).outerjoin(awards))
            .where(documents.c.kind.in_(sorted(kinds)))
            .order_by(documents.c.id)
        )
        if bodies:
            chosen = chosen.where(documents.c.body.in_(sorted(bodies)))
        with self._reading() as connection:
            return [
                StoredTitle(
                    id=row.id,
                    body=row.body,
                    kind=Kind(row.kind),
                    title=row.title,
                    project=row.project,
                    date=row.date,
                    url=row.url,
                    missing=row.missing,
                    textless=row.passage_count == 0
                    or any(
                        each["state"] == AttachmentState.NO_TEXT for each in row.attachments or ()
                    ),
                )
                for row in connection.execute(chosen)
            ]
