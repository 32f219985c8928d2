"""Spoiling speakers' lines as scanning, typing and copying do, and saying which were spoilt."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tests.printing.forms import Shape
from tests.printing.layout import Line, Span


class Touch(NamedTuple):
    """A turn (counted from 0) whose speaker's line was spoilt, and how: a name of HOWS."""

    turn: int
    how: str


class Damaged(NamedTuple):
    """The lines afterwards, and what was done, in the order of the turns."""

    lines: list[Line]
    touched: tuple[Touch, ...]


def damaged(lines: Sequence[Line], shape: Shape, share: float, seed: int) -> Damaged:
    """Spoil ``share`` of the speakers' lines (rounded), each in one way that chance takes.

    The words of the speeches stay as they are. The same arguments do the same.
    """
    chance = random.Random(f"damage {shape.name} {seed}")
    spoilt = list(lines)
    places = [
        (at, span) for at, line in enumerate(lines) for span in line.labels if span.start < span.end
    ]
    firsts = {span.turn: (at, span) for at, span in reversed(places)}
    chosen = sorted(chance.sample(sorted(firsts), round(share * len(firsts))))
    touched: list[Touch] = []
    # From the end, so that a line that is joined to the one before moves none that is still to do.
    for turn in reversed(chosen):
        at, _ = firsts[turn]
        how = _spoil(spoilt, at, turn, shape, chance)
        touched.append(Touch(turn, how))
    return Damaged(spoilt, tuple(reversed(touched)))


def _spoil(lines: list[Line], at: int, turn: int, shape: Shape, chance: random.Random) -> str:
    line = lines[at]
    span = next(span for span in line.labels if span.turn == turn)
    ways = list(HOWS)
    chance.shuffle(ways)
    for how in ways:
        if how == "joined":
            if at > 0 and lines[at - 1].strip() and not line[: span.start].strip():
                lines[at - 1 : at + 1] = [_joined(lines[at - 1], line)]
                return how
        elif how == "space lost":
            rest = line[span.end :]
            if rest[:1].isspace() and rest.strip():
                lines[at] = _replaced(line, span.end, len(rest) - len(rest.lstrip()), "", None)
                return how
        else:
            old = line[span.start : span.end]
            new = _CHANGES[how](old, _mark(old, shape), chance)
            if new != old and new.strip():
                lines[at] = _replaced(line, span.start, len(old), new, turn)
                return how
    raise ValueError(f"nothing can be done to {line}")


def _mark(label: str, shape: Shape) -> str:
    known = {shape.mark, *shape.marks.values()}
    if label.startswith(tuple("０１２３４５６７８９0123456789")) and any(
        "．" in each for each in known
    ):
        return label[: label.replace(".", "．").index("．") + 1]
    return next((mark for mark in known if label.startswith(mark)), "")


def _mark_lost(label: str, mark: str, chance: random.Random) -> str:
    return label[len(mark) :].lstrip()


def _mark_altered(label: str, mark: str, chance: random.Random) -> str:
    other = chance.choice([each for each in "●・▽*〓0O◦" if each != mark])
    return other + label[len(mark) :] if mark else label


def _brackets_exchanged(label: str, mark: str, chance: random.Random) -> str:
    pairs = {*zip("（(〔[［【", "）)〕]］】", strict=True)}
    kept = [pair for pair in sorted(pairs) if pair[0] not in label]
    left, right = chance.choice([*kept, ("〈", "〉"), ("「", "」"), ("|", "|")])
    return _with_brackets(label, left, right)


def _brackets_lost(label: str, mark: str, chance: random.Random) -> str:
    return _with_brackets(label, "", "")


def _one_bracket_lost(label: str, mark: str, chance: random.Random) -> str:
    places = [at for at, letter in enumerate(label) if letter in _LEFT + _RIGHT]
    if not places:
        return label
    at = chance.choice(places)
    return label[:at] + label[at + 1 :]


def _letter_misspelt(label: str, mark: str, chance: random.Random) -> str:
    """One letter of office, seat or name: another one, lost or doubled."""
    places = [at for at in range(len(mark), len(label)) if label[at].isalnum()]
    at = chance.choice(places)
    return label[:at] + chance.choice(("", "〓", "鑿", label[at] * 2)) + label[at + 1 :]


_LEFT, _RIGHT = "（(〔[［【", "）)〕]］】"
_CHANGES: dict[str, Callable[[str, str, random.Random], str]] = {
    "mark lost": _mark_lost,
    "mark altered": _mark_altered,
    "brackets exchanged": _brackets_exchanged,
    "brackets lost": _brackets_lost,
    "one bracket lost": _one_bracket_lost,
    "letter misspelt": _letter_misspelt,
}
HOWS = (*_CHANGES, "space lost", "joined")
"""The ways of spoiling; not every shape can be spoilt in every way."""


def _with_brackets(label: str, left: str, right: str) -> str:
    return "".join(
        left if letter in _LEFT else right if letter in _RIGHT else letter for letter in label
    )


def _joined(before: Line, line: Line) -> Line:
    head = before.rstrip()
    text = line.lstrip()
    lost = len(line) - len(text)
    moved = len(head) - lost
    return Line(
        head + text,
        (*before.labels, *(Span(turn, a + moved, b + moved) for turn, a, b in line.labels)),
    )


def _replaced(line: Line, start: int, length: int, new: str, turn: int | None) -> Line:
    """The line with other letters at a place; ``turn`` is whose label they are."""
    end, longer = start + length, len(new) - length

    def moved() -> Iterator[Span]:
        for span in line.labels:
            if span.turn == turn:
                yield Span(span.turn, start, start + len(new))
            elif span.start >= end:
                yield Span(span.turn, span.start + longer, span.end + longer)
            else:
                yield span

    return Line(line[:start] + new + line[end:], tuple(moved()))
