"""Words of the index that hold a word of the query, and what is asked of them."""

from __future__ import annotations

import pytest

from indexer.language import parse
from indexer.longer_words import Sought, sought
from indexer.query import Match
from kazami.bodies import load_bodies


def words(query: str, match: Match = Match.WORD) -> list[Sought]:
    return sought(parse(query, match, load_bodies()))


def one(query: str) -> Sought:
    (found,) = words(query)
    return found


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("デジタル", "デジタル化"),
        ("ＤＸ", "dx化"),
        ("デジタル", "行政デジタル"),
        ("バス", "ノンステップバス"),
        ("バス", "コロンバスのバス"),
        ("所得", "所得税"),
        ("ＡＩ", "生成ai"),
        ("生成AI", "生成ai"),
        ("サービス", "デイサービスセンター"),
        ("イレブン", "セブン‐イレブン"),
        ("飛驒", "北飛騨"),
    ],
)
def test_a_longer_word_holds(query: str, term: str) -> None:
    assert one(query).in_term(term)


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("デジタル", "デジタル"),
        ("デジタル", "アナログ"),
        ("ローン", "ドローン"),
        ("プラン", "プラント"),
        ("プラン", "インプラント"),
        ("ＡＩ", "mirai"),
        ("ＡＩ", "daily"),
        ("子ども", "子どもら"),
        ("生成AI", "生成"),
    ],
)
def test_no_longer_word_holds(query: str, term: str) -> None:
    assert not one(query).in_term(term)


def test_what_another_part_of_the_query_counts_is_not_left_out() -> None:
    found, *_ = words("バス OR ノンステップバス")
    assert not found.in_term("ノンステップバス")
    assert found.in_term("シャトルバス")
    found = one("デジタル OR デジタ*")
    assert not found.in_term("デジタル化")
    assert found.in_term("行政デジタル")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("バス", ["バス"]),
        ("バス 電車", ["バス", "電車"]),
        ("バス -電車", ["バス"]),
        ("(バス OR 電車) NEAR/5 路線", ["バス", "電車", "路線"]),
        ('"バス 電車"', []),
        ("バス*", []),
        ("市", []),
        ("こと", []),
        ("2024", []),
        ("1.5倍", ["1.5倍"]),
        ("role:市長", []),
        ("Wi-Fi", ["Wi-Fi"]),
    ],
)
def test_the_words_that_longer_ones_are_looked_for(query: str, found: list[str]) -> None:
    assert [each.word for each in words(query)] == found


def test_an_exact_search_finds_them_all_anyway() -> None:
    assert words("バス", Match.EXACT) == []
