"""``kazami tenders``, typed."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from kazami.facts import Stage
from kazami.store import open_folder
from tests.answers.notices import KIRYU, TAKASAKI, award, due, notice
from tests.search_cli.conftest import Kazami
from tests.search_cli.test_schema import fits

AS_OF = ("--as-of", "2026-06-01")


@pytest.fixture
def noticed(data: Path, kazami: Kazami) -> Path:
    """A data directory with invented notices, indexed."""
    with open_folder(data) as store:
        store.put(
            [
                notice(
                    "clean",
                    "例示庁舎清掃業務委託",
                    due(date(2026, 6, 3), "質問書"),
                    due(None, "参加申請書"),
                    due(date(2026, 6, 12), at=time(17)),
                    number="12",
                    budget=5_000_000,
                ),
                notice(
                    "guard",
                    "例示公園警備; 夜間, 休日\nを含む\x1b[31m",
                    due(date(2026, 7, 1)),
                    body=TAKASAKI,
                ),
                notice("unknown", "例示システム更新"),
                notice("closed", "例示橋りょう修繕", due(date(2026, 5, 28))),
            ],
            source=f"{KIRYU}/tender/html_list",
        )
    assert kazami("index").exit_code == 0
    return data


def test_a_table_says_until_when_whose_how_and_where(noticed: Path, kazami: Kazami) -> None:
    result = kazami("tenders", *AS_OF)
    assert result.exit_code == 0, result.output
    assert "3件 · 2026-06-01 現在" in result.stdout
    assert "2026-06-12 17:00 入札書  あと11日  群馬県桐生市" in result.stdout
    assert "一般競争入札 · 役務 · 12 · 予定価格 5,000,000円 · 公告 2026-05-20" in result.stdout
    assert "ほかの期限: 質問書 2026-06-03、参加申請書 不明" in result.stdout
    assert "https://reiji.example/clean" in result.stdout
    assert "締切不明" in result.stdout
    assert "例示橋りょう修繕" not in result.stdout
    assert "\x1b" not in result.stdout
    assert "調べた範囲: 2団体 · 4件の公告" in result.stdout


def test_a_query_goes_through_the_index(noticed: Path, kazami: Kazami) -> None:
    result = kazami("tenders", "清掃 OR 橋りょう", *AS_OF, "--format", "json")
    value = json.loads(result.stdout)
    assert [each["id"] for each in value["tenders"]] == ["html_list:clean"]
    both = kazami("tenders", "清掃 OR 橋りょう", "--all", *AS_OF, "--format", "json")
    assert json.loads(both.stdout)["total"] == 2
    wrong = kazami("tenders", "(清掃", *AS_OF)
    assert wrong.exit_code == 1
    assert wrong.stderr.count("\n") == 1


def test_json_fits_the_schema(noticed: Path, kazami: Kazami) -> None:
    for options in ((), ("--all",), ("--open",), ("--deadline-within", "2w"), ("--pref", "01")):
        result = kazami("tenders", *AS_OF, *options, "--format", "json")
        assert result.exit_code == 0, result.output
        fits("tenders", json.loads(result.stdout))
    value = json.loads(kazami("tenders", "--open", *AS_OF, "--format", "json").stdout)
    assert value["left_out"]["unknown"] == 1
    assert [each["days_left"] for each in value["tenders"]] == [11, 30]


def test_csv_has_a_row_per_tender(noticed: Path, kazami: Kazami) -> None:
    rows = kazami("tenders", *AS_OF, "--format", "csv").stdout.splitlines()
    assert rows[0].startswith("\ufeffid,body,")
    assert len([row for row in rows if row.startswith("html_list:")]) == 3


def test_a_calendar_has_each_deadline_that_is_known(noticed: Path, kazami: Kazami) -> None:
    result = kazami("tenders", *AS_OF, "--pref", "群馬県", "--format", "ics")
    assert result.exit_code == 0, result.output
    assert result.stderr == "期限 3件、不明 2件は省きました\n"
    calendar = Calendar.from_ical(result.stdout)
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    bid = events["入札書 群馬県桐生市 例示庁舎清掃業務委託"]
    assert bid.decoded("dtstart") == datetime(2026, 6, 12, 17, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert str(bid["url"]) == "https://reiji.example/clean"
    question = events["質問書 群馬県桐生市 例示庁舎清掃業務委託"]
    assert question.decoded("dtstart") == date(2026, 6, 3)
    hostile = events["入札書 群馬県高崎市 例示公園警備; 夜間, 休日 を含む"]
    assert hostile.decoded("dtstart") == date(2026, 7, 1)
    assert "DTSTART;TZID=Asia/Tokyo:20260612T170000" in result.stdout
    assert "例示公園警備\\; 夜間\\, 休日" in result.stdout.replace("\r\n ", "")
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Tokyo"]


def test_a_calendar_keeps_its_uids_and_drops_what_is_past(noticed: Path, kazami: Kazami) -> None:
    def uids(day: str) -> set[str]:
        text = kazami("tenders", "--as-of", day, "--format", "ics").stdout
        return {str(event["uid"]) for event in Calendar.from_ical(text).walk("VEVENT")}

    assert uids("2026-06-02") == uids("2026-06-01")
    assert len(uids("2026-06-01")) == 3
    assert len(uids("2026-06-04")) == 2
    assert uids("2026-06-04") < uids("2026-06-01")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("--deadline-within", "soon"), "no number of days"),
        (("--all", "--open"), "does not go with"),
        (("--as-of", "someday"), "someday"),
    ],
)
def test_wrong_usage_is_told_in_a_line(
    noticed: Path, kazami: Kazami, typed: tuple[str, ...], told: str
) -> None:
    result = kazami("tenders", *typed)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_nothing_collected_is_said(kazami: Kazami) -> None:
    result = kazami("tenders")
    assert result.exit_code == 1
    assert "nothing is collected" in result.stderr


def test_show_says_what_is_joined_and_by_which_rule(data: Path, kazami: Kazami) -> None:
    project = "令和8年度例示庁舎清掃業務委託"
    with open_folder(data) as store:
        store.put(
            [
                notice("call", project, due(date(2026, 6, 12)), number="2026-0012"),
                notice("fix", project, stage=Stage.CORRECTION, day=date(2026, 5, 25)),
                award("won", project, number="2026-0012"),
                notice("other", "令和8年度例示公園清掃業務委託"),
            ]
        )
    result = kazami("show", "html_list:call")
    assert result.exit_code == 0, result.output
    text = result.stdout[result.stdout.index("同じ案件の文書") :]
    assert text.splitlines()[1:4] == [
        "▶ 1  2026-05-20  公告  html_list:call",
        "  2  2026-05-25  訂正  html_list:fix",
        "  3  2026-06-20  落札  award_csv:won",
    ]
    assert "1と2: 件名が同じで時期が近い (same-project)" in text
    assert "award-number" in text
    assert "other" not in text
    value = json.loads(kazami("show", "html_list:call", "--format", "json").stdout)
    fits("show_document", value)
    assert [each["stage"] for each in value["joined"]["versions"]] == [
        "notice",
        "correction",
        "award",
    ]
    assert {"award-number", "award-project", "same-project"} == {
        rule for each in value["joined"]["joints"] for rule in each["rules"]
    }
    alone = json.loads(kazami("show", "html_list:other", "--format", "json").stdout)
    assert alone["joined"] is None
    assert "同じ案件" not in kazami("show", "html_list:other").stdout


def test_what_an_unread_bidding_system_may_hold_is_said(noticed: Path, kazami: Kazami) -> None:
    """船橋市 is one of those that may share a system; nobody has named who does."""
    for body, users in (
        ("千葉県", "千葉県と県内の56団体（ちば電子調達システム、未対応）"),
        ("船橋市", "千葉県と県内の56団体（ちば電子調達システム、未対応）"),
        (
            "東京都",
            "東京都と都内の59団体（東京電子自治体共同運営・東京都電子調達システム、要許可）",
        ),
    ):
        said = kazami("tenders", "--body", body, *AS_OF).stdout
        assert f"電子入札システムのため未収集: {users}。受付中の公告がないとは言えません" in said, (
            said
        )
    for form in ("csv", "ics"):
        result = kazami("tenders", "--pref", "千葉県", *AS_OF, "--format", form)
        assert "ちば電子調達システム" in result.stderr
        assert "ちば電子調達システム" not in result.stdout
    value = json.loads(kazami("tenders", "--body", "船橋市", *AS_OF, "--format", "json").stdout)
    fits("tenders", value)
    (system,) = value["unread_systems"]
    assert (system["source"], system["others"]) == ("120006/tender/unknown", "県内の56団体")


def test_where_no_such_system_is_known_nothing_is_said_of_one(
    noticed: Path, kazami: Kazami
) -> None:
    for options in (("--body", "桐生市"), ("--body", "秋田市"), ("--pref", "群馬県")):
        assert "電子入札" not in kazami("tenders", *options, *AS_OF).stdout
    everywhere = kazami("tenders", *AS_OF).stdout
    assert "秋田県、" in everywhere
    assert "千葉県と県内の56団体、" in everywhere
    assert "そこだけに載る公告は含みません" in everywhere


def test_a_page_and_the_portals_copy_are_one_step(data: Path, kazami: Kazami) -> None:
    with open_folder(data) as store:
        store.put(
            [
                notice("own", "例示庁舎清掃業務", due(date(2026, 6, 20))),
                notice("copy", "例示庁舎清掃業務", due(date(2026, 6, 20)), platform="kkj"),
            ]
        )
    alone = kazami("tenders", *AS_OF).stdout
    assert "受付中 1件" in alone
    assert "経過" not in alone
    with open_folder(data) as store:
        fixed = notice("fix", "例示庁舎清掃業務", stage=Stage.CORRECTION, day=date(2026, 5, 25))
        store.put([fixed])
    told = kazami("tenders", *AS_OF).stdout
    assert "経過: 公告 2026-05-20、訂正 2026-05-25\n" in told
