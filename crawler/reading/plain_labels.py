"""Labels without brackets: 議長　例示花子君, 例示花子議長, ３番, 例示議長おはようございます。"""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.reading.label_lines import (
    COURTESY,
    GOES_ON,
    NAME_AND_COURTESY,
    NAME_AND_MEMBER,
    VERB,
    Label,
    LabelPerson,
    SqueezedLine,
    closed,
    squeeze,
)
from crawler.reading.offices import (
    COMMISSIONS,
    IS_SEAT,
    IS_TOP,
    LAST,
    MEMBER,
    MEMBERS,
    ONE_SCRIPT,
    is_department,
    is_known_office,
    is_name,
    is_no_surname,
    is_office,
    parted,
)
from crawler.reading.told import Told


def plain(line: SqueezedLine, knows: Told) -> Label | None:
    stops = [at for at in range(1, min(len(line.text), 36) + 1) if line.ends(at)]
    until = re.search("[「」『』、。,!?(:]", line.text)
    if until is not None:
        stops = [at for at in stops if at <= until.start()]
    return (
        _office_then_name(line, stops, knows)
        or _name_then_office(line, stops, knows)
        or _alone(line, stops, knows)
    )


def _office_then_name(line: SqueezedLine, stops: list[int], knows: Told) -> Label | None:
    """議長　例示　花子君, ３番例示太郎議員, 総務課長　例示太郎: a known name, or with 君."""
    named = any(_polite_name(line.text[:end]) in knows.names for end in stops)
    for at in range(1, min(len(line.text), 26)):
        if line.text[at - 1] not in LAST and not line.gaps[at]:
            continue
        office = line.text[:at]
        seat = IS_SEAT.fullmatch(office)
        gap = line.gaps[at]
        if named and not gap:
            continue  # 一番合瀬太郎君
        member = gap and office in ("議員", "委員")
        if not (seat or member or IS_TOP.fullmatch(office) or (gap and is_office(office))):
            continue
        if any(line.gaps[1:at]) and not all(line.gaps[1:at]):
            continue  # 委員　長谷川君 is no 委員長
        if seat and line.text[at : at + 2] in MEMBERS:
            continue
        if _longer_office(line.text, at) and not gap:
            continue  # 議長職務代理者 is no 議長職務代理 of 者
        known = [end for end in stops if gap and _is_told(line.text[at:end], knows)]
        if known and (whole := _with_given_name(line, at, known[-1], stops)):
            person = LabelPerson(line.text[at:whole], office, seat["seat"] if seat else None)
            return closed(line, whole, person, "office name", sure=True)
        for end in known[-1:] or stops:
            rest = line.text[at:end]
            if not 2 <= len(rest) <= 13:
                continue
            polite = re.fullmatch(rf"(?P<name>.+?)(?P<courtesy>{COURTESY}|議員)", rest)
            name = polite["name"] if polite else rest
            if not is_name(name) and not knows(name):
                continue
            if polite is None and not (gap and knows(name)):
                continue
            if polite and polite["courtesy"] == "議員" and not seat:
                continue  # 議長　例示議員: whom the chair calls
            person = LabelPerson(
                name, office, seat["seat"] if seat else None, "君" if polite else ""
            )
            return closed(line, end, person, "office name", sure=True)
    return None


def _with_given_name(line: SqueezedLine, at: int, end: int, stops: list[int]) -> int:
    """Where the given name ends behind a known family name (議長　例示　花子　開きます), or 0."""
    further = next((stop for stop in stops if stop > end), 0)
    given = line.text[end:further]
    stands_alone = line.gaps[end] and further < len(line.text) and line.gaps[further]
    if not (given and stands_alone and len(given) <= 4 and is_name(given)):
        return 0
    return further if _GIVEN.fullmatch(given) and end - at <= 4 else 0


_GIVEN = re.compile(rf"(?:{ONE_SCRIPT}|[ぁ-ん]{{1,3}}[\u3400-\u9fff])")


def _is_told(name: str, knows: Told) -> bool:
    return knows(name) or name in knows.people


def _polite_name(words: str) -> str:
    polite = NAME_AND_COURTESY.fullmatch(words)
    return polite["name"] if polite else ""


