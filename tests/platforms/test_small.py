"""AmiVoice, Domino, 和歌山県 and folders: addresses, days that are wanted, lists without end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crawler.page import Follow, Listed, Page, PageChanged, Wanted
from crawler.platform import platform
from crawler.platforms import amivoice, domino, wakayama
from crawler.platforms.own_pages import static_dir
from kazami.document import Kind
from kazami.sources import Source, load_sources
from tests.builders import PAGES

SMALL = ("amivoice", "domino", "static_dir", "wakayama")
TODAY = date(2026, 8, 2)


def saved(case: str) -> bytes:
    return (PAGES / case / "page.bin").read_bytes()


@pytest.mark.parametrize("name", SMALL)
def test_every_source_begins_with_one_page_of_its_host(name: str) -> None:
    sources = [each for each in load_sources() if each.platform == name]
    assert sources
    for source in sources:
        [first] = platform(name).start(source, Wanted(today=TODAY))
        assert first.url.startswith(source.url.rpartition("/")[0])
        assert platform(name).signature.knows(source.url, "")


@pytest.mark.parametrize("name", SMALL)
def test_pages_of_other_platforms_are_not_recognised(name: str) -> None:
    for case in sorted(PAGES.glob("*/*/page.bin")):
        if case.parts[-3] in ("amivoice", "kensakusystem", "dbsearch", "voices", "domino"):
            html = case.read_bytes().decode("utf-8", "replace")
            if case.parts[-3] != name:
                assert not platform(name).signature.knows("https://example.jp/", html), case


def test_a_page_of_each_is_recognised_wherever_it_stands() -> None:
    elsewhere = "https://gikai.example.jp/"
    assert amivoice.recognises(elsewhere, saved("amivoice/sitting").decode())
    assert amivoice.recognises(elsewhere, saved("amivoice/sessions").decode())
    assert domino.recognises(elsewhere, saved("domino/view").decode("cp932"))
    assert wakayama.recognises(elsewhere, saved("wakayama/session").decode())
    assert static_dir.recognises("https://www.town.example.jp/gikai/kaigiroku/r6.html", "")


def sessions(since: str | None = None, until: str | None = None) -> list[str | None]:
    page = Page("https://ami-search.amivoice.com/reiji/usr/search.exe", saved("amivoice/sessions"))
    carry = {"base": "https://ami-search.amivoice.com/reiji/usr/", "city": "reiji"}
    answers = amivoice.parse_sessions(page, **carry, since=since, until=until)
    return [each.listing for each in answers if isinstance(each, Follow) and each.listing]


def test_amivoice_opens_only_sessions_that_reach_into_the_wanted_days() -> None:
    assert len(sessions()) == 11
    recent = sessions(since="2023-07-01")
    assert recent == [name for name in sessions() if name and (name[1:5] >= "2023" or "-" in name)]
    assert all(name and name < "m2020" for name in sessions(until="2019-12-31"))


def test_amivoice_does_not_turn_a_page_for_ever() -> None:
    page = Page("https://ami-search.amivoice.com/reiji/usr/search.exe", saved("amivoice/sessions"))
    carry = {"base": "https://ami-search.amivoice.com/reiji/usr/", "city": "reiji"}
    *_, onward = amivoice.parse_sessions(page, **carry)
    assert isinstance(onward, Follow)
    button = b"param%5Bprocess%3Alist_vcsm%2Ccur_id%3A10%5D"
    assert onward.body == button + b".x=1&" + button + b".y=1"
    with pytest.raises(PageChanged, match="more sessions"):
        list(amivoice.parse_sessions(page, **onward.carry))


def test_a_sitting_may_be_asked_for_without_its_ending() -> None:
    body = saved("amivoice/committee").replace(b".vcsv&", b"&")
    page = Page("https://ami-search.amivoice.com/reiji/usr/search.exe", body)
    carry = {"base": "https://ami-search.amivoice.com/reiji/usr/", "city": "reiji"}
    sitting, listed = amivoice.parse_sittings(page, session="---0", **carry)
    assert isinstance(sitting, Follow)
    assert ".vcsv&" in sitting.url
    assert isinstance(listed, Listed)
    assert listed.documents == (sitting.document,)


def test_domino_keeps_the_names_of_sessions_and_not_their_numbers() -> None:
    page = Page("http://www2.pref.shizuoka.jp/all/ggiji.nsf/WebView1", saved("domino/view"))
    carry = {"base": "http://www2.pref.shizuoka.jp/all/ggiji.nsf", "name": "ggiji"}
    *follows, listed = domino.parse_view(page, **carry)
    assert isinstance(listed, Listed)
    assert listed.listings[0] == "令和７年６月静岡県議会定例会"
    shifted = replace(page, body=page.body.replace(b"Expand=1#", b"Expand=7#"))
    again = domino.parse_view(shifted, **carry)
    keys = [each.key for each in again if isinstance(each, Follow)]
    assert keys == [each.key for each in follows if isinstance(each, Follow)]
    assert domino.PLATFORM.robots_forbids_text
    until = domino.parse_view(page, **carry, until="2002-01-01")
    assert [each.listing for each in until if isinstance(each, Follow)] == [
        "平成13年６月静岡県議会定例会"
    ]


def test_wakayama_opens_only_wanted_years() -> None:
    page = Page("https://www.pref.wakayama.lg.jp/gijiroku/d00203238.html", saved("wakayama/index"))
    *follows, listed = wakayama.parse_index(page, since="2020-01-01", until=None)
    assert [each.newest for each in follows if isinstance(each, Follow)] == [date(2025, 3, 31)]
    assert isinstance(listed, Listed)
    assert len(listed.listings) == 2


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://a.jp/gikai/kaigiroku/", "https://a.jp/gikai/kaigiroku/"),
        ("https://a.jp/gikai/gijiroku/r6/index.html", "https://a.jp/gikai/gijiroku/"),
        ("https://a.jp/kensaku/mokuji.html", "https://a.jp/kensaku/"),
        ("https://a.jp/gikai/minutes.html", "https://a.jp/gikai/"),
    ],
)
def test_a_folder_ends_where_minutes_do(url: str, inside: str) -> None:
    assert static_dir.folder(url) == inside
    [first] = static_dir.start(
        Source(body="102032", kind=Kind.MINUTES, platform="static_dir", url=url),
        Wanted(today=TODAY),
    )
    options = first.carry["options"]
    assert isinstance(options, dict)
    assert options["documents"][0] == f"{inside}**.pdf"
