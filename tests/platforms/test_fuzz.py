"""Broken pages are refused; they never give a document with nothing in it, nor another error."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.page import Blocked, Found, Page, PageChanged
from crawler.platforms.kokkai import ApiError, parse_meetings
from tests.builders import PAGES, parser_of

WHOLE = sorted(
    case.parent for case in PAGES.glob("*/*/case.toml") if "refused" not in case.parent.name
)


@st.composite
def broken(draw: st.DrawFn) -> tuple[Path, bytes]:
    """A saved page cut off, with a piece missing or doubled, or with one of another page in it."""
    case = draw(st.sampled_from(WHOLE))
    body = (case / "page.bin").read_bytes()
    a, b = sorted(draw(st.tuples(*[st.integers(0, len(body))] * 2)))
    other = (draw(st.sampled_from(WHOLE)) / "page.bin").read_bytes()
    c, d = sorted(draw(st.tuples(*[st.integers(0, len(other))] * 2)))
    ways = (body[:a], body[:a] + body[b:], body[:b] + body[a:], body[:a] + other[c:d] + body[b:])
    return case, draw(st.sampled_from(ways))


@settings(max_examples=400, deadline=None)
@given(broken())
def test_a_broken_page_is_refused_or_read(page: tuple[Path, bytes]) -> None:
    case, body = page
    said = tomllib.loads((case / "case.toml").read_text("utf-8"))
    parse = parser_of(case.parent.name, said["parser"])
    try:
        answers = list(parse(Page(said["url"], body, said["content_type"]), **said["carry"]))
    except (PageChanged, Blocked, ApiError):
        return
    for answer in answers:
        if isinstance(answer, Found):
            assert answer.title
            assert answer.passages


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
        answers = list(parse_meetings(page, **said["carry"]))
    except (PageChanged, ApiError):
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
