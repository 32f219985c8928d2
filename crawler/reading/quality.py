"""What the lines of a sitting say of how well it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.reading.candidate_lines import SpeakerLine, form_of
from crawler.reading.label_lines import fold
from crawler.reading.spacing import without_space
from crawler.reading.turns import CutSitting
from kazami.document import Passage
from kazami.reading_quality import MOST_LINES, ReadingQuality
from kazami.reading_rules import DayRule

_OWN_PRINT = 0.6
"""A speaker of whose lines so many agree has a print of his own."""

_LONGEST_DAY = 120

_MANY = 0.08
"""Of a sitting's lines: a form that so many have is no accident."""

_ROSTER = ("出席議員", "出席委員", "応招議員")


def quality_of(sitting: CutSitting, day_doubt: str | None = None) -> ReadingQuality:
    """Count what reading a sitting left over; ``day_doubt`` says why its day is doubtful."""
    astray = _astray(sitting.found.lines)
    whole = len(sitting.front) + sum(len(turn.text) for turn in sitting.turns)
    spoken = sum(len(turn.text) for turn in sitting.turns)
    return ReadingQuality(
        turns=len(sitting.turns),
        missed=len(sitting.found.missed),
        astray=len(astray),
        share=round(spoken / whole, 4) if whole else 0.0,
        strangers=_strangers(sitting),
        day=day_doubt,
        missed_lines=sitting.missed,
        astray_lines=tuple(line.mark + line.printed for line in astray[:MOST_LINES]),
    )


def given_apart(passages: Sequence[Passage], rule: DayRule, printed: str = "") -> ReadingQuality:
    """Of a sitting whose speakers the source gives apart: its turns, and what its day is from."""
    day_printed = day_words(printed) or None
    return ReadingQuality(
        turns=len(passages), apart=True, day_rule=rule.value, day_printed=day_printed
    )


def day_words(printed: str) -> str:
    """The words that a day was read from, on one line and not too long."""
    return " ".join(printed.split())[:_LONGEST_DAY]


def _astray(lines: tuple[SpeakerLine, ...]) -> list[SpeakerLine]:
    """The lines that print their speaker otherwise than his other lines do, mark or form.

    A form that many lines of several speakers have is the sitting's own: ○例示太郎君（続）.
    """
    forms: dict[str, Counter[tuple[str, str]]] = {}
    for line in lines:
        forms.setdefault(_whose(line), Counter())[_form(line)] += 1
    every = sum(forms.values(), Counter())
    common = {
        form
        for form, times in every.items()
        if times >= _MANY * len(lines) and sum(form in each for each in forms.values()) > 1
    }
    own = {}
    for who, times in forms.items():
        [(form, most)] = times.most_common(1)
        if most >= _OWN_PRINT * times.total():
            own[who] = {form, *common}
    return [line for line in lines if _form(line) not in own.get(_whose(line), {_form(line)})]


def _whose(line: SpeakerLine) -> str:
    label = line.label
    return label.name or label.office or label.seat or ""


def _form(line: SpeakerLine) -> tuple[str, str]:
    shape = form_of(line.label.shape).rstrip("+")
    return "○" if line.mark in "○〇◯" else line.mark, shape


def _strangers(sitting: CutSitting) -> int | None:
    roster = without_space(fold(sitting.front))
    if not any(word in roster for word in _ROSTER):
        return None
    names = {fold(turn.who.speaker) for turn in sitting.turns if turn.who and turn.who.speaker}
    return sum(1 for name in names if name not in roster)
