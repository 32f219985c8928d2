"""Characters at their places put into lines and rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.attachments.placed import Glyph, RuledCell, laid_out
from tests.timing import LINEAR, growth


def line(words: str, left: float, base: float, size: float = 10.0) -> list[Glyph]:
    return [
        Glyph(letter, left + at * size, left + (at + 1) * size, base, size)
        for at, letter in enumerate(words)
    ]


def test_a_wide_gap_is_a_space_and_a_narrow_one_is_none() -> None:
    assert (
        laid_out(line("架空", 0, 9) + line("公告", 21, 9) + line("番号", 60, 9)) == "架空公告　番号"
    )


def test_bold_type_that_is_printed_twice_is_read_once() -> None:
    glyphs = [each for word in "架空" for each in line(word, "架空".index(word) * 10.0, 9) * 2]
    assert laid_out(glyphs) == "架空"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["令和８年６月", "１日まで"], "令和８年６月１日まで"),
        (["甲の", "乙の"], "甲の　乙の"),
        (["あ" * 6 * 5], "あ" * 30),
    ],
)
def test_lines_that_fill_their_cell_go_on(lines: list[str], text: str) -> None:
    table = [[RuledCell(0, 0, 30, 100), RuledCell(30, 0, 100, 100)]]
    glyphs = line("期限", 2, 85)
    for at, words in enumerate(lines):
        glyphs += line(words, 32, 85 - 15 * at, 10.0 if len(words) < 9 else 2.0)
    assert laid_out(glyphs, [table]) == f"期限\t{text}"


def test_what_stands_around_a_table_keeps_its_place() -> None:
    table = [[RuledCell(0, 50, 50, 70), RuledCell(50, 50, 100, 70)]]
    glyphs = line("下の文", 0, 20) + line("乙", 55, 55) + line("甲", 5, 55) + line("上の文", 0, 90)
    assert laid_out(glyphs, [table]) == "上の文\n甲\t乙\n下の文"


places = st.integers(0, 60).map(lambda at: at * 10.0)


placed_letters = st.dictionaries(
    st.tuples(places, places), st.sampled_from("架空の公告AZ09"), max_size=40
)


@given(placed_letters, st.lists(st.tuples(places, places), max_size=2))
def test_no_character_is_lost(
    made: dict[tuple[float, float], str], corners: list[tuple[float, float]]
) -> None:
    glyphs = [Glyph(letter, x, x + 10, y, 10.0) for (x, y), letter in made.items()]
    tables = [
        [[RuledCell(x, y, x + 90, y + 90), RuledCell(x + 90, y, x + 120, y + 90)]]
        for x, y in corners
    ]
    assert sorted("".join(laid_out(glyphs, tables).split())) == sorted(made.values())


def test_four_times_the_page_takes_four_times_the_time() -> None:
    def work(count: int) -> None:
        laid_out([each for at in range(count) for each in line("架空の件", 0, at * 12.0)])

    assert growth(work, 400) <= LINEAR
