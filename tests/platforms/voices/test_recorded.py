"""The recorded pages of VOICES, which are UTF-8 copies: encoded back to cp932 first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml.html import document_fromstring

from crawler.page import Follow, Found, Listed, Page, PageChanged
from crawler.platforms import voices
from crawler.platforms.voices import lists, sittings
from crawler.reading.utterances import printings
from kazami.document import Stance


@dataclass(frozen=True)
class Recorded:
    folder: str
    cgi: str
    fino: str
    rows: int
    utterances: int
    spoken: int


TSUKUBA = Recorded(
    "standard", "https://tsukuba.gijiroku.com/voices/cgi/voiweb.exe", "2778", 190, 15, 14
)
HACHINOHE = Recorded(
    "asp",
    "http://www2.city.hachinohe.aomori.jp/kaigiroku/cgi/voiweb.exe",
    "4285",
    137,
    42,
    41,
)
KAMOGAWA = Recorded(
    "self-hosted-voices",
    "http://www.city.kamogawa.chiba.jp/VOICES/CGI/voiweb.exe",
    "999",
    28,
    49,
    37,
)
ALL = (TSUKUBA, HACHINOHE, KAMOGAWA)

recorded_pages = pytest.mark.corpus
each_host = pytest.mark.parametrize("recorded", ALL, ids=lambda recorded: recorded.folder)


def words(shared: Path, file: str) -> str:
    return (shared / "samples/voices" / file).read_bytes().decode("utf-8")


def page(text: str, url: str) -> Page:
    return Page(url, text.encode("cp932"), "text/html; charset=Shift_JIS")


def listed(shared: Path, recorded: Recorded, **cb_kwargs: Any) -> tuple[list[Follow], Listed]:
    answered = page(words(shared, f"{recorded.folder}/search-result.html"), recorded.cgi)
    *follows, last = voices.parse_list(
        answered, year=2024, surely=True, cgi=recorded.cgi, **cb_kwargs
    )
    assert isinstance(last, Listed)
    return [each for each in follows if isinstance(each, Follow)], last


def speakers(shared: Path, recorded: Recorded) -> Follow:
    [follow] = [
        each for each in listed(shared, recorded)[0] if each.cb_kwargs["fino"] == recorded.fino
    ]
    answered = page(words(shared, f"{recorded.folder}/sidebar.html"), follow.url)
    [text] = follow.parse(answered, **follow.cb_kwargs)
    assert isinstance(text, Follow)
    return text


@recorded_pages
@each_host
def test_a_list_has_as_many_rows_as_its_counter_says(shared: Path, recorded: Recorded) -> None:
    text = words(shared, f"{recorded.folder}/search-result.html")
    listing = lists.read(page(text, recorded.cgi), document_fromstring(text))
    assert len(listing.rows) == listing.hits == recorded.rows
    assert len({row.fino for row in listing.rows}) == recorded.rows
    assert (listing.years, listing.pages) == ((), {})
    assert all(row.day(2024) is not None for row in listing.rows)
    assert {row.label[7:] for row in listing.rows if not row.is_sitting} <= {"目次", "付録"}


@recorded_pages
@each_host
def test_every_sitting_of_a_list_is_followed(shared: Path, recorded: Recorded) -> None:
    follows, last = listed(shared, recorded)
    contents = {TSUKUBA: 12, HACHINOHE: 11, KAMOGAWA: 4}[recorded]
    assert len(follows) == len(last.documents) == recorded.rows - contents
    assert [follow.document for follow in follows] == list(last.documents)
    assert len({follow.key for follow in follows}) == len(follows)
    assert last.name == "2024"


@recorded_pages
def test_a_committee_s_sitting_is_read_off_its_row(shared: Path) -> None:
    follow = listed(shared, TSUKUBA)[0][0]
    assert follow.document == "tsukuba.gijiroku.com/voices/2778"
    assert follow.day == date(2024, 12, 26)
    assert follow.cb_kwargs["name"] == "令和６年１２月２６日議会運営委員会 12月26日-01号"
    assert "ACT=202" in follow.url
    assert str(follow.cb_kwargs["url"]).endswith("&KGNO=1878&FINO=2778&UNID=K_R06122614011")


@recorded_pages
def test_a_misprinted_year_does_not_matter(shared: Path) -> None:
    [odd] = [
        follow
        for follow in listed(shared, HACHINOHE)[0]
        if re.match("令和６月", str(follow.cb_kwargs["name"]))
    ]
    assert odd.day == date(2024, 1, 19)
    assert "UNID=k_R06011941011" in str(odd.cb_kwargs["url"])


@recorded_pages
def test_a_folder_in_capitals_is_asked_as_it_is_and_named_in_small_letters(shared: Path) -> None:
    follow = listed(shared, KAMOGAWA)[0][0]
    assert follow.url.startswith("http://www.city.kamogawa.chiba.jp/VOICES/CGI/voiweb.exe?")
    assert follow.document == "www.city.kamogawa.chiba.jp/voices/999"


@recorded_pages
def test_only_wanted_days_of_a_list_are_followed(shared: Path) -> None:
    follows, last = listed(shared, KAMOGAWA, since="2024-06-01", until="2024-09-30")
    assert 0 < len(follows) < len(last.documents)
    assert all(each.day and date(2024, 6, 1) <= each.day <= date(2024, 9, 30) for each in follows)


@recorded_pages
def test_a_list_of_one_committee_is_read(shared: Path) -> None:
    text = words(shared, "zaruju_hiroshima/act100_soumu_2025.html")
    cgi = "https://hiroshima.gijiroku.com/voices/cgi/voiweb.exe"
    *follows, last = voices.parse_list(page(text, cgi), year=2025, surely=True, cgi=cgi)
    assert isinstance(last, Listed)
    assert len(follows) == len(last.documents) == 6
    assert [each.day for each in follows if isinstance(each, Follow)][::5] == [
        date(2025, 7, 25),
        date(2025, 1, 21),
    ]


@recorded_pages
def test_the_frame_of_a_year_tells_where_the_cgi_is(shared: Path) -> None:
    text = words(shared, "zaruju_hiroshima/g08v_views_soumu_2025.excerpt.html") + "</html>"
    url = "https://hiroshima.gijiroku.com/voices/g08v_views.asp?Sflg=31&FYY=2025&TYY=2025"
    answered = page(text, url)
    *follows, last = voices.parse_year(answered, name="committees", years=[2025, 1999])
    assert [each.url.partition("?")[0] for each in follows if isinstance(each, Follow)] == [
        "https://hiroshima.gijiroku.com/voices/cgi/voiweb.exe"
    ] * 2
    assert last == Listed(name="years/committees", listings=("2025", "1999"))


@recorded_pages
@each_host
def test_the_side_bar_has_every_utterance_with_its_page(shared: Path, recorded: Recorded) -> None:
    text = words(shared, f"{recorded.folder}/sidebar.html")
    rows = sittings.entries(page(text, "sidebar"), document_fromstring(text), recorded.fino)
    assert len(rows) == recorded.utterances
    assert all(row.page for row in rows)
    assert [row.page for row in rows] == sorted(row.page or 0 for row in rows)
    assert sum(row.is_spoken for row in rows) == recorded.spoken
    assert (rows[0].label, rows[0].mark) == ("(名簿)", "")
    assert {row.mark for row in rows if row.is_spoken} <= set("○◆◎")


@recorded_pages
def test_the_side_bar_of_another_sitting_is_refused(shared: Path) -> None:
    text = words(shared, "standard/sidebar.html")
    with pytest.raises(PageChanged, match="an utterance of 2779"):
        sittings.entries(page(text, "sidebar"), document_fromstring(text), "2779")


@recorded_pages
@each_host
def test_roster_and_first_utterance_are_read_as_a_sitting(shared: Path, recorded: Recorded) -> None:
    """Whole sittings were not recorded: the two single answers, joined as the whole one joins."""
    follow = speakers(shared, recorded)
    head = words(shared, f"{recorded.folder}/header.html")
    said = words(shared, f"{recorded.folder}/huid-page.html")
    whole = head[: head.index("<P><FORM")] + "<P>" + said[said.index('<A NAME="HUID') :]
    huids = re.findall(r'NAME="HUID(\d+)"', whole)
    rows = follow.cb_kwargs["rows"]
    assert isinstance(rows, list)
    rows = [row for row in rows if row[0] in huids]
    cb_kwargs = {**follow.cb_kwargs, "rows": rows}
    [found] = follow.parse(page(whole, follow.url), **cb_kwargs)
    assert isinstance(found, Found)
    [passage] = found.passages
    assert found.key == follow.document
    assert found.date == follow.day
    assert (passage.order, passage.stance) == (1, Stance.CHAIR)
    assert passage.role in ("議長", "委員長")
    assert passage.speaker
    assert passage.speaker not in passage.text[:8]
    assert passage.page == rows[-1][3]
    assert not found.front_matter.startswith("令和　６年１２月")
    assert "出" in found.front_matter


@recorded_pages
@each_host
def test_a_single_answer_is_no_whole_sitting(shared: Path, recorded: Recorded) -> None:
    follow = speakers(shared, recorded)
    for file in ("header.html", "huid-page.html"):
        text = words(shared, f"{recorded.folder}/{file}")
        with pytest.raises(PageChanged, match=f"{recorded.utterances} utterances, as listed"):
            list(follow.parse(page(text, follow.url), **follow.cb_kwargs))


@recorded_pages
@each_host
def test_recorded_pages_are_recognised_as_voices(shared: Path, recorded: Recorded) -> None:
    for file in ("search-result.html", "sidebar.html"):
        text = words(shared, f"{recorded.folder}/{file}")
        assert voices.recognises("https://www.example.jp/", text)


@recorded_pages
def test_no_other_platform_s_pages_are_recognised_as_voices(shared: Path) -> None:
    others = [
        file
        for folder in ("kensakusystem", "dbsearch", "discussnet", "municipal_web")
        for file in sorted((shared / "samples" / folder).rglob("*.html"))
    ]
    assert len(others) > 20
    for file in others:
        html = file.read_bytes().decode("utf-8", "replace")
        assert not voices.recognises("https://www.example.jp/", html), file


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://tsukuba.gijiroku.com/", True),
        ("http://www.city.example.jp/VOICES/g07v_search.asp?Sflg=2", True),
        ("https://www.example.jp/ota/cgi/voiweb.exe?ACT=200&FINO=1", True),
        ("https://www.example.jp/g07_Video_View.asp", False),
        ("https://ssp.kaigiroku.net/tenant/reiji/SpTop.html", False),
        ("https://gijiroku.com.example.jp/", False),
    ],
)
def test_an_address_is_recognised(url: str, ours: bool) -> None:
    assert voices.recognises(url, "<html></html>") is ours


def test_a_page_that_only_links_to_the_system_is_not_of_it() -> None:
    html = '<a href="https://reiji.gijiroku.com/voices/g08v_search.asp">会議録検索</a>'
    assert not voices.recognises("https://www.city.reiji.lg.jp/gikai/", html)


def test_all_assemblies_of_the_vendor_are_asked_as_one_host() -> None:
    assert voices.bucket("www07.gijiroku.com") == voices.bucket("sapporo.gijiroku.com")
    assert voices.bucket("www.gikai-example.jp") == "www.gikai-example.jp"


def test_a_label_of_a_list_is_printed_in_two_ways() -> None:
    assert printings("議長(例示花子君)") == [
        "議長（例示花子君）",
        "議長(例示花子君)",
        "例示花子君議長",
    ]
    assert printings("例示花子君") == ["例示花子君"]
