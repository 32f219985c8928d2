"""The version of the schema, and the steps from each older one."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date

import sqlalchemy as sa

from kazami.store.schema import METADATA, meta

VERSION = 5

Step = Callable[[sa.Connection], None]


def _add_seats_and_frontiers(connection: sa.Connection) -> None:
    connection.execute(sa.text("ALTER TABLE passages ADD COLUMN seat VARCHAR"))
    frontiers = """CREATE TABLE frontiers (
        source VARCHAR NOT NULL PRIMARY KEY, asked VARCHAR NOT NULL, answered TIMESTAMP NOT NULL
    )"""
    pages = """CREATE TABLE frontier_pages (
        source VARCHAR NOT NULL REFERENCES frontiers (source), key VARCHAR NOT NULL,
        place BIGINT NOT NULL, page TEXT, PRIMARY KEY (source, key)
    )"""
    for made in (frontiers, pages):
        connection.execute(sa.text(made))


def _add_facts_and_identity(connection: sa.Connection) -> None:
    for column in ("facts JSON", "pass_on BOOLEAN DEFAULT false NOT NULL"):
        connection.execute(sa.text(f"ALTER TABLE documents ADD COLUMN {column}"))
    drawn = sa.text("INSERT INTO meta (name, value) VALUES ('identity', :value)")
    connection.execute(drawn, {"value": _identity()})


def _add_reading_quality(connection: sa.Connection) -> None:
    for column in ("reading JSON", "doubtful BOOLEAN DEFAULT false NOT NULL"):
        connection.execute(sa.text(f"ALTER TABLE documents ADD COLUMN {column}"))


def _add_evidence_corrections_and_procurement(connection: sa.Connection) -> None:
    for name in ("printed", "speaker_rule", "stance_rule", "corrected", "part"):
        connection.execute(sa.text(f"ALTER TABLE passages ADD COLUMN {name} VARCHAR"))
    columns = ("read_date DATE", "attachments JSON", "version VARCHAR", "evidence_hash VARCHAR(64)")
    for column in columns:
        connection.execute(sa.text(f"ALTER TABLE documents ADD COLUMN {column}"))
    connection.execute(sa.text("ALTER TABLE source_runs ADD COLUMN fills JSON"))
    number = {"postgresql": "BIGSERIAL"}.get(connection.dialect.name, "INTEGER")
    corrections = f"""CREATE TABLE corrections (
        number {number} NOT NULL PRIMARY KEY, document VARCHAR NOT NULL, key VARCHAR,
        text_hash VARCHAR(64), nth INTEGER, field VARCHAR NOT NULL, read VARCHAR, value VARCHAR,
        given TIMESTAMP NOT NULL, placed BOOLEAN NOT NULL
    )"""
    connection.execute(sa.text(corrections))
    key = {"postgresql": "BIGINT"}.get(connection.dialect.name, "INTEGER")
    tenders = f"""CREATE TABLE tenders (
        document {key} NOT NULL PRIMARY KEY REFERENCES documents (number), stage VARCHAR NOT NULL,
        project VARCHAR, number VARCHAR, category VARCHAR, procedure VARCHAR, budget BIGINT,
        closes DATE, closes_at VARCHAR, closes_for VARCHAR
    )"""
    awards = f"""CREATE TABLE awards (
        document {key} NOT NULL PRIMARY KEY REFERENCES documents (number),
        body VARCHAR(6) NOT NULL, date DATE NOT NULL, outcome VARCHAR NOT NULL,
        project VARCHAR, number VARCHAR, category VARCHAR, supplier VARCHAR,
        supplier_key VARCHAR, branch BOOLEAN NOT NULL, corporate_number VARCHAR,
        amount BIGINT, words TEXT NOT NULL
    )"""
    for made in (tenders, awards):
        connection.execute(sa.text(made))
    for index in (
        "corrections_document ON corrections (document)",
        "tenders_closes ON tenders (closes)",
        "awards_supplier ON awards (supplier_key)",
        "awards_corporate_number ON awards (corporate_number)",
        "awards_body ON awards (body, date)",
    ):
        connection.execute(sa.text(f"CREATE INDEX {index}"))
    _fill_procurement(connection)


def _fill_procurement(connection: sa.Connection) -> None:
    """What was imported before the tables were there."""
    asked = sa.text(
        "SELECT number, kind, body, date, title, facts FROM documents "
        "WHERE kind IN ('tender', 'award')"
    ).columns(facts=sa.JSON())
    for row in connection.execute(asked).all():
        from kazami.document import Kind
        from kazami.facts import FACTS, facts_from_json
        from kazami.store.procurement_rows import award_row, tender_row

        kind = Kind(row.kind)
        facts = None if row.facts is None else facts_from_json(FACTS[kind], row.facts)
        values: dict[str, object] = {"document": row.number}
        if kind is Kind.TENDER:
            values |= tender_row(facts)
        else:
            values |= {"body": row.body, "date": row.date} | award_row(row.title, facts)
        if isinstance(closes := values.get("closes"), date):
            values["closes"] = closes.isoformat()  # no table is here to say its type
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        insert = f"INSERT INTO {kind.value}s ({names}) VALUES ({marks})"
        connection.execute(sa.text(insert), values)


def _identity() -> int:
    return secrets.randbits(62)


STEPS: dict[int, Step] = {
    1: _add_seats_and_frontiers,
    2: _add_facts_and_identity,
    3: _add_reading_quality,
    4: _add_evidence_corrections_and_procurement,
}
"""STEPS[n] turns a store of version n into one of version n + 1.

A step writes its SQL out and uses no table of ``kazami.store.schema``: those are of today.
"""


def version_of(connection: sa.Connection) -> int | None:
    """The schema version of what is open; None for an empty database.

    Raises LookupError where there are tables, but none of ours.
    """
    names = sa.inspect(connection).get_table_names()
    if not names:
        return None
    if meta.name not in names:
        raise LookupError("it has tables, but none of kazami")
    version = connection.scalar(sa.select(meta.c.value).where(meta.c.name == "schema_version"))
    if version is None:
        raise LookupError("it names no schema version")
    return int(version)


def create(connection: sa.Connection) -> None:
    """Make the tables of today's version in an empty database."""
    METADATA.create_all(connection)
    connection.execute(
        sa.insert(meta),
        [
            {"name": "schema_version", "value": VERSION},
            {"name": "change", "value": 0},
            {"name": "identity", "value": _identity()},
        ],
    )


def migrate(connection: sa.Connection, version: int) -> None:
    """Bring a store of an older version to today's, inside the caller's transaction."""
    for older in range(version, VERSION):
        STEPS[older](connection)
    connection.execute(sa.update(meta).where(meta.c.name == "schema_version").values(value=VERSION))
