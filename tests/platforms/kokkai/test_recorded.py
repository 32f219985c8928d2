"""The recorded answers of the Diet's API: meetings in XML, speeches in JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from crawler.page import Found, Page, PageChanged
from crawler.platforms.kokkai import read_answer, read_meeting
from kazami.document import Stance

pytestmark = pytest.mark.corpus

SAMPLES = {
    "flowweb/1-end.xml": (1631, 1630, None, 2, 69),
    "flowweb/212-end.xml": (259, 258, None, 2, 298),
    "flowweb/212-plane.xml": (259, 1, 4, 3, 67),
    "kokkai_voice/boeeihi.json": (84, 1, 31, 15, 30),
    "kokkai_voice/kenpo.json": (130, 1, 31, 3, 30),
    "kokkai_voice/nichigyo.json": (2, 1, None, 2, 2),
    "kokkai_voice/seiji-shikin.json": (68, 1, 31, 10, 30),
    "kokkai_voice/senkyo-kaikaku.json": (82, 1, 31, 12, 30),
    "kokkai_voice/tariff-us.json": (271, 1, 31, 10, 30),
}


def page(shared: Path, sample: str) -> Page:
    return Page(
        f"https://kokkai.example/{sample}", (shared / "samples/kokkai" / sample).read_bytes()
    )


def meetings(shared: Path, sample: str) -> list[Found]:
    found = page(shared, sample)
    answers = [read_meeting(found, record) for record in read_answer(found).records]
    return [meeting for meeting in answers if meeting]


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_record_of_an_answer_is_read(shared: Path, sample: str) -> None:
    total, begin, following, count, speeches = SAMPLES[sample]
    answer = read_answer(page(shared, sample))
    assert (answer.total, answer.begin, answer.following) == (total, begin, following)
    assert len(answer.records) == count
    listed = [record["speechRecord"] for record in answer.records]
    assert sum(len(each) for each in listed if isinstance(each, list)) == speeches
    found = meetings(shared, sample)
    assert all(passage.speaker and passage.url for each in found for passage in each.passages)
    assert not any(passage.text.startswith("○") for each in found for passage in each.passages)


def test_a_meeting_is_read_whole(shared: Path) -> None:
    first = meetings(shared, "flowweb/212-end.xml")[1]
    assert first.key == "121205124X00120231101"
    assert first.title == "第212回国会 衆議院 文部科学委員会 第1号"
    assert first.date == date(2023, 11, 1)
    assert first.url == "https://kokkai.ndl.go.jp/txt/121205124X00120231101"
    assert "本日の会議に付した案件" in first.front_matter
    assert [passage.order for passage in first.passages] == list(range(1, 20))
    opening = first.passages[0]
    assert (opening.role, opening.stance, opening.page) == ("委員長", Stance.CHAIR, 15)
    assert opening.url == "https://kokkai.ndl.go.jp/txt/121205124X00120231101/1"


def test_no_printed_page_is_none_and_not_zero(shared: Path) -> None:
    pages = {p.page for each in meetings(shared, "flowweb/212-plane.xml") for p in each.passages}
    assert pages == {None}


def test_the_position_is_the_role_and_the_marker_says_the_rest(shared: Path) -> None:
    found = meetings(shared, "kokkai_voice/tariff-us.json")
    said = {(p.role, p.stance) for each in found for p in each.passages}
    assert ("外務大臣", Stance.ANSWER) in said
    assert ("委員", Stance.QUESTION) in said
    assert (None, Stance.QUESTION) in said, "a member without office, printed with 君 only"
    assert ("公益社団法人日本農業法人協会会長", Stance.OTHER) in said, "a 参考人 answers for nobody"


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
def test_half_an_answer_is_no_answer(shared: Path, sample: str, share: float) -> None:
    whole = page(shared, sample).body
    with pytest.raises(PageChanged):
        read_answer(Page("https://kokkai.example/", whole[: int(len(whole) * share)]))


def test_a_record_that_is_missing_is_noticed(shared: Path) -> None:
    whole = json.loads(page(shared, "kokkai_voice/nichigyo.json").body)
    del whole["speechRecord"][0]
    with pytest.raises(PageChanged, match="records"):
        read_answer(Page("https://kokkai.example/", json.dumps(whole).encode()))
