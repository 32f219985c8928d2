"""A line's beginning, folded and without space, and the label that is read from it.

Both the letters of an office (議　　長) and those of a name are spaced in print: gaps tell where a
label ends. Places in the folded line are places in the printed one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from crawler.reading.offices import (
    MEMBER,
    TOP,
)
from kazami.radicals import RADICALS

_LONGEST = 72
"""Characters of a line, without space, in which a label must end."""

OPEN, CLOSE = "（〔［【〈《[{｛(", "）〕］】〉》]}｝)"

BREAK = "\v"
"""Stands where two lines are joined in the middle of a word: neither a letter nor space."""

_SPACES = "\t\r\u3000\xa0\u200b\u2002\u2003\u2009\ufeff"

FOLD = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, _SPACES), " ")
    | dict.fromkeys(map(ord, OPEN), "(")
    | dict.fromkeys(map(ord, CLOSE), ")")
    | {code: normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | str.maketrans(RADICALS)
    | {ord("："): ":"}
)
"""Character by character, so that places in a folded line are places in the printed one."""

_ANY_OPEN = re.compile(f"[{re.escape(OPEN)}]")

COURTESY = r"(?:(?<!諸)君|(?<!皆)さん|氏|くん)"

AFTER_NAME = rf"(?:{COURTESY}|{MEMBER})"

NOTE = re.compile(
    r"(?:再?登壇|降壇|続き?|つづき|続行|自席(?:で|から|にて)?|発言席.{0,3}|演壇.{0,3}|質問席.{0,3}|起立|着席|挙手|"
    r"[入退]場|[退出着]席|拍手|笑声?|朗読|資料.{0,6}|[^()]*(?:呼ぶ者|者あり|声あり|と呼び)[^()]*|"
    r"[^()]*[0-9〇一二三四五六七八九十](?:人|名|時|分)[^()]*|休憩.*|再開.*|"
    r"[^()]*(?:登壇|降壇|退席|退場|入場|着席|起立|挙手|質問席へ?|発言席へ?|演壇へ?|自席へ?))"
)

NUMBER = re.compile(r"[0-9一二三四五六七八九十]{1,3}|[ア-ンa-zA-Z]")
"""What is said may begin with （１）."""

VERB = re.compile(r"(再?答弁|再?質問|再?質疑|発言|報告|説明|登壇)")

_CONTINUED = re.compile(r"の?続き?|つづき")

GOES_ON = re.compile(
    r"の(?!ち)|は(?![いじっ])|が(?!ん)|を|に(?:つい|対|よ|お[けい]|関|係|は|も)|"
    r"と(?:の|い(?!うこと)|は|し|も(?!に|かく)|か(?!く))|から|より|及び|並びに|ほか(?![にも])|外[0-9一二三四五六七八九十数]|等|"
    r"ら(?:が|は|の)|・(?!令和|平成|[0-9])|、|。|」|へ|や(?![はっりるめむじ])|まで|だけ(?!れ)"
)
"""How a sentence goes on after a word: 教育長の報告について is no label of 教育長."""

FIRST_BRACKET = re.compile(
    r"(?P<pre>[^()「」『』、。,!?]{0,34})\((?P<inner>(?:[^()]|\([^()]*\)){1,44})\)"
)

OFFICE_AND_NAME = re.compile(
    rf"(?P<office>(?:{TOP})|[^()、。「」:]{{1,30}}?):(?P<name>[^()、。「」:]{{2,10}}?)(?P<courtesy>{AFTER_NAME})?"
    rf"|(?P<top>{TOP})(?P<of>[^()、。「」]{{2,10}}?)(?P<polite>{COURTESY})"
)

NAME_AND_MEMBER = re.compile(
    rf"(?P<name>[^()、。「」]{{1,10}}?(?:\([^()]{{1,3}}\))?)(?P<office>{MEMBER})(?:{COURTESY})?"
)

NAME_AND_COURTESY = re.compile(
    rf"(?P<name>[^()、。「」:]{{1,24}}?(?:\([^()]{{1,3}}\))?)(?P<courtesy>{COURTESY})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a label says, and ``end``: the place in the line where the words begin.

    ``sure`` where it names a person in a way that nothing but a label does. ``shape`` is the form,
    by which the lines of a sitting are compared; ``verb`` what stands after it (答弁, 質問),
    ``courtesy`` what stands after the name (君, 議員).
    """

    name: str | None
    office: str | None
    seat: str | None
    end: int
    sure: bool
    shape: str
    verb: str = ""
    courtesy: str = ""


