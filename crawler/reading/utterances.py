"""Utterances that a list announces, or that stand in blocks of their own: cut at known markers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.reading.candidate_lines import MARKS, SpeakerLine, SpeakerLines
from crawler.reading.label_lines import Label
from crawler.reading.labels import read_label
from crawler.reading.told import told_of
from crawler.reading.turns import CutSitting, Turn, missed_line
from kazami.reading_quality import MOST_LINES


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a sitting's list of speakers: where, whose, and the printed page it begins."""

    position: int
    label: str
    numbered: bool
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """The text that belongs to one entry, as printed, without its marker.

    ``printed`` is the marker with its mark, as printed.
    """

    entry: Entry
    marker: str
    text: str
    page: int | None
    printed: str


class Misaligned(ValueError):
    """The text does not hold the utterances that the list of speakers announces."""


_OFFICE_AND_NAME = re.compile(
    r"(?P<office>.*)[（(](?P<name>(?:[^（）()]|[（(][^（）()]*[）)])+)[）)]"
)
_PAGE_MARK = re.compile(r'<PAGE="(\d+)">')
_LINE_OF_PAGE_MARK = re.compile(r'^<PAGE="\d+">\n?|\n?<PAGE="\d+">$|<PAGE="\d+">', re.MULTILINE)
_BLANK = " \t\u3000"
_BRACKET = re.compile(r"[（(]")
_MARKED_LINE = re.compile(rf"^[{MARKS}].*$", re.MULTILINE)
_BRACKETED = r"[（(](?:[^（()）\n]|[（(][^（()）\n]*[）)]){1,40}[）)]"
_LABEL = re.compile(
    rf"[^\s（()）。、]{{1,40}}{_BRACKETED}(?=[\s〔（(]|$)"  # 議長（例示花子君）
    rf"|[^\s（()）。、]{{0,20}}{_BRACKETED}(?:(?:副?委員長|副?議長|[委議]員|君|さん)(?=\s|$)|)"
    r"|[^\s（()）。、〔]{1,40}(?=[\s〔]|$)"  # 委員長
)
_ON_ITS_OWN = re.compile(r"(?![0-9０-９◎○〇△◆《【〔（(―─－\-])[^。、\s][^。、\n]{0,40}")
_LIKE_A_SPEAKER = re.compile(rf"[{MARKS}][^（(\s]{{0,24}}[（(][^（()）]{{1,40}}[）)][ \u3000（(]")


def blocks(text: str, entries: Sequence[Entry]) -> tuple[str, list[Block]]:
    """Cut a sitting's whole text at the markers of ``entries``, in their order.

    Lines end with ``\\n``. A line that begins like a marker but is not the one to come belongs to
    the utterance it stands in, if the distance to the next position in bytes says so or it does
    not look like a speaker. Returns the text before the first marker, and the blocks.

    Raises Misaligned where an entry has no marker, or a speaker stands there that no entry has.
    """
    found: list[tuple[int, int, str]] = []
    strays: list[tuple[int, str]] = []
    for line in _MARKED_LINE.finditer(text):
        if len(found) < len(entries):
            marker = _marker(line[0], entries[len(found)].label)
            if marker:
                found.append((line.start(), line.start() + marker[0], marker[1]))
                continue
        if _LIKE_A_SPEAKER.match(line[0]):
            strays.append((len(found) - 1, line[0]))
    if len(found) < len(entries):
        missing = entries[len(found)]
        raise Misaligned(f"{len(found)} of {len(entries)} utterances; {missing.label!r} is missing")
    ends = [begin for begin, _, _ in found[1:]] + [len(text)]
    for index, stray in strays:
        if index < 0 or not _fits(text[found[index][0] : ends[index]], index, entries):
            raise Misaligned(f"{stray[:40]!r}, which the list of speakers does not have")
    return text[: found[0][0]], list(_paged(text, entries, found, ends))


def printings(label: str) -> list[str]:
    """How a text may print the label of a list, without white space.

    議長(例示花子君) is 議長（例示花子君） in plenary; committees print 例示委員長.
    """
    found = _OFFICE_AND_NAME.fullmatch(label)
    if not found:
        return [label]
    office, name = found["office"], found["name"]
    return list(dict.fromkeys([f"{office}（{name}）", label, f"{name}{office}"]))


def unmarked(text: str, label: str) -> str | None:
    """What follows the marker of ``label`` at the beginning of ``text``; None if it has another."""
    if not label or text[:1] not in MARKS or not text:
        return None
    line = text.partition("\n")[0]
    found = _marker(line, label)
    return text[found[0] :] if found else None


