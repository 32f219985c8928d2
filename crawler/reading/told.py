"""What a sitting itself tells of its people: by its roster, by the chair's calls, by sure labels.

With it an office that nobody has listed is told from a name that it runs together with, and a name
that begins like a seat or an office (一番合瀬, 村長谷) from that seat or office.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from crawler.reading.label_lines import COURTESY, Label, fold
from crawler.reading.offices import (
    COMMISSIONS,
    IS_SEAT,
    MEMBERS,
    TOP_AT,
    is_department,
    is_known_office,
    is_name,
    is_no_surname,
    is_office,
    is_printed_name,
    may_end_office,
    parted,
)

_MOST_PEOPLE = 400
"""In one hall. Of more, only some are looked for everywhere, so that time grows with the text."""

LONGEST = 34
"""Characters of name and office together."""

_MOST_ROSTER = 50_000
"""Characters before the first speaker in which people are looked up."""

_LONGEST_LINE = 120
_MOST_WORDS = 24
"""Characters and words of a line in which several people stand."""

_FULL = 0.85
"""A line so long, by the sitting's usual ones, may go on in the next."""

_INDENTS = ("", " ", "\t", "\u3000", "\xa0")

_LONGEST_CALL = 60
"""Characters from the end of a sentence in which a call stands."""

_ENDS_CALL = frozenset("君ん氏員番長監官役者事任幹査師佐理")
_WISHED = ("許します", "求めます", "願います", "可します")

_POLITE = re.compile(rf"(?:{COURTESY}|議員|委員)$")

_WISHES = re.compile(
    r"(?:の(?:発言|登壇|質問|答弁|質疑|討論|報告|説明)?を?(?:許[しす可]|求め|お?願い).*|(?:、|から)?(?:お?願い|どうぞ).*)$"
)

_CHAIR = re.compile(
    r"^[^、]{1,10}?(?:(?:臨時|仮|副)?議長(?:職務)?(?:代[理行]者?)?|副?委員長|年長議員)(?=[^、]{2})"
)
"""The chair's own label, where what he says follows at once."""

_LEADS_IN = re.compile(
    r"^(?:次[にはの]?|続[いき]て|まず|初めに|最初に|最後に|それでは|では|ただいま[のは]?)"
)


