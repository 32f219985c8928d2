"""import, index, status, sources and show, as a person types them."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from crawler.running.report import Report, SourceReport, Status
from kazami.document import Kind
from kazami.sources import Source
from kazami.store import FILE, SourceRun, open_folder
from search_cli.crawl_progress import summary
from search_cli.layout.report import complaints, report_text
from search_cli.terminal import PLAIN

Kazami = Callable[..., Result]

ROW = {
    "source": "invented",
    "municipality": "群馬県桐生市",
    "meeting_name": "令和4年第1回定例会",
    "meeting_date": "2022-03-01",
    "speaker": "例示 太郎",
    "role": "議員",
    "text": "リスキリングを進めるべきです。",
    "url": "https://reiji.example/1",
    "order": 1,
}


def test_before_anything_is_collected_every_reader_says_what_to_type(kazami: Kazami) -> None:
    for arguments in (["search", "ＤＸ"], ["trend", "ＤＸ"], ["show", "a:b"], ["index"]):
        result = kazami(*arguments)
        assert result.exit_code == 1, arguments
        assert "kazami crawl" in result.stderr
        assert result.stderr.count("\n") == 1


def test_status_of_nothing_is_no_error_and_says_what_to_type(kazami: Kazami) -> None:
    result = kazami("status")
    assert result.exit_code == 0
    assert "kazami demo" in result.stdout


def test_looking_makes_no_directory(kazami: Kazami, data: Path) -> None:
    kazami("status")
    kazami("search", "ＤＸ")
    kazami("sources")
    assert not data.exists()


def test_import_then_index_then_status(kazami: Kazami, tmp_path: Path) -> None:
    file = tmp_path / "minutes.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps(ROW, ensure_ascii=False).encode()))
    imported = kazami("import", str(file))
    assert imported.exit_code == 0, imported.output
    assert "新規 1 · 更新 0 · 変更なし 0 · 1発言" in imported.stdout
    assert "kazami index" in kazami("status").stdout
    indexed = kazami("index")
    assert "1件の文書（1発言）" in indexed.stdout
    status = kazami("status").stdout
    assert "1団体 / 1,788団体 · 会議録 1会議 1発言 · 2022-03-01〜2022-03-01" in status
    assert "最新です" in status
    assert "  会議録 1会議 1発言" in status


def test_importing_again_changes_nothing_and_the_index_is_current(
    kazami: Kazami, tmp_path: Path
) -> None:
    file = tmp_path / "minutes.jsonl"
    file.write_text(json.dumps(ROW), encoding="utf-8")
    kazami("import", str(file))
    kazami("index")
    again = kazami("import", str(file))
    assert "変更なし 1" in again.stdout
    assert "kazami index" not in again.stdout
    assert kazami("index").stdout == "索引は最新です。\n"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (json.dumps(ROW).encode() + b"\n{broken", "line 2"),
        (json.dumps(ROW).encode() + b"\n" + '{"text": "市長"}'.encode("cp932"), "Shift_JIS"),
        (json.dumps(ROW).encode() + b'\n{"a": 1}', "line 2"),
    ],
)
def test_a_bad_line_is_told_by_its_number_and_the_rest_is_kept(
    kazami: Kazami, tmp_path: Path, content: bytes, line: str
) -> None:
    file = tmp_path / "minutes.jsonl"
    file.write_bytes(content)
    result = kazami("import", str(file))
    assert result.exit_code == 1
    assert line in result.stderr
    assert "新規 1" in result.stdout
    assert "読めない行 1" in result.stdout


def test_a_file_that_is_no_text_does_not_stop_the_others(kazami: Kazami, tmp_path: Path) -> None:
    binary, good = tmp_path / "binary.jsonl", tmp_path / "good.jsonl"
    binary.write_bytes(bytes(range(256)) * 20)
    good.write_text(json.dumps(ROW), encoding="utf-8")
    result = kazami("import", str(binary), str(good))
    assert result.exit_code == 1
    assert "binary.jsonl" in result.stderr
    assert "新規 1" in result.stdout


def test_a_truncated_gzip_keeps_what_came_before(kazami: Kazami, tmp_path: Path) -> None:
    lines = "\n".join(
        json.dumps(ROW | {"order": n, "text": os.urandom(9).hex()}) for n in range(99)
    )
    file = tmp_path / "minutes.jsonl.gz"
    file.write_bytes(gzip.compress(lines.encode())[:-900])
    result = kazami("import", str(file))
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "新規 1" in result.stdout


def test_a_store_of_a_newer_version_is_left_alone(kazami: Kazami, stored: Path) -> None:
    with sqlite3.connect(stored / FILE) as connection:
        connection.execute("UPDATE meta SET value = 999 WHERE name = 'schema_version'")
    connection.close()
    for command in (["status"], ["search", "ＤＸ"], ["index"]):
        result = kazami(*command)
        assert result.exit_code == 1, command
        assert "newer" in result.stderr
        assert result.stderr.count("\n") == 1


def test_a_store_that_is_none_is_one_line(kazami: Kazami, data: Path) -> None:
    data.mkdir()
    (data / FILE).write_bytes(b"this is no database, but long enough to be read as one" * 40)
    result = kazami("status")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


def test_a_data_directory_inside_a_file_is_one_line(kazami: Kazami, data: Path) -> None:
    data.write_text("in the way")
    assert kazami("status").exit_code == 2


def test_without_an_index_search_says_how_to_make_one(kazami: Kazami, stored: Path) -> None:
    result = kazami("search", "リスキリング")
    assert result.exit_code == 1
    assert "kazami index" in result.stderr


def test_the_sources_are_listed_with_body_and_platform(kazami: Kazami) -> None:
    listed = kazami("sources").stdout
    assert "000000  国会" in listed
    assert listed == kazami("sources", "list").stdout


def test_the_shipped_sources_are_well(kazami: Kazami) -> None:
    result = kazami("sources", "check")
    assert result.exit_code == 0, result.stderr
    assert "all well" in result.stdout


def test_a_permission_for_no_source_is_found(kazami: Kazami, data: Path) -> None:
    data.mkdir()
    (data / "permissions.toml").write_text(
        '["102032/minutes/nosuch"]\ngranted_by = "例示市議会事務局"\ngranted_on = 2026-01-01\n'
    )
    result = kazami("sources", "check")
    assert result.exit_code == 1
    assert "102032/minutes/nosuch" in result.stderr


def test_a_source_is_shown_by_body_and_by_id(kazami: Kazami) -> None:
    by_name = kazami("sources", "show", "国会")
    assert by_name.exit_code == 0
    assert by_name.stdout == kazami("sources", "show", "000000/minutes/kokkai").stdout


def test_an_unknown_source_names_those_of_the_body(kazami: Kazami) -> None:
    result = kazami("sources", "show", "000000/minutes/nosuch")
    assert result.exit_code == 1
    assert "000000/minutes/kokkai" in result.stderr


def test_a_document_is_shown_with_speakers_pages_and_roster(kazami: Kazami, stored: Path) -> None:
    shown = kazami("show", "kensakusystem:R040301A").stdout
    assert shown.startswith("群馬県桐生市  令和4年第1回定例会 一般質問\n令和4年3月1日 (2022-03-01)")
    assert "#3  答弁  例示 花子  総務部長  p.13\nリスキリングを検討してまいります。" in shown
    assert shown.rstrip().endswith("名簿・議事日程\n出席議員\n例示 太郎")
    assert "\x1b" not in shown


def test_a_passage_is_shown_between_its_neighbours(kazami: Kazami, stored: Path) -> None:
    shown = kazami("show", "kensakusystem:R040301A#2").stdout
    assert "▶ #2  質問  例示 太郎  議員  p.12\n職員のリスキリングについて伺います。" in shown
    assert shown.index("#1") < shown.index("▶ #2") < shown.index("#3")
    assert "kazami show 'kensakusystem:R040301A'" in shown


@pytest.mark.parametrize(
    ("id", "told"),
    [
        ("kensakusystem:R040301A#9", "#1 to #4"),
        ("kensakusystem:R040301B", "kazami search"),
        ("nonsense", "there is no document nonsense"),
    ],
)
def test_an_unknown_id_is_one_line(kazami: Kazami, stored: Path, id: str, told: str) -> None:
    result = kazami("show", id)
    assert result.exit_code == 1
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_near_id_of_a_crawled_source_is_offered(kazami: Kazami, stored: Path) -> None:
    with open_folder(stored) as store:
        run = store.start_run(datetime(2026, 1, 2, tzinfo=UTC), "")
        store.record_source_run(
            SourceRun(
                run, "102032/minutes/kensakusystem", datetime(2026, 1, 2, tzinfo=UTC), None, None
            )
        )
    result = kazami("show", "kensakusystem:R040301B")
    assert "did you mean kensakusystem:R040301A?" in result.stderr


def report(**of_source: object) -> Report:
    source = Source(
        body="272078", kind=Kind.MINUTES, platform="kensakusystem", url="https://a.example/"
    )
    now = datetime(2026, 1, 2, tzinfo=UTC)
    one = SourceReport(source=source, **of_source)  # type: ignore[arg-type]
    return Report(run=1, started=now, finished=now, sources=(one,))


def test_a_crawl_says_how_many_were_new_changed_and_unchanged() -> None:
    text = report_text(report(status=Status.OK, new=3, changed=1, unchanged=2, pages=9), PLAIN)
    assert text.startswith("大阪府高槻市 会議録  正常  新規 3 · 更新 1 · 変更なし 2 · 9ページ")
    assert "kazami index" in text


def test_a_crawl_says_how_many_it_could_not_read_and_what_to_do() -> None:
    text = report_text(report(status=Status.OK, unreadable=3), PLAIN)
    assert "読めず 3（kazami reparse で読み直し）" in text


def test_an_alarm_names_its_source() -> None:
    unwell = report(status=Status.OK, alarms=["no document came of the whole source"])
    assert list(complaints(unwell)) == [
        "kazami: 272078/minutes/kensakusystem: ALARM: no document came of the whole source"
    ]
    assert "要確認" in report_text(unwell, PLAIN)


def test_whom_no_table_knows_is_counted_and_the_commonest_are_named() -> None:
    found = report(status=Status.OK, unknown_bodies={"例示組合": 1, "架空省": 3, "": 1})
    text = report_text(found, PLAIN)
    assert "機関不明 5（架空省 3、例示組合 1、名称なし 1 など）" in text


def test_near_misses_are_counted_and_the_first_are_named() -> None:
    missed = [f"第{n}号 https://a.example/{n}.docx" for n in range(1, 8)]
    found = report(status=Status.OK, near_misses=missed)
    assert "近い見落とし 7件" in report_text(found, PLAIN)
    assert "7 near misses" in summary(found.sources[0])
    lines = list(complaints(found))
    assert lines[0].endswith("near miss: 第1号 https://a.example/1.docx")
    assert len(lines) == 6
    assert lines[-1].endswith("2 more near misses")
    assert found.ok
    assert "見落とし" not in report_text(report(status=Status.OK), PLAIN)


def test_links_to_other_hosts_are_counted_and_the_hosts_named() -> None:
    found = report(status=Status.OK, elsewhere={"b.example": 1, "a.example": 2})
    (line,) = complaints(found)
    assert line.endswith(": 3 links lead to other hosts: a.example 2, b.example 1; not followed")
    assert found.ok


def test_what_is_remarked_of_pages_is_told_the_first_of_it() -> None:
    found = report(status=Status.OK, remarks=[f"https://a.example/{n}: odd" for n in range(7)])
    lines = list(complaints(found))
    assert lines[0].endswith("https://a.example/0: odd")
    assert lines[-1].endswith("2 more remarks")


def test_files_and_documents_without_text_are_counted() -> None:
    text = report_text(report(status=Status.OK, files=3, without_text=2, forbidden=1), PLAIN)
    assert "添付 3 · 本文なし 2 · 取得不可 1ページ" in text
    assert "添付" not in report_text(report(status=Status.OK), PLAIN)
