"""``engine = memory``: no index is kept; every reader is made from the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import indexer.engines.memory
from tests.search_cli.conftest import Kazami


@pytest.fixture
def kazami_in_memory(kazami: Kazami, monkeypatch: pytest.MonkeyPatch) -> Kazami:
    monkeypatch.setenv("KAZAMI_ENGINE", "memory")
    return kazami


def test_it_answers_without_an_index(stored: Path, kazami_in_memory: Kazami) -> None:
    said = kazami_in_memory("index")
    assert said.exit_code == 0
    assert "memory は索引を保存せず" in said.output
    assert not (stored / "index").exists()
    found = kazami_in_memory("search", "リスキリング", "--format", "json")
    assert json.loads(found.stdout)["total"] == 2
    trend = kazami_in_memory("trend", "リスキリング", "--every", "year", "--format", "json")
    assert [p["count"] for p in json.loads(trend.stdout)["series"][0]["points"]] == [2]
    assert kazami_in_memory("show", "kensakusystem:R040301A").exit_code == 0
    assert "4" in kazami_in_memory("status").output


def test_both_engines_say_the_same(
    indexed: Path, kazami: Kazami, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("search", "リスキリング OR DX", "--format", "json")
    whoosh = json.loads(kazami(*asked).stdout)
    monkeypatch.setenv("KAZAMI_ENGINE", "memory")
    assert json.loads(kazami(*asked).stdout) == whoosh


def test_too_much_for_it_is_told_in_one_line(
    stored: Path, kazami_in_memory: Kazami, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer.engines.memory, "MOST_CHARACTERS", 10)
    said = kazami_in_memory("search", "リスキリング")
    assert said.exit_code == 1
    [line] = said.stderr.strip().splitlines()
    assert "use engine = 'whoosh'" in line
