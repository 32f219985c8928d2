"""A sitting whose reading is in doubt is kept, found, and said to be so wherever it is shown."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

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
