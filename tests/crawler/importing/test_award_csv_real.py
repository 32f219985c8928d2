"""Real awards written out as tables and read back, and names merged with their numbers hidden.

A part of them; ``python -m benchmarks.awards`` does it with all.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.awards import LAYOUTS, merged_by_name, real_awards, totals_of, write
from crawler.importing.award_csv.importing import import_awards
from kazami.bodies import load_bodies
from kazami.store import AwardFilter, open_folder
from tests.crawler.importing.test_award_csv import NOW

pytestmark = pytest.mark.corpus


@pytest.mark.parametrize("charset", ["cp932", "utf-8-sig"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_real_awards_in_any_layout_come_back(
    shared: Path, tmp_path: Path, layout: str, charset: str
) -> None:
    awards = real_awards(shared)[::40]
    path = write(tmp_path, awards, layout, charset)
    with open_folder(tmp_path / "data") as store:
        report = import_awards(store, path, load_bodies(), NOW)
        assert (report.rows, report.bad_lines) == (len(awards), 0)
        found = store.award_figures(AwardFilter(), "body")
        assert totals_of((body[:2], amount or 0) for _, amount, body in found) == totals_of(
            (each.prefecture_code, each.amount) for each in awards
        )


def test_names_are_merged_without_their_numbers(shared: Path) -> None:
    awards = real_awards(shared)
    assert sum(bool(each.number) for each in awards) == 25_282
    measured = merged_by_name(awards)
    assert measured.invalid == 5
    assert measured.precision >= 0.98
    assert measured.recall >= 0.9
