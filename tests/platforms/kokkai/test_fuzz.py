"""Answers of the Diet's API with something else in them: refused, or read, never as nothing."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.page import Found, Page, PageChanged, TryLater
from crawler.platforms.kokkai import ApiError, parse_meetings
from tests.builders import PAGES

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.just([]),
    st.just({}),
)


@settings(max_examples=300, deadline=None)
@given(st.data(), JUNK)
def test_an_answer_with_one_wrong_value_is_refused_or_read(
    data: st.DataObject, junk: object
) -> None:
    """Every value of a good answer of the Diet's API, replaced by something else."""
    case = PAGES / "kokkai" / "markers"
    said = tomllib.loads((case / "case.toml").read_text("utf-8"))
    answer = json.loads((case / "page.bin").read_bytes())
    place = data.draw(st.sampled_from(places(answer)))
    inside = answer
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = junk
    page = Page(said["url"], json.dumps(answer).encode(), said["content_type"])
    try:
        answers = list(parse_meetings(page, **said["cb_kwargs"]))
    except (PageChanged, TryLater, ApiError):
        return
    assert all(each.passages for each in answers if isinstance(each, Found))


def places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    found = [here] if here else []
    for step in steps:
        found += places(value[step], (*here, step))
    return found
