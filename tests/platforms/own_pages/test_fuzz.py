"""Broken pages of own sites: refused or read, in time, and never with another error."""

from __future__ import annotations

import time
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.page import Blocked, Found, LostAtSource, Page, PageChanged, TryLater
from tests.builders import PAGES, parser_of

HTML = [
    case.parent
    for case in sorted(PAGES.glob("*_minutes/*/case.toml"))
    if b"%PDF-" not in (case.parent / "page.bin").read_bytes()[:20]
]
SNIPPETS = [
    b"<a href='http://[x'>\xe4\xbc\x9a\xe8\xad\xb0\xe9\x8c\xb2</a>",
    b"<a href='//'>1</a>",
    b"<a href='https://www.town.reiji.lg.jp:99999/uploaded/attachment/1.pdf'>\xe7\xac\xac1\xe5\x8f\xb7</a>",
    b"<frame src='http://[y'>",
    b"<frame>",
    b"<!--",
    b"<pre>" * 300,
    b"<div>" * 3000,
    b"&#0;&#xFDD0;&#xFDD1;&#11;&#x1;&#65535;&#xD800;",
    b"\x00\x01\xff",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"<meta charset='x-nonsense'>",
]


@st.composite
def broken(draw: st.DrawFn) -> tuple[Path, bytes]:
    case = draw(st.sampled_from(HTML))
    body = (case / "page.bin").read_bytes()
    other = (draw(st.sampled_from(HTML)) / "page.bin").read_bytes()
    a, b = sorted(draw(st.tuples(*[st.integers(0, len(body))] * 2)))
    c, d = sorted(draw(st.tuples(*[st.integers(0, len(other))] * 2)))
    snippet = draw(st.sampled_from(SNIPPETS))
    ways = (
        body[:a],
        body[:a] + body[b:],
        body[:a] + snippet + body[a:],
        snippet + body,
        body[:a] + other[c:d] + body[b:],
    )
    return case, draw(st.sampled_from(ways))


@settings(max_examples=400, deadline=None)
@given(broken())
def test_a_broken_page_is_refused_or_read(page: tuple[Path, bytes]) -> None:
    case, body = page
    said = tomllib.loads((case / "case.toml").read_text("utf-8"))
    parse = parser_of(case.parent.name, said["parser"])
    began = time.process_time()
    try:
        answers = list(parse(Page(said["url"], body, said["content_type"]), **said["cb_kwargs"]))
    except (PageChanged, Blocked, LostAtSource, TryLater):
        return
    finally:
        assert time.process_time() - began < 2
    assert answers
    for answer in answers:
        if isinstance(answer, Found):
            assert answer.title
            assert answer.passages


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        ",",
        " ",
        "\n ",
        "(",
        "年",
        "○",
        "<a href=/1>",
        "<b>",
        "○議長（",
        "&nbsp;",
        "　",
        "会議",
        "令和6年",
    ],
)
@pytest.mark.parametrize(
    "around", ["{}", "<a href='/uploaded/attachment/1.pdf'>{}x</a>", "<p>\n{}x</p>"]
)
def test_a_page_of_nothing_but_one_thing_takes_no_longer(piece: str, around: str) -> None:
    body = around.replace("{}", piece * (1_000_000 // len(piece)))
    page = Page("https://www.town.reiji.lg.jp/site/1.html", f"<html>{body}".encode())
    options = {"documents": ["https://www.town.reiji.lg.jp/uploaded/attachment/*.pdf"]}
    cb_kwargs = {"options": options, "home": page.url}
    began = time.process_time()
    for platform_name, parser, more in (
        ("pdf_minutes", "parse_list", {}),
        ("html_minutes", "parse_document", {"named": ["令和6年3月4日"], "key": "/1"}),
    ):
        with suppress(PageChanged):
            list(parser_of(platform_name, parser)(page, **cb_kwargs, **more))
    assert time.process_time() - began < 4
