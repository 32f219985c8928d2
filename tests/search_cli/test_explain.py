"""``kazami show --explain``: the printed line, and the rules that read speaker, stance and day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page import Page
from crawler.platforms.own_pages.documents import found
from crawler.reading.turns import read_sitting
from kazami.document import Document, Kind, Passage
from kazami.reading_quality import ReadingQuality
from kazami.reading_rules import DayRule, SpeakerRule, StanceRule
from kazami.store import open_folder
from presenting.reading import doubts, sentences
from search_cli.layout.explain import BEFORE, IMPORTED
from tests.search_cli.conftest import Kazami
from tests.search_cli.test_schema import fits

PRINTED = """令和６年第１回例示町議会定例会
令和６年３月４日（月曜日）午前10時開議
○議長（例示花子君）　これより開きます。
○１番（見本太郎君）　リスキリングを伺います。
総務課長（架空一郎君）　お答えします。
○町長（仮名三郎君）　お答えします。
○異世界顧問　申し上げます。"""
STRANGE = "総務課長（架空一郎君） お答えします。"
ID = "html_minutes:1"
SOURCE = "102032/minutes/html_minutes"


def sitting() -> Document:
    """An invented sitting as a page of a council's own is read."""
    page = Page("https://www.town.reiji.lg.jp/1.html", b"")
    read = found(page, "1", ["令和6年会議録", "3月4日"], read_sitting(PRINTED))
    return Document(
        body="102032",
        kind=Kind.MINUTES,
        platform="html_minutes",
        key=read.key,
        title=read.title,
        date=read.date,
        fetched=datetime(2024, 6, 1, tzinfo=UTC),
        passages=read.passages,
        url=read.url,
        front_matter=read.front_matter,
        reading=read.reading,
    )


def bare(document: Document) -> Document:
    """The same as it was stored before there was evidence."""
    passages = tuple(replace(each, evidence=None) for each in document.passages)
    return replace(document, passages=passages, reading=None)


def store(data: Path, document: Document, source: str | None = SOURCE) -> None:
    data.mkdir(exist_ok=True)
    with open_folder(data) as opened:
        opened.put([document], source=source)


def test_a_passage_says_the_line_it_was_read_from(data: Path, kazami: Kazami) -> None:
    store(data, sitting())
    shown = kazami("show", f"{ID}#4", "--explain").stdout
    assert "▶ #4" in shown
    told = shown.partition("読み取りの根拠")[2].split("\n")
    assert "印字    ○異世界顧問" in told
    assert f"発言者  異世界顧問（unlisted-office: {SpeakerRule.UNLISTED_OFFICE.sentence}）" in told
    assert f"立場    その他（untold: {StanceRule.UNTOLD.sentence}）" in told
    day = f"日付    2024-03-04（link-and-print: {DayRule.LINK_AND_PRINT.sentence}）"
    assert told[told.index(day) + 1] == "        「令和６年３月４日（月曜日）午前10時開議」"
    assert f"会議全体: kazami show '{ID}' --explain" in told
    assert "読み取りの根拠" not in kazami("show", f"{ID}#4").stdout


def test_a_document_is_a_table_of_its_turns_and_says_why_it_is_doubtful(
    data: Path, kazami: Kazami
) -> None:
    store(data, sitting())
    shown = kazami("show", ID, "--explain").stdout
    lines = [line.split() for line in shown.split("\n")]
    asked = ["#2", "○１番（見本太郎君）", "見本太郎", "１番", "質問", "name-in-bracket", "seat"]
    assert asked in lines
    assert ["#4", "○異世界顧問", "異世界顧問", "その他", "unlisted-office", "untold"] in lines
    assert "発言者らしいが読まなかった行 1\n  " + STRANGE in shown
    assert "疑義  発言者: 読まなかった行と書き方の違う行が 1" in shown
    for rule in (SpeakerRule.NAME_IN_BRACKET, StanceRule.SEAT, StanceRule.UNTOLD):
        assert [rule.value, *rule.sentence.split()] in lines
    assert "link-and-print" in shown
    assert "これより開きます" not in shown


def test_of_many_missed_lines_the_first_are_shown_and_all_counted(
    data: Path, kazami: Kazami
) -> None:
    read = sitting()
    many = ReadingQuality(turns=4, missed=30, missed_lines=(STRANGE,) * 20, share=0.2, day="off")
    store(data, replace(read, reading=many))
    shown = kazami("show", ID, "--explain").stdout
    assert "読まなかった行 30（はじめの 20）" in shown
    assert shown.count(STRANGE) == 20
    assert "疑義  発言者: 発言が本文の 20.0% で、30% に満たない" in shown
    assert "疑義  日付: off" in shown


def test_what_was_stored_before_says_what_to_run(data: Path, kazami: Kazami) -> None:
    store(data, bare(sitting()))
    for id in (ID, f"{ID}#2"):
        shown = kazami("show", id, "--explain").stdout
        assert shown.count(BEFORE) == 1
        assert "kazami reparse" in BEFORE
        assert "読み取りの根拠\n" not in shown
    store(data, sitting())
    assert BEFORE not in kazami("show", ID, "--explain").stdout


