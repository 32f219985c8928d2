"""A speaker's label at the beginning of a line: whose, in which office, and where the words begin.

Forms: docs/reading.md. A label is read on the line folded and without space, because both the
letters of an office (議　　長) and those of a name are spaced in print; gaps tell where it ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from unicodedata import normalize

from crawler.reading.offices import (
    IS_SEAT,
    IS_TOP,
    MEMBER,
    SEAT,
    TOP,
    is_department,
    is_known_office,
    is_name,
    is_office,
    parted,
)
from kazami.radicals import RADICALS

_LONGEST = 72
"""Characters of a line, without space, in which a label must end."""

_OPEN, _CLOSE = "（〔［【〈《[{｛", "）〕］】〉》]}｝"
FOLD = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "\t\r\u3000\xa0\u200b\u2002\u2003\u2009\ufeff"), " ")
    | dict.fromkeys(map(ord, _OPEN), "(")
    | dict.fromkeys(map(ord, _CLOSE), ")")
    | {code: normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | str.maketrans(RADICALS)
    | {ord("："): ":"}
)
"""Character by character, so that places in a folded line are places in the printed one."""

_COURTESY = r"(?:(?<!諸)君|(?<!皆)さん|氏|くん)"
_AFTER_NAME = rf"(?:{_COURTESY}|{MEMBER})"
_NOTE = re.compile(
    r"(?:再?登壇|降壇|続き?|つづき|続行|自席(?:で|から|にて)?|発言席.{0,3}|演壇.{0,3}|質問席.{0,3}|起立|着席|挙手|"
    r"[入退]場|[退出着]席|拍手|笑声?|朗読|資料.{0,6}|[^()]*(?:呼ぶ者|者あり|声あり|と呼び)[^()]*|"
    r"[^()]*[0-9〇一二三四五六七八九十](?:人|名|時|分)[^()]*|休憩.*|再開.*|"
    r"[^()]*(?:登壇|降壇|退席|退場|入場|着席|起立|挙手|質問席へ?|発言席へ?|演壇へ?|自席へ?))"
)
_NUMBER = re.compile(r"[0-9一二三四五六七八九十]{1,3}|[ア-ンa-zA-Z]")
_VERB = re.compile(r"(再?答弁|再?質問|再?質疑|発言|報告|説明|登壇)")
_CONTINUED = re.compile(r"の?続き?|つづき")
GOES_ON = re.compile(
    r"の(?!ち)|は(?!い)|が(?!ん)|を|に(?:つい|対|よ|お[けい]|関|係|は|も)|と(?:の|い|は|し|も|か)|から|より|及び|並びに|"
    r"ほか|外|等|ら(?:が|は|の)|・|、|。|」|へ|や(?!は)|まで|だけ"
)
"""How a sentence goes on after a word: 教育長の報告について is no label of 教育長."""

_FIRST_BRACKET = re.compile(
    r"(?P<pre>[^()「」『』、。,!?]{0,34})\((?P<inner>(?:[^()]|\([^()]*\)){1,44})\)"
)
_INITIAL = re.compile(r"(?P<family>[^()「」『』、。,.:!?]{1,6})\([^()]{1,3}\)")
_SEAT_AND_NAME = re.compile(
    rf"(?P<seat>{SEAT})(?:{MEMBER})?:?(?P<name>[^()、。「」]{{2,10}}?(?:\([^()]{{1,3}}\))?)"
    rf"(?P<courtesy>{_AFTER_NAME})?"
)
_OFFICE_AND_NAME = re.compile(
    rf"(?P<office>(?:{TOP})|[^()、。「」:]{{2,30}}?):(?P<name>[^()、。「」:]{{2,10}}?)(?P<courtesy>{_AFTER_NAME})?"
    rf"|(?P<top>{TOP})(?P<of>[^()、。「」]{{2,10}}?)(?P<polite>{_COURTESY})"
)
_NAME_AND_MEMBER = re.compile(
    rf"(?P<name>[^()、。「」]{{1,10}}?(?:\([^()]{{1,3}}\))?)(?P<office>{MEMBER})(?:{_COURTESY})?"
)
_NAME_AND_COURTESY = re.compile(
    rf"(?P<name>[^()、。「」:]{{1,24}}?(?:\([^()]{{1,3}}\))?)(?P<courtesy>{_COURTESY})"
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
class _Person:
    name: str
    office: str | None = None
    seat: str | None = None
    courtesy: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
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


def squeeze(line: str, begin: int = 0) -> _Line:
    """The folded ``line`` from ``begin`` on, without its space."""
    letters: list[str] = []
    places: list[int] = []
    gaps: list[bool] = []
    gap = False
    folded = fold(line[begin : begin + 4 * _LONGEST])
    for at, letter in enumerate(folded):
        if letter == " ":
            gap = True
            continue
        letters.append(letter)
        places.append(begin + at)
        gaps.append(gap)
        gap = False
        if len(letters) == _LONGEST:
            break
    places.append(begin + len(folded) if len(letters) < _LONGEST else places[-1] + 1)
    gaps.append(gap or len(letters) < _LONGEST)
    brackets = "".join(line[place] for place in places[:-1] if line[place] in _OPEN + "(")
    printed = "".join(line[place] for place in places[:-1])
    return _Line("".join(letters), printed, tuple(places), tuple(gaps), brackets)


def read_label(
    line: str, begin: int = 0, knows: Callable[[str], bool] = lambda name: False
) -> Label | None:
    """The label that begins at ``begin`` in ``line``, with or without brackets; None without one.

    ``knows`` says of a name whether it is a speaker's elsewhere in the sitting or in its roster.
    """
    squeezed = squeeze(line, begin)
    if not squeezed.text:
        return None
    return _bracketed(squeezed, knows) or _plain(squeezed, knows) or _run_into(squeezed, knows)


def _closed(line: _Line, end: int, person: _Person, shape: str, *, sure: bool) -> Label:
    """The label that ends after ``end`` characters, and after the notes that belong to it."""
    verb = ""
    while end < len(line.text):
        bracket = _FIRST_BRACKET.match(line.text, end)
        if (
            bracket
            and not bracket["pre"]
            and (
                _NOTE.fullmatch(bracket["inner"])
                or (person.courtesy and not line.gaps[end] and len(bracket["inner"]) <= 12)
            )
        ):
            end = bracket.end()
            continue
        said = _VERB.match(line.text, end) or _CONTINUED.match(line.text, end)
        if said and not line.gaps[end] and line.ends(said.end()):
            verb = said[1] if said.re is _VERB else verb
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


# With brackets -----------------------------------------------------------------------------


def _bracketed(line: _Line, knows: Callable[[str], bool]) -> Label | None:
    found = _FIRST_BRACKET.match(line.text)
    if found is None:
        return None
    pre, inner, end = found["pre"], found["inner"], found.end()
    if _NUMBER.fullmatch(inner):
        return None  # what is said begins with （１）
    kind = line.brackets[:1]
    if not pre:
        person = _person(inner, knows)
        if person is None or not (person.courtesy or person.office or person.seat):
            return None
        return _closed(line, end, person, f"{kind}name", sure=True)
    if _spoken_before(line, pre):
        return None
    return (
        _with_initial(line, knows)
        or _second_office(line, pre, inner, end)
        or _office_bracket_name(line, pre, inner, end, kind, knows)
        or _name_bracket(line, pre, inner, end, kind, knows)
    )


def _spoken_before(line: _Line, pre: str) -> bool:
    """Whether so much stands before the bracket that it is far inside of what is said."""
    words = sum(line.gaps[1 : len(pre)])
    return words > max(3, len(pre) - 1) or (
        words > 0 and re.search("(?:です|ます|した|から)", pre) is not None
    )


def _with_initial(line: _Line, knows: Callable[[str], bool]) -> Label | None:
    """例示（太）委員, 例示（太）計画課長: two of one family, told apart."""
    found = _INITIAL.match(line.text)
    if found is None or line.gaps[found.end()] or is_known_office(found["family"]):
        return None
    if not (is_name(found["family"]) or knows(found["family"])):
        return None
    name = line.text[: found.end()]
    for end in range(found.end() + 1, min(len(line.text), found.end() + 24) + 1):
        if not line.ends(end):
            continue
        office = line.text[found.end() : end]
        if office in ("議員", "委員") or is_office(office):
            return _closed(line, end, _Person(name, office), "name(x)office", sure=True)
        if re.fullmatch(_COURTESY, office):
            return _closed(line, end, _Person(name, None, None, office), "name(x)君", sure=True)
    return None


def _second_office(line: _Line, pre: str, inner: str, end: int) -> Label | None:
    """例示部長（見本課長事務取扱）: the bracket holds another office; all is one speaker."""
    if re.search("(?:事務取扱|兼務|併任|心得)$", inner) is None or parted(pre) is None:
        return None
    polite = re.compile(_COURTESY).match(line.text, end)
    person = _Person(line.text[:end], courtesy=polite[0] if polite else "")
    end = polite.end() if polite else end
    return _closed(line, end, person, "name(office", sure=True) if line.ends(end) else None


def _office_bracket_name(
    line: _Line, pre: str, inner: str, end: int, kind: str, knows: Callable[[str], bool]
) -> Label | None:
    """議長（例示花子君）, 議員（８番例示太郎君）, 番外［知事］（例示花子君）."""
    office: str | None = pre
    second = _FIRST_BRACKET.match(line.text, end) if end < len(line.text) else None
    held = is_known_office(inner) or (is_office(inner) and not _person_like(inner))
    if held and not inner.endswith(pre):
        if second is not None and not second["pre"] and (person := _person(second["inner"], knows)):
            office = inner if pre == "番外" else line.text[:end]
            return _closed(
                line,
                second.end(),
                replace(person, office=office),
                f"office{kind}office(name",
                sure=True,
            )
        if pre == "番外" or (is_known_office(pre) and not is_name(inner)):
            office = inner if pre == "番外" else line.text[:end]
            if line.ends(end):
                return _closed(line, end, _Person("", office), f"office{kind}office", sure=True)
    if re.fullmatch(rf".*{_COURTESY}", pre) or _NOTE.fullmatch(inner):
        return None
    person = _person(inner, knows, member=pre in ("議員", "委員"))
    if inner.endswith(pre) and pre not in ("議員", "委員"):
        person = _Person(inner)  # 委員長（例示委員長）: the bracket says the office again
    if person is None and is_known_office(pre) and re.fullmatch(rf".+\(.+\).*{_COURTESY}?", inner):
        person = _Person(re.sub(f"{_COURTESY}$", "", inner))
    if person is None:
        return None
    seat = IS_SEAT.fullmatch(pre)
    if seat:
        return _closed(
            line, end, replace(person, office=pre, seat=seat["seat"]), f"seat{kind}name", sure=True
        )
    known = is_known_office(pre) or pre in ("議員", "委員") or is_office(pre)
    told = person.courtesy or person.seat or (is_name(pre) and knows(inner))
    if not known and (knows(pre) or not told):
        return None
    if not known and parted(pre):
        return None
    member = _NAME_AND_MEMBER.fullmatch(pre)
    if member and not (person.courtesy or person.seat or knows(inner)) and is_name(member["name"]):
        return None  # the bracket holds a party
    if person.office in ("議員", "委員"):
        person = replace(person, office=None)
    elif person.office and pre not in ("議員", "委員"):
        return None
    office = None if pre == "番外" else pre
    return _closed(
        line,
        end,
        replace(person, office=office),
        f"office{kind}name",
        sure=known or bool(person.courtesy),
    )


def _person_like(inner: str) -> bool:
    return re.fullmatch(rf".*{_AFTER_NAME}", inner) is not None and inner not in ("議員", "委員")


def _name_bracket(
    line: _Line, pre: str, inner: str, end: int, kind: str, knows: Callable[[str], bool]
) -> Label | None:
    """例示太郎君（続）, 例示太郎議員（例示党）, 例示太郎（市長）."""
    polite = _NAME_AND_COURTESY.fullmatch(pre)
    member = _NAME_AND_MEMBER.fullmatch(pre)
    held = _OFFICE_AND_NAME.fullmatch(pre)
    if held and held["top"] and is_name(held["of"]):
        person = _Person(held["of"], held["top"], None, held["polite"])
        return _closed(line, end, person, f"office name{kind}", sure=True)
    if polite and is_name(polite["name"]):
        person = _Person(polite["name"], None, None, polite["courtesy"])
        return _closed(line, end, person, f"name君{kind}", sure=True)
    if member and is_name(member["name"]) and not IS_TOP.fullmatch(pre):
        if _NOTE.fullmatch(inner):
            return None  # the same without the note
        person = _Person(member["name"], None if member["office"] == "議員" else "委員")
        return _closed(line, end, replace(person, courtesy="議員"), f"name議員{kind}", sure=True)
    if is_office(inner) and (is_name(pre) or knows(pre)) and not is_known_office(pre):
        return _closed(
            line, end, _Person(pre, inner), f"name{kind}office", sure=is_known_office(inner)
        )
    return None


def _person(inner: str, knows: Callable[[str], bool], *, member: bool = False) -> _Person | None:
    """Who stands in a bracket: 例示花子君, 例示花子議長, ８番例示太郎君, 議長:例示花子.

    ``member``: 議員 stands before it, so that 一番 is a seat and not the beginning of 一番合瀬.
    """
    if _NOTE.fullmatch(inner):
        return None
    found = _SEAT_AND_NAME.fullmatch(inner)
    if found and (member or found["seat"][0].isdigit()):
        return _Person(found["name"], None, found["seat"], found["courtesy"] or "")
    if found := _OFFICE_AND_NAME.fullmatch(inner):
        office, name = found["office"] or found["top"], found["name"] or found["of"]
        if is_name(name) or knows(name):
            return _Person(name, office, None, found["courtesy"] or found["polite"] or "")
    if found := _NAME_AND_COURTESY.fullmatch(inner):
        twice = _NAME_AND_MEMBER.fullmatch(found["name"])
        name = twice["name"] if twice and not twice["name"].endswith(("教育", "監査")) else ""
        return _Person(name or found["name"], None, None, found["courtesy"])
    if apart := parted(inner):
        return _Person(*apart)
    if found := _NAME_AND_MEMBER.fullmatch(inner):
        return _Person(found["name"], found["office"], None, found["office"])
    if polite := re.fullmatch(rf"([^()]+\([^()]+\))({_COURTESY})", inner):
        return _Person(polite[1], courtesy=polite[2])
    return _Person(inner) if is_name(inner) or knows(inner) else None


# Without brackets --------------------------------------------------------------------------


def _plain(line: _Line, knows: Callable[[str], bool]) -> Label | None:
    stops = [at for at in range(1, min(len(line.text), 36) + 1) if line.ends(at)]
    until = re.search("[「」『』、。,!?(:]", line.text)
    if until is not None:
        stops = [at for at in stops if at <= until.start()]
    return (
        _office_then_name(line, stops, knows)
        or _name_then_office(line, stops, knows)
        or _alone(line, stops, knows)
    )


def _office_then_name(line: _Line, stops: list[int], knows: Callable[[str], bool]) -> Label | None:
    """議長　例示　花子君, ３番例示太郎議員, 総務課長　例示太郎: a known name, or with 君."""
    for at in range(1, min(len(line.text), 26)):
        office = line.text[:at]
        seat = IS_SEAT.fullmatch(office)
        gap = line.gaps[at]
        member = gap and office in ("議員", "委員")
        if not (seat or member or IS_TOP.fullmatch(office) or (gap and is_office(office))):
            continue
        if any(line.gaps[1:at]) and not all(line.gaps[1:at]):
            continue  # 委員　長谷川君 is no 委員長
        if seat and line.text[at : at + 2] in ("議員", "委員"):
            continue
        known = [end for end in stops if gap and knows(line.text[at:end])]
        for end in known[-1:] or stops:
            rest = line.text[at:end]
            if not 2 <= len(rest) <= 13:
                continue
            polite = re.fullmatch(rf"(?P<name>.+?)(?P<courtesy>{_COURTESY}|議員)", rest)
            name = polite["name"] if polite else rest
            if not is_name(name) and not knows(name):
                continue
            if polite is None and not (gap and knows(name)):
                continue
            if polite and polite["courtesy"] == "議員" and not seat:
                continue  # 議長　例示議員: whom the chair calls
            person = _Person(name, office, seat["seat"] if seat else None, "君" if polite else "")
            return _closed(line, end, person, "office name", sure=True)
    return None


def _name_then_office(line: _Line, stops: list[int], knows: Callable[[str], bool]) -> Label | None:
    """例示太郎　総務課長, 例示　太郎企画財政課長, 例示花子議長."""
    for end in stops:
        words = line.text[:end]
        if any(at < end and is_known_office(line.text[:at]) for at in stops):
            return None  # 議長　例示議員: whom the chair calls
        if not 2 <= len(words) <= 34 or IS_SEAT.fullmatch(words) or is_known_office(words):
            continue
        if cut := _after_known_name(words, knows):
            return _closed(line, end, _Person(words[:cut], words[cut:]), "name office", sure=True)
        apart = [at for at in range(1, end) if line.gaps[at]]
        for at in reversed(apart):
            name, office = words[:at], words[at:]
            if is_known_office(office) and is_name(name) and not is_known_office(name):
                return _closed(line, end, _Person(name, office), "name office", sure=True)
        if found := parted(words):
            return _closed(line, end, _Person(*found), "nameoffice", sure=_telling(found[1]))
        member = _NAME_AND_MEMBER.fullmatch(words)
        if (
            member
            and is_name(member["name"])
            and not member["name"].endswith(("監査", "教育", "専門"))
        ):
            person = _Person(member["name"], member["office"])
            return _closed(line, end, person, "nameoffice", sure=True)
    return None


def _after_known_name(words: str, knows: Callable[[str], bool]) -> int:
    """Where a known name ends and an office begins, rather one of a list; 0 where nowhere."""
    cuts = [
        at
        for at in range(2, len(words))
        if knows(words[:at]) and (is_office(words[at:]) or words[at:] in ("議員", "委員"))
    ]
    return max(cuts, key=lambda at: (is_known_office(words[at:]), -len(words[at:])), default=0)


def _run_into(line: _Line, knows: Callable[[str], bool]) -> Label | None:
    """例示議長おはようございます: the words begin at once, where the office or 君 ends.

    Only the sitting's own names, the offices of the top and those with a department tell where.
    """
    longest = re.match(r"[^()「」『』、。,.!?]*", line.text)
    until = min(len(longest[0]) if longest else 0, 30)
    for end in range(2, until):
        words = line.text[:end]
        if GOES_ON.match(line.text, end) or line.gaps[end]:
            continue
        seat = IS_SEAT.fullmatch(words)
        if seat and not line.text.startswith(("議員", "委員"), end):
            return _closed(line, end, _Person("", words, seat["seat"]), "seat+", sure=False)
        if is_known_office(words) and not _longer_office(line.text, end):
            return _closed(line, end, _Person("", words), "office+", sure=False)
        if (cut := _after_known_name(words, knows)) and not _longer_office(line.text, end):
            return _closed(line, end, _Person(words[:cut], words[cut:]), "nameoffice+", sure=True)
        apart = parted(words)
        if apart and not _longer_office(line.text, end):
            return _closed(line, end, _Person(*apart), "nameoffice+", sure=_telling(apart[1]))
        member = _NAME_AND_MEMBER.fullmatch(words)
        known = is_known_office(words) or _longer_office(line.text, end)
        if member and is_name(member["name"]) and not known:
            person = _Person(member["name"], member["office"])
            return _closed(line, end, person, "nameoffice+", sure=True)
        polite = _NAME_AND_COURTESY.fullmatch(words)
        if polite and is_name(polite["name"]) and len(polite["name"]) >= 2:
            person = _Person(polite["name"], None, None, polite["courtesy"])
            return _closed(line, end, person, "name君+", sure=knows(polite["name"]))
    return None


def _telling(office: str) -> bool:
    """Whether an office tells by itself that a name ends before it."""
    return IS_TOP.fullmatch(office) is not None or is_department(office)


_LONGER = re.compile(
    r"(?:職務)?代理|職務代行|補佐|心得|事務取扱|兼|室長|次長|課長|係長|部長|局長|理事|参事|主幹|主査|監(?!査)|員(?!会)"
)


_GO_ON = {("委員", "長"), ("委員", "会"), ("代理", "者"), ("代行", "者")}
_AFTER_A_HEAD = ("職務代理", "代理", "職務代行", "補佐", "心得", "事務取扱", "兼")


def _longer_office(text: str, end: int) -> bool:
    """Whether the office goes on: 課長 of 課長補佐."""
    further = _LONGER.match(text, end)
    if further is not None and text[:end].endswith("長"):
        return further[0] in _AFTER_A_HEAD
    last, first = text[end - 2 : end], text[end : end + 1]
    return further is not None or (last, first) in _GO_ON or (last[-1], first) == ("監", "査")


def _alone(line: _Line, stops: list[int], knows: Callable[[str], bool]) -> Label | None:
    """議　　長, ３番, 例示太郎君, センター長, 例示太郎."""
    for end in stops:
        words = line.text[:end]
        seat = IS_SEAT.fullmatch(words)
        if seat:
            return _closed(line, end, _Person("", words, seat["seat"]), "seat", sure=False)
        spaced = [
            at
            for at in stops
            if end < at <= 6 and all(line.gaps[1:at]) and is_known_office(line.text[:at])
        ]
        if spaced:
            end, words = spaced[-1], line.text[: spaced[-1]]  # 委　員　長
        if words in ("議員", "委員"):
            return _closed(line, end, _Person("", words), "office", sure=False)
        if is_known_office(words):
            further = [
                at
                for at in stops
                if at > end and not any(line.gaps[end + 1 : at]) and is_known_office(line.text[:at])
            ]
            end = further[-1] if further and not line.gaps[end] else end
            return _closed(line, end, _Person("", line.text[:end]), "office", sure=False)
        if (polite := _NAME_AND_COURTESY.fullmatch(words)) and is_name(polite["name"]):
            person = _Person(polite["name"], None, None, polite["courtesy"])
            return _closed(line, end, person, "name君", sure=True)
        if knows(words) and len(words) >= 2:
            return _closed(line, end, _Person(words), "name", sure=False)
    for end in stops:
        words = line.text[:end]
        verb = re.search(f"{_VERB.pattern}$", words)
        if verb and line.ends(end) and verb.start() > 1:
            short = read_label(words[: verb.start()] + "　", 0, knows)
            if short is not None and short.end >= verb.start():
                return replace(
                    short,
                    name=line.as_printed(short.name),
                    office=line.as_printed(short.office),
                    seat=line.as_printed(short.seat),
                    end=line.places[end] if end < len(line.text) else line.places[-1],
                    verb=verb[1],
                )
        if is_office(words) and len(words) <= 20 and not any(line.gaps[1:end]):
            return _closed(line, end, _Person("", words), "office?", sure=False)
    for end in stops[:1]:
        words = line.text[:end]
        if _run_into(line, knows):
            return None
        if is_name(words) and 2 <= len(words) <= 10:
            return _closed(line, end, _Person(words), "name?", sure=False)
    return None
