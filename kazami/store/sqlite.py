"""Everything that is true of SQLite only: opening the file, pragmas, what its errors mean."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A key of 64 bits everywhere; here only INTEGER is the row's own number and needs no index."""

BUSY_SECONDS = 30
"""How long a writer waits for another one."""

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA cache_size = -32768",
    "PRAGMA journal_size_limit = 67108864",
)

_JOURNAL_ALONE = f"ro&vfs={'win32' if os.name == 'nt' else 'unix'}-none"
_WITHOUT_SHM = "PRAGMA locking_mode = EXCLUSIVE"
"""Keeps the journal's index in memory (sqlite.org/wal.html, 8); the vfs takes no lock for that."""


class SqliteDatabase:
    """A file; WAL lets others read while one writes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.name = str(file)

    def exists(self) -> bool:
        return self._file.is_file()

    def make_room(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)

    def connect(self, *, read_only: bool) -> sa.Engine:
        """A transaction begins with BEGIN, or with BEGIN IMMEDIATE under the option ``writes``.

        One that reads first and writes later would otherwise fail at once, without waiting, when
        another process has written in between.
        """
        return _connect(self._file, read_only=read_only)

    def begin_store(self, engine: sa.Engine) -> None:
        with engine.connect().execution_options(outside_transaction=True) as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")

    def explain(self, error: sa.exc.DBAPIError) -> str:
        return _explain(error, self._file)


def _connect(file: Path, *, read_only: bool) -> sa.Engine:
    mode = _reading(file) if read_only else "rwc"
    uri = f"{_uri(file)}?mode={mode}"
    pragmas = (_WITHOUT_SHM, *_PRAGMAS) if mode == _JOURNAL_ALONE else _PRAGMAS

    def opened() -> sqlite3.Connection:
        # Connections go from thread to thread through the pool, one user at a time. The driver's
        # own way of beginning transactions is switched off; ours is below.
        return sqlite3.connect(
            uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )

    engine = sa.create_engine("sqlite://", creator=opened, poolclass=sa.QueuePool)

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("outside_transaction"):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")

    return engine


def _uri(file: Path) -> str:
    return f"file:{quote(str(file.absolute()))}"


def _reading(file: Path) -> str:
    """The mode in which the file can be read.

    In WAL mode even a reader writes, to the -shm file. Where it may not, nobody writes either, and
    the file counts as one that never changes: immutable, or, where a journal is left that holds
    its last commits (a copy, a killed process), read with that and without locks.
    """
    journal, shared = (file.with_name(f"{file.name}-{end}") for end in ("wal", "shm"))
    if journal.exists() and shared.exists():
        return "ro"
    with closing(sqlite3.connect(f"{_uri(file)}?mode=ro", uri=True)) as probe:
        try:
            probe.execute("SELECT 1 FROM sqlite_master")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                return _JOURNAL_ALONE if journal.exists() else "ro&immutable=1"
        except sqlite3.DatabaseError:
            pass
    return "ro"


def _explain(error: sa.exc.DBAPIError, file: Path) -> str:
    cause = error.orig
    code = getattr(cause, "sqlite_errorcode", None)
    # Extended codes keep the primary one in their low byte.
    match code & 0xFF if isinstance(code, int) else None:
        case sqlite3.SQLITE_FULL:
            return f"{file}: the disk is full; what was stored before is kept: free some space"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return f"{file}: not writable: check the permissions of the file and its directory"
        case sqlite3.SQLITE_CANTOPEN:
            return f"{file}: cannot be opened: check the permissions of the file and its directory"
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return (
                f"{file}: another process has been writing for {BUSY_SECONDS} seconds: "
                "try again when it is done"
            )
        case sqlite3.SQLITE_NOTADB:
            return f"{file}: not a store of kazami (not an SQLite file): move it away"
        case sqlite3.SQLITE_CORRUPT:
            return f"{file}: damaged ({cause}): restore a copy, or move it away and crawl again"
        case sqlite3.SQLITE_IOERR:
            return f"{file}: the disk cannot be read or written ({cause})"
        case _:
            return f"{file}: {cause}"
