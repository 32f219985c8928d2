"""Labels with brackets: 議長（例示花子君）, 【議長：例示花子】, 例示太郎議員（例示党）."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.reading.label_lines import (
    AFTER_NAME,
    COURTESY,
    FIRST_BRACKET,
    NAME_AND_COURTESY,
    NAME_AND_MEMBER,
    NOTE,
    NUMBER,
    OFFICE_AND_NAME,
    Label,
    LabelPerson,
    SqueezedLine,
    closed,
)
from crawler.reading.offices import (
    IS_SEAT,
    IS_TOP,
    MEMBER,
    MEMBERS,
    SEAT,
    is_known_office,
    is_name,
    is_office,
    parted,
)
from crawler.reading.told import Told

_INITIAL = re.compile(r"(?P<family>[^()「」『』、。,.:!?]{1,6})\([^()]{1,3}\)")

_SEAT_AND_NAME = re.compile(
    rf"(?P<seat>{SEAT})(?:{MEMBER})?:?(?P<name>[^()、。「」]{{2,10}}?(?:\([^()]{{1,3}}\))?)"
    rf"(?P<courtesy>{AFTER_NAME})?"
)


def bracketed(line: SqueezedLine, knows: Told) -> Label | None:
    found = FIRST_BRACKET.match(line.text)
    if found is None:
        return None
    pre, inner, end = found["pre"], found["inner"], found.end()
    if NUMBER.fullmatch(inner):
        return None  # what is said begins with （１）
    kind = line.brackets[:1]
    if not pre:
        person = _person(inner, knows)
        if person is None or not (person.courtesy or person.office or person.seat):
            return None
        return closed(line, end, person, f"{kind}name", sure=True)
    if _spoken_before(line, pre):
        return None
    return (
        _with_initial(line, knows)
        or _second_office(line, pre, inner, end)
        or _office_bracket_name(line, pre, inner, end, kind, knows)
        or _name_bracket(line, pre, inner, end, kind, knows)
    )


def _spoken_before(line: SqueezedLine, pre: str) -> bool:
    """Whether so much stands before the bracket that it is far inside of what is said."""
    words = sum(line.gaps[1 : len(pre)])
    return words > max(3, len(pre) - 1) or (
        words > 0 and re.search("(?:です|ます|した|から)", pre) is not None
    )


def _with_initial(line: SqueezedLine, knows: Told) -> Label | None:
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
            return closed(line, end, LabelPerson(name, office), "name(x)office", sure=True)
        if re.fullmatch(COURTESY, office):
            return closed(line, end, LabelPerson(name, None, None, office), "name(x)君", sure=True)
    return None


def _second_office(line: SqueezedLine, pre: str, inner: str, end: int) -> Label | None:
    """例示部長（見本課長事務取扱）: the bracket holds another office; all is one speaker."""
    if re.search("(?:事務取扱|兼務|併任|心得)$", inner) is None or parted(pre) is None:
        return None
    polite = re.compile(COURTESY).match(line.text, end)
    person = LabelPerson(line.text[:end], courtesy=polite[0] if polite else "")
    end = polite.end() if polite else end
    return closed(line, end, person, "name(office", sure=True) if line.ends(end) else None


def _office_bracket_name(
    line: SqueezedLine, pre: str, inner: str, end: int, kind: str, knows: Told
) -> Label | None:
    """議長（例示花子君）, 議員（８番例示太郎君）, 番外［知事］（例示花子君）."""
    office: str | None = pre
    gaps = line.gaps[len(pre) + 1 : end - 1]
    second = FIRST_BRACKET.match(line.text, end) if end < len(line.text) else None
    held = is_known_office(inner) or (is_office(inner) and not _person_like(inner))
    if held and not inner.endswith(pre):
        if second is not None and not second["pre"] and (person := _person(second["inner"], knows)):
            office = inner if pre == "番外" else line.text[:end]
            return closed(
                line,
                second.end(),
                replace(person, office=office),
                f"office{kind}office(name",
                sure=True,
            )
        if pre == "番外" or (is_known_office(pre) and not is_name(inner)):
            office = inner if pre == "番外" else line.text[:end]
            if line.ends(end):
                return closed(line, end, LabelPerson("", office), f"office{kind}office", sure=True)
    if re.fullmatch(rf".*{COURTESY}", pre) or NOTE.fullmatch(inner):
        return None
    named = (pre in MEMBERS or is_office(pre)) and "(" not in inner
    person = _person(
        inner, knows, member=pre in MEMBERS, gaps=gaps, office=not named or pre == "番外"
    )
    if inner.endswith(pre) and pre not in ("議員", "委員"):
        person = LabelPerson(inner)  # 委員長（例示委員長）: the bracket says the office again
    if person is None and is_known_office(pre) and re.fullmatch(rf".+\(.+\).*{COURTESY}?", inner):
        person = LabelPerson(re.sub(f"{COURTESY}$", "", inner))
    if person is None:
        return None
    seat = IS_SEAT.fullmatch(pre)
    if seat:
        return closed(
            line, end, replace(person, office=pre, seat=seat["seat"]), f"seat{kind}name", sure=True
        )
    known = is_known_office(pre) or pre in ("議員", "委員") or is_office(pre)
    told = person.courtesy or person.seat or (is_name(pre) and knows(inner))
    if not known and (knows(pre) or not told):
        return None
    if not known and parted(pre):
        return None
    member = NAME_AND_MEMBER.fullmatch(pre)
    courteous = person.courtesy or person.seat or knows(inner)
    if member and not (courteous or is_known_office(pre)) and is_name(member["name"]):
        return None  # the bracket holds a party
    if person.office in ("議員", "委員"):
        person = replace(person, office=None)
    elif person.office and pre not in ("議員", "委員"):
        return None
    office = None if pre == "番外" else pre
    return closed(
        line,
        end,
        replace(person, office=office),
        f"office{kind}name",
        sure=known or bool(person.courtesy),
    )


def _person_like(inner: str) -> bool:
    return re.fullmatch(rf".*{AFTER_NAME}", inner) is not None and inner not in ("議員", "委員")


def _name_bracket(
    line: SqueezedLine, pre: str, inner: str, end: int, kind: str, knows: Told
) -> Label | None:
    """例示太郎君（続）, 例示太郎議員（例示党）, 例示太郎（市長）."""
    polite = NAME_AND_COURTESY.fullmatch(pre)
    member = NAME_AND_MEMBER.fullmatch(pre)
    held = OFFICE_AND_NAME.fullmatch(pre)
    if held and held["top"] and is_name(held["of"]) and not (polite and knows(polite["name"])):
        person = LabelPerson(held["of"], held["top"], None, held["polite"])
        return closed(line, end, person, f"office name{kind}", sure=True)
    if polite and is_name(polite["name"]):
        person = LabelPerson(polite["name"], None, None, polite["courtesy"])
        return closed(line, end, person, f"name君{kind}", sure=True)
    if member and is_name(member["name"]) and not IS_TOP.fullmatch(pre):
        if NOTE.fullmatch(inner):
            return None  # the same without the note
        person = LabelPerson(member["name"], None if member["office"] == "議員" else "委員")
        return closed(line, end, replace(person, courtesy="議員"), f"name議員{kind}", sure=True)
    if is_office(inner) and (is_name(pre) or knows(pre)) and not is_known_office(pre):
        return closed(
            line, end, LabelPerson(pre, inner), f"name{kind}office", sure=is_known_office(inner)
        )
    return None


def _person(
    inner: str,
    knows: Told,
    *,
    member: bool = False,
    gaps: tuple[bool, ...] = (),
    office: bool = True,
) -> LabelPerson | None:
    """Who stands in a bracket: 例示花子君, 例示花子議長, ８番例示太郎君, 議長:例示花子.

    ``member``: 議員 stands before it, so that 一番 before a gap is a seat; without one it is the
    beginning of 一番合瀬. ``office``: none stands before it, so that one may stand inside.
    """
    if NOTE.fullmatch(inner):
        return None
    if (polite := NAME_AND_COURTESY.fullmatch(inner)) and polite["name"] in knows.names:
        return LabelPerson(polite["name"], None, None, polite["courtesy"])
    found = _SEAT_AND_NAME.fullmatch(inner)
    if found and (
        found["seat"][0].isdigit()
        or inner[found.end("seat")] == ":"
        or (member and _gap_after(found["seat"], gaps))
    ):
        return LabelPerson(found["name"], None, found["seat"], found["courtesy"] or "")
    if found := OFFICE_AND_NAME.fullmatch(inner) if office or ":" in inner else None:
        held, name = found["office"] or found["top"], found["name"] or found["of"]
        if is_name(name) or knows(name):
            return LabelPerson(name, held, None, found["courtesy"] or found["polite"] or "")
    if found := NAME_AND_COURTESY.fullmatch(inner):
        twice = NAME_AND_MEMBER.fullmatch(found["name"])
        name = twice["name"] if twice and not twice["name"].endswith(("教育", "監査")) else ""
        return LabelPerson(name or found["name"], None, None, found["courtesy"])
    for end, name, held in knows.leading(inner):
        if end == len(inner):
            return LabelPerson(name, held)
    if (apart := parted(inner)) and office:
        return LabelPerson(*apart)
    if found := NAME_AND_MEMBER.fullmatch(inner):
        return LabelPerson(found["name"], found["office"], None, found["office"])
    if polite := re.fullmatch(rf"([^()]+\([^()]+\))({COURTESY})", inner):
        return LabelPerson(polite[1], courtesy=polite[2])
    return LabelPerson(inner) if is_name(inner) or knows(inner) else None


def _gap_after(seat: str, gaps: tuple[bool, ...]) -> bool:
    return len(seat) < len(gaps) and gaps[len(seat)]
