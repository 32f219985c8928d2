"""What a speaker and a day were read from is stored, and comes to what was stored before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kazami.document import Document
from kazami.evidence import Evidence, evidence_hash
from kazami.reading_quality import ReadingQuality
from kazami.settings import Settings
from kazami.store import DocumentRefused, Outcome, Store, open_store
from tests.kazami.test_store import NOW, document, passage

LATER = NOW + timedelta(days=1)
BY_OFFICE = Evidence(printed="○議長（例示花子君）", speaker="name-in-bracket", stance="office")
BY_LIST = Evidence(printed="", speaker="listed name-in-bracket", stance="untold")
READ = ReadingQuality(
    turns=2,
    missed=1,
    share=0.9,
    day_rule="printed",
    day_printed="令和４年３月１日（火曜日）",
    missed_lines=("△例示課長 お答えします。",),
)

words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
evidences = st.builds(Evidence, printed=words, speaker=words, stance=words)
readings = st.builds(
    ReadingQuality,
    turns=st.just(2),
    day_printed=words,
    missed_lines=st.lists(words, max_size=3).map(tuple),
    astray_lines=st.lists(words, max_size=3).map(tuple),
)


@pytest.fixture
def store(where: Settings) -> Iterator[Store]:
    with open_store(where) as opened:
        yield opened


def sitting(
    one: Evidence | None, two: Evidence | None, reading: ReadingQuality | None = None
) -> Document:
    return document(
        "a",
        passage(1, "開きます。", evidence=one),
        passage(2, "伺います。", evidence=two),
        reading=reading,
    )


def test_evidence_reaches_what_was_stored_without_and_is_no_change(store: Store) -> None:
    store.put([sitting(None, None), document("b")])
    before = store.last_change()
    told = replace(sitting(BY_OFFICE, BY_LIST, READ), fetched=LATER)
    assert told.content_hash != sitting(None, None).content_hash  # for it is doubtful by now
    sound = replace(told, reading=replace(READ, missed=0))
    assert sound.content_hash == sitting(None, None).content_hash
    assert store.put([sound, document("b")]) == Outcome(unchanged=2)
    assert store.document("invented:a") == sound
    found = store.passage("invented:a#2")
    assert found is not None
    assert found.passage.evidence == BY_LIST
    assert store.last_change() == before
    assert len(store.history("invented:a")) == 1


def test_better_evidence_takes_the_place_of_older(store: Store) -> None:
    store.put([sitting(BY_LIST, BY_LIST)])
    assert store.put([sitting(BY_OFFICE, BY_LIST)]) == Outcome(unchanged=1)
    assert store.document("invented:a") == sitting(BY_OFFICE, BY_LIST)


def test_a_document_that_says_nothing_of_its_reading_leaves_what_is_known(store: Store) -> None:
    sound = sitting(BY_OFFICE, BY_LIST, replace(READ, missed=0))
    store.put([sound])
    assert store.put([sitting(None, None)]) == Outcome(unchanged=1)
    assert store.document("invented:a") == sound


def test_a_changed_document_brings_its_own(store: Store) -> None:
    store.put([sitting(BY_OFFICE, BY_LIST)])
    changed = document("a", passage(1, "閉じます。", evidence=BY_LIST))
    assert store.put([changed]) == Outcome(changed=1)
    assert store.document("invented:a") == changed


def test_only_what_is_new_is_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evidence that is there already costs nothing but looking at its hash."""
    sound = sitting(BY_OFFICE, BY_LIST, replace(READ, missed=0))
    store.put([sound])
    monkeypatch.setattr("kazami.store.putting.evidence_rows", lambda *_: pytest.fail("again"))
    assert store.put([sound]) == Outcome(unchanged=1)


def test_what_no_database_holds_is_refused(store: Store) -> None:
    for bad in (
        sitting(replace(BY_OFFICE, printed="○\0"), None),
        sitting(None, None, replace(READ, day_printed="\ud800")),
        sitting(None, None, replace(READ, missed_lines=("\0",))),
        sitting(None, None, replace(READ, astray_lines=("\0",))),
    ):
        with pytest.raises(DocumentRefused):
            store.put([bad])
    assert store.document("invented:a") is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=evidences, two=evidences, reading=readings)
def test_whatever_was_read_comes_back(
    store: Store, one: Evidence, two: Evidence, reading: ReadingQuality
) -> None:
    told = sitting(one, two, reading)
    outcome = store.put([told])
    assert outcome in (Outcome(new=1), Outcome(unchanged=1))
    assert store.document("invented:a") == told


def test_the_hash_tells_evidence_apart_and_counts_for_no_content() -> None:
    plain = sitting(None, None)
    one, other = sitting(BY_OFFICE, BY_LIST), sitting(BY_LIST, BY_OFFICE)
    assert evidence_hash(plain) is None
    assert len({evidence_hash(one), evidence_hash(other), None}) == 3
    assert one.content_hash == other.content_hash == plain.content_hash
    assert evidence_hash(sitting(None, None, READ)) is not None
