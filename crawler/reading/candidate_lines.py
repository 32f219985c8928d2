"""Lines that may begin what somebody says, and what stands after them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawler.reading.label_lines import GOES_ON, Label, fold
from crawler.reading.offices import is_department, is_name

MARKS = "○〇◯◎●◆"
"""What minutes print before a speaker; ○ (U+25CB) and 〇 (U+3007) stand on the same pages."""

SYMBOLS = MARKS + "◇■□△▲▽▼☆★◉⚪⚫⭕▪▫▷▶"

BLANK = " \t\r\u3000\xa0\u2002\u2003\u200b\ufeff\ufdd0"

ENDS_SPOKEN = re.compile(
    r"[。、?？!！」…]|(?:ます|です|した|せん|か|ね|よ|う|ん|い|え|り|て|で|に|を|が|は|と|も|の)$"
)

MEMBERS = ("議員", "委員")

LISTS = "・①②③（(「『１1一"
"""How a speech that begins with a list or a quotation begins."""

_BROKEN = re.compile(r"[（(〔［【][^）)〕］】\n]{0,24}$")

WIDE = 0.85
"""A line at least so long, measured on the sitting's usual ones, goes on in the next."""


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """A line that begins what somebody says: where it begins, its label, where his words begin."""

    begin: int
    words: int
    mark: str
    printed: str
    label: Label
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Print:
    """How a sitting prints its speakers: the marks that it uses; no mark at all where empty."""

    marks: frozenset[str]
    shapes: Counter[str]


@dataclass(frozen=True, slots=True)
class SpeakerLines:
    """The speakers' lines of a sitting in their order, and what was looked at and not taken.

    ``missed`` are the places of lines that look like a speaker's and were not taken, ``other``
    how many marked lines are provably something else.
    """

    lines: tuple[SpeakerLine, ...]
    print: Print
    missed: tuple[int, ...]
    other: int


@dataclass(slots=True)
class CandidateLine:
    begin: int
    at: int
    mark: str
    line: str
    label: Label | None
    inside: bool


def line_at(text: str, begin: int, at: int) -> tuple[str, int]:
    """The line from ``begin`` on, with the next one where a bracket or a name is broken over both.

    The line end inside becomes a space, so that places stay what they are.
    """
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    line = text[begin:end]
    if end < len(text) and end - at <= 40 and _BROKEN.search(line, at - begin):
        further = text.find("\n", end + 1)
        line = f"{line} {text[end + 1 : len(text) if further < 0 else further]}"
    return line, at - begin


def goes_on(each: CandidateLine) -> bool:
    """教育長の報告について: the sentence goes on, so that what stands before is no label."""
    assert each.label is not None
    rest = each.line[each.label.end :]
    last = each.line[each.label.end - 1 : each.label.end]
    if last in BLANK or (rest[:1] == "・" and fold(last) == ")"):
        return False  # a gap between; or what is said begins with a list
    return GOES_ON.match(rest) is not None


def names_of(marked: Sequence[CandidateLine]) -> set[str]:
    return {
        each.label.name
        for each in marked
        if each.label is not None and each.label.sure and each.label.name
    }


def knowing(names: set[str], roster: str) -> Callable[[str], bool]:
    whole = {fold(name) for name in names if len(name) >= 2}

    def knows(name: str) -> bool:
        return name in whole or (
            len(name) >= 3 and name in roster and is_name(name) and not is_department(name)
        )

    return knows


class Following:
    """What stands after a place: the rest of the line, and the lines after it."""

    def __init__(self, text: str) -> None:
        self._text = text
        lengths = sorted(len(line) for line in text.split("\n") if line.strip())
        self.width = lengths[int(len(lengths) * 0.9)] if lengths else 0

    def line_after(self, place: int) -> str:
        """The first line with anything on it after the line of ``place``."""
        end = self._text.find("\n", place)
        while end >= 0:
            further = self._text.find("\n", end + 1)
            line = self._text[end + 1 : len(self._text) if further < 0 else further].strip(BLANK)
            if line:
                return line
            end = further
        return ""


def speaks(each: CandidateLine, following: Following) -> bool:
    """Whether words follow the label: on its line, or on the next one."""
    assert each.label is not None
    rest = each.line[each.label.end :].strip(BLANK)
    if rest:
        return True
    after = following.line_after(each.begin + each.at)
    if not after or after[0] in SYMBOLS:
        return False
    return after[0] in LISTS or ENDS_SPOKEN.search(after) is not None


def as_speaker_line(each: CandidateLine) -> SpeakerLine:
    assert each.label is not None
    return SpeakerLine(
        begin=each.begin,
        words=each.begin + each.label.end,
        mark=each.mark,
        printed=each.line[each.at : each.label.end].strip(BLANK),
        label=each.label,
        inside=each.inside,
    )


def begun_lines(lines: list[SpeakerLine], text: str) -> list[SpeakerLine]:
    """The lines from the first on behind which somebody says a sentence: before it is a roster."""
    ends = [*(line.begin for line in lines[1:]), len(text)][: len(lines)]
    first = next(
        (
            at
            for at, (line, end) in enumerate(zip(lines, ends, strict=True))
            if "。" in text[line.words : end]
        ),
        0,
    )
    return lines[first:]


def like_a_turn(each: CandidateLine, lines: Sequence[SpeakerLine], following: Following) -> bool:
    """Whether a line that was not taken looks like the speakers' lines that were."""
    label = each.label
    if label is None or not label.sure or goes_on(each):
        return False
    form = plain_form(label.shape)
    known = label.courtesy and any(
        (line.label.name, line.label.office) == (label.name, label.office) for line in lines
    )
    if not known and 3 * sum(plain_form(line.label.shape) == form for line in lines) < len(lines):
        return False
    rest = each.line[label.end :].strip(BLANK)
    said = "。" in rest or "、" in rest
    return said or (not rest and "。" in following.line_after(each.begin + each.at))


def plain_form(shape: str) -> str:
    return re.sub("[（〔［【〈《\\[{｛]", "(", shape.replace("seat", "office")).rstrip("+?")


def presides(label: Label | None) -> bool:
    return (
        label is not None
        and label.office is not None
        and (re.fullmatch(r"(?:臨時|仮|副)?議長.*|.*委員長|座長|会長", label.office) is not None)
    )
