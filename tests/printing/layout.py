"""From a known sitting and a shape to printed lines, and to what a right reader gets from them."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kazami.document import Stance
from tests.printing import speeches
from tests.printing.forms import Shape, label
from tests.printing.front import front_lines
from tests.printing.sitting import Note, Sitting, Turn

_START, _END = "\ue000", "\ue001"
"""Stand around a speaker's line until the lines are broken; no real text holds them."""


class Said(NamedTuple):
    """What a right reader gets from one turn; of notes ``text`` has those amid the speech."""

    speaker: str | None
    role: str | None
    seat: str | None
    stance: Stance
    text: str


class Span(NamedTuple):
    """Where in a line the speaker's line of a turn stands (turns count from 0)."""

    turn: int
    start: int
    end: int


class Line(str):
    """A printed line that knows which speakers' lines stand in it; a name that is broken over
    two lines has a span in both."""

    labels: tuple[Span, ...]

    def __new__(cls, text: str, labels: tuple[Span, ...] = ()) -> Line:
        line = super().__new__(cls, text)
        line.labels = labels
        return line


def printed(sitting: Sitting, shape: Shape) -> list[Line]:
    """The lines of the whole print, front page and all. The same arguments give the same lines."""
    return _lines(_laid_out(sitting, shape).lines, shape.columns)


def expected(sitting: Sitting, shape: Shape) -> list[Said]:
    """What a careful human reads from that print, turn by turn in the order of the print."""
    return _laid_out(sitting, shape).said


def asides(sitting: Sitting, shape: Shape) -> list[str]:
    """The headings and notes of that print that stand between the turns and are nobody's words."""
    return _laid_out(sitting, shape).asides


def words(text: str, beside: list[str] | None = None) -> str:
    """A text to compare: NFKC without space, notes of the stage and what stands ``beside``.

    A reader may keep a note in the speech, or leave it out; of both this makes the same.
    """
    text = squeezed(text)
    for aside in sorted(map(squeezed, beside or []), key=len, reverse=True):
        text = text.replace(aside, "")
    return _NOTE.sub("", text)


