"""Every shape of a speaker's line that is known of Japan's minutes, and how to print with it.

The writer knows nothing of any reader: it makes minutes of which one knows who said what, prints
them as bodies do, and says what a careful human reads from that print. How to call it:

    from tests.printing.shapes import SHAPES, as_html, as_pdf, as_text, expected, printed, words
    from tests.printing.sitting import invented
    from tests.printing.real import real           # the same of real minutes, from ../shared

    sitting = invented(seed=7)                     # or: for sitting in real(shared, 100)
    for shape in SHAPES:                           # shape.row is the row of the table, 0 the usual
        for varied in variations(shape):           # or crossed(shape, seed) for all at once
            lines = printed(sitting, varied)       # str with .labels: which turn's line is where
            pages = as_html(lines, "<p>", "cp932"), as_pdf(lines), as_text(lines, "\\r\\n")
            right = expected(sitting, varied)      # [(speaker, role, seat, stance, text), …]

How to compare a reader's passages with ``expected``:

- as many passages as there are, in that order;
- ``agree(sitting, said, speaker, role, seat, stance)`` for who it was: it forgives spaces and
  widths, what the roster says where the line prints nothing, and what is open in rows 9, 12 and 13;
- ``words(got, asides(sitting, shape)) == words(said.text)`` for the text. Notes of the stage count
  in neither, headings between two turns may stand at the end of a passage or not. Who wants a
  heading never to be in a speech (row 14) compares ``words(got)``.

The front page (roster, agenda) is nobody's speech. ``damage.damaged`` spoils speakers' lines and
says which; ``days.front_page`` makes front pages with one sitting day and many others.
"""

from __future__ import annotations

import random
from dataclasses import replace

from kazami.document import Stance
from tests.printing.forms import Odd, Shape
from tests.printing.layout import Line, Said, Span, asides, expected, printed, squeezed, words
from tests.printing.pages import ENCODINGS, HTML_ENDS, LINE_ENDS, as_html, as_pdf, as_text
from tests.printing.people import COMMON_OFFICES, HEADS, REPORTERS, Person
from tests.printing.sitting import Sitting
from tests.printing.table import SHAPES

__all__ = [
    "ENCODINGS",
    "HTML_ENDS",
    "LINE_ENDS",
    "SHAPES",
    "Line",
    "Odd",
    "Said",
    "Shape",
    "Span",
    "agree",
    "as_html",
    "as_pdf",
    "as_text",
    "asides",
    "crossed",
    "expected",
    "printed",
    "stances",
    "variations",
    "words",
]


def variations(shape: Shape) -> tuple[Shape, ...]:
    """The shape itself, and the same in other widths, with other gaps, indents and line lengths."""
    chance = random.Random(shape.name)
    gap = chance.choice(("　", "　　", " ", "\u00a0", "\t")) if shape.after == "　" else shape.after
    return (
        shape,
        replace(shape, width="half", seed=1),
        replace(shape, width="digits", after=gap, seed=2),
        replace(shape, width="full", indent="", seed=3),
        replace(shape, columns=chance.choice((26, 34, 40)), indent="　", seed=4),
        replace(
            shape, before=chance.choice(("　", "　　", " ", "\t", "\u00a0")), indent="　　", seed=5
        ),
        replace(shape, front=False, width=chance.choice(("half", "digits")), seed=6),
    )


def crossed(shape: Shape, seed: int) -> Shape:
    """The shape with everything that is free taken by chance at once: widths, gaps, line lengths,
    the roster, and which of three circles the mark is."""
    chance = random.Random(f"{shape.name} {seed}")
    circle = chance.choice("○○◯〇")
    return replace(
        shape,
        mark=shape.mark.replace("○", circle),
        marks={kind: mark.replace("○", circle) for kind, mark in shape.marks.items()},
        width=chance.choice(("printed", "printed", "half", "digits", "full")),
        after=chance.choice(("　", "　", "　　", " ", "\u00a0", "\t"))
        if shape.after == "　"
        else shape.after,
        before=chance.choice(("", "", "", "　", "　　", " ", "\t", "\u00a0")),
        indent=chance.choice(("　", "　", "　　", "")),
        columns=chance.choice((None, None, 22, 30, 38, 44)),
        decoys=chance.choice((0.0, 0.15, 0.4)) if shape.row != 14 else shape.decoys,
        front=chance.random() < 0.8,
        seed=100 + seed,
    )


def agree(
    sitting: Sitting,
    said: Said,
    speaker: str | None,
    role: str | None,
    seat: str | None,
    stance: Stance | None,
) -> bool:
    """Whether a reader's values are right for what was printed; spaces and widths do not count.

    Where the line prints no name, office or seat, a reader may have it from the roster. A member
    whose line prints only a seat, 議員 or 委員 may have that as role. ``stances`` says what is
    open.
    """
    known = [person for person in sitting.roster if _is(person, said)]
    names = {None if said.speaker is None else squeezed(said.speaker)}
    names |= {squeezed(person.name) for person in known}
    seats = {None if said.seat is None else squeezed(said.seat)}
    if said.seat is None:
        seats |= {squeezed(person.seat) for person in known if person.seat}
    return (
        (None if speaker is None else squeezed(speaker)) in names
        and (None if role is None else squeezed(role)) in _roles(said, known)
        and (None if seat is None else squeezed(seat)) in seats
        and stance in stances(said)
    )


def stances(said: Said) -> frozenset[Stance]:
    """The stances that a careful human may give.

    One for chairs, members, and the offices that every list has. Of an office outside them
    it may be left open (``other``); of the council's staff, and of a committee's chair who
    reports, one may think differently.
    """
    role = said.role or ""
    if role in REPORTERS:
        return frozenset(Stance) - {Stance.ANSWER}
    if said.stance is Stance.OTHER:
        return frozenset((Stance.OTHER, Stance.ANSWER))
    if said.stance is Stance.ANSWER and role not in (*COMMON_OFFICES, *HEADS):
        return frozenset((Stance.OTHER, Stance.ANSWER))
    return frozenset((said.stance,))


def _is(person: Person, said: Said) -> bool:
    if said.speaker is not None:
        return said.speaker in (person.name, person.surname)
    # An office looked up: 町長 is one, 委員 are many, and who of them it is nobody can tell.
    return (
        person.office == said.role
        if said.role and said.seat is None
        else (person.seat is not None and squeezed(person.seat) == squeezed(said.seat or ""))
    )


def _roles(said: Said, known: list[Person]) -> set[str | None]:
    if said.stance is Stance.QUESTION and said.role != "委員":
        seats = [said.seat or "", *(person.seat or "" for person in known)]
        committee = {"委員"} & {person.office for person in known}
        return {
            None,
            "議員",
            *committee,
            *(squeezed(seat + more) for seat in seats for more in ("", "議員")),
        }
    if said.role is None:
        return {None, *(squeezed(person.office) for person in known if person.office)}
    whole = squeezed(said.role)
    return {whole, whole.split("[")[0]}
