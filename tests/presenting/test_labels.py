"""Every value that can be shown has a label."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

import pytest

from answers.sources import HEALTHS, health_of
from crawler.permission.standing import Standing
from crawler.running.report import Status
from indexer.query import By, Measure, Sort
from kazami.document import Kind, Stance
from kazami.periods import Every
from kazami.store import SourceRun
from presenting import labels, source_labels


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (Kind, labels.KINDS),
        (Stance, labels.STANCES),
        (Sort, labels.SORTS),
        (Every, labels.EVERY),
        (Measure, labels.MEASURES),
        (Measure, labels.TOTALS),
        (By, labels.BY),
        (Status, source_labels.RUN_STATUS),
        (Standing, source_labels.STANDINGS),
    ],
)
def test_every_value_has_a_label_of_its_own(
    values: type[StrEnum], words: Mapping[StrEnum, str]
) -> None:
    assert set(words) == set(values)
    assert all(word.strip() for word in words.values())
    assert len(set(words.values())) == len(words)


def test_every_health_has_a_label_of_its_own() -> None:
    assert set(source_labels.HEALTHS) == set(HEALTHS)
    assert len(set(source_labels.HEALTHS.values())) == len(HEALTHS)


@pytest.mark.parametrize("status", Status)
def test_a_status_from_the_store_is_shown_in_words(status: Status) -> None:
    health = health_of(run(str(status)))
    assert source_labels.health_label(health) == source_labels.RUN_STATUS[status]


def test_a_whole_run_that_brought_too_little_is_not_well() -> None:
    assert health_of(run("ok", note="only 3")) == "alarm"
    assert "要確認" in source_labels.health_label("alarm")


def test_a_status_of_a_newer_version_is_shown_as_it_is() -> None:
    assert source_labels.health_label(health_of(run("tired"))) == "tired"


def run(status: str, note: str | None = None) -> SourceRun:
    """A finished run that ended so."""
    day = datetime(2026, 1, 2, tzinfo=UTC)
    return SourceRun(
        run=1,
        source="102032/minutes/kensakusystem",
        started=day,
        finished=day,
        status=status,
        pages=1,
        new=0,
        changed=0,
        unchanged=0,
        missing=0,
        failed=0,
        note=note,
    )
