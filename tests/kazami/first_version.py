"""A store as the first schema had it, with one meeting."""

from __future__ import annotations

from datetime import UTC, date, datetime

from kazami.document import Document, Kind, Passage
from kazami.settings import Settings
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


def make_first_version(where: Settings) -> None:
    """Make it where the settings say, in a file or in PostgreSQL."""
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
