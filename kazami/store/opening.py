"""Which database holds the store, and the store in it."""

from __future__ import annotations

import os
from pathlib import Path

from kazami.settings import Settings
from kazami.store.database import Database
from kazami.store.sqlite import SqliteDatabase
from kazami.store.store import Store

FILE = "kazami.sqlite"
"""The store in the data directory, where the setting ``store`` names no other."""


def database_of(settings: Settings) -> Database:
    """The database that the setting ``store`` names: a PostgreSQL address, or the file.

    Raises StoreError where the driver of PostgreSQL is not installed.
    """
    if settings.store:
        from kazami.store.postgresql import PostgresqlDatabase

        return PostgresqlDatabase(settings.store)
    return SqliteDatabase(settings.data_dir / FILE)


def open_store(settings: Settings, *, create: bool = True, read_only: bool = False) -> Store:
    """The store that the settings name, brought to today's schema where it is older.

    An absent one is made; without ``create``, or with ``read_only``, that raises StoreError, and
    so do a store of a newer version, a database that holds something else, and one that cannot be
    reached.
    """
    return Store.open(database_of(settings), create=create, read_only=read_only)


def open_folder(data: Path, *, create: bool = True, read_only: bool = False) -> Store:
    """The store in the file of a data directory, whatever the settings say; as ``open_store``."""
    return Store.open(SqliteDatabase(data / FILE), create=create, read_only=read_only)


def is_stored(settings: Settings) -> bool:
    """Whether there is a store to open; a server is taken to have one until it is asked."""
    return database_of(settings).exists()


def may_write(settings: Settings) -> bool:
    """Whether an older store may be brought to today's schema here."""
    return bool(settings.store) or os.access(settings.data_dir, os.W_OK)
