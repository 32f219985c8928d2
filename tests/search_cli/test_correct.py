"""``kazami correct``, as a person types it: checked, marked in every answer, counted, undone."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kazami import store as store_package
from kazami.reading_quality import ReadingQuality
from kazami.store import SourceRun, open_folder
from search_cli.layout.show import DOUBTFUL
from tests.search_cli.conftest import Kazami, invented

DOCUMENT = "kensakusystem:R040301A"
ID = f"{DOCUMENT}#3"
MARK = "訂正済  発言者: 例示花美（読み取りは「例示 花子」）"
DAY = "訂正済  日付: 2022-03-02（読み取りは「2022-03-01」）"


def done(kazami: Kazami, *arguments: str) -> str:
    result = kazami(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def as_json(kazami: Kazami, *arguments: str) -> Any:
    return json.loads(done(kazami, *arguments, "--format", "json"))


def rows(kazami: Kazami, *arguments: str) -> list[dict[str, str]]:
    table = done(kazami, *arguments, "--format", "csv").removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(table)))


@pytest.fixture
def corrected(indexed: Path, kazami: Kazami) -> Path:
    """The speaker of the one answer is corrected, and the index knows."""
    done(kazami, "correct", ID, "--speaker", "例示花美")
    done(kazami, "index")
    return indexed


@pytest.mark.usefixtures("indexed")
def test_it_says_what_was_read_what_stands_now_and_what_is_next(kazami: Kazami) -> None:
    said = done(kazami, "correct", ID, "--role", "議長", "--day", "令和4年3月2日")
    assert said.splitlines() == [
        DOCUMENT,
        "  日付: 2022-03-02（読み取りは「2022-03-01」）",
        ID,
        "  役職: 議長（読み取りは「総務部長」）",
        "  立場: 議長（読み取りは「答弁」）",
        "次は: kazami index",
    ]
    assert "1件の変更がまだ索引にありません" not in kazami("index").stderr
    same = done(kazami, "correct", f"{DOCUMENT}#2", "--speaker", "例示 太郎")
    assert "発言者: 例示 太郎（読み取りも同じ）" in same


@pytest.mark.usefixtures("corrected")
def test_the_new_speaker_is_found_and_the_old_one_is_not(kazami: Kazami) -> None:
    query = ("search", "リスキリング", "--speaker")
    assert as_json(kazami, *query, "例示花美")["total"] == 1
    assert as_json(kazami, *query, "例示花子")["total"] == 0
    assert done(kazami, "correct", ID, "--undo").splitlines() == [
        f"{ID}  訂正を取り消しました",
        "  発言者: 例示花美 → 例示 花子",
        "次は: kazami index",
    ]
    done(kazami, "index")
    assert as_json(kazami, *query, "例示花美")["total"] == 0
    assert as_json(kazami, *query, "例示花子")["total"] == 1


@pytest.mark.usefixtures("corrected")
def test_every_answer_for_people_marks_it(kazami: Kazami) -> None:
    for arguments in (
        ("search", "検討"),
        ("search", "検討", "--format", "md"),
        ("show", ID),
        ("show", f"{DOCUMENT}#2"),
        ("show", DOCUMENT),
    ):
        assert done(kazami, *arguments).replace("済 発", "済  発").count(MARK) == 1, arguments
    assert "訂正済" not in done(kazami, "search", "ＤＸ")
    done(kazami, "correct", DOCUMENT, "--day", "2022-03-02")
    for arguments in (("show", ID), ("show", f"{DOCUMENT}#2"), ("show", DOCUMENT)):
        shown = done(kazami, *arguments).splitlines()
        assert shown[:3] == [
            "群馬県桐生市  令和4年第1回定例会 一般質問",
            "令和4年3月2日 (2022-03-02) · 会議録",
            DAY,
        ]
        assert shown.count(MARK) == 1
    assert DAY in done(kazami, "search", "ＤＸ")


@pytest.mark.usefixtures("corrected")
def test_programs_are_told_what_was_read(kazami: Kazami) -> None:
    done(kazami, "correct", DOCUMENT, "--day", "2022-03-02")
    (hit,) = as_json(kazami, "search", "検討")["hits"]
    assert (hit["speaker"], hit["date"]) == ("例示花美", "2022-03-02")
    assert hit["corrected"] == {"speaker": "例示 花子", "day": "2022-03-01"}
    (other,) = as_json(kazami, "search", "ＤＸ")["hits"]
    assert other["corrected"] == {"day": "2022-03-01"}
    (row,) = rows(kazami, "search", "検討")
    assert row["corrected"] == "speaker: 例示 花子; day: 2022-03-01"
    for id in (DOCUMENT, ID):
        shown = as_json(kazami, "show", id)
        assert shown["corrected"] == {"day": "2022-03-01"}
        told = {each["id"][-1]: each["corrected"] for each in shown["passages"]}
        assert told == {"1": {}, "2": {}, "3": {"speaker": "例示 花子"}, "4": {}}


@pytest.mark.usefixtures("corrected")
def test_answers_count_what_is_corrected_of_what_they_stand_on(kazami: Kazami) -> None:
    done(kazami, "correct", DOCUMENT, "--day", "2022-03-02")
    done(kazami, "index")

    def counted(*options: str) -> int:
        search = as_json(kazami, "search", "検討", *options)["claim"]["corrected"]
        assert as_json(kazami, "trend", "検討", *options)["claim"]["corrected"] == search
        return int(search)

    assert counted() == 2
    assert counted("--pref", "群馬県", "--since", "2022-03-02", "--kind", "minutes") == 2
    assert counted("--until", "2022-03-01") == 0
    assert counted("--body", "高槻市") == 0
    assert counted("--speaker", "花美") == 1
    assert counted("--speaker", "花子") == 0
    assert counted("--seat", "*") == 0
    assert counted("--stance", "answer") == 1
    assert counted("--stance", "question") == 0
    assert "訂正 2件を含む" in done(kazami, "search", "検討")
    assert "訂正 2件を含む" in done(kazami, "trend", "検討")


def test_it_is_counted_where_sources_and_the_store_are(corrected: Path, kazami: Kazami) -> None:
    source = "102032/minutes/discussnet"
    moved = replace(invented(), platform="discussnet")
    with open_folder(corrected) as store:
        store.put([moved], source=source)
    done(kazami, "correct", "discussnet:R040301A#3", "--speaker", "例示花美")
    done(kazami, "correct", "discussnet:R040301A", "--day", "2022-03-02")
    assert "訂正  3件 → kazami correct --list" in done(kazami, "status")
    told = as_json(kazami, "status")
    assert (told["corrections"], told["corrections_lost"]) == (3, 0)
    listed = {each["id"]: each["corrected"] for each in as_json(kazami, "sources", "list")}
    assert {id: count for id, count in listed.items() if count} == {source: 2}
    (line,) = [
        line
        for line in done(
            kazami, "sources", "list", "--pref", "群馬県", "--kind", "minutes"
        ).splitlines()
        if line.startswith("102032")
    ]
    assert line.endswith("訂正2")
    assert "訂正  2件（kazami correct --list）" in done(kazami, "sources", "show", source)


def test_the_list_says_what_stands_and_what_found_its_words_no_longer(
    corrected: Path, kazami: Kazami
) -> None:
    done(kazami, "correct", DOCUMENT, "--day", "2022-03-02")
    whole = invented()
    with open_folder(corrected) as store:
        store.put([replace(whole, passages=whole.passages[:2])])
    first, second = as_json(kazami, "correct", "--list")["corrections"]
    assert (first["id"], first["field"]) == (ID, "speaker")
    assert (first["read"], first["corrected"], first["stands"]) == ("例示 花子", "例示花美", False)
    assert (second["id"], second["field"], second["stands"]) == (DOCUMENT, "day", True)
    assert [row["stands"] for row in rows(kazami, "correct", "--list")] == ["false", "true"]
    table = done(kazami, "correct", "--list")
    assert "発言なし" in table
    assert "訂正  2件（うち1件は、その発言が文書になく、当てはまっていません）" in table
    assert len(as_json(kazami, "correct", "--list", "--body", "桐生市")["corrections"]) == 2
    assert done(kazami, "correct", "--list", "--body", "高槻市") == "訂正はありません。\n"
    undone = done(kazami, "correct", ID, "--undo")
    assert "発言者: 例示花美 → （発言がもうありません）" in undone
    assert "kazami index" not in undone


def test_an_import_keeps_it_and_says_where_its_words_are_gone(
    kazami: Kazami, tmp_path: Path
) -> None:
    file = tmp_path / "minutes.jsonl"

    def imported(*texts: str) -> str:
        line = {
            "body": "桐生市",
            "kind": "minutes",
            "key": "1",
            "title": "例示の会議",
            "date": "2022-03-01",
            "passages": [{"text": text, "speaker": "例示"} for text in texts],
        }
        file.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
        return done(kazami, "import", str(file))

    imported("開きます。", "防災について伺います。")
    done(kazami, "correct", "import:1#2", "--speaker", "例示太郎")
    assert "更新 0 · 変更なし 1" in imported("開きます。", "防災について伺います。")
    assert "訂正" not in imported("開きます。", "静粛に願います。", "防災について伺います。")
    done(kazami, "index")
    (hit,) = as_json(kazami, "search", "防災")["hits"]
    assert (hit["id"], hit["speaker"]) == ("import:1#3", "例示太郎")
    assert "訂正が当てはまらず 1（kazami correct --list）" in imported("開きます。")


def test_a_day_that_a_person_told_is_in_no_doubt(data: Path, kazami: Kazami) -> None:
    reading = ReadingQuality(turns=4, day="nothing bears it out")
    with open_folder(data) as store:
        store.put([replace(invented(), reading=reading)])
    done(kazami, "index")
    assert DOUBTFUL in done(kazami, "show", DOCUMENT)
    done(kazami, "correct", DOCUMENT, "--day", "2022-03-01")
    shown = done(kazami, "show", DOCUMENT)
    assert DOUBTFUL not in shown
    assert "nothing bears it out" not in shown
    assert DOUBTFUL not in done(kazami, "search", "リスキリング")
    for id in (DOCUMENT, ID):
        assert as_json(kazami, "show", id)["doubtful"] is False


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "say which: the ID of a passage or document, or --list"),
        ((ID,), 2, "say what is right: --speaker, --role, --seat, --day; or --undo"),
        ((" ", "--speaker", "例示"), 2, "is empty"),
        (("--list", ID), 2, "--list goes with --body and --format only"),
        (("--list", "--speaker", "例示"), 2, "--list goes with --body and --format only"),
        ((ID, "--speaker", "例示", "--format", "json"), 2, "--body and --format go with --list"),
        ((ID, "--undo", "--speaker", "例示"), 2, "goes alone"),
        ((ID, "--undo"), 1, f"nothing is corrected in {ID}"),
        ((ID, "--day", "2022-02-30"), 2, "there is no day 2022-02-30"),
        ((ID, "--day", "2022-02"), 2, "is no date"),
        ((ID, "--day", "2199-01-01"), 1, "is still to come"),
        ((ID, "--speaker", "　"), 1, "speaker is blank"),
        ((ID, "--role", "市\t長"), 1, "holds a character that is not printed"),
        ((ID, "--seat", "番" * 201), 1, "seat has 201 characters"),
        ((DOCUMENT, "--speaker", "例示"), 1, "is a whole document"),
        ((f"{DOCUMENT}#9", "--speaker", "例示"), 1, "they run from #1 to #4"),
        (("kensakusystem:R040301", "--day", "2022-03-02"), 1, f"did you mean {DOCUMENT}?"),
    ],
)
def test_what_cannot_be_is_one_line(
    arguments: tuple[str, ...], code: int, said: str, stored: Path, kazami: Kazami
) -> None:
    with open_folder(stored) as store:  # a source that ran makes its documents known
        run = store.start_run(invented().fetched, "")
        store.record_source_run(SourceRun(run, "102032/minutes/kensakusystem", invented().fetched))
    result = kazami("correct", *arguments)
    assert result.exit_code == code, result.output
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert as_json(kazami, "correct", "--list")["total"] == 0


def test_where_nothing_is_collected_it_says_what_to_type(kazami: Kazami, data: Path) -> None:
    for arguments in ((ID, "--speaker", "例示"), (ID, "--undo"), ("--list",)):
        result = kazami("correct", *arguments)
        assert result.exit_code == 1
        assert "nothing is collected" in result.stderr
    assert not data.exists()


@pytest.mark.usefixtures("corrected")
def test_a_store_that_may_only_be_read_says_so(
    kazami: Kazami, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_package, "may_write", lambda settings: False)
    for arguments in ((ID, "--speaker", "例示"), (ID, "--undo")):
        result = kazami("correct", *arguments)
        assert result.exit_code == 1
        assert "not writable" in result.stderr
        assert result.stderr.count("\n") == 1
    assert as_json(kazami, "correct", "--list")["total"] == 1