def told_name_and_office(line: SqueezedLine, knows: Told) -> Label | None:
    """例示太郎給食センター長, where the sitting tells of 例示太郎 or of a 給食センター長."""
    for end, name, office in knows.leading(line.text):
        if line.ends(end):
            return closed(line, end, LabelPerson(name, office), "nameoffice", sure=True)
        if GOES_ON.match(line.text, end) or _longer_office(line.text, end):
            continue
        return closed(line, end, LabelPerson(name, office), "nameoffice+", sure=True)
    return None


def _name_then_office(line: SqueezedLine, stops: list[int], knows: Told) -> Label | None:
    """例示太郎　総務課長, 例示　太郎企画財政課長, 例示花子議長."""
    known = _known_names(line, knows) if stops else []
    for end in stops:
        words = line.text[:end]
        if any(at < end and knows.serves(line.text[:at]) for at in stops):
            return None  # 議長　例示議員: whom the chair calls
        if not 2 <= len(words) <= 34 or IS_SEAT.fullmatch(words) or knows.serves(words):
            continue
        if cut := _after_known_name(words, known, knows):
            return closed(
                line, end, LabelPerson(words[:cut], words[cut:]), "name office", sure=True
            )
        apart = [at for at in range(1, end) if line.gaps[at]]
        for at in reversed(apart):
            name, office = words[:at], words[at:]
            if is_known_office(office) and is_name(name) and not is_known_office(name):
                return closed(line, end, LabelPerson(name, office), "name office", sure=True)
        if found := parted(words):
            return closed(line, end, LabelPerson(*found), "nameoffice", sure=_telling(found[1]))
        member = NAME_AND_MEMBER.fullmatch(words)
        if member and _is_members(member["name"]):
            person = LabelPerson(member["name"], member["office"])
            return closed(line, end, person, "nameoffice", sure=True)
    return None


def _is_members(name: str) -> bool:
    """Whether 議員 or 委員 after it makes a member, and no office: 監査, 副, 特別 do not."""
    return is_name(name) and not (name.endswith(COMMISSIONS) or is_no_surname(name))


def _known_names(line: SqueezedLine, knows: Told) -> list[int]:
    """Where the names end that are known and that the line begins with."""
    return knows.beginnings(line.text)


def _after_known_name(words: str, known: list[int], knows: Told) -> int:
    """Where a known name ends and an office begins, rather one of a list; 0 where nowhere.

    Of a known family name the given name may stand before the office.
    """
    cuts = [at for at in known if at < len(words)]
    if not cuts:
        return 0
    further = [
        at
        for at in range(cuts[-1] + 1, min(cuts[-1] + 5, len(words)))
        if not _POLITE.fullmatch(words, cuts[-1], at)
    ]
    for at in (*reversed(cuts), *further):
        if words[at:] in MEMBERS or knows.serves(words[at:]):
            return at if at in cuts or is_name(words[:at]) else 0
    unlisted = [at for at in cuts if is_office(words[at:]) and not words.endswith(MEMBERS)]
    return unlisted[-1] if unlisted else 0


_HEADS = re.compile(r"(?:一般|代表|個人|総括|関連|緊急|会派|追加|補足)+[質説]|.*(?:報告|説明)$")
"""一般質問, 提案理由説明: what begins, and no unknown person with his verb."""

_MEMBER_SOON = re.compile(rf"[^、。]{{1,3}}(?:{MEMBER})(?![長会])")

_GIVEN_NAME = re.compile(r"[子江代枝恵美夫男雄彦](?![、。　])")
"""What follows 君 in a given name."""

_PRESIDES_SOON = re.compile(r"[^、。]{1,7}?(?:議長|委員長)")

_POLITE = re.compile(COURTESY)

_ENDS = LAST | frozenset("君ん氏")


