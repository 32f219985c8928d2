"""Documents as protocols give them whole, to hold a replayed one against what is read of it.

Some things are normal on the way, because the protocols print them so: a text has no white space
around it, a speaker's name has none in it and neither 君 nor 議員 after it, orders have no gaps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from crawler.importing.jsonl import Read, read_documents
from crawler.page import Found
from crawler.reading.speakers import plain_name
from kazami.bodies import load_bodies
from kazami.document import Document, Kind, Passage, Stance

NOW = datetime(2026, 8, 2, tzinfo=UTC)


def documents_of(file: Path) -> list[Document]:
    """The documents of a JSONL file; lines that are refused are left out."""
    read = read_documents(file, load_bodies(), NOW)
    return [each.document for each in read if isinstance(each, Read)]


def normal(document: Document) -> tuple[object, ...]:
    return (
        document.title,
        document.date,
        document.front_matter.strip(),
        [normal_passage(order, each) for order, each in enumerate(document.passages, start=1)],
    )


def normal_passage(order: int, passage: Passage) -> tuple[object, ...]:
    name = plain_name(passage.speaker) if passage.speaker else None
    return (order, passage.text.strip(), name, passage.role, passage.stance, passage.page)


def came_back(found: Found) -> tuple[object, ...]:
    passages = [(p.order, p.text, p.speaker, p.role, p.stance, p.page) for p in found.passages]
    return found.title, found.date, found.front_matter, passages


def numbered(documents: Iterable[Document]) -> list[Document]:
    """With orders from 1 without gaps: where 名簿 and 議題 rows stood, the corpus leaves some."""
    return [
        replace(
            document,
            passages=tuple(
                replace(passage, order=order)
                for order, passage in enumerate(document.passages, start=1)
            ),
        )
        for document in documents
    ]


def invented(**changes: Any) -> Document:
    said = Passage(
        key="1",
        order=1,
        text="質問します。",
        speaker="例示太郎",
        role="１番",
        stance=Stance.QUESTION,
    )
    fields: dict[str, Any] = {
        "body": "102032",
        "kind": Kind.MINUTES,
        "platform": "kensakusystem",
        "key": "reiji/R070225A",
        "title": "令和 7年第1回定例会（第1号 2月25日）",
        "date": date(2025, 2, 25),
        "fetched": NOW,
        "passages": (said,),
    }
    return Document(**{**fields, **changes})
