"""Stores of every older version, brought to today's, in both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from kazami.document import Document, Kind, Passage
from kazami.settings import Settings
from kazami.store import (
    Frontier,
    FrontierPage,
    Outcome,
    SourceRun,
    migrations,
    open_folder,
    open_store,
)
from kazami.store.opening import database_of

NOW = datetime(2025, 4, 1, 9, 30, tzinfo=UTC)
MEETING = Document(
    body="102032",
    kind=Kind.MINUTES,
    platform="invented",
    key="a",
    title="定例会",
    date=date(2022, 3, 1),
    fetched=NOW,
    passages=(Passage(key="1", order=1, text="防災について。", speaker="例示花子"),),
)

VERSION_1 = """
CREATE TABLE meta (name VARCHAR NOT NULL, value BIGINT NOT NULL, PRIMARY KEY (name));
CREATE TABLE runs (
  number {serial} NOT NULL PRIMARY KEY, started TIMESTAMP NOT NULL, arguments VARCHAR NOT NULL,
  finished TIMESTAMP, status VARCHAR);
CREATE TABLE documents (
  number {key} NOT NULL PRIMARY KEY, id VARCHAR NOT NULL UNIQUE, change BIGINT NOT NULL UNIQUE,
  body VARCHAR(6) NOT NULL, kind VARCHAR NOT NULL, platform VARCHAR NOT NULL, source VARCHAR,
  title VARCHAR NOT NULL, date DATE NOT NULL, url VARCHAR, content_hash VARCHAR(64) NOT NULL,
  passage_count INTEGER NOT NULL, first_seen TIMESTAMP NOT NULL, fetched TIMESTAMP NOT NULL,
  missing_since DATE, front_matter TEXT NOT NULL);
CREATE INDEX documents_source ON documents (source);
CREATE INDEX documents_body ON documents (body);
CREATE TABLE passages (
  number {bigserial} NOT NULL PRIMARY KEY, document {key} NOT NULL REFERENCES documents (number),
  key VARCHAR NOT NULL, "order" INTEGER NOT NULL, speaker VARCHAR, role VARCHAR, stance VARCHAR,
  page INTEGER, url VARCHAR, text TEXT NOT NULL, UNIQUE (document, key));
CREATE TABLE content_history (
  number {bigserial} NOT NULL PRIMARY KEY, document {key} NOT NULL REFERENCES documents (number),
  content_hash VARCHAR(64) NOT NULL, seen TIMESTAMP NOT NULL, run INTEGER REFERENCES runs (number));
CREATE TABLE listings (
  source VARCHAR NOT NULL, name VARCHAR NOT NULL, seen TIMESTAMP NOT NULL,
  PRIMARY KEY (source, name));
CREATE TABLE listing_members (
  source VARCHAR NOT NULL, name VARCHAR NOT NULL, is_document BOOLEAN NOT NULL,
  "order" INTEGER NOT NULL, member VARCHAR NOT NULL,
  PRIMARY KEY (source, name, is_document, "order"),
  FOREIGN KEY (source, name) REFERENCES listings (source, name));
CREATE TABLE source_runs (
  run INTEGER NOT NULL REFERENCES runs (number), source VARCHAR NOT NULL,
  started TIMESTAMP NOT NULL, finished TIMESTAMP, status VARCHAR, pages INTEGER NOT NULL,
  "new" INTEGER NOT NULL, changed INTEGER NOT NULL, unchanged INTEGER NOT NULL,
  missing INTEGER NOT NULL, failed INTEGER NOT NULL, note VARCHAR, PRIMARY KEY (run, source));
CREATE TABLE fetches (
  number {bigserial} NOT NULL PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs (number),
  source VARCHAR NOT NULL, url VARCHAR NOT NULL, method VARCHAR NOT NULL, status INTEGER,
  size BIGINT NOT NULL, digest VARCHAR, fetched TIMESTAMP NOT NULL, seconds FLOAT NOT NULL)
