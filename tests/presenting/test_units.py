"""Documents and passages are called what they are."""

from __future__ import annotations

from datetime import date

import pytest

from answers.claim import Claim
from answers.questions import Match, Measure
from indexer.query import KindExtent
from kazami.document import Kind
from presenting.claim import bodies_text, claim_json, claim_line
from presenting.units import measure_label, total_label, units

MIXED = frozenset({Kind.MINUTES, Kind.TENDER})


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (frozenset(), ("会議", "発言")),
        (frozenset({Kind.MINUTES}), ("会議", "発言")),
        (frozenset({Kind.TENDER, Kind.AWARD}), ("件", "段落")),
        (MIXED, ("件", "発言・段落")),
    ],
)
def test_only_minutes_have_meetings(kinds: frozenset[Kind], words: tuple[str, str]) -> None:
    assert units(kinds) == words


def test_a_claim_says_what_was_counted() -> None:
    claim = Claim(
        documents=3,
        passages=12,
        bodies=1,
        bodies_of=1788,
        diet=False,
        invented=0,
        since=date(2022, 3, 1),
        until=date(2022, 3, 2),
        match=Match.WORD,
        not_searched=(),
        by_kind={Kind.TENDER: KindExtent(3, 12)},
    )
    assert "入札公告 3件 12段落" in claim_line(claim)
    assert claim_json(claim)["kinds"] == ["tender"]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 1788, False, 0, 0), "0団体 / 1,788団体"),
        ((12, 1788, True, 0, 9), "12団体と国会 / 1,788団体と国の9機関"),
        ((0, 1788, False, 0, 1), "国の1機関"),
        ((0, 1788, True, 4, 1), "国会と国の1機関と架空の4団体"),
    ],
)
def test_what_is_none_of_the_1788_stands_apart(
    counts: tuple[int, int, bool, int, int], words: str
) -> None:
    assert bodies_text(*counts) == words


def test_a_measure_says_what_was_counted() -> None:
    assert measure_label(Measure.DOCUMENTS, {Kind.MINUTES}) == "会議数"
    assert measure_label(Measure.PASSAGES, {Kind.TENDER}) == "段落数"
    assert total_label(Measure.DOCUMENTS, MIXED) == "全件"
    for measure in Measure:
        assert "{" not in measure_label(measure, MIXED) + total_label(measure, MIXED)
