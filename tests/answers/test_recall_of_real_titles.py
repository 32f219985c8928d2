"""Recall on real titles, altered in ways fixed before there was a matcher; and near misses."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from answers.recall import Cause, Recalled, recall
from answers.recall_list import Known
from kazami.bodies import load_bodies
from kazami.settings import load_settings
from kazami.store import Store, open_folder
from tests.answers.notices import notice
from tests.marks.alterations import ALTERATIONS, NEAR_MISSES, SEED, altered, near_misses

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, Any]]:
    with gzip.open(shared / "corpus/docs/tender_okinawa_watch.jsonl.gz", "rt", "utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.fixture(scope="module")
def store(rows: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    bodies = load_bodies()
    with open_folder(tmp_path_factory.mktemp("titles")) as opened:
        opened.put(
            notice(
                str(number),
                row["title"],
                title=row["title"],
                body=bodies.find(row["municipality"]).code,
                day=date.fromisoformat(row["published"]) if row["published"] else None,
            )
            for number, row in enumerate(rows)
        )
        yield opened


def recalled(store: Store, tmp_path: Path, known: list[Known]) -> list[Recalled]:
    settings = load_settings(tmp_path, {"KAZAMI_SETTINGS": "/dev/null"})
    return list(recall(store, settings, known).lines)


@pytest.mark.parametrize("seed", [SEED, 1, 2, 3])
@pytest.mark.parametrize("with_body", [True, False])
def test_altered_titles_are_found(
    rows: list[dict[str, Any]], store: Store, tmp_path: Path, seed: int, with_body: bool
) -> None:
    titles = [row["title"] for row in rows]
    asked = altered(titles, seed)
    known = [
        Known(
            line=n,
            title=each.asked,
            body=load_bodies().find(row["municipality"]).code if with_body else None,
        )
        for n, (each, row) in enumerate(zip(asked, rows, strict=True))
    ]
    lines = recalled(store, tmp_path, known)
    right = [line.title == each.title for line, each in zip(lines, asked, strict=True)]
    missed = Counter(each.by for each, good in zip(asked, right, strict=True) if not good)
    assert len(asked) == 178
    assert {each.by for each in asked} <= set(ALTERATIONS)
    assert sum(right) / len(right) >= 0.98, missed


@pytest.mark.parametrize("seed", [SEED, 1, 2, 3])
@pytest.mark.parametrize("with_body", [True, False])
def test_near_misses_are_not(
    rows: list[dict[str, Any]], store: Store, tmp_path: Path, seed: int, with_body: bool
) -> None:
    of = {row["title"]: load_bodies().find(row["municipality"]).code for row in rows}
    asked = near_misses(list(of), seed, 50)
    known = [
        Known(line=n, title=each.asked, body=of[each.title] if with_body else None)
        for n, each in enumerate(asked)
    ]
    lines = recalled(store, tmp_path, known)
    wrong = Counter(
        each.by for line, each in zip(lines, asked, strict=True) if line.document is not None
    )
    assert {each.by for each in asked} <= set(NEAR_MISSES)
    assert wrong.total() / len(asked) <= 0.02, wrong
    assert {line.cause for line in lines if line.document is None} == {Cause.NOT_FOUND}
