"""Where the speakers' lines of a sitting stand, by the print that the sitting itself uses.

A line with the sitting's mark is a speaker's unless it is provably something else (a heading, a
roster, a stage note, a bullet, a masked name): an office that is in no list is still an office, and
a speaker's line that is missed gives its words to the speaker before. What looks like a speaker's
line and was not taken is counted. The forms are those of docs/reading.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.reading.labels import GOES_ON, Label, fold, read_label, squeeze
from crawler.reading.offices import IS_TOP, is_department, is_known_office, is_name
from crawler.reading.spacing import without_space

MARKS = "○〇◯◎●◆"
"""What minutes print before a speaker; ○ (U+25CB) and 〇 (U+3007) stand on the same pages."""

_SYMBOLS = MARKS + "◇■□△▲▽▼☆★◉⚪⚫⭕▪▫▷▶"
_BLANK = " \t\r\u3000\xa0\u2002\u2003\u200b\ufeff\ufdd0"
_MARKED = re.compile(
    rf"(?:^[{_BLANK}]*|(?P<inside>[〕）)］】。])[{_BLANK}]*)(?P<mark>[{_SYMBOLS}])[{_BLANK}]*",
    re.MULTILINE,
)
_NUMBERED = r"(?P<number>[0-9０-９]{1,3}[.．][ \u3000]*)?"
_UNMARKED = re.compile(
    rf"^[{_BLANK}]*{_NUMBERED}(?P<label>[（(【〔［《]?[^\s{_SYMBOLS}、。「』][^\n、。「]{{0,30}})",
    re.MULTILINE,
)
_HEADING = re.compile(
    r"(?:追加)?(?:議事)?日程|(?:議|発)案|議題|請願|陳情|報告第|発議|選挙第|諮問|認定|同意|承認第|意見書|決議|"
    r"付議|付託|諸般|会期|会議(?:録|に付)|開[会議]|散会|閉会|休憩|再開|出席|欠席|応招|不応招|遅[刻参]|早退|"
    r"説明(?:の|に|する|員の)|職務の|地方自治法|一般質問|質疑(?!者)|討論(?!者)|採決|表決|起立|傍聴|目次|本日|"
    r"[午前後]{2}|第[0-9一二三四五六七八九十]|[0-9]+(?![0-9]*番)|議場|署名|質問(?:事項|の要旨|順)|通告|要旨|"
    r"提案理由|委員会(?:付託|報告)|市民憲章|議長の?(?:報告|選挙|諸)|副議長の?選挙|次(?:の|回)|今(?:回|後)|以上"
)
_TOPIC = re.compile(
    r"(?:について|に関して|に係る.*|に関する.*|の件|こと|事項|ほか|など|等|関係|状況|内容)[)]?$"
)
_ENDS_AS_NOUN = re.compile(r"[\u3400-\u9fff々ァ-ヶー0-9A-Za-z)％%]$")
_ENDS_SPOKEN = re.compile(
    r"[。、?？!！」…]|(?:ます|です|した|せん|か|ね|よ|う|ん|い|え|り|て|で|に|を|が|は|と|も|の)$"
)
_MEMBERS = ("議員", "委員")
_LISTS = "・①②③（(「『１1一"
"""How a speech that begins with a list or a quotation begins."""

_MASKED = re.compile(r"[○〇◯×△□●■＊*]|[^（(。、]{0,14}[○〇◯×△□●■＊]{2}")
"""○○課長: after the mark, or at once with it, stands in the place of a name what hides it."""
_BROKEN = re.compile(r"[（(〔［【][^）)〕］】\n]{0,24}$")
_OF_THE_PRINT = 0.1
"""Without marks, a form that so few lines have beside another one is in signatures and letters."""

_WIDE = 0.85
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
class _Candidate:
    begin: int
    at: int
    mark: str
    line: str
    label: Label | None
    inside: bool


def speaker_lines(text: str) -> SpeakerLines:
    """Find the lines that begin what somebody says. Linear in the length of ``text``."""
    following = _Following(text)
    marked = list(_marked(text))
    names = _names(marked)
    first = next((each.begin for each in marked if _is_sure(each, following)), len(text))
    roster = without_space(fold(text[:first]))
    knows = _knowing(names, roster if first < len(text) else "")
    for each in marked:
        if each.label is None or not each.label.sure:
            each.label = read_label(each.line, each.at, knows)
    marks = _learned(marked, following)
    if not marks:
        return _without_marks(text)
    lines: list[SpeakerLine] = []
    missed: list[int] = []
    other = 0
    for each in marked:
        sure = _is_sure(each, following)
        if each.mark not in marks:
            if sure and not each.inside and _speaks(each, following):
                if _names_person_in_brackets(each.label):
                    lines.append(_line(each))  # whatever stands before it
                else:
                    missed.append(each.begin)
            continue
        reason = _not_a_speaker(each, following, bool(lines))
        if each.label is not None and reason is None:
            lines.append(_line(each))
        elif reason is None:
            missed.append(each.begin)
        else:
            other += 1
    if not any(_presides(each.label) for each in lines):
        # Somebody presides over every sitting: these marks may be those of headings alone.
        unmarked = _without_marks(text)
        if len(unmarked.lines) > len(lines):
            return unmarked
    lines = _with_names(_begun(lines, text), text, knows)
    taken = {each.begin for each in lines}
    begin = lines[0].begin if lines else len(text)
    margin = Counter(_margin(text, each.begin) for each in lines).most_common(1)
    for each in _unmarked(text, knows):
        if each.begin <= begin or each.begin in taken:
            continue
        if _margin(text, each.begin) == margin[0][0] and _like_a_turn(each, lines, following):
            missed.append(each.begin)
    shapes = Counter(each.label.shape for each in lines)
    return SpeakerLines(tuple(lines), Print(frozenset(marks), shapes), tuple(sorted(missed)), other)


def leading_line(text: str) -> SpeakerLine | None:
    """The speaker's line that ``text`` begins with; None where it begins otherwise."""
    found = _MARKED.match(text)
    if found is None or found["mark"] not in MARKS:
        return None
    each = next(_marked(text[: found.end() + 400]), None)
    if each is None or each.label is None:
        return None
    return _line(each) if _not_a_speaker(each, _Following(""), True) is None else None


