"""A document, or a passage with its neighbours, for other programs: JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from kazami.document import Kind, Passage
from kazami.fields import TEXT_FIELDS
from presenting.export import to_json
from presenting.names import body_name
from presenting.reading import evidence_json, reading_json
from presenting.schema import VERSION

if TYPE_CHECKING:
    from answers.joining import JoinedTender
    from answers.show import DocumentAnswer, PassageAnswer
    from kazami.facts import Facts


def document_json(answer: DocumentAnswer) -> str:
    """The document with all its passages, in their order."""
    document = answer.document
    head = _head(
        document.id,
        document.body,
        document.kind,
        document.title,
        document.date,
        document.url,
        answer.missing,
        answer.pass_on,
        document.doubtful,
        answer.read.get(None, {}),
    )
    facts = None if document.facts is None else facts_json(document.facts)
    passages = [
        _passage(document.passage_id(each), each, answer.read.get(each.key, {}))
        for each in document.passages
    ]
    attachments = [
        {"name": each.name, "url": each.url, "state": each.state.value}
        for each in document.attachments
    ]
    rest = {
        "facts": facts,
        "attachments": attachments,
        "front_matter": document.front_matter,
        "passages": passages,
        "joined": None if answer.joined is None else _joined_json(answer.joined),
    }
    return to_json({**head, "reading": reading_json(document.reading), **rest})


def _joined_json(joined: JoinedTender) -> dict[str, object]:
    from presenting.tenders import version_json  # minutes are joined to none

    return {
        "versions": [version_json(each) for each in joined.versions],
        "joints": [
            {"one": each.one, "other": each.other, "rules": [rule.value for rule in each.rules]}
            for each in joined.joints
        ],
    }


def facts_json(facts: Facts) -> dict[str, object]:
    """As in the import format: a value, null where it cannot be told, and its words."""
    from kazami.facts import facts_to_json  # minutes have none

    return facts_to_json(facts)


def passage_json(answer: PassageAnswer) -> str:
    """The head of its document, its id and citation, and the passages around it, itself too."""
    found = answer.passage
    head = _head(
        found.document_id,
        found.body,
        found.kind,
        found.title,
        found.date,
        found.document_url,
        found.missing,
        answer.pass_on,
        found.doubtful,
        found.read,
    )
    shown = {each.id: each for each in (*answer.around, found)}.values()
    passages = [
        _passage(each.id, each.passage, each.read)
        for each in sorted(shown, key=lambda stored: stored.passage.order)
    ]
    own = {"passage": found.id, "citation": answer.citation, "passages": passages}
    return to_json({**head, "reading": reading_json(answer.reading), **own})


def _head(
    document: str,
    body: str,
    kind: Kind,
    title: str,
    day: date | None,
    url: str | None,
    missing: date | None,
    pass_on: bool | None,
    doubtful: bool,
    read: Mapping[str, str | None],
) -> dict[str, object]:
    return {
        "schema": VERSION,
        "document": document,
        "body": body,
        "body_name": body_name(body),
        "kind": kind.value,
        "title": title,
        "date": None if day is None else day.isoformat(),
        "url": url,
        "missing": missing and missing.isoformat(),
        "pass_on": bool(pass_on),
        "doubtful": doubtful,
        "corrected": {name: was for name, was in read.items() if name == "day"},
    }


def _passage(id: str, passage: Passage, read: Mapping[str, str | None]) -> dict[str, object]:
    return {
        "id": id,
        "text": passage.text,
        **{name: field.of(passage) for name, field in TEXT_FIELDS.items()},
        "stance": passage.stance and passage.stance.value,
        "page": passage.page,
        "url": passage.url,
        "part": passage.part,
        "evidence": evidence_json(passage.evidence),
        "corrected": {name: was for name, was in read.items() if name != "day"},
    }
