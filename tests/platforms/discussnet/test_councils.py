"""Addresses, names, labels and days of DiscussNet, and what a run need not fetch again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.page import Follow, PageChanged, Wanted
from crawler.platforms import discussnet
from crawler.platforms.discussnet import councils
from kazami.document import Document, Kind, Passage, Stance
from kazami.sources import Source
from replay import ReplayError, ReplayServer
from replay.discussnet import DiscussnetHost, DiscussnetTenant

Walk = Callable[..., Any]


def invented(title: str, day: date, **changes: Any) -> Document:
    said = Passage(
        key="1", order=1, text="開きます。", speaker="例示花子", role="議長", stance=Stance.CHAIR
    )
    document = Document(
        body="102032",
        kind=Kind.MINUTES,
        platform="discussnet",
        key=title,
        title=title,
        date=day,
        fetched=datetime(2026, 8, 2, tzinfo=UTC),
        passages=(said,),
    )
    return replace(document, **changes)


def first(url: str) -> Follow:
    source = Source(body="102032", kind=Kind.MINUTES, platform="discussnet", url=url)
    [follow] = discussnet.start(source, Wanted(today=date(2026, 8, 2)))
    return follow


@pytest.mark.parametrize(
    ("url", "script", "api"),
    [
        (
            "https://ssp.kaigiroku.net/tenant/reiji/SpMinuteSearch.html",
            "https://ssp.kaigiroku.net/tenant/reiji/js/tenant.js",
            "https://ssp.kaigiroku.net/dnp/search/",
        ),
        (
            "http://giji.example.lg.jp/tenant/reiji/pg/index.html",
            "http://giji.example.lg.jp/tenant/reiji/js/tenant.js",
            "http://giji.example.lg.jp/dnp/search/",
        ),
        (
            "https://ssp.kaigiroku.net/tenant/prefreiji/MinuteSearch.html?tab=detail",
            "https://ssp.kaigiroku.net/tenant/prefreiji/js/tenant.js",
            "https://ssp.kaigiroku.net/dnp/search/",
        ),
        (
            "https://ssp.kaigiroku.net/tenant/reiji",
            "https://ssp.kaigiroku.net/tenant/reiji/js/tenant.js",
            "https://ssp.kaigiroku.net/dnp/search/",
        ),
    ],
)
def test_every_page_of_a_tenant_leads_to_its_script(url: str, script: str, api: str) -> None:
    follow = first(url)
    assert (follow.url, follow.cb_kwargs["api"]) == (script, api)
    assert discussnet.recognises(url, "")


@pytest.mark.parametrize(
    "url",
    [
        "https://smart.discussvision.net/smart/tenant/reiji/WebView/rd/council_1.html",
        "https://www.kensakusystem.jp/reiji/",
        "https://ssp.kaigiroku.net/",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(PageChanged, match="/tenant/NAME/"):
        first(url)
    assert not discussnet.recognises(url, "")


def test_a_page_is_known_by_its_scripts() -> None:
    assert discussnet.recognises("https://giji.example.jp/", "<script>dnp.params = {}</script>")
    assert not discussnet.recognises("https://giji.example.jp/", "<p>会議録検索システム</p>")
    films = "<a href='https://smart.discussvision.net/'></a><script>dnp.params = {}</script>"
    assert not discussnet.recognises("https://giji.example.jp/", films)


@pytest.mark.parametrize(
    ("council", "kind", "label", "title"),
    [
        (
            "令和　６年第１回　２月定例会",
            "定例会",
            "02月22日－01号",
            "令和６年第１回２月定例会 02月22日－01号",
        ),
        (
            "令和　８年　　国際・経済・港湾委員会",
            "常任委員会",
            "01月21日－01号",
            "令和８年 国際・経済・港湾委員会 01月21日－01号",
        ),
        ("令和　元年第１回", "総務委員会", "02号", "令和元年第１回 総務委員会 02号"),
    ],
)
def test_a_title_has_no_padding(council: str, kind: str, label: str, title: str) -> None:
    assert councils.title_of(council, kind, label) == title


@pytest.mark.parametrize(
    ("council", "year"),
    [
        ("令和　６年第１回　２月定例会", 2024),
        ("例示市議会予算特別委員会（令和　７年第１回定例会）", 2025),
        ("平成３１年　３月定例会", 2019),
        ("２０２４年第１回定例会", 2024),
        ("昭和２２年　　５月　臨時会", 1947),
        ("平成２５年度例示市各会計決算特別委員会", None),
        ("平成５７年　６月　定例会", None),
        ("総務委員会", None),
    ],
)
def test_a_council_is_named_after_a_year_or_not(council: str, year: int | None) -> None:
    assert councils.year_of(council) == year


@pytest.mark.parametrize(
    ("label", "sitting"),
    [
        ("02月22日－01号", True),
        ("０２月２２日－０１号", True),
        ("02月24日-一般質問及び質疑(代表)-02号", True),
        ("03月04日－議案説明、質疑、委員会付託－01号", True),
        ("06月17日－資料説明－02号", True),
        ("01号", True),
        ("06月17日－目次", False),
        ("06月17日－議決結果", False),
        ("議第69号～議第93号", False),
        ("発議第12号", False),
    ],
)
def test_a_label_stands_for_a_sitting_or_not(label: str, sitting: bool) -> None:
    assert councils.is_sitting(label) is sitting


@pytest.mark.parametrize(
    ("council", "listed", "label", "printed", "day"),
    [
        ("令和６年２月定例会", 2024, "02月22日－01号", "", date(2024, 2, 22)),
        ("令和７年１２月定例会", 2025, "01月15日－05号", "", date(2026, 1, 15)),
        ("令和７年第４回定例会", 2025, "01月15日－05号", "令和８年１月１５日", date(2026, 1, 15)),
        ("平成１年１２月決算特別委員会", 1990, "12月11日－01号", "", date(1989, 12, 11)),
        ("平成５７年６月定例会", 1982, "06月15日－02号", "", date(1982, 6, 15)),
        ("令和８年６月定例会", 2026, "06月15日－01号", "令和八年六月八日告示", date(2026, 6, 15)),
        ("昭和２２年５月臨時会", 1947, "05月28日－01号", "五月二十八日第一日", date(1947, 5, 28)),
        ("令和６年総務委員会", 2024, "01号", "日時　令和６年５月７日", date(2024, 5, 7)),
        ("令和６年総務委員会", 2024, "01号", "平成元年１月１日 設置", None),
        ("令和６年総務委員会", 2024, "02月30日－01号", "", None),
        ("令和６年総務委員会", 2024, "03月01日－01号", "令和６年２月３０日", date(2024, 3, 1)),
    ],
)
def test_the_day_of_a_sitting(
    council: str, listed: int, label: str, printed: str, day: date | None
) -> None:
    told = councils.settled(council, listed, label, printed)
    assert (told.day if told else None) == day


def test_a_day_is_expected_only_where_nothing_is_in_doubt() -> None:
    expected = councils.expected
    assert expected("令和６年２月定例会", 2024, "02月22日－01号") == date(2024, 2, 22)
    assert expected("令和７年１２月定例会", 2025, "01月15日－05号") is None
    assert expected("令和７年第４回定例会", 2025, "01月15日－05号") is None
    assert expected("令和７年第１回定例会", 2026, "06月15日－05号") is None
    assert expected("令和７年総務委員会", 2025, "01月15日－05号") == date(2025, 1, 15)


def test_documents_come_back_under_a_readable_key(walk: Walk) -> None:
    january = invented("令和６年第４回１２月定例会 01月15日－05号", date(2025, 1, 15))
    committee = invented("令和６年 総務委員会 05月07日－01号", date(2024, 5, 7))
    host = DiscussnetHost({"reiji": [january, committee], "mihon": []}, hidden=["reiji"])
    with ReplayServer(sites=host.sites) as server:
        walked = walk("discussnet", f"{server.url}/tenant/reiji/pg/index.html")
    assert {(found.key, found.title, found.date) for found in walked.found} == {
        ("127.0.0.1/101/1/2", committee.title, committee.date),
        ("127.0.0.1/101/2/2", january.title, january.date),
    }
    assert [follow.key for follow in walked.follows[:2]] == ["tenant", "councils"]
    assert len(walked.follows) == 6
    assert server.most_at_once == 1


def test_two_documents_with_one_number_cannot_be_replayed() -> None:
    same = [
        invented("令和６年２月定例会 02月22日－01号", date(2024, 2, 22), key="h/1/3/2"),
        invented("令和６年６月定例会 06月22日－01号", date(2024, 6, 22), key="h/1/3/3"),
    ]
    with pytest.raises(ReplayError, match="3/3 is"):
        DiscussnetTenant("reiji", same, 1)


def test_the_replayed_api_answers_as_it_is_told_to() -> None:
    host = DiscussnetHost(
        {"reiji": [invented("令和６年２月定例会 02月22日－01号", date(2024, 2, 22))]}
    )
    ask = "/dnp/search/councils/index"
    assert host.answer("GET", ask, b"", {}).status == 400
    assert host.answer("POST", ask, b"", {}).status == 500
    assert host.answer("POST", "/dnp/search/minutes/get_minute", b"tenant_id=101", {}).status == 400
    form = host.answer("POST", ask, b"tenant_id=101", {})
    assert form.body.isascii()
    jsonp = host.answer("POST", f"{ask}?callback=x", b"tenant_id=101", {})
    assert jsonp.body == b"x(" + form.body + b")"
    as_json = {"Content-Type": "application/json"}
    assert host.answer("POST", ask, b'{"tenant_id": 101}', as_json).body == form.body
    assert host.answer("GET", "/tenant/nobody/", b"", {}).status == 404
    shell = host.answer("GET", "/tenant/reiji/SpTop.html", b"", {}).body.decode("cp932")
    assert discussnet.recognises("", shell)
