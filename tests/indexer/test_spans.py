"""Places of tokens that the index knows mark the same as tokenizing again does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.highlight import marks
from indexer.language import parse
from indexer.query import Filters, Match
from indexer.spans import pack, unpack
from kazami.bodies import load_bodies
from tests.contract.corpus import document

QUERIES = [
    "市",
    "人材育成",
    "学び直し",
    "デジタル*",
    "学び*",
    "防災 OR 減災",
    "市長 NEAR/5 予算",
    "予算 -防災",
    '"人口 減少"',
    "DX",
    "㍿",
    "黒保根",
    "黒保根町",
    "O157",
    "1.5倍",
    "サービス",
    "議長",
]
TEXTS = [
    "市長の答弁、予算と防災。\n　人材育成　と学び直し（まなびなおし）。市民の市。",
    "ＤＸとデジタル化、デジタルトランス\nフォーメーション。学びを学ぶ。",
    "㍿の株式会社、①と㈱。減災\u200bと防災、ｶﾀｶﾅ、が゚、人口減\n少。",
    "　　\n\n市\n\n\n市　　市。予算は市長の予算。",
    "黒保根町と⿊保\u200e根町、Ｏ－１５７、１・５倍の福祉サ－ビス。議⻑。",
]
PIECES = st.sampled_from(
    [
        "市",
        "市長",
        "予算",
        "防災",
        "学び",
        "直し",
        "デジタル",
        "ＤＸ",
        "㍿",
        "　",
        " ",
        "\n",
        "、",
        "。",
        "ｶﾞ",
        "が",
        "\u3099",
        "A",
        "١",
        "𠮷",
        "ーー",
        "人材",
        "育成",
        "\u200b",
        "Σ",
        "ﷺ",
        "黒保根町",
        "Ｏ",
        "－",
        "１５７",
        "・",
        "1",
        "5倍",
        "サ",
        "ビス",
        "議⻑",
    ]
)


def same_marks(folder: Path, texts: list[str]) -> int:
    """How many hits were marked from the index, and found to be marked as tokens are."""
    writer = WhooshWriter(folder, workers=1)
    writer.put([document("a", *texts)])
    writer.commit(1)
    writer.close()
    bodies, seen = load_bodies(), 0
    with WhooshReader(folder) as reader:
        for query in QUERIES:
            node = parse(query, Match.WORD, bodies)
            hits = reader.search(node, Filters(), limit=100).hits
            known = reader.locate(node, hits)
            for hit in hits:
                text = texts[int(hit.passage.rpartition("#")[2]) - 1]
                found = marks(text, node, known[hit.passage])
                assert found == marks(text, node), (query, text)
                seen += bool(found)
    return seen


def test_words_phrases_prefixes_nearness_and_alternatives_are_marked_alike(tmp_path: Path):
    assert same_marks(tmp_path, TEXTS) > 10


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.lists(PIECES, min_size=1).map("".join), min_size=1, max_size=4))
def test_any_text_is_marked_alike(tmp_path_factory: pytest.TempPathFactory, texts: list[str]):
    same_marks(tmp_path_factory.mktemp("any"), [f"{text}市" for text in texts])


def test_a_text_that_changed_since_is_tokenized_again(tmp_path: Path):
    writer = WhooshWriter(tmp_path, workers=1)
    writer.put([document("a", "予算の市")])
    writer.commit(1)
    writer.close()
    node = parse("市", Match.WORD, load_bodies())
    with WhooshReader(tmp_path) as reader:
        [hit] = reader.search(node, Filters()).hits
        [located] = reader.locate(node, [hit]).values()
    assert [(mark.start, mark.end) for mark in marks("いまは市の予算", node, located)] == [(3, 4)]


@given(
    st.lists(st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=20), max_size=6),
)
def test_widths_come_back_as_places(texts: list[list[tuple[int, bool]]]):
    flat = [each for text in texts for each in text]
    widths = np.array([width for width, _ in flat], dtype=np.int64)
    unplaced = np.array([at for at, (_, gap) in enumerate(flat) if gap], dtype=np.int64)
    counts = np.array([len(text) for text in texts], dtype=np.int64)
    for text, packed in zip(texts, pack(widths, unplaced, counts), strict=True):
        begins, ends = unpack(packed)
        expected = []
        at = 0
        for width, gap in text:
            if not gap:
                expected.append((at, at + width))
            at += width
        assert list(zip(begins.tolist(), ends.tolist(), strict=True)) == expected
