"""Lines that may begin what somebody says, and what stands after them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.reading.label_lines import GOES_ON, Label, fold
from crawler.reading.offices import is_name
from crawler.reading.spacing import without_space
from crawler.reading.stance import office_stance
from kazami.document import Stance

MARKS = "○〇◯◎●◆"
"""What minutes print before a speaker; ○ (U+25CB) and 〇 (U+3007) stand on the same pages."""

SYMBOLS = MARKS + "◇■□△▲▽▼☆★◉⚪⚫⭕▪▫▷▶"

BLANK = " \t\r\u3000\xa0\u2002\u2003\u200b\ufeff\ufdd0"

ENDS_SPOKEN = re.compile(
    r"[。、?？!！」…]|(?:ます|です|した|せん|か|ね|よ|う|ん|い|え|り|て|で|に|を|が|は|と|も|の)$"
)

LISTS = "・①②③（(「『１1一"
"""How a speech that begins with a list or a quotation begins."""

HEADING = re.compile(
    r"(?:追加)?(?:議事)?日程|(?:議|発)案|議題|請願|陳情|報告第|発議|選挙第|諮問|認定|同意|承認第|意見書|決議|"
    r"付議|付託|諸般|会期|会議(?:録|に付)|開[会議]|散会|閉会|休憩|再開|出席|欠席|応招|不応招|遅[刻参]|早退|"
    r"説明(?:の|に|する|員の)|職務の|地方自治法|一般質問|質疑(?!者)|討論(?!者)|採決|表決|起立|傍聴|目次|本日|"
    r"[午前後]{2}|第[0-9一二三四五六七八九十]|[0-9]+(?![0-9]*番)|議場|署名|質問(?:事項|の要旨|順)|通告|要旨|"
    r"提案理由|委員会(?:付託|報告)|市民憲章|議長の?(?:報告|選挙|諸)|副議長の?選挙|次(?:の|回)|今(?:回|後)|以上"
)
"""What headings and rosters begin with."""

_LONGEST = 1000
"""Characters of a line that are looked at: a whole sitting may stand in one."""

_BROKEN = re.compile(r"[（(〔［【][^）)〕］】\n]{0,24}$")

WIDE = 0.85
"""A line at least so long, measured on the sitting's usual ones, goes on in the next."""


_NARROWEST = 17
"""Lines that are never longer tell nothing of where the print breaks them."""


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
class SpeakerLines:
    """The speakers' lines of a sitting in their order, and what was looked at and not taken.

    ``missed`` are the places of lines that look like a speaker's and were not taken.
    """

    lines: tuple[SpeakerLine, ...]
    missed: tuple[int, ...]


@dataclass(slots=True)
class CandidateLine:
    """A line as it stands at ``begin`` of the text; its label, if any, begins at ``at`` in it."""

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
    line = _rest_of_line(text, begin, at)
    end = begin + len(line)
    if text[end : end + 1] == "\n" and end - at <= 40 and _BROKEN.search(line, at - begin):
        after = next_line(text, end)
        line += " " * (after - end) + _rest_of_line(text, after, after)
    return line, at - begin


def next_line(text: str, end: int) -> int:
    """Where the line after the one that ends at ``end`` begins; an empty one is skipped.

    Pages that set each line as a paragraph have one between any two.
    """
    return end + 2 if text.startswith("\n\n", end) else end + 1


def line_from(text: str, begin: int) -> str:
    """The line that begins at a place; empty behind the end."""
    return _rest_of_line(text, begin, begin)


def _rest_of_line(text: str, begin: int, at: int) -> str:
    """From ``begin`` to the end of the line in which ``at`` lies, of a long one the beginning."""
    end = text.find("\n", at, at + _LONGEST)
    return text[begin : end if end >= 0 else at + _LONGEST]


def goes_on(each: CandidateLine) -> bool:
    """教育長の報告について: the sentence goes on, so that what stands before is no label."""
    assert each.label is not None
    rest = each.line[each.label.end :]
    last = each.line[each.label.end - 1 : each.label.end]
    if last in BLANK or (rest[:1] == "・" and fold(last) == ")"):
        return False  # a gap between; or what is said begins with a list
    return GOES_ON.match(rest) is not None


def names_of(marked: Sequence[CandidateLine]) -> set[str]:
    """The names in labels that nothing else can be."""
    return {
        each.label.name
        for each in marked
        if each.label is not None and each.label.sure and each.label.name
    }


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


def lists(rest: str) -> bool:
    """Whether a list stands behind an office, at once or behind a name: 例示花子　・３件."""
    if rest[:1] in LISTS:
        return True
    words = rest.split()
    return any(
        words[at][0] in LISTS and is_name(without_space(fold("".join(words[:at]))))
        for at in (1, 2)
        if at < len(words)
    )


def is_full(line: str, following: Following) -> bool:
    """Whether a line is as long as the sitting's usual ones, so that it may go on in the next."""
    return len(line) >= WIDE * following.width >= _NARROWEST


def speaks(each: CandidateLine, following: Following) -> bool:
    """Whether words follow the label: on its line, or on the next one."""
    assert each.label is not None
    rest = each.line[each.label.end :].strip(BLANK)
    if rest:
        return True
    after = following.line_after(each.begin + each.at)
    if not after or after[0] in SYMBOLS:
        return False
    return after[0] in LISTS or ENDS_SPOKEN.search(after) is not None or is_full(after, following)


def label_is_sure(each: CandidateLine) -> bool:
    """Whether it has a label that names a person as nothing but a label does."""
    return each.label is not None and each.label.sure


def as_speaker_line(each: CandidateLine) -> SpeakerLine:
    """The candidate, taken for a speaker's line."""
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


class TakenForms:
    """How the lines that were taken print their speakers, to know their like by."""

    def __init__(self, lines: Sequence[SpeakerLine], following: Following) -> None:
        self._following = following
        self._forms = Counter(_plain_form(line.label.shape) for line in lines)
        self._people = {(line.label.name, line.label.office) for line in lines}

    def has(self, each: CandidateLine) -> bool:
        """Whether a line that was not taken looks like those that were: form, or who; and words."""
        label = each.label
        if label is None or not label.sure or goes_on(each):
            return False
        known = label.courtesy and (label.name, label.office) in self._people
        if not known and 3 * self._forms[_plain_form(label.shape)] < self._forms.total():
            return False
        rest = each.line[label.end :].strip(BLANK)
        if rest == "。":
            return False  # 例示太郎君。: he is called
        said = "。" in rest or "、" in rest
        return said or (not rest and "。" in self._following.line_after(each.begin + each.at))


def form_of(shape: str) -> str:
    """A label's shape for comparing lines: a seat is an office, and a gap before one no matter."""
    return shape.replace("seat", "office").replace("nameoffice", "name office")


def _plain_form(shape: str) -> str:
    """Without what the same print may be read with: kinds of brackets, and a gap."""
    return re.sub("[（〔［【〈《\\[{｛]", "(", form_of(shape).replace(" ", "")).rstrip("+?")


def presides(label: Label | None) -> bool:
    """Whether a chair's office stands in the label."""
    return label is not None and office_stance(label.office) is Stance.CHAIR
