"""``kazami territories``, and ``--territory`` wherever bodies are asked for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kazami.store import open_folder
from tests.answers.notices import KIRYU, TAKASAKI, due, notice
from tests.search_cli.conftest import Kazami, invented
from tests.search_cli.test_schema import fits


@pytest.fixture
def territory(tmp_path: Path, kazami: Kazami, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAZAMI_SETTINGS", str(tmp_path / "kazami.toml"))
    (tmp_path / "kazami.toml").write_text("")
    (tmp_path / "territories.toml").write_text('["商圏"]\nbodies = ["桐生市", "前橋市"]\n', "utf-8")


@pytest.fixture
def filled(data: Path, kazami: Kazami, territory: None) -> None:
    with open_folder(data) as store:
        day = due(date(2026, 6, 30))
        store.put([invented(), notice("in", "件", day), notice("out", "件", day, body=TAKASAKI)])
    assert kazami("index").exit_code == 0


def test_each_is_listed_with_how_many_bodies(territory: None, kazami: Kazami) -> None:
    result = kazami("territories")
    assert result.exit_code == 0, result.output
    assert "商圏" in result.stdout.splitlines()[1]
    assert "2団体" in result.stdout.splitlines()[1]
    assert "団体 群馬県前橋市、群馬県桐生市" in result.stdout
    assert "323団体" in next(x for x in result.stdout.splitlines() if x.startswith("関東 "))
    one = kazami("territories", "商圏")
    assert "102032  群馬県桐生市" in one.stdout


def test_json_fits_the_schema(territory: None, kazami: Kazami) -> None:
    value = json.loads(kazami("territories", "--format", "json").stdout)
    fits("territories", value)
    assert value["territories"][0]["bodies"] == ["102016", KIRYU]


def test_commands_that_take_a_body_take_a_territory(filled: None, kazami: Kazami) -> None:
    found = kazami("tenders", "--territory", "商圏", "--as-of", "2026-06-01", "--format", "json")
    assert [each["body"] for each in json.loads(found.stdout)["tenders"]] == [KIRYU]
    searched = kazami("search", "リスキリング", "--territory", "商圏")
    assert "絞り込み: 群馬県前橋市、群馬県桐生市" in searched.stdout
    assert "未収集: 群馬県前橋市" in searched.stdout
    assert "0件" in kazami("search", "リスキリング", "--territory", "四国").stdout
    assert "ほか" in kazami("search", "リスキリング", "--territory", "関東").stdout
    listed = kazami("sources", "list", "--territory", "商圏", "--format", "json")
    assert {each["body"] for each in json.loads(listed.stdout)} == {"102016", KIRYU}
    assert kazami("correct", "--list", "--territory", "商圏").exit_code == 0


def test_a_crawl_takes_what_sources_there_are(territory: None, kazami: Kazami) -> None:
    plan = ("crawl", "--dry-run", "--kind", "minutes", "--format", "json", "--territory")
    planned = kazami(*plan, "商圏")
    assert planned.exit_code == 0, planned.output
    assert json.loads(planned.stdout)["total"]["bodies"] == 2


def test_an_unknown_territory_is_one_line(territory: None, kazami: Kazami) -> None:
    result = kazami("search", "x", "--territory", "商")
    assert result.exit_code == 2
    assert "did you mean" in result.stderr or "no territory" in result.stderr
    assert result.stderr.count("\n") == 1
