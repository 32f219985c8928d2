"""From the store to the index: incremental, anew, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import indexer.build
from indexer.build import build
from indexer.engines.base import EngineError
from indexer.engines.generations import locked
from indexer.engines.registry import open_engine
from indexer.engines.whoosh import engine as whoosh
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.query import Filters
from kazami.settings import Settings
from kazami.store import Store, open_folder
from tests.contract.corpus import document, word

EVERYTHING = Filters()


def engine(settings: Settings) -> WhooshEngine:
    with open_folder(settings.data_dir) as store:
        opened = open_engine(settings, store)
    assert isinstance(opened, WhooshEngine)
    return opened


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
    with open_folder(settings.data_dir) as opened:
        yield opened


def total(settings: Settings, text: str) -> int:
    with engine(settings).reader() as reader:
        return reader.search(word(text), EVERYTHING).total


def test_before_the_first_index_the_reader_says_what_to_do(settings: Settings):
    with pytest.raises(EngineError, match=r"no index yet .*: run kazami index"):
        engine(settings).reader()


def test_an_empty_store_makes_an_empty_index(store: Store, settings: Settings):
    report = build(store, engine(settings))
    assert (report.change, report.documents) == (0, 0)
    assert total(settings, "防災") == 0


def test_only_what_has_changed_is_indexed(store: Store, settings: Settings):
    store.put([document("a", "防災です。"), document("b", "予算です。")])
    assert build(store, engine(settings)).documents == 2
    store.put([document("a", "防災です。"), document("b", "防災の予算です。")])
    report = build(store, engine(settings))
    assert (report.documents, report.passages) == (1, 1)
    assert report.change == store.last_change()
    assert total(settings, "防災") == 2


def test_with_nothing_new_nothing_is_written(store: Store, settings: Settings):
    store.put([document("a", "防災です。")])
    build(store, engine(settings))
    folder = engine(settings).generations.current()
    assert folder is not None
    before = {path.name for path in folder.iterdir()}
    assert build(store, engine(settings)).documents == 0
    assert {path.name for path in folder.iterdir()} == before


def test_a_rebuild_makes_the_same_index_anew(store: Store, settings: Settings):
    store.put([document("a", "防災です。"), document("b", "予算です。")])
    build(store, engine(settings))
    old = engine(settings).generations.current()
    report = build(store, engine(settings), rebuild=True)
    assert (report.rebuilt, report.documents) == (True, 2)
    assert engine(settings).generations.current() != old
    assert total(settings, "防災") == 1


def test_a_reader_keeps_the_old_generation_through_a_rebuild(store: Store, settings: Settings):
    store.put([document("a", "防災です。")])
    build(store, engine(settings))
    with engine(settings).reader() as reader:
        store.put([document("b", "防災の予算です。")])
        build(store, engine(settings), rebuild=True)
        assert reader.search(word("防災"), EVERYTHING).total == 1
        assert reader.search(word("予算"), EVERYTHING).total == 0
    assert total(settings, "防災") == 2


def test_an_index_made_differently_must_be_rebuilt(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    store.put([document("a", "防災です。")])
    build(store, engine(settings))
    monkeypatch.setattr(whoosh, "LAYOUT", 999)
    with pytest.raises(EngineError, match=r"rebuild needed.*layout: 4, now 999.*--rebuild"):
        engine(settings).reader()
    with pytest.raises(EngineError, match="rebuild needed"):
        build(store, engine(settings))
    build(store, engine(settings), rebuild=True)
    assert total(settings, "防災") == 1


def test_an_index_of_the_older_layout_is_told_to_be_rebuilt_not_damaged(
    store: Store, settings: Settings
):
    # Its segments name classes by where they stood then, which cannot be opened any more.
    store.put([document("a", "防災です。")])
    build(store, engine(settings))
    folder = engine(settings).generations.current()
    assert folder is not None
    made = json.loads((folder / "fingerprint.json").read_text("utf-8"))
    (folder / "fingerprint.json").write_text(json.dumps({**made, "layout": 1}), "utf-8")
    for toc in folder.glob("*.toc"):
        toc.write_bytes(b"cindexer.engines.whoosh_index\nSegment\n.")
    with pytest.raises(EngineError, match=r"rebuild needed.*layout: 1, now 4.*--rebuild"):
        engine(settings).reader()


def test_a_store_older_than_the_index_is_told(store: Store, settings: Settings, tmp_path: Path):
    store.put([document("a", "防災です。"), document("b", "防災です。")])
    build(store, engine(settings))
    with open_folder(tmp_path / "restored") as restored:
        restored.put([document("a", "防災です。")])
        with pytest.raises(EngineError, match=r"store stands at change 1, the index at 2.*rebuild"):
            build(restored, engine(settings))
        build(restored, engine(settings), rebuild=True)
    assert total(settings, "防災") == 1


def test_a_damaged_index_can_be_rebuilt(store: Store, settings: Settings):
    store.put([document("a", "防災です。")])
    build(store, engine(settings))
    folder = engine(settings).generations.current()
    assert folder is not None
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(EngineError, match="--rebuild"):
        build(store, engine(settings))
    build(store, engine(settings), rebuild=True)
    assert total(settings, "防災") == 1


def test_a_second_build_says_who_is_writing(store: Store, settings: Settings):
    with (
        locked(engine(settings).generations.root, wait=0),
        pytest.raises(EngineError, match=r"process .* has been writing the index since"),
    ):
        build(store, engine(settings), wait=0)


def test_progress_counts_changes_to_the_last(store: Store, settings: Settings):
    store.put(document(str(number), "防災です。") for number in range(5))
    told: list[tuple[int, int]] = []
    build(store, engine(settings), progress=lambda done, of: told.append((done, of)))
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
        build(store, engine(settings), progress=fail)
    with engine(settings).reader() as reader:
        assert reader.change == 6
        assert reader.extent(EVERYTHING).documents == 6
    assert build(store, engine(settings)).documents == 3
    assert total(settings, "防災") == 9


def test_an_unknown_engine_is_told(store: Store, settings: Settings):
    with pytest.raises(EngineError, match=r"engine = 'lucene'.*whoosh"):
        open_engine(replace(settings, engine="lucene"), store)


def test_a_full_disk_is_one_line_and_loses_nothing(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    store.put([document("a", "防災です。")])
    build(store, engine(settings))
    store.put([document("b", "防災です。")])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "gen-0001/kazami_x.pst")

    with monkeypatch.context() as patched:
        patched.setattr("indexer.engines.whoosh.writer.segment_of", full)
        with pytest.raises(EngineError, match=r"No space left on device: gen-0001.*is safe"):
            build(store, engine(settings))
    assert total(settings, "防災") == 1
    build(store, engine(settings))
    assert total(settings, "防災") == 2


def test_an_index_is_of_one_store(settings: Settings, tmp_path: Path):
    """Change numbers of another store would be taken for its own, and documents left out."""
    with open_folder(settings.data_dir) as store:
        store.put([document("a", "防災の答弁")])
        build(store, open_engine(settings, store))
    with open_folder(tmp_path / "other") as other:
        other.put(document(key, "防災の質問") for key in ("b", "c", "d"))
        for rebuild_needed in (
            lambda: open_engine(settings, other).reader(),
            lambda: build(other, open_engine(settings, other)),
        ):
            with pytest.raises(EngineError, match=r"another store .* --rebuild"):
                rebuild_needed()
        build(other, open_engine(settings, other), rebuild=True)
        with open_engine(settings, other).reader() as reader:
            assert reader.search(word("防災"), EVERYTHING).total == 3
