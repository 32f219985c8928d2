"""A database opened as a store, and its transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from kazami.store import migrations
from kazami.store.database import Database
from kazami.store.records import StoreError


class OpenedStore:
    """An engine whose tables are of today's schema; what reads and writes them builds on it."""

    def __init__(self, engine: sa.Engine, database: Database) -> None:
        self._engine, self._database = engine, database
        self._together: sa.Connection | None = None

    @classmethod
    def open(cls, database: Database, *, create: bool = True, read_only: bool = False) -> Self:
        """The store in a database, brought to today's schema; see ``kazami.store.open_store``."""
        try:
            if not database.exists():
                if not create or read_only:
                    raise StoreError(_nothing_in(database))
                database.make_room()
            store = cls(database.connect(read_only=read_only), database)
        except OSError as error:
            raise StoreError(
                f"{database.name}: cannot be used: {error.strerror or error}"
            ) from error
        try:
            store._prepare(create=create, read_only=read_only)
        except BaseException:
            store.close()
            raise
        return store

    def _prepare(self, *, create: bool, read_only: bool) -> None:
        name = self._database.name
        try:
            with self._reading() as connection:
                version = migrations.version_of(connection)
            if version == migrations.VERSION:
                return
            if read_only or (version is None and not create):
                if version is None:
                    raise StoreError(_nothing_in(self._database))
                if version < migrations.VERSION:
                    raise StoreError(
                        f"{name}: of the older version {version}; this program brings it "
                        f"to {migrations.VERSION} as soon as it may write: run kazami index"
                    )
            if version is None:
                with self._explained():
                    self._database.begin_store(self._engine)
            with self._writing() as connection:
                # Asked again: another process may have made or migrated it in between.
                version = migrations.version_of(connection)
                if version is None:
                    migrations.create(connection)
                elif version > migrations.VERSION:
                    raise StoreError(
                        f"{name}: made by a newer kazami (schema version {version}; this "
                        f"one knows {migrations.VERSION}): install the newer one"
                    )
                elif version < migrations.VERSION:
                    migrations.migrate(connection, version)
        except LookupError as error:
            raise StoreError(f"{name}: not a store of kazami: {error}") from error

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise StoreError(self._database.explain(error)) from error

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state, whatever is written meanwhile."""
        if self._together is not None:
            with self._explained():
                yield self._together
            return
        with self._explained(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction that has waited for its turn to write."""
        if self._together is not None:
            with self._explained():
                yield self._together
            return
        with (
            self._explained(),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written inside the block happens whole at its end, or not at all.

        After a DocumentRefused, of which nothing is written, the block may go on; any other error
        must end it. It belongs to one thread.
        """
        with self._writing() as connection:
            self._together = connection
            try:
                yield
            finally:
                self._together = None


def _nothing_in(database: Database) -> str:
    return f"{database.name}: no documents yet: try kazami demo, kazami crawl or kazami import"
