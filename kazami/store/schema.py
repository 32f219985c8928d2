"""The tables of the store, the same in every database."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import sqlalchemy as sa

from kazami.fields import TEXT_FIELDS
from kazami.store.sqlite import BIG_KEY

METADATA = sa.MetaData()


class Moment(sa.types.TypeDecorator[datetime]):
    """A point in time, kept in UTC: not every database keeps a time zone."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: sa.engine.Dialect
    ) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(
        self, value: datetime | None, dialect: sa.engine.Dialect
    ) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Outside(sa.types.TypeDecorator[str]):
    """Words of pages and requests: what not every database can hold becomes U+FFFD.

    NUL characters and halves of surrogate pairs. In documents they are refused instead.
    """

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.engine.Dialect) -> str | None:
        return None if value is None else _UNSTORABLE.sub("\ufffd", value)


class DayOrNone(sa.types.TypeDecorator[date]):
    """A day, or none: kept as the first day there is, since a column stays required."""

    impl = sa.Date
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: sa.engine.Dialect) -> date | None:
        return UNDATED if value is None else value

    def process_result_value(self, value: date | None, dialect: sa.engine.Dialect) -> date | None:
        return None if value == UNDATED else value


UNDATED = date.min
"""How a document without a day is kept."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

# One row per number: schema_version; change, the last change number given away; and identity,
# drawn when the store was made, by which an index knows the store it was made from.
meta = sa.Table(
    "meta",
    METADATA,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)

runs = sa.Table(
    "runs",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("started", Moment, nullable=False),
    sa.Column("arguments", Outside, nullable=False),
    sa.Column("finished", Moment),
    sa.Column("status", sa.String),
)

# number is the first change number of the document: unique, and known before the row is written,
# so that documents and passages go in by thousands. change is the latest one.
documents = sa.Table(
    "documents",
    METADATA,
    sa.Column("number", BIG_KEY, primary_key=True, autoincrement=False),
    sa.Column("id", Outside, nullable=False, unique=True),
    sa.Column("change", sa.BigInteger, nullable=False, unique=True),
    sa.Column("body", sa.String(6), nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("platform", sa.String, nullable=False),
    sa.Column("source", sa.String),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("date", DayOrNone, nullable=False),
    sa.Column("url", sa.String),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("passage_count", sa.Integer, nullable=False),
    sa.Column("first_seen", Moment, nullable=False),
    sa.Column("fetched", Moment, nullable=False),
    sa.Column("missing_since", sa.Date),
    sa.Column("front_matter", sa.Text, nullable=False),
    sa.Column("facts", sa.JSON(none_as_null=True)),
    sa.Column("pass_on", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("reading", sa.JSON(none_as_null=True)),
    sa.Column("doubtful", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("read_date", sa.Date),
    sa.Column("attachments", sa.JSON(none_as_null=True)),
    sa.Column("version", Outside),
    sa.Column("evidence_hash", sa.String(64)),
    sa.Index("documents_source", "source"),
    sa.Index("documents_body", "body"),
)

passages = sa.Table(
    "passages",
    METADATA,
    sa.Column("number", BIG_KEY, primary_key=True),
    sa.Column("document", sa.ForeignKey(documents.c.number), nullable=False),
    sa.Column("key", sa.String, nullable=False),
    sa.Column("order", sa.Integer, nullable=False),
    *(sa.Column(name, sa.String) for name in TEXT_FIELDS),
    sa.Column("stance", sa.String),
    sa.Column("page", sa.Integer),
    sa.Column("url", sa.String),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("printed", sa.String),
    sa.Column("speaker_rule", sa.String),
    sa.Column("stance_rule", sa.String),
    sa.Column("corrected", sa.String),
    sa.Column("part", sa.String),
    sa.UniqueConstraint("document", "key"),
)

# What tenders and awards are sought and ordered by, taken out of their documents' facts. closes is
# the day until which an offer can be handed in, NULL where it cannot be told, closes_at its time
# (17:00), closes_for the paper. supplier_key is kazami.suppliers', corporate_number one whose
# check digit is right. words is what a query is held against: folded, a line for each fact. body
# and date stand in awards again: all awards are counted at once, and documents are large.
tenders = sa.Table(
    "tenders",
    METADATA,
    sa.Column("document", sa.ForeignKey(documents.c.number), primary_key=True, autoincrement=False),
    sa.Column("stage", sa.String, nullable=False),
    sa.Column("project", sa.String),
    sa.Column("number", sa.String),
    sa.Column("category", sa.String),
    sa.Column("procedure", sa.String),
    sa.Column("budget", sa.BigInteger),
    sa.Column("closes", sa.Date),
    sa.Column("closes_at", sa.String),
    sa.Column("closes_for", sa.String),
    sa.Index("tenders_closes", "closes"),
)

awards = sa.Table(
    "awards",
    METADATA,
    sa.Column("document", sa.ForeignKey(documents.c.number), primary_key=True, autoincrement=False),
    sa.Column("body", sa.String(6), nullable=False),
    sa.Column("date", DayOrNone, nullable=False),
    sa.Column("outcome", sa.String, nullable=False),
    sa.Column("project", sa.String),
    sa.Column("number", sa.String),
    sa.Column("category", sa.String),
    sa.Column("supplier", sa.String),
    sa.Column("supplier_key", sa.String),
    sa.Column("branch", sa.Boolean, nullable=False),
    sa.Column("corporate_number", sa.String),
    sa.Column("amount", sa.BigInteger),
    sa.Column("words", sa.Text, nullable=False),
    sa.Index("awards_supplier", "supplier_key"),
    sa.Index("awards_corporate_number", "corporate_number"),
    sa.Index("awards_body", "body", "date"),
)

# What a person says in place of what was read. document is its id; text_hash (SHA-256, hex) is of
# the passage's words, by which it is found again whatever its key is by then, and nth which of the
# document's passages with these words, from 1; all three are NULL for a day.
# read and value are as printed, NULL where there is nothing. placed: it stands in the answers now.
corrections = sa.Table(
    "corrections",
    METADATA,
    sa.Column("number", BIG_KEY, primary_key=True),
    sa.Column("document", Outside, nullable=False),
    sa.Column("key", sa.String),
    sa.Column("text_hash", sa.String(64)),
    sa.Column("nth", sa.Integer),
    sa.Column("field", sa.String, nullable=False),
    sa.Column("read", sa.String),
    sa.Column("value", sa.String),
    sa.Column("given", Moment, nullable=False),
    sa.Column("placed", sa.Boolean, nullable=False),
    sa.Index("corrections_document", "document"),
)

content_history = sa.Table(
    "content_history",
    METADATA,
    sa.Column("number", BIG_KEY, primary_key=True),
    sa.Column("document", sa.ForeignKey(documents.c.number), nullable=False, index=True),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("seen", Moment, nullable=False),
    sa.Column("run", sa.ForeignKey(runs.c.number)),
)

listings = sa.Table(
    "listings",
    METADATA,
    sa.Column("source", sa.String, primary_key=True),
    sa.Column("name", Outside, primary_key=True),
    sa.Column("seen", Moment, nullable=False),
)

# member is a document's id where is_document, else the name of a child listing.
listing_members = sa.Table(
    "listing_members",
    METADATA,
    sa.Column("source", sa.String, primary_key=True),
    sa.Column("name", Outside, primary_key=True),
    sa.Column("is_document", sa.Boolean, primary_key=True),
    sa.Column("order", sa.Integer, primary_key=True),
    sa.Column("member", Outside, nullable=False),
    sa.ForeignKeyConstraint(["source", "name"], [listings.c.source, listings.c.name]),
    sa.Index("listing_members_member", "source", "member"),
)

frontiers = sa.Table(
    "frontiers",
    METADATA,
    sa.Column("source", sa.String, primary_key=True),
    sa.Column("asked", Outside, nullable=False),
    sa.Column("answered", Moment, nullable=False),
)

# page is the request, as its crawler writes it; NULL once it was fetched.
frontier_pages = sa.Table(
    "frontier_pages",
    METADATA,
    sa.Column("source", sa.ForeignKey(frontiers.c.source), primary_key=True),
    sa.Column("key", Outside, primary_key=True),
    sa.Column("place", sa.BigInteger, nullable=False),
    sa.Column("page", sa.Text),
)

source_runs = sa.Table(
    "source_runs",
    METADATA,
    sa.Column("run", sa.ForeignKey(runs.c.number), primary_key=True),
    sa.Column("source", sa.String, primary_key=True),
    sa.Column("started", Moment, nullable=False),
    sa.Column("finished", Moment),
    sa.Column("status", sa.String),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("new", sa.Integer, nullable=False),
    sa.Column("changed", sa.Integer, nullable=False),
    sa.Column("unchanged", sa.Integer, nullable=False),
    sa.Column("missing", sa.Integer, nullable=False),
    sa.Column("failed", sa.Integer, nullable=False),
    sa.Column("note", Outside),
    sa.Column("fills", sa.JSON(none_as_null=True)),
    sa.Index("source_runs_source", "source", "run"),
)

fetches = sa.Table(
    "fetches",
    METADATA,
    sa.Column("number", BIG_KEY, primary_key=True),
    sa.Column("run", sa.ForeignKey(runs.c.number), nullable=False, index=True),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("url", Outside, nullable=False),
    sa.Column("method", Outside, nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("digest", sa.String),
    sa.Column("fetched", Moment, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
)
