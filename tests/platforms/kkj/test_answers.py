"""Answers of the portal's API: what is read of them, and what is refused."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.page import Found, Incomplete, Listed, Page, PageChanged, TryLater
from crawler.platforms.kkj import parse_notices
from crawler.platforms.kkj.portal_answer import PortalError, read_answer
from crawler.platforms.kkj.slices import Slice

URL = "https://www.kkj.go.jp/api/?LG_Code=10"
RECORD = {
    "ResultId": "1",
    "Key": "cmVpamkvMQ==",
    "ExternalDocumentURI": "https://www.example/1.pdf",
    "ProjectName": "例示庁舎清掃業務",
    "Date": "2026-04-06T19:07:46+09:00",
    "FileType": "pdf",
    "FileSize": "12",
    "LgCode": "10",
    "CityCode": "102032",
    "OrganizationName": "群馬県桐生市",
    "CftIssueDate": "2026-04-01T00:00:00+09:00",
    "Category": "役務",
    "ProjectDescription": (
        "例示庁舎清掃業務 次のとおり公告する。入札書の提出期限　令和８年４月２０日１７時"
    ),
}


def record(**fields: str | None) -> str:
    whole = {**RECORD, **fields}
    leaves = "".join(f"<{tag}>{text}</{tag}>" for tag, text in whole.items() if text is not None)
    return f"<SearchResult>{leaves}</SearchResult>"


def answer(*records: str, hits: int | str | None = None) -> bytes:
    count = len(records) if hits is None else hits
    inside = f"<SearchHits>{count}</SearchHits>{''.join(records)}"
    whole = f"<Version>1.0</Version><SearchResults>{inside}</SearchResults>"
    return f"<Results>{whole}</Results>".encode()


def parsed(body: bytes, **asked: object) -> list[object]:
    part = Slice(areas="10", first="2026-04-01", last="2026-04-30", **asked)  # type: ignore[arg-type]
    return list(parse_notices(Page(URL, body, "text/xml"), api=URL, **part.arguments()))


def only(**fields: str | None) -> Found:
    found, listed = parsed(answer(record(**fields)))
    assert isinstance(found, Found)
    assert listed == Listed(name="10/2026-04", documents=(found.key,))
    return found


def test_a_record_becomes_a_document_of_its_body() -> None:
    found = only()
    assert (found.body, found.key, found.title) == ("102032", "cmVpamkvMQ==", "例示庁舎清掃業務")
    assert found.date == date(2026, 4, 1)
    assert found.url == "https://www.kkj.go.jp/d/?D=cmVpamkvMQ==&L=ja"
    assert [each.url for each in found.attachments] == ["https://www.example/1.pdf"]
    assert found.version == RECORD["Date"]
    assert found.facts is not None
    assert [(each.paper, each.day) for each in found.facts.deadlines] == [
        ("入札書", date(2026, 4, 20))
    ]
    # The title is not said twice.
    assert found.passages[0].text.startswith("次のとおり公告する。")


def test_a_day_that_only_repeats_the_visits_is_none() -> None:
    for same in (RECORD["Date"], "2026-04-06T00:00:00+09:00"):
        found = only(CftIssueDate=same)
        assert found.date is None
        assert found.facts is not None
        assert found.facts.published is None


def test_a_day_after_the_visit_is_not_believed() -> None:
    assert only(CftIssueDate="2026-05-01T00:00:00+09:00").date is None


def test_the_visits_day_counts_where_the_text_states_it() -> None:
    text = "公告日　令和８年４月６日\n次のとおり公告する。"
    assert only(CftIssueDate=RECORD["Date"], ProjectDescription=text).date == date(2026, 4, 6)


def test_the_field_called_deadline_is_none() -> None:
    found = only(
        TenderSubmissionDeadline="2026-04-10T00:00:00+09:00", ProjectDescription="公告する。"
    )
    assert found.facts is not None
    assert found.facts.deadlines == ()
    assert "入札開始日（TenderSubmissionDeadline）: 2026-04-10" in found.front_matter


def test_a_name_that_says_nothing_gets_the_projects_from_the_text() -> None:
    text = "入札公告\n次のとおり公告する。\n１ 工事名　例示川護岸補修工事\n２ 工事場所　例示"
    found = only(ProjectName="入札公告", ProjectDescription=text)
    assert found.title == "入札公告 例示川護岸補修工事"
    assert found.facts is not None
    assert found.facts.project is not None
    assert found.facts.project.value == "例示川護岸補修工事"
    assert only(ProjectName="公告", ProjectDescription="次のとおり。").title == "公告"


def test_the_frame_before_the_text_is_left_away() -> None:
    text = (
        "本文 例示庁舎清掃業務 ページID：0240575更新日：2026年4月1日更新 次のとおり公告する。"
        "本文は別紙"
    )
    assert [each.text for each in only(ProjectDescription=text).passages] == [
        "次のとおり公告する。本文は別紙"
    ]


def test_only_web_addresses_become_attachments() -> None:
    files = (
        "<Attachments>"
        "<Attachment><Uri>https://www.example/2.pdf</Uri><Name>仕様書</Name></Attachment>"
        "<Attachment><Name>罠</Name><Uri>javascript:alert(1)</Uri></Attachment>"
        "<Attachment><Name>罠</Name><Uri>https://[x</Uri></Attachment>"
        "<Attachment><Name></Name><Uri>https://www.example/3.pdf</Uri></Attachment>"
        "<Attachment><Name>同じ</Name><Uri>https://www.example/1.pdf</Uri></Attachment>"
        "</Attachments>"
    )
    whole = record().replace("</SearchResult>", files + "</SearchResult>")
    found = parsed(answer(whole))[0]
    assert isinstance(found, Found)
    assert [(each.name, each.url) for each in found.attachments] == [
        ("公告情報", "https://www.example/1.pdf"),
        ("仕様書", "https://www.example/2.pdf"),
        ("3.pdf", "https://www.example/3.pdf"),
    ]


def test_characters_in_two_surrogates_are_one_and_a_wrong_byte_costs_a_character() -> None:
    cesu = "𠮷野台".encode("utf-16-be")
    halves = "".join(chr(int.from_bytes(cesu[at : at + 2], "big")) for at in range(0, len(cesu), 2))
    body = answer(record(ProjectName="＠清掃")).replace(
        "＠".encode(), halves.encode("utf-8", "surrogatepass")
    )
    found = parsed(body)[0]
    assert isinstance(found, Found)
    assert found.title == "𠮷野台清掃"
    for wrong in (b"\xff", b"\xed\xa1\x82", b"\x0b", b"&#11;", b"&#x1F;"):
        found = parsed(answer(record(ProjectName="庁＠清掃")).replace("＠".encode(), wrong))[0]
        assert isinstance(found, Found)
        assert re.fullmatch("庁.{1,3}清掃", found.title)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("search disabled", TryLater),
        ("service does not exist", TryLater),
        ("internal error", TryLater),
        ("Invalid Date Parameter", PortalError),
        ("Only one Kana character in search expression", PortalError),
        ("something new", PortalError),
    ],
)
@pytest.mark.parametrize("tag", ["Error", "e"])
def test_an_error_within_a_200_is_told_by_its_kind(
    said: str, error: type[Exception], tag: str
) -> None:
    with pytest.raises(error, match=said) as told:
        parsed(f"<Results><{tag}>{said}</{tag}></Results>".encode())
    assert "\n" not in str(told.value)


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "x" * 1000}">' for n in range(12))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>maintenance</body></html>",
        b"<Results/>",
        b"<Results><SearchResults/></Results>",
        b"<Results><SearchResults/><SearchResults/></Results>",
        answer(hits="many"),
        answer(hits=-1),
        answer(record(), hits=0),
        answer(record())[:-20],
        f"<!DOCTYPE Results [{BOMB}]><Results><Error>&a11;</Error></Results>".encode(),
        b'<!DOCTYPE Results SYSTEM "file:///etc/passwd"><Results/>',
        b"<Results>" + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</Results>",
        answer(record(ProjectName="&unknown;")),
        "<Results/>".encode("utf-16"),
    ],
)
def test_what_is_no_answer_is_refused_in_a_line_and_at_once(body: bytes) -> None:
    began = time.process_time()
    with pytest.raises(PageChanged) as told:
        parsed(body)
    assert time.process_time() - began < 2
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 500


@pytest.mark.parametrize(
    "bad",
    [
        record(Key=None),
        record(Key="  "),
        record(Key="a b"),
        record(Key="a#1"),
        record(Date="yesterday"),
        record(Date="2026-02-30T00:00:00+09:00"),
        record(ProjectName="<b>x</b>"),
        record(ProjectName="", ProjectDescription=""),
        record().replace("</Key>", "</Key><Key>second</Key>"),
    ],
)
def test_a_record_that_cannot_be_read_costs_itself_and_is_told(bad: str) -> None:
    found, told, listed = parsed(answer(bad, record(Key="good")))
    assert isinstance(found, Found)
    assert found.key == "good"
    assert isinstance(told, Incomplete)
    assert "cannot be read" in told.said
    assert listed == Listed(name="10/2026-04", documents=("good",))


def test_fewer_records_than_asked_for_are_told_and_not_asked_for_without_end() -> None:
    two = parsed(answer(record(), record(Key="other"), hits=1500))
    assert [type(each) for each in two] == [Found, Found, Incomplete]
    assert "1,500 notices and gave 2" in str(two[-1])


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_an_answer_with_something_else_in_it_is_refused_or_read(data: st.DataObject) -> None:
    body = bytearray(answer(record(), record(Key="other")))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body) - 1))
        end = data.draw(st.integers(at, min(len(body), at + 40)))
        body[at:end] = data.draw(st.binary(max_size=6) | st.sampled_from([b"<", b"&", b"</Key>"]))
    try:
        answers = parsed(bytes(body))
    except (PageChanged, TryLater, PortalError):
        return
    assert answers


@given(st.permutations(list(RECORD.items())))
def test_the_order_of_the_elements_means_nothing(order: list[tuple[str, str]]) -> None:
    leaves = "".join(f"<{tag}>{text}</{tag}>" for tag, text in order)
    page = Page(URL, answer(f"<SearchResult>{leaves}</SearchResult>"), "text/xml")
    assert dict(read_answer(page).records[0].fields) == RECORD


def test_reading_grows_with_the_answer() -> None:
    def seconds(times: int) -> float:
        text = "問１　移行の手順を述べること。 入札書の提出期限 " * times
        body = answer(record(ProjectDescription=text))
        began = time.process_time()
        parsed(body)
        return time.process_time() - began

    seconds(100)
    small, large = min(seconds(500) for _ in range(3)), min(seconds(4_000) for _ in range(2))
    assert large < 8 * small * 3
