"""Counts over 23 years of real minutes, against brute force over the raw file."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest

from indexer.language import parse
from indexer.query import Filters, Match, Node
from indexer.tokens import terms
from kazami.bodies import load_bodies
from kazami.periods import Every
from tests.indexer.conftest import Kiryu, Utterance

pytestmark = [pytest.mark.corpus, pytest.mark.slow, pytest.mark.timeout(900)]

KNOWN = {
    "防災": (3624, 1402),
    "入札": (2089, 736),
    "人口減少": (1946, 1149),
    "デジタル": (1058, 489),
    "SDGs": (431, 148),
    "ＤＸ": (125, 103),
    "生成AI": (13, 8),
    "ヤングケアラー": (27, 18),
    "空き家": (1310, 479),
    "AI": (134, 68),
}
"""Occurrences and utterances of the plain NFKC substring, counted by hand once."""

TERMS = (
    *KNOWN,
    "リスキリング",
    "新型コロナ",
    "ゼロカーボン",
    "デジタル人材",
    "指定管理者",
    "学校給食",
    "待機児童",
    "観光",
    "地域包括ケア",
    "ふるさと納税",
    "マイナンバー",
    "子育て支援",
    "不登校",
    "合併",
    "行財政改革",
    "学び直し",
    "再生可能エネルギー",
    "中心市街地",
    "クビアカツヤカミキリ",
    "公共施設",
    "桐生川",
    "ＩＣＴ",
    "１０％",
    "国、県",
)

Counts = dict[int, tuple[int, int, int, int]]
"""Passages, documents, bodies and occurrences by year."""


def brute_force(kiryu: Kiryu, count: Callable[[int, Utterance], int]) -> Counts:
    passages: Counter[int] = Counter()
    occurrences: Counter[int] = Counter()
    meetings: dict[int, set[tuple[str, str, str]]] = {}
    for number, utterance in enumerate(kiryu.utterances):
        if found := count(number, utterance):
            passages[utterance.year] += 1
            occurrences[utterance.year] += found
            meetings.setdefault(utterance.year, set()).add(utterance.meeting)
    return {
        year: (passages[year], len(meetings[year]), 1, occurrences[year])
        for year in sorted(passages)
    }


def tallied(kiryu: Kiryu, engine: str, node: Node) -> Counts:
    cells = kiryu.readers[engine].tally(node, Filters(), every=Every.YEAR)
    return {
        cell.start.year: (cell.passages, cell.documents, cell.bodies, cell.occurrences)
        for cell in cells
        if cell.start
    }


@pytest.fixture(scope="module")
def plain(kiryu: Kiryu) -> list[str]:
    return [unicodedata.normalize("NFKC", utterance.text) for utterance in kiryu.utterances]


@pytest.fixture(scope="module")
def beginning(kiryu: Kiryu) -> dict[str, set[int]]:
    """The utterances that hold a term's first token: the others need not be looked through."""
    firsts = {next(filter(None, terms(term))) for term in TERMS}
    found: dict[str, set[int]] = {first: set() for first in firsts}
    for number, tokens in enumerate(kiryu.tokens):
        for token in firsts.intersection(tokens):
            found[token].add(number)
    return found


@pytest.mark.parametrize("term", TERMS)
def test_exact_counts_are_those_of_the_plain_text(
    kiryu: Kiryu, plain: list[str], term: str
) -> None:
    wanted = unicodedata.normalize("NFKC", term)
    truth = brute_force(kiryu, lambda number, _: plain[number].count(wanted))
    node = parse(f'"{term}"', Match.EXACT, load_bodies())
    assert tallied(kiryu, "memory", node) == truth
    assert tallied(kiryu, "whoosh", node) == truth
    if term in KNOWN:
        assert (sum(c[3] for c in truth.values()), sum(c[0] for c in truth.values())) == KNOWN[term]


@pytest.mark.parametrize("term", [term for term in TERMS if "、" not in term])
def test_word_counts_are_those_of_the_tokens(
    kiryu: Kiryu, beginning: dict[str, set[int]], term: str
) -> None:
    wanted = [each for each in terms(term) if each]
    held = beginning[wanted[0]]

    def count(number: int, _: Utterance) -> int:
        if number not in held:
            return 0
        tokens = kiryu.tokens[number]
        return sum(
            token == wanted[0] and tokens[at : at + len(wanted)] == wanted
            for at, token in enumerate(tokens)
        )

    truth = brute_force(kiryu, count)
    node = parse(f'"{term}"', Match.WORD, load_bodies())
    assert tallied(kiryu, "memory", node) == truth
    assert tallied(kiryu, "whoosh", node) == truth


@pytest.mark.parametrize(
    ("query", "match"),
    [
        ("防災 -訓練", Match.WORD),
        ("指定管理者 role:市長", Match.WORD),
        ("デジタル* NEAR/5 (人材 OR 推進)", Match.WORD),
        ("入札 OR 随意契約 stance:answer", Match.WORD),
        ("ヤングケアラー | ゼロカーボン", Match.EXACT),
        ("role:*部長 空き家", Match.WORD),
    ],
)
def test_engines_rank_real_minutes_alike(kiryu: Kiryu, query: str, match: Match) -> None:
    node = parse(query, match, load_bodies())
    whoosh, memory = kiryu.readers["whoosh"], kiryu.readers["memory"]
    found = whoosh.search(node, Filters(), limit=50)
    assert found.total > 0
    assert found == memory.search(node, Filters(), limit=50)
    assert tallied(kiryu, "whoosh", node) == tallied(kiryu, "memory", node)
