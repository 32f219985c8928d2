"""Feeds that mean harm: refused in one line, in bounded time and memory."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page import Follow, Page, PageChanged, Remark
from crawler.platforms.feed import parse_feed
from crawler.platforms.feed.dates import stamp
from crawler.platforms.feed.entries import MOST_CHARACTERS
from crawler.platforms.notices.addresses import canonical

HOST = "www.town.reiji.example"


def read(body: bytes, kind: str = "application/xml") -> list[object]:
    return list(parse_feed(Page(f"https://{HOST}/f.xml", body, kind), "announcement", [HOST]))


def rss(items: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>{items}</channel></rss>'.encode()
    )


BOMB = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "made",
    [
        lambda: rss("<title>&b;</title>", BOMB),
        lambda: rss("<title>&a;</title>", FILE),
        lambda: rss("<title>x</title>", BOMB.replace("<!ENTITY", "<!entity")),
        lambda: rss("<a>" * 10_000 + "</a>" * 10_000),
        lambda: rss("<a>" * 10_000),
        lambda: b"<" * 100_000_000,
        lambda: rss("<item><title>x</title><link>/1</link></item>" * 100_000),
        lambda: rss("&" * MOST_CHARACTERS),
        lambda: b"\x00" * 1_000_000,
        lambda: b"<!-- -->" * 100_000 + b"<html>",
        lambda: "<rss>".encode("utf-16"),
    ],
    ids=[
        "entity bomb",
        "a file as entity",
        "entities in small letters",
        "nested",
        "nested and not closed",
        "100 MB",
        "endless items",
        "ampersands",
        "NUL",
        "comments first",
        "half a feed in UTF-16",
    ],
)
def test_it_is_refused_in_one_line_and_soon(made: Callable[[], bytes]):
    body = made()
    began = time.process_time()
    with pytest.raises(PageChanged) as refused:
        read(body)
    assert time.process_time() - began < 3
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'" + b" a='b'" * 100_000 + b"></rss>x",
        rss("<!--" * 100_000),
        rss("<![CDATA[" * 100_000),
        rss("</rss><!--" * 50_000),
        rss("<item><title>" + "<!--" * 100_000 + "</title></item>"),
        rss("<item><title>" + "&lt;b " * 100_000 + "</title></item>"),
    ],
    ids=["attributes", "comments", "sections", "ends", "comments in a title", "tags in a title"],
)
def test_what_it_holds_is_told_and_soon(body: bytes):
    began = time.process_time()
    answers = read(body)
    assert time.process_time() - began < 4
    assert any(isinstance(answer, Remark) for answer in answers)


def test_the_doctype_of_old_feeds_is_passed_over():
    old = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/x.dtd">'
    (follow,) = read(rss("<item><title>x</title><link>/1.html</link></item>", old))
    assert isinstance(follow, Follow)


def test_a_wrong_byte_costs_a_letter_of_one_item_and_is_told():
    items = "".join(f"<item><title>お知らせ{n}</title><link>/{n}</link></item>" for n in range(5))
    body = rss(items).replace("お知らせ3".encode(), b"\xff\xfe")
    remark, *follows = read(body)
    assert isinstance(remark, Remark)
    assert "wrong bytes" in remark.said
    assert len(follows) == 5


def test_reading_is_linear():
    def seconds(count: int) -> float:
        body = rss("<item><title>お知らせ</title><link>/1</link></item>" * count)
        began = time.process_time()
        read(body)
        return time.process_time() - began

    seconds(100)
    assert seconds(3_000) < 8 * seconds(750)


@given(st.text(max_size=60))
def test_any_words_are_a_day_or_none(words: str):
    found = stamp(words)
    assert found is None or found.day.year >= 1990


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Mon, 03 Aug 2026 20:00:00 GMT", "2026-08-04"),
        ("Mon, 03 Aug 2026 09:00:00 JST", "2026-08-03"),
        ("Mon, 03 Aug 2026 23:30:00", "2026-08-03"),
        ("Mon, 03 Aug 2026 23:30:00 -0000", "2026-08-04"),
        ("03 Aug 26 09:00 +0900", "2026-08-03"),
        ("Thu, 03 Sep 15 00:01:01 +0900", "2015-09-03"),
        ("2026-08-03", "2026-08-03"),
        ("2026-08-31T15:30:00Z", "2026-09-01"),
        ("2026-08-03T09:00+0900", "2026-08-03"),
        ("2026-08-03 09:00:00.5", "2026-08-03"),
        ("2026年8月3日", "2026-08-03"),
        ("令和８年８月３日 10時", "2026-08-03"),
        ("2026/08/03 10:00", "2026-08-03"),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("2026-02-30", None),
        ("令和8年2月30日", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_days_are_those_of_japan(words: str, day: str | None):
    found = stamp(words)
    assert (found.day.isoformat() if found else None) == day


SAME = [
    "https://www.town.reiji.example/a/1.html",
    "http://www.town.reiji.example/a/1.html",
    "https://WWW.town.reiji.example:443/a/1.html#top",
    "https://www.town.reiji.example/a/../a/1.html?utm_source=rss&utm_medium=feed",
    "https://www.town.reiji.example/a/1.html;jsessionid=0123456789ABCDEF",
    "https://www.town.reiji.example/a/1.html?PHPSESSID=0123456789abcdef0123",
    "https://www.town.reiji.example/a/1%2Ehtml?fbclid=x",
]


@pytest.mark.parametrize("url", SAME)
def test_one_page_has_one_key(url: str):
    assert canonical(url) == "www.town.reiji.example/a/1.html"


def test_a_host_alone_is_its_first_page():
    home = f"https://{HOST}"
    assert {canonical(home + end) for end in ("", "/", "//.", "/index.html")} == {f"{HOST}/"}


def test_folders_and_their_index_are_one_page_and_other_pages_are_not():
    home = "https://www.town.reiji.example/a/"
    assert canonical(f"{home}index.html") == canonical(home) == "www.town.reiji.example/a/"
    others = [
        home,
        home.rstrip("/"),
        f"{home}A.html",
        f"{home}a.html",
        f"{home}?id=1",
        f"{home}?id=2",
    ]
    assert len({canonical(each) for each in others}) == len(others)


@given(st.text(alphabet="abc/.?&=#%あ ;:\t\n'\"<>\\\x00", max_size=40))
def test_a_key_can_be_printed_and_is_its_own(path: str):
    key = canonical(f"https://{HOST}/{path}")
    assert key.isprintable() or not key.isascii()
    assert key.startswith(HOST)
    assert canonical(f"http://{key}") == key or "%" in path or "\\" in path
