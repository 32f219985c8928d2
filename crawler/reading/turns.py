"""From the text of a sitting to its turns: who speaks, in which office, with what stance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from crawler.reading.candidate_lines import BLANK, SpeakerLine, SpeakerLines
from crawler.reading.label_rules import label_rule
from crawler.reading.speaker_lines import leading_line, speaker_lines
from crawler.reading.speakers import Speaker, own_stance
from kazami.document import Stance
from kazami.reading_quality import MOST_LINES
from kazami.reading_rules import StanceRule

_LONGEST_KEPT = 60
"""Characters that are kept of a line that was not taken."""

_PAGE_ENDS = "\ufdd0"
"""What own pages put where a page ends: no text may hold it, nor may what is shown of it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance. ``mark`` is ○, ◆, ◎ … or nothing, ``label`` what is printed before the words.

    ``who`` is what the label was read as in the sitting, None where it is to be read alone.
    ``printed`` is the line with its mark, up to where the words begin.
    """

    mark: str
    label: str
    text: str
    who: Speaker | None = None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class CutSitting:
    """A sitting's text, cut: what stands before the first turn, the turns, how they were found.

    ``missed`` are the first of the lines that were not taken, as printed.
    """

    front: str
    turns: tuple[Turn, ...]
    found: SpeakerLines
    missed: tuple[str, ...] = ()


def read_sitting(text: str) -> CutSitting:
    """Cut a sitting's text at its speakers' lines, where no list of them exists."""
    found = speaker_lines(text)
    lines = found.lines
    if not lines:
        return CutSitting(text, (), found)
    ends = [line.begin for line in lines[1:]] + [len(text)]
    told = [own_stance(line.label) for line in lines]
    own = [stance for stance, _ in told]
    meanings = _meanings(lines, own)
    known = _stances_of_names(lines, own)
    members = any(stance is Stance.ANSWER for stance in own)
    telling = _telling(meanings, {line.mark for line in lines})
    turns = []
    for line, (stance, rule), end in zip(lines, told, ends, strict=True):
        label = line.label
        if stance is None and (stance := known.get(label.name or "")):
            rule = StanceRule.OTHER_LINES
        if stance is None and (stance := meanings.get(line.mark)):
            rule = StanceRule.MARK_MEANING
        if stance is None and label.office is None and label.name and members:
            # whoever holds an office is printed with it
            stance, rule = Stance.QUESTION, StanceRule.NO_OFFICE
        role = label.office or label.seat
        stance = stance or Stance.OTHER
        who = Speaker(label.name, role, stance, label.seat, label_rule(label), rule)
        if telling:
            who = who.marked(line.mark, StanceRule.MARK)
        printed = _as_printed(text[line.begin : line.words])
        turns.append(Turn(line.mark, line.printed, text[line.words : end].strip(), who, printed))
    missed = tuple(missed_line(text, begin) for begin in found.missed[:MOST_LINES])
    return CutSitting(text[: lines[0].begin], tuple(turns), found, missed)


def _as_printed(words: str) -> str:
    return words.strip(BLANK + "\n").replace(_PAGE_ENDS, "")


def missed_line(text: str, begin: int) -> str:
    """The beginning of the line that begins there."""
    while begin < len(text) and text[begin] in BLANK + "\n":
        begin += 1
    end = text.find("\n", begin, begin + _LONGEST_KEPT)
    return _as_printed(text[begin : end if end >= 0 else begin + _LONGEST_KEPT])


def turns(text: str) -> tuple[str, tuple[Turn, ...]]:
    """What stands before the first speaker, and the turns."""
    sitting = read_sitting(text)
    return sitting.front, sitting.turns


def leading(text: str) -> Turn | None:
    """The whole text as one turn, if it begins with a mark and a speaker."""
    line = leading_line(text)
    if line is None:
        return None
    printed = _as_printed(text[: line.words])
    return Turn(line.mark, line.printed, text[line.words :].strip(), printed=printed)


def _meanings(lines: Sequence[SpeakerLine], own: Sequence[Stance | None]) -> dict[str, Stance]:
    """What each mark means in this sitting: the stance that nearly all of its offices have.

    飛騨市 prints ◎ before the chair, ○ before members, △ before the mayor, □ before directors.
    """
    seen: dict[str, Counter[Stance]] = {}
    for line, stance in zip(lines, own, strict=True):
        if stance is not None and stance is not Stance.OTHER:
            seen.setdefault(line.mark, Counter())[stance] += 1
    found = {}
    for mark, stances in seen.items():
        [(stance, times)] = stances.most_common(1)
        if mark and 5 * times >= 4 * stances.total():
            found[mark] = stance
    return found if len(set(found.values())) > 1 else {}


def _telling(meanings: Mapping[str, Stance], marks: Collection[str]) -> bool:
    """Whether ◆ asks and ◎ answers here. ◎ before everybody, or before the chair, says nothing."""
    return {"◆", "◎"} <= set(marks) and (
        meanings.get("◆", Stance.QUESTION) is Stance.QUESTION
        and meanings.get("◎", Stance.ANSWER) is Stance.ANSWER
    )


def _stances_of_names(
    lines: Sequence[SpeakerLine], own: Sequence[Stance | None]
) -> dict[str, Stance]:
    """The stance of each name that has the same one wherever the sitting tells it."""
    seen: dict[str, set[Stance]] = {}
    for line, stance in zip(lines, own, strict=True):
        if stance is not None and line.label.name:
            seen.setdefault(line.label.name, set()).add(stance)
    return {name: stances.pop() for name, stances in seen.items() if len(stances) == 1}
