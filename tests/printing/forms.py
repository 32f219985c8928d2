"""How one body prints a speaker's line, as a value, and what can be read from it."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from string import Formatter

from kazami.document import Stance
from tests.printing.people import HEADS, STAFF_OFFICES, Person
from tests.printing.sitting import Turn

Kind = str
"""Who speaks, as far as print makes a difference: chair, head, executive, staff, reporter, member,
committee."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """How ``share`` of the lines of some speakers differ from the others of the same sitting.

    What is ``None`` is as in the others. ``again`` asks that the speaker has spoken before,
    ``midline`` sets the line's start behind 〔「異議なし」と呼ぶ者あり〕 on the line before.
    """

    of: tuple[Kind, ...]
    share: float = 0.4
    template: str | None = None
    before: str | None = None
    after: str | None = None
    again: bool = False
    midline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a body prints. ``row`` is the row of the table of shapes, 0 what needs no telling.

    The templates' fields: mark, office, seat, name, surname, given, party; first and rest are the
    name cut anywhere. ``marks`` has a mark for each kind (``{n}`` counts). ``head``, ``staff`` and
    ``committee`` are as ``executive`` where nothing is said, a reporter (a committee's chair before
    the council) is printed as ``staff``.
    ``after`` stands between line and speech; a line feed puts the speech on the next line.
    ``name_gap`` stands between surname and given name, or is ``spread``: between all letters.
    ``office_gap`` is the share of short offices with spaces between their letters. ``width`` is
    ``printed``, ``half``, ``digits`` (those alone half) or ``full``. ``columns`` is where lines are
    broken, in full-width letters. ``decoys`` is the share of turns with something that looks like
    a speaker and is none.
    """

    name: str
    row: int
    chair: str
    executive: str
    member: str
    head: str | None = None
    staff: str | None = None
    committee: str | None = None
    mark: str = "○"
    marks: dict[Kind, str] = field(default_factory=dict)
    before: str = ""
    after: str = "　"
    indent: str = "　"
    name_gap: str = ""
    office_gap: float = 0.0
    odd: tuple[Odd, ...] = ()
    width: str = "printed"
    columns: int | None = None
    front: bool = True
    decoys: float = 0.15
    seed: int = 0

    def template(self, kind: Kind) -> str:
        """The usual template of a kind of speaker."""
        return {
            "chair": self.chair,
            "head": self.head or self.executive,
            "executive": self.executive,
            "staff": self.staff or self.executive,
            "reporter": self.staff or self.executive,
            "committee": self.committee or self.executive,
            "member": self.member,
        }[kind]


@dataclass(frozen=True, slots=True)
class Label:
    """A printed speaker's line without the speech, and what a careful human reads from it."""

    text: str
    before: str
    after: str
    midline: bool
    speaker: str | None
    role: str | None
    seat: str | None


def kind_of(turn: Turn) -> Kind:
    """What the print of a turn goes by."""
    if turn.stance is Stance.CHAIR:
        return "chair"
    if turn.role is None:
        return "member"
    if turn.role == "委員":
        return "committee"
    if turn.role in HEADS:
        return "head"
    if turn.stance is Stance.OTHER:
        return "staff" if turn.role in STAFF_OFFICES else "reporter"
    return "executive"


def label(
    turn: Turn, person: Person, shape: Shape, chance: random.Random, again: bool, count: int
) -> Label:
    """Print a turn's speaker. ``again`` is whether the speaker has spoken before."""
    kind = kind_of(turn)
    template, before, after, midline = shape.template(kind), shape.before, shape.after, False
    for odd in shape.odd:
        if kind in odd.of and (again or not odd.again) and chance.random() < odd.share:
            template = template if odd.template is None else odd.template
            before = before if odd.before is None else odd.before
            after = after if odd.after is None else odd.after
            midline = odd.midline
            break
    if turn.role is not None and person.name == turn.role:
        raise ValueError(f"{person.name} is named like an office")
    mark = shape.marks.get(kind, shape.mark).replace("{n}", _full(count))
    gap = shape.name_gap
    name = "　".join(person.name) if gap == "spread" else f"{person.surname}{gap}{person.given}"
    cut = chance.randint(1, len(name) - 1)
    values = {
        "mark": mark,
        "office": _spaced(turn.role or "", shape.office_gap, chance),
        "seat": turn.seat or "",
        "name": name,
        "first": name[:cut],
        "rest": name[cut:],
        "surname": person.surname,
        "given": person.given,
        "party": person.party or "無所属",
    }
    fields = {name for _, name, _, _ in Formatter().parse(template) if name}
    seat = turn.seat if "seat" in fields else None
    speaker = (
        person.name
        if fields & {"name", "given", "rest"}
        else person.surname
        if "surname" in fields
        else None
    )
    role = (turn.role if "office" in fields else None) or seat
    second = re.search(r"\{office\}(［[^{}]+］)", template)
    if second and role == turn.role:
        role = f"{role}{second[1]}"
    return Label(template.format(**values), before, after, midline, speaker, role, seat)


def _spaced(office: str, share: float, chance: random.Random) -> str:
    if 2 <= len(office) <= 4 and chance.random() < share:
        return chance.choice((" ", "　", "　　", "　　　")).join(office)
    return office


def _full(number: int) -> str:
    return f"{number}".translate(str.maketrans("0123456789", "０１２３４５６７８９"))
