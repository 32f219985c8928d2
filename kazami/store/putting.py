"""How documents get into the tables: new, changed or unchanged by their content's hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from kazami.document import Document, Kind
from kazami.fields import TEXT_FIELDS
from kazami.store import corrections
from kazami.store.placing import laid_over
from kazami.store.records import DocumentRefused, Outcome
from kazami.store.rows import document_row, evidence_rows, passage_rows
from kazami.store.schema import awards, content_history, documents, meta, passages, tenders

_BATCH_DOCUMENTS = 500
_BATCH_PASSAGES = 4000
_LARGEST = 2**31 - 1

# Statements that never change, built once: building one takes SQLAlchemy as long as running it.
_COUNTER = sa.select(meta.c.value).where(meta.c.name == "change").with_for_update()
_COUNT_ON = sa.update(meta).where(meta.c.name == "change").values(value=sa.bindparam("to"))
_STORED = sa.select(
    documents.c.id,
    documents.c.number,
    documents.c.content_hash,
    documents.c.fetched,
    documents.c.missing_since,
    documents.c.source,
    documents.c.evidence_hash,
).where(documents.c.id.in_(sa.bindparam("ids", expanding=True)))
_AT = documents.c.number == sa.bindparam("at")
_INSERT, _UPDATE = sa.insert(documents), sa.update(documents).where(_AT)
_CUT = sa.delete(passages).where(passages.c.document == sa.bindparam("at"))
_EVIDENCE = sa.update(passages).where(
    passages.c.document == sa.bindparam("of"), passages.c.key == sa.bindparam("named")
)
_PASSAGES, _HISTORY = sa.insert(passages), sa.insert(content_history)
_PROCUREMENT = {Kind.TENDER: tenders, Kind.AWARD: awards}
_CUT_BOTH = {
    kind: sa.delete(table).where(table.c.document == sa.bindparam("at"))
    for kind, table in _PROCUREMENT.items()
}


_TOLD = ("reading", "evidence_hash")


class _Stored(NamedTuple):
    number: int
    content_hash: str
    fetched: datetime
    missing_since: date | None
    source: str | None
    evidence_hash: str | None


def put(
    connection: sa.Connection, found: Iterable[Document], *, source: str | None, run: int | None
) -> Outcome:
    """Write the documents inside the caller's transaction, a batch in memory at a time.

    The counter's row is taken first and kept until the end, so that change numbers become visible
    in their order, whatever else writes.
    """
    change = first = last_change(connection)
    outcome = Outcome()
    for batch in _batches(found):
        done, change = _put_batch(connection, batch, change, source, run)
        outcome += done
    if change != first:
        connection.execute(_COUNT_ON, {"to": change})
    return outcome


def last_change(connection: sa.Connection) -> int:
    """The last change number given away, taken for the rest of the transaction."""
    return int(connection.execute(_COUNTER).scalar_one())


def put_corrected(connection: sa.Connection, number: int, document: Document, change: int) -> None:
    """Write a document whose corrections are others by now, under the next change number.

    What was read is the same, and so are its hash and the time of fetching.
    """
    connection.execute(_CUT, {"at": number})
    row = {"date": document.date, "read_date": document.read_date, "doubtful": document.doubtful}
    connection.execute(_UPDATE, {"at": number, "change": change, **row})
    connection.execute(_PASSAGES, list(passage_rows(document, number)))
    connection.execute(_COUNT_ON, {"to": change})


def _batches(found: Iterable[Document]) -> Iterator[dict[str, Document]]:
    """Documents by id, some thousand passages at a time, no id twice in one batch."""
    batch: dict[str, Document] = {}
    size = 0
    for document in found:
        if batch and (
            document.id in batch or size >= _BATCH_PASSAGES or len(batch) >= _BATCH_DOCUMENTS
        ):
            yield batch
            batch, size = {}, 0
        batch[document.id] = document
        size += len(document.passages)
    if batch:
        yield batch


def _put_batch(
    connection: sa.Connection,
    batch: dict[str, Document],
    change: int,
    source: str | None,
    run: int | None,
) -> tuple[Outcome, int]:
    stored = _stored(connection, batch)
    other = [id for id, was in stored.items() if was.content_hash != batch[id].content_hash]
    kept = corrections.kept(connection, other)
    lost = 0
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    unchanged: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    evidence: list[dict[str, Any]] = []
    pieces: list[dict[str, Any]] = []
    versions: list[dict[str, Any]] = []
    bought: dict[Kind, list[dict[str, Any]]] = {kind: [] for kind in _PROCUREMENT}
    for read in batch.values():
        check(read)
        before = stored.get(read.id)
        document = read
        if before is not None and read.id in kept:
            document, now = laid_over(read, kept[read.id])
            lost += corrections.move(connection, kept[read.id], now)
        row = document_row(document) | {"content_hash": read.content_hash}
        if before is None:
            change += 1
            number = change
            row |= {"number": number, "source": source, "first_seen": row["fetched"]}
            new.append(row | {"change": change})
        else:
            number = before.number
            again = {
                "at": number,
                "source": source or before.source,
                "fetched": max(row["fetched"], before.fetched),
                "missing_since": _still_missing(before.missing_since, document.fetched),
                "pass_on": document.pass_on,
                "version": document.version,
            }
            if before.content_hash == read.content_hash:
                unchanged.append(again)
                if row["evidence_hash"] not in (None, before.evidence_hash):
                    # No change: the words are the same, and no index needs to know.
                    told.append({"at": number} | {name: row[name] for name in _TOLD})
                    evidence += evidence_rows(document, number)
                continue
            change += 1
            del row["id"], row["platform"]
            changed.append(row | again | {"change": change})
        pieces.extend(passage_rows(document, number))
        if document.kind in bought:
            bought[document.kind].append(_procurement_row(document, number))
        versions.append(
            {
                "document": number,
                "content_hash": read.content_hash,
                "seen": document.fetched,
                "run": run,
            }
        )
    if new:
        connection.execute(_INSERT, new)
    if changed:
        cut = [{"at": row["at"]} for row in changed]
        for statement in (_CUT, *_CUT_BOTH.values()):
            connection.execute(statement, cut)
        connection.execute(_UPDATE, changed)
    if unchanged:
        connection.execute(_UPDATE, unchanged)
    if told:
        connection.execute(_UPDATE, told)
    if evidence:
        connection.execute(_EVIDENCE, evidence)
    if pieces:
        connection.execute(_PASSAGES, pieces)
    for kind, rows in bought.items():
        if rows:
            connection.execute(sa.insert(_PROCUREMENT[kind]), rows)
    if versions:
        connection.execute(_HISTORY, versions)
    return Outcome(len(new), len(changed), len(unchanged), lost), change


def _procurement_row(document: Document, number: int) -> dict[str, Any]:
    from kazami.store.procurement_rows import award_row, tender_row  # minutes have none

    if document.kind is Kind.TENDER:
        return {"document": number, **tender_row(document.facts)}
    own = {"document": number, "body": document.body, "date": document.date}
    return own | award_row(document.title, document.facts)


def _stored(connection: sa.Connection, batch: Iterable[str]) -> dict[str, _Stored]:
    return {row.id: _Stored(*row[1:]) for row in connection.execute(_STORED, {"ids": list(batch)})}


def _still_missing(missing: date | None, fetched: datetime) -> date | None:
    """A visit on the day of the mark or later clears it; re-reading an older page does not."""
    if missing is not None and fetched.date() < missing:
        return missing
    return None


def check(document: Document) -> None:
    """Raise DocumentRefused for what could not be found again, or not stored in every database."""
    for passage in document.passages:
        if "#" in passage.key:
            raise DocumentRefused(
                f"{document.passage_id(passage)}: a passage's key must not hold '#'"
            )
        if passage.order > _LARGEST or (passage.page or 0) > _LARGEST:
            raise DocumentRefused(f"{document.passage_id(passage)}: order or page too large")
    words = [document.id, document.title, document.front_matter, document.url or ""]
    for passage in document.passages:
        words += (passage.key, passage.text)
        words += (field.of(passage) or "" for field in TEXT_FIELDS.values())
        words.append(passage.url or "")
        if passage.evidence is not None:
            words.append(passage.evidence.printed)
        words.append(passage.part or "")
    for attachment in document.attachments:
        words += (attachment.name, attachment.url)
    if document.reading is not None:
        read = document.reading
        words += (read.day_printed or "", *read.missed_lines, *read.astray_lines)
    if document.facts is not None:
        from kazami.facts import texts_of

        words += texts_of(document.facts)
    together = "".join(words)
    if "\0" in together:
        raise DocumentRefused(f"{document.id!r}: a NUL character in the text")
    try:
        together.encode()
    except UnicodeEncodeError as error:
        raise DocumentRefused(f"{document.id!r}: half a surrogate pair in the text") from error
