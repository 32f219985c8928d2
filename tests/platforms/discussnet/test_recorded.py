"""The recorded answers of 函館市, 横浜市, 墨田区 and 呉市, read to the last block."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.page import Follow, Found, Listed, Page, PageChanged, Wanted
from crawler.platforms import discussnet
from kazami.document import Kind, Stance
from kazami.sources import Source

pytestmark = pytest.mark.corpus


@dataclass(frozen=True)
class Recorded:
    folder: str
    url: str
    tenant: int
    councils: int
    council: int
    sittings: int
    document: str
    title: str
    day: date
    utterances: int


HAKODATE = Recorded(
    folder="saas",
    url="https://ssp.kaigiroku.net/tenant/hakodate/SpMinuteSearch.html",
    tenant=537,
    councils=232,
    council=1251,
    sittings=7,
    document="ssp.kaigiroku.net/537/1251/2",
    title="令和６年第１回２月定例会 02月22日－01号",
    day=date(2024, 2, 22),
    utterances=20,
)
YOKOHAMA = Recorded(
    folder="self-hosted",
    url="http://giji.city.yokohama.lg.jp/tenant/yokohama/pg/index.html",
    tenant=20,
    councils=869,
    council=979,
    sittings=4,
    document="giji.city.yokohama.lg.jp/20/979/2",
    title="令和６年第４回定例会 11月29日－16号",
    day=date(2024, 11, 29),
    utterances=50,
)
SUMIDA = Recorded(
    folder="smart",
    url="https://ssp.kaigiroku.net/tenant/sumida/MinuteSearch.html?tab=detail",
    tenant=396,
    councils=489,
    council=562,
    sittings=1,
    document="ssp.kaigiroku.net/396/562/2",
    title="令和６年 定例会緊急議会（１２月） 12月27日－01号",
    day=date(2024, 12, 27),
    utterances=23,
)
ALL = pytest.mark.parametrize(
    "recorded", [HAKODATE, YOKOHAMA, SUMIDA], ids=lambda recorded: recorded.folder
)


def file(shared: Path, recorded: Recorded, name: str) -> bytes:
    return (shared / "samples/discussnet" / recorded.folder / name).read_bytes()


def page(shared: Path, recorded: Recorded, name: str, follow: Follow) -> Page:
    return Page(follow.url, file(shared, recorded, name), "application/json")


def index(shared: Path, recorded: Recorded) -> tuple[list[Follow], Listed]:
    source = Source(body="012025", kind=Kind.MINUTES, platform="discussnet", url=recorded.url)
    [tenant] = discussnet.start(source, Wanted(today=date(2026, 8, 2)))
    [asked] = tenant.parse(page(shared, recorded, "tenant.js", tenant), **tenant.cb_kwargs)
    assert isinstance(asked, Follow)
    answers = list(asked.parse(page(shared, recorded, "councils.json", asked), **asked.cb_kwargs))
    listed = answers.pop()
    assert isinstance(listed, Listed)
    return [each for each in answers if isinstance(each, Follow)], listed


def sittings(shared: Path, recorded: Recorded) -> list[Follow]:
    follows, _ = index(shared, recorded)
    [council] = [each for each in follows if each.key == f"council/{recorded.council}"]
    answers = council.parse(page(shared, recorded, "schedules.json", council), **council.cb_kwargs)
    return [each for each in answers if isinstance(each, Follow)]


def document(shared: Path, recorded: Recorded) -> Found:
    [sitting] = [each for each in sittings(shared, recorded) if each.document == recorded.document]
    answers = sitting.parse(page(shared, recorded, "minute.json", sitting), **sitting.cb_kwargs)
    found, listed = answers
    assert isinstance(found, Found)
    assert listed == Listed(name=sitting.key, documents=(recorded.document,))
    return found


@ALL
def test_every_council_is_asked_for_and_no_papers(shared: Path, recorded: Recorded) -> None:
    follows, listed = index(shared, recorded)
    assert len(follows) == len(listed.listings) == recorded.councils
    assert {follow.method for follow in follows} == {"POST"}
    assert follows[0].url.endswith("/dnp/search/minutes/get_schedule_all")
    assert follows[0].body is not None
    assert follows[0].body.startswith(f"tenant_id={recorded.tenant}&council_id=".encode())
    everything = json.loads(file(shared, recorded, "councils.json"))
    papers = [each["council_id"] for each in under(everything, "資料")]
    assert (
        len(papers) + recorded.councils
        == {"saas": 1359, "self-hosted": 869, "smart": 587}[recorded.folder]
    )
    assert not {f"council/{id}" for id in papers} & set(listed.listings)


def under(index: Any, name: str) -> list[Any]:
    [root] = index["councils"]
    return [
        council
        for year in root["view_years"]
        for sort in year["council_type"]
        for council in sort["councils"]
        if sort["council_type_name1"] == name
    ]


@ALL
def test_every_council_gets_a_year_that_its_name_bears_out(
    shared: Path, recorded: Recorded
) -> None:
    follows, _ = index(shared, recorded)
    for follow in follows:
        year = follow.cb_kwargs["year"]
        assert isinstance(year, int)
        assert follow.newest is not None
        assert year <= follow.newest.year <= year + 1, follow.cb_kwargs["name"]


@ALL
def test_the_sittings_of_a_council_have_their_days(shared: Path, recorded: Recorded) -> None:
    follows = sittings(shared, recorded)
    assert len(follows) == recorded.sittings
    assert follows[0].document == recorded.document
    assert all(follow.day or recorded is YOKOHAMA for follow in follows)
    assert follows[0].day == recorded.day


@ALL
def test_a_roster_prints_the_day_that_the_label_says(shared: Path, recorded: Recorded) -> None:
    rows = json.loads(file(shared, recorded, "schedules.json"))["council_schedules"]
    for row, follow in zip(rows, sittings(shared, recorded), strict=True):
        printed = discussnet.councils.settled(
            "", follow.day.year if follow.day else 0, "", row["member_list"]
        )
        assert (printed.day if printed else None) == follow.day, row["name"]


@ALL
def test_a_sitting_is_read_whole(shared: Path, recorded: Recorded) -> None:
    found = document(shared, recorded)
    assert (found.key, found.title, found.date) == (
        recorded.document,
        recorded.title,
        recorded.day,
    )
    assert len(found.passages) == recorded.utterances
    assert found.front_matter.startswith("令和\u3000６年")
    assert found.url.endswith(f"MinuteView.html?council_id={recorded.council}&schedule_id=2")
    blocks = json.loads(file(shared, recorded, "minute.json"))["tenant_minutes"]
    assert len(blocks) == recorded.utterances + 1
    for block, passage in zip(blocks[1:], found.passages, strict=True):
        assert passage.key == str(block["minute_id"])
        assert passage.page == block["page_no"]
        assert passage.text[0] not in "○◆◎〇"
        assert "<" not in passage.text
        assert squeezed(passage.text) in squeezed(block["body"].replace("</span>", "")), block


def squeezed(text: str) -> str:
    return "".join(text.replace('<span lang="ja">', "").split())


@ALL
def test_speakers_and_stances_are_those_of_the_site_s_own_fields(
    shared: Path, recorded: Recorded
) -> None:
    stances = {4: Stance.CHAIR, 5: Stance.QUESTION, 6: Stance.ANSWER}
    blocks = json.loads(file(shared, recorded, "minute.json"))["tenant_minutes"]
    for block, passage in zip(blocks[1:], document(shared, recorded).passages, strict=True):
        role, _, name = block["title"].rstrip("）").partition("（")
        assert (passage.role or "", passage.speaker) == (role, name.removesuffix("君"))
        assert passage.stance is stances[block["minute_type_code"]]


def test_members_without_an_office_ask(shared: Path) -> None:
    roles = Counter((each.role, each.stance) for each in document(shared, YOKOHAMA).passages)
    assert roles[None, Stance.QUESTION] == 5
    assert roles["市長", Stance.ANSWER] == 2


def test_the_trimmed_list_of_kure_is_read(shared: Path) -> None:
    name = "samples/discussnet/zaruju_kure/kure_councils_2025.json"
    answer = Page("https://ssp.kaigiroku.net/x", (shared / name).read_bytes(), None)
    cb_kwargs = {"base": "https://ssp.kaigiroku.net/tenant/kure/", "api": "", "tenant": 491}
    *follows, listed = discussnet.parse_councils(answer, **cb_kwargs)  # type: ignore[arg-type]
    assert isinstance(listed, Listed)
    assert len(follows) == 5
    assert "council/1245" not in listed.listings


@ALL
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_half_an_answer_is_none(shared: Path, recorded: Recorded, share: float) -> None:
    follows, _ = index(shared, recorded)
    [council] = [each for each in follows if each.key == f"council/{recorded.council}"]
    for name, follow in (
        ("schedules.json", council),
        ("minute.json", sittings(shared, recorded)[0]),
    ):
        whole = file(shared, recorded, name)
        half = Page(follow.url, whole[: int(len(whole) * share)], "application/json")
        with pytest.raises(PageChanged):
            list(follow.parse(half, **follow.cb_kwargs))
