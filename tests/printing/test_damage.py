"""Damage touches the share that it was asked for, says where, and leaves the speeches alone."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.printing.damage import HOWS, damaged
from tests.printing.layout import squeezed
from tests.printing.shapes import SHAPES, Line, Shape, expected, printed
from tests.printing.sitting import invented

SITTING = invented(2)


@given(st.sampled_from(SHAPES), st.floats(0, 1), st.integers(0, 99))
def test_the_stated_share_of_turns_is_touched_and_no_other(
    shape: Shape, share: float, seed: int
) -> None:
    lines = printed(SITTING, shape)
    after, touched = damaged(lines, shape, share, seed)
    turns = len(SITTING.turns)
    assert len({touch.turn for touch in touched}) == len(touched) == round(share * turns)
    before, now = _labels(lines), _labels(after)
    gaps = {touch.turn for touch in touched if touch.how in ("space lost", "joined")}
    changed = {turn for turn in before if before[turn] != now[turn]}
    assert changed == {touch.turn for touch in touched} - gaps


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_what_was_said_stays(shape: Shape) -> None:
    after, touched = damaged(printed(SITTING, shape), shape, 1.0, 1)
    assert len(touched) == len(SITTING.turns)
    whole, at = squeezed("".join(after)), 0
    for said in expected(SITTING, shape):
        for paragraph in said.text.split("\n"):
            found = whole.find(squeezed(paragraph), at)
            assert found >= 0, paragraph
            at = found + len(squeezed(paragraph))


def test_every_way_of_spoiling_happens_and_the_same_seed_does_the_same() -> None:
    ways = Counter(
        touch.how
        for shape in SHAPES
        for touch in damaged(printed(SITTING, shape), shape, 0.5, 3).touched
    )
    assert set(ways) == set(HOWS)
    lines = printed(SITTING, SHAPES[0])
    assert damaged(lines, SHAPES[0], 0.5, 3) == damaged(lines, SHAPES[0], 0.5, 3)
    assert damaged(lines, SHAPES[0], 0.5, 3) != damaged(lines, SHAPES[0], 0.5, 4)


def test_nothing_is_touched_where_nothing_is_to_be() -> None:
    lines = printed(SITTING, SHAPES[0])
    assert damaged(lines, SHAPES[0], 0, 1) == (lines, ())


def _labels(lines: list[Line]) -> dict[int, str]:
    found: dict[int, str] = {}
    for line in lines:
        for turn, start, end in line.labels:
            found[turn] = found.get(turn, "") + line[start:end]
    return found
