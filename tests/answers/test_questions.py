"""Filters written as JSON and read again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.saved_filters import WrongFilters, filters_from_json, filters_to_json
from indexer.query import Filters
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
        ('{"since": "2026-03-01", "until": "2026-02-01"}', "after"),
    ],
)
def test_a_bad_value_is_one_line_that_names_it(text: str, says: str) -> None:
    with pytest.raises(WrongFilters, match=says) as caught:
        filters_from_json(text)
    assert "\n" not in str(caught.value)
