"""Token sinks get what the index gets: the same tokens, each document as it is last."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import indexer.build
from indexer.build import build
from indexer.engines.base import Reader
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.query import Filters, Phrase
from indexer.sinks import Digest, PassageTokens
from kazami.document import Document
from kazami.store import Store, open_folder
from tests.contract.corpus import document, write

WORDS = ["防災", "予算", "水道", "学校"]


def count_terms(document: Document, tokens: PassageTokens) -> dict[str, int]:
    return Counter(term for passage in tokens for term in passage if term)


class TermCounts:
    """Occurrences by document in a file; ``refusals`` of its commits fail."""

    def __init__(self, file: Path, refusals: int = 0) -> None:
        self._file, self._refusals = file, refusals
        kept = json.loads(file.read_text("utf-8")) if file.exists() else {"change": 0, "terms": {}}
        self.change: int = kept["change"]
        self._terms: dict[str, dict[str, int]] = kept["terms"]

    @property
    def digest(self) -> Digest:
        return count_terms

    def fold(self, id: str, digested: Any) -> None:
        self._terms[id] = digested

    def forget(self, ids: Iterable[str]) -> None:
        for id in ids:
            self._terms.pop(id, None)

    def commit(self, change: int) -> None:
        if self._refusals:
            self._refusals -= 1
            raise RuntimeError("killed before this was written")
        self.change = change
        kept = {"change": change, "terms": self._terms}
        self._file.write_text(json.dumps(kept), "utf-8")

    def total(self, term: str) -> int:
        return sum(terms.get(term, 0) for terms in self._terms.values())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_folder(tmp_path) as opened:
        yield opened


def engine_in(folder: Path, workers: int = 1) -> WhooshEngine:
    return WhooshEngine(folder / "index", workers=workers, batch=40)


def same(reader: Reader, sink: TermCounts) -> bool:
    with reader:
        counts = {
            word: sum(c.occurrences for c in reader.tally(Phrase((word,)), Filters()))
            for word in WORDS
        }
    assert sum(counts.values()) > 0
    return counts == {word: sink.total(word) for word in WORDS}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_sink_counts_what_the_engine_counts(store: Store, tmp_path: Path, workers: int) -> None:
    store.put(document(str(n), "防災と予算、" * (n % 4 + 1), "水道の予算です。") for n in range(12))
    sink = TermCounts(tmp_path / "terms.json")
    engine = engine_in(tmp_path, workers)
    build(store, engine, sinks=[sink])
    assert same(engine.reader(), sink)
    assert sink.change == store.last_change()


def test_a_changed_document_is_counted_as_it_is_now(store: Store, tmp_path: Path) -> None:
    engine, file = engine_in(tmp_path), tmp_path / "terms.json"
    store.put([document("a", "防災です。"), document("b", "学校の防災です。")])
    build(store, engine, sinks=[TermCounts(file)])
    store.put([document("a", "予算です。予算です。")])
    sink = TermCounts(file)
    build(store, engine, sinks=[sink])
    assert same(engine.reader(), sink)
    assert (sink.total("防災"), sink.total("予算")) == (1, 2)


def test_a_document_put_twice_or_deleted_before_a_commit_is_counted_right(tmp_path: Path) -> None:
    sink = TermCounts(tmp_path / "terms.json")
    engine = engine_in(tmp_path)
    generation = engine.begin()
    engine.switch(generation)
    writer = engine.writer(generation, [sink])
    writer.put([document("a", "防災です。" * 9), document("b", "水道です。" * 9)])
    writer.put([document("a", "予算です。"), document("c", "学校です。" * 9)])
    writer.delete(["t:c"])
    writer.commit(1)
    sink.commit(1)
    writer.close()
    assert same(engine.reader(), sink)
    assert [sink.total(word) for word in WORDS] == [0, 1, 9, 0]


def test_a_rebuild_leaves_the_same_counts(store: Store, tmp_path: Path) -> None:
    engine, file = engine_in(tmp_path), tmp_path / "terms.json"
    store.put(document(str(n), "防災の予算です。") for n in range(5))
    build(store, engine, sinks=[TermCounts(file)])
    once = file.read_text("utf-8")
    build(store, engine, sinks=[TermCounts(file)], rebuild=True)
    assert json.loads(file.read_text("utf-8")) == json.loads(once)


@pytest.mark.parametrize("refusals", [1, 2, 3])
def test_killed_between_the_two_commits_nothing_counts_twice(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int
) -> None:
    monkeypatch.setattr(indexer.build, "CHECKPOINT_CHARACTERS", 30)
    engine, file = engine_in(tmp_path), tmp_path / "terms.json"
    store.put(document(str(n), "防災と予算と水道と学校です。") for n in range(9))
    for _ in range(refusals):
        with pytest.raises(RuntimeError):
            build(store, engine, sinks=[TermCounts(file, refusals=1)])
    sink = TermCounts(file)
    build(store, engine, sinks=[sink])
    assert same(engine.reader(), sink)
    assert sink.total("防災") == 9


def test_a_sink_that_comes_later_gets_all(store: Store, tmp_path: Path) -> None:
    engine = engine_in(tmp_path)
    store.put(document(str(n), "防災です。") for n in range(4))
    build(store, engine)
    sink = TermCounts(tmp_path / "terms.json")
    build(store, engine, sinks=[sink])
    assert same(engine.reader(), sink)


def test_the_memory_engine_feeds_sinks_too(tmp_path: Path) -> None:
    sink = TermCounts(tmp_path / "terms.json")
    engine = MemoryEngine()
    write(engine, document("b", "水道です。"))
    writer = engine.writer(sinks=[sink])
    writer.put([document("a", "防災の予算です。")])
    writer.delete(["t:b"])
    writer.commit(2)
    assert same(engine.reader(), sink)
