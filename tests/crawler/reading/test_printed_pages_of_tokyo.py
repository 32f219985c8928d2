"""Tokyo's two recorded pages, read from print alone: every turn counted by hand, none is lost.

The pages mark their turns in HTML too, which DB-Search's reader follows. Here only what is printed
is read, as if there were no marks. Of names stand their lengths here, of nothing the words.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from crawler.reading.html_lines import lines
from crawler.reading.quality import quality_of
from crawler.reading.turns import read_sitting
from kazami.document import Stance

CHAIR, ASKS, ANSWERS = Stance.CHAIR, Stance.QUESTION, Stance.ANSWER

BY_HAND = {
    # stance, letters of the name (0: an office alone), seat
    "plenary_sample.html": [
        (CHAIR, 5, None),
        (ASKS, 6, "十一番"),
        (CHAIR, 5, None),
        (ASKS, 2, "四番"),  # made up by who shortened the page, and ends in 議員君
    ],
    "committee_sample.html": [
        (CHAIR, 0, None),
        (ASKS, 4, None),
        (ANSWERS, 2, None),  # name and a long office without a space
        (ASKS, 4, None),
        (ANSWERS, 2, None),
        (ASKS, 4, None),
        (CHAIR, 0, None),
        (ASKS, 2, None),
    ],
}

LOST: dict[str, list[int]] = {"plenary_sample.html": [], "committee_sample.html": []}
"""Turns, counted from 1, that are printed and not read."""


@pytest.mark.parametrize("file", BY_HAND)
def test_every_printed_turn_is_read(shared: Path, file: str) -> None:
    page = (shared / "samples/tokyo_togikai" / file).read_text("utf-8")
    printed = html.document_fromstring(page).cssselect("p.voice__text")
    sitting = read_sitting(lines(html.document_fromstring(page).body))
    assert len(printed) == len(BY_HAND[file])
    read = [
        (turn.who.stance, len(turn.who.speaker or ""), turn.who.seat)
        for turn in sitting.turns
        if turn.who
    ]
    wanted = [each for at, each in enumerate(BY_HAND[file], 1) if at not in LOST[file]]
    assert read == wanted
    for turn, each in zip(sitting.turns, printed, strict=True):
        whole = "".join(str(each.text_content()).split())
        assert whole == "".join(f"{turn.mark}{turn.label}{turn.text}".split())
    assert not quality_of(sitting).speakers_doubtful