def test_an_import_says_that_it_is_one(data: Path, kazami: Kazami) -> None:
    store(data, bare(sitting()), source=None)
    for id in (ID, f"{ID}#2"):
        assert kazami("show", id, "--explain").stdout.count(IMPORTED) == 1


def test_a_correction_is_told_apart_from_what_was_read(data: Path, kazami: Kazami) -> None:
    read = sitting()
    first, *rest = read.passages
    mended = replace(first, speaker="例示華子", corrected=("speaker",))
    document = replace(
        read, date=date(2024, 3, 5), read_date=date(2024, 3, 4), passages=(mended, *rest)
    )
    store(data, document)
    shown = kazami("show", f"{ID}#1", "--explain").stdout
    assert "訂正    speaker（規則は訂正の前の読み取りのもの）" in shown
    assert "日付    2024-03-05（訂正。読み取りは 2024-03-04）" in shown
    assert "（訂正。読み取りは 2024-03-04）" in kazami("show", ID, "--explain").stdout


def test_hostile_print_is_made_safe(data: Path, kazami: Kazami) -> None:
    read = sitting()
    first, *rest = read.passages
    assert first.evidence is not None
    bad = replace(first, evidence=replace(first.evidence, printed="○\x1b[31m議長\n（例示）"))
    assert read.reading is not None
    reading = replace(read.reading, missed_lines=("\x1b[31m△\n例示",), day_printed="\x1b[2J日")
    store(data, replace(read, passages=(bad, *rest), reading=reading))
    for id in (ID, f"{ID}#1"):
        shown = kazami("show", id, "--explain").stdout
        assert "\x1b" not in shown
        assert "○議長 （例示）" in shown


def test_json_always_has_it(data: Path, kazami: Kazami) -> None:
    store(data, sitting())
    value = json.loads(kazami("show", ID, "--format", "json").stdout)
    fits("show_document", value)
    assert value["passages"][1]["evidence"] == {
        "printed": "○１番（見本太郎君）",
        "speaker": ["name-in-bracket"],
        "stance": "seat",
    }
    assert value["reading"]["missed_lines"] == [STRANGE.replace(" ", "\u3000")]
    assert value["reading"]["day"] == {
        "printed": "令和６年３月４日（月曜日）午前10時開議",
        "rule": "link-and-print",
        "doubt": None,
    }
    passage = json.loads(kazami("show", f"{ID}#2", "--format", "json", "--explain").stdout)
    fits("show_passage", passage)
    assert passage["reading"] == value["reading"]
    store(data, replace(bare(sitting()), key="2"))
    value = json.loads(kazami("show", "html_minutes:2", "--format", "json").stdout)
    fits("show_document", value)
    assert value["reading"] is None
    assert {each["evidence"] for each in value["passages"]} == {None}


def test_where_a_source_gives_speakers_apart_no_share_is_claimed(
    data: Path, kazami: Kazami
) -> None:
    apart = ReadingQuality(turns=4, apart=True, day_rule="listed")
    store(data, replace(sitting(), reading=apart))
    value = json.loads(kazami("show", ID, "--format", "json").stdout)
    fits("show_document", value)
    assert value["reading"]["share"] is None
    shown = kazami("show", ID, "--explain").stdout
    assert f"日付    2024-03-04（listed: {DayRule.LISTED.sentence}）" in shown
    assert "発言の割合" not in shown
    assert "読み取り" not in kazami("show", ID).stdout


@given(
    st.builds(
        ReadingQuality,
        turns=st.integers(0, 999),
        missed=st.integers(0, 9),
        astray=st.integers(0, 9),
        share=st.floats(0, 1),
        day=st.none() | st.just("off"),
    )
)
def test_a_reason_is_given_exactly_where_there_is_doubt(reading: ReadingQuality) -> None:
    assert bool(doubts(reading)) is reading.doubtful
    assert any(each.startswith("発言者") for each in doubts(reading)) is reading.speakers_doubtful


def test_a_word_that_no_rule_has_is_left_as_it_is() -> None:
    told = sentences("listed of-a-later-version", SpeakerRule)
    assert told == [SpeakerRule.LISTED.sentence, "of-a-later-version"]


@pytest.mark.parametrize("arguments", [("show", "--explain"), ("show", "x:1", "--explain")])
def test_an_id_is_asked_for_and_named(arguments: tuple[str, ...], kazami: Kazami) -> None:
    result = kazami(*arguments)
    assert result.exit_code != 0
    assert result.stderr.count("\n") == 1


def test_a_passage_without_a_speaker_says_so(data: Path, kazami: Kazami) -> None:
    read = sitting()
    nobody = Passage(key="9", order=9, text="休憩します。", evidence=read.passages[0].evidence)
    assert nobody.evidence is not None
    nobody = replace(
        nobody, evidence=replace(nobody.evidence, printed="", speaker="nobody", stance="untold")
    )
    store(data, replace(read, passages=(*read.passages, nobody)))
    shown = kazami("show", f"{ID}#9", "--explain").stdout
    assert "印字    なし" in shown
    assert f"発言者  なし（nobody: {SpeakerRule.NOBODY.sentence}）" in shown
