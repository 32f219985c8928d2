"""``kazami timeline``: one topic in one body, day by day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.timeline import Event, EventKind, TimelineAnswer, in_order
from kazami.attachments import Attachment, AttachmentState
from kazami.document import Document, Kind, Passage, Stance
from kazami.facts import Fact, Stage, TenderFacts
from kazami.store import open_folder
from presenting.timeline_chart import timeline_chart
from tests.answers.notices import FETCHED, KIRYU, TAKASAKI, award, due, notice
from tests.search_cli.conftest import Kazami
from tests.search_cli.test_schema import fits

TOPIC = "例示アプリ"


def sitting(key: str, day: date, *turns: tuple[str, Stance]) -> Document:
    return Document(
        body=KIRYU,
        kind=Kind.MINUTES,
        platform="kensakusystem",
        key=key,
        title=f"例示定例会 {day}",
        date=day,
        fetched=FETCHED,
        url=f"https://reiji.example/{key}",
        passages=tuple(
            Passage(key=str(n), order=n, text=text, stance=stance, speaker=f"例示{n}")
            for n, (text, stance) in enumerate(turns, 1)
        ),
    )


@pytest.fixture
def followed(data: Path, kazami: Kazami) -> Path:
    """A topic from the first word to the contract, beside what is none of it."""
    announced = replace(
        notice("news", body=KIRYU, day=date(2025, 9, 1), title=f"{TOPIC}を始めます"),
        kind=Kind.ANNOUNCEMENT,
        facts=None,
        passages=(Passage(key="1", order=1, text=f"{TOPIC}を始めます。"),),
    )
    project = f"{TOPIC}構築業務"
    with open_folder(data) as store:
        store.put(
            [
                sitting(
                    "R0712",
                    date(2025, 12, 3),
                    (f"{TOPIC}はどうですか。", Stance.QUESTION),
                    (f"{TOPIC}を考えます。", Stance.ANSWER),
                    (f"{TOPIC}をもう一度。", Stance.QUESTION),
                    (f"次は{TOPIC}の議案です。", Stance.CHAIR),
                ),
                sitting("R0706", date(2025, 6, 3), (f"{TOPIC}を付託します。", Stance.CHAIR)),
                sitting("R0703", date(2025, 3, 3), ("道路です。", Stance.QUESTION)),
                announced,
                notice("call", project, due(date(2026, 6, 12)), day=date(2026, 5, 20)),
                notice("fix", project, stage=Stage.CORRECTION, day=date(2026, 5, 25)),
                notice("undated", project, day=None),
                notice("other", project, body=TAKASAKI),
                award("won", project),
            ]
        )
    assert kazami("index").exit_code == 0
    return data


def events(kazami: Kazami, *options: str) -> list[dict[str, Any]]:
    result = kazami("timeline", "--body", "桐生市", TOPIC, *options, "--format", "json")
    assert result.exit_code == 0, result.output
    value = json.loads(result.stdout)
    fits("timeline", value)
    found: list[dict[str, Any]] = value["events"]
    return found


def test_all_kinds_stand_on_one_line(followed: Path, kazami: Kazami) -> None:
    found = events(kazami)
    assert [(each["day"], each["kind"]) for each in found] == [
        ("2025-06-03", "mention"),
        ("2025-09-01", "announcement"),
        ("2025-12-03", "question"),
        ("2025-12-03", "answer"),
        ("2026-05-20", "notice"),
        ("2026-05-25", "correction"),
        ("2026-06-20", "award"),
        (None, "notice"),
    ]
    assert [each["first"] for each in found] == [True, *[False] * 7]
    assert (found[2]["passages"], found[2]["id"]) == (2, "kensakusystem:R0712#1")
    assert found[4]["closes"] == "2026-06-12"
    assert (found[6]["supplier"], found[6]["amount"]) == ("例示商事株式会社", 12_000_000)


def test_a_page_that_feed_and_portal_name_too_stands_once(
    followed: Path, data: Path, kazami: Kazami
) -> None:
    """A correction of the portal's stays although its first file is the notice's page."""
    with open_folder(data) as store:
        call = next(change.document for change in store.changes(0) if change.document.key == "call")
        page = Attachment("公告", call.url or "", AttachmentState.ELSEWHERE)
        copied = replace(call, key="copy", url="https://portal.example/1", attachments=(page,))
        store.put(
            [
                replace(call, key="entry", kind=Kind.ANNOUNCEMENT, facts=None, platform="feed"),
                copied,
                replace(copied, key="late", date=date(2026, 5, 27)),
                replace(copied, key="fixed", facts=TenderFacts(stage=Fact(Stage.CORRECTION, "訂"))),
            ]
        )
    assert kazami("index").exit_code == 0
    found = [(each["day"], each["kind"], each["document"]) for each in events(kazami)]
    assert found[4:8] == [
        ("2026-05-20", "notice", call.id),
        ("2026-05-20", "correction", "html_list:fixed"),
        ("2026-05-25", "correction", "html_list:fix"),
        ("2026-05-27", "notice", "html_list:late"),
    ]
    assert len(found) == 10
    text = kazami("timeline", "--body", "桐生市", TOPIC).stdout
    assert "同じページを載せたフィードやポータルの 2件は、重ねて出していません" in text


def test_days_narrow_it(followed: Path, kazami: Kazami) -> None:
    found = events(kazami, "--since", "2026", "--until", "2026-05")
    assert [each["kind"] for each in found] == ["notice", "correction"]


def test_a_table_for_reading(followed: Path, kazami: Kazami) -> None:
    result = kazami("timeline", "--body", "桐生市", TOPIC)
    assert result.exit_code == 0, result.output
    text = result.stdout
    assert text.startswith(f"群馬県桐生市「{TOPIC}」  8件\n質問 1 · 答弁 1 · 発言 1 · お知らせ 1")
    assert "2025-06-03  発言      例示定例会 2025-06-03  ← 初出" in text
    assert "例示1（ほか1発言）" in text
    assert "締切 2026-06-12" in text
    assert "例示商事株式会社  12,000,000円" in text
    assert text.rindex("日付なし") > text.index("2026-06-20")
    assert "kazami show 'kensakusystem:R0712#1'" in text


def test_csv_has_a_row_per_event(followed: Path, kazami: Kazami) -> None:
    rows = kazami("timeline", "--body", "桐生市", TOPIC, "--format", "csv").stdout.splitlines()
    assert rows[0].startswith("\ufeffday,kind,first,")
    assert len(rows) == 9


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_a_picture(followed: Path, kazami: Kazami, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"line.{suffix}"
    result = kazami("timeline", "--body", "桐生市", TOPIC, "--plot", str(path))
    assert result.exit_code == 0, result.output
    drawn = path.read_bytes()
    if suffix == "svg":
        for word in ("質問", "入札公告", "結果", "初出 2025-06-03", "例示商事株式会社"):
            assert word in drawn.decode()
    else:
        assert drawn.startswith(b"\x89PNG")


def test_nothing_found_is_told_apart_from_nothing_collected(followed: Path, kazami: Kazami) -> None:
    assert "該当なし" in kazami("timeline", "--body", "桐生市", "ないことば").stdout
    nothing = kazami("timeline", "--body", "札幌市", TOPIC)
    assert "収集されていません" in nothing.stdout
    assert kazami("timeline", TOPIC).exit_code == 2


def test_a_picture_of_nothing_has_no_row(claim: Any) -> None:
    answer = TimelineAnswer(query="x", body=KIRYU, body_name="桐", events=(), lost=0, claim=claim)
    spec = timeline_chart(answer, ["足もと"])
    assert spec["vconcat"][0]["data"]["values"] == []


@given(
    st.lists(
        st.builds(
            Event,
            kind=st.sampled_from(EventKind),
            day=st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 9)),
            id=st.text("ab", min_size=1, max_size=3),
            document=st.just("d"),
            title=st.just("t"),
            url=st.none(),
        )
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_is_the_days_whatever_the_order_of_finding(
    found: list[Event], random: Any
) -> None:
    ordered = list(in_order(found))
    days = [event.day for event in ordered if event.day is not None]
    assert days == sorted(days)
    assert all(event.day is None for event in ordered[len(days) :])
    assert sum(event.first for event in ordered) == bool(days)
    random.shuffle(found)
    assert [(e.day, e.kind, e.id) for e in in_order(found)] == [
        (e.day, e.kind, e.id) for e in ordered
    ]
