"""What the lines of a sitting say of how well it was read."""

from __future__ import annotations

from collections import Counter

from crawler.reading.candidate_lines import SpeakerLine
from crawler.reading.label_lines import fold
from crawler.reading.spacing import without_space
from crawler.reading.turns import CutSitting
from kazami.reading_quality import ReadingQuality

_OWN_PRINT = 0.6
"""A speaker of whose lines so many agree has a print of his own."""

_ROSTER = ("出席議員", "出席委員", "応招議員")


def quality_of(sitting: CutSitting, day_doubt: str | None = None) -> ReadingQuality:
    """Count what reading a sitting left over; ``day_doubt`` says why its day is doubtful."""
    lines = sitting.found.lines
    whole = len(sitting.front) + sum(len(turn.text) for turn in sitting.turns)
    spoken = sum(len(turn.text) for turn in sitting.turns)
    return ReadingQuality(
        turns=len(sitting.turns),
        missed=len(sitting.found.missed),
        astray=_astray(lines),
        share=round(spoken / whole, 4) if whole else 0.0,
        strangers=_strangers(sitting),
        day=day_doubt,
    )


def _astray(lines: tuple[SpeakerLine, ...]) -> int:
    """How many lines print their speaker otherwise than his other lines do, mark or form."""
    forms: dict[str, Counter[tuple[str, str]]] = {}
    for line in lines:
        forms.setdefault(_whose(line), Counter())[_form(line)] += 1
    return sum(
        times.total() - times.most_common(1)[0][1]
        for times in forms.values()
        if times.most_common(1)[0][1] >= _OWN_PRINT * times.total()
    )


def _whose(line: SpeakerLine) -> str:
    label = line.label
    return label.name or label.office or label.seat or ""


def _form(line: SpeakerLine) -> tuple[str, str]:
    shape = line.label.shape.replace("seat", "office").rstrip("+")
    return "○" if line.mark in "○〇◯" else line.mark, shape


def _strangers(sitting: CutSitting) -> int | None:
    roster = without_space(fold(sitting.front))
    if not any(word in roster for word in _ROSTER):
        return None
    names = {fold(turn.who.speaker) for turn in sitting.turns if turn.who and turn.who.speaker}
    return sum(1 for name in names if name not in roster)