def marked(text: str, mark: str) -> tuple[str, Turn] | None:
    """What stands before the first line that begins with ``mark``, and the turn that it begins.

    For blocks that a site has cut itself, where ``mark`` is known to mean a speaker whoever it is:
    ◯議長（例示花子君）, ◯例示（太）委員, ◯委員長. None where no line begins with it and a label.
    """
    for line in re.finditer(rf"^[ \u3000]*{mark}[ \u3000]*", text, re.MULTILINE):
        label = _LABEL.match(text, line.end())
        if label:
            printed = text[line.start() : label.end()].strip()
            turn = Turn(mark, label[0], text[label.end() :].strip(), printed=printed)
            return text[: line.start()], turn
    return None


def indented_turns(text: str) -> CutSitting:
    """Cut where a speaker stands alone on a line and what he says is indented under it.

    So 神奈川県 prints its committees, without any mark. Lines that begin at the margin and have
    nothing indented under them (委員会名), or begin with a number (５　質疑), are not spoken: they
    are the front. Missed are those among them that name a speaker, and those that were taken and
    name nobody (休憩).
    """
    rest: list[str] = []
    cut: list[tuple[str, list[str]]] = []
    found: list[SpeakerLine] = []
    missed: list[int] = []
    knows = told_of("")
    speaking = False
    begin = 0
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line[:1] in ("", *_BLANK):
            (cut[-1][1] if speaking else rest).append(line)
        else:
            under = following[:1] in tuple(_BLANK) and bool(following.strip())
            speaking = under and bool(_ON_ITS_OWN.fullmatch(line))
            if speaking and not cut:
                knows = told_of(text[:begin])
            label = read_label(line, 0, knows) if speaking or cut else None
            if speaking:
                cut.append((line.strip(), []))
                end = begin + len(line)
                if label is not None:
                    found.append(SpeakerLine(begin, end, "", line.strip(), label))
            else:
                rest.append(line)
            if (speaking or cut) and speaking is not _names_speaker(label, line):
                missed.append(begin)
        begin += len(line) + 1
    said = tuple(Turn("", label, "\n".join(below).strip(), printed=label) for label, below in cut)
    lines_found = SpeakerLines(tuple(found), tuple(missed))
    shown = tuple(missed_line(text, at) for at in missed[:MOST_LINES])
    return CutSitting("\n".join(rest).strip(), said, lines_found, shown)


def _names_speaker(label: Label | None, line: str) -> bool:
    """Whether a whole line is a speaker's label; of a bare name only one of the roster is."""
    whole = label is not None and label.end == len(line.rstrip())
    return whole and label is not None and label.shape != "name?"


def _marker(line: str, label: str) -> tuple[int, str] | None:
    """Where what was said begins in ``line``, and the marker without ○, if it is ``label``'s.

    Printed: the label, or an office that the label lacks and the label in brackets; padded with
    spaces in between. Without a bracket at its end, a space must follow it.
    """
    begin = _past_spaces(line, 1)
    end = _past_label(line, begin, label)
    if end is not None and (label[-1] in "）)" or end == len(line) or line[end] in _BLANK):
        return _past_spaces(line, end), line[begin:end]
    bracket = _BRACKET.search(line, begin, begin + 40)
    if bracket:
        end = _past_label(line, _past_spaces(line, bracket.end()), label)
        if end is not None:
            end = _past_spaces(line, end)
            if end < len(line) and line[end] in "）)":
                return _past_spaces(line, end + 1), line[begin : end + 1]
    return None


def _past_label(line: str, begin: int, label: str) -> int | None:
    for character in label:
        begin = _past_spaces(line, begin)
        if begin >= len(line) or line[begin] != character:
            return None
        begin += 1
    return begin


def _past_spaces(line: str, begin: int) -> int:
    while begin < len(line) and line[begin] in _BLANK:
        begin += 1
    return begin


def _fits(block: str, index: int, entries: Sequence[Entry]) -> bool:
    """Whether the block has the length in cp932 that the next position announces.

    GetPerson.exe ends every block with one more line end than the stored text has (seen in all
    blocks of two of three recorded sittings; the third moves its headings about).
    """
    if index + 1 >= len(entries):
        return True
    announced = entries[index + 1].position - entries[index].position
    return len(block.replace("\n", "\r\n").encode("cp932", "replace")) == announced + 2


def _paged(
    text: str,
    entries: Sequence[Entry],
    found: Sequence[tuple[int, int, str]],
    ends: Sequence[int],
) -> Iterator[Block]:
    page = None
    for mark in _PAGE_MARK.finditer(text, 0, found[0][0]):
        page = int(mark[1])
    for entry, (line, begin, marker), end in zip(entries, found, ends, strict=True):
        page = entry.page or page
        said, printed = text[begin:end], text[line:begin].strip()
        yield Block(entry, marker, _LINE_OF_PAGE_MARK.sub("", said), page, printed)
        for mark in _PAGE_MARK.finditer(said):
            page = int(mark[1])
