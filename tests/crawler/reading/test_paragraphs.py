"""Where a long text is cut."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.paragraphs import LONGEST, SHORTEST, pieces

SENTENCE = "例示市は防災訓練を行います。"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_short_text_is_one_piece() -> None:
    assert pieces("防災訓練のお知らせ\n\n日時：6月5日\n") == ["防災訓練のお知らせ\n\n日時：6月5日"]


def test_an_empty_text_has_no_piece() -> None:
    assert pieces("") == []
    assert pieces(" \n\u3000\n") == []


def test_a_cut_lies_at_a_blank_line_as_soon_as_a_piece_is_long_enough() -> None:
    paragraph = SENTENCE * 20
    assert pieces(f"{paragraph}\n\n{paragraph}\n\n{paragraph}") == [paragraph] * 3


def test_lines_without_blank_lines_are_cut_at_a_line_end() -> None:
    line = SENTENCE * 10
    found = pieces("\n".join([line] * 20))
    assert [len(piece.splitlines()) for piece in found] == [8, 8, 4]


def test_a_long_line_is_cut_at_the_end_of_a_sentence() -> None:
    found = pieces(SENTENCE * 200)
    assert all(piece.endswith("。") for piece in found)
    assert "".join(found) == SENTENCE * 200


def test_a_closing_bracket_stays_with_its_sentence() -> None:
    assert all(piece.endswith("」") for piece in pieces("市長は「防災を進める。」" * 200))


def test_a_text_without_any_end_is_cut_all_the_same() -> None:
    assert [len(piece) for piece in pieces("あ" * 3000)] == [1200, 1200, 600]


def test_a_short_end_joins_the_piece_before() -> None:
    assert pieces(f"{SENTENCE * 20}\n\n問い合わせ：総務課") == [
        f"{SENTENCE * 20}\n\n問い合わせ：総務課"
    ]


@given(st.lists(st.tuples(st.sampled_from(["あ", "い。", "う"]), st.integers(0, 700)), max_size=12))
def test_nothing_is_lost_and_no_piece_is_too_long(parts: list[tuple[str, int]]) -> None:
    text = "\n\n".join(word * times for word, times in parts)
    found = pieces(text)
    assert squeezed("".join(found)) == squeezed(text)
    assert all(piece.strip() and len(piece) <= LONGEST for piece in found)


@given(st.lists(st.integers(1, 500), max_size=30))
def test_two_neighbours_are_short_only_where_they_do_not_fit_together(lines: list[int]) -> None:
    found = pieces("\n".join("あ" * length for length in lines))
    for one, next_one in pairwise(found):
        assert len(next_one) >= SHORTEST or len(one) + len(next_one) + 2 > LONGEST