def _marked(text: str) -> Iterator[_Candidate]:
    for found in _MARKED.finditer(text):
        begin = found.start("mark") if found["inside"] else found.start()
        line, at = _line_at(text, begin, found.end())
        label = None if _MASKED.match(line[at:]) else read_label(line, at)
        if (label is None or not label.sure) and 1 <= len(line) - at <= 8:
            line, label = _over_two_lines(text, begin, line, at) or (line, label)
        if found["inside"] and (label is None or not label.sure):
            continue
        yield _Candidate(begin, at, found["mark"], line, label, bool(found["inside"]))


def _over_two_lines(text: str, begin: int, line: str, at: int) -> tuple[str, Label] | None:
    """例示 and 太郎総務課長 on the next line: a name that the print breaks."""
    end = begin + len(line)
    further = text.find("\n", end + 1)
    after = text[end + 1 : len(text) if further < 0 else further]
    whole = f"{line} {after}"
    label = read_label(whole, at)
    if after[:1] in (*_SYMBOLS, "") or _HEADING.match(fold(line[at:])) or label is None:
        return None
    name = without_space(fold(label.name or ""))
    broken = name.startswith(without_space(fold(line[at:]))) and label.end > len(line)
    return (whole, label) if broken and label.sure else None


def _line_at(text: str, begin: int, at: int) -> tuple[str, int]:
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


def _is_sure(each: _Candidate, following: _Following) -> bool:
    """Whether nothing but a speaker's line reads so."""
    label = each.label
    if label is None or _goes_on(each):
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
    return label.seat is not None or office in _MEMBERS or IS_TOP.fullmatch(office) is not None


def _sentence_after(each: _Candidate, following: _Following) -> bool:
    assert each.label is not None
    rest = each.line[each.label.end :].strip(_BLANK)
    if "。" in rest:
        return True
    wrapped = not rest or len(each.line) >= _WIDE * following.width
    return wrapped and "。" in following.line_after(each.begin + each.at)


def _goes_on(each: _Candidate) -> bool:
    """教育長の報告について: the sentence goes on, so that what stands before is no label."""
    assert each.label is not None
    rest = each.line[each.label.end :]
    last = each.line[each.label.end - 1 : each.label.end]
    if last in _BLANK or (rest[:1] == "・" and fold(last) == ")"):
        return False  # a gap between; or what is said begins with a list
    return GOES_ON.match(rest) is not None


