"""What keeps the store from being tied to SQLite."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import kazami.store
from kazami.store.schema import METADATA

SOURCES = sorted(Path(kazami.store.__file__).parent.glob("*.py"))


def test_every_table_can_be_made_in_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in METADATA.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=dialect))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_one_module_knows_sqlite_and_one_postgresql(source: Path) -> None:
    words = re.findall(
        r"sqlite3|sqlalchemy\.dialects|PRAGMA|exec_driver_sql|psycopg|advisory",
        source.read_text("utf-8"),
    )
    assert bool(words) == (source.name in ("sqlite.py", "postgresql.py"))