"""
"""As the first released schema stood."""

CONTENT = (
    "INSERT INTO meta VALUES ('schema_version', 1), ('change', 1)",
    (
        "INSERT INTO documents VALUES (1, 'invented:a', 1, '102032', 'minutes', 'invented', NULL, "
        f"'定例会', '2022-03-01', NULL, '{MEETING.content_hash}', 1, '2025-04-01 09:30:00.000000', "
        "'2025-04-01 09:30:00.000000', NULL, '')"
    ),
    (
        'INSERT INTO passages (document, key, "order", speaker, text) '
        "VALUES (1, '1', 1, '例示花子', '防災について。')"
    ),
    (
        "INSERT INTO content_history (document, content_hash, seen) "
        f"VALUES (1, '{MEETING.content_hash}', '2025-04-01 09:30:00.000000')"
    ),
)


@pytest.fixture
def old(where: Settings) -> Settings:
    """A store of version 1 with one meeting."""
    database = database_of(where)
    database.make_room()
    engine = database.connect(read_only=False)
    names = (
        {"key": "INTEGER", "serial": "INTEGER", "bigserial": "INTEGER"}
        if engine.dialect.name == "sqlite"
        else {"key": "BIGINT", "serial": "SERIAL", "bigserial": "BIGSERIAL"}
    )
    with engine.begin() as connection:
        for statement in (*VERSION_1.format(**names).split(";"), *CONTENT):
            connection.exec_driver_sql(statement)
    engine.dispose()
    return where


def test_a_store_of_the_first_version_keeps_its_documents(old: Settings) -> None:
    with open_store(old) as store:
        assert store.document("invented:a") == MEETING
        assert store.put([MEETING]) == Outcome(unchanged=1)
        assert store.last_change() == 1
        assert store.identity() > 0
        stored = store.passage("invented:a#1")
        assert stored is not None
        assert (stored.source, stored.pass_on) == (None, False)
        frontier = Frontier("asked", NOW, (FrontierPage("a", 1, None),))
        store.begin_frontier("102032/minutes/invented", frontier)
        assert store.frontier("102032/minutes/invented") == frontier
    with open_store(old, read_only=True) as store:
        assert store.document("invented:a") == MEETING


def test_a_migrated_store_has_the_tables_and_columns_of_a_new_one(old: Settings) -> None:
    open_store(old).close()
    engine = database_of(old).connect(read_only=False)
    with engine.begin() as connection:
        migrated = _columns(connection)
        for name in reversed(list(migrated)):
            connection.exec_driver_sql(f"DROP TABLE {name}")
        migrations.create(connection)
        assert _columns(connection) == migrated
    engine.dispose()


def _columns(connection: sa.Connection) -> dict[str, dict[str, tuple[str, bool]]]:
    """Every table's columns with their family of types and whether they may be absent."""
    inspector = sa.inspect(connection)
    names = ["meta", "runs", "documents", "passages", "content_history", "listings"]
    names += ["listing_members", "frontiers", "frontier_pages", "source_runs", "fetches"]
    assert set(names) == set(inspector.get_table_names())
    return {
        name: {
            column["name"]: (
                str(column["type"].as_generic()).replace("DATETIME", "TIMESTAMP"),
                column["nullable"],
            )
            for column in inspector.get_columns(name)
        }
        for name in names
    }


def test_every_store_draws_its_own_number(where: Settings, tmp_path_factory) -> None:
    with open_store(where) as one, open_store(where) as again:
        assert one.identity() == again.identity()
    other = tmp_path_factory.mktemp("other")
    with open_store(where) as one, open_folder(other) as two:
        assert one.identity() != two.identity()


def test_words_that_no_database_holds_do_not_stop_a_crawl(where: Settings) -> None:
    """A note quotes pages, a listing names what a page names; documents are refused instead."""
    with open_store(where) as store:
        run = store.start_run(NOW, "crawl \0")
        source = "102032/minutes/invented"
        store.record_source_run(SourceRun(run, source, NOW, NOW, "ok", note="a\0b\ud800c"))
        last = store.last_source_run(source)
        assert last is not None
        assert last.note == "a\ufffdb\ufffdc"
        names = {"documents": ["invented:\0"], "listings": ["\udfff"]}
        store.record_listing(source, "\0", **names, seen=NOW)
        store.begin_frontier(source, Frontier("\0", NOW, (FrontierPage("\ud800", 1, "page"),)))
        assert store.record_listing(source, "\0", documents=[], listings=[], seen=NOW) == []
