"""Questions and filters written as JSON and read again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.questions import (
    Question,
    WrongFilters,
    WrongQuestion,
    filters_from_json,
    filters_to_json,
    question_from_json,
    question_to_json,
)
from indexer.query import Filters, Match, Readings
from kazami.document import Kind, Stance

TEXTS = st.lists(st.text(min_size=1).filter(str.strip), max_size=3).map(tuple)
DIGITS = "0123456789"


@given(
    st.builds(
        Filters,
        bodies=st.frozensets(st.text(DIGITS, min_size=6, max_size=6), max_size=3),
        prefectures=st.frozensets(st.text(DIGITS, min_size=2, max_size=2), max_size=3),
        kinds=st.frozensets(st.sampled_from(Kind)),
        since=st.none() | st.dates(),
        until=st.none(),
        speakers=TEXTS,
        roles=TEXTS,
        stances=st.frozensets(st.sampled_from(Stance)),
        reading=st.sampled_from(Readings),
    )
)
def test_filters_come_back_as_they_were(filters: Filters) -> None:
    assert filters_from_json(filters_to_json(filters)) == filters


@given(st.dates(), st.dates())
def test_a_span_comes_back_as_it_was(one: date, other: date) -> None:
    first, last = sorted((one, other))
    filters = Filters(since=first, until=last)
    assert filters_from_json(filters_to_json(filters)) == filters


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "no JSON"),
        ("[]", "no JSON object"),
        ('{"colour": ["red"]}', "colour"),
        ('{"bodies": "102032"}', "bodies"),
        ('{"bodies": ["10203"]}', "10203"),
        ('{"prefectures": ["１０"]}', "prefectures"),
        ('{"kinds": ["novel"]}', "novel"),
        ('{"speakers": [" "]}', "speakers"),
        ('{"speakers": [1]}', "speakers"),
        ('{"since": "2026-02-30"}', "2026-02-30"),
        ('{"since": 2026}', "2026"),
        ('{"reading": "good"}', "'good' is none of all, sound"),
        ('{"reading": []}', "reading"),
        ('{"since": "2026-03-01", "until": "2026-02-01"}', "after"),
    ],
)
def test_a_bad_value_is_one_line_that_names_it(text: str, says: str) -> None:
    with pytest.raises(WrongFilters, match=says) as caught:
        filters_from_json(text)
    assert "\n" not in str(caught.value)


@given(
    st.builds(
        Question,
        texts=st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=3).map(tuple),
        match=st.sampled_from(Match),
        filters=st.builds(
            Filters,
            kinds=st.frozensets(st.sampled_from(Kind)),
            since=st.none() | st.dates(),
            until=st.none(),
            seats=TEXTS,
        ),
    )
)
def test_a_question_comes_back_as_it_was(question: Question) -> None:
    assert question_from_json(question_to_json(question)) == question


def test_what_is_not_asked_is_not_written() -> None:
    assert question_to_json(Question(texts=("学び直し",))) == '{"texts":["学び直し"]}'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", "no JSON"),
        ("[]", "no JSON object"),
        ("{}", "needs one"),
        ('{"texts": "a"}', "texts"),
        ('{"texts": [""]}', "texts"),
        ('{"texts": ["a"], "match": "fuzzy"}', "fuzzy"),
        ('{"texts": ["a"], "match": []}', "match"),
        ('{"texts": ["a"], "filters": []}', "filters"),
        ('{"texts": ["a"], "filters": {"kinds": ["novel"]}}', "novel"),
        ('{"texts": ["a"], "colour": 1}', "colour"),
    ],
)
def test_a_wrong_question_is_one_line_that_says_where(text: str, says: str) -> None:
    with pytest.raises(WrongQuestion, match=says) as raised:
        question_from_json(text)
    assert "\n" not in str(raised.value)


def test_a_search_needs_one_text() -> None:
    assert Question(texts=("a",)).text == "a"
    for texts in ((), ("a", "b")):
        with pytest.raises(WrongQuestion):
            _ = Question(texts=texts).text
