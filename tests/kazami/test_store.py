"""Documents into the store and out of it, and what counts as a change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kazami.document import Document, Kind, Passage, Stance
from kazami.settings import Settings
from kazami.store import KindCounts, Outcome, Store, StoreError, StoreExtent, open_store
from kazami.store import reading as reading_module

NOW = datetime(2025, 4, 1, 9, 30, tzinfo=UTC)


def passage(order: int, text: str = "防災について伺います。", **more: object) -> Passage:
    return Passage(key=str(order), order=order, text=text, **more)  # type: ignore[arg-type]


def document(key: str = "a", *passages: Passage, **more: object) -> Document:
    fields: dict[str, object] = {
        "body": "102032",
        "kind": Kind.MINUTES,
        "platform": "invented",
        "key": key,
        "title": "令和4年第1回定例会",
        "date": date(2022, 3, 1),
        "fetched": NOW,
        "passages": passages or (passage(1),),
    }
    return Document(**fields | more)  # type: ignore[arg-type]


@pytest.fixture
def store(where: Settings) -> Iterator[Store]:
    with open_store(where) as opened:
        yield opened


def numbers(store: Store, after: int = 0) -> list[tuple[int, str]]:
    return [(change.number, change.document.key) for change in store.changes(after)]


def test_a_document_comes_back_as_it_went_in(store: Store) -> None:
    full = document(
        "x/1",
        passage(
            1,
            "○例示花子君　防災に\nついて。",
            speaker="例示花子",
            role="３番",
            stance=Stance.QUESTION,
            page=4,
            url="https://reiji.example/1",
        ),
        passage(3, "お答えします。", stance=Stance.ANSWER),
        passage(10, "以上です。"),
        url="https://reiji.example/",
        front_matter="出席議員\n例示花子",
    )
    assert store.put([full]) == Outcome(new=1)
    assert store.document(full.id) == full


def test_what_is_not_stored_is_none(store: Store) -> None:
    assert store.document("invented:a") is None
    assert store.passage("invented:a#1") is None
    assert store.passages(["invented:a#1", "nonsense"]) == {}


def test_the_time_of_fetching_keeps_its_instant_whatever_its_zone(store: Store) -> None:
    tokyo = datetime(2025, 4, 1, 0, 10, tzinfo=timezone(timedelta(hours=9)))
    store.put([document(fetched=tokyo)])
    stored = store.document("invented:a")
    assert stored is not None
    assert stored.fetched == tokyo


def test_the_same_content_again_is_unchanged_and_has_no_new_number(store: Store) -> None:
    store.put([document()])
    later = NOW + timedelta(days=2)
    assert store.put([document(fetched=later)]) == Outcome(unchanged=1)
    assert numbers(store) == [(1, "a")]
    assert store.last_change() == 1
    stored = store.document("invented:a")
    assert stored is not None
    assert stored.fetched == later


def test_the_time_of_fetching_never_goes_back(store: Store) -> None:
    store.put([document()])
    store.put([document(fetched=NOW - timedelta(days=9))])
    stored = store.document("invented:a")
    assert stored is not None
    assert stored.fetched == NOW


def test_a_change_replaces_the_passages_and_takes_the_next_number(store: Store) -> None:
    store.put([document("a", passage(1), passage(2)), document("b")])
    new = document("a", passage(1, "訂正しました。"), title="訂正版")
    assert store.put([new]) == Outcome(changed=1)
    assert store.document("invented:a") == new
    assert store.passage("invented:a#2") is None
    assert numbers(store) == [(2, "b"), (3, "a")]


def test_going_back_to_the_first_content_is_a_change_too(store: Store) -> None:
    first, second = document(), document("a", passage(1, "別の文。"))
    assert store.put([first]) == Outcome(new=1)
    assert store.put([second]) == Outcome(changed=1)
    assert store.put([first]) == Outcome(changed=1)
    assert [hash for hash, _ in store.history("invented:a")] == [
        first.content_hash,
        second.content_hash,
        first.content_hash,
    ]
    assert numbers(store) == [(3, "a")]


def test_history_says_when_each_content_was_first_seen(store: Store) -> None:
    later = NOW + timedelta(days=1)
    store.put([document()])
    store.put([document(fetched=later)])
    store.put([document("a", passage(1, "別の文。"), fetched=later)])
    assert [seen for _, seen in store.history("invented:a")] == [NOW, later]


def test_the_same_id_twice_in_one_call_is_handled_in_order(store: Store) -> None:
    found = [document(), document("b"), document("a", passage(1, "あとの文。")), document("b")]
    assert store.put(found) == Outcome(new=2, changed=1, unchanged=1)
    assert numbers(store) == [(2, "b"), (3, "a")]


def test_a_generator_of_many_documents_goes_in_whole(store: Store) -> None:
    many = (document(str(i), *(passage(o) for o in range(1, 12))) for i in range(1300))
    assert store.put(many) == Outcome(new=1300)
    assert store.extent() == StoreExtent(
        1300,
        14300,
        1,
        date(2022, 3, 1),
        date(2022, 3, 1),
        {Kind.MINUTES: KindCounts(1300, 14300)},
    )
    assert [n for n, _ in numbers(store)] == list(range(1, 1301))


def test_an_error_while_documents_arrive_stores_none_of_them(store: Store) -> None:
    def breaks() -> Iterator[Document]:
        for i in range(600):
            yield document(str(i))
        raise RuntimeError("the source broke")

    store.put([document("before")])
    with pytest.raises(RuntimeError):
        store.put(breaks())
    assert numbers(store) == [(1, "before")]
    assert store.put([document("after")]) == Outcome(new=1)
    assert store.last_change() == 2


def test_nothing_put_changes_nothing(store: Store) -> None:
    assert store.put([]) == Outcome()
    assert store.last_change() == 0
    assert store.extent() == StoreExtent(0, 0, 0, None, None)


@pytest.mark.parametrize(
    ("bad", "names"),
    [
        (document("a", Passage(key="1#2", order=1, text="文")), "must not hold '#'"),
        (document("a", passage(1, "文\0字")), "NUL"),
        (document("a", passage(1, "文\ud842字")), "surrogate"),
        (document("a", passage(1, speaker="例\0示")), "NUL"),
    ],
)
def test_text_that_cannot_be_kept_is_refused_by_name(
    store: Store, bad: Document, names: str
) -> None:
    with pytest.raises(StoreError, match=names) as error:
        store.put([document("good"), bad])
    assert "invented:a" in str(error.value)
    assert store.last_change() == 0


def test_a_document_key_may_hold_a_hash_sign(store: Store) -> None:
    store.put([document("kouhou.pdf#page=2")])
    assert store.passage("invented:kouhou.pdf#page=2#1") is not None


def test_a_passage_brings_what_a_hit_shows_of_its_document(store: Store) -> None:
    store.put([document(url="https://reiji.example/")])
    found = store.passage("invented:a#1")
    assert found is not None
    assert (found.id, found.document_id, found.body) == ("invented:a#1", "invented:a", "102032")
    assert (found.kind, found.title, found.date) == (
        Kind.MINUTES,
        "令和4年第1回定例会",
        date(2022, 3, 1),
    )
    assert (found.document_url, found.fetched, found.missing) == (
        "https://reiji.example/",
        NOW,
        None,
    )
    assert found.passage == passage(1)


def test_passages_come_in_the_order_asked_and_unknown_ones_are_left_out(store: Store) -> None:
    store.put(document(str(d), *(passage(o) for o in range(1, 4))) for d in range(700))
    ids = [f"invented:{d}#{o}" for d in range(699, -1, -1) for o in (3, 1)]
    found = store.passages([*ids, "invented:5#4", "invented:900#1"])
    assert list(found) == ids
    assert all(found[id].id == id for id in ids)


def test_neighbours_stand_around_the_passage_in_order(store: Store) -> None:
    store.put([document("a", *(passage(o) for o in (1, 2, 5, 9, 10, 11)))])

    def around(id: str, before: int, after: int) -> list[int]:
        return [found.passage.order for found in store.neighbours(id, before, after)]

    assert around("invented:a#9", 2, 1) == [2, 5, 9, 10]
    assert around("invented:a#1", 2, 0) == [1]
    assert around("invented:a#11", 1, 5) == [10, 11]
    assert around("invented:a#3", 1, 1) == []


def test_changes_after_a_number_leave_out_what_came_before(store: Store) -> None:
    store.put(document(str(i)) for i in range(5))
    store.put([document("1", passage(1, "新しい文。"))])
    assert numbers(store, 3) == [(4, "3"), (5, "4"), (6, "1")]
    assert numbers(store, 6) == []


def test_changes_can_be_limited(store: Store) -> None:
    store.put(document(str(i)) for i in range(5))
    assert [change.number for change in store.changes(1, limit=2)] == [2, 3]
    assert list(store.changes(0, limit=0)) == []


def test_changes_stream_in_order_over_many_chunks(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_module, "_CHUNK_DOCUMENTS", 4)
    monkeypatch.setattr(reading_module, "_CHUNK_PASSAGES", 10)
    put = [document(str(i), *(passage(o) for o in range(1, 2 + i * 7 % 13))) for i in range(40)]
    store.put(put)
    assert [change.document for change in store.changes(0)] == put
    assert [change.document for change in store.changes(3, limit=9)] == put[3:12]


def test_what_changes_while_changes_are_read_is_left_to_the_next_call(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_module, "_CHUNK_DOCUMENTS", 1)
    store.put([document("a"), document("b"), document("c")])
    changes = store.changes(0)
    assert next(changes).document.key == "a"
    store.put([document("b", passage(1, "新しい文。")), document("d")])
    assert [(change.number, change.document.key) for change in changes] == [(3, "c")]
    assert numbers(store, 3) == [(4, "b"), (5, "d")]


def test_counts_are_kept_by_body(store: Store) -> None:
    store.put(
        [
            document("a", passage(1), passage(2)),
            document("b", date=date(2019, 6, 5), fetched=NOW + timedelta(days=1)),
            document("c", body="000000"),
        ]
    )
    counts = store.counts_by_body()
    assert list(counts) == ["000000", "102032"]
    kiryu = counts["102032"]
    assert (kiryu.documents, kiryu.passages) == (2, 3)
    assert (kiryu.first, kiryu.last) == (date(2019, 6, 5), date(2022, 3, 1))
    assert kiryu.last_fetched == NOW + timedelta(days=1)
    assert store.extent() == StoreExtent(
        3, 4, 2, date(2019, 6, 5), date(2022, 3, 1), {Kind.MINUTES: KindCounts(3, 4)}
    )


def test_the_documents_of_a_source_are_known_by_id(store: Store) -> None:
    store.put([document("a"), document("b")], source="102032/minutes/invented")
    store.put([document("c")], source="000000/minutes/kokkai")
    store.put([document("d")])
    known = store.documents_of("102032/minutes/invented")
    assert sorted(known) == ["invented:a", "invented:b"]
    a = known["invented:a"]
    assert (a.date, a.fetched, a.missing) == (date(2022, 3, 1), NOW, None)
    assert a.content_hash == document("a").content_hash


def test_putting_again_without_a_source_keeps_the_one_known(store: Store) -> None:
    store.put([document("a")], source="102032/minutes/invented")
    store.put([document("a")])
    store.put([replace(document("a"), title="別の題")])
    assert list(store.documents_of("102032/minutes/invented")) == ["invented:a"]


def test_everything_is_there_after_closing_and_opening_again(where: Settings) -> None:
    with open_store(where) as store:
        store.put([document()])
    with open_store(where, create=False) as store:
        assert store.document("invented:a") == document()
        assert store.put([document("b")]) == Outcome(new=1)
        assert store.last_change() == 2
