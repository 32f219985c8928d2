"""A correction in an invented town: crawled, corrected, found; reparse and a new crawl keep it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crawler.page import Wanted
from crawler.running.crawl import crawl
from kazami.document import Stance
from kazami.settings import load_settings
from kazami.sources import Source
from kazami.store import open_folder
from replay.invented_sites import serving, towns
from search_cli.main import main

Kazami = Callable[..., Any]


@pytest.fixture
def kazami(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kazami:
    """``kazami --data DATA …`` in this process: what it prints, as JSON where that is asked for."""
    for name in ("KAZAMI_DATA", "KAZAMI_ENGINE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KAZAMI_SETTINGS", "/dev/null")

    def run(*words: str) -> Any:
        done = CliRunner().invoke(main, ["--data", str(tmp_path), *words])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout) if "json" in words else done.stdout

    return run


def test_nothing_undoes_it_but_the_person(tmp_path: Path, kazami: Kazami, reactor: None) -> None:
    first = towns()[0]
    town = replace(first, documents=first.documents[-2:])
    (sitting, *_) = town.documents
    said = next(p for p in sitting.passages if p.stance is Stance.ANSWER and p.speaker)
    assert said.speaker is not None
    before, after = said.speaker, "雛形かえで"

    def by(speaker: str) -> list[str]:
        """The passages with these words that the index has of the speaker."""
        kazami("index")
        words = next(line for line in said.text.splitlines() if line)[:12]
        asked = ("--match", "exact", "--speaker", speaker, "--format", "json")
        return [hit["id"] for hit in kazami("search", words, *asked)["hits"]]

    with serving([town]) as server:
        source = town.source(server)
        assert crawled(tmp_path, source) == (2, 0, 0)
        with open_folder(tmp_path) as store:
            (id,) = [
                f"{each.document.id}#{passage.key}"
                for each in store.changes(0)
                for passage in each.document.passages
                if each.document.date == sitting.date and passage.text == said.text
            ]
        assert id in by(before)

        told = kazami("correct", id, "--speaker", after, "--role", "議員")
        assert f"発言者: {after}（読み取りは「{before}」）" in told
        assert (by(after), id in by(before)) == ([id], False)
        (hit,) = kazami("search", f"speaker:{after}", "--format", "json")["hits"]
        assert (hit["role"], hit["stance"]) == ("議員", "question")
        assert hit["corrected"] == {"speaker": before, "role": said.role, "stance": "answer"}

        assert "更新 0 · 変更なし 2" in kazami("reparse")
        assert (by(after), id in by(before)) == ([id], False)
        # Young enough, all of it, to be asked for again.
        assert crawled(tmp_path, source, KAZAMI_RECHECK_MONTHS="999") == (0, 0, 2)
        assert (by(after), id in by(before)) == ([id], False)

    # The site has moved, and every address in its documents with it.
    with serving([town]) as server:
        moved = town.source(server)
        assert crawled(tmp_path, moved, KAZAMI_RECHECK_MONTHS="999") == (0, 2, 0)
    assert (by(after), id in by(before)) == ([id], False)
    assert kazami("correct", "--list", "--format", "json")["total"] == 3

    kazami("correct", id, "--undo")
    assert (by(after), id in by(before)) == ([], True)
    assert kazami("correct", "--list", "--format", "json")["total"] == 0


def crawled(data: Path, source: Source, **environ: str) -> tuple[int, int, int]:
    """New, changed and unchanged sittings of a visit."""
    settings = load_settings(data, {"KAZAMI_SETTINGS": "/dev/null", **environ})
    with open_folder(data) as store:
        report = crawl(store, [source], settings, Wanted(today=date(2026, 6, 1)))
    assert report.ok, report
    (told,) = report.sources
    return told.new, told.changed, told.unchanged
