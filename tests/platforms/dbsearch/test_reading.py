"""Where a skin names no speaker beside its blocks, how well their print was read is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page import Page
from crawler.platforms.dbsearch.documents import PageBlock, passages, reading
from kazami.reading_quality import ReadingQuality

PAGE = Page("https://www.town.reiji.example.dbsr.jp/", b"", "text/html")
OPENED = "午前10時開議\n◯議長（例示花子君）　これより会議を開きます。"
SAID = (
    "◯１番（例示太郎君）　学び直しについて伺います。\n　町の考えをお聞かせください。",
    "◯町長（見本三郎君）　お答えいたします。\n────────\n○日程第２　議案第１号",
    "◯議長（例示花子君）　次に移ります。",
)


def read(*texts: str, label: str = "", front: str = "") -> ReadingQuality | None:
    blocks = [PageBlock(number, label, text) for number, text in enumerate(texts, 1)]
    opening, said = passages(PAGE, blocks, front)
    return reading(blocks, "\n".join(filter(None, [front, opening])), said)


def test_a_sitting_whose_speakers_are_all_read_is_sound() -> None:
    found = read(OPENED, *SAID, front="出席議員\n例示太郎　見本三郎")
    assert found is not None
    assert (found.turns, found.missed, found.astray, found.strangers) == (4, 0, 0, 1)
    assert not found.doubtful


def test_a_site_that_names_the_speakers_needs_no_doubt() -> None:
    assert read(OPENED, *SAID, label="◯議長（例示花子君）") is None


@pytest.mark.parametrize(
    "text",
    [
        "町長（見本三郎君）　お答えいたします。",
        "◯見本三郎、町長　お答えいたします。",
        "◯議長（例示花子君）　次に移ります。\n◯町長（見本三郎君）　お答えいたします。",
    ],
    ids=["no mark", "no label", "two speakers in one block"],
)
def test_a_speaker_who_is_not_read_makes_it_doubtful(text: str) -> None:
    found = read(OPENED, *SAID, text)
    assert found is not None
    assert found.missed == 1
    assert found.doubtful


def test_a_block_that_is_only_a_heading_is_nobody_s() -> None:
    found = read(OPENED, *SAID, "────────", "日程第２　議案第１号")
    assert found is not None
    assert found.missed == 0


@given(st.lists(st.tuples(st.sampled_from(SAID), st.booleans()), min_size=1, max_size=12))
def test_every_lost_mark_is_counted_once(blocks: list[tuple[str, bool]]) -> None:
    found = read(OPENED, *(text[1:] if lost else text for text, lost in blocks))
    assert found is not None
    assert found.missed == sum(lost for _, lost in blocks)
    assert found.turns == len(blocks) + 1
