"""How well a sitting was read is kept with it, and says when to doubt it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazami.document import Document, Kind, Passage
from kazami.reading_quality import ReadingQuality, quality_from_json, quality_to_json
from kazami.reading_rules import DayRule
from kazami.store import Outcome, open_folder

SOUND = ReadingQuality(turns=300, missed=1, share=0.9, strangers=0)


@pytest.mark.parametrize(
    ("quality", "doubtful"),
    [
        (SOUND, False),
        (replace(SOUND, missed=2), True),
        (replace(SOUND, missed=0, astray=2), True),
        (replace(SOUND, share=0.29), True),
        (replace(SOUND, strangers=40), False),
        (replace(SOUND, day="the printed day of the week is another"), True),
        (ReadingQuality(turns=10, missed=1), True),
    ],
)
def test_a_floor_tells_what_is_doubtful(quality: ReadingQuality, doubtful: bool) -> None:
    assert quality.doubtful is doubtful


@given(
    st.builds(
        ReadingQuality,
        turns=st.integers(0, 9),
        missed=st.integers(0, 9),
        astray=st.integers(0, 9),
        share=st.floats(0, 1),
        strangers=st.none() | st.integers(0, 9),
        day=st.none() | st.text(max_size=9),
        apart=st.booleans(),
        day_rule=st.none() | st.sampled_from([rule.value for rule in DayRule]),
        day_printed=st.none() | st.text(max_size=9),
        missed_lines=st.lists(st.text(max_size=9)).map(tuple),
        astray_lines=st.lists(st.text(max_size=9)).map(tuple),
    )
)
def test_it_is_kept_as_it_was(quality: ReadingQuality) -> None:
    assert quality_from_json(json.loads(json.dumps(quality_to_json(quality)))) == quality


def sitting(reading: ReadingQuality | None) -> Document:
    return Document(
        body="102032",
        kind=Kind.MINUTES,
        platform="pdf_minutes",
        key="1",
        title="第1号",
        date=date(2024, 3, 4),
        fetched=datetime(2024, 6, 1, tzinfo=UTC),
        passages=(Passage(key="1", order=1, text="リスキリングを伺います。"),),
        reading=reading,
    )


def test_the_store_gives_it_back_and_tells_of_each_passage(tmp_path: Path) -> None:
    doubted = replace(SOUND, missed=9)
    with open_folder(tmp_path) as store:
        store.put([sitting(doubted)])
        assert store.document("pdf_minutes:1") == sitting(doubted)
        passage = store.passage("pdf_minutes:1#1")
        assert passage is not None
        assert passage.doubtful
        # Read better, its words are the same: that too is a change, or nobody would be told.
        assert store.put([sitting(SOUND)]) == Outcome(changed=1)
        passage = store.passage("pdf_minutes:1#1")
        assert passage is not None
        assert not passage.doubtful
        assert store.put([sitting(SOUND)]) == Outcome(unchanged=1)


def test_a_sitting_without_doubt_has_the_hash_that_it_always_had() -> None:
    assert sitting(SOUND).content_hash == sitting(None).content_hash


def test_what_was_kept_before_is_read() -> None:
    kept = {"turns": 3, "missed": 0, "astray": 0, "share": 1.0, "strangers": None, "day": None}
    assert quality_from_json(kept) == ReadingQuality(turns=3)
