"""Who speaks: from a printed label such as ○議長（例示太郎君） to speaker, office and stance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from crawler.reading import seats
from crawler.reading.seats import seat_of
from crawler.reading.spacing import without_space
from crawler.reading.stance import stance_of
from kazami.document import Stance

MARKS = "○〇◯◎●◆"
"""What minutes print before a speaker; ○ (U+25CB) and 〇 (U+3007) stand on the same pages."""


_OFFICE_AND_NAME = re.compile(
    r"(?P<office>.*)[（(](?P<name>(?:[^（）()]|[（(][^（）()]*[）)])+)[）)]"
)

_COURTESY = re.compile(r"(?<=.)(君|さん|氏)$")
_MEMBER = re.compile(r"(?P<name>.+)(?P<office>議員|委員)")

_TOP_OFFICE = (
    r"[仮副]?議長|臨時議長|副?(?:分科会?)?委員長|座長|副?知事|副?[市区町村]長|教育長|教育委員|"
    r"(?:代表)?監査委員|助役|収入役|会計管理者|国務大臣|副大臣|大臣政務官|政府参考人|事務総長|"
    r"参考人|公述人|会長代理|会長"
)
_NAME_AND_OFFICE = re.compile(
    rf"(?P<name>.{{2,7}}?)(?P<office>{_TOP_OFFICE})|(?P<short>.)(?P<of>国務大臣|政府参考人|参考人)"
)
_OFFICE_ALONE = re.compile(rf"{_TOP_OFFICE}|[0-9０-９]+番(?:議員)?|議員|委員")
_OFFICE_THEN_NAME = re.compile(
    rf"(?:(?P<seat>{seats.PATTERN})|(?P<office>{_TOP_OFFICE}|[^\s（()）]{{1,14}}[部課局室次所]長|参事))"
    r"(?P<gap>[ \t\u3000]*)(?P<name>[^（()）、。「]{2,12}?)(?P<courtesy>君|さん|氏|議員)?"
)
"""議長　例示　花子, 議長例示花子君, ３番例示太郎議員: without space, only a courtesy tells."""
_NO_NAME = re.compile(r"職務|代理|代行|心得|事務|[部課局室次所]長|[委議]員$|者$|担当")
_SECOND_OFFICE = re.compile(r"(?:事務取扱|兼務|併任|心得)$")
_NO_PERSON = re.compile(
    r"委員会|審議会|協議会|協会|組合|クラブ|連合|連盟|団体|議会|学会|商工会|[部課局室]長"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who holds the floor, as printed but for white space and 君, 議員, 委員 after the name."""

    speaker: str | None
    role: str | None
    stance: Stance

    @property
    def seat(self) -> str | None:
        """The 議席番号 that stands in place of an office."""
        return seat_of(self.role)


def plain_name(name: str) -> str:
    """A speaker's name without padding and without 君, さん, 氏, 議員 or 委員 after it."""
    name = without_space(name)
    bare = _COURTESY.sub("", name)
    member = _MEMBER.fullmatch(bare)
    return member["name"] if member and member["name"][-1] not in "育査理" else bare


@lru_cache(maxsize=256)
def speaker_of(label: str, roster: str = "") -> Speaker:
    """Read a label with or without brackets; ``roster`` is the list of those present.

    Four ways of printing were seen: 議長（例示君）, 議長　例示君, （例示議長） and 例示議長. In the
    last two name and office run together. They are parted where the roster has that office before
    that name, or where the office is one of the few at the top; 例示太郎都市整備部長 without a
    roster stays one speaker without office, because where the name ends would be a guess.
    """
    first = _office_first(label.strip())
    if first:
        return first
    label = without_space(label)
    outside = _OFFICE_AND_NAME.fullmatch(label)
    if outside and outside["office"] and not _SECOND_OFFICE.search(outside["name"]):
        speaker, role = plain_name(outside["name"]), outside["office"]
        return Speaker(speaker, role, stance_of(role, speaker))
    bare = outside["name"] if outside and not outside["office"] else label
    return _run_together(bare, roster)


