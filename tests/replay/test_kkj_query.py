"""Expressions of the portal: precedence from the guide, refusals in its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay.kkj_query import PortalRefusal, expression

WORDS = ("官公需", "情報", "清掃")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("官公需", {"官公需", "官公需情報"}),
        ("官公需 AND 情報", {"官公需情報"}),
        ("官公需 情報", {"官公需情報"}),
        ("官公需 OR 情報", {"官公需", "情報", "官公需情報"}),
        ("官公需 ANDNOT 情報", {"官公需"}),
        ("官公需 AND NOT 情報", {"官公需"}),
        ("NOT 官公需", {"情報", ""}),
        ("NOT 官公需 AND 情報", {"情報"}),
        ("NOT ( 官公需 AND 情報 )", {"官公需", "情報", ""}),
        ("(官公需)", {"官公需", "官公需情報"}),
        ("情報 OR 官公需 AND 清掃", set()),  # from the left, whatever AND is elsewhere
        ("情報 OR ( 官公需 AND 清掃 )", {"情報", "官公需情報"}),
    ],
)
def test_operators_mean_what_the_guide_says(written: str, found: set[str]) -> None:
    matches = expression(written)
    assert {text for text in ("官公需", "情報", "官公需情報", "") if matches(text)} == found


@pytest.mark.parametrize("written", ["あ", "ア", "ヲ AND 情報", "( ん )", "官公需 OR NOT ゔ"])
def test_one_kana_is_refused(written: str) -> None:
    with pytest.raises(PortalRefusal, match=r"^Only one Kana character in search expression$"):
        expression(written)


@pytest.mark.parametrize("written", ["あい", "亜", "ー"])
def test_two_kana_or_one_of_another_kind_are_not(written: str) -> None:
    assert expression(written)(f"x{written}y")


@pytest.mark.parametrize(
    "written", ["", "AND", "官公需 AND", "( 官公需", "官公需 )", "OR 情報", "NOT"]
)
def test_what_is_no_expression_is_an_internal_error(written: str) -> None:
    with pytest.raises(PortalRefusal, match=r"^internal error$"):
        expression(written)


TREES = st.recursive(
    st.sampled_from(WORDS),
    lambda below: (
        st.tuples(below, st.sampled_from(("AND", "OR", "ANDNOT")), below)
        | st.tuples(st.just("NOT"), below)
    ),
    max_leaves=6,
)
Tree = str | tuple["Tree", ...]


def written(tree: Tree) -> str:
    return tree if isinstance(tree, str) else f"( {' '.join(map(written, tree))} )"


def holds(tree: Tree, text: str) -> bool:
    match tree:
        case str():
            return tree in text
        case ("NOT", below):
            return not holds(below, text)
        case (left, "AND", right):
            return holds(left, text) and holds(right, text)
        case (left, "OR", right):
            return holds(left, text) or holds(right, text)
        case (left, _, right):
            return holds(left, text) and not holds(right, text)
    raise AssertionError(tree)


@given(tree=TREES, words=st.sets(st.sampled_from(WORDS)))
def test_brackets_decide(tree: Tree, words: set[str]) -> None:
    text = "、".join(sorted(words))
    assert expression(written(tree))(text) == holds(tree, text)
