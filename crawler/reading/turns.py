"""From the text of a sitting to its turns: who speaks, in which office, with what stance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from crawler.reading.candidate_lines import SpeakerLine, SpeakerLines
from crawler.reading.speaker_lines import leading_line, speaker_lines
from crawler.reading.speakers import Speaker, own_stance
from crawler.reading.stance import marked_stance
from kazami.document import Stance


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance. ``mark`` is ○, ◆, ◎ … or nothing, ``label`` what is printed before the words.

    ``who`` is what the label was read as in the sitting, None where it is to be read alone.
    """

    mark: str
    label: str
    text: str
    who: Speaker | None = None


@dataclass(frozen=True, slots=True)
class CutSitting:
    """A sitting's text, cut: what stands before the first turn, the turns, how they were found."""

    front: str
    turns: tuple[Turn, ...]
    found: SpeakerLines


def read_sitting(text: str) -> CutSitting:
    """Cut a sitting's text at its speakers' lines, where no list of them exists."""
    found = speaker_lines(text)
    lines = found.lines
    if not lines:
        return CutSitting(text, (), found)
    ends = [line.begin for line in lines[1:]] + [len(text)]
    own = [own_stance(line.label) for line in lines]
    meanings = _meanings(lines, own)
    known = _stances_of_names(lines, own)
    members = any(stance is Stance.ANSWER for stance in own)
    telling = _telling(meanings, {line.mark for line in lines})
    turns = []
    for line, stance, end in zip(lines, own, ends, strict=True):
        label = line.label
        if stance is None:
            stance = known.get(label.name or "") or meanings.get(line.mark)
        if stance is None and label.office is None and label.name and members:
            stance = Stance.QUESTION  # whoever holds an office is printed with it
        stance = stance or Stance.OTHER
        if telling:
            stance = marked_stance(line.mark, label.office, stance)
        who = Speaker(label.name, label.office or label.seat, stance, label.seat)
        turns.append(Turn(line.mark, line.printed, text[line.words : end].strip(), who))
    return CutSitting(text[: lines[0].begin], tuple(turns), found)


def turns(text: str) -> tuple[str, tuple[Turn, ...]]:
    """What stands before the first speaker, and the turns."""
    sitting = read_sitting(text)
    return sitting.front, sitting.turns


def leading(text: str) -> Turn | None:
    """The whole text as one turn, if it begins with a mark and a speaker."""
    line = leading_line(text)
    if line is None:
        return None
    return Turn(line.mark, line.printed, text[line.words :].strip())


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
