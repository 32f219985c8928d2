"""From the store to the index: incremental, anew, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import indexer.build
from indexer.build import build
from indexer.engines import registry
from indexer.engines.base import EngineError
from indexer.engines.generations import locked
from indexer.engines.registry import generations, open_reader
from indexer.query import Filters
from kazami.settings import Settings
from kazami.store import Store
from tests.contract.corpus import document, word

EVERYTHING = Filters()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path,
        contact="",
        engine="whoosh",
        workers=1,
        recheck_months=4,
        max_response_mb=20,
        retries=2,
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings.data_dir) as opened:
        yield opened


def total(settings: Settings, text: str) -> int:
    with open_reader(settings) as reader:
        return reader.search(word(text), EVERYTHING).total


def test_before_the_first_index_the_reader_says_what_to_do(settings: Settings):
    with pytest.raises(EngineError, match=r"no index yet .*: run kazami index"):
        open_reader(settings)


def test_an_empty_store_makes_an_empty_index(store: Store, settings: Settings):
    report = build(store, settings)
    assert (report.change, report.documents) == (0, 0)
    assert total(settings, "防災") == 0


def test_only_what_has_changed_is_indexed(store: Store, settings: Settings):
    store.put([document("a", "防災です。"), document("b", "予算です。")])
    assert build(store, settings).documents == 2
    store.put([document("a", "防災です。"), document("b", "防災の予算です。")])
    report = build(store, settings)
    assert (report.documents, report.passages) == (1, 1)
    assert report.change == store.last_change()
    assert total(settings, "防災") == 2


def test_with_nothing_new_nothing_is_written(store: Store, settings: Settings):
    store.put([document("a", "防災です。")])
    build(store, settings)
    folder = generations(settings).current()
    assert folder is not None
    before = {path.name for path in folder.iterdir()}
    assert build(store, settings).documents == 0
    assert {path.name for path in folder.iterdir()} == before


def test_a_rebuild_makes_the_same_index_anew(store: Store, settings: Settings):
    store.put([document("a", "防災です。"), document("b", "予算です。")])
    build(store, settings)
    old = generations(settings).current()
    report = build(store, settings, rebuild=True)
    assert (report.rebuilt, report.documents) == (True, 2)
    assert generations(settings).current() != old
    assert total(settings, "防災") == 1


def test_a_reader_keeps_the_old_generation_through_a_rebuild(store: Store, settings: Settings):
    store.put([document("a", "防災です。")])
    build(store, settings)
    with open_reader(settings) as reader:
        store.put([document("b", "防災の予算です。")])
        build(store, settings, rebuild=True)
        assert reader.search(word("防災"), EVERYTHING).total == 1
        assert reader.search(word("予算"), EVERYTHING).total == 0
    assert total(settings, "防災") == 2


def test_an_index_made_differently_must_be_rebuilt(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    store.put([document("a", "防災です。")])
    build(store, settings)
    monkeypatch.setattr(registry, "_LAYOUT", 999)
    with pytest.raises(EngineError, match=r"rebuild needed.*layout: 2, now 999.*--rebuild"):
        open_reader(settings)
    with pytest.raises(EngineError, match="rebuild needed"):
        build(store, settings)
    build(store, settings, rebuild=True)
    assert total(settings, "防災") == 1


def test_a_store_older_than_the_index_is_told(store: Store, settings: Settings, tmp_path: Path):
    store.put([document("a", "防災です。"), document("b", "防災です。")])
    build(store, settings)
    with Store.open(tmp_path / "restored") as restored:
        restored.put([document("a", "防災です。")])
        with pytest.raises(EngineError, match=r"store stands at change 1, the index at 2.*rebuild"):
            build(restored, settings)
        build(restored, settings, rebuild=True)
    assert total(settings, "防災") == 1


def test_a_damaged_index_can_be_rebuilt(store: Store, settings: Settings):
    store.put([document("a", "防災です。")])
    build(store, settings)
    folder = generations(settings).current()
    assert folder is not None
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(EngineError, match="--rebuild"):
        build(store, settings)
    build(store, settings, rebuild=True)
    assert total(settings, "防災") == 1


def test_a_second_build_says_who_is_writing(store: Store, settings: Settings):
    with (
        locked(generations(settings).root, wait=0),
        pytest.raises(EngineError, match=r"process .* has been writing the index since"),
    ):
        build(store, settings, wait=0)


def test_progress_counts_changes_to_the_last(store: Store, settings: Settings):
    store.put(document(str(number), "防災です。") for number in range(5))
    told: list[tuple[int, int]] = []
    build(store, settings, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_a_build_that_fails_has_committed_up_to_the_checkpoint(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    store.put(document(str(number), "防災です。" * 3) for number in range(9))
    monkeypatch.setattr(indexer.build, "CHECKPOINT_CHARACTERS", 45)

    def fail(done: int, of: int) -> None:
        if done == 8:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        build(store, settings, progress=fail)
    with open_reader(settings) as reader:
        assert reader.change == 6
        assert reader.extent(EVERYTHING).documents == 6
    assert build(store, settings).documents == 3
    assert total(settings, "防災") == 9


def test_an_unknown_engine_is_told(settings: Settings):
    with pytest.raises(EngineError, match=r"engine = 'lucene'.*whoosh"):
        open_reader(replace(settings, engine="lucene"))


def test_a_full_disk_is_one_line_and_loses_nothing(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    store.put([document("a", "防災です。")])
    build(store, settings)
    store.put([document("b", "防災です。")])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "gen-0001/kazami_x.pst")

    with monkeypatch.context() as patched:
        patched.setattr("indexer.engines.whoosh.writer.segment_of", full)
        with pytest.raises(EngineError, match=r"No space left on device: gen-0001.*is safe"):
            build(store, settings)
    assert total(settings, "防災") == 1
    build(store, settings)
    assert total(settings, "防災") == 2
