"""Where the speakers' lines of a sitting stand, by the print that the sitting itself uses.

A line with the sitting's mark is a speaker's unless it is provably something else (a heading, a
roster, a stage note, a bullet, a masked name): an office that is in no list is still an office, and
a speaker's line that is missed gives its words to the speaker before. What looks like a speaker's
line and was not taken is counted. The forms are those of docs/reading.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from crawler.reading.broken_lines import read_over_break
from crawler.reading.candidate_lines import (
    BLANK,
    ENDS_SPOKEN,
    HEADING,
    MARKS,
    SYMBOLS,
    CandidateLine,
    Following,
    SpeakerLine,
    SpeakerLines,
    TakenForms,
    as_speaker_line,
    begun_lines,
    goes_on,
    is_full,
    label_is_sure,
    line_at,
    lists,
    names_of,
    presides,
    speaks,
)
from crawler.reading.label_lines import Label, fold
from crawler.reading.names_after_offices import with_names
from crawler.reading.offices import IS_TOP, MEMBERS
from crawler.reading.spacing import without_space
from crawler.reading.told import NOBODY, Told, told_of
from crawler.reading.unanswered_calls import unanswered_calls
from crawler.reading.unmarked_lines import unmarked_lines, without_marks

_MARK = re.compile(rf"[{SYMBOLS}][{BLANK}]*")

_LEADING_MARK = re.compile(rf"[{BLANK}]*(?P<mark>[{SYMBOLS}])[{BLANK}]*")

_BEFORE_A_MARK = "〕）)］】。"
"""What stands before a mark in mid-line."""

_TOPIC = re.compile(
    r"(?:について|に関して|に係る[^。…]*|に関する[^。…]*|の件|こと|事項|ほか|など|等|関係|状況|内容)[)]?$"
)

_ENDS_AS_NOUN = re.compile(r"[\u3400-\u9fff々ァ-ヶー0-9A-Za-z)％%]$")

_MASKED = re.compile(r"[○〇◯×△□●■＊*]|[^（(。、]{0,14}[○〇◯×△□●■＊]{2}")
"""○○課長: after the mark, or at once with it, stands in the place of a name what hides it."""


def speaker_lines(text: str) -> SpeakerLines:
    """Find the lines that begin what somebody says. Linear in the length of ``text``."""
    found = _by_print(text)
    unanswered = unanswered_calls(found.lines, text)
    return SpeakerLines(found.lines, tuple(sorted({*found.missed, *unanswered})))


def _by_print(text: str) -> SpeakerLines:
    following = Following(text)
    first = next(
        (
            each.begin
            for each in _marked(text, Told(), following)
            if (label_is_sure(each) or not each.inside) and _is_sure(each, following)
        ),
        0,
    )
    knows = told_of(text[:first], text[first:], following.width)
    marked = list(_marked(text, knows, following))
    learned = knows.learn(names_of([each for each in marked if each.begin >= first]))
    for each in marked:
        if learned and not label_is_sure(each) and knows.names_in(each.line[each.at :], learned):
            _read(each, text, knows, following)
    marked = [each for each in marked if label_is_sure(each) or not each.inside]
    marks = _learned(marked, following, knows)
    if not marks:
        return without_marks(text, following)
    lines: list[SpeakerLine] = []
    missed: list[int] = []
    for each in marked:
        sure = _is_sure(each, following)
        if each.mark not in marks:
            if not each.inside and _holds_office(each, following, knows) and _rest(each):
                lines.append(as_speaker_line(each))  # △市長 among headings, before what he says
            elif sure and not each.inside and speaks(each, following):
                if _names_person_in_brackets(each.label):
                    lines.append(as_speaker_line(each))  # whatever stands before it
                else:
                    missed.append(each.begin)
            continue
        reason = _not_a_speaker(each, following, knows, bool(lines))
        if each.label is not None and reason is None:
            lines.append(as_speaker_line(each))
        elif reason is None:
            missed.append(each.begin)
    if not (marks & set(MARKS) and any(presides(each.label) for each in lines)):
        # △例示太郎議員, △副議長の選挙: marks that may be those of headings alone.
        unmarked = without_marks(text, following)
        if len(unmarked.lines) > len(lines):
            return unmarked
    lines = with_names(begun_lines(lines, text), text, knows)
    broken = {text.rfind("\n", each.begin, each.words) + 1 for each in lines}
    begin = lines[0].begin if lines else len(text)
    margins = Counter(_margin(text, each.begin) for each in lines)
    usual = margins.most_common(1)[0][0] if margins else 0
    forms = TakenForms(lines, following)
    for each in unmarked_lines(text, knows, following, begin + 1, usual):
        if each.begin not in broken and forms.has(each):
            missed.append(each.begin)
    return SpeakerLines(tuple(lines), tuple(sorted(missed)))


def leading_line(text: str) -> SpeakerLine | None:
    """The speaker's line that ``text`` begins with; None where it begins otherwise."""
    found = _LEADING_MARK.match(text)
    if found is None or found["mark"] not in MARKS:
        return None
    each = next(_marked(text[: found.end() + 400], NOBODY, Following("")), None)
    if each is None or each.label is None:
        return None
    return (
        as_speaker_line(each) if _not_a_speaker(each, Following(""), NOBODY, True) is None else None
    )


def _marked(text: str, knows: Told, following: Following) -> Iterator[CandidateLine]:
    for found in _MARK.finditer(text):
        begin = mark = found.start()
        while begin and text[begin - 1] in BLANK:
            begin -= 1
        inside = begin > 0 and text[begin - 1] in _BEFORE_A_MARK
        if inside:
            begin = mark
        elif begin and text[begin - 1] != "\n":
            continue
        line, at = line_at(text, begin, found.end())
        each = CandidateLine(begin, at, text[mark], line, None, inside)
        _read(each, text, knows, following)
        yield each


