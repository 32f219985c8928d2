"""Tokens: the same units from any text, of any length, with their places in the original."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import tokens as module
from indexer.places import places
from indexer.query import Phrase
from indexer.tokens import (
    fingerprint,
    prefix_phrases,
    query_phrase,
    query_phrases,
    terms,
    tokenize,
    tokens,
)
from kazami.text import search_form

WORDS = (
    "防災",
    "学び直す",
    "ＤＸ",
    "㍿",
    "の",
    "、",
    "。",
    "\n",
    "　",
    " ",
    "１２",
    "が",
    "か\u3099",
    "𠮷",
    "abc",
    "黒保根町",
    "・",
    "－",
    "\u200e",
    "⻑",
)
japanese = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("　 ", []),
        ("学び直し", ["学ぶ", "直す"]),
        ("ＤＸとdx", ["dx", "と", "dx"]),
        ("令和４年", ["令和", "4", "年"]),
        ("1,062,470円", ["1062470", "円"]),
        ("防災、福祉", ["防災", "", "福祉"]),
        ("防災\n福祉", ["防災", "", "福祉"]),
        ("防災\r\n\n  \n福祉", ["防災", "", "福祉"]),
        ("防災。\n福祉", ["防災", "", "", "福祉"]),
        ("防災　福祉", ["防災", "福祉"]),
        ("防災\t福祉", ["防災", "福祉"]),
        ("🏢福祉", ["", "福祉"]),
        ("𩸽", ["𩸽"]),
        ("防災 ー 々", ["防災", "", ""]),
        ("廃棄物（ごみ）", ["廃棄", "物", "", "ごみ", ""]),
        ("桐生市黒保根町の", ["桐生", "市", "黒保根", "町", "の"]),
        ("⿊保根町", ["黒保根", "町"]),
        ("四日市市と本町", ["四日市", "市", "と", "本町"]),
        ("Ｏ－１５７", ["o", "157"]),
        ("１・５倍", ["1", "・", "5", "倍"]),
        ("市長・議⻑", ["市長", "", "議長"]),
    ],
)
def test_a_text_has_these_terms(text: str, found: list[str]) -> None:
    assert terms(text) == found


def test_half_of_a_pair_of_surrogates_is_no_word() -> None:
    assert terms("防災\ud83c") == ["防災", ""]


def test_a_token_knows_its_place_in_the_original() -> None:
    text = "　ﾃﾞｼﾞﾀﾙ庁の㍿、ＤＸ"
    assert [(token.term, text[token.start : token.end]) for token in tokens(text)] == [
        ("デジタル", "ﾃﾞｼﾞﾀﾙ"),
        ("庁", "庁"),
        ("の", "の"),
        ("株式", "㍿"),
        ("会社", "㍿"),
        ("dx", "ＤＸ"),
    ]


def test_the_two_units_of_a_place_know_their_places() -> None:
    text = "⿊保根町ﾃﾞ"
    found = [(token.term, text[token.start : token.end]) for token in tokens(text)]
    assert found == [("黒保根", "⿊保根"), ("町", "町"), ("デ", "ﾃﾞ")]
    text = "黒保\u200e根町"
    found = [(token.term, text[token.start : token.end]) for token in tokens(text)]
    assert found == [("黒保根", "黒保\u200e根"), ("町", "町")]
    assert tokenize(text).widths == [3, 1]


@pytest.mark.parametrize("whole", ["黒保根町", "大島町", "小笠原村", "北方町", "遠別町"])
def test_a_place_is_found_without_its_end_and_with_it(whole: str) -> None:
    for text in (f"{whole}の", f"旧{whole}では", f"群馬県{whole}立", f"{whole}、{whole}"):
        found = terms(text)
        for word in (whole, whole[:-1]):
            phrase = query_phrase(word)
            assert phrase is not None
            assert len(places(found, phrase)) == text.count(word)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60) | japanese)
def test_widths_cover_the_form_and_tell_where_the_terms_stand(text: str) -> None:
    form = search_form(text)
    found = tokenize(text)
    assert sum(found.widths) == len(
        form.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )
    assert len(found.widths) == len(found.terms) + len(found.unplaced)


@pytest.mark.parametrize("written", ["1.5倍", "１・５倍", "１．５倍", "1･5倍", "一・五倍"])
def test_a_decimal_finds_every_way_to_print_it_and_nothing_else(written: str) -> None:
    def found(text: str) -> int:
        return sum(len(places(terms(text), phrase)) for phrase in query_phrases(written))

    for printed in ("1.5倍", "１・５倍", "１．５倍", "1･5倍", "一・五倍"):
        assert found(f"前年の{printed}に") == 1, printed
    for other in ("１、５倍", "1-5倍", "1〜5倍", "15倍", "1.5割"):
        assert found(f"前年の{other}に") == 0, other


def test_figures_in_a_row_are_found_each() -> None:
    assert terms("３・４歳児") == ["3", "・", "4", "歳", "児"]
    assert query_phrases("4歳児") == (Phrase(("4", "歳", "児")),)
    assert query_phrases("一・二丁目") == (query_phrase("一・二丁目"),)


def test_a_word_broken_by_the_layout_is_marked_across_the_break() -> None:
    text = "次に、人材の育\n成について伺います。"
    [found] = [token for token in tokens(text) if token.term == "育成"]
    assert text[found.start : found.end] == "育\n成"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | japanese)
def test_tokens_and_terms_say_the_same(text: str) -> None:
    positions = terms(text)
    found = tokens(text)
    assert [positions[token.position] for token in found] == [token.term for token in found]
    assert [at for at, term in enumerate(positions) if term] == [t.position for t in found]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | japanese)
def test_places_are_inside_the_text_and_rise(text: str) -> None:
    found = tokens(text)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert all(a.start <= b.start and a.position < b.position for a, b in pairwise(found))


def _surfaces(text: str) -> list[str]:
    form = search_form(text)
    out: list[str] = []
    at = 0
    for offset, morphemes in module._analyzer().pieces(form):
        for morpheme in morphemes:
            assert at == offset + morpheme.begin()
            at = offset + morpheme.end()
            out.append(form[offset + morpheme.begin() : at])
    return out


@settings(max_examples=60, deadline=None)
@given(text=japanese | st.text(max_size=80), times=st.integers(1, 12))
def test_pieces_put_together_are_the_text(text: str, times: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PIECE", 40)
        patch.setattr(module, "_CONTEXT", 8)
        assert "".join(_surfaces(text * times)) == search_form(text * times)


SENTENCE = (
    "次に人材の育成と学び直しの支援について市長に伺いますが本市のデジタル化の推進計画では"
    "職員の研修を毎年度行うこととされておりこれまでの成果と今後の課題をどのように捉えているか"
)


def test_a_run_cut_in_pieces_has_the_words_of_one_call() -> None:
    text = SENTENCE * 100
    whole = _surfaces(text)
    assert len(search_form(text)) < module._PIECE
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PIECE", 1000)
        patch.setattr(module, "_CONTEXT", 64)
        assert _surfaces(text) == whole


@pytest.mark.corpus
def test_a_run_of_real_minutes_has_the_words_of_one_call(shared: Path) -> None:
    with gzip.open(shared / "corpus" / "sample" / "minutes.jsonl.gz", "rt") as lines:
        text = "".join(json.loads(line)["text"] for line in islice(lines, 600))
    run = re.sub(r"[。\s]", "", text)
    for start in range(0, min(len(run), 100_000) - 8_000, 8_000):
        form = run[start : start + 8_000]
        whole = _surfaces(form)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "_PIECE", 1000)
            assert _surfaces(form) == whole


def test_a_million_characters_without_a_break_are_tokenized() -> None:
    text = (SENTENCE * 13_000)[:1_062_470]
    assert len(text) == 1_062_470
    found = terms(text)
    assert "" not in found
    assert found.count("学ぶ") == text.count("学び直し")


@pytest.mark.parametrize("character", ["ア", "a", "1", "。", "、", " ", "\n", "漢", "🏢", "ー"])
def test_a_hundred_thousand_times_the_same_character(character: str) -> None:
    assert "".join(_surfaces(character * 100_000)) == search_form(character * 100_000)


def test_long_blank_runs_are_one_line_end() -> None:
    assert terms("防災" + "\n　" * 30_000 + "福祉") == ["防災", "", "福祉"]


def test_threads_get_the_same_terms() -> None:
    texts = [SENTENCE * n for n in range(1, 20)] * 3
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(terms, texts)) == [terms(text) for text in texts]


def test_a_query_word_keeps_its_distances() -> None:
    assert query_phrase("リ・スキリング、") == Phrase(("リ", "スキリング"), gaps=(2,))
    assert query_phrase("「防災」") == Phrase(("防災",))
    assert query_phrase("、。") is None


def test_the_beginning_of_a_word_is_searched_as_written_and_as_normalised() -> None:
    assert prefix_phrases("デジタル") == (Phrase(("デジタル",), prefix=True),)
    assert set(prefix_phrases("空き")) == {
        Phrase(("空く",), prefix=True),
        Phrase(("空き",), prefix=True),
    }
    assert Phrase(("生成ai",), prefix=True) in prefix_phrases("生成AI")
    assert prefix_phrases("、") == ()


def test_the_fingerprint_names_the_dictionary() -> None:
    assert "sudachidict-core 20" in fingerprint()


def test_importing_costs_no_dictionary() -> None:
    code = "import sys, indexer.tokens, indexer.language; print('sudachipy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"
