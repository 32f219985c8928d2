"""Text for a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from presenting.safe_text import clean, cut, one_line
from search_cli.terminal import PLAIN, Style, marked, pad, wrap

COLOUR = Style(colour=True)
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b[31m赤\x1b[0m", "赤"),
        ("\x1b]0;題\x07本文", "本文"),
        ("\x1b]8;;http://evil.example/\x1b\\押す", "押す"),
        ("\x9b2J消去", "消去"),
        ("\x1bPq#0\x1b\\絵", "絵"),
        ("\x1bc初期化", "初期化"),
        ("鳴る\x07\x08", "鳴る"),
        ("\u202e逆順\u2066", "逆順"),
        ("\u061c向き\u200f", "向き"),
        ("\ufff9漢字\ufffaかんじ\ufffb", "漢字かんじ"),
        ("札\U000e0001\U000e0041\U000e007f", "札"),
        ("欠けた\udc80字", "欠けた字"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("一\t二", "一 二"),
    ],
)
def test_nothing_that_steers_a_terminal_is_left(hostile: str, harmless: str) -> None:
    assert clean(hostile) == harmless


@given(st.text() | st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs"])))
def test_no_control_character_or_mark_of_direction_reaches_a_terminal(text: str) -> None:
    for character in clean(text):
        assert character == "\n" or unicodedata.category(character) not in ("Cc", "Cs")
        assert unicodedata.bidirectional(character) not in BIDI
        assert not "\U000e0000" <= character <= "\U000e007f"


def test_an_unfinished_escape_sequence_does_not_eat_the_next_line() -> None:
    assert clean("\x1b]0;題\n本文") == "\n本文"


def test_line_ends_and_wide_spaces_become_one_space_on_one_line() -> None:
    assert one_line(" 令和\u3000\n４年 ") == "令和 ４年"


def test_wide_characters_take_two_columns() -> None:
    assert cell_len("風見a") == 5
    assert pad("風見", 6) == "風見  "
    assert pad("風見", 6, right=True) == "  風見"


def test_a_cut_text_says_that_something_is_missing() -> None:
    assert cut("風見鶏", 6) == "風見鶏"
    assert cut("風見鶏", 5) == "風見…"


def test_lines_fit_the_width_and_lose_nothing() -> None:
    text = "地方議会の会議録を読み、（リスキリング）に取り組む。\n二行目です。"
    lines = [text[start:end] for start, end in wrap(text, 20)]
    assert all(cell_len(line) <= 20 for line in lines)
    assert "".join(lines) == text.replace("\n", "")


def test_no_line_begins_with_a_closing_mark() -> None:
    text = "あいうえお、かきくけこ。"
    assert [text[start:end] for start, end in wrap(text, 10)] == [
        "あいうえ",
        "お、かきく",
        "けこ。",
    ]


def test_a_link_is_not_broken_inside() -> None:
    text = "出典は https://reiji.example/a にある"
    assert [text[start:end] for start, end in wrap(text, 26)] == [
        "出典は ",
        "https://reiji.example/a に",
        "ある",
    ]


def test_without_a_width_only_line_ends_break() -> None:
    assert wrap("一" * 500 + "\n二", None) == [(0, 500), (501, 502)]


def test_found_words_stand_in_brackets_where_there_is_no_colour() -> None:
    assert marked("ＤＸを進める", [(0, 2)], PLAIN) == ["【ＤＸ】を進める"]


def test_found_words_are_coloured_on_a_terminal() -> None:
    assert marked("ＤＸを進める", [(0, 2)], COLOUR) == ["\x1b[1;33mＤＸ\x1b[0mを進める"]


def test_marks_stay_on_their_words_when_hostile_characters_go() -> None:
    assert marked("\x1b[31m赤い\x07花", [(8, 9)], PLAIN) == ["赤い【花】"]


def test_a_word_across_a_line_break_is_marked_on_both_lines() -> None:
    assert marked("あいうえおか", [(3, 5)], Style(width=8)) == ["あいう【え】", "【お】か"]