def squeezed(text: str) -> str:
    """NFKC and no space at all."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


_NOTE = re.compile(
    r"[(\[〔][^()\[\]〔〕]{0,40}(?:登壇|退席|着席|起立|拍手|呼ぶ者あり|笑声|休憩|続|降壇)[^()\[\]〔〕]{0,10}[)\]〕](?:続き)?"
)


@dataclass(slots=True)
class _Print:
    lines: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)


def _laid_out(sitting: Sitting, shape: Shape) -> _Print:
    chance = random.Random(f"{sitting.title} {sitting.day} {shape.name} {shape.seed}")
    result = _Print()
    if shape.front:
        front = sitting.front or front_lines(sitting, chance)
        result.lines += [_width(line, shape.width) for line in front]
    spoken: set[str | None] = set()
    after_turn = False
    for entry in sitting.entries:
        if isinstance(entry, Note):
            _put_aside(result, entry.text, shape)
        else:
            if chance.random() < shape.decoys / 3:
                _put_aside(result, chance.choice(_stage_decoys(shape)), shape)
                after_turn = False
            _put_turn(result, sitting, entry, shape, chance, entry.speaker in spoken, after_turn)
            spoken.add(entry.speaker)
        after_turn = isinstance(entry, Turn)
    return result


def _put_aside(result: _Print, text: str, shape: Shape) -> None:
    text = _width(text, shape.width)
    centred = "" if re.match(r"[△◎○◇□]", text) else _width("　" * 10, shape.width)
    result.lines.append(centred + text)
    result.asides.append(text)


def _put_turn(
    result: _Print,
    sitting: Sitting,
    turn: Turn,
    shape: Shape,
    chance: random.Random,
    again: bool,
    after_turn: bool,
) -> None:
    person = sitting.person(turn)
    who = label(turn, person, shape, chance, again, len(result.said) + 1)
    paragraphs = list(turn.paragraphs)
    if len(paragraphs) > 1 and chance.random() < shape.decoys:
        at = chance.randint(1, len(paragraphs) - 1)
        paragraphs[at:at] = _speech_decoys(shape, chance, sitting)
    paragraphs = [_width(paragraph, shape.width) for paragraph in paragraphs]
    after = who.after
    if (
        after == ""
        and paragraphs[0][0] in _MAY_BE_OF_AN_OFFICE
        and who.text[-1] not in "君）〕】］"
    ):
        after = "　"
    head = _width(f"{who.before}{_START}{who.text}{_END}{after}", shape.width)
    lines = (head + paragraphs[0].strip()).split("\n")
    indent = _width(shape.indent, shape.width)
    lines += [indent + paragraph for paragraph in paragraphs[1:]]
    if who.midline and after_turn:
        result.lines[-1] += speeches.INTERJECTION + lines.pop(0)
    result.lines += lines
    result.said.append(
        Said(
            who.speaker,
            None if who.role is None else _width(who.role, shape.width),
            None if who.seat is None else _width(who.seat, shape.width),
            turn.stance,
            "\n".join(paragraph.strip() for paragraph in paragraphs),
        )
    )


def _stage_decoys(shape: Shape) -> tuple[str, ...]:
    mark = _one_mark(shape)
    return (f"{mark}（町長退席）", "△日程第３　陳情について", "◎一般質問", f"{mark}議事日程の追加")


def _speech_decoys(shape: Shape, chance: random.Random, sitting: Sitting) -> list[str]:
    mark = _one_mark(shape)
    offices = [person.office for person in sitting.roster if person.office] or ["市長"]
    masked = chance.choice(("○○", "〇〇", "◯◯")) + chance.choice(("課長", "部長", "議員", "市長"))
    about = speeches.topic(chance)
    office = chance.choice(offices)
    return chance.choice(
        (
            [f"{masked}に確認したところ、{about}は見送るとのことでした。"],
            [f"{masked}が「{about}は必要だ」と述べたそうです。"],
            [f"{mark}教育長の{about}について", f"{mark}{about}について"],
            [f"{mark}{office}の権限に属する事項", f"{mark}その他"],
            [f"{mark}{about}に出席した議員", f"{mark}職務のため出席した者"],
            [f"{office}（当時）の発言は次のとおりです。", f"・{about}を進める。"],
        )
    )


def _one_mark(shape: Shape) -> str:
    mark = shape.marks.get("executive", shape.mark)
    return mark if len(mark) == 1 else "○"


_MAY_BE_OF_AN_OFFICE = "会部課長員補官室局"
"""Behind an office without a space nobody could tell whether these still belong to it."""
_HALF = str.maketrans("０１２３４５６７８９（）［］：．　", "0123456789()[]:. ")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_FULL = str.maketrans("0123456789()[]:", "０１２３４５６７８９（）［］：")


def _width(text: str, width: str) -> str:
    if width == "printed":
        return text
    return text.translate({"half": _HALF, "digits": _DIGITS, "full": _FULL}[width])


def _lines(raw: list[str], columns: int | None) -> list[Line]:
    lines: list[Line] = []
    turn, inside = -1, False
    for whole in raw:
        for part in [whole] if columns is None else broken(whole, columns):
            text: list[str] = []
            labels: list[Span] = []
            start = 0
            for letter in part:
                if letter == _START:
                    turn, inside, start = turn + 1, True, len(text)
                elif letter == _END:
                    inside = False
                    labels += [Span(turn, start, len(text))] * (len(text) > start)
                else:
                    text.append(letter)
            if inside:
                labels += [Span(turn, start, len(text))] * (len(text) > start)
            lines.append(Line("".join(text), tuple(labels)))
    return lines


def broken(line: str, columns: int) -> Iterator[str]:
    """A line as a page of so many full-width letters breaks it; no line begins with 、 or 。."""
    room, part = columns * 2, ""
    for letter in line:
        wide = 0 if letter in (_START, _END) else 1 if letter.isascii() else 2
        if wide > room and letter not in "、。）」〕】）":
            yield part
            room, part = columns * 2, ""
        part += letter
        room -= wide
    yield part
