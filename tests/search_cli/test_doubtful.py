"""A sitting whose reading is in doubt is kept, found, and said to be so wherever it is shown."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kazami.document import Document
from kazami.reading_quality import ReadingQuality
from kazami.store import open_folder
from search_cli.layout.show import DOUBTFUL
from tests.kazami.test_reading_quality import sitting
from tests.search_cli.conftest import Kazami

KIRYU = "102032/minutes/discussnet"
DOUBTED = ReadingQuality(turns=40, missed=3, astray=1, share=0.81, strangers=2)


@pytest.fixture
def doubted(data: Path, kazami: Kazami) -> None:
    data.mkdir()
    with open_folder(data) as store:
        store.put([sitting(DOUBTED)])
    assert kazami("index").exit_code == 0


@pytest.mark.usefixtures("doubted")
def test_search_and_show_say_it(kazami: Kazami) -> None:
    assert DOUBTFUL in kazami("search", "リスキリング").stdout
    shown = kazami("show", "pdf_minutes:1").stdout
    assert DOUBTFUL in shown
    assert "発言 40、発言者らしいが読まなかった行 3、書き方の違う行 1、発言の割合 81%" in shown
    assert "名簿にない発言者 2" in shown
    assert DOUBTFUL in kazami("show", "pdf_minutes:1#1").stdout


@pytest.mark.usefixtures("doubted")
def test_programs_are_told(kazami: Kazami) -> None:
    found = json.loads(kazami("search", "リスキリング", "--format", "json").stdout)
    assert [hit["doubtful"] for hit in found["hits"]] == [True]
    rows = csv.DictReader(
        io.StringIO(
            kazami("search", "リスキリング", "--format", "csv").stdout.removeprefix("\ufeff")
        )
    )
    assert [row["doubtful"] for row in rows] == ["true"]
    for id in ("pdf_minutes:1", "pdf_minutes:1#1"):
        assert json.loads(kazami("show", id, "--format", "json").stdout)["doubtful"] is True


def test_sources_with_doubted_sittings_are_listed(data: Path, kazami: Kazami) -> None:
    data.mkdir()
    with open_folder(data) as store:
        run = store.start_run(sitting(None).fetched, "")
        store.put([sitting(DOUBTED)], source=KIRYU, run=run)
    listed = json.loads(
        kazami("sources", "list", "--health", "doubtful", "--format", "json").stdout
    )
    assert [(each["id"], each["doubtful"]) for each in listed] == [(KIRYU, 1)]
    assert "読取疑義1" in kazami("sources", "list", "--health", "doubtful").stdout
    wrong = kazami("sources", "list", "--health", "doubful")
    assert wrong.exit_code == 2
    assert "there are never, ok" in wrong.stderr


SITTINGS = [
    replace(sitting(reading), key=str(number), date=date(2020 + number % 3, 6, 1), body=body)
    for number, (reading, body) in enumerate(
        [
            (DOUBTED, "102032"),
            (None, "102032"),
            (replace(DOUBTED, missed=0, astray=0, day="nothing bears it out"), "102041"),
            (replace(DOUBTED, missed=0, astray=0), "102032"),
            (DOUBTED, "102032"),
            (None, "102041"),
            (DOUBTED, "102059"),
        ]
    )
]


@pytest.fixture
def some_doubted(data: Path, kazami: Kazami) -> Path:
    """Seven sittings, four of them in doubt; 太田市 has no other."""
    data.mkdir()
    with open_folder(data) as store:
        store.put(SITTINGS)
    assert kazami("index").exit_code == 0
    return data


def asked(kazami: Kazami, *arguments: str) -> Any:
    result = kazami(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("engine", ["whoosh", "memory"])
@pytest.mark.parametrize(
    ("options", "passes"),
    [
        ((), lambda document: True),
        (("--body", "桐生市"), lambda document: document.body == "102032"),
        (("--since", "2021"), lambda document: document.date.year >= 2021),
        (
            ("--body", "伊勢崎市", "--until", "2022"),
            lambda document: document.body == "102041" and document.date.year <= 2022,
        ),
    ],
)
def test_the_claim_counts_what_the_store_holds(
    some_doubted: Path,
    kazami: Kazami,
    monkeypatch: pytest.MonkeyPatch,
    engine: str,
    options: tuple[str, ...],
    passes: Any,
) -> None:
    monkeypatch.setenv("KAZAMI_ENGINE", engine)
    with open_folder(some_doubted, read_only=True) as store:
        held: list[Document] = [each.document for each in store.changes(0)]
    there = [each for each in held if passes(each)]
    doubted = sum(each.doubtful for each in there)
    for command in ("search", "trend"):
        every = asked(kazami, command, "リスキリング", *options)["claim"]
        assert (every["documents"], every["doubtful"]) == (len(there), doubted)
        assert every["reading"] == "all"
        sound = asked(kazami, command, "リスキリング", "--reading", "sound", *options)["claim"]
        assert (sound["documents"], sound["doubtful"]) == (len(there) - doubted, doubted)
        assert sound["reading"] == "sound"


@pytest.mark.usefixtures("some_doubted")
def test_a_trend_counts_them_apart_above_and_below_the_line(kazami: Kazami) -> None:
    def counts(*options: str) -> dict[str, tuple[int, int]]:
        answer = asked(kazami, "trend", "リスキリング", "--measure", "documents", *options)
        [series] = answer["series"]
        return {p["period"]: (p["count"], p["total"]) for p in series["points"]}

    assert counts() == {"2020": (3, 3), "2021": (2, 2), "2022": (2, 2)}
    assert counts("--reading", "sound") == {"2020": (1, 1), "2021": (1, 1), "2022": (1, 1)}


@pytest.mark.usefixtures("some_doubted")
def test_every_form_of_a_trend_says_how_many(kazami: Kazami, tmp_path: Path) -> None:
    assert "7会議（うち読み取りに疑義 4件）" in kazami("trend", "リスキリング").stdout
    assert "7会議（うち読み取りに疑義 4件）" in kazami("search", "リスキリング").stdout
    picture = tmp_path / "trend.svg"
    result = kazami(
        *("trend", "リスキリング", "--reading", "sound"),
        *("--format", "csv", "--plot", str(picture)),
    )
    rows = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert {(row["reading"], row["doubtful"]) for row in rows} == {("sound", "4")}
    drawn = picture.read_text("utf-8")
    assert "3会議（読み取りに疑義のある4件を除く）" in drawn
    assert "絞り込み: 読み取りに疑義なし" in drawn


@pytest.mark.usefixtures("some_doubted")
def test_a_body_whose_sittings_are_all_in_doubt_is_collected_all_the_same(kazami: Kazami) -> None:
    claim = asked(kazami, "search", "リスキリング", "--body", "太田市", "--reading", "sound")[
        "claim"
    ]
    assert (claim["documents"], claim["doubtful"], claim["not_searched"]) == (0, 1, [])
    shown = kazami("search", "リスキリング", "--body", "太田市", "--reading", "sound").stdout
    assert "どれも読み取りに疑義があり、除かれました" in shown
    assert "未収集" not in shown
    # By prefecture, too, and beside one of which there is nothing.
    claim = asked(
        kazami, "trend", "農業", "--pref", "群馬県", "--pref", "埼玉県", "--reading", "sound"
    )
    assert claim["claim"]["not_searched"] == ["11"]


@pytest.mark.usefixtures("some_doubted")
def test_a_reading_that_there_is_not_is_one_line(kazami: Kazami) -> None:
    wrong = kazami("search", "リスキリング", "--reading", "good")
    assert wrong.exit_code == 2
    assert "'good' is not one of 'all', 'sound'" in wrong.stderr
