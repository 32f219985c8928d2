"""Importing JSONL: every format, and every way in which a file can be bad."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.importing import text_lines
from crawler.importing.document_json import document_from_json
from crawler.importing.jsonl import (
    BadLine,
    ImportReport,
    NoTextFile,
    Read,
    import_file,
    read_documents,
)
from kazami.bodies import load_bodies
from kazami.document import Document, Kind, Passage, Stance
from kazami.facts import AwardFacts, TenderFacts
from kazami.store import Outcome, Store, open_folder
from tests.builders import ROOT, document_to_json

NOW = datetime(2025, 4, 1, 9, 30, tzinfo=UTC)
BODIES = load_bodies()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_folder(tmp_path / "data") as opened:
        yield opened


def utterance(order: int, text: str = "防災について伺います。", **more: Any) -> dict[str, Any]:
    return {
        "source": "invented",
        "municipality": "群馬県桐生市",
        "meeting_name": "令和4年第1回定例会",
        "meeting_date": "2022-03-01",
        "speaker": "例示花子",
        "role": "３番",
        "text": text,
        "url": "https://reiji.example/1",
        "order": order,
    } | more


def notice(title: str = "防災訓練のお知らせ", **more: Any) -> dict[str, Any]:
    return {
        "source": "invented_news",
        "kind": "bulletin",
        "municipality": "桐生市",
        "title": title,
        "published": "2024-05-01",
        "text": "6月5日に防災訓練を行います。",
        "url": None,
        "extra": None,
    } | more


def own(**more: Any) -> dict[str, Any]:
    return {
        "body": "102032",
        "kind": "minutes",
        "key": "2022-1",
        "title": "令和4年第1回定例会",
        "date": "2022-03-01",
        "passages": [{"text": "防災について伺います。"}],
    } | more


def as_lines(rows: Iterable[Any]) -> bytes:
    return b"".join(
        row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() + b"\n"
        for row in rows
    )


def write(path: Path, *rows: Any) -> Path:
    path.write_bytes(as_lines(rows))
    return path


def read(path: Path) -> tuple[list[Document], list[BadLine]]:
    found = list(read_documents(path, BODIES, NOW))
    return (
        [each.document for each in found if isinstance(each, Read)],
        [each for each in found if isinstance(each, BadLine)],
    )


def good(tmp_path: Path, *rows: Any) -> list[Document]:
    documents, bad = read(write(tmp_path / "file.jsonl", *rows))
    assert bad == []
    return documents


def reasons(tmp_path: Path, *rows: Any) -> list[str]:
    documents, bad = read(write(tmp_path / "file.jsonl", *rows))
    assert documents == []
    return [line.reason for line in bad]


# Utterances


def test_the_utterances_of_a_meeting_become_one_document(tmp_path: Path) -> None:
    (found,) = good(
        tmp_path,
        utterance(1, "開会します。", speaker="例示太郎", role="議長"),
        utterance(2),
        utterance(5, "お答えします。", speaker="例示次郎", role="総務部長"),
    )
    assert (found.body, found.kind, found.platform) == ("102032", Kind.MINUTES, "import")
    assert (found.title, found.date, found.fetched) == ("令和4年第1回定例会", date(2022, 3, 1), NOW)
    assert found.url == "https://reiji.example/1"
    assert found.passages == (
        Passage(
            key="1",
            order=1,
            text="開会します。",
            speaker="例示太郎",
            role="議長",
            stance=Stance.CHAIR,
        ),
        Passage(
            key="2",
            order=2,
            text="防災について伺います。",
            speaker="例示花子",
            role="３番",
            seat="３番",
            stance=Stance.QUESTION,
        ),
        Passage(
            key="5",
            order=5,
            text="お答えします。",
            speaker="例示次郎",
            role="総務部長",
            stance=Stance.ANSWER,
        ),
    )


@pytest.mark.parametrize(
    "other",
    [
        {"municipality": "国会"},
        {"meeting_name": "令和4年第2回定例会"},
        {"meeting_date": "2022-03-02"},
        {"url": "https://reiji.example/2"},
        {"source": "elsewhere"},
    ],
)
def test_another_meeting_is_another_document(tmp_path: Path, other: dict[str, Any]) -> None:
    first, second = good(tmp_path, utterance(1), utterance(1, **other))
    assert first.id != second.id


@pytest.mark.parametrize(
    "typed",
    [
        {"municipality": "桐生市"},
        {"municipality": "102032"},
        {"municipality": "群馬県　桐生市"},
        {"meeting_name": "令和４年第１回定例会"},
        {"meeting_name": " 令和4年 第1回　定例会\n"},
        {"meeting_date": "令和4年3月1日"},
        {"meeting_date": "2022-03-01 00:00:00"},
        {"source": "invented "},
        {"url": "http://REIJI.example/1#top"},
        {"url": "https://reiji.example/moved/1"},
        {"url": None},
    ],
)
def test_a_meeting_is_the_same_however_it_is_typed(tmp_path: Path, typed: dict[str, Any]) -> None:
    (first,) = good(tmp_path, utterance(1))
    (second,) = good(tmp_path, utterance(1) | typed)
    assert first.id == second.id
    (both,) = good(tmp_path, utterance(1), utterance(2) | typed | {"url": utterance(1)["url"]})
    assert both.id == first.id


def test_two_sittings_of_one_name_and_day_are_told_apart_by_their_addresses(tmp_path: Path) -> None:
    rows = [
        utterance(1),
        utterance(1, url="https://reiji.example/2"),
        utterance(2),
        utterance(1, meeting_name="令和4年第2回定例会"),
    ]
    one, two, other = sorted(good(tmp_path, *rows), key=lambda found: str((found.title, found.url)))
    assert len({one.id, two.id, other.id}) == 3
    assert [len(each.passages) for each in (one, two, other)] == [2, 1, 1]
    again = good(tmp_path, *reversed(rows))
    assert {each.id for each in again} == {one.id, two.id, other.id}


@given(st.text("令和6６年第１1回定例会－-‐ 　ABＡｂ", min_size=1).filter(str.strip))
def test_width_space_and_dash_of_a_name_are_no_part_of_the_key(name: str) -> None:
    with TemporaryDirectory() as folder:
        narrow = unicodedata.normalize("NFKC", name).replace("-", "−").replace(" ", "\u3000")
        (first,) = good(Path(folder), utterance(1, meeting_name=name))
        (second,) = good(Path(folder), utterance(1, meeting_name=narrow))
    assert first.id == second.id


def test_roster_and_agenda_become_front_matter_in_their_order(tmp_path: Path) -> None:
    path = write(
        tmp_path / "file.jsonl",
        utterance(3),
        utterance(2, "日程第1　議案第1号", speaker=None, role="議題"),
        utterance(1, "出席議員\n例示花子", speaker=None, role="名簿"),
    )
    (found,) = list(read_documents(path, BODIES, NOW))
    assert isinstance(found, Read)
    assert found.front_matter == 2
    assert found.document.front_matter == "出席議員\n例示花子\n日程第1　議案第1号"
    assert [passage.key for passage in found.document.passages] == ["3"]


def test_someone_who_speaks_on_the_agenda_is_no_front_matter(tmp_path: Path) -> None:
    (found,) = good(tmp_path, utterance(1, role="議題"))
    assert len(found.passages) == 1


def test_a_sitting_without_utterance_is_reported(tmp_path: Path) -> None:
    documents, bad = read(
        write(
            tmp_path / "file.jsonl",
            utterance(1, meeting_name="令和4年第2回定例会"),
            utterance(1, "出席議員", speaker=None, role="名簿"),
        )
    )
    assert len(documents) == 1
    assert [line.number for line in bad] == [2]
    assert "no utterance" in bad[0].reason


def test_a_sitting_of_the_diet_is_one_document_with_a_link_for_every_speech(tmp_path: Path) -> None:
    base = "https://kokkai.ndl.go.jp/txt/100000000X00120220301"

    def speech(order: int, **more: Any) -> dict[str, Any]:
        return utterance(
            order, municipality="国会", meeting_name="例示院本会議", url=f"{base}/{order}", **more
        )

    (found,) = good(
        tmp_path, speech(0, speaker="会議録情報", role=None, text="議事日程"), speech(1), speech(2)
    )
    assert (found.body, found.url, found.front_matter) == ("000000", base, "議事日程")
    assert [passage.url for passage in found.passages] == [f"{base}/1", f"{base}/2"]


def test_the_lines_of_a_meeting_need_not_stand_together(tmp_path: Path) -> None:
    second: dict[str, Any] = {"meeting_name": "令和4年第2回定例会"}
    together = good(
        tmp_path, *(utterance(i) for i in (1, 2, 3)), *(utterance(i, **second) for i in (1, 2))
    )
    scattered = good(
        tmp_path,
        utterance(3),
        utterance(2, **second),
        utterance(1),
        utterance(1, **second),
        utterance(2),
    )
    assert {d.id: d for d in scattered} == {d.id: d for d in together}


def test_a_bad_line_takes_nothing_else_of_its_meeting_along(tmp_path: Path) -> None:
    documents, bad = read(
        write(tmp_path / "file.jsonl", utterance(1), utterance(2, text=" \n"), utterance(3))
    )
    assert [passage.key for passage in documents[0].passages] == ["1", "3"]
    assert [(line.number, line.reason) for line in bad] == [(2, "passage 2: empty text")]


def test_an_order_that_repeats_is_a_bad_line_that_names_the_first(tmp_path: Path) -> None:
    documents, bad = read(
        write(tmp_path / "file.jsonl", utterance(1), utterance(2), utterance(2, "別の発言。"))
    )
    assert len(documents[0].passages) == 2
    assert [(line.number, line.reason) for line in bad] == [(3, "order 2 again, as in line 2")]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"municipality": "例示外市"}, "例示外市"),
        ({"municipality": "府中市"}, "ambiguous"),
        ({"municipality": None}, "no municipality"),
        ({"municipality": 102032}, "municipality is no text"),
        ({"source": ""}, "no source"),
        ({"meeting_date": None}, "no meeting_date"),
        ({"meeting_date": "2022-02-30"}, "2022-02-30"),
        ({"meeting_date": "平成57年3月1日"}, "平成57年3月1日"),
        ({"order": None}, "no order"),
        ({"order": "1"}, "order is no whole number"),
        ({"order": True}, "order is no whole number"),
        ({"order": 1.5}, "order is no whole number"),
        ({"order": 0}, "order 0 is below 1"),
        ({"order": 2**70}, "order is too large"),
        ({"text": None}, "no text"),
        ({"text": ["防災"]}, "text is no text"),
        ({"text": "\u3000"}, "empty text"),
        ({"speaker": 5}, "speaker is no text"),
        ({"role": {}}, "role is no text"),
        ({"url": 7}, "url is no text"),
        ({"url": "javascript:alert(1)"}, "no http address"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, wrong: dict[str, Any], reason: str) -> None:
    (said,) = reasons(tmp_path, utterance(1) | wrong)
    assert reason in said


def test_an_empty_name_is_none(tmp_path: Path) -> None:
    (found,) = good(tmp_path, utterance(1, speaker="", role=" "))
    assert (found.passages[0].speaker, found.passages[0].role) == (None, None)


def test_a_date_may_be_written_as_public_bodies_do(tmp_path: Path) -> None:
    (found,) = good(tmp_path, utterance(1, meeting_date="令和４年３月１日"))
    assert found.date == date(2022, 3, 1)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-03-01T00:00:00", date(2024, 3, 1)),
        ("2024-03-01 00:00:00", date(2024, 3, 1)),
        ("2024-03-01 00:00:00.000000000", date(2024, 3, 1)),
        ("2024/3/1 0:00", date(2024, 3, 1)),
        ("令和6年3月1日 10:00", date(2024, 3, 1)),
        ("2024-03-01T00:00:00+09:00", date(2024, 3, 1)),
        ("2024-02-29T15:00:00.000Z", date(2024, 3, 1)),
        ("2024-03-01 00:00:00+0000", date(2024, 3, 1)),
    ],
)
def test_a_time_behind_the_day_is_passed_over(tmp_path: Path, written: str, day: date) -> None:
    (meeting,) = good(tmp_path, utterance(1, meeting_date=written))
    (paper,) = good(tmp_path, notice(published=written))
    (document,) = good(tmp_path, own(date=written))
    assert {meeting.date, paper.date, document.date} == {day}


@pytest.mark.parametrize("written", ["2024-02-30 00:00:00", "2024-13-01T00:00:00Z", "10:00"])
def test_a_time_makes_no_day(tmp_path: Path, written: str) -> None:
    (said,) = reasons(tmp_path, own(date=written))
    assert written.split()[0][:10] in said


def test_what_pandas_writes_of_empty_cells_is_read(tmp_path: Path) -> None:
    row = json.dumps(utterance(1) | {"speaker": float("nan"), "url": float("nan"), "order": 1.0})
    (found,) = good(tmp_path, row.encode() + b"\n")
    assert (found.passages[0].speaker, found.url, found.passages[0].order) == (None, None, 1)
    (said,) = reasons(tmp_path, row.replace("NaN", "Infinity").encode() + b"\n")
    assert "Infinity" in said


# Announcements, tenders, awards


@pytest.mark.parametrize(
    "typed",
    [
        {"title": "防災訓練の お知らせ"},
        {"municipality": "群馬県桐生市"},
        {"published": "令和6年5月1日"},
        {"kind": "news"},
    ],
)
def test_a_notice_is_the_same_however_it_is_typed(tmp_path: Path, typed: dict[str, Any]) -> None:
    (first,) = good(tmp_path, notice())
    (second,) = good(tmp_path, notice() | typed)
    assert first.id == second.id


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("award", Kind.AWARD),
        ("tender", Kind.TENDER),
        ("announcement", Kind.ANNOUNCEMENT),
        ("bulletin", Kind.ANNOUNCEMENT),
        ("report", Kind.ANNOUNCEMENT),
    ],
)
def test_a_document_a_line_keeps_its_kind(tmp_path: Path, name: str, kind: Kind) -> None:
    (found,) = good(tmp_path, notice(kind=name))
    assert (found.kind, found.body, found.date) == (kind, "102032", date(2024, 5, 1))
    assert found.passages == (Passage(key="1", order=1, text="6月5日に防災訓練を行います。"),)


def test_a_long_text_becomes_several_passages(tmp_path: Path) -> None:
    (found,) = good(tmp_path, notice(text="\n\n".join(["防災訓練を行います。" * 40] * 3)))
    assert [passage.key for passage in found.passages] == ["1", "2", "3"]


def test_the_same_title_on_the_same_day_stays_two_documents(tmp_path: Path) -> None:
    rows = [notice(text="落札者：例示建設"), notice(text="落札者：例示土木")]
    first, second = good(tmp_path, *rows)
    assert first.id != second.id
    assert [d.id for d in good(tmp_path, *rows, rows[1])] == [first.id, second.id, second.id]


def test_the_prefecture_beside_it_tells_towns_of_one_name_apart(tmp_path: Path) -> None:
    (found,) = good(tmp_path, notice(municipality="美郷町", extra={"pref": "秋田県"}))
    assert BODIES.find("秋田県美郷町").code == found.body
    (said,) = reasons(tmp_path, notice(municipality="美郷町"))
    assert "ambiguous" in said


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"kind": "rumour"}, "no kind 'rumour'; use announcement"),
        ({"published": None}, "no published"),
        ({"published": "2024-13-01"}, "2024-13-01"),
        ({"title": " "}, "empty title"),
        ({"municipality": "例示庁"}, "例示庁"),
    ],
)
def test_a_wrong_announcement_is_named(tmp_path: Path, wrong: dict[str, Any], reason: str) -> None:
    (said,) = reasons(tmp_path, notice(**wrong))
    assert reason in said


# Our own format


def test_a_document_survives_its_json() -> None:
    document = Document(
        body="102032",
        kind=Kind.MINUTES,
        platform="invented",
        key="2022/1#a",
        title="令和4年第1回定例会",
        date=date(2022, 3, 1),
        fetched=NOW,
        url="https://reiji.example/1",
        front_matter="出席議員",
        passages=(
            Passage(
                key="a",
                order=2,
                text="防災\nについて",
                speaker="例示花子",
                role="３番",
                stance=Stance.QUESTION,
                page=4,
                url="https://reiji.example/1#a",
            ),
            Passage(key="b", order=3, text="以上"),
        ),
    )
    packed = json.loads(json.dumps(document_to_json(document)))
    assert document_from_json(packed, BODIES, NOW + timedelta(days=1)) == document


def test_a_notice_states_what_its_text_says(tmp_path: Path) -> None:
    text = "次のとおり公告する。\n入札書の提出期限　令和６年６月３日（月）17時必着"
    (found,) = good(tmp_path, notice(kind="tender", text=text))
    assert isinstance(found.facts, TenderFacts)
    (deadline,) = found.facts.deadlines
    assert (deadline.paper, deadline.day, deadline.time) == ("入札書", date(2024, 6, 3), time(17))


def test_an_award_states_what_stands_beside_its_text(tmp_path: Path) -> None:
    extra = {"winner_name": "株式会社例示", "corporate_no": "", "amount": "1200000"}
    (found,) = good(tmp_path, notice(kind="award", text="例示工事\n落札者：ほか", extra=extra))
    assert isinstance(found.facts, AwardFacts)
    assert found.facts.supplier is not None
    assert found.facts.amount is not None
    assert (found.facts.supplier.value, found.facts.amount.value) == ("株式会社例示", 1_200_000)
    assert found.facts.corporate_number is None


def test_a_notice_may_be_a_title_alone(tmp_path: Path) -> None:
    (found,) = good(tmp_path, notice(text=""))
    assert found.passages == ()


def test_what_is_left_out_of_our_format_has_a_plain_meaning(tmp_path: Path) -> None:
    (found,) = good(tmp_path, own(body="桐生市", passages=[{"text": "一"}, {"text": "二"}]))
    assert (found.id, found.body, found.fetched) == ("import:2022-1", "102032", NOW)
    assert [(p.key, p.order) for p in found.passages] == [("1", 1), ("2", 2)]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"passages": []}, "no passage"),
        ({"passages": {}}, "passages is no list"),
        ({"passages": ["防災"]}, "passage 1: not a JSON object"),
        ({"passages": [{"text": "一", "speeker": "例示"}]}, "passage 1: unknown field 'speeker'"),
        ({"passages": [{"text": "一", "stance": "angry"}]}, "no stance 'angry'; use question"),
        ({"passages": [{"text": "一", "key": "1#2"}]}, "must not hold '#'"),
        ({"passages": [{"text": "一", "page": 0}]}, "page 0 is below 1"),
        ({"passages": [{"text": "一"}, {"text": "二", "order": 1}]}, "orders do not rise"),
        ({"titel": "定例会"}, "unknown field 'titel'"),
        ({"kind": "poem"}, "no kind 'poem'; use minutes"),
        ({"date": "2023-02-29"}, "2023-02-29"),
        ({"fetched": "2025-04-01T09:30:00"}, "names no time zone"),
        ({"fetched": "yesterday"}, "yesterday"),
        ({"platform": "a:b"}, "without colon"),
        ({"key": ""}, "key"),
        ({"body": "102033"}, "102033"),
    ],
)
def test_a_wrong_document_is_named(tmp_path: Path, wrong: dict[str, Any], reason: str) -> None:
    (said,) = reasons(tmp_path, own(**wrong))
    assert reason in said


def test_formats_may_be_mixed_line_by_line(tmp_path: Path) -> None:
    found = good(tmp_path, utterance(1), own(), notice(), b"\n", utterance(2))
    assert sorted(len(document.passages) for document in found) == [1, 1, 2]


# Files


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"[1, 2]", "not a JSON object"),
        ("防災".encode(), "not JSON"),
        (b'{"a": 1}', "neither a document"),
        (b"[" * 100_000, "not JSON"),
        (b'{"order": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"passages": [], "title": "\\ud842"}', "surrogate"),
        (b'{"passages": [{"text": "\\u0000"}]}', "NUL"),
        (json.dumps(own(), ensure_ascii=False).encode("cp932"), "Shift_JIS"),
        (b'{"title": "\xff\xfe"}', "not UTF-8"),
    ],
)
def test_a_line_that_is_no_document_is_reported_by_number(
    tmp_path: Path, line: bytes, reason: str
) -> None:
    documents, bad = read(write(tmp_path / "file.jsonl", notice(), line + b"\n", own()))
    assert len(documents) == 2
    assert [each.number for each in bad] == [2]
    assert reason in bad[0].reason


def test_a_file_in_shift_jis_is_reported_line_by_line_and_its_ascii_lines_are_kept(
    tmp_path: Path,
) -> None:
    path = tmp_path / "file.jsonl"
    rows = [utterance(1), utterance(2)]
    sjis = b"".join(json.dumps(row, ensure_ascii=False).encode("cp932") + b"\n" for row in rows)
    path.write_bytes(sjis + json.dumps(utterance(3)).encode())
    documents, bad = read(path)
    assert [passage.key for passage in documents[0].passages] == ["3"]
    assert [line.number for line in bad] == [1, 2]


def test_gzip_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    packed = tmp_path / "file.jsonl"
    packed.write_bytes(gzip.compress(as_lines([utterance(1), notice()])))
    assert len(read(packed)[0]) == 2
    plain = tmp_path / "plain.jsonl.gz"
    assert len(read(write(plain, utterance(1), notice()))[0]) == 2


def test_gzip_in_several_members_is_read_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl.gz"
    path.write_bytes(
        gzip.compress(as_lines([notice("一")]))
        + gzip.compress(as_lines([notice("二")]))
        + bytes(512)
    )
    documents, bad = read(path)
    assert [document.title for document in documents] == ["一", "二"]
    assert bad == []


def test_truncated_gzip_gives_what_it_holds_and_says_where_it_breaks(tmp_path: Path) -> None:
    whole = gzip.compress(as_lines(notice(f"第{i}号", text=f"本文{i * 7919}") for i in range(4000)))
    path = tmp_path / "file.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])
    documents, bad = read(path)
    assert 1000 < len(documents) < 3000
    assert documents[-1].title == f"第{len(documents) - 1}号"
    assert bad[0].number == len(documents) + 1
    assert "break off" in bad[-1].reason


def test_gzip_cut_after_its_last_line_is_reported_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl.gz"
    path.write_bytes(gzip.compress(as_lines([notice(), own()]))[:-4])
    documents, bad = read(path)
    assert len(documents) == 2
    assert ["break off" in line.reason for line in bad] == [True]


def test_damaged_gzip_is_reported(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(as_lines(notice(f"第{i}号") for i in range(9000))))
    whole[len(whole) // 2 :] = bytes(len(whole) - len(whole) // 2)
    path = tmp_path / "file.jsonl.gz"
    path.write_bytes(bytes(whole))
    _, bad = read(path)
    assert "gzipped data" in bad[-1].reason


def test_a_line_that_is_too_long_is_skipped_without_being_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_lines, "LONGEST_LINE", 1024 * 1024)
    long = notice("長い", text="あ" * 1_000_000)
    documents, bad = read(write(tmp_path / "file.jsonl", notice("一"), long, notice("二"), long))
    assert [document.title for document in documents] == ["一", "二"]
    assert bad == [BadLine(2, "longer than 1 MB"), BadLine(4, "longer than 1 MB")]


def test_a_line_at_the_edge_of_every_chunk_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [notice(f"第{i}号", text="防災" * (i % 90)) for i in range(1, 60)]
    titles = [document.title for document in good(tmp_path, *rows)]
    monkeypatch.setattr(text_lines, "_CHUNK", 7)
    assert [document.title for document in good(tmp_path, *rows)] == titles
    path = tmp_path / "file.jsonl.gz"
    path.write_bytes(gzip.compress(as_lines(rows)))
    monkeypatch.setattr(text_lines, "_LARGEST", 5)
    assert [document.title for document in read(path)[0]] == titles


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        json.dumps(own()).encode("utf-16"),
        gzip.compress(b"\0\0\0", mtime=0),
    ],
)
def test_a_binary_file_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.jsonl"
    path.write_bytes(content)
    with pytest.raises(NoTextFile, match=r"file\.jsonl: a binary file"):
        read(path)


def test_a_missing_file_and_a_directory_are_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(NoTextFile, match=r"nowhere\.jsonl: no such file"):
        read(tmp_path / "nowhere.jsonl")
    with pytest.raises(NoTextFile, match="is a directory"):
        read(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)]
)
def test_an_empty_file_holds_nothing_and_is_no_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.jsonl"
    path.write_bytes(content)
    assert read(path) == ([], [])


def test_a_byte_order_mark_and_windows_line_ends_are_read_over(tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + as_lines([notice(), own()]).replace(b"\n", b"\r\n"))
    documents, bad = read(path)
    assert (len(documents), bad) == (2, [])


def test_progress_rises_to_the_end_over_both_readings(tmp_path: Path) -> None:
    path = write(tmp_path / "file.jsonl", *(notice(str(i)) for i in range(2000)))
    told: list[tuple[int, int]] = []
    list(read_documents(path, BODIES, NOW, lambda done, whole: told.append((done, whole))))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


# Into the store


def test_an_import_counts_what_it_stored_and_what_it_skipped(store: Store, tmp_path: Path) -> None:
    path = write(
        tmp_path / "file.jsonl",
        utterance(1, "名簿", speaker=None, role="名簿"),
        utterance(2),
        b"{\n",
        own(),
        utterance(3),
    )
    report = import_file(store, path, BODIES, NOW)
    assert (report.outcome, report.passages, report.front_matter) == (Outcome(new=2), 3, 1)
    assert (report.bad_lines, [line.number for line in report.bad]) == (1, [3])
    assert store.extent().passages == 3


def test_importing_again_later_finds_everything_unchanged(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "file.jsonl", utterance(1), own(), notice())
    import_file(store, path, BODIES, NOW)
    report = import_file(store, path, BODIES, NOW + timedelta(days=3))
    assert report.outcome == Outcome(unchanged=3)
    assert store.last_change() == 3


def test_a_correction_in_the_file_is_a_change_of_one_document(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    import_file(store, write(path, utterance(1), notice()), BODIES, NOW)
    report = import_file(store, write(path, utterance(1, "訂正"), notice()), BODIES, NOW)
    assert report.outcome == Outcome(changed=1, unchanged=1)


def test_many_bad_lines_are_counted_and_the_first_thousand_kept(
    store: Store, tmp_path: Path
) -> None:
    path = write(tmp_path / "file.jsonl", *([b"no\n"] * 1500), notice())
    report = import_file(store, path, BODIES, NOW)
    assert (report.bad_lines, len(report.bad)) == (1500, 1000)
    assert report.outcome == Outcome(new=1)


# Real text


def imported(shared: Path, store: Store, name: str) -> ImportReport:
    return import_file(store, shared / "corpus" / name, BODIES, NOW)


@pytest.mark.corpus
def test_the_meetings_of_the_sample_come_in_whole(shared: Path, store: Store) -> None:
    report = imported(shared, store, "sample/minutes.jsonl.gz")
    # 47 meetings, of which four have no date: three of 小樽市, one of 江戸川区.
    assert report.outcome == Outcome(new=43)
    assert (report.passages, report.front_matter) == (3248, 343)
    assert {line.reason for line in report.bad} == {"no meeting_date"}
    assert report.bad_lines == 4
    assert sorted(store.counts_by_body()) == sorted(
        BODIES.find(name).code
        for name in ("国会", "桐生市", "品川区", "高槻市", "東京都", "茨城県", "福岡市")
    )


@pytest.mark.corpus
def test_announcements_tenders_and_awards_of_the_sample_come_in(shared: Path, store: Store) -> None:
    report = imported(shared, store, "sample/docs.jsonl.gz")
    # 60 of them are of デジタル庁 and こども家庭庁, which are bodies of the state.
    assert report.outcome == Outcome(new=359)
    assert {line.reason for line in report.bad} == {"no published"}


# The documentation


def test_every_example_of_the_documented_format_can_be_imported(tmp_path: Path) -> None:
    page = ROOT / "docs" / "import-format.md"
    examples = [
        part.split("```")[0].replace("\n ", " ").strip().encode() + b"\n"
        for part in page.read_text("utf-8").split("```json\n")[1:]
    ]
    found = good(tmp_path, *examples)
    assert len(found) == len(examples) == 4
    assert [each.facts is None for each in found].count(False) == 2
    assert [each.stance for each in found[0].passages] == [Stance.QUESTION, Stance.ANSWER]
