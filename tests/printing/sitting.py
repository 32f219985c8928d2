"""Known sittings: who said what in which order, before anybody prints it.

``invented(seed)`` makes one of chance alone. The same seed makes the same sitting.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kazami.document import Stance
from tests.printing import people, speeches
from tests.printing.people import Person


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance. ``speaker`` is the name without a space. A member has a seat and no role,
    in a committee the role 委員 and no seat."""

    speaker: str | None
    role: str | None
    seat: str | None
    stance: Stance
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A line between two turns that nobody says: a heading (△日程第１ …) or a note (開議)."""

    text: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting as it was. ``roster`` has everybody who speaks, and others, once for each office.

    ``front`` are the lines before the first turn; without them the print makes some.
    """

    title: str
    meeting: str
    day: date
    roster: tuple[Person, ...]
    entries: tuple[Turn | Note, ...]
    front: tuple[str, ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The utterances alone."""
        return tuple(entry for entry in self.entries if isinstance(entry, Turn))

    def person(self, turn: Turn) -> Person:
        """Who takes the turn, as in the roster; raises KeyError for one who is not in it."""
        for person in self.roster:
            if person.name == turn.speaker:
                return person
        raise KeyError(f"{turn.speaker} is not in the roster of {self.title}")


def invented(seed: int, rounds: int | None = None) -> Sitting:
    """A sitting of a council, every fourth time of a committee, with so many members' questions."""
    chance = random.Random(f"sitting {seed}")
    day = date(2004, 1, 5) + timedelta(days=chance.randrange(8200))
    rounds = chance.randint(2, 5) if rounds is None else rounds
    committee = seed % 4 == 3
    hall = _Hall(chance, committee)
    number = chance.randint(1, 5)
    meeting = f"第{number}回定例会" if not committee else f"{chance.choice(_COMMITTEES)}"
    return Sitting(
        title=f"{hall.body}議会{meeting}会議録第{chance.randint(1, 6)}号",
        meeting=meeting,
        day=day,
        roster=tuple(hall.everybody),
        entries=tuple(_proceedings(chance, hall, rounds)),
    )


_COMMITTEES = ("総務常任委員会", "予算決算特別委員会", "厚生文教分科会", "議会運営委員会")
_BODIES = ("例示市", "見本町", "架空村", "仮名区", "例示県")


class _Hall:
    """Who sits where in an invented sitting."""

    def __init__(self, chance: random.Random, committee: bool) -> None:
        self.committee = committee
        at = chance.randrange(len(_BODIES))
        self.body, head_office = _BODIES[at], people.HEADS[at]
        drawn = iter(people.people(chance, 26))
        rare = chance.sample(people.RARE_OFFICES, 5)
        common = chance.sample(people.COMMON_OFFICES, 4)
        offices = [office.replace("市長", head_office) for office in (*common, *rare)]
        self.head = replace(next(drawn), office=head_office)
        self.executives = [replace(next(drawn), office=office) for office in offices]
        self.offices = (head_office, *offices)
        self.staff = replace(next(drawn), office=chance.choice(people.STAFF_OFFICES))
        style = chance.choice(("full", "full", "mixed", "half", "kanji", "digits"))
        numbers = sorted(chance.sample(range(1, 42), 10))
        members = [
            replace(
                next(drawn),
                seat=None if committee else people.seat(number, style),
                office="委員" if committee else None,
                party=chance.choice(people.PARTIES),
            )
            for number in numbers
        ]
        chairs = (
            ("委員長", "副委員長") if committee else ("議長", chance.choice(people.ACTING_CHAIRS))
        )
        self.chair = replace(members.pop(), office=chairs[0])
        self.acting = replace(members.pop(), office=chairs[1])
        self.reporter = (
            None if committee else replace(members.pop(), office=chance.choice(people.REPORTERS))
        )
        self.members = members
        self.everybody = [
            self.chair,
            self.acting,
            *([self.reporter] if self.reporter else []),
            *members,
            self.head,
            *self.executives,
            self.staff,
        ]


def _proceedings(chance: random.Random, hall: _Hall, rounds: int) -> Iterator[Turn | Note]:
    offices = hall.offices
    chair = hall.chair
    yield Note("午前１０時００分　開議")
    yield _turn(
        chair, Stance.CHAIR, ("これより本日の会議を開きます。", *speeches.ruling(chance, offices))
    )
    if chance.random() < 0.5:
        yield _turn(hall.staff, Stance.OTHER, ("命によりまして、報告いたします。",))
    yield Note(f"△日程第１　{speeches.bill(chance)}")
    yield _turn(chair, Stance.CHAIR, _call(chance, hall.head, "提案理由の説明を求めます。"))
    yield _turn(hall.head, Stance.ANSWER, speeches.proposal(chance, offices))
    if hall.reporter:
        yield _turn(chair, Stance.CHAIR, _call(chance, hall.reporter, "委員長の報告を求めます。"))
        yield _turn(hall.reporter, Stance.OTHER, speeches.proposal(chance, offices))
    yield Note(chance.choice(("◎一般質問", "△日程第２　一般質問", "〔休憩〕", "△質疑")))
    for member in chance.sample(hall.members, min(rounds, len(hall.members))):
        if chance.random() < 0.25:
            yield _turn(chair, Stance.CHAIR, ("ここで暫時休憩いたします。",))
            yield Note("午前１１時１５分　休憩")
            yield Note("午後１時００分　再開")
            chair = hall.acting if chair is hall.chair else hall.chair
            yield _turn(chair, Stance.CHAIR, ("休憩前に引き続き会議を開きます。",))
        yield _turn(chair, Stance.CHAIR, _call(chance, member))
        for again in range(chance.randint(1, 3)):
            yield _turn(member, Stance.QUESTION, speeches.question(chance, offices))
            answering = chance.sample([hall.head, *hall.executives], chance.randint(1, 2))
            for person in answering:
                if again == 0 or chance.random() < 0.6:
                    yield _turn(chair, Stance.CHAIR, _call(chance, person))
                yield _turn(person, Stance.ANSWER, speeches.answer(chance, offices))
            if chance.random() < 0.6:
                yield _turn(chair, Stance.CHAIR, _call(chance, member))
    for person in hall.executives:
        if chance.random() < 0.3:
            yield _turn(person, Stance.ANSWER, speeches.answer(chance, offices))
    yield _turn(chair, Stance.CHAIR, speeches.ruling(chance, offices))
    yield Note("午後３時２０分　散会")


def _turn(person: Person, stance: Stance, paragraphs: tuple[str, ...]) -> Turn:
    # One who has an office speaks in it, whatever the seat.
    seat = None if person.office else person.seat
    return Turn(person.name, person.office, seat, stance, paragraphs)


def _call(chance: random.Random, person: Person, before: str = "") -> tuple[str, ...]:
    """How a chair gives somebody the floor."""
    office = person.office or person.seat or "議員"
    named = chance.choice(
        (
            f"{office}。",
            f"{office}、{person.surname}君。",
            f"次に、{office}、{person.name}君。",
            f"{person.name}君。",
            f"{office}の発言を許します。",
        )
    )
    return (before, named) if before else (named,)
