"""What to fetch next can be written down: everything that any platform asks for comes back."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.frontier import FrontierError, named_parser, read, write
from crawler.page import Follow, Page, Wanted
from crawler.platform import platform, platforms
from kazami.document import Kind
from kazami.errors import KazamiError
from kazami.sources import Source, load_sources
from tests.builders import PAGES

CASES = sorted(case.parent for case in PAGES.glob("*/*/case.toml"))


def again(name: str, follow: Follow) -> Follow:
    """The follow after it was written down and read back."""
    line = write(follow)
    assert "\n" not in line
    assert line.isascii()
    return read(line, lambda parser: named_parser(platform(name), parser))


def as_json(follow: Follow) -> Follow:
    """Tuples of what it carries as the lists that JSON has."""
    return replace(follow, cb_kwargs=json.loads(json.dumps(dict(follow.cb_kwargs))))


@pytest.mark.parametrize("name", sorted(platforms()))
def test_every_page_that_a_saved_one_leads_to_comes_back(name):
    seen = 0
    for case in CASES:
        said = tomllib.loads((case / "case.toml").read_text("utf-8"))
        if case.parent.name != name or "refused" in said:
            continue
        page = Page(said["url"], (case / "page.bin").read_bytes(), said["content_type"])
        for answer in named_parser(platform(name), said["parser"])(page, **said["cb_kwargs"]):
            if isinstance(answer, Follow):
                seen += 1
                assert again(name, answer) == as_json(answer)
    assert seen


def test_the_first_page_of_every_known_source_comes_back():
    wanted = Wanted(today=date(2026, 5, 1), since=date(2020, 1, 1), query="防災")
    started = set()
    for source in load_sources():
        if source.platform not in platforms() or not source.url:
            continue
        try:
            follows = list(platform(source.platform).start(source, wanted))
        except KazamiError:  # a source that is not configured yet
            continue
        for follow in follows:
            started.add(source.platform)
            assert again(source.platform, follow) == as_json(follow)
    assert started == platforms().keys()


texts = st.text(max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts, lambda each: st.lists(each, max_size=3)
)
days = st.none() | st.dates()


def parse_nothing(page):
    return iter(())


@given(
    st.builds(
        Follow,
        url=texts,
        parse=st.just(parse_nothing),
        key=texts,
        method=st.sampled_from(["GET", "POST"]),
        body=st.none() | st.binary(max_size=30),
        headers=st.dictionaries(texts, texts, max_size=3),
        cb_kwargs=st.dictionaries(texts, values, max_size=3),
        document=st.none() | texts,
        day=days,
        listing=st.none() | texts,
        newest=days,
    )
)
def test_anything_comes_back(follow):
    assert read(write(follow), {"parse_nothing": parse_nothing}.__getitem__) == follow


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "7",
        '{"url": "u"}',
        '{"url": "u", "parser": "parse_list", "key": "k", "method": "GET", "day": "soon"}',
        '{"url": "u", "parser": "parse_gone", "key": "k", "method": "GET"}',
        '{"url": "u", "parser": "start", "key": "k", "method": "GET"}',
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(line):
    with pytest.raises(FrontierError) as caught:
        read(line, lambda name: named_parser(platform("kokkai"), name))
    assert "\n" not in str(caught.value)


def test_a_source_of_its_own_need_not_exist():
    """A platform that another one's frontier names is refused like a parser that is gone."""
    source = Source(
        body="102032", kind=Kind.MINUTES, platform="kokkai", url="http://127.0.0.1/api/"
    )
    (first, *_) = platform("kokkai").start(source, Wanted(today=date(2026, 5, 1)))
    with pytest.raises(FrontierError, match="no parser is called"):
        read(write(first), lambda name: named_parser(platform("discussnet"), name))
