"""A document with its passages, or a passage with its neighbours, as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from types import MappingProxyType
from typing import TYPE_CHECKING

from answers.corrections import Corrected, corrected, corrected_day
from kazami.document import Document, Kind, Passage
from presenting.corrections import corrected_line
from presenting.labels import KINDS, STANCES
from presenting.names import body_name, day_text
from presenting.safe_text import one_line
from presenting.units import units
from search_cli.terminal import Style, marked

_NOTHING: Mapping[str | None, Mapping[str, str | None]] = MappingProxyType({})

if TYPE_CHECKING:
    from answers.search import SearchHit
    from kazami.attachments import Attachment
    from kazami.facts import Deadline, Facts
    from kazami.reading_quality import ReadingQuality
    from kazami.store import StoredPassage


def who_text(passage: Passage | SearchHit, style: Style) -> str:
    """``答弁  例示花子  総務部長  p.12``; a chair who speaks as 議長 is not called so twice."""
    stance, role = STANCES[passage.stance] if passage.stance else "", one_line(passage.role or "")
    parts = [
        style.accent(stance) if stance != role else "",
        style.strong(one_line(passage.speaker or "")),
        role,
        f"p.{passage.page}" if passage.page else "",
    ]
    return "  ".join(part for part in parts if part)


DOUBTFUL = "読み取りに疑義があります（発言者か日付）。公開元で確かめてください。"


def reading_text(reading: ReadingQuality) -> str:
    """What reading a sitting counted, and what to doubt in it."""
    counts = [f"発言 {reading.turns:,}"]
    if reading.missed:
        counts.append(f"発言者らしいが読まなかった行 {reading.missed:,}")
    if reading.astray:
        counts.append(f"書き方の違う行 {reading.astray:,}")
    if not reading.apart:
        counts.append(f"発言の割合 {reading.share:.0%}")
    if reading.strangers:
        counts.append(f"名簿にない発言者 {reading.strangers:,}")
    if reading.day:
        counts.append(f"日付 {one_line(reading.day)}")
    return f"読み取り  {'、'.join(counts)}"


def missing_text(missing: date | None, kind: Kind) -> str | None:
    """A line on a document that its source no longer shows: of a notice that is its usual end."""
    if missing is None:
        return None
    if kind is Kind.MINUTES:
        return f"公開元では {missing.isoformat()} に見当たらなくなりました。"
    return f"掲載終了を確認した日: {missing.isoformat()}（本文は収集したときのものです）"


def document_head(
    document: Document,
    missing: date | None,
    style: Style,
    read: Mapping[str | None, Mapping[str, str | None]] = _NOTHING,
) -> list[str]:
    """Whose document of which day it is, where it is published, and whether to doubt it.

    ``read`` is what was read in place of corrections, as in ``answers.show``.
    """
    lines = _head(
        document.body,
        document.kind,
        document.title,
        document.date,
        document.url,
        missing,
        style,
    )
    told_day = corrected_line(corrected_day(document.date, read.get(None, {})))
    if told_day:
        lines.insert(2, style.warning(told_day))
    if document.doubtful:
        lines.append(style.warning(DOUBTFUL))
    count = f"{len(document.passages):,}{units({document.kind}).passage}"
    if not document.passages:
        count = "本文なし"
    return [*lines, style.faint(f"{document.id} · {count}")]


def document_text(
    document: Document,
    missing: date | None,
    style: Style,
    read: Mapping[str | None, Mapping[str, str | None]] = _NOTHING,
) -> str:
    """``read`` is what was read in place of corrections, as in ``answers.show``."""
    lines = document_head(document, missing, style, read)
    reading = document.reading
    if reading is not None and document.read_date is not None:
        reading = replace(reading, day=None)  # a person has told the day
    if reading is not None and (reading.doubtful or not reading.apart):
        lines.append(style.faint(reading_text(reading)))
    if document.facts is not None:
        lines += ["", *_facts(document.facts, style)]
    if document.attachments:
        lines += ["", *_attachments(document.attachments, style)]
    part = None
    for passage in document.passages:
        lines += _part(passage, part, style)
        part = passage.part
        told = corrected(passage, document.date, read.get(passage.key, {}))
        lines += ["", *_passage(passage, told, style)]
    if document.front_matter.strip():
        lines += ["", style.strong("名簿・議事日程"), *marked(document.front_matter, (), style)]
    return "\n".join(lines)


def _facts(facts: Facts, style: Style) -> list[str]:
    """``落札金額（円）  12,000,000  「一金 壱千弐百万円」``; 不明 where it cannot be told."""
    from kazami.facts import deadlines_of, stated

    rows = [(label, _value(fact.value), fact.words) for _, label, fact in stated(facts)]
    rows += [
        (f"期限 {one_line(each.paper)}", _span(each), each.words) for each in deadlines_of(facts)
    ]
    return [
        "  ".join((style.faint(label), one_line(value), style.faint(f"「{one_line(words)}」")))
        for label, value, words in rows
    ]


def _attachments(attachments: Sequence[Attachment], style: Style) -> list[str]:
    """``添付  仕様書.pdf  本文あり  https://…``."""
    from presenting.attachments import ATTACHMENTS  # minutes have none

    return [
        "  ".join(
            (
                style.faint("添付"),
                one_line(each.name),
                ATTACHMENTS[each.state],
                style.faint(one_line(each.url)),
            )
        )
        for each in attachments
    ]