def run_into(line: SqueezedLine, knows: Told) -> Label | None:
    """例示議長おはようございます: the words begin at once, where the office or 君 ends.

    Only the sitting's own names, the offices of the top and those with a department tell where.
    """
    longest = re.match(r"[^()「」『』、。,.!?]*", line.text)
    until = min(len(longest[0]) if longest else 0, 30)
    told = knows.office_at(line.text)
    ends = [end for end in range(max(2, told), until) if line.text[end - 1] in _ENDS]
    known = _known_names(line, knows) if ends else []
    for end in ends:
        words = line.text[:end]
        if GOES_ON.match(line.text, end) or line.gaps[end] or _POLITE.match(line.text, end):
            continue
        seat = IS_SEAT.fullmatch(words)
        if seat and _PRESIDES_SOON.match(line.text, end) and not line.text[0].isdigit():
            continue  # 一番例示議長: whoever presides is printed without a seat
        if seat and not line.text.startswith(MEMBERS, end):
            return closed(line, end, LabelPerson("", words, seat["seat"]), "seat+", sure=False)
        if knows.serves(words) and not _longer_office(line.text, end):
            return closed(line, end, LabelPerson("", words), "office+", sure=False)
        if (cut := _after_known_name(words, known, knows)) and not _longer_office(line.text, end):
            return closed(
                line, end, LabelPerson(words[:cut], words[cut:]), "nameoffice+", sure=True
            )
        apart = parted(words)
        if apart and not _longer_office(line.text, end):
            return closed(line, end, LabelPerson(*apart), "nameoffice+", sure=_telling(apart[1]))
        member = NAME_AND_MEMBER.fullmatch(words)
        held = knows.serves(words) or _longer_office(line.text, end)
        if member and _is_members(member["name"]) and not held:
            person = LabelPerson(member["name"], member["office"])
            return closed(line, end, person, "nameoffice+", sure=True)
        polite = NAME_AND_COURTESY.fullmatch(words)
        if polite and (_MEMBER_SOON.match(line.text, end) or _GIVEN_NAME.match(line.text, end)):
            continue  # 例示君子議員, 例示君江総務課長
        if polite and is_name(polite["name"]) and len(polite["name"]) >= 2:
            person = LabelPerson(polite["name"], None, None, polite["courtesy"])
            return closed(line, end, person, "name君+", sure=knows(polite["name"]))
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
    last, first = text[max(end - 2, 0) : end], text[end : end + 1]
    return further is not None or (last, first) in _GO_ON or (last[-1], first) == ("監", "査")


def _alone(line: SqueezedLine, stops: list[int], knows: Told) -> Label | None:
    """議　　長, ３番, 例示太郎君, センター長, 例示太郎."""
    for end in stops:
        words = line.text[:end]
        seat = IS_SEAT.fullmatch(words)
        if seat:
            return closed(line, end, LabelPerson("", words, seat["seat"]), "seat", sure=False)
        spaced = [
            at
            for at in stops
            if end < at <= 6 and all(line.gaps[1:at]) and is_known_office(line.text[:at])
        ]
        if spaced:
            end, words = spaced[-1], line.text[: spaced[-1]]  # 委　員　長
        if words in ("議員", "委員"):
            return closed(line, end, LabelPerson("", words), "office", sure=False)
        if knows.serves(words):
            further = [
                at
                for at in stops
                if at > end and not any(line.gaps[end + 1 : at]) and is_known_office(line.text[:at])
            ]
            end = further[-1] if further and not line.gaps[end] else end
            return closed(line, end, LabelPerson("", line.text[:end]), "office", sure=False)
        if (polite := NAME_AND_COURTESY.fullmatch(words)) and is_name(polite["name"]):
            person = LabelPerson(polite["name"], None, None, polite["courtesy"])
            return closed(line, end, person, "name君", sure=True)
        if knows(words) and len(words) >= 2:
            return closed(line, end, LabelPerson(words), "name", sure=False)
    for end in stops:
        words = line.text[:end]
        verb = re.search(f"{VERB.pattern}$", words)
        if verb and line.ends(end) and (verb.start() > 1 or knows.serves(words[:1])):
            short = plain(squeeze(words[: verb.start()] + "　"), knows)
            if short is not None and short.shape == "name?" and _HEADS.match(words):
                short = None
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
            return closed(line, end, LabelPerson("", words), "office?", sure=False)
    for end in stops[:1]:
        words = line.text[:end]
        if run_into(line, knows):
            return None
        if is_name(words) and 2 <= len(words) <= 10:
            return closed(line, end, LabelPerson(words), "name?", sure=False)
    return None
