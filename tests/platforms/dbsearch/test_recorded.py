"""The recorded pages of DB-Search in all five skins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from crawler.page import Answer, Follow, Found, Listed, Page, PageChanged
from crawler.platforms import dbsearch
from kazami.document import Stance

pytestmark = pytest.mark.corpus

BASE = {"tenant": "city.rei", "since": None, "until": None, "today": "2026-08-02"}
HTML = "text/html; charset=UTF-8"


@dataclass(frozen=True)
class Skin:
    folder: str
    host: str
    year: str
    session: int
    rows: int
    total: int
    sittings: int

    @property
    def base(self) -> str:
        return f"{self.host}/index.php/{self.session}"


OTOFUKE = Skin(
    "template-view", "https://www.town.otofuke.hokkaido.dbsr.jp", "2024", 100000, 10, 70, 5
)
SENDAI = Skin("document-id", "https://www.city.sendai.miyagi.dbsr.jp", "2024", 8397604, 10, 589, 2)
AOMORI = Skin("doc-one-frame", "http://www.city.aomori.aomori.dbsr.jp", "2024", 6709393, 20, 82, 8)
ITOSHIMA = Skin(
    "nested-span-date", "https://www.city.itoshima.fukuoka.dbsr.jp", "2025", 4815903, 10, 103, 5
)
MIYAWAKA = Skin(
    "new-version-no-csrf", "https://www.city.miyawaka.fukuoka.dbsr.jp", "2025", 5566586, 10, 47, 3
)
SKINS = (OTOFUKE, SENDAI, AOMORI, ITOSHIMA, MIYAWAKA)
NAMES = [skin.folder for skin in SKINS]


def page(shared: Path, skin: Skin, file: str, cookies: str = "") -> Page:
    body = (shared / "samples/dbsearch" / skin.folder / file).read_bytes()
    return Page(f"{skin.base}?Template=list", body, HTML, cookies)


def listed(shared: Path, skin: Skin, **cb_kwargs: object) -> list[Answer]:
    asked = {**BASE, "base": skin.base, "name": skin.year, **cb_kwargs}
    return list(dbsearch.parse_list(page(shared, skin, "search-result.html", "s=1"), **asked))


@pytest.mark.parametrize("skin", SKINS, ids=NAMES)
def test_the_landing_page_says_where_the_search_answers(shared: Path, skin: Skin) -> None:
    [span] = dbsearch.parse_entry(page(shared, skin, "top.html"), **BASE)
    assert isinstance(span, Follow)
    assert span.url == (
        f"{skin.base}?Template=list&QueryType=New&ListOrder=Asc"
        "&TermStart=1947-01-01&TermEnd=2026-12-31"
    )
    assert span.key == "span"


@pytest.mark.parametrize("skin", SKINS, ids=NAMES)
def test_a_list_has_its_rows_its_counter_and_its_next_page(shared: Path, skin: Skin) -> None:
    asked = {} if skin.total <= 100 else {"number": 2}
    [turned] = listed(shared, skin, **asked)
    assert isinstance(turned, Follow)
    rows = turned.cb_kwargs["rows"]
    assert isinstance(rows, list)
    assert len(rows) == skin.rows
    assert all(title and day.startswith(skin.year) for _, title, day, _ in rows)
    assert len({id for id, _, _, _ in rows}) == skin.rows


@pytest.mark.parametrize(
    ("skin", "method", "ending", "body"),
    [
        (OTOFUKE, "POST", "index.php/848322", b"&Template=list&Page=2"),
        (AOMORI, "GET", "index.php/3588550?Template=list&Page=2", b""),
        (MIYAWAKA, "GET", "index.php/9514400?Template=list&Page=2", b""),
    ],
    ids=lambda value: getattr(value, "folder", None),
)
def test_the_next_page_is_asked_for_as_the_page_says(
    shared: Path, skin: Skin, method: str, ending: str, body: bytes
) -> None:
    [turned] = listed(shared, skin)
    assert isinstance(turned, Follow)
    assert turned.method == method
    assert turned.url == f"{skin.host}/{ending}"
    assert (turned.body or b"").endswith(body)
    assert turned.headers["Cookie"] == "s=1"
    assert turned.key == f"list/{skin.year}/2"


def test_a_form_is_sent_with_its_token(shared: Path) -> None:
    [turned] = listed(shared, OTOFUKE)
    assert isinstance(turned, Follow)
    assert (turned.body or b"").startswith(b"_token=ftrX")


def test_a_year_with_more_than_a_hundred_documents_is_read_by_the_month(shared: Path) -> None:
    *months, whole = listed(shared, SENDAI)
    names = [f"2024-{month:02}" for month in range(12, 0, -1)]
    assert whole == Listed(name="2024", listings=tuple(names))
    assert [each.listing for each in months if isinstance(each, Follow)] == names
    assert isinstance(months[-2], Follow)
    assert months[-2].newest == date(2024, 2, 29)
    assert months[-2].url.endswith("TermStart=2024-02-01&TermEnd=2024-02-29")


@pytest.mark.parametrize("skin", SKINS, ids=NAMES)
def test_what_was_said_is_kept_and_rosters_go_with_it(shared: Path, skin: Skin) -> None:
    found = dbsearch.lists.read(
        page(shared, skin, "search-result.html"), *dbsearch.lists.days(skin.year)
    )
    sittings = dbsearch.lists.sittings(found.rows)
    assert len(sittings) == skin.sittings
    assert all("本文" not in each.title for each in sittings)
    assert all(each.parts[-1].title.endswith("本文") for each in sittings)
    attached = [part.title for each in sittings for part in each.parts[:-1]]
    assert all(title.endswith(("名簿", "日程", "目次")) for title in attached)
    assert len(attached) >= skin.sittings - 1


def test_the_table_of_contents_goes_with_the_first_sitting(shared: Path) -> None:
    found = dbsearch.lists.read(
        page(shared, MIYAWAKA, "search-result.html"), date(2025, 1, 1), date(2025, 12, 31)
    )
    first = dbsearch.lists.sittings(found.rows)[0]
    assert [part.title.rpartition("  ")[2] for part in first.parts[:-1]] == [
        "会期日程",
        "目次",
        "名簿",
    ]


def read(shared: Path, skin: Skin, file: str, id: int, day: str, template: str) -> Found:
    url = f"{skin.base}?{template}={id}"
    sitting = {"title": "例示", "parts": [[id, "例示　本文", day, url]]}
    cb_kwargs = {"sitting": sitting, "base": skin.base, "tenant": "t", "step": 0, "front": []}
    answers = dbsearch.parse_document(page(shared, skin, file), **cb_kwargs, framed=True)
    [found] = answers
    assert isinstance(found, Found)
    return found


def otofuke(shared: Path) -> Found:
    return read(shared, OTOFUKE, "detail.html", 1673, "2024-12-17", "Template=document&Id")


def sendai(shared: Path) -> Found:
    return read(
        shared, SENDAI, "detail.html", 16091, "2024-12-26", "Template=view&VoiceType=all&DocumentID"
    )


def aomori(shared: Path) -> Found:
    return read(
        shared, AOMORI, "page.html", 1486, "2024-12-25", "Template=doc-one-frame&DocumentID"
    )


def test_every_utterance_of_a_document_is_read(shared: Path) -> None:
    counts = [len(each(shared).passages) for each in (otofuke, sendai, aomori)]
    assert counts == [198, 50, 122]


@pytest.mark.parametrize("document", [otofuke, sendai, aomori])
def test_utterances_begin_after_the_marker_and_know_who_spoke(shared: Path, document) -> None:
    found = document(shared)
    assert all(passage.speaker or passage.role for passage in found.passages)
    assert not any(passage.text[:1] in "◯　 \n" for passage in found.passages)
    assert Stance.OTHER not in {p.stance for p in found.passages if p.role != "議会事務局長"}


def test_members_executive_and_chair_are_told_apart(shared: Path) -> None:
    stances = Counter(passage.stance for passage in otofuke(shared).passages)
    assert stances == {
        Stance.CHAIR: 150,
        Stance.ANSWER: 30,
        Stance.QUESTION: 17,
        Stance.OTHER: 1,
    }


def test_the_hour_of_opening_is_no_speech(shared: Path) -> None:
    assert aomori(shared).front_matter == "午前10時開議"
    assert otofuke(shared).front_matter == "会議の経過\n開会（午前１０時００分）"
    assert sendai(shared).front_matter == "※会議の概要"


def test_a_document_is_linked_to_without_a_session(shared: Path) -> None:
    assert otofuke(shared).url == f"{OTOFUKE.host}/index.php/100000?Template=document&Id=1673"
    assert sendai(shared).url.endswith("/100000?Template=view&VoiceType=all&DocumentID=16091")
    assert aomori(shared).url.endswith(
        "/100000?Template=doc-all-frame&VoiceType=all&DocumentID=1486"
    )


def test_the_frame_with_the_text_is_followed(shared: Path) -> None:
    url = f"{AOMORI.host}/index.php/3588550?Template=doc-all-frame&VoiceType=all&DocumentID=1486"
    sitting = {"title": "例示", "parts": [[1486, "例示　本文", "2024-12-25", url]]}
    cb_kwargs = {"sitting": sitting, "base": AOMORI.base, "tenant": "t", "step": 0, "front": []}
    [frame] = dbsearch.parse_document(page(shared, AOMORI, "frameset.html"), **cb_kwargs)
    assert isinstance(frame, Follow)
    assert frame.url == (
        f"{AOMORI.host}/index.php/9585096?Template=doc-page&VoiceType=all&DocumentID=1486"
    )
    assert frame.key == "1486/page"
    assert frame.document == "t/1486"


@pytest.mark.parametrize("file", ["committee_sample.html", "plenary_sample.html"])
def test_the_metropolitan_assembly_is_read(shared: Path, file: str) -> None:
    body = (shared / "samples/tokyo_togikai" / file).read_bytes()
    place = "https://www.record.gikai.metro.tokyo.lg.jp/100000"
    day = "2025-03-18" if "committee" in file else "2025-03-28"
    sitting = {
        "title": "例示",
        "parts": [[7, "例示　本文", day, f"{place}?Template=document&Id=7"]],
    }
    cb_kwargs = {"sitting": sitting, "base": place, "tenant": "t", "step": 0, "front": []}
    [found] = dbsearch.parse_document(Page(place, body, HTML), **cb_kwargs)
    assert isinstance(found, Found)
    assert found.url == f"{place}?Template=document&Id=7"
    said = [(p.role, p.stance) for p in found.passages]
    if "plenary" in file:
        assert said == [
            ("議長", Stance.CHAIR),
            ("十一番", Stance.QUESTION),
            ("議長", Stance.CHAIR),
            ("四番", Stance.QUESTION),
        ]
    else:
        assert len(said) == 8
        assert said[0] == ("委員長", Stance.CHAIR)
        assert said[2][1] is Stance.ANSWER


@pytest.mark.parametrize("skin", SKINS, ids=NAMES)
def test_every_landing_page_is_recognised(shared: Path, skin: Skin) -> None:
    html = page(shared, skin, "top.html").text("utf-8")
    assert dbsearch.recognises("https://gikai.example.jp/", html)
    assert dbsearch.recognises(f"{skin.host}/", "")


def test_pages_of_other_platforms_are_not_recognised(shared: Path) -> None:
    others: Iterable[Path] = [
        *(shared / "samples/kensakusystem").rglob("*.html"),
        *(shared / "samples/voices").rglob("*.html"),
    ]
    texts = [each.read_bytes().decode("utf-8", "replace") for each in others]
    assert texts
    assert not [text for text in texts if dbsearch.recognises("https://www.example.jp/", text)]


@pytest.mark.parametrize("skin", SKINS, ids=NAMES)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_half_a_list_is_no_list(shared: Path, skin: Skin, share: float) -> None:
    whole = page(shared, skin, "search-result.html")
    half = Page(whole.url, whole.body[: int(len(whole.body) * share)], HTML)
    with pytest.raises(PageChanged):
        list(dbsearch.parse_list(half, **BASE, base=skin.base, name=skin.year))


def test_a_list_of_other_days_is_not_taken_for_this_one(shared: Path) -> None:
    with pytest.raises(PageChanged, match="from 2023-01-01"):
        listed(shared, AOMORI, name="2023")


def test_the_landing_page_in_place_of_a_list_is_refused(shared: Path) -> None:
    for skin in SKINS:
        landing = page(shared, skin, "top.html")
        with pytest.raises(PageChanged, match="number of hits"):
            list(dbsearch.parse_list(landing, **BASE, base=skin.base, name="2001"))


def test_another_document_or_day_is_refused(shared: Path) -> None:
    with pytest.raises(PageChanged, match="document 99"):
        read(shared, OTOFUKE, "detail.html", 99, "2024-12-17", "Template=document&Id")
    with pytest.raises(PageChanged, match="document 99"):
        read(shared, SENDAI, "detail.html", 99, "2024-12-26", "Template=view&DocumentID")
    with pytest.raises(PageChanged, match="the sitting of 2024-12-18"):
        read(shared, OTOFUKE, "detail.html", 1673, "2024-12-18", "Template=document&Id")