def _office_first(label: str) -> Speaker | None:
    found = _OFFICE_THEN_NAME.fullmatch(label)
    if not found or not (found["gap"] or found["courtesy"]):
        return None
    name, role = without_space(found["name"]), found["seat"] or found["office"]
    if not 2 <= len(name) <= 8 or _NO_NAME.search(name):
        return None
    return Speaker(name, role, stance_of(role, name))


def _run_together(label: str, roster: str) -> Speaker:
    bare = _COURTESY.sub("", label)
    if bare != label:
        # Only those who hold no office are printed with nothing but 君: the members.
        return Speaker(bare, None, Stance.QUESTION)
    present = without_space(roster)
    for end in range(2, min(len(label) - 1, 10)):
        name, office = label[:end], label[end:]
        if office + name in present:
            return Speaker(name, office, stance_of(office, name))
    if _OFFICE_ALONE.fullmatch(label) or label in roster.split():
        return Speaker(None, label, stance_of(label))
    parted = _NAME_AND_OFFICE.fullmatch(label)
    if parted and parted["short"]:
        return Speaker(parted["short"], parted["of"], stance_of(parted["of"]))
    parted = parted or _MEMBER.fullmatch(label)
    if parted and not _NO_PERSON.search(parted["name"]):
        return Speaker(parted["name"], parted["office"], stance_of(parted["office"]))
    return Speaker(label, None, stance_of(None, label))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a sitting's list of speakers: where, whose, and the printed page it begins."""

    position: int
    label: str
    numbered: bool
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """The text that belongs to one entry, as printed, without its marker."""

    entry: Entry
    marker: str
    text: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance that was found by its marker alone. ``mark`` is ○, ◆, ◎ … or nothing."""

    mark: str
    label: str
    text: str


class Misaligned(ValueError):
    """The text does not hold the utterances that the list of speakers announces."""


_PAGE_MARK = re.compile(r'<PAGE="(\d+)">')
_LINE_OF_PAGE_MARK = re.compile(r'^<PAGE="\d+">\n?|\n?<PAGE="\d+">$|<PAGE="\d+">', re.MULTILINE)
_BLANK = " \t\u3000"
_BRACKET = re.compile(r"[（(]")
_MARKED_LINE = re.compile(rf"^[{MARKS}].*$", re.MULTILINE)
_TURN = re.compile(
    rf"^[ \u3000]*(?P<mark>[{MARKS}])[ \u3000]*"
    r"(?P<label>[^（()）\n。、「]{0,30}[（(](?:[^（()）\n]|[（(][^（()）\n]*[）)]){1,40}"
    r"(?:[）)](?=[ \u3000\n]|$)|君[）)])"
    r"|(?:[^\s（()）「。、]{1,14}[長番事][ \u3000]+)?[^\s（()）「。、]{1,8}(?<!君)"
    r"(?:[ \u3000]+[^\s（()）「。、]{1,5})?(?:君|さん|議員)(?=[ \u3000])"  # ３番　例示　太郎君
    r"|[^\s（()）「。、]{1,8}[ \u3000]+[^\s（()）「。、]{0,5}"
    rf"(?:{_TOP_OFFICE}|委員)(?=[ \u3000])"  # 例示　花子議長
    r"|[^\s（()）「。、]{1,10}[（(][^（()）\n]{1,5}[）)][^\s（()）「。、]{1,14}(?=[ \u3000])"
    r"|[^\s（「。、]{2,30}(?=[ \u3000]))[ \u3000]*",
    re.MULTILINE,
)
_BRACKETED = r"[（(](?:[^（()）\n]|[（(][^（()）\n]*[）)]){1,40}[）)]"
_LABEL = re.compile(
    rf"[^\s（()）。、]{{1,40}}{_BRACKETED}(?=[\s〔（(]|$)"  # 議長（例示花子君）
    rf"|[^\s（()）。、]{{0,20}}{_BRACKETED}(?:(?:副?委員長|副?議長|[委議]員|君|さん)(?=\s|$)|)"
    r"|[^\s（()）。、〔]{1,40}(?=[\s〔]|$)"  # 委員長
)
_COUNTED = re.compile(r"[0-9０-９一二三四五六七八九十](?:人|名|時|分)[）)]?$")
_INVITED = re.compile(
    r"(?:参考人|公述人|証人|説明[員者]|提出者|紹介議員|請願者|事務局[^（]*|書記長?)$"
)
_PRESENT = re.compile(r"(?:出席|欠席|列席|応招|不応招|遅刻|早退|署名|会議録署名|説明のため)")
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


def leading(text: str) -> Turn | None:
    """The whole text as one turn, if it begins with a mark and a speaker."""
    found = _TURN.match(text)
    if not found or not _is_speaker(found["label"]):
        return None
    return Turn(found["mark"], found["label"], text[found.end() :].strip())


def marked(text: str, mark: str) -> tuple[str, Turn] | None:
    """What stands before the first line that begins with ``mark``, and the turn that it begins.

    For blocks that a site has cut itself, where ``mark`` is known to mean a speaker whoever it is:
    ◯議長（例示花子君）, ◯例示（太）委員, ◯委員長. None where no line begins with it and a label.
    """
    for line in re.finditer(rf"^[ \u3000]*{mark}[ \u3000]*", text, re.MULTILINE):
        label = _LABEL.match(text, line.end())
        if label:
            turn = Turn(mark, label[0], text[label.end() :].strip())
            return text[: line.start()], turn
    return None


def turns(text: str) -> tuple[str, list[Turn]]:
    """Cut at every line that begins with a mark and a speaker, where no list of them exists.

    ○議長（例示花子君）, ◆例示太郎委員, 〇１番（例示太郎議員）. A line like ○議案第１号（追加） or
    〇出席議員（２６人） is no speaker. Returns the text before the first one, and the utterances.
    """
    found = [line for line in _TURN.finditer(text) if _is_speaker(line["label"])]
    if not found:
        return text, []
    ends = [line.start() for line in found[1:]] + [len(text)]
    cut = [
        Turn(line["mark"], line["label"], text[line.end() : end].strip())
        for line, end in zip(found, ends, strict=True)
    ]
    return text[: found[0].start()], _with_known_names(cut)


def _with_known_names(cut: list[Turn]) -> list[Turn]:
    """議長　例示　花子　開きます: the name is one where it stands with an office elsewhere."""
    names = {
        who.speaker for who in (speaker_of(turn.label) for turn in cut) if who.speaker and who.role
    }
    whole = [name for name in names if len(name) >= 3]
    named = []
    for turn in cut:
        if speaker_of(turn.label).speaker is None:
            for name in whole:
                end = _past_label(turn.text, 0, name)
                if end is not None and turn.text[end : end + 1] in ("", "\n", *_BLANK):
                    label = f"{turn.label}（{name}）"
                    turn = Turn(turn.mark, label, turn.text[end:].strip())
                    break
        named.append(turn)
    return named


def indented_turns(text: str) -> tuple[str, list[Turn]]:
    """Cut where a speaker stands alone on a line and what he says is indented under it.

    So 神奈川県 prints its committees, without any mark. Lines that begin at the margin and have
    nothing indented under them (委員会名), or begin with a number (５　質疑), are not spoken: they
    are returned first, joined.
    """
    rest: list[str] = []
    cut: list[tuple[str, list[str]]] = []
    speaking = False
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line[:1] in ("", *_BLANK):
            (cut[-1][1] if speaking else rest).append(line)
            continue
        under = following[:1] in tuple(_BLANK) and bool(following.strip())
        speaking = under and bool(_ON_ITS_OWN.fullmatch(line))
        if speaking:
            cut.append((line.strip(), []))
        else:
            rest.append(line)
    said = [Turn("", label, "\n".join(below).strip()) for label, below in cut]
    return "\n".join(rest).strip(), said


def _is_speaker(label: str) -> bool:
    bare = without_space(label)
    if _COUNTED.search(bare) or _PRESENT.match(bare):
        return False
    who = speaker_of(bare)
    return (
        who.stance is not Stance.OTHER
        or bool(_COURTESY.search(bare.rstrip("）)")))
        or bool(_INVITED.search(who.role or bare))
    )


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
    for entry, (_, begin, marker), end in zip(entries, found, ends, strict=True):
        page = entry.page or page
        said = text[begin:end]
        yield Block(entry, marker, _LINE_OF_PAGE_MARK.sub("", said), page)
        for mark in _PAGE_MARK.finditer(said):
            page = int(mark[1])
