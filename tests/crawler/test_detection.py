"""Addresses and pages are told apart by platform, without the network."""

from __future__ import annotations

import pytest

from crawler.detection import (
    detect,
    readable,
    text_address,
    unreadable,
    wrong_address,
    wrong_options,
)
from kazami.document import Kind
from kazami.sources import Source, load_sources

KNOWN = {
    "https://kokkai.ndl.go.jp/#/detail?minId=1": "kokkai",
    "https://www.kensakusystem.jp/reiji/cgi-bin3/See.exe?Code=abc": "kensakusystem",
    "https://ssp.kaigiroku.net/tenant/reiji/MinuteView.html?council_id=1": "discussnet",
    "https://giji.city.reiji.example/tenant/reiji/SpTop.html": "discussnet",
    "http://www.city.reiji.gunma.dbsr.jp/index.php/100000?Template=list": "dbsearch",
    "https://reiji.gijiroku.com/voices/g08v_search.asp": "voices",
    "http://www3.city.reiji.example/VOICES/CGI/voiweb.exe?ACT=100": "voices",
    "https://ami-search.amivoice.com/reiji/usr/": "amivoice",
    "http://www2.pref.reiji.example/all/ggiji.nsf/WebView1": "domino",
}


def source(platform: str, url: str, **said: object) -> Source:
    return Source(body="102032", kind=Kind.MINUTES, platform=platform, url=url, **said)


@pytest.mark.parametrize(("url", "platform"), KNOWN.items(), ids=KNOWN.values())
def test_an_address_names_its_platform(url: str, platform: str) -> None:
    assert detect(url)[0] == platform


def test_a_saved_page_tells_what_its_address_does_not() -> None:
    url = "https://www.city.reiji.example/gikai/"
    assert detect(url) == []
    assert detect(url, '<a href="/cgi/voiweb.exe?ACT=100">') == ["voices"]
    assert detect(url, "<script>dnp.params.tenant_id = 3;</script>")[:1] == ["discussnet"]


def test_films_are_no_minutes() -> None:
    for url in (
        "https://smart.discussvision.net/smart/tenant/reiji/WebView/rd/council_1.html",
        "https://www.kensakusystem.jp/reiji-vod/index.html",
    ):
        assert detect(url) == []
        assert "films" in str(unreadable(url))


def test_every_shipped_address_has_the_shape_of_its_platform() -> None:
    wrong = [
        said for source in load_sources() if (said := wrong_address(source.platform, source.url))
    ]
    assert wrong == []


def test_every_shipped_option_is_one_that_its_platform_knows() -> None:
    assert [(s.id, said) for s in load_sources() for said in wrong_options(s)] == []


@pytest.mark.parametrize(
    ("platform", "url"),
    [
        ("discussnet", "https://ssp.kaigiroku.net/tenant/reiji/"),
        ("discussnet", "https://smart.discussvision.net/smart/tenant/reiji/MinuteSearch.html"),
        ("dbsearch", "http://www.city.reiji.gunma.dbsr.jp/index.php/4250823?Template=list"),
        ("kensakusystem", "https://www.kensakusystem.jp/reiji-vod/index.html"),
        ("kensakusystem", "https://www.kensakusystem.jp/reiji/cgi-bin3/See.exe?Code=abc"),
        ("voices", "https://reiji.gijiroku.com/voices/g07v_search.asp?Sflg=2"),
        ("kokkai", "http://kokkai.ndl.go.jp/api/"),
        ("amivoice", "https://ami-search.amivoice.com/reiji/"),
    ],
)
def test_an_address_of_another_shape_is_refused(platform: str, url: str) -> None:
    assert url in str(wrong_address(platform, url))


def test_a_platform_that_does_not_exist_is_refused_naming_those_that_do() -> None:
    assert "discussnet" in str(wrong_address("discusnet", "https://a.example/"))


@pytest.mark.parametrize(
    ("platform", "url", "text"),
    [
        (
            "discussnet",
            "https://ssp.kaigiroku.net/tenant/reiji/pg/index.html",
            "https://ssp.kaigiroku.net/dnp/search/minutes/get_minute",
        ),
        (
            "voices",
            "http://a.example/gikai/voices/g07v_search.asp",
            "http://a.example/gikai/voices/cgi/voiweb.exe?ACT=203",
        ),
        ("pdf_minutes", "https://a.example/gikai/", "https://a.example/gikai/"),
    ],
)
def test_robots_txt_is_asked_for_the_place_of_the_text(platform: str, url: str, text: str) -> None:
    assert text_address(source(platform, url)) == text


def test_what_cannot_be_read_says_why() -> None:
    assert readable(source("kensakusystem", "https://www.kensakusystem.jp/reiji/")) is None
    assert "address" in str(readable(source("unknown", "")))
    assert "no platform" in str(readable(source("unknown", "https://a.example/")))
    assert "not written" in str(readable(source("nosuch", "https://a.example/")))


def test_a_platform_without_options_takes_none() -> None:
    given = source("kokkai", "https://kokkai.ndl.go.jp/api/", options={"items": "a"})
    assert wrong_options(given) == ["kokkai takes no options, but there is items"]
