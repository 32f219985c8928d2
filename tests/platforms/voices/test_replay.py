"""What the replayed site of VOICES is asked, and that it speaks as the recorded ones do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.page import Follow, Listed, Page
from crawler.platforms import voices
from kazami.document import Document, Kind, Passage, Stance
from replay import ReplayError, ReplayServer
from replay.voices import Voices

Walk = Callable[..., Any]

DAYS = (date(2019, 3, 5), date(2019, 6, 4), date(2023, 12, 6), date(2024, 3, 5), date(2024, 6, 4))


def sitting(day: date, meeting: str = "第１回定例会", text: str = "開きます。") -> Document:
    said = Passage(
        key="1",
        order=1,
        text=text,
        speaker="例示花子",
        role="委員長" if "委員会" in meeting else "議長",
        stance=Stance.CHAIR,
        page=2,
    )
    return Document(
        body="102032",
        kind=Kind.MINUTES,
        platform="voices",
        key=f"{meeting}/{day}",
        title=f"令和６年{meeting} {day.month:02}月{day.day:02}日-01号",
        date=day,
        fetched=datetime(2026, 8, 2, tzinfo=UTC),
        passages=(said,),
    )


def plenaries(**said: Any) -> Voices:
    return Voices([sitting(day) for day in DAYS], **said)


def asked(site: Voices, query: str) -> Page:
    path = f"{site.base}/{site.cgi}/voiweb.exe?{query}"
    reply = site.answer("GET", path, b"", {})
    return Page(f"https://reiji.gijiroku.com{path}", reply.body, reply.content_type)


def test_a_sitting_takes_two_requests_and_a_year_one(walk: Walk) -> None:
    with ReplayServer(sites={"voices": plenaries()}) as server:
        walked = walk("voices", f"{server.url}/voices/index.asp", since=date(2023, 1, 1))
    assert [follow.key for follow in walked.follows if not follow.document] == [
        "entry",
        "years/g08v_viewh.asp",
        "years/g08v_views.asp",
        "year/g08v_viewh.asp",
        "list/2024",
        "list/2023",
    ]
    assert len(walked.found) == 3
    assert [follow.document for follow in walked.follows].count(walked.found[0].key) == 2
    assert len(server.log) == 6 + 2 * 3


def test_only_wanted_days_are_fetched(walk: Walk) -> None:
    with ReplayServer(sites={"voices": plenaries()}) as server:
        walked = walk(
            "voices", f"{server.url}/voices/", since=date(2019, 4, 1), until=date(2024, 4, 30)
        )
    assert sorted(found.date for found in walked.found) == list(DAYS[1:4])
    [years] = [each for each in walked.listed if each.name == "years/g08v_viewh.asp"]
    assert years.listings == ("2024", "2023", "2019")


def test_neither_unid_nor_script_nor_page_changes_what_comes_back(walk: Walk) -> None:
    answers = []
    for said in ({}, {"unid": False, "script": False}, {"old": True, "rows_on_a_page": 2}):
        with ReplayServer(sites={"voices": plenaries(**said)}) as server:
            walked = walk("voices", f"{server.url}/voices/")
        found = sorted(walked.found, key=lambda each: each.date)
        answers.append([(each.key, each.title, each.date, each.passages[0].text) for each in found])
    assert len(answers[0]) == len(DAYS)
    assert answers[0] == answers[1] == answers[2]


def test_an_old_list_is_read_page_by_page_and_listed_once(walk: Walk) -> None:
    many = [sitting(date(2024, 6, day), meeting=f"第{day}回定例会") for day in range(1, 24)]
    site = Voices(many, base="/VOICES", cgi="CGI", old=True, rows_on_a_page=10)
    with ReplayServer(sites={"VOICES": site}) as server:
        walked = walk("voices", f"{server.url}/VOICES/index.html")
    pages = [follow.key for follow in walked.follows if follow.key.startswith("list/2024")]
    assert pages == [f"list/2024{rest}" for rest in ("", "/2", "/3", "/4", "/5")]
    assert len(walked.found) == 23
    assert [len(each.documents) for each in walked.listed if each.name == "2024"] == [23]
    assert all("/VOICES/CGI/voiweb.exe" in path for path in server.paths[1:])


def test_the_bar_of_years_leads_to_each_of_them() -> None:
    site = plenaries()
    root = asked(site, "ACT=100&KENSAKU=0&SORT=0&KTYP=0,1,2,3&KGTP=1,2,3,4")
    *follows, last = voices.parse_root(root, cgi=root.url.partition("?")[0])
    assert [each.listing for each in follows if isinstance(each, Follow)] == [
        "2024",
        "2023",
        "2019",
    ]
    assert isinstance(last, Listed)


def test_japanese_in_a_query_must_be_in_cp932() -> None:
    committees = [sitting(DAYS[3], f"{name}委員会") for name in ("総務", "厚生")]
    query = "ACT=100&KGTP=3&FYY=2024&TYY=2024&TITL="
    site = Voices(committees)
    assert "1件の日程" in asked(site, query + "%91%8D%96%B1").text("cp932")
    assert "存在しません" in asked(site, query + "%E7%B7%8F%E5%8B%99").text("cp932")


def test_the_link_of_a_document_opens_its_frames(walk: Walk) -> None:
    site = plenaries()
    with ReplayServer(sites={"voices": site}) as server:
        found = walk("voices", f"{server.url}/voices/").found[0]
    frames = asked(site, found.url.partition("?")[2]).text("cp932")
    assert found.title in frames
    assert "ACT=202" in frames
    assert "ACT=203" in frames
    assert found.passages[0].url == f"{found.url}&HUID={found.passages[0].key}"


def test_a_contents_page_is_listed_and_no_sitting() -> None:
    site = plenaries()
    contents = next(row for row in site.rows.values() if row.label.endswith("目次"))
    assert not contents.said
    busy = asked(site, f"ACT=202&FINO={contents.fino}").text("cp932")
    assert "Server Busy" in busy


def test_a_character_that_the_site_cannot_hold_is_said_plainly() -> None:
    with pytest.raises(ReplayError, match="cp932 has no '𠮷'"):
        Voices([sitting(DAYS[0], text="𠮷野家")])