def _names(marked: Sequence[_Candidate]) -> set[str]:
    return {
        each.label.name
        for each in marked
        if each.label is not None and each.label.sure and each.label.name
    }


def _knowing(names: set[str], roster: str) -> Callable[[str], bool]:
    whole = {fold(name) for name in names if len(name) >= 2}

    def knows(name: str) -> bool:
        return name in whole or (
            len(name) >= 3 and name in roster and is_name(name) and not is_department(name)
        )

    return knows


def _learned(marked: Sequence[_Candidate], following: _Following) -> set[str]:
    """The marks that this sitting prints before its speakers."""
    seen = Counter(each.mark for each in marked if not each.inside)
    sure = Counter(each.mark for each in marked if _is_sure(each, following) and not each.inside)
    held = Counter(
        each.mark for each in marked if not each.inside and _holds_office(each, following)
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


def _holds_office(each: _Candidate, following: _Following) -> bool:
    """Whether a known office stands there alone, and a sentence follows."""
    label = each.label
    if label is None or label.office is None or _goes_on(each):
        return False
    known = label.office in _MEMBERS or is_known_office(fold(label.office))
    return known and _sentence_after(each, following)


class _Following:
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
            line = self._text[end + 1 : len(self._text) if further < 0 else further].strip(_BLANK)
            if line:
                return line
            end = further
        return ""


def _speaks(each: _Candidate, following: _Following) -> bool:
    """Whether words follow the label: on its line, or on the next one."""
    assert each.label is not None
    rest = each.line[each.label.end :].strip(_BLANK)
    if rest:
        return True
    after = following.line_after(each.begin + each.at)
    if not after or after[0] in _SYMBOLS:
        return False
    return after[0] in _LISTS or _ENDS_SPOKEN.search(after) is not None


def _not_a_speaker(each: _Candidate, following: _Following, begun: bool) -> str | None:
    """Why a line with the sitting's mark begins no speech; None where it does, or may."""
    label, rest_of_line = each.label, each.line[each.at :].strip(_BLANK)
    if not rest_of_line:
        return "nothing"
    if _MASKED.match(rest_of_line):
        return "a masked name"
    compact = without_space(fold(rest_of_line))
    if label is not None and label.sure:
        if _goes_on(each):
            return "a sentence"
        if _speaks(each, following):
            return None
        # △例示太郎議員 above 議長（…）: a heading.
        return None if begun and each.mark in MARKS else "a roster"
    if compact.startswith("(") and compact.endswith(")"):
        return "a stage note"
    if label is None:
        heading = (
            _HEADING.match(compact) or _TOPIC.search(compact) or not _ENDS_SPOKEN.search(compact)
        )
        return "a heading" if heading or "、" in compact[:12] else _unread(compact)
    if _HEADING.match(compact) and not (label.seat or is_known_office(fold(label.office or ""))):
        return "a heading"
    if _goes_on(each):
        return "a sentence"
    rest = each.line[label.end :].strip(_BLANK)
    if not rest:
        known = (
            label.seat
            or label.office in _MEMBERS
            or is_known_office(fold(label.office or ""))
            or label.shape == "name"
        )
        return None if known and _speaks(each, following) else "a heading"
    if _ENDS_SPOKEN.search(rest) and not _TOPIC.search(fold(rest)):
        return None
    if rest[0] in _LISTS and (label.seat or is_known_office(fold(label.office or ""))):
        return None  # what is said begins with a list
    long = len(each.line) >= _WIDE * following.width >= 17
    if long and not _TOPIC.search(fold(rest)):
        return None
    if _TOPIC.search(fold(rest)) or _ENDS_AS_NOUN.search(fold(rest)):
        return "a bullet"
    return None


def _unread(compact: str) -> str | None:
    """A marked line without any label: a sentence is a bullet, anything else was not understood."""
    return "a bullet" if len(compact) > 12 and ("。" in compact or "、" in compact) else None


def _line(each: _Candidate) -> SpeakerLine:
    assert each.label is not None
    return SpeakerLine(
        begin=each.begin,
        words=each.begin + each.label.end,
        mark=each.mark,
        printed=each.line[each.at : each.label.end].strip(_BLANK),
        label=each.label,
        inside=each.inside,
    )


def _begun(lines: list[SpeakerLine], text: str) -> list[SpeakerLine]:
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


def _margin(text: str, begin: int) -> int:
    """How much blank a line begins with."""
    end = begin
    while end < len(text) and text[end] in _BLANK:
        end += 1
    return end - begin


# Names that stand after an office without anything to tell them by ---------------------------


def _with_names(
    lines: Sequence[SpeakerLine], text: str, knows: Callable[[str], bool]
) -> list[SpeakerLine]:
    """議長　例示　花子　開きます: the name is one where it is known, repeated, or reads as one."""
    after = [_words_after(each, text) if each.label.name is None else [] for each in lines]
    times = Counter(
        (each.label.office, name)
        for each, found in zip(lines, after, strict=True)
        for name, _ in found
    )
    offices = Counter(each.label.office for each in lines if each.label.name is None)
    told = [
        [
            (name, end)
            for name, end in found
            if knows(name)
            or (
                times[each.label.office, name] >= 2
                and 2 * times[each.label.office, name] >= offices[each.label.office]
            )
            or _reads_as_name(name, text[each.words : end])
        ]
        for each, found in zip(lines, after, strict=True)
    ]
    # Where nearly all print a name there, the others do too, whatever it is.
    all_do = 4 * sum(map(bool, told)) >= 3 * sum(each.label.name is None for each in lines) >= 9
    named = []
    for each, found, sure in zip(lines, after, told, strict=True):
        for name, end in sure or found:
            if sure or (all_do and len(name) >= 2):
                label = replace(each.label, name=name, shape="office name?")
                printed = text[each.begin : end].lstrip(_BLANK + _SYMBOLS).strip(_BLANK)
                each = replace(each, label=label, words=end, printed=printed)
                break
        named.append(each)
    return named


def _words_after(each: SpeakerLine, text: str) -> list[tuple[str, int]]:
    """What can be a name behind an office: the first two words together, and the first one."""
    if each.label.office is None:
        return []
    end = text.find("\n", each.words)
    line = squeeze(text[each.words : len(text) if end < 0 else min(end, each.words + 60)])
    stops = [at for at in range(1, min(len(line.text), 9) + 1) if line.ends(at)]
    if not stops or line.text[stops[0] - 1 : stops[0]] in "、。":
        return []
    found = []
    for at in reversed(stops[:2]):
        name = line.text[:at]
        called = name.endswith(("議員", "委員", "君", "さん"))
        if 2 <= len(name) <= 8 and is_name(name) and not (called or is_known_office(name)):
            place = each.words + line.places[at]
            found.append((line.printed[:at], min(place, len(text) if end < 0 else end)))
    return found


_ONE_SCRIPT = r"[\u3400-\u9fff々]+|[ァ-ヶー]+|[ぁ-ん]{2,}"


def _reads_as_name(name: str, printed: str) -> bool:
    """例示太郎, 例示　太郎: four to six kanji, or two short words of kanji."""
    parts = printed.split()
    if len(parts) == 2 and all(len(part) <= 3 for part in parts):
        return all(re.fullmatch(_ONE_SCRIPT, part) for part in parts) and len(name) >= 3
    return re.fullmatch(r"[\u3400-\u9fff々]{4,6}", name) is not None


# Sittings without marks ----------------------------------------------------------------------


def _unmarked(text: str, knows: Callable[[str], bool]) -> Iterator[_Candidate]:
    for found in _UNMARKED.finditer(text):
        if not _LIKELY.search(found["label"]):
            continue
        at = found.start("label")
        line, inside = _line_at(text, found.start(), at)
        label = read_label(line, inside, knows)
        if label is not None:
            number = "1." if found["number"] else ""
            yield _Candidate(found.start(), inside, number, line, label, False)


_LIKELY = re.compile(
    r"(?:答弁|質問|質疑)[ \u3000]|さん[ \u3000）)]|[長番][^\s]{1,6}[君員]|"
    r"[長番官監役者事員君記与幹査任師佐理扱務当得代行括]"
    r"(?:[ \t\u3000\xa0）)】〕］》：:（(【〔［]|$)"
)


def _like_a_turn(each: _Candidate, lines: Sequence[SpeakerLine], following: _Following) -> bool:
    """Whether a line that was not taken looks like the speakers' lines that were."""
    label = each.label
    if label is None or not label.sure or _goes_on(each):
        return False
    form = _plain_form(label.shape)
    if 3 * sum(_plain_form(line.label.shape) == form for line in lines) < len(lines):
        return False
    rest = each.line[label.end :].strip(_BLANK)
    said = "。" in rest or "、" in rest
    return said or (not rest and "。" in following.line_after(each.begin + each.at))


def _plain_form(shape: str) -> str:
    return shape.replace("seat", "office").rstrip("+?")


def _without_marks(text: str) -> SpeakerLines:
    """A sitting that prints no mark: lines of one shape, the chair's among them.

    議長（例示太郎君）, 【議長：例示太郎】, １．議長（…）, 議長　例示太郎, 例示太郎議長.
    """
    found = list(_unmarked(text, lambda name: False))
    names = _names(found)
    knows = _knowing(names, "")
    following = _Following(text)
    chosen: list[_Candidate] = []
    for each in _unmarked(text, knows):
        if each.label is not None and not _goes_on(each) and _says_so(each, following):
            chosen.append(each)
    shapes = Counter(_shape(each) for each in chosen)
    chairs = Counter(_shape(each) for each in chosen if _presides(each.label))
    most = max(shapes.values(), default=0)
    kept = {
        shape for shape in shapes if chairs[shape] and shapes[shape] >= max(2, _OF_THE_PRINT * most)
    }
    if not kept and chairs and len(chosen) >= 2:
        kept = set(chairs)
    brackets = any("name" in shape and shape[-4:] == "name" for _, shape in kept)
    lines: list[SpeakerLine] = []
    missed = []
    for each in chosen:
        shape = _shape(each)
        verb = each.label is not None and each.label.verb
        if shape in kept or (kept and verb) or (brackets and _similar(shape, kept)):
            if not lines and not _presides(each.label) and not each.label.sure:  # type: ignore[union-attr]
                continue
            lines.append(_line(each))
        elif lines and _like_a_turn(each, lines, following):
            missed.append(each.begin)
    lines = _begun(lines, text)
    if len(lines) < 2:
        return SpeakerLines((), Print(frozenset(), Counter()), (), 0)
    named = _with_names(lines, text, knows)
    print_ = Print(frozenset(), Counter(each.label.shape for each in named))
    return SpeakerLines(tuple(named), print_, tuple(missed), 0)


def _shape(each: _Candidate) -> tuple[str, str]:
    assert each.label is not None
    shape = each.label.shape.replace("seat", "office")
    return each.mark, "office" if shape in ("office", "office name", "office?") else shape


def _similar(shape: tuple[str, str], kept: set[tuple[str, str]]) -> bool:
    """Whether a shape has the brackets of one that is kept."""
    return any(shape[0] == mark and shape[1][-5:] == known[-5:] for mark, known in kept)


def _presides(label: Label | None) -> bool:
    return (
        label is not None
        and label.office is not None
        and (re.fullmatch(r"(?:臨時|仮|副)?議長.*|.*委員長|座長|会長", label.office) is not None)
    )


def _says_so(each: _Candidate, following: _Following) -> bool:
    """Whether a line without mark is more than a name in a roster: words follow that are said."""
    assert each.label is not None
    label, rest = each.label, each.line[each.label.end :].strip(_BLANK)
    if rest:
        if label.sure:
            return (
                label.shape[-4:] == "name"
                or rest[0] in _LISTS
                or _ENDS_SPOKEN.search(rest) is not None
            )
        if len(rest) <= 9 and is_name(without_space(fold(rest))):
            return _speaks_below(each, following)  # 議長　例示花子, the words on the next line
        if rest[0] == "・" and is_known_office(fold(label.office or "")):
            return True
        long = len(each.line) >= _WIDE * following.width >= 17
        return "。" in rest or rest.endswith("、") or long
    return _speaks_below(each, following)


def _speaks_below(each: _Candidate, following: _Following) -> bool:
    after = following.line_after(each.begin + each.at)
    spoken = len(after) >= 15 and _ENDS_SPOKEN.search(after) is not None
    return "。" in after or spoken or after[:1] in tuple(_LISTS[:4])
