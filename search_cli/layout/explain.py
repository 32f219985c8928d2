"""What speaker, stance and day were read from, as text: for a person who checks a doubtful one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kazami.document import Document, Passage
from kazami.reading_rules import DayRule, Rule, SpeakerRule, StanceRule
from presenting.labels import STANCES
from presenting.reading import doubts, sentences
from presenting.safe_text import one_line
from search_cli.layout.show import document_head, passage_text, reading_text
from search_cli.terminal import Style, in_columns, pad

if TYPE_CHECKING:
    from answers.show import DocumentAnswer, PassageAnswer
    from kazami.evidence import Evidence
    from kazami.reading_quality import ReadingQuality

IMPORTED = "読み取りの根拠はありません。発言者と立場は、取り込んだファイルのものです。"
BEFORE = "読み取りの根拠は、まだ保存されていません。kazami reparse で読み直すと付きます。"

_HEADER = ("番号", "印字", "発言者", "役職", "立場", "発言者の規則", "立場の規則")


def explained_passage(answer: PassageAnswer, style: Style) -> str:
    """The passage as ``kazami show`` prints it, and below it what it was read from."""
    found = answer.passage
    lines = [passage_text(found, answer.around, answer.citation, style), ""]
    if found.passage.evidence is None:
        lines.append(_without(found.source))
    else:
        lines += [
            style.strong("読み取りの根拠"),
            *_of_passage(found.passage, found.passage.evidence),
        ]
    lines += _of_day(found.date, answer.reading, answer.read_date)
    if answer.reading is not None:
        lines += _of_sitting(answer.reading, style)
    lines += ["", style.faint(f"会議全体: kazami show '{one_line(found.document_id)}' --explain")]
    return "\n".join(lines)


def explained_document(answer: DocumentAnswer, style: Style) -> str:
    """The sitting's day and counts, the lines that make it doubtful, and a row for each turn."""
    document, reading = answer.document, answer.document.reading
    lines = [*document_head(document, answer.missing, style), ""]
    if reading is not None:
        lines += _of_day(document.date, reading, document.read_date)
        lines += _of_sitting(reading, style)
        lines += _kept("発言者らしいが読まなかった行", reading.missed, reading.missed_lines, style)
        lines += _kept("書き方の違う行", reading.astray, reading.astray_lines, style)
        lines.append("")
    if any(passage.evidence for passage in document.passages):
        lines += _table(document, style)
    else:
        lines.append(_without(answer.source))
    return "\n".join(lines)


def _without(source: str | None) -> str:
    """Why there is no evidence, and what to run; ``source`` is None for what was imported."""
    return IMPORTED if source is None else BEFORE


def _of_passage(passage: Passage, evidence: Evidence) -> list[str]:
    who = "  ".join(one_line(each) for each in (passage.speaker, passage.role) if each)
    stance = STANCES[passage.stance] if passage.stance else ""
    lines = [
        f"{pad('印字', 8)}{one_line(evidence.printed) or 'なし'}",
        _told("発言者", who, evidence.speaker, SpeakerRule),
        _told("立場", stance, evidence.stance, StanceRule),
    ]
    if passage.corrected:
        fields = "、".join(passage.corrected)
        lines.append(f"{pad('訂正', 8)}{fields}（規則は訂正の前の読み取りのもの）")
    return lines


def _told(label: str, value: str, words: str, rules: type[Rule]) -> str:
    told = "。".join(sentences(words, rules))
    return f"{pad(label, 8)}{value or 'なし'}（{one_line(words)}: {one_line(told)}）"


def _of_day(day: date | None, reading: ReadingQuality | None, read: date | None) -> list[str]:
    if reading is None or reading.day_rule is None:
        return []
    value = str(day) if read is None else f"{day}（訂正。読み取りは {read}）"
    lines = [_told("日付", value, reading.day_rule, DayRule)]
    if reading.day_printed:
        lines.append(f"{pad('', 8)}「{one_line(reading.day_printed)}」")
    return lines


def _of_sitting(reading: ReadingQuality, style: Style) -> list[str]:
    """What was counted, and why it is doubtful."""
    lines = [style.faint(reading_text(reading))]
    return lines + [style.warning(f"疑義  {one_line(each)}") for each in doubts(reading)]


def _kept(label: str, count: int, kept: Sequence[str], style: Style) -> list[str]:
    if not kept:
        return []
    more = f" {count:,}（はじめの {len(kept):,}）" if count > len(kept) else f" {count:,}"
    return ["", style.strong(label + more), *(f"  {one_line(line)}" for line in kept)]


def _table(document: Document, style: Style) -> list[str]:
    """A row for each turn, and what the rules in it did."""
    header, *rows = in_columns([_HEADER, *map(_row, document.passages)], figures=False)
    lines = [style.faint(header), *rows, "", style.faint("規則")]
    told = [passage.evidence for passage in document.passages if passage.evidence]
    known: tuple[tuple[type[Rule], list[str]], ...] = (
        (SpeakerRule, [word for each in told for word in each.speaker.split()]),
        (StanceRule, [each.stance for each in told]),
    )
    used = [
        (word, *sentences(word, rules)) for rules, words in known for word in dict.fromkeys(words)
    ]
    return lines + [f"  {line}" for line in in_columns(used, figures=False)]


def _row(passage: Passage) -> tuple[str, ...]:
    """#12  ○議長（例示花子君）  例示花子  議長  議長  listed name-in-bracket  office"""
    evidence = passage.evidence
    return (
        f"#{one_line(passage.key)}",
        one_line(evidence.printed) if evidence else "",
        one_line(passage.speaker or ""),
        one_line(passage.role or ""),
        STANCES[passage.stance] if passage.stance else "",
        one_line(evidence.speaker) if evidence else "",
        one_line(evidence.stance) if evidence else "",
    )
