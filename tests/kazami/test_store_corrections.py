"""What a person corrects stands in place of what was read, until the person takes it back."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazami.document import Document, Passage, Stance
from kazami.reading_quality import ReadingQuality
from kazami.settings import Settings
from kazami.store import (
    NothingToCorrect,
    Outcome,
    Store,
    StoreError,
    open_folder,
    open_store,
)
from tests.kazami.test_store import NOW, document, passage

ID = "invented:a"
READ = document(
    "a",
    passage(1, "開きます。", speaker="例示花", role="議長", stance=Stance.CHAIR),
    passage(2, "伺います。", speaker="例示太郎", role="議員", stance=Stance.QUESTION),
    passage(3, "お答えします。", role="主幹", stance=Stance.OTHER),
)


@pytest.fixture
def store(where: Settings) -> Iterator[Store]:
    with open_store(where) as opened:
        opened.put([READ])
        yield opened


def stored(store: Store) -> Document:
    found = store.document(ID)
    assert found is not None
    return found


def speakers(store: Store) -> list[str | None]:
    return [passage.speaker for passage in stored(store).passages]


def standing(store: Store) -> list[tuple[str, str, str | None, str | None, bool]]:
    return [(c.id, c.field, c.read, c.value, c.placed) for c in store.corrections()]


def test_it_stands_in_every_answer_beside_what_was_read(store: Store) -> None:
    store.correct(f"{ID}#1", {"speaker": "例示花子"}, given=NOW)
    store.correct(f"{ID}#3", {"role": "総務部長", "stance": "answer"}, given=NOW)
    first, second, third = stored(store).passages
    assert (first.speaker, first.role, first.corrected) == ("例示花子", "議長", ("speaker",))
    assert second == READ.passages[1]
    assert (third.role, third.stance) == ("総務部長", Stance.ANSWER)
    assert third.corrected == ("role", "stance")
    assert [change.document for change in store.changes(0)] == [stored(store)]
    found = store.passages([f"{ID}#{key}" for key in "123"])
    assert [each.read for each in found.values()] == [
        {"speaker": "例示花"},
        {},
        {"role": "主幹", "stance": "other"},
    ]
    assert standing(store) == [
        (f"{ID}#1", "speaker", "例示花", "例示花子", True),
        (f"{ID}#3", "role", "主幹", "総務部長", True),
        (f"{ID}#3", "stance", "other", "answer", True),
    ]
    assert store.document_as_read(ID) == READ


def test_it_reaches_the_index_as_a_change_and_the_history_of_the_text_does_not_know_it(
    store: Store,
) -> None:
    assert store.last_change() == 1
    store.correct(f"{ID}#1", {"speaker": "例示花子"}, given=NOW)
    assert [change.number for change in store.changes(1)] == [2]
    store.take_back(f"{ID}#1")
    assert [change.number for change in store.changes(2)] == [3]
    assert store.history(ID) == [(READ.content_hash, NOW)]


def test_a_new_fetch_of_the_same_text_is_unchanged_and_undoes_nothing(store: Store) -> None:
    store.correct(f"{ID}#1", {"speaker": "例示花子"}, given=NOW)
    store.correct(ID, {"day": "2022-03-02"}, given=NOW)
    again = document("a", *READ.passages, fetched=NOW + timedelta(days=1))
    assert store.put([again]) == Outcome(unchanged=1)
    assert store.last_change() == 3
    assert (stored(store).date, speakers(store)[0]) == (date(2022, 3, 2), "例示花子")
    assert store.document_as_read(ID) == again


def test_another_reading_replaces_what_was_read_and_keeps_the_correction(store: Store) -> None:
    store.correct(f"{ID}#1", {"speaker": "例示花子", "role": None}, given=NOW)
    reread = document(
        "a",
        passage(1, "開きます。", speaker="例示", role="副議長", stance=Stance.CHAIR),
        *READ.passages[1:],
        date=date(2022, 3, 3),
    )
    assert store.put([reread]) == Outcome(changed=1)
    assert standing(store) == [
        (f"{ID}#1", "speaker", "例示", "例示花子", True),
        (f"{ID}#1", "role", "副議長", None, True),
    ]
    first = stored(store).passages[0]
    assert (first.speaker, first.role, first.corrected) == ("例示花子", None, ("speaker", "role"))
    assert store.document_as_read(ID) == reread
    assert store.put([reread]) == Outcome(unchanged=1)


def test_where_the_reading_agrees_by_now_nothing_is_marked_and_the_correction_stays(
    store: Store,
) -> None:
    store.correct(f"{ID}#1", {"speaker": "例示花子"}, given=NOW)
    right = passage(1, "開きます。", speaker="例示花子", role="議長", stance=Stance.CHAIR)
    store.put([document("a", right, *READ.passages[1:])])
    assert stored(store).passages[0] == right
    found = store.passage(f"{ID}#1")
    assert found is not None
    assert found.read == {}
    assert standing(store) == [(f"{ID}#1", "speaker", "例示花子", "例示花子", True)]
    store.put([READ])
    assert speakers(store)[0] == "例示花子"


def test_it_is_found_again_by_its_words_whatever_its_key(store: Store) -> None:
    store.correct(f"{ID}#2", {"speaker": "例示二郎"}, given=NOW)
    split = document(
        "a",
        passage(1, "開き"),
        passage(2, "ます。"),
        passage(3, "伺います。", speaker="例示"),
        passage(4, "お答えします。"),
    )
    assert store.put([split]) == Outcome(changed=1)
    assert speakers(store) == [None, None, "例示二郎", None]
    assert standing(store) == [(f"{ID}#3", "speaker", "例示", "例示二郎", True)]
    store.correct(f"{ID}#3", {"speaker": "例示三郎"}, given=NOW)
    assert standing(store) == [(f"{ID}#3", "speaker", "例示", "例示三郎", True)]


def test_among_the_same_words_the_key_decides_else_the_order(store: Store) -> None:
    def calls(*keys: str) -> Document:
        return document(
            "a",
            *(Passage(key=key, order=n, text="賛成。") for n, key in enumerate(keys, 1)),
        )

    store.put([calls("1", "2", "3")])
    store.correct(f"{ID}#2", {"speaker": "例示二"}, given=NOW)
    store.correct(f"{ID}#3", {"speaker": "例示三"}, given=NOW)
    store.put([calls("2", "1", "3")])
    assert speakers(store) == ["例示二", None, "例示三"]
    store.put([calls("1", "2", "3")])
    store.put([calls("a", "b", "c")])
    assert speakers(store) == [None, "例示二", "例示三"]
    assert store.put([calls("x")]) == Outcome(changed=1, corrections_lost=1)
    assert speakers(store) == ["例示二"]
    store.put([calls("x", "y", "z")])
    assert sorted(each or "" for each in speakers(store)) == ["", "例示三", "例示二"]


def test_where_the_words_are_gone_it_is_kept_and_stands_again_when_they_come_back(
    store: Store,
) -> None:
    store.correct(f"{ID}#1", {"speaker": "例示花子"}, given=NOW)
    other = document("a", passage(1, "開会します。", speaker="例示花"), *READ.passages[1:])
    assert store.put([other]) == Outcome(changed=1, corrections_lost=1)
    assert stored(store) == other
    assert standing(store) == [(f"{ID}#1", "speaker", "例示花", "例示花子", False)]
    # Somebody corrects what stands there now: two passages' corrections, one id.
    store.correct(f"{ID}#1", {"speaker": "例示一花"}, given=NOW)
    assert speakers(store)[0] == "例示一花"
    assert store.put([READ]) == Outcome(changed=1, corrections_lost=1)
    assert speakers(store)[0] == "例示花子"
    assert [placed for *_, placed in standing(store)] == [True, False]


def test_the_later_correction_of_a_field_counts_and_what_was_read_stays(store: Store) -> None:
    store.correct(f"{ID}#1", {"speaker": "例示花美", "role": "副議長"}, given=NOW)
    store.correct(f"{ID}#1", {"speaker": "例示花子"}, given=NOW + timedelta(days=1))
    assert standing(store) == [
        (f"{ID}#1", "role", "議長", "副議長", True),
        (f"{ID}#1", "speaker", "例示花", "例示花子", True),
    ]
    store.correct(f"{ID}#1", {"speaker": "例示花子"}, given=NOW, without=["role"])
    assert stored(store).passages[0].role == "議長"


def test_taken_back_it_is_as_it_was_read(store: Store) -> None:
    store.correct(f"{ID}#1", {"speaker": "例示花子", "role": "副議長"}, given=NOW)
    store.correct(f"{ID}#2", {"speaker": "例示二郎"}, given=NOW)
    store.correct(ID, {"day": "2022-03-02"}, given=NOW)
    taken = store.take_back(f"{ID}#1")
    assert [(each.field, each.value) for each in taken] == [
        ("speaker", "例示花子"),
        ("role", "副議長"),
    ]
    assert speakers(store) == ["例示花", "例示二郎", None]
    assert [each.id for each in store.take_back(ID)] == [ID]
    store.take_back(f"{ID}#2")
    assert stored(store) == READ
    with pytest.raises(NothingToCorrect, match="nothing is corrected in invented:a#2"):
        store.take_back(f"{ID}#2")


def test_one_that_finds_nothing_can_be_taken_back_too(store: Store) -> None:
    store.correct(f"{ID}#3", {"speaker": "例示三郎"}, given=NOW)
    store.put([document("a", *READ.passages[:2])])
    change = store.last_change()
    assert [each.placed for each in store.take_back(f"{ID}#3")] == [False]
    assert store.corrections() == []
    assert store.last_change() == change


@pytest.mark.parametrize(
    ("missed", "doubted"), [(0, False), (9, True)], ids=["the day alone", "speakers too"]
)
def test_a_corrected_day_is_in_no_doubt_and_speakers_stay_in_theirs(
    missed: int, doubted: bool, store: Store
) -> None:
    reading = ReadingQuality(turns=40, missed=missed, day="nothing bears it out")
    store.put([document("a", *READ.passages, reading=reading)], source="102032/minutes/x")
    assert stored(store).doubtful
    # To confirm the day that was read ends the doubt as well.
    for day in ("2022-03-01", "2022-03-02"):
        store.correct(ID, {"day": day}, given=NOW)
        assert (stored(store).date.isoformat(), stored(store).doubtful) == (day, doubted)
        assert store.doubtful() == ({"102032/minutes/x": 1} if doubted else {})
    found = store.passage(f"{ID}#1")
    assert found is not None
    assert (found.doubtful, found.read) == (doubted, {"day": "2022-03-01"})
    store.take_back(ID)
    assert stored(store).doubtful


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("invented:b", "there is no document invented:b"),
        ("invented:b#1", "there is no document invented:b"),
        ("invented:a#9", "invented:a has no passage #9"),
    ],
)
def test_what_is_not_there_cannot_be_corrected(id: str, said: str, store: Store) -> None:
    field = {"speaker": "例示"} if "#" in id else {"day": "2022-03-02"}
    with pytest.raises(NothingToCorrect, match=said):
        store.correct(id, field, given=NOW)
    assert store.corrections() == []
    assert store.last_change() == 1


def test_it_happens_whole_or_not_at_all(store: Store) -> None:
    def half() -> None:
        with store.together():
            store.correct(f"{ID}#1", {"speaker": "例示花子"}, given=NOW)
            assert speakers(store)[0] == "例示花子"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert stored(store) == READ
    assert (store.corrections(), store.last_change()) == ([], 1)


def test_it_waits_for_a_writer_and_then_corrects_what_that_one_wrote(
    store: Store, where: Settings
) -> None:
    writing = threading.Event()

    def write() -> None:
        with open_store(where) as other, other.together():
            moved = document("a", passage(7, "前置き。"), passage(8, "開きます。", speaker="例示"))
            other.put([moved])
            writing.set()
            time.sleep(0.5)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(write)
        assert writing.wait(20)
        store.correct(f"{ID}#8", {"speaker": "例示花子"}, given=NOW)
        done.result()
    assert speakers(store) == [None, "例示花子"]
    assert store.last_change() == 3


def test_another_opening_of_the_store_sees_it_and_may_not_write_where_it_only_reads(
    store: Store, where: Settings
) -> None:
    store.correct(f"{ID}#1", {"speaker": "例示花子"}, given=NOW)
    with open_store(where, read_only=True) as reader:
        assert speakers(reader)[0] == "例示花子"
        assert len(reader.corrections(ID)) == 1
        assert reader.corrections("invented:b") == []
        with pytest.raises(StoreError):
            reader.correct(f"{ID}#1", {"speaker": "例示"}, given=NOW)
    assert speakers(store)[0] == "例示花子"


TEXTS = ["開きます。", "伺います。", "お答えします。", "散会します。"]
_VERSIONS = st.lists(
    st.tuples(st.sampled_from(TEXTS), st.sampled_from(["例示", "架空", None])),
    min_size=1,
    unique_by=lambda said: said[0],
).flatmap(
    lambda said: st.permutations(range(1, len(said) + 1)).map(
        lambda keys: document(
            "a",
            *(
                Passage(key=str(key), order=n, text=text, speaker=speaker)
                for n, ((text, speaker), key) in enumerate(zip(said, keys, strict=True), 1)
            ),
        )
    )
)
_STEPS = st.lists(
    st.one_of(
        _VERSIONS,
        st.tuples(st.just("correct"), st.integers(0, 9)),
        st.tuples(st.just("take back"), st.integers(0, 9)),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(_VERSIONS, _STEPS)
def test_after_any_sequence_the_last_correction_stands_where_its_words_are(
    first: Document, steps: list[Document | tuple[str, int]]
) -> None:
    said: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder, open_folder(Path(folder)) as store:
        read = first
        store.put([read])
        for count, step in enumerate(steps):
            if isinstance(step, Document):
                read = step
                store.put([read])
            elif step[0] == "correct":
                chosen = read.passages[step[1] % len(read.passages)]
                said[chosen.text] = f"{chosen.text} {count}"
                store.correct(f"{ID}#{chosen.key}", {"speaker": said[chosen.text]}, given=NOW)
            elif said:
                kept = store.corrections()
                id = kept[step[1] % len(kept)].id
                for each in store.take_back(id):
                    assert each.value is not None
                    del said[each.value.split()[0]]
            there = {passage.text: passage for passage in read.passages}
            assert store.document_as_read(ID) == read
            assert [(p.text, p.speaker) for p in stored(store).passages] == [
                (text, said.get(text, passage.speaker)) for text, passage in there.items()
            ]
            kept = store.corrections()
            assert {each.value for each in kept} == set(said.values())
            for each in kept:
                text = next(text for text, value in said.items() if value == each.value)
                assert each.placed == (text in there)
                if each.placed:
                    assert each.read == there[text].speaker
                    assert each.id == f"{ID}#{there[text].key}"
