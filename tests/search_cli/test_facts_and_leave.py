"""Facts and leave to pass on, from an imported line to every output, as a person types it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kazami.store import open_folder
from tests.search_cli.conftest import Kazami

AWARD: dict[str, Any] = {
    "body": "102032",
    "kind": "award",
    "key": "a-1",
    "title": "庁舎建設工事の落札結果",
    "date": "2026-03-01",
    "facts": {
        "supplier": {"value": "例示建設", "words": "落札者　(株)例示建設"},
        "amount": {"value": 12_300_000_000, "words": "一金　百弐拾参億円"},
    },
    "passages": [{"text": "庁舎の建設工事について落札者を決定した。"}],
}
TENDER: dict[str, Any] = AWARD | {
    "kind": "tender",
    "key": "t-1",
    "title": "庁舎建設工事の入札公告",
    "facts": {
        "budget": {"value": None, "words": "予定価格は事後公表"},
        "deadlines": [
            {"paper": "質問書", "day": "2026-02-03", "time": "17:15", "words": "午後5時15分"},
            {"paper": "入札書", "day": None, "words": "別途通知"},
        ],
    },
    "pass_on": True,
}


@pytest.fixture
def collected(tmp_path: Path, kazami: Kazami) -> None:
    file = tmp_path / "procurement.jsonl"
    file.write_text("\n".join(json.dumps(each) for each in (AWARD, TENDER)), "utf-8")
    assert kazami("import", str(file)).exit_code == 0
    assert kazami("index").exit_code == 0


@pytest.mark.usefixtures("collected")
def test_show_prints_each_fact_with_its_words(kazami: Kazami) -> None:
    award = kazami("show", "import:a-1").stdout
    assert "落札者  例示建設  「落札者 (株)例示建設」" in award.replace("\u3000", " ")
    assert "落札金額（円）  12,300,000,000  「一金" in award
    tender = kazami("show", "import:t-1").stdout
    assert "予定価格（円）  不明  「予定価格は事後公表」" in tender
    assert "期限 質問書  2026-02-03 17:15  「午後5時15分」" in tender
    assert "期限 入札書  不明  「別途通知」" in tender


@pytest.mark.usefixtures("collected")
def test_json_and_csv_carry_facts_and_leave(kazami: Kazami) -> None:
    shown = {
        key: json.loads(kazami("show", f"import:{key}", "--format", "json").stdout)
        for key in ("a-1", "t-1")
    }
    assert shown["a-1"]["facts"] == AWARD["facts"]
    assert shown["t-1"]["facts"]["deadlines"][1]["day"] is None
    assert [shown[key]["pass_on"] for key in ("a-1", "t-1")] == [False, True]
    passage = json.loads(kazami("show", "import:t-1#1", "--format", "json").stdout)
    assert passage["pass_on"] is True
    hits = json.loads(kazami("search", "庁舎", "--format", "json").stdout)["hits"]
    assert {hit["document"]: hit["pass_on"] for hit in hits} == {
        "import:a-1": False,
        "import:t-1": True,
    }
    rows = csv.DictReader(
        io.StringIO(kazami("search", "庁舎", "--format", "csv").stdout.lstrip("\ufeff"))
    )
    assert {row["document"]: row["pass_on"] for row in rows} == {
        "import:a-1": "false",
        "import:t-1": "true",
    }


@pytest.mark.usefixtures("collected")
def test_an_import_can_take_its_word_back(tmp_path: Path, kazami: Kazami) -> None:
    file = tmp_path / "again.jsonl"
    file.write_text(json.dumps(TENDER | {"pass_on": False}), "utf-8")
    assert "変更なし 1" in kazami("import", str(file)).stdout
    assert not json.loads(kazami("show", "import:t-1", "--format", "json").stdout)["pass_on"]


def test_lines_of_others_say_it_too(tmp_path: Path, kazami: Kazami, data: Path) -> None:
    line = {
        "source": "invented",
        "municipality": "群馬県桐生市",
        "meeting_name": "定例会",
        "meeting_date": "2022-03-01",
        "speaker": "例示花子",
        "role": None,
        "url": None,
    }
    notice = {
        "source": "invented",
        "kind": "news",
        "municipality": "群馬県桐生市",
        "title": "お知らせ",
        "published": "2024-05-01",
        "text": "防災訓練を行います。",
        "pass_on": True,
    }
    said: list[dict[str, Any]] = [
        line | {"order": 1, "text": "防災について。", "pass_on": True},
        line | {"order": 2, "text": "終わります。"},
        line | {"meeting_name": "臨時会", "order": 1, "text": "防災です。", "pass_on": True},
        notice,
        notice | {"title": "別のお知らせ", "pass_on": "yes"},
    ]
    file = tmp_path / "lines.jsonl"
    file.write_text("\n".join(json.dumps(each) for each in said), "utf-8")
    done = kazami("import", str(file))
    assert "line 5: pass_on is neither true nor false" in done.stderr
    with open_folder(data, read_only=True) as store:
        words = {each.document.title: each.document.pass_on for each in store.changes(0)}
    assert words == {"定例会": False, "臨時会": True, "お知らせ": True}


def test_a_source_shows_whether_its_texts_may_be_passed_on(kazami: Kazami) -> None:
    assert "再提供  不可" in kazami("sources", "show", "桐生市").stdout
    grant = ("--by", "議事課", "--on", "2026-08-02", "--redistribute")
    assert kazami("sources", "grant", "桐生市", *grant).exit_code == 0
    assert "再提供  可（再配布の許可）" in kazami("sources", "show", "桐生市").stdout
    rows = json.loads(kazami("sources", "show", "桐生市", "--format", "json").stdout)
    (row,) = (row for row in rows if row["kind"] == "minutes")
    assert row["pass_on"] is True


@pytest.mark.usefixtures("collected")
def test_pieces_of_notices_are_not_called_utterances(tmp_path: Path, kazami: Kazami) -> None:
    file = tmp_path / "again.jsonl"
    file.write_text(json.dumps(AWARD), "utf-8")
    assert "1段落" in kazami("import", str(file)).stdout
    assert "（2段落）" in kazami("index", "--rebuild").stdout
    status = kazami("status").stdout
    assert "団体（段落の多い順）" in status
    assert "発言" not in status
