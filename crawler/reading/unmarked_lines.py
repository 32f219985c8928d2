"""Sittings that print no mark: lines of one form, the chair's among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from crawler.reading.broken_lines import read_over_break
from crawler.reading.candidate_lines import (
    BLANK,
    ENDS_SPOKEN,
    LISTS,
    SYMBOLS,
    CandidateLine,
    Following,
    SpeakerLine,
    SpeakerLines,
    TakenForms,
    as_speaker_line,
    begun_lines,
    form_of,
    goes_on,
    is_full,
    label_is_sure,
    line_at,
    lists,
    names_of,
    presides,
)
from crawler.reading.label_lines import fold
from crawler.reading.labels import read_label
from crawler.reading.names_after_offices import with_names
from crawler.reading.offices import is_known_office, is_name
from crawler.reading.spacing import without_space
from crawler.reading.told import Told, told_of

_NUMBERED = r"(?P<number>[0-9０-９]{1,3}[.．][ \u3000]*)?"

_UNMARKED = re.compile(
    rf"^[{BLANK}]*{_NUMBERED}(?P<label>[（(【〔［《]?[^\s{SYMBOLS}、。「』][^\n、。「]{{0,30}})",
    re.MULTILINE,
)

_OF_THE_PRINT = 0.1
"""Without marks, a form that so few lines have beside another one is in signatures and letters."""


def unmarked_lines(
    text: str, knows: Told, following: Following, begin: int = 0, margin: int | None = None
) -> Iterator[CandidateLine]:
    """The lines without mark that a label may begin, with what is read there.

    From ``begin`` on; with ``margin``, only those that begin with so much blank.
    """
    for found in _UNMARKED.finditer(text, begin):
        blank = found.start("number" if found["number"] else "label") - found.start()
        if margin is not None and blank != margin:
            continue
        likely = _LIKELY.search(found["label"]) is not None
        if not likely and not knows.may_begin(found["label"]):
            continue
        at = found.start("label")
        line, inside = line_at(text, found.start(), at)
        number = "1." if found["number"] else ""
        whole, label = read_over_break(text, found.start(), line, inside, knows, following)
        if not likely and len(whole) == len(line):
            continue  # what is said begins with 総務課長
        line = whole
        yield CandidateLine(found.start(), inside, number, line, label, False)


_LIKELY = re.compile(
    r"(?:答弁|質問|質疑)(?:[ \t\u3000\xa0]|$)|さん(?:[ \t\u3000\xa0）)]|$)|[長番][^\s]{1,6}[君員]|"
    r"[長番官監役者事員君記与幹査任師佐理扱務当得代行括]"
    r"(?:[ \t\u3000\xa0）)】〕］》：:（(【〔［]|$)"
)


_TO_WHOM = ("様", "殿", "あて", "宛", "宛て")
"""How a letter or a bill ends the line that says whom it goes to."""

_LISTS_MEMBERS = re.compile(rf"(?:議員|委員|君|さん)(?:[{BLANK}]|$)")


def without_marks(text: str, following: Following) -> SpeakerLines:
    """A sitting that prints no mark: lines of one shape, the chair's among them.

    議長（例示太郎君）, 【議長：例示太郎】, １．議長（…）, 議長　例示太郎, 例示太郎議長.
    """
    begun = next(
        (each.begin for each in unmarked_lines(text, Told(), following) if _opens(each, following)),
        0,
    )
    knows = told_of(text[:begun], text[begun:], following.width)
    found = list(unmarked_lines(text, knows, following))
    knows.learn(names_of([each for each in found if each.begin >= begun]))
    chosen: list[CandidateLine] = []
    for each in found:
        if not label_is_sure(each):
            each.label = read_label(each.line, each.at, knows)
        if each.label is not None and not goes_on(each) and _says_so(each, following):
            chosen.append(each)
    shapes = Counter(_shape(each) for each in chosen)
    chairs = Counter(_shape(each) for each in chosen if presides(each.label))
    most = max(shapes.values(), default=0)
    kept = {
        shape for shape in shapes if chairs[shape] and shapes[shape] >= max(2, _OF_THE_PRINT * most)
    }
    if not kept and chairs and len(chosen) >= 2:
        kept = set(chairs)
    brackets = any("name" in shape and shape[-4:] == "name" for _, shape in kept)
    bare = any("name office" in shape for _, shape in kept)
    lines: list[SpeakerLine] = []
    left: list[CandidateLine] = []
    for each in chosen:
        shape = _shape(each)
        verb = each.label is not None and each.label.verb
        alone = bare and shape[1] == "office" and knows.serves(fold(each.label.office or ""))  # type: ignore[union-attr]
        if shape in kept or (kept and (verb or alone)) or (brackets and _similar(shape, kept)):
            if not lines and not presides(each.label) and not each.label.sure:  # type: ignore[union-attr]
                continue
            lines.append(as_speaker_line(each))
        elif lines:
            left.append(each)
    lines = begun_lines(lines, text)
    if len(lines) < 2:
        return SpeakerLines((), ())
    forms = TakenForms(lines, following)
    missed = tuple(each.begin for each in left if forms.has(each))
    return SpeakerLines(tuple(with_names(lines, text, knows)), missed)


def _opens(each: CandidateLine, following: Following) -> bool:
    """Whether the chair's words begin here, and the roster has ended."""
    if not presides(each.label) or each.label is None or goes_on(each):
        return False
    rest = each.line[each.label.end :].strip(BLANK)
    return "。" in rest or ((not rest or _reads_as_name(rest)) and _speaks_below(each, following))


def _reads_as_name(rest: str) -> bool:
    return len(rest) <= 9 and is_name(without_space(fold(rest)))


def _shape(each: CandidateLine) -> tuple[str, str]:
    assert each.label is not None
    shape = form_of(each.label.shape)
    return each.mark, "office" if shape in ("office", "office name", "office?") else shape


def _similar(shape: tuple[str, str], kept: set[tuple[str, str]]) -> bool:
    """Whether a shape has the brackets of one that is kept."""
    return any(shape[0] == mark and shape[1][-5:] == known[-5:] for mark, known in kept)


def _says_so(each: CandidateLine, following: Following) -> bool:
    """Whether a line without mark is more than a name in a roster: words follow that are said."""
    assert each.label is not None
    label, rest = each.label, each.line[each.label.end :].strip(BLANK)
    if rest.endswith(_TO_WHOM):
        return False
    if rest:
        if label.sure:
            return (
                label.shape[-4:] == "name"
                or rest[0] in LISTS
                or ENDS_SPOKEN.search(rest) is not None
                or (is_full(each.line, following) and not _LISTS_MEMBERS.search(rest))
            )
        if _reads_as_name(rest):
            return _speaks_below(each, following)  # 議長　例示花子, the words on the next line
        if lists(rest) and is_known_office(fold(label.office or "")):
            return True
        said = "。" in rest or rest.endswith(("、", "ます", "です", "した", "せん"))
        return said or is_full(each.line, following)
    return _speaks_below(each, following)


def _speaks_below(each: CandidateLine, following: Following) -> bool:
    after = following.line_after(each.begin + each.at)
    spoken = len(after) >= 15 and ENDS_SPOKEN.search(after) is not None
    return "。" in after or spoken or is_full(after, following) or after[:1] in tuple(LISTS[:4])
