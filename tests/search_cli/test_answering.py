"""search and trend over a real index of an invented sitting."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import Result

from kazami.document import Document, Kind, Passage
from kazami.store import open_folder

Kazami = Callable[..., Result]


def search(kazami: Kazami, *arguments: str) -> dict[str, object]:
    result = kazami("search", *arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, object] = json.loads(result.stdout)
    return found


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("arguments", "total"),
    [
        (["リスキリング"], 2),
        (["リスキリング", "--stance", "answer"], 1),
        (["リスキリング", "--stance", "答弁"], 1),
        (["リスキリング", "--stance", "answer", "--stance", "question"], 2),
        (["リスキリング", "--speaker", "例示花子"], 1),
        (["リスキリング", "--role", "*部長"], 1),
        (["リスキリング", "--body", "桐生市"], 2),
        (["リスキリング", "--pref", "gunma"], 2),
        (["リスキリング", "--pref", "埼玉"], 0),
        (["リスキリング", "--kind", "会議録"], 2),
        (["リスキリング", "--kind", "tender"], 0),
        (["リスキリング", "--since", "令和4年"], 2),
        (["リスキリング", "--until", "令和3年"], 0),
        (["リスキリング", "--since", "2021年度", "--until", "R4.3"], 2),
        (["リスキリング", "--since", "令和4年3月2日"], 0),
        (["ＤＸ OR 検討"], 2),
        (["リスキリング -ＤＸ"], 1),
        (["リスキ", "--match", "exact"], 2),
        (["リスキ"], 0),
    ],
)
def test_the_filters_do_what_their_help_says(
    kazami: Kazami, arguments: list[str], total: int
) -> None:
    assert search(kazami, *arguments)["total"] == total


@pytest.mark.usefixtures("indexed")
def test_limit_and_offset_leave_the_total_exact(kazami: Kazami) -> None:
    first = search(kazami, "リスキリング", "--sort", "oldest", "--limit", "1")
    second = search(kazami, "リスキリング", "--sort", "oldest", "--limit", "1", "--offset", "1")
    assert first["total"] == second["total"] == 2
    assert first["hits"] != second["hits"]


@pytest.mark.usefixtures("indexed")
def test_the_table_names_speaker_and_office_and_what_was_searched(kazami: Kazami) -> None:
    shown = kazami("search", "検討").stdout
    assert "答弁  例示 花子  総務部長" in shown
    assert "【検討】してまいります" in shown
    assert "kazami show 'kensakusystem:R040301A#3'" in shown
    assert "検索対象: 1団体 / 1,788団体 · 1会議 · 4発言 · 2022-03-01〜2022-03-01" in shown


@pytest.mark.usefixtures("indexed")
def test_grouping_shows_each_meeting_once(kazami: Kazami) -> None:
    found = search(kazami, "リスキリング", "--group", "document")
    assert found["total"] == 2
    assert len(found["hits"]) == 1  # type: ignore[arg-type]


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    "query", ["リスキリング AND", "(ＤＸ", '"ＤＸ', "stance:反対", "nosuch:あ"]
)
def test_a_malformed_query_is_one_line_that_says_where(kazami: Kazami, query: str) -> None:
    for command in ("search", "trend"):
        result = kazami(command, query)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert result.stderr.startswith("kazami: query, column ")
        assert result.stderr.count("\n") == 1


def test_documents_that_wait_for_indexing_are_told_on_stderr(kazami: Kazami, indexed: Path) -> None:
    with open_folder(indexed) as store:
        store.put(
            [
                Document(
                    body="102032",
                    kind=Kind.MINUTES,
                    platform="kensakusystem",
                    key="new",
                    title="新しい会議",
                    date=date(2022, 6, 1),
                    fetched=datetime(2026, 1, 2, tzinfo=UTC),
                    passages=(Passage(key="1", order=1, text="ＤＸ"),),
                )
            ]
        )
    result = kazami("search", "ＤＸ", "--format", "json")
    assert "1件の変更がまだ索引にありません" in result.stderr
    assert json.loads(result.stdout)["total"] == 1
    kazami("index")
    assert kazami("search", "ＤＸ").stderr == ""


@pytest.mark.usefixtures("indexed")
def test_an_index_of_another_make_is_one_line(kazami: Kazami, data: Path) -> None:
    [fingerprint] = (data / "index").rglob("fingerprint*")
    fingerprint.write_text('{"tokens": "another dictionary"}', encoding="utf-8")
    result = kazami("search", "ＤＸ")
    assert result.exit_code == 1
    assert "--rebuild" in result.stderr
    assert result.stderr.count("\n") == 1
    assert kazami("index", "--rebuild").exit_code == 0
    assert search(kazami, "ＤＸ")["total"] == 1


@pytest.mark.usefixtures("indexed")
def test_a_trend_is_normalised_by_default_and_counts_are_beside_it(kazami: Kazami) -> None:
    result = kazami("trend", "リスキリング", "ＤＸ", "リスキリング", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert [(row["query"], row["count"], row["total"], row["rate"]) for row in rows] == [
        ("リスキリング", "2", "4", "0.5"),
        ("ＤＸ", "1", "4", "0.25"),
    ]


@pytest.mark.usefixtures("indexed")
def test_occurrences_are_per_million_tokens_by_default(kazami: Kazami) -> None:
    result = kazami("trend", "リスキリング", "--measure", "occurrences", "--format", "json")
    [point] = json.loads(result.stdout)["series"][0]["points"]
    assert point["count"] == 2
    assert point["rate"] == pytest.approx(point["count"] / point["total"] * 1_000_000)


@pytest.mark.usefixtures("indexed")
def test_years_before_the_first_document_are_no_data(kazami: Kazami) -> None:
    result = kazami("trend", "ＤＸ", "--since", "2021", "--until", "2022", "--format", "json")
    points = json.loads(result.stdout)["series"][0]["points"]
    assert [(point["period"], point["no_data"], point["rate"]) for point in points] == [
        ("2021", True, None),
        ("2022", False, 0.25),
    ]


@pytest.mark.usefixtures("indexed")
def test_a_picture_leaves_stdout_to_the_results(kazami: Kazami, tmp_path: Path) -> None:
    file = tmp_path / "trend.png"
    result = kazami("trend", "ＤＸ", "--by", "stance", "--format", "json", "--plot", str(file))
    assert {series["group"] for series in json.loads(result.stdout)["series"]} == {
        "question",
        "answer",
        "chair",
    }
    assert file.read_bytes().startswith(b"\x89PNG")
    assert str(file) in result.stderr


@pytest.fixture
def buses(kazami: Kazami, tmp_path: Path) -> None:
    """An index of an invented sitting in which longer words hold バス."""
    texts = (
        "路線バスの本数について伺います。",
        "ノンステップバスの導入を進めます。",
        "シャトルバスとノンステップバス、バスの停留所です。",
        "バスケットボールの大会です。",
    )
    document = {
        "body": "桐生市",
        "kind": "minutes",
        "key": "1",
        "date": "2024-03-01",
        "title": "令和6年第1回定例会",
        "passages": [{"text": text, "role": "総務部長", "stance": "answer"} for text in texts],
    }
    file = tmp_path / "buses.jsonl"
    file.write_text(json.dumps(document, ensure_ascii=False) + "\n", encoding="utf-8")
    assert kazami("import", str(file)).exit_code == 0
    assert kazami("index").exit_code == 0


@pytest.mark.usefixtures("buses")
@pytest.mark.parametrize(
    "options", [(), ("--role", "*部長", "--since", "令和6年"), ("--pref", "10")]
)
def test_words_that_hold_the_query_are_told_with_the_command_that_counts_them(
    kazami: Kazami, options: tuple[str, ...]
) -> None:
    found = search(kazami, "バス", *options)
    assert found["total"] == 2
    (longer,) = found["longer_words"]  # type: ignore[misc]
    assert longer["terms"] == ["ノンステップバス", "シャトルバス", "バスケットボール"]
    assert longer["more"] is False
    program, *command = shlex.split(longer["exact"])
    assert program == "kazami"
    assert json.loads(kazami(*command, "--format", "json").stdout)["total"] == 4
    shown = kazami("search", "バス", *options).stdout
    assert "「バス」を含むほかの語は数えていません: ノンステップバス、シャトルバス、" in shown
    assert longer["exact"] in shown


@pytest.mark.usefixtures("buses")
def test_a_trend_tells_them_too(kazami: Kazami) -> None:
    options = ("--every", "month", "--measure", "occurrences", "--per", "none", "--by", "role")
    result = kazami("trend", "バス", "大会", *options, "--format", "json")
    (longer,) = json.loads(result.stdout)["longer_words"]
    _, *command = shlex.split(longer["exact"])
    counted = json.loads(kazami(*command, "--format", "json").stdout)
    assert counted["every"] == "month"
    assert [series["group"] for series in counted["series"]] == ["総務部長"]
    assert [point["count"] for series in counted["series"] for point in series["points"]] == [6]
    assert longer["exact"] in kazami("trend", "バス", "大会", *options).stdout


@pytest.mark.usefixtures("buses")
@pytest.mark.parametrize(
    "arguments",
    [("バス", "--match", "exact"), ("大会",), ("バス*",), ("バス", "--since", "2025")],
)
def test_nothing_is_said_where_nothing_is_left_out(
    kazami: Kazami, arguments: tuple[str, ...]
) -> None:
    assert search(kazami, *arguments)["longer_words"] == []
    assert "ほかの語" not in kazami("search", *arguments).stdout
