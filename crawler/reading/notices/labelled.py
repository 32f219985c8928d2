"""The values that stand behind printed labels: 件名, 履行場所, 予定価格."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise, takewhile

from crawler.reading.notices.meaning import meaning_of
from crawler.reading.notices.segments import Statement
from crawler.reading.notices.words import alternatives, vocabulary

LONGEST = 300
"""Characters of a value; what is longer is cut."""

_ENUMERATOR = (
    r"(?:(?:第\s?)?[0-9]{1,2}(?![0-9])\s?[.、:)]?|\([0-9]{1,2}\)|[一二三四五六七八九十]{1,2}(?=\s)|[ア-ン](?=[\s.、])|\([ア-ン]\)"
    r"|[■◆●◎□◇○・※【〔\[<]){0,3}\s?"
)
_OR = re.compile("又は|または|及び|・|/")
_CLOSE = r"[】〕\]>]?"
_UNIT = r"(?:\s?\((?P<unit>[^()0-9]{1,24})\))?"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A fact's ``name``, its ``label`` with its unit, the value in NFKC and as printed."""

    name: str
    label: str
    value: str
    printed: str
    words: str
    place: int


@cache
def _pattern() -> re.Pattern[str]:
    labels = alternatives(vocabulary().labels)
    return re.compile(
        rf"\s?{_ENUMERATOR}(?:[一-龥]{{2,4}}(?:又は|及び|・))?(?P<label>{labels})(?:等|名)?"
        rf"(?:(?:又は|または|及び|・)(?:{labels}))?{_CLOSE}{_UNIT}{_CLOSE}\s?"
        r"(?P<mark>[:：]|\s|$|は、?(?=\S)|(?=[「『(~]))\s?"
    )


@cache
def _glued() -> re.Pattern[str]:
    """(2)履行期間令和8年10月1日から: numbered, and with no blank between label and value."""
    labels = alternatives(label for label in vocabulary().labels if len(label) >= 4)
    return re.compile(
        rf"\s?\([0-9]{{1,2}}\)\s?(?P<label>{labels})(?![のとをにはがで等及又び名欄書])(?=\S)"
    )


@cache
def _torn() -> re.Pattern[str]:
    """契約の翌日から まで 3 工期 令和8年12月18日: the label, then what stands before まで."""
    labels = alternatives(vocabulary().labels)
    return re.compile(
        rf"(?P<begin>.{{2,40}}?から)\s?まで\s[0-9]{{1,2}}\s(?P<label>{labels})\s(?P<value>\S.*)$"
    )


@cache
def _behind() -> re.Pattern[str]:
    labels = alternatives(vocabulary().labels)
    return re.compile(
        rf"^(?P<value>.{{4,200}}?)\s(?:[0-9]{{1,2}}\s(?P<label>{labels})|(?P<label2>{labels})\s[0-9]{{1,2}})$"
    )


def label_of(text: str) -> str | None:
    """The fact whose label the whole of ``text`` is; None for another text."""
    return _name(text) if text else None


def _name(text: str) -> str | None:
    found = _pattern().match(text)
    if found is None or found.end() != len(text):
        plain = re.sub(r"\s|\([^()]*\)|[0-9.:()※■●○]", "", text).strip("・")
        parts = [plain, *_OR.split(plain)]
        return next(
            (vocabulary().labels[each] for each in parts if each in vocabulary().labels), None
        )
    return vocabulary().labels[re.sub(r"\s", "", found["label"])]


def labelled(pieces: Sequence[Statement]) -> Iterator[Labelled]:
    """Every value that has a known label, in order."""
    for place, piece in enumerate(pieces):
        if len(piece.cells) > 1:
            if (rows := _below(pieces, place)) and _is_header(piece):
                # Of several rows each is a purchase of its own.
                yield from _under(place, piece, rows[0]) if len(rows) == 1 else ()
            else:
                yield from _row(place, piece)
            continue
        text = piece.text
        found = _pattern().match(text) or _glued().match(text)
        if torn := _torn().match(text):
            one = _one(place, piece, torn["label"], *torn.span("value"))
            whole = f"{torn['begin']}{one.printed}まで"
            yield replace(one, value=whole, printed=whole)
            continue
        if not found:
            if behind := _behind().match(text):
                yield _one(place, piece, behind["label"] or behind["label2"], *behind.span("value"))
            continue
        if text[found.end() :].strip():
            yield _one(place, piece, found[0].strip(), found.end(), len(text), found["label"])
        elif place + 1 < len(pieces):
            below = pieces[place + 1]
            if len(below.cells) > 1 or below.level < piece.level or _pattern().match(below.text):
                continue
            one = _one(place, below, found[0].strip(), 0, len(below.text), found["label"])
            yield replace(one, words=f"{piece.words()} {one.words}"[:LONGEST])


def _one(
    place: int, piece: Statement, label: str, begin: int, end: int, word: str | None = None
) -> Labelled:
    name = vocabulary().labels[re.sub(r"\s", "", word or label)]
    end = min(end, begin + LONGEST)
    value = piece.text[begin:end].strip()
    return Labelled(name, label, value, piece.words(begin, end), piece.words()[:LONGEST], place)


def _below(pieces: Sequence[Statement], place: int) -> list[Statement]:
    """The rows under a row, of as many cells."""
    size = len(pieces[place].cells)
    below = islice(pieces, place + 1, None)
    return list(takewhile(lambda each: len(each.cells) == size, below))


def _is_header(piece: Statement) -> bool:
    """Whether the row names columns: all its cells but one at most are words known as labels."""
    cells = [each for cell in piece.cells if (each := cell.strip())]
    known = sum(bool(label_of(each) or meaning_of(each)[0]) for each in cells)
    return known >= 3 and known >= len(cells) - 1 and not re.search("[0-9]", "".join(cells))


def _under(place: int, header: Statement, piece: Statement) -> Iterator[Labelled]:
    words = piece.words()[:LONGEST]
    for at, cell in enumerate(header.cells):
        value = piece.cells[at].strip()
        if value and (name := label_of(cell.strip())):
            printed = piece.raw_cells[at][:LONGEST]
            yield Labelled(name, cell, value[:LONGEST], printed, words, place + 1)


def _row(place: int, piece: Statement) -> Iterator[Labelled]:
    filled = [at for at, cell in enumerate(piece.cells) if cell.strip()]
    skip = -1
    for label, at in pairwise(filled):
        name = label_of(piece.cells[label].strip())
        value = piece.cells[at].strip()
        if label == skip or not name or label_of(value):
            continue
        printed, words = piece.raw_cells[at][:LONGEST], piece.words()[:LONGEST]
        yield Labelled(name, piece.cells[label], value[:LONGEST], printed, words, place)
        skip = at
