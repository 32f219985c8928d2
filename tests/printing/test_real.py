"""Real minutes go through the same writer and lose nothing on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from kazami.document import Stance
from tests.printing.layout import squeezed
from tests.printing.real import real
from tests.printing.shapes import SHAPES, agree, expected, printed


@pytest.mark.corpus
def test_a_hundred_real_sittings_are_known_and_print(shared: Path) -> None:
    sittings = real(shared, 100)
    assert len({(sitting.title, sitting.day) for sitting in sittings}) == 100
    assert sum(len(sitting.turns) for sitting in sittings) > 20_000
    for sitting, shape in zip(sittings, SHAPES * 2, strict=False):
        assert {turn.stance for turn in sitting.turns} >= {Stance.CHAIR}
        right = expected(sitting, shape)
        assert len(right) == len(sitting.turns)
        assert all(agree(sitting, said, *said[:4]) for said in right)
        whole, at = squeezed("".join(printed(sitting, shape))), 0
        for turn in sitting.turns:
            for paragraph in turn.paragraphs:
                found = whole.find(squeezed(paragraph), at)
                assert found >= 0, sitting.title
                at = found + len(squeezed(paragraph))


@pytest.mark.corpus
def test_more_sittings_than_there_are_is_refused(shared: Path) -> None:
    with pytest.raises(ValueError, match="sittings, 5000 were asked for"):
        real(shared, 5000)
