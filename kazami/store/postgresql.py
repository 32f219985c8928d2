"""Everything that is true of PostgreSQL only: the address, transactions, what its errors mean."""

from __future__ import annotations

from importlib.util import find_spec

import sqlalchemy as sa
from sqlalchemy import event

from kazami.store.records import StoreError

_ONE_WRITER = 0x6B617A616D69
"""The advisory lock of writers: ``kazami`` in ASCII."""

_CONNECT_SECONDS = 10


class PostgresqlDatabase:
    """A database of a server, named as ``postgresql://user@host:port/database``."""

    def __init__(self, address: str) -> None:
        """Raises StoreError where the address is none, or psycopg is not installed."""
        try:
            url = sa.make_url(address)
        except sa.exc.ArgumentError:
            # The address itself may hold a password, and stays out of the message.
            raise StoreError("store: no address like postgresql://user@host/database") from None
        if url.drivername not in ("postgresql", "postgres") or not url.database:
            raise StoreError("store: no address like postgresql://user@host/database")
        if find_spec("psycopg") is None:
            raise StoreError('PostgreSQL needs its driver: pip install "kazami[postgresql]"')
        self._url = url.set(drivername="postgresql+psycopg")
        where = f"{url.host or 'the local server'}{f':{url.port}' if url.port else ''}"
        self.name = f"the database {url.database} on {where}"

    def exists(self) -> bool:
        return True

    def make_room(self) -> None: ...

    def connect(self, *, read_only: bool) -> sa.Engine:
        engine = sa.create_engine(
            self._url,
            isolation_level="REPEATABLE READ",
            connect_args={"connect_timeout": _CONNECT_SECONDS},
            pool_pre_ping=True,
        )

        @event.listens_for(engine, "begin")
        def begin(connection: sa.Connection) -> None:
            if read_only:
                connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            if connection.get_execution_options().get("writes"):
                # Waited for in a transaction of its own statements: the snapshot of READ
                # COMMITTED is taken after the wait, so that it sees what the writer before left.
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_WRITER})")

        return engine

    def begin_store(self, engine: sa.Engine) -> None:
        """Raises StoreError where the database cannot hold every character."""
        with engine.connect() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise StoreError(
                f"{self.name} is in {encoding}, which cannot hold every character: "
                "make one with createdb --encoding UTF8 --template template0"
            )

    def explain(self, error: sa.exc.DBAPIError) -> str:
        cause = error.orig
        state = getattr(cause, "sqlstate", None)
        said = " ".join(str(cause).split("\n")[0].split())
        match state:
            case None if isinstance(error, sa.exc.OperationalError):
                # psycopg names no state where no connection came about, whatever the reason.
                return (
                    f"{self.name} cannot be reached ({said}): check that the server runs and the "
                    "database is there (createdb makes one), and the address in the setting store"
                )
            case "42501":
                return f"{self.name}: the user lacks the right to do this ({said})"
            case "25006":
                return f"{self.name} is open for reading only"
            case "53100":
                return f"{self.name}: the disk is full; what was stored before is kept"
            case "57P01" | "57P02" | "57P03":
                return f"{self.name}: the server is stopping or starting; try again"
            case _:
                return f"{self.name}: {said}"
