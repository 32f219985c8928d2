"""The invented towns' feeds: in every dialect the same items, and the oddities that it promises."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replay.cms import TownSite, skins
from replay.feed import dialects, relative
from replay.town_office import JST, OfficeNotice, town_office

TODAY = date(2026, 6, 1)
BASE = "http://town.example:8080"
BROKEN = {"rss20-control", "rss20-blank-line", "rss20-ampersand"}
NAMES = {
    "a": "{http://www.w3.org/2005/Atom}",
    "r": "{http://purl.org/rss/1.0/}",
    "dc": "{http://purl.org/dc/elements/1.1/}",
    "rdf": "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}",
}


@dataclass(frozen=True)
class Line:
    title: str
    link: str
    date: str | None


def site_of(dialect: str, skin: str = "cms8341", now: date = TODAY) -> TownSite:
    site = TownSite(town_office("reiji", TODAY), skin, feeds=[dialect])
    site.now = now
    return site


def feed_of(site: TownSite) -> bytes:
    (path,) = site.feeds
    reply = site.answer("GET", f"{site.home}{path}", b"", {"Host": "town.example:8080"})
    assert reply.status == 200
    return reply.body


def tree_of(name: str, body: bytes) -> ET.Element:
    """The feed mended where it is broken on purpose, without its declaration."""
    dialect = dialects()[name]
    text = body.decode("utf-8-sig" if dialect.bom else dialect.charset).lstrip("\n")
    text = text.replace("\x0b", "").replace(" & ", " &amp; ")
    assert text.startswith(f'<?xml version="1.0" encoding="{dialect.declared}"')
    return ET.fromstring(text.partition("?>")[2].lstrip())


def lines_of(name: str, body: bytes) -> Iterator[Line]:
    tree = tree_of(name, body)
    a, r, dc = NAMES["a"], NAMES["r"], NAMES["dc"]
    match dialects()[name].form:
        case "atom":
            for entry in tree.findall(f"{a}entry"):
                link = entry.find(f"{a}link")
                assert link is not None
                yield Line(
                    entry.findtext(f"{a}title", ""),
                    link.get("href", ""),
                    entry.findtext(f"{a}updated"),
                )
        case "rdf":
            for item in tree.findall(f"{r}item"):
                link = item.findtext(f"{r}link", "")
                assert item.get(f"{NAMES['rdf']}about") == link
                yield Line(item.findtext(f"{r}title", ""), link, item.findtext(f"{dc}date"))
        case _:
            for item in tree.findall("channel/item"):
                yield Line(
                    item.findtext("title", ""), item.findtext("link", ""), item.findtext("pubDate")
                )


def key_of(site: TownSite, link: str) -> str:
    """The path that a link means, without what follows its reader about."""
    (feed,) = site.feeds
    parts = urlsplit(urljoin(f"{BASE}{site.home}{feed}", link))
    assert f"{parts.scheme}://{parts.netloc}" == BASE
    path = re.sub(r";jsessionid=[0-9A-F]+", "", parts.path)
    query = "&".join(q for q in parts.query.split("&") if q and not q.startswith("utm_"))
    return f"{path}?{query}" if query else path


def expected(notice: OfficeNotice) -> datetime:
    return datetime.combine(notice.updated or notice.day, notice.published.timetz())


@pytest.mark.parametrize("skin", skins())
@pytest.mark.parametrize("name", dialects())
def test_every_dialect_lists_the_same_pages(name: str, skin: str) -> None:
    site, dialect = site_of(name, skin), dialects()[name]
    lines = list(lines_of(name, feed_of(site)))
    shown = site.office.shown(TODAY)[: dialect.limit]
    wanted = [f"{site.home}{site.skin.page(each)}" for each in shown]
    if dialect.twice:
        wanted.append(wanted[0])
    assert [key_of(site, line.link) for line in lines] == wanted
    assert [line.title for line in lines][: len(shown)] == [each.title for each in shown]


@pytest.mark.parametrize("name", dialects())
def test_days_are_the_truth_in_the_dialects_own_writing(name: str) -> None:
    site, dialect = site_of(name), dialects()[name]
    shown = {f"{site.home}{site.skin.page(each)}": each for each in site.office.shown(TODAY)}
    for line in list(lines_of(name, feed_of(site)))[: dialect.limit]:
        truth = expected(shown[key_of(site, line.link)])
        if line.date is None:
            assert dialect.dates == "none" or dialect.undated
            continue
        match dialect.dates:
            case "rfc822" | "gmt" | "short":
                assert parsedate_to_datetime(line.date) == truth
            case "day":
                assert date.fromisoformat(line.date) == truth.date()
            case "bare":
                assert datetime.fromisoformat(line.date) == truth.replace(tzinfo=None)
            case _:
                assert datetime.fromisoformat(line.date.replace("Z", "+00:00")) == truth


def test_the_day_in_gmt_is_often_the_day_before() -> None:
    site = site_of("rss20-gmt")
    shown = {f"{site.home}{site.skin.page(each)}": each for each in site.office.shown(TODAY)}
    other_day = 0
    for line in lines_of("rss20-gmt", feed_of(site)):
        assert line.date is not None
        assert line.date.endswith(" GMT")
        printed = parsedate_to_datetime(line.date)
        truth = expected(shown[key_of(site, line.link)])
        other_day += printed.date() != truth.date()
        assert printed.astimezone(JST).date() == truth.date()
    assert other_day >= 3


@pytest.mark.parametrize("name", dialects())
def test_a_feed_is_well_formed_unless_it_promises_not_to_be(name: str) -> None:
    body, dialect = feed_of(site_of(name)), dialects()[name]
    if dialect.charset != "utf-8":  # which the parser of the standard library cannot decode
        body = body.decode(dialect.charset).replace(dialect.declared, "UTF-8", 1).encode()
    if name in BROKEN:
        with pytest.raises(ET.ParseError):
            ET.fromstring(body)
    else:
        ET.fromstring(body)


def test_the_promised_oddities_are_there() -> None:
    def body(name: str) -> bytes:
        return feed_of(site_of(name))

    assert body("rss20-bom").startswith(b"\xef\xbb\xbf<?xml")
    assert body("rss20-blank-line").startswith(b"\n<?xml")
    assert body("rss20-control").count(b"\x0b") == 1
    assert body("rss20-guid").count(b"<guid") == 20
    assert body("rss20").count(b"<guid") == 0
    assert "入札・契約-&gt;公告-&gt;都市建設部水道課".encode() in body("rss20-arrows")
    assert body("rss20-some-undated").count(b"<pubDate>") == 1 + 20 - 7
    assert b"pubDate" not in body("rss091") + body("rss092")
    assert b"rss-0.91.dtd" in body("rss091")
    assert body("rdf").count(b"<rdf:li rdf:resource=") == 20
    assert body("rdf-no-prefix").count(b"<rdf:li resource=") == 20
    assert body("atom").count(b"<id>tag:") == 21
    assert body("atom-no-id").count(b"<id>") == 1
    assert body("rss20-few").count(b"<item>") == 3
    assert body("rss20-none").count(b"<item>") == 0
    assert re.search(rb"<pubDate>\w{3}, \d\d \w{3} \d\d \d\d:", body("rss20-short-year"))
    assert b"/reiji/" not in re.findall(rb"<link>(?!http)(.*?)</link>", body("rss20-relative"))[0]
    assert b"utm_source=rss&amp;utm_medium=feed" in body("rss20-tracked")


def test_a_title_needs_what_the_declared_charset_lacks() -> None:
    body = feed_of(site_of("rss20-shift-jis"))
    assert "（橋の点検）".encode("cp932") in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("shift_jis")  # ① stands in Microsoft's alone
    with pytest.raises(UnicodeDecodeError):
        feed_of(site_of("rss20-euc-jp")).decode("euc_jp")


def test_another_session_comes_with_every_request_and_nothing_else_changes() -> None:
    site = site_of("rss20-session")
    one, other = feed_of(site), feed_of(site)
    assert one != other
    session = re.compile(rb";jsessionid=[0-9A-F]{15}")
    assert session.sub(b"", one) == session.sub(b"", other)
    assert feed_of(site_of("rss20-session")) == one
    for name in dialects():
        if name != "rss20-session":
            same = site_of(name)
            assert feed_of(same) == feed_of(same)


def test_a_link_that_comes_twice_has_an_older_day_the_second_time() -> None:
    lines = list(lines_of("rss20-twice", feed_of(site_of("rss20-twice"))))
    assert lines[0].link == lines[-1].link
    assert lines[0].date == "Mon, 01 Jun 2026 17:30:00 +0900"
    assert lines[-1].date == "Thu, 07 May 2026 17:30:00 +0900"


def test_between_visits_items_come_move_up_and_go() -> None:
    site = site_of("rdf", now=date(2026, 5, 26))
    before = [line.title for line in lines_of("rdf", feed_of(site))]
    site.now = date(2026, 5, 28)
    after = list(lines_of("rdf", feed_of(site)))
    assert before.index("ゼロカーボンに取り組む事業所を紹介します") > 2
    assert [line.title for line in after[:2]] == [
        "市道１２号線の通行止め①（橋の点検）",
        "ゼロカーボンに取り組む事業所を紹介します",
    ]
    assert after[1].date == "2026-05-27T00:05:00+09:00"
    site.now = TODAY + timedelta(days=10)
    titles = [line.title for line in lines_of("rdf", feed_of(site))]
    assert "市道１２号線の通行止め①（橋の点検）" not in titles
    assert "防災行政無線の試験放送 & 緊急速報メールの訓練" in titles  # though its page is gone


SEGMENTS = st.lists(st.sampled_from("abc"), min_size=0, max_size=4)


@settings(deadline=None)
@given(SEGMENTS, SEGMENTS, st.booleans(), st.sampled_from(["", "?id=3"]))
def test_a_relative_link_leads_where_it_should(
    to: list[str], page: list[str], folder: bool, query: str
) -> None:
    path = "/".join([*to, "x"]) + "/" * folder + query
    here = "/".join([*page, "feed.php?mode=news"])
    assert urljoin(f"{BASE}/reiji/{here}", relative(path, here)) == f"{BASE}/reiji/{path}"
