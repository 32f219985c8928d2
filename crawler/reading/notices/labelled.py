"""The values that stand behind printed labels: 件名, 履行場所, 予定価格."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from crawler.reading.notices.segments import Segment
from crawler.reading.notices.words import alternatives, vocabulary

LONGEST = 300
"""Characters of a value; what is longer is cut."""

_ENUMERATOR = (
    r"(?:(?:第\s?)?[0-9]{1,2}(?![0-9])\s?[.、:)]?|\([0-9]{1,2}\)|[ア-ン](?=[\s.、])|\([ア-ン]\)"
    r"|[■◆●◎□◇○・※【〔\[<]){0,3}\s?"
)
_CLOSE = r"[】〕\]>]?"
_UNIT = r"(?:\s?\((?P<unit>[^()]{1,24})\))?"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A fact's ``name``, its value and the words of both; ``label`` as printed, with its unit."""

    name: str
    label: str
    value: str
    words: str
    place: int


@cache
def _pattern() -> re.Pattern[str]:
    labels = alternatives(vocabulary().labels)
    return re.compile(
        rf"\s?{_ENUMERATOR}(?P<label>{labels})(?:等|名)?{_CLOSE}{_UNIT}{_CLOSE}\s?"
        r"(?P<mark>[:：]|\s|$|は、?(?=\S)|(?=[「『]))\s?"
    )


@cache
def _behind() -> re.Pattern[str]:
    labels = alternatives(vocabulary().labels)
    return re.compile(rf"^(?P<value>.{{4,200}}?)\s[0-9]{{1,2}}\s(?P<label>{labels})$")


def label_of(text: str) -> str | None:
    """The fact whose label the whole of ``text`` is; None for another text."""
    return _name(text) if text else None


def _name(text: str) -> str | None:
    found = _pattern().match(text)
    if found is None or found.end() != len(text):
        plain = re.sub(r"\s|\([^()]*\)|[0-9.:()※■●○・]", "", text)
        return vocabulary().labels.get(plain)
    return vocabulary().labels[re.sub(r"\s", "", found["label"])]


def labelled(pieces: Sequence[Segment]) -> Iterator[Labelled]:
    """Every value that has a known label, in order."""
    for place, piece in enumerate(pieces):
        if len(piece.cells) > 1:
            yield from _row(place, piece)
            continue
        text = piece.text.strip()
        if not (found := _pattern().match(text)):
            if behind := _behind().match(text):
                name = vocabulary().labels[re.sub(r"\s", "", behind["label"])]
                yield Labelled(name, behind["label"], behind["value"], piece.words(), place)
            continue
        name = vocabulary().labels[re.sub(r"\s", "", found["label"])]
        value = text[found.end() :].strip()
        words = piece.words()
        if not value and place + 1 < len(pieces):
            below = pieces[place + 1]
            if (
                len(below.cells) == 1
                and below.level >= piece.level
                and not _pattern().match(below.text)
            ):
                value, words = below.text.strip(), f"{words} {below.words()}"
        if value:
            yield Labelled(name, found[0].strip(), value[:LONGEST], words[:LONGEST], place)


def _row(place: int, piece: Segment) -> Iterator[Labelled]:
    cells = piece.cells
    at = 0
    while at + 1 < len(cells):
        name = label_of(cells[at].strip())
        value = cells[at + 1].strip()
        if name and value and not label_of(value):
            yield Labelled(name, cells[at], value[:LONGEST], piece.words()[:LONGEST], place)
            at += 2
        else:
            at += 1