@dataclass(slots=True)
class Told:
    """Names, offices, and who holds which; all folded and without space.

    Called with a name it says whether that is a speaker's elsewhere, or stands in the roster.
    ``pairs`` are (name, office), ``people`` the names in them, whole ones and family names;
    ``labels`` what was read at beginnings of lines that come again, ``end`` counted from there.
    """

    names: set[str] = field(default_factory=set)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    roster: str = ""
    labels: dict[str, Label | None] = field(default_factory=dict)
    _labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)
    _begins: set[str] = field(default_factory=set)
    _by_letter: dict[str, list[str]] = field(default_factory=dict)

    def __call__(self, name: str) -> bool:
        if not (self.names or self.roster):
            return False
        known = self._known.get(name)
        if known is None:
            known = name in self.names or (
                len(name) >= 3
                and not name.endswith((*COMMISSIONS, *MEMBERS))
                and name in self.roster
                and is_name(name)
                and not is_department(name)
            )
            self._known[name] = known
        return known

    def beginnings(self, text: str) -> list[int]:
        """Where the names end that are known and that ``text`` begins with."""
        most = min(len(text), 12)
        found = [at for at in range(2, most) if text[:at] in self.names]
        if self.roster and text[:3] in self.roster:
            # A longer beginning stands in the roster only where every shorter one does.
            for at in range(3, most):
                if text[:at] not in self.roster:
                    break
                if at not in found and self(text[:at]):
                    found.append(at)
            found.sort()
        return found

    def learn(self, names: Iterable[str]) -> set[str]:
        """Know these names too, as labels print them; gives the new ones."""
        new = {fold(name) for name in names if len(name) >= 2} - self.names
        self.names |= new
        self._known.clear()
        self.labels.clear()
        return new

    @staticmethod
    def names_in(line: str, names: set[str]) -> bool:
        """Whether a line begins with one of ``names``, or has it behind an office."""
        printed = fold(line[: 2 * LONGEST])
        if len(names) > _MOST_PEOPLE:
            return True
        if {name[0] for name in names}.isdisjoint(printed):
            return False
        start = "".join(printed.split())
        return any(name in start for name in names)

    def hold(self, name: str, office: str) -> None:
        """Know that somebody of this name holds this office, or this seat."""
        seat = IS_SEAT.fullmatch(office)
        self.pairs.add((name, office))
        self.people.add(name)
        if seat or office in MEMBERS:
            self.sit(name)
        else:
            self._labels[name + office] = (name, office)
            if len(self.offices) < _MOST_PEOPLE:
                self.serve(office)

    def sit(self, name: str) -> None:
        """Know that a member has this name."""
        for member in MEMBERS:
            self._labels.setdefault(name + member, (name, member))

    def serve(self, office: str) -> None:
        """Know that there is such an office."""
        self.offices.add(office)
        self._by_letter.clear()

    def leading(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Where name and office of somebody told end that ``text`` begins with, the surest first.

        Somebody who holds the office; else a name before an office that is told.
        """
        for end in range(min(len(text), LONGEST), 1, -1):
            found = self._labels.get(text[:end])
            if found is not None:
                yield end, *found
            elif text[:end] in self.offices:
                return
        for at in range(min(len(text), 9), 0, -1):
            if text[:at] in self.people and (held := TOP_AT.match(text, at)):
                yield held.end(), text[:at], held[0]
        for at in range(1, min(len(text), 10)):
            for office in self._beginning_with(text[at : at + 1]):
                if text.startswith(office, at) and self._before_an_office(text[:at], office):
                    yield at + len(office), text[:at], office

    def may_begin(self, words: str) -> bool:
        """Whether words begin as the label of somebody told may."""
        if not self._begins:
            self._begins = {each[:2] for each in (*self.people, *self.offices)}
        return words[:2] in self._begins

    def office_at(self, text: str) -> int:
        """Where the longest told office ends that ``text`` begins with; 0 without one."""
        offices = self._beginning_with(text[:1])
        return next((len(office) for office in offices if text.startswith(office)), 0)

    def serves(self, words: str) -> bool:
        """Whether words are an office, known to all or told here."""
        return words in self.offices or is_known_office(words)

    def _before_an_office(self, name: str, office: str) -> bool:
        whole = name + office
        if not is_name(name) or is_no_surname(name) or self.serves(name) or whole in self.offices:
            return False
        polite = _POLITE.search(name)
        if polite and polite.start() >= 2:
            return False  # 例示太郎君　総務委員長報告を申し上げます。
        listed = parted(whole)
        if listed is not None and len(listed[1]) > len(office):
            return False  # 例示総務部長, where somebody was called 部長
        return not (is_known_office(whole) and is_department(whole))

    def _beginning_with(self, letter: str) -> list[str]:
        if not self._by_letter:
            for office in sorted(self.offices, key=len, reverse=True):
                self._by_letter.setdefault(office[0], []).append(office)
        return self._by_letter.get(letter, [])


NOBODY = Told()
"""Where nothing is told."""


def told_of(front: str, text: str = "", width: int = 0) -> Told:
    """What the text before the first speaker tells, and the chair's calls in ``text``.

    ``width`` is the length of the sitting's usual lines.
    """
    front = front[:_MOST_ROSTER]
    told = Told(roster="".join(fold(front).split()))
    for line in _whole_lines(front, width):
        if len(line) <= _LONGEST_LINE and "。" not in line:
            for surname, name, office in _in_roster(fold(line).split()):
                told.names.update(each for each in (surname, name) if len(each) >= 2)
                told.hold(name, office)
                told.hold(surname, office)
    for name, office in calls(text, width):
        if len(name) >= 2:
            told.names.add(name)
        if name and office:
            told.hold(name, office)
        elif name:
            told.sit(name)
        elif len(told.offices) < _MOST_PEOPLE and not IS_SEAT.fullmatch(office):
            told.serve(office)
    return told


def _whole_lines(front: str, width: int) -> Iterator[str]:
    """The lines of a front page, with those that the print breaks for want of room as one."""
    whole = ""
    for line in filter(None, front.split("\n")):
        if width and len(whole) >= _FULL * width and line[:1] not in _INDENTS:
            whole += line
            continue
        yield whole
        whole = line
    yield whole


def _in_roster(words: list[str]) -> Iterator[tuple[str, str, str]]:
    """Surname, name and office or seat of each in a line: ８番　例示　太郎君　　９番　見本花子."""
    if len(words) > _MOST_WORDS or not any(may_end_office(word) for word in words[:-1]):
        return
    at = 0
    while at < len(words):
        end = _office_end(words, at)
        if end == at:
            at += 1
            continue
        office = "".join(words[at:end])
        stop = _name_end(words, end)
        parts = words[end:stop]
        polite = _POLITE.search(parts[-1]) if parts else None
        if polite:
            parts[-1] = parts[-1][: polite.start()]
        name = "".join(parts)
        named = is_printed_name if len(parts) == 2 or polite else is_name
        if 2 <= len(name) <= 9 and named(name) and not is_known_office(name):
            yield parts[0] if len(parts) == 2 and parts[1] else name, name, office
        at = max(stop, end)


def _office_end(words: list[str], at: int) -> int:
    """Where the office or seat ends that begins at a word; ``at`` where none does."""
    if _is_seat_or_office(words[at]):
        return at + 1
    for end in range(min(len(words), at + 6), at + 1, -1):
        spaced = all(len(word) == 1 for word in words[at:end])
        if (spaced or end == at + 2) and _is_known("".join(words[at:end])):
            return end
    return at


def _is_seat_or_office(word: str) -> bool:
    return word in MEMBERS or is_office(word)


def _is_known(word: str) -> bool:
    return word in MEMBERS or is_known_office(word)


def _name_end(words: list[str], at: int) -> int:
    """Where a name ends: 例示太郎君, 例示 太郎, 例 示 太 郎, 例示 太郎 君."""
    end = at
    most = 8 if len(words) > at + 2 and len(words[at]) == len(words[at + 1]) == 1 else 2
    while end < len(words) and end - at < most:
        word = words[end]
        if end > at and (_is_known(word) or (len(word) >= 4 and is_office(word))):
            break
        if most > 2 and end > at + 1 and len(word) > 1 and not _POLITE.fullmatch(word):
            break
        end += 1
        if _POLITE.search(word):
            return end
    if end == len(words) or not _POLITE.fullmatch(words[end]):
        return end
    # 例示　太郎　委員　　見本　次郎: the next one's office, where more follows.
    return end if words[end] in MEMBERS and end + 1 < len(words) else end + 1


def calls(text: str, width: int = 0) -> Iterator[tuple[str, str]]:
    """Whom the chair calls, by name, office or seat, or both: 次に、総務部長、例示君。

    A call goes on over the end of a line of ``width`` letters or nearly so, and over no other.
    """
    begin = 0
    for sentence in text.split("。"):
        begin += len(sentence) + 1
        if not sentence or (sentence[-1] not in _ENDS_CALL and sentence[-4:] not in _WISHED):
            continue
        tail = sentence[-_LONGEST_CALL:]
        if "\n" in tail:
            tail = _over_full_lines(text, begin - 1 - len(tail), tail, width)
        words = fold(tail).rpartition(" ")[2].rpartition(")")[2]
        words = _LEADS_IN.sub("", _CHAIR.sub("", _WISHES.sub("", words)))
        parts = words.strip("、").split("、")
        last = parts[-1]
        before = parts[-2] if len(parts) > 1 else ""
        polite = None if is_known_office(last) else _POLITE.search(last)
        name = last[: polite.start()] if polite else ""
        if polite and is_name(name) and not name.endswith(COMMISSIONS):
            office = before if before in MEMBERS or is_office(before) else ""
            if len(name) <= 9:
                yield name, office
        elif is_office(last) and len(last) <= 24:
            yield "", last


def _over_full_lines(text: str, begin: int, tail: str, width: int) -> str:
    """The end of ``tail``, which stands at ``begin``: the last line, and full ones before it."""
    *before, last = filter(None, tail.split("\n"))
    start = text.rfind("\n", max(0, begin - width), begin) + 1
    for line in reversed(before):
        whole = line if line is not before[0] else text[start : begin + len(line)]
        if not width or len(whole) < _FULL * width or last[:1] in _INDENTS:
            break
        last = line + last
    return last