def _span(deadline: Deadline) -> str:
    """``2026-01-05〜2026-01-09 17:15``; the first day where one is stated."""
    end = _moment(deadline.day, deadline.time)
    return f"{deadline.begins}〜{end}" if deadline.begins else end


def _value(value: object) -> str:
    if value is None:
        return "不明"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _moment(day: date | None, at: time | None) -> str:
    return " ".join([str(day or "不明"), *([at.isoformat("minutes")] if at else [])])


def passage_text(
    found: StoredPassage, around: Sequence[StoredPassage], citation: str, style: Style
) -> str:
    """``around`` are the neighbours in their order, with or without the passage itself."""
    lines = _head(
        found.body,
        found.kind,
        found.title,
        found.date,
        found.passage.url or found.document_url,
        found.missing,
        style,
    )
    told = corrected(found.passage, found.date, found.read)
    if day := corrected_line(each for each in told if each.field == "day"):
        lines.insert(2, style.warning(day))
    if found.doubtful:
        lines.append(style.warning(DOUBTFUL))
    lines.append(one_line(citation))
    everything = {passage.id: passage for passage in [*around, found]}
    part = None
    for stored in sorted(everything.values(), key=lambda s: s.passage.order):
        lines += _part(stored.passage, part, style)
        part = stored.passage.part
        told = corrected(stored.passage, stored.date, stored.read)
        said = [each for each in told if each.field != "day"]
        lines += ["", *_passage(stored.passage, said, style, chosen=stored.id == found.id)]
    lines += ["", style.faint(f"全文: kazami show '{one_line(found.document_id)}'")]
    return "\n".join(lines)


def _head(
    body: str,
    kind: Kind,
    title: str,
    day: date | None,
    url: str | None,
    missing: date | None,
    style: Style,
) -> list[str]:
    lines = [
        style.strong(f"{body_name(body)}  {one_line(title)}"),
        f"{day_text(day)} · {KINDS[kind]}",
    ]
    if url:
        lines.append(one_line(url))
    if gone := missing_text(missing, kind):
        lines.append(style.warning(gone))
    return lines


def _part(passage: Passage, before: str | None, style: Style) -> list[str]:
    """A heading where another part of the document begins than the passage before is in."""
    if passage.part == before:
        return []
    return ["", style.strong(f"添付 {one_line(passage.part)}" if passage.part else "本文")]


def _passage(
    passage: Passage, told: Iterable[Corrected], style: Style, *, chosen: bool = False
) -> list[str]:
    arrow = style.strong("▶ ") if chosen else ""
    head = f"{arrow}{style.faint(f'#{one_line(passage.key)}')}  {who_text(passage, style)}".rstrip()
    mark = corrected_line(told)
    marks = [style.warning(mark)] if mark else []
    return [head, *marks, *marked(passage.text, (), style)]
