"""Everything that is true of SQLite only: opening the file, pragmas, what its errors mean."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 30
"""How long a writer waits for another one."""

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA cache_size = -32768",
    "PRAGMA journal_size_limit = 67108864",
)


def connect(file: Path, *, read_only: bool) -> sa.Engine:
    """An engine over ``file``; nothing is opened before the first connection.

    A transaction begins with BEGIN, or with BEGIN IMMEDIATE under the execution option ``writes``:
    a transaction that reads first and writes later would otherwise fail at once, without waiting,
    when another process has written in between.
    """
    mode = "rw"
    if not file.exists():
        mode = "rwc"
    if read_only:
        # In WAL mode even a reader writes, to the -shm file. Where it cannot and no journal is
        # left to be read, nobody else of this user writes either: the file may count as immutable.
        journal = file.with_name(file.name + "-wal")
        frozen = not os.access(file.parent, os.W_OK) and not journal.exists()
        mode = "ro&immutable=1" if frozen else "ro"
    engine = sa.create_engine(
        f"sqlite:///file:{quote(str(file.absolute()))}?mode={mode}&uri=true",
        connect_args={"timeout": BUSY_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        # The driver's own way of beginning transactions is switched off; ours is below.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        if not read_only:
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def explain(error: sa.exc.DBAPIError, file: Path) -> str:
    """One line for a person on what SQLite complained of."""
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
