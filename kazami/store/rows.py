"""Between table rows and the values they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from kazami.document import Document, Kind, Passage, Stance
from kazami.evidence import evidence_hash
from kazami.fields import TEXT_FIELDS
from kazami.store.placing import Kept, read_instead
from kazami.store.records import SourceRun, StoredHead, StoredPassage
from kazami.store.schema import documents, passages

if TYPE_CHECKING:
    from kazami.attachments import Attachment
    from kazami.evidence import Evidence
    from kazami.facts import Facts
    from kazami.reading_quality import ReadingQuality

PASSAGE_COLUMNS = [
    passages.c[name]
    for name in ("document", "key", "order", "text", *TEXT_FIELDS, "stance", "page", "url")
] + [passages.c[name] for name in ("printed", "speaker_rule", "stance_rule", "corrected", "part")]

STORED_HEAD_COLUMNS = [
    documents.c.id,
    documents.c.body,
    documents.c.kind,
    documents.c.title,
    documents.c.date,
    documents.c.url.label("document_url"),
    documents.c.fetched,
    documents.c.missing_since,
    documents.c.source,
    documents.c.pass_on,
    documents.c.doubtful,
    documents.c.read_date,
]

STORED_PASSAGE_COLUMNS = [*PASSAGE_COLUMNS, *STORED_HEAD_COLUMNS]

_STANCES = {stance.value: stance for stance in Stance}


def document_row(document: Document) -> dict[str, Any]:
    """The columns that a document itself fills."""
    return {
        "id": document.id,
        "body": document.body,
        "kind": document.kind.value,
        "platform": document.platform,
        "title": document.title,
        "date": document.date,
        "url": document.url,
        "content_hash": document.content_hash,
        "passage_count": len(document.passages),
        "fetched": document.fetched.astimezone(UTC),
        "front_matter": document.front_matter,
        "facts": document.written_facts,
        "pass_on": document.pass_on,
        "reading": _reading_written(document),
        "doubtful": document.doubtful,
        "read_date": document.read_date,
        "attachments": _attachments_written(document),
        "version": document.version,
        "evidence_hash": evidence_hash(document),
    }


def _reading_written(document: Document) -> dict[str, Any] | None:
    if document.reading is None:
        return None
    from kazami.reading_quality import quality_to_json

    return quality_to_json(document.reading)


def _reading_read(written: dict[str, Any] | None) -> ReadingQuality | None:
    if written is None:
        return None
    from kazami.reading_quality import quality_from_json

    return quality_from_json(written)


def _evidence_written(evidence: Evidence | None) -> dict[str, str | None]:
    if evidence is None:
        return {"printed": None, "speaker_rule": None, "stance_rule": None}
    return {
        "printed": evidence.printed,
        "speaker_rule": evidence.speaker,
        "stance_rule": evidence.stance,
    }


def _evidence_read(printed: str, speaker: str, stance: str) -> Evidence:
    from kazami.evidence import Evidence

    return Evidence(printed=printed, speaker=speaker, stance=stance)


def _attachments_written(document: Document) -> list[dict[str, str]] | None:
    if not document.attachments:
        return None
    from kazami.attachments import attachments_to_json

    return attachments_to_json(document.attachments)


def _attachments_read(written: list[dict[str, str]] | None) -> tuple[Attachment, ...]:
    if not written:
        return ()
    from kazami.attachments import attachments_from_json

    return attachments_from_json(written)


def _facts_read(kind: Kind, written: dict[str, Any] | None) -> Facts | None:
    if written is None:
        return None
    from kazami.facts import FACTS, facts_from_json

    return facts_from_json(FACTS[kind], written)


def passage_rows(document: Document, number: int) -> Iterable[dict[str, Any]]:
    """The rows of a document's passages; ``number`` is the document's own."""
    for passage in document.passages:
        yield {
            "document": number,
            "key": passage.key,
            "order": passage.order,
            **{name: field.of(passage) for name, field in TEXT_FIELDS.items()},
            "stance": None if passage.stance is None else passage.stance.value,
            "page": passage.page,
            "url": passage.url,
            "text": passage.text,
            **_evidence_written(passage.evidence),
            "corrected": ",".join(passage.corrected) or None,
            "part": passage.part,
        }


def evidence_rows(document: Document, number: int) -> Iterable[dict[str, Any]]:
    """What the passages with evidence were read from, for passages that are stored already."""
    for passage in document.passages:
        if passage.evidence is not None:
            yield {"of": number, "named": passage.key, **_evidence_written(passage.evidence)}


def as_passage(row: sa.Row[Any]) -> Passage:
    """The passage of a row that begins with PASSAGE_COLUMNS."""
    values = tuple(row)[: len(PASSAGE_COLUMNS)]
    _, key, order, text, *fields, stance, page, url = values[:-5]
    printed, by, stance_by, corrected, part = values[-5:]
    return Passage(
        key=key,
        order=order,
        text=text,
        stance=None if stance is None else _STANCES[stance],
        page=page,
        url=url,
        evidence=None if printed is None else _evidence_read(printed, by, stance_by),
        corrected=tuple(corrected.split(",")) if corrected else (),
        part=part,
        **dict(zip(TEXT_FIELDS, fields, strict=True)),
    )


def as_document(row: sa.Row[Any], found: Iterable[Passage]) -> Document:
    """The document of a row of the documents table, with its passages in any order."""
    kind = Kind(row.kind)
    return Document(
        body=row.body,
        kind=kind,
        platform=row.platform,
        key=row.id.removeprefix(f"{row.platform}:"),
        title=row.title,
        date=row.date,
        fetched=row.fetched,
        passages=tuple(sorted(found, key=lambda passage: passage.order)),
        url=row.url,
        front_matter=row.front_matter,
        facts=_facts_read(kind, row.facts),
        pass_on=row.pass_on,
        reading=_reading_read(row.reading),
        read_date=row.read_date,
        attachments=_attachments_read(row.attachments),
        version=row.version,
    )


def as_stored_passage(row: sa.Row[Any], kept: Sequence[Kept]) -> StoredPassage:
    """What a row of STORED_PASSAGE_COLUMNS stands for; ``kept`` are its document's corrections."""
    passage = as_passage(row)
    return StoredPassage(
        id=f"{row.id}#{passage.key}",
        passage=passage,
        read=read_instead(kept, passage.key) if kept else {},
        **_head(row),
    )


def as_stored_head(row: sa.Row[Any], kept: Sequence[Kept]) -> StoredHead:
    """The same of STORED_HEAD_COLUMNS; of the corrections the day's alone is the document's."""
    return StoredHead(read=read_instead(kept, None) if kept else {}, **_head(row))


def _head(row: sa.Row[Any]) -> dict[str, Any]:
    return {
        "document_id": row.id,
        "body": row.body,
        "kind": Kind(row.kind),
        "title": row.title,
        "date": row.date,
        "document_url": row.document_url,
        "fetched": row.fetched,
        "missing": row.missing_since,
        "source": row.source,
        "pass_on": row.pass_on,
        "doubtful": row.doubtful,
    }


def as_source_run(row: sa.Row[Any]) -> SourceRun:
    """The run of a whole row of source_runs."""
    run = SourceRun(**row._mapping)
    if row.fills is None:
        return run
    from kazami.fills import fills_from_json  # only where there are any: nobody else waits for it

    return replace(run, fills=fills_from_json(row.fills))