@dataclass(frozen=True, slots=True)
class LabelPerson:
    name: str
    office: str | None = None
    seat: str | None = None
    courtesy: str = ""


@dataclass(frozen=True, slots=True)
class SqueezedLine:
    """A line's beginning without space: characters, their places, whether space is before each."""

    text: str
    printed: str
    places: tuple[int, ...]
    gaps: tuple[bool, ...]
    brackets: str

    def as_printed(self, words: str | None) -> str | None:
        """Words of the folded text in the letters that the line prints."""
        at = self.text.find(words) if words else -1
        return self.printed[at : at + len(words)] if words and at >= 0 else words

    def ends(self, at: int) -> bool:
        """Whether space, a bracket, a colon or the line's end follows ``at`` characters."""
        return at >= len(self.text) or self.gaps[at] or self.text[at] in "(:"


def fold(text: str) -> str:
    """``text`` with full-width letters, spaces and all brackets as one kind each, same length."""
    return text.translate(FOLD)


def squeeze(line: str, begin: int = 0) -> SqueezedLine:
    """The folded ``line`` from ``begin`` on, without its space."""
    folded = fold(line[begin : begin + 4 * _LONGEST])
    places: list[int] = []
    starts: list[int] = []
    at = begin
    for word in folded.split(" "):
        if word:
            starts.append(len(places))
            if BREAK in word:
                places.extend(at + n for n, letter in enumerate(word) if letter != BREAK)
            else:
                places.extend(range(at, at + len(word)))
        at += len(word) + 1
    whole = len(places) < _LONGEST
    del places[_LONGEST:]
    gaps = [False] * len(places)
    for start in starts:
        if start < len(gaps):
            gaps[start] = True
    if gaps and not folded.startswith(" "):
        gaps[0] = False
    printed = "".join([line[place] for place in places])
    brackets = "".join(_ANY_OPEN.findall(printed))
    places.append(begin + len(folded) if whole else places[-1] + 1)
    gaps.append(whole or line[places[-1] : places[-1] + 1] in _SPACES + " ")
    return SqueezedLine(fold(printed), printed, tuple(places), tuple(gaps), brackets)


def closed(line: SqueezedLine, end: int, person: LabelPerson, shape: str, *, sure: bool) -> Label:
    """The label that ends after ``end`` characters, and after the notes that belong to it."""
    verb = ""
    while end < len(line.text):
        bracket = FIRST_BRACKET.match(line.text, end)
        if (
            bracket
            and not bracket["pre"]
            and (
                (NOTE.fullmatch(bracket["inner"]) and not line.gaps[end])
                or (
                    person.courtesy
                    and not line.gaps[end]
                    and len(bracket["inner"]) <= 12
                    and not NUMBER.fullmatch(bracket["inner"])
                )
            )
        ):
            end = bracket.end()
            continue
        said = VERB.match(line.text, end) or _CONTINUED.match(line.text, end)
        if said and not line.gaps[end] and line.ends(said.end()):
            verb = said[1] if said.re is VERB else verb
            end = said.end()
            continue
        if line.text[end] == ":":
            end += 1
        break
    return Label(
        name=line.as_printed(person.name) or None,
        office=line.as_printed(person.office),
        seat=line.as_printed(person.seat),
        end=line.places[end] if end < len(line.places) else line.places[-1],
        sure=sure,
        shape=shape,
        verb=verb,
        courtesy=person.courtesy,
    )
