"""What DB-Search's module decides without a page of a real council: names, pages, what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.page import Page, PageChanged, Wanted
from crawler.platforms import dbsearch
from crawler.platforms.dbsearch.lists import ResultRow, sittings
from kazami.document import Document, Kind
from kazami.sources import Source
from replay import ReplayError, ReplayServer
from replay.dbsearch import Council
from replay.dbsearch_skins import SKINS
from tests.platforms.round_trip import invented

NOW = datetime(2026, 8, 2, tzinfo=UTC)


def held(number: int, day: date, **changes: Any) -> Document:
    named = {
        "platform": "dbsearch",
        "key": f"127.0.0.1/reiji/{number}",
        "title": f"令和{day.year - 2018}年定例会（第{number}号）",
        "date": day,
    }
    return invented(**named | changes)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.city.sendai.miyagi.dbsr.jp/index.php/", "city.sendai.miyagi"),
        ("http://net.city.sendai.miyagi.dbsr.jp/", "city.sendai.miyagi"),
        ("https://www.pref.aomori.dbsr.jp/index.php/4250823?Template=search-detail", "pref.aomori"),
        ("https://www.record.gikai.metro.tokyo.lg.jp/100000", "record.gikai.metro.tokyo.lg.jp"),
        (
            "https://kaigiroku.city.shinagawa.tokyo.jp/index.php/",
            "kaigiroku.city.shinagawa.tokyo.jp",
        ),
        ("http://127.0.0.1:8080/reiji/", "127.0.0.1/reiji"),
        ("http://127.0.0.1:8080/reiji/index.php/200", "127.0.0.1/reiji"),
    ],
)
def test_a_council_has_one_name_whatever_its_address(url: str, name: str) -> None:
    assert dbsearch.tenant(url) == name


def test_all_councils_at_dbsr_jp_are_asked_as_one_host() -> None:
    assert dbsearch.bucket("www.city.sendai.miyagi.dbsr.jp") == "dbsr.jp"
    assert dbsearch.bucket("www.city.aomori.aomori.dbsr.jp") == "dbsr.jp"
    alone = "www.record.gikai.metro.tokyo.lg.jp"
    assert dbsearch.bucket(alone) == alone


@pytest.mark.parametrize(
    ("url", "is_it"),
    [
        ("https://www.city.sendai.miyagi.dbsr.jp/", True),
        ("https://www.record.gikai.metro.tokyo.lg.jp/100000?Template=document&Id=19672", True),
        ("https://www.kensakusystem.jp/meguro/", False),
        ("https://dbsr.jp.example.jp/", False),
    ],
)
def test_an_address_is_recognised(url: str, is_it: bool) -> None:
    assert dbsearch.recognises(url, "") is is_it


def rows(*titles: str, day: date = date(2025, 3, 1)) -> list[ResultRow]:
    place = "https://www.city.rei.example.dbsr.jp/index.php/9?Template=document&Id="
    return [ResultRow(n, title, day, f"{place}{n}") for n, title in enumerate(titles, 1)]


@pytest.mark.parametrize(
    "title",
    [
        "令和７年第１回定例会（第１号）　本文",
        "令和７年第１回定例会（第１号） 本文",
        "令和７年第１回定例会（第１号）［　本文　］",
        "令和７年第１回定例会（第１号）〔本文〕",
    ],
)
def test_a_sitting_is_called_what_stands_before_its_kind(title: str) -> None:
    [sitting] = sittings(rows(title))
    assert sitting.title == "令和７年第１回定例会（第１号）"


def test_a_title_without_a_kind_is_a_sitting() -> None:
    [sitting] = sittings(rows("平成10年　総務委員会"))
    assert sitting.title == "平成10年　総務委員会"


def test_cover_signatures_and_papers_are_left_out() -> None:
    found = sittings(
        rows(
            "例示委員会  表紙",
            "例示委員会　本文",
            "例示委員会［  署名  ］",
            "例示委員会〔資料〕",
            "例示委員会　追録",
        )
    )
    assert [[part.id for part in each.parts] for each in found] == [[2]]


def test_of_two_sittings_with_one_name_the_nearer_gets_the_roster() -> None:
    found = sittings(
        rows("総務委員会  名簿", "総務委員会　本文", "総務委員会  名簿", "総務委員会　本文")
    )
    assert [[part.id for part in each.parts] for each in found] == [[1, 2], [3, 4]]


def test_a_roster_of_another_day_is_not_attached() -> None:
    other = replace(rows("総務委員会  名簿")[0], id=7, day=date(2025, 3, 2))
    [sitting] = sittings([*rows("総務委員会　本文"), other])
    assert [part.id for part in sitting.parts] == [1]


def test_every_link_of_a_session_is_followed_without_its_number_in_a_key(walk) -> None:
    documents = [held(n, date(2024, 1, n + 1), front_matter="出席議員") for n in range(1, 16)]
    keys, ids = [], []
    for _ in range(2):
        council = Council("reiji", documents, "sendai")
        with ReplayServer(sites={"reiji": council}) as server:
            walked = walk("dbsearch", server.entry("reiji"))
        keys.append([follow.key for follow in walked.follows])
        ids.append([(found.key, found.url.partition("/reiji")[2]) for found in walked.found])
    assert keys[0] == keys[1]
    assert ids[0] == ids[1]
    assert ids[0][0] == (
        "127.0.0.1/reiji/15",
        "/index.php/100000?Template=view&VoiceType=all&DocumentID=15",
    )
    assert keys[0][:5] == ["entry", "span", "list/2026", "list/2025", "list/2024"]


@pytest.mark.parametrize("skin", SKINS)
def test_all_pages_of_a_list_are_read(walk, skin: str) -> None:
    documents = [held(n, date(2024, 1 + n % 12, 1 + n % 28)) for n in range(1, 38)]
    with ReplayServer(sites={"reiji": Council("reiji", documents, skin)}) as server:
        walked = walk("dbsearch", server.entry("reiji"))
    assert len(walked.found) == 37
    pages = [follow.key for follow in walked.follows if follow.key.startswith("list/2024/")]
    assert pages == ["list/2024/2", "list/2024/3", "list/2024/4"]
    [whole] = [each for each in walked.listed if each.name == "2024"]
    assert set(whole.documents) == {f"127.0.0.1/reiji/{n}" for n in range(1, 38)}


@pytest.mark.parametrize("skin", ["otofuke", "aomori"])
def test_a_busy_year_is_read_by_the_month_and_an_empty_month_is_empty(walk, skin: str) -> None:
    documents = [held(n, date(2025, 1 + n % 3, 1 + n % 28)) for n in range(1, 121)]
    with ReplayServer(sites={"reiji": Council("reiji", documents, skin)}) as server:
        walked = walk("dbsearch", server.entry("reiji"), today=date(2025, 5, 10))
    assert len(walked.found) == 120
    months = {each.name: len(each.documents) for each in walked.listed if "-" in each.name}
    assert list(months.values()) == [0, 0, 40, 40, 40]
    assert list(months) == [f"2025-{month:02}" for month in (5, 4, 3, 2, 1)]


def test_only_wanted_days_are_fetched(walk) -> None:
    days = [date(2021, 3, 1), date(2021, 9, 1), date(2019, 2, 25), date(2025, 2, 25)]
    documents = [held(n, day) for n, day in enumerate(days, 1)]
    with ReplayServer(sites={"reiji": Council("reiji", documents)}) as server:
        walked = walk(
            "dbsearch", server.entry("reiji"), since=date(2021, 4, 1), until=date(2024, 12, 31)
        )
    assert [found.key for found in walked.found] == ["127.0.0.1/reiji/2"]
    asked = [follow.key for follow in walked.follows if follow.key.startswith("list/")]
    assert asked == [f"list/{year}" for year in (2024, 2023, 2022, 2021)]


def test_rosters_come_first_and_become_front_matter(walk) -> None:
    document = held(5, date(2024, 6, 3), front_matter="出席議員\n　１番　例示太郎")
    with ReplayServer(sites={"reiji": Council("reiji", [document], "aomori")}) as server:
        walked = walk("dbsearch", server.entry("reiji"))
    [found] = walked.found
    assert found.front_matter == "出席議員\n　１番　例示太郎"
    last = [follow for follow in walked.follows if follow.document]
    assert [follow.key for follow in last] == ["6", "6/page", "5", "5/page"]
    assert {follow.document for follow in last} == {"127.0.0.1/reiji/5"}


def test_a_list_in_the_wrong_order_asks_for_every_year(walk) -> None:
    documents = [held(n, date(2000 + n, 1, 1)) for n in range(1, 20)]
    council = Council("reiji", documents, "sendai")
    with ReplayServer(sites={"reiji": council}) as server:
        source = Source(
            body="102032", kind=Kind.MINUTES, platform="dbsearch", url=server.entry("reiji")
        )
        [entry] = dbsearch.start(source, Wanted(today=date(2020, 1, 1)))
        session = "/reiji/index.php/7?Template=list&QueryType=New&ListOrder=Desc"
        answer = council.answer("GET", session, b"", {"Host": server.url[7:]})
    page = Page(f"{server.url}/reiji/index.php/7", answer.body, answer.content_type)
    cb_kwargs = {**entry.cb_kwargs, "base": f"{server.url}/reiji/index.php/7"}
    *_, years = dbsearch.parse_span(page, **cb_kwargs)
    assert years.listings[-1] == "1947"
    assert years.listings[0] == "2020"


def list_page(council: Council, query: str) -> Page:
    path = f"/reiji/index.php/100000?Template=list&{query}"
    answer = council.answer("GET", path, b"", {"Host": "127.0.0.1"})
    return Page(f"http://127.0.0.1{path}", answer.body, answer.content_type)


YEAR = "QueryType=New&TermStart=2024-01-01&TermEnd=2024-12-31"
CARRY = {
    "tenant": "127.0.0.1/reiji",
    "base": "http://127.0.0.1/reiji/index.php/100000",
    "name": "2024",
    "since": None,
    "until": None,
    "today": "2026-08-02",
}


def many() -> Council:
    return Council("reiji", [held(n, date(2024, 5, n)) for n in range(1, 16)])


def test_a_page_that_repeats_the_first_one_is_refused() -> None:
    page = list_page(many(), YEAR)
    [turned] = dbsearch.parse_list(page, **CARRY)
    with pytest.raises(PageChanged, match="page 2 of the list"):
        list(dbsearch.parse_list(page, **turned.cb_kwargs))


def test_a_list_with_fewer_documents_than_it_counts_is_refused() -> None:
    council = Council("reiji", [held(n, date(2024, 5, n)) for n in range(1, 9)], "aomori")
    page = list_page(council, YEAR)
    fewer = replace(page, body=page.body.replace(b"<td>8</td>", b"<td>7</td>", 1))
    with pytest.raises(PageChanged, match="expected 7 documents, found 8"):
        list(dbsearch.parse_list(fewer, **CARRY))
    more = replace(page, body=page.body.replace(b"<td>8</td>", b"<td>9</td>", 1))
    with pytest.raises(PageChanged, match="a way to page 2"):
        list(dbsearch.parse_list(more, **CARRY))


def test_a_list_without_a_next_page_although_more_is_counted_is_refused() -> None:
    page = list_page(many(), YEAR)
    body = page.body.replace(b'name="Page"', b'name="Seite"')
    with pytest.raises(PageChanged, match="a way to page 2"):
        list(dbsearch.parse_list(replace(page, body=body), **CARRY))


@pytest.mark.parametrize("skin", ["sendai", "aomori", "miyawaka"])
def test_an_expired_session_shows_the_landing_page_and_is_refused(skin: str) -> None:
    council = Council("reiji", [held(n, date(2024, 5, n)) for n in range(1, 16)], skin)
    [turned] = dbsearch.parse_list(list_page(council, YEAR), **CARRY)
    council.expire()
    path = turned.url.removeprefix("http://127.0.0.1")
    answer = council.answer(turned.method, path, turned.body or b"", {"Host": "127.0.0.1"})
    with pytest.raises(PageChanged, match="number of hits"):
        list(dbsearch.parse_list(Page(turned.url, answer.body), **turned.cb_kwargs))


def test_a_form_without_its_cookie_is_refused_by_the_site() -> None:
    council = many()
    page = list_page(council, YEAR)
    [turned] = dbsearch.parse_list(page, **CARRY)
    path = turned.url.removeprefix("http://127.0.0.1")
    assert council.answer("POST", path, turned.body or b"", {}).status == 419


def test_a_printed_page_cannot_be_replayed() -> None:
    document = held(1, date(2024, 1, 1))
    paged = replace(document, passages=(replace(document.passages[0], page=3),))
    with pytest.raises(ReplayError, match="says that it is page 3"):
        Council("reiji", [paged])
