"""A timeline for other programs, as JSON and CSV, and the words for what happened."""

from __future__ import annotations

from datetime import date

from answers.timeline import Event, EventKind, TimelineAnswer
from presenting.claim import claim_json
from presenting.columns import Column, names_of, values_of
from presenting.export import to_csv, to_json
from presenting.schema import VERSION

EVENTS = {
    EventKind.QUESTION: "質問",
    EventKind.ANSWER: "答弁",
    EventKind.MENTION: "発言",
    EventKind.ANNOUNCEMENT: "お知らせ",
    EventKind.PLANNED: "発注見通し",
    EventKind.NOTICE: "公告",
    EventKind.CORRECTION: "訂正",
    EventKind.CANCELLED: "中止",
    EventKind.FAILED: "不調",
    EventKind.AWARD: "落札",
}

_COLUMNS: tuple[Column[Event], ...] = (
    Column("day", date, lambda event: event.day),
    Column("kind", str, lambda event: event.kind.value),
    Column("first", bool, lambda event: event.first),
    Column("id", str, lambda event: event.id),
    Column("document", str, lambda event: event.document),
    Column("title", str, lambda event: event.title),
    Column("speaker", str, lambda event: event.speaker),
    Column("role", str, lambda event: event.role),
    Column("passages", int, lambda event: event.passages),
    Column("snippet", str, lambda event: event.snippet),
    Column("closes", date, lambda event: event.closes),
    Column("supplier", str, lambda event: event.supplier),
    Column("amount", int, lambda event: event.amount),
    Column("doubtful", bool, lambda event: event.doubtful),
    Column("missing", date, lambda event: event.missing),
    Column("url", str, lambda event: event.url),
)
"""Of a row per event, in CSV and JSON."""


def as_json(answer: TimelineAnswer) -> str:
    """The events in their order, those without a day at the end."""
    return to_json(
        {
            "schema": VERSION,
            "query": answer.query,
            "body": answer.body,
            "body_name": answer.body_name,
            "events": [_as_dict(event) for event in answer.events],
            "lost": answer.lost,
            "repeated": answer.repeated,
            "claim": claim_json(answer.claim),
        }
    )


def _as_dict(event: Event) -> dict[str, object]:
    values = dict(zip(names_of(_COLUMNS), values_of(_COLUMNS, event), strict=True))
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def as_csv(answer: TimelineAnswer) -> str:
    """A row per event, with the keys of the JSON form as header."""
    return to_csv(names_of(_COLUMNS), (values_of(_COLUMNS, event) for event in answer.events))
