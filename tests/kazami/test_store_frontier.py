"""The frontier in the store: what is still to be fetched, written in one step with the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kazami.document import Document, Kind, Passage
from kazami.store import (
    DocumentRefused,
    Frontier,
    FrontierPage,
    open_store,
)

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 5, 1, 13, tzinfo=UTC)
SOURCE = "102032/minutes/toy"


@pytest.fixture
def store(where):
    with open_store(where) as store:
        yield store


def document(key="a", passage="1"):
    said = Passage(key=passage, order=1, text="発言。")
    return Document(
        body="102032",
        kind=Kind.MINUTES,
        platform="toy",
        key=key,
        title=key,
        date=date(2026, 4, 1),
        fetched=AT,
        passages=(said,),
    )


def test_a_frontier_comes_back_with_the_highest_place_in_front(store):
    assert store.frontier(SOURCE) is None
    low, high = FrontierPage("b", 1, "二"), FrontierPage("a", 2, "一")
    store.begin_frontier(SOURCE, Frontier("asked", AT, (low, high)))

    assert store.frontier(SOURCE) == Frontier("asked", AT, (high, low))
    assert store.frontier("102032/minutes/other") is None


def test_a_step_marks_the_page_and_adds_what_it_led_to(store):
    store.begin_frontier(SOURCE, Frontier("asked", AT, (FrontierPage("a", 1, "一"),)))
    store.step_frontier(SOURCE, FrontierPage("a", 1, None), [FrontierPage("c", 2, "三")], LATER)

    pages = (FrontierPage("c", 2, "三"), FrontierPage("a", 1, None))
    assert store.frontier(SOURCE) == Frontier("asked", LATER, pages)


def test_a_new_frontier_takes_the_place_of_the_old_one_and_a_dropped_one_is_gone(store):
    for key in ("a", "b"):
        store.begin_frontier(SOURCE, Frontier(key, AT, (FrontierPage(key, 1, "一"),)))
    assert store.frontier(SOURCE).pages == (FrontierPage("b", 1, "一"),)

    store.drop_frontier(SOURCE)
    assert store.frontier(SOURCE) is None


def test_what_is_written_together_is_there_whole_or_not_at_all(store):
    store.begin_frontier(SOURCE, Frontier("asked", AT, (FrontierPage("a", 1, "一"),)))

    def killed():
        with store.together():
            store.put([document()])
            store.step_frontier(SOURCE, FrontierPage("a", 1, None), [], LATER)
            assert store.document("toy:a") is not None
            raise KeyError

    with pytest.raises(KeyError):
        killed()

    assert store.document("toy:a") is None
    assert store.last_change() == 0
    assert store.frontier(SOURCE).pages == (FrontierPage("a", 1, "一"),)


def test_a_document_that_is_refused_does_not_take_the_others_with_it(store):
    with store.together():
        store.put([document("a")])
        with pytest.raises(DocumentRefused):
            store.put([document("b"), document("c", passage="#")])
        store.put([document("d")])

    assert store.last_change() == 2
    assert [store.document(f"toy:{key}") is not None for key in "abcd"] == [
        True,
        False,
        False,
        True,
    ]


def test_another_process_sees_nothing_before_the_end(store, where):
    with open_store(where) as other:
        with store.together():
            store.put([document()])
            assert other.document("toy:a") is None
        assert other.document("toy:a") is not None
