"""Every value that can be shown has a label."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import pytest

from crawler.permission.standing import Standing
from crawler.running.report import Status
from indexer.query import By, Measure, Sort
from kazami.document import Kind, Stance
from kazami.periods import Every
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


@pytest.mark.parametrize("status", Status)
def test_a_status_from_the_store_is_shown_in_words(status: Status) -> None:
    assert source_labels.run_status(str(status)) == source_labels.RUN_STATUS[status]


def test_a_status_of_a_newer_version_is_shown_as_it_is() -> None:
    assert source_labels.run_status("tired") == "tired"
    assert source_labels.run_status(None) == ""
