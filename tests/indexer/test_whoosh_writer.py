"""The writer: batches, worker processes, merges, what is left on the disk."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import pytest

from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh.commits import Snapshot
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.query import By, Filters, Or, Phrase
from kazami.document import Document
from kazami.periods import Every
from tests.contract.corpus import document

EVERYTHING = Filters()
WORDS = ["防災", "人口", "減少", "指定", "管理", "者", "市長", "答弁", "予算", "学校"]
ANY = Or(tuple(Phrase((word,)) for word in WORDS))


def split(text: str) -> list[str]:
    return text.split()


def some(rng: random.Random, key: str) -> Document:
    return document(
        key,
        *(" ".join(rng.choices(WORDS, k=rng.randrange(1, 9))) for _ in range(rng.randrange(1, 5))),
        day=f"2022-{rng.randrange(1, 13):02}-01",
    )


def segments(folder: Path) -> list[int]:
    snapshot = Snapshot(folder)
    sizes = [segment.passages for segment in snapshot.segments]
    snapshot.close()
    return sizes


def same(folder: Path, memory: MemoryEngine) -> None:
    with WhooshReader(folder) as reader:
        expected = memory.reader()
        assert reader.extent(EVERYTHING) == expected.extent(EVERYTHING)
        for node in (Phrase(("人口", "減少")), Phrase(("予",), prefix=True), ANY):
            assert reader.tally(node, EVERYTHING, every=Every.MONTH, by=By.BODY) == expected.tally(
                node, EVERYTHING, every=Every.MONTH, by=By.BODY
            )
            assert reader.search(node, EVERYTHING, limit=50) == expected.search(
                node, EVERYTHING, limit=50
            )


@pytest.mark.parametrize("seed", range(6))
def test_many_updates_and_merges_answer_as_the_reference_does(tmp_path: Path, seed: int):
    rng = random.Random(seed)
    memory = MemoryEngine(tokenize=split)
    reference = memory.writer()
    writer = WhooshWriter(tmp_path, workers=1, batch=60, terms=split)
    keys = [str(number) for number in range(25)]
    for change in range(1, 25):
        put = [some(rng, key) for key in rng.choices(keys, k=rng.randrange(4))]
        gone = [f"t:{key}" for key in rng.choices(keys, k=rng.randrange(2))]
        for each in (writer, reference):
            each.put(put)
            each.delete(gone)
            each.commit(change)
        if change % 8 == 0:
            same(tmp_path, memory)
            writer.close()
            writer = WhooshWriter(tmp_path, workers=1, batch=60, terms=split)
    writer.close()
    same(tmp_path, memory)


def test_small_daily_updates_do_not_pile_up(tmp_path: Path):
    for day in range(40):
        writer = WhooshWriter(tmp_path, workers=1, terms=split)
        writer.put([document(str(day), "防災 予算")])
        writer.commit(day + 1)
        writer.close()
    assert len(segments(tmp_path)) < 10


def test_a_long_build_leaves_few_segments(tmp_path: Path):
    writer = WhooshWriter(tmp_path, workers=1, batch=10, terms=split)
    writer.put(document(str(number), "防災 予算 学校") for number in range(30))
    writer.commit(1)
    writer.close()
    assert segments(tmp_path) == [30]


def test_a_long_build_leaves_a_large_segment_alone(tmp_path: Path):
    writer = WhooshWriter(tmp_path, workers=1, terms=split)
    writer.put([document("large", *["防災"] * 40)])
    writer.commit(1)
    writer.close()
    writer = WhooshWriter(tmp_path, workers=1, batch=1, terms=split)
    writer.put(document(str(number), "防災") for number in range(4))
    writer.commit(2)
    writer.close()
    assert segments(tmp_path) == [40, 4]


def test_a_segment_more_than_half_deleted_is_made_smaller(tmp_path: Path):
    writer = WhooshWriter(tmp_path, workers=1, terms=split)
    writer.put(document(str(number), "防災") for number in range(10))
    writer.commit(1)
    writer.delete(f"t:{number}" for number in range(6))
    writer.commit(2)
    writer.close()
    assert segments(tmp_path) == [4]


def test_an_index_emptied_by_deletion_has_no_segment(tmp_path: Path):
    writer = WhooshWriter(tmp_path, workers=1, terms=split)
    writer.put([document("a", "防災")])
    writer.commit(1)
    writer.delete(["t:a"])
    writer.commit(2)
    writer.close()
    assert segments(tmp_path) == []
    with WhooshReader(tmp_path) as reader:
        assert reader.extent(EVERYTHING).passages == 0


def test_only_committed_files_remain(tmp_path: Path):
    writer = WhooshWriter(tmp_path, workers=1, batch=1, terms=split)
    writer.put([document("a", "防災")])
    writer.commit(1)
    writer.put([document("b", "防災")])
    writer.close()
    (tmp_path / "kazami_0123456789abcdef.pst").write_bytes(b"of a writer that was killed")
    WhooshWriter(tmp_path, workers=1, terms=split).close()
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".seg", ".toc"]


def test_worker_processes_write_what_one_process_writes(tmp_path: Path):
    rng = random.Random(3)
    documents = [some(rng, str(number)) for number in range(60)]
    memory = MemoryEngine(tokenize=split)
    reference = memory.writer()
    reference.put(documents)
    reference.commit(1)
    writer = WhooshWriter(tmp_path, workers=2, batch=300, terms=split)
    writer.put(documents)
    writer.commit(1)
    writer.close()
    same(tmp_path, memory)


def test_a_document_put_again_while_its_batch_is_in_a_worker_is_replaced(tmp_path: Path):
    writer = WhooshWriter(tmp_path, workers=2, batch=1, terms=split)
    writer.put([document("a", "防災"), document("b", "予算"), document("a", "学校")])
    writer.commit(1)
    writer.close()
    with WhooshReader(tmp_path) as reader:
        assert reader.search(Phrase(("防災",)), EVERYTHING).total == 0
        assert reader.search(Phrase(("学校",)), EVERYTHING).total == 1
        assert reader.extent(EVERYTHING).documents == 2


def test_readers_see_whole_commits_while_the_writer_goes_on(tmp_path: Path):
    """Every commit adds one document of three passages: no other multiple is ever seen."""
    first = WhooshWriter(tmp_path, workers=1, terms=split)
    first.commit(1)
    stop = threading.Event()
    seen: list[tuple[int, int, int]] = []

    def read() -> None:
        while not stop.is_set():
            with WhooshReader(tmp_path) as reader:
                extent = reader.extent(EVERYTHING)
                found = reader.search(Phrase(("防災",)), EVERYTHING, limit=1).total
                seen.append((reader.change, extent.passages, found))

    reading = threading.Thread(target=read)
    reading.start()
    for change in range(2, 60):
        first.put([document(str(change), "防災", "予算 防災", "防災 学校")])
        first.commit(change)
    stop.set()
    reading.join()
    first.close()
    assert len(seen) > 1
    assert all(passages == found == 3 * max(0, change - 1) for change, passages, found in seen)


def test_surrogates_and_nulls_in_a_text_are_no_obstacle(tmp_path: Path):
    writer = WhooshWriter(tmp_path, workers=1, terms=split)
    writer.put([document("a", "防災 \ud800 \x00", "\x00防災")])
    writer.commit(1)
    writer.close()
    with WhooshReader(tmp_path) as reader:
        assert reader.search(Phrase(("\ud800",)), EVERYTHING).total == 1
        assert reader.search(Phrase(("防災",)), EVERYTHING).total == 1


def test_a_commit_that_fails_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    writer = WhooshWriter(tmp_path, workers=1, terms=split)
    writer.put([document("a", "防災")])
    writer.commit(1)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    writer.delete(["t:a"])
    with monkeypatch.context() as patched:
        patched.setattr("indexer.engines.whoosh.commits.write_commit", full)
        with pytest.raises(OSError, match="No space left"):
            writer.commit(2)
        writer.close()
    with WhooshReader(tmp_path) as reader:
        assert reader.change == 1
        assert reader.search(Phrase(("防災",)), EVERYTHING).total == 1
