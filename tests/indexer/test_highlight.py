"""Marks in the original text, and the piece of it that is shown."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.memory import MemoryEngine
from indexer.highlight import marks, snippet
from indexer.query import (
    And,
    Field,
    FieldIs,
    Filters,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Substring,
)
from indexer.tokens import query_phrase
from tests.contract.corpus import document, filled, word


def marked(text: str, node: Node) -> list[str]:
    return [text[mark.start : mark.end] for mark in marks(text, node)]


def shown(text: str, node: Node, width: int = 120) -> tuple[str, list[str]]:
    piece = snippet(text, node, width)
    return piece.text, [piece.text[start:end] for start, end in piece.marks]


@pytest.mark.parametrize(
    ("text", "node", "found"),
    [
        ("学び直す人の学び直し", word("学び直し"), ["学び直す", "学び直し"]),
        ("市のＤＸとdxとデラックス", word("DX"), ["ＤＸ", "dx"]),
        ("人材　育成と人材の育成", word("人材育成"), ["人材　育成"]),
        ("デジタル庁、デジタル", Phrase(("デジ",), prefix=True), ["デジタル", "デジタル"]),
        ("㍿と株式会社", word("株式会社"), ["㍿", "株式会社"]),
        ("ﾃﾞｼﾞﾀﾙ化", Substring("ジタ"), ["ｼﾞﾀ"]),
        ("ははははは", Substring("はは"), ["はは", "はは"]),
        ("ＤＸ", Substring("dx"), []),
        ("防災と福祉、防災", Near((word("防災"),), (word("福祉"),), 2), ["防災", "福祉", "防災"]),
        ("防災と福祉。。。防災", Near((word("防災"),), (word("福祉"),), 2), ["防災", "福祉"]),
        ("防災と福祉", And((word("防災"), Not(word("福祉")))), ["防災"]),
        ("防災", FieldIs(Field.KIND, "minutes"), []),
        ("黒保根町の黒保根", word("黒保根"), ["黒保根", "黒保根"]),
        ("桐生市⿊保根町", word("黒保根町"), ["⿊保根町"]),
        ("桐生市黒保根町の", word("町"), ["町"]),
        ("Ｏ－１５７とO157", word("O157"), ["Ｏ－１５７", "O157"]),
        ("Ｏ－１５７", word("157"), ["１５７"]),
        ("Ｏ－１５７", word("O"), ["Ｏ"]),
        ("福祉サ－ビスの", word("サービス"), ["サ－ビス"]),
        ("デジ\u200eタルの", word("デジタル"), ["デジ\u200eタル"]),
        ("１・５倍に", word("１・５倍"), ["１・５倍"]),
        ("住⺠税の", word("住民税"), ["住⺠税"]),
        ("住⺠税と４〜６歳", Substring("民税と4~6"), ["⺠税と４〜６"]),
    ],
)
def test_what_was_searched_for_is_marked(text: str, node: Node, found: list[str]) -> None:
    assert marked(text, node) == found


def test_a_word_across_a_soft_line_break_is_marked_whole() -> None:
    text = "次に、人材の育\n成について伺います。"
    assert marked(text, word("育成")) == ["育\n成"]
    assert shown(text, word("育成")) == ("次に、人材の育成について伺います。", ["育成"])


def test_a_short_text_is_shown_whole() -> None:
    assert shown("本市の防災です。", word("防災")) == ("本市の防災です。", ["防災"])


def test_a_snippet_begins_and_ends_with_a_sentence() -> None:
    text = "前の話を続けます。" * 20 + "次は防災の話です。" + "後の話を続けます。" * 20
    piece, found = shown(text, word("防災"))
    assert piece.startswith("…前の話を")
    assert piece.endswith("続けます。…")
    assert "次は防災の話です。" in piece
    assert found == ["防災"]
    assert 80 < len(piece) <= 122


def test_a_snippet_without_sentences_is_cut_around_the_word() -> None:
    text = "あ" * 300 + "防災" + "い" * 300
    piece, found = shown(text, Substring("防災"))
    assert found == ["防災"]
    assert len(piece) == 122
    assert piece[0] == piece[-1] == "…"


def test_the_piece_with_most_of_the_words_is_shown() -> None:
    text = "防災と防災と防災。" + "話を続けます。" * 40 + "防災と福祉です。" + "話を続けます。" * 40
    _, found = shown(text, And((word("防災"), word("福祉"))))
    assert found == ["防災", "福祉"]
    _, found = shown(text, word("防災"))
    assert found == ["防災"] * 3


def test_white_space_is_made_single() -> None:
    text = "　本市の　　防災\n\n福祉、DX\nSDGs  \t教育。\n"
    assert shown(text, Or((word("福祉"), word("教育")))) == (
        "本市の 防災福祉、DX SDGs 教育。",
        ["福祉", "教育"],
    )


def test_without_a_mark_the_beginning_is_shown() -> None:
    text = "はじめの話です。" * 50
    piece, found = shown(text, FieldIs(Field.KIND, "minutes"))
    assert piece.startswith("はじめの話です。")
    assert piece.endswith("…")
    assert found == []


def test_what_is_longer_than_the_piece_is_cut() -> None:
    text = "防災" * 200
    piece, found = shown(text, Substring(text))
    assert len(piece) <= 122
    assert found == ["防災" * 60]


WORDS = ("防災", "福祉", "ＤＸ", "の", "、", "。", "\n", "　", " ", "㍿", "学び直す", "x")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=150).map("".join)
nodes = st.sampled_from(
    [
        word("防災"),
        word("学び直し"),
        Substring("株式"),
        Substring("、"),
        And((word("防災"), word("福祉"))),
        Near((word("防災"),), (word("DX"),), 3),
        Phrase(("福",), prefix=True),
    ]
)


@settings(max_examples=200, deadline=None)
@given(text=texts, node=nodes, width=st.integers(4, 200))
def test_marks_are_inside_the_snippet_and_apart(text: str, node: Node, width: int) -> None:
    piece = snippet(text, node, width)
    edges = [edge for mark in piece.marks for edge in mark]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(piece.text) for start, end in piece.marks)
    assert len(piece.text) <= width + 2
    assert "\n" not in piece.text
    if marks(text, node) and any(text[m.start : m.end].strip() for m in marks(text, node)):
        assert piece.marks


@settings(max_examples=100, deadline=None)
@given(text=texts.filter(lambda text: bool(text.strip())), node=nodes)
def test_a_text_has_marks_where_the_reference_engine_finds_it(text: str, node: Node) -> None:
    found = filled(MemoryEngine(), document("a", text)).search(node, Filters()).total
    wanted = node.nodes if isinstance(node, And) else (node,)
    leaves = {mark.leaf for mark in marks(text, node)}
    assert (len(leaves) == len(wanted)) == bool(found)


def test_a_long_text_is_marked_in_time() -> None:
    text = "次に人材の育成と学び直しの支援について伺います。" * 1800
    assert query_phrase("学び直し")
    before = time.process_time()
    found = marks(text, word("学び直し"))
    assert len(found) == 1800
    assert time.process_time() - before < 3