def _read(each: CandidateLine, text: str, knows: Told, following: Following) -> None:
    """Read the label of a marked line, if it has one, over the line's end if it is broken there."""
    if not _MASKED.match(each.line, each.at):
        each.line, each.label = read_over_break(
            text, each.begin, each.line, each.at, knows, following
        )


def _is_sure(each: CandidateLine, following: Following) -> bool:
    """Whether nothing but a speaker's line reads so."""
    label = each.label
    if label is None or goes_on(each):
        return False
    return label.sure or (_is_top(label) and _sentence_after(each, following))


def _names_person_in_brackets(label: Label | None) -> bool:
    """議長（例示花子君）: office, bracket and 君, as nothing but a speaker's label has."""
    return (
        label is not None
        and bool(label.courtesy)
        and label.shape[-4:] == "name"
        and (label.office is not None)
    )


def _is_top(label: Label) -> bool:
    """議長, ３番 without a name."""
    office = fold(label.office or "")
    return label.seat is not None or office in MEMBERS or IS_TOP.fullmatch(office) is not None


def _sentence_after(each: CandidateLine, following: Following) -> bool:
    assert each.label is not None
    rest = each.line[each.label.end :].strip(BLANK)
    if "。" in rest:
        return True
    if rest and not is_full(each.line, following):
        return False
    after = following.line_after(each.begin + each.at)
    return "。" in after or is_full(after, following)


def _learned(marked: Sequence[CandidateLine], following: Following, knows: Told) -> set[str]:
    """The marks that this sitting prints before its speakers."""
    seen = Counter(each.mark for each in marked if not each.inside)
    sure = Counter(each.mark for each in marked if _is_sure(each, following) and not each.inside)
    held = Counter(
        each.mark for each in marked if not each.inside and _holds_office(each, following, knows)
    )
    marks = {
        mark
        for mark, times in sure.items()
        if mark in MARKS or times >= 2 or 2 * times >= seen[mark]
    }
    if marks:
        # Marks of their own for directors: □総務課長　お答えします。
        marks |= {mark for mark, times in held.items() if 2 * times >= seen[mark] + (times < 2)}
    circles = {"○", "〇", "◯"}
    return marks | circles if marks & circles else marks


def _holds_office(each: CandidateLine, following: Following, knows: Told) -> bool:
    """Whether a known office stands there alone, and a sentence or a list follows."""
    label = each.label
    if label is None or label.office is None or goes_on(each):
        return False
    known = label.office in MEMBERS or knows.serves(fold(label.office))
    listed = lists(_rest(each)) and each.line[label.end - 1] in BLANK
    return known and (listed or _sentence_after(each, following))


def _rest(each: CandidateLine) -> str:
    """What stands on the line behind the label."""
    return each.line[each.label.end :].strip(BLANK) if each.label is not None else ""


def _not_a_speaker(
    each: CandidateLine, following: Following, knows: Told, begun: bool
) -> str | None:
    """Why a line with the sitting's mark begins no speech; None where it does, or may."""
    label, rest_of_line = each.label, each.line[each.at :].strip(BLANK)
    if not rest_of_line:
        return "nothing"
    if _MASKED.match(rest_of_line):
        return "a masked name"
    compact = without_space(fold(rest_of_line))
    if label is not None and label.sure:
        if goes_on(each):
            return "a sentence"
        if speaks(each, following):
            return None
        # △例示太郎議員 above 議長（…）: a heading.
        return None if begun and each.mark in MARKS else "a roster"
    if compact.startswith("(") and compact.endswith(")"):
        return "a stage note"
    if label is None:
        heading = (
            HEADING.match(compact) or _TOPIC.search(compact) or not ENDS_SPOKEN.search(compact)
        )
        return "a heading" if heading or "、" in compact[:12] else _unread(compact)
    if HEADING.match(compact) and not (label.seat or knows.serves(fold(label.office or ""))):
        return "a heading"
    if goes_on(each):
        return "a sentence"
    rest = each.line[label.end :].strip(BLANK)
    if not rest:
        known = (
            label.seat
            or label.office in MEMBERS
            or knows.serves(fold(label.office or ""))
            or label.shape == "name"
            or (label.shape == "office?" and "。" in following.line_after(each.begin + each.at))
        )
        return None if known and speaks(each, following) else "a heading"
    if ENDS_SPOKEN.search(rest) and not _TOPIC.search(fold(rest)):
        return None
    if lists(rest) and (label.seat or knows.serves(fold(label.office or ""))):
        return None  # what is said begins with a list
    wraps = _known_office(label, knows) and _sentence_after(each, following)
    if is_full(each.line, following) and (wraps or not _TOPIC.search(fold(rest))):
        return None
    if _TOPIC.search(fold(rest)) or _ENDS_AS_NOUN.search(fold(rest)):
        return "a bullet"
    return None


def _known_office(label: Label, knows: Told) -> bool:
    office = fold(label.office or "")
    return label.seat is not None or office in MEMBERS or knows.serves(office)


def _unread(compact: str) -> str | None:
    """A marked line without any label: a sentence is a bullet, anything else was not understood."""
    return "a bullet" if len(compact) > 12 and ("。" in compact or "、" in compact) else None


def _margin(text: str, begin: int) -> int:
    """How much blank a line begins with."""
    end = begin
    while end < len(text) and text[end] in BLANK:
        end += 1
    return end - begin
