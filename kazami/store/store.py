"""The store: what crawling writes and indexing reads, their only meeting point."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from kazami.document import Document, Kind
from kazami.store import (
    correcting,
    corrections,
    frontier,
    listing,
    putting,
    reading,
    runs,
)
from kazami.store.procurement_door import Procurement
from kazami.store.records import (
    BodyCounts,
    Change,
    Correction,
    Fetch,
    Frontier,
    FrontierPage,
    KnownDocument,
    Listing,
    Outcome,
    SourceRun,
    StoredHead,
    StoredPassage,
    StoreExtent,
)
from kazami.store.schema import content_history, documents, fetches, passages
from kazami.store.titles import Titles
from kazami.store.transactions import OpenedStore

if TYPE_CHECKING:
    from kazami.fills import Rate

_AT_ONCE = 500
"""How many ids a single query asks for."""


class Store(OpenedStore, Procurement, Titles):
    """Documents, their history, listings, runs and fetches in one database.

    Every writing method is one transaction: it has happened whole when the method returns, or not
    at all. Several processes may read and write; a writer waits for the one before it. Methods
    raise StoreError when the database refuses.
    """

    # Documents and passages

    def put(
        self, documents: Iterable[Document], *, source: str | None = None, run: int | None = None
    ) -> Outcome:
        """Store the documents in order, all of them or, on an error, none.

        New and changed ones get the next change numbers; a changed one replaces its passages and
        adds to its history; of an unchanged one only the time of fetching moves, and what it was
        read from. The transaction lasts until ``documents`` is exhausted, and others wait: do not
        fetch inside.
        """
        if self._together is not None:
            # What is refused must leave nothing behind; a savepoint would cost more than looking.
            documents = list(documents)
            for document in documents:
                putting.check(document)
        with self._writing() as connection:
            return putting.put(connection, documents, source=source, run=run)

    def document(self, id: str) -> Document | None:
        """The document with this id, with all its passages."""
        with self._reading() as connection:
            found = reading.document(connection, id)
            return found and found[1]

    def document_as_read(self, id: str) -> Document | None:
        """The same without its corrections: of it the content's hash is kept and compared."""
        with self._reading() as connection:
            found = correcting.read_document(connection, id)
            return found and found[1]

    def passage(self, id: str) -> StoredPassage | None:
        """The passage with the id ``document#key``."""
        return self.passages([id]).get(id)

    def passages(self, ids: Iterable[str]) -> dict[str, StoredPassage]:
        """Those passages that exist, by id, in the order asked."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, StoredPassage] = {}
        with self._reading() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                found |= reading.stored_passages(connection, wanted[start : start + _AT_ONCE])
        return {id: found[id] for id in wanted if id in found}

    def heads(self, ids: Iterable[str]) -> dict[str, StoredHead]:
        """Of those documents that exist, what a hit shows without any passage; by id."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, StoredHead] = {}
        if not wanted:
            return found
        with self._reading() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                found |= reading.stored_heads(connection, wanted[start : start + _AT_ONCE])
        return found

    def neighbours(self, id: str, before: int, after: int) -> list[StoredPassage]:
        """The passage itself with up to so many before and after it in its document, in order.

        Empty where there is no such passage.
        """
        document, _, key = id.rpartition("#")
        asked = (
            sa.select(passages.c.key)
            .join(documents)
            .where(documents.c.id == document)
            .order_by(passages.c.order)
        )
        with self._reading() as connection:
            keys = list(connection.scalars(asked))
        if key not in keys:
            return []
        at = keys.index(key)
        around = keys[max(0, at - before) : at + after + 1]
        return list(self.passages(f"{document}#{key}" for key in around).values())

    def history(self, id: str) -> list[tuple[str, datetime]]:
        """The content hashes that this document has had, oldest first, with when first seen."""
        asked = (
            sa.select(content_history.c.content_hash, content_history.c.seen)
            .join(documents)
            .where(documents.c.id == id)
            .order_by(content_history.c.number)
        )
        with self._reading() as connection:
            return [(row.content_hash, row.seen) for row in connection.execute(asked)]

    # Corrections

    def correct(
        self,
        id: str,
        values: Mapping[str, str | None],
        *,
        given: datetime,
        without: Collection[str] = (),
    ) -> None:
        """Keep what a person says of a passage, by field, or of a document: its ``day``.

        It stands in the place of what was read, and of an earlier correction of the field, until it
        is taken back. Those of the fields ``without`` end. The document gets the next change
        number. Raises NothingToCorrect where there is no such passage or document.
        """
        with self._writing() as connection:
            correcting.correct(connection, id, values, given, without)

    def take_back(self, id: str) -> list[Correction]:
        """Forget the corrections with this id and return them; raises NothingToCorrect."""
        with self._writing() as connection:
            return correcting.take_back(connection, id)

    def corrections(self, document: str | None = None) -> list[Correction]:
        """All corrections, or a document's, the latest last, whether or not they stand."""
        with self._reading() as connection:
            return corrections.listed(connection, document)

    # Changes

    def identity(self) -> int:
        """The number drawn when the store was made: that of no other, but of its copies."""
        with self._reading() as connection:
            return reading.identity(connection)

    def last_change(self) -> int:
        """The highest change number given away; 0 in an empty store."""
        with self._reading() as connection:
            return reading.last_change(connection)

    def changes(self, after: int, *, limit: int | None = None) -> Iterator[Change]:
        """Documents changed after the number ``after``, in the order of their latest change.

        It streams up to the last change at the time of the first step: a document that changes
        while this runs has a higher number, and is left to the next call. No transaction is open
        between two steps.
        """
        left = limit
        upto: int | None = None
        while left is None or left > 0:
            with self._reading() as connection:
                if upto is None:
                    upto = reading.last_change(connection)
                chunk = reading.changed(connection, after, upto, left)
            if not chunk:
                return
            yield from chunk
            after = chunk[-1].number
            if left is not None:
                left -= len(chunk)

    # Counts

    def extent(self) -> StoreExtent:
        """How much is stored, missing documents included."""
        with self._reading() as connection:
            return reading.extent(connection)

    def counts_by_body(self) -> dict[str, BodyCounts]:
        """How much is stored of each body that has anything, by code."""
        with self._reading() as connection:
            return reading.counts_by_body(connection)

    # Sources, listings

    def documents_of(self, source: str) -> dict[str, KnownDocument]:
        """What is stored of this source, by document id."""
        asked = sa.select(
            documents.c.id,
            documents.c.date,
            documents.c.fetched,
            documents.c.content_hash,
            documents.c.missing_since,
            documents.c.version,
        ).where(documents.c.source == source)
        with self._reading() as connection:
            return {id: KnownDocument(*known) for id, *known in connection.execute(asked)}

    def record_listing(
        self,
        source: str,
        name: str,
        *,
        documents: Sequence[str],
        listings: Sequence[str],
        seen: datetime,
    ) -> list[str]:
        """Remember what a listing of ``source`` holds, and return the newly missing documents' ids.

        Those that it held before, and that no listing of the source holds now, are marked missing
        on the day of ``seen``; so are the documents of a child listing that is gone from it. The
        mark of those present is cleared.
        """
        with self._writing() as connection:
            return listing.record(
                connection, source, Listing(name, tuple(documents), tuple(listings), seen)
            )

    def mark_missing(self, ids: Sequence[str], day: date) -> int:
        """Mark those of these documents that bear no mark yet; returns how many those are."""
        with self._writing() as connection:
            return len(listing.mark(connection, ids, day))

    def listing(self, source: str, name: str) -> Listing | None:
        """The listing as last recorded."""
        with self._reading() as connection:
            return listing.read(connection, source, name)

    # Frontiers

    def frontier(self, source: str) -> Frontier | None:
        """How far an unfinished pass over the source has come; None where there is none."""
        with self._reading() as connection:
            return frontier.read(connection, source)

    def begin_frontier(self, source: str, new: Frontier) -> None:
        """Write down the first pages of a pass, in the place of an older frontier."""
        with self._writing() as connection:
            frontier.begin(connection, source, new)

    def step_frontier(
        self,
        source: str,
        page: FrontierPage,
        new: Sequence[FrontierPage],
        answered: datetime | None = None,
    ) -> None:
        """Write down what has become of one page, and the pages that it led to.

        Without ``answered`` the time of the last answer stays.
        """
        with self._writing() as connection:
            frontier.step(connection, source, page, new, answered)

    def drop_frontier(self, source: str) -> None:
        """Forget the pass, which is finished or begins anew."""
        with self._writing() as connection:
            frontier.drop(connection, source)

    # Runs and fetches

    def start_run(self, started: datetime, arguments: str) -> int:
        """The number of a new run."""
        with self._writing() as connection:
            return runs.start(connection, started, arguments)

    def finish_run(self, run: int, finished: datetime, status: str) -> None:
        """Close the run; one that was killed stays without an end."""
        with self._writing() as connection:
            runs.finish(connection, run, finished, status)

    def record_source_run(self, run: SourceRun) -> None:
        """Remember how one source fared in a run; called at its start and again at its end."""
        with self._writing() as connection:
            runs.record(connection, run)

    def last_source_run(self, source: str) -> SourceRun | None:
        """The source's latest run; its ``finished`` is None where it was cut short."""
        with self._reading() as connection:
            return runs.latest(connection, source).get(source)

    def source_runs(self) -> dict[str, SourceRun]:
        """The latest run of every source that ever ran."""
        with self._reading() as connection:
            return runs.latest(connection)

    def last_filled_run(self, source: str) -> SourceRun | None:
        """The source's latest run with ``fills``."""
        from kazami.store import filling

        with self._reading() as connection:
            return filling.last_run(connection, source)

    def stored_rates(
        self, source: str, kind: Kind, *, but_of: datetime | None = None
    ) -> dict[str, Rate]:
        """How much of each field is filled in the source's documents, by its name.

        ``but_of`` leaves out what the source's runs stored whose pass began then.
        """
        from kazami.store import filling

        with self._reading() as connection:
            return filling.stored(connection, source, kind, but_of)

    def forget_fills(self, source: str) -> None:
        """Drop the ``fills`` of the source's runs: its documents are read otherwise by now."""
        with self._writing() as connection:
            runs.forget_fills(connection, source)

    def doubtful(self) -> dict[str, int]:
        """How many sittings of each source may have been read wrong, where any may."""
        with self._reading() as connection:
            return runs.doubtful(connection)

    def log_fetches(self, run: int, made: Sequence[Fetch]) -> None:
        """Note some requests."""
        with self._writing() as connection:
            connection.execute(
                sa.insert(fetches), [{"run": run, **dataclasses.asdict(each)} for each in made]
            )

    def answered(self, source: str, status: str) -> dict[str, datetime]:
        """When each URL was last answered 200 to a GET with the same bytes as in another run.

        Only runs count that ended with ``status`` and lost no page: all that they fetched was read.
        """
        with self._reading() as connection:
            return runs.answered(connection, source, status)
