"""``kill -9`` while indexing: the last commit stays, the next run completes it."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.build import build
from indexer.engines.registry import open_engine
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.query import By, Filters
from kazami.periods import Every
from kazami.settings import Settings
from kazami.store import open_folder
from tests.contract.corpus import document, word

EVERYTHING = Filters()


def engine(settings: Settings) -> WhooshEngine:
    with open_folder(settings.data_dir) as store:
        opened = open_engine(settings, store)
    assert isinstance(opened, WhooshEngine)
    return opened


WORDS = ["防災", "人口減少", "指定管理者", "市長", "答弁", "予算", "学校", "道路", "水道"]

INDEXING = """
import sys
from pathlib import Path
import indexer.build, indexer.engines.whoosh.writer as writer
from indexer.engines.registry import open_engine
from kazami.settings import Settings
from kazami.store import Store, open_folder

if __name__ == "__main__":
    data, workers, rebuild = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "rebuild"
    indexer.build.CHECKPOINT_CHARACTERS = 6000
    writer.BATCH_CHARACTERS = 1500
    settings = Settings(data_dir=data, contact="", engine="whoosh", workers=workers,
                        recheck_months=4, max_response_mb=20, retries=2)
    with open_folder(data) as store:
        print("started", flush=True)
        indexer.build.build(store, open_engine(settings, store), rebuild=rebuild)
"""


def filled(data: Path, seed: int) -> Settings:
    rng = random.Random(seed)
    with open_folder(data) as store:
        store.put(
            document(
                str(number),
                *("、".join(rng.choices(WORDS, k=rng.randrange(1, 40))) for _ in range(4)),
                day=f"2022-{number % 12 + 1:02}-01",
            )
            for number in range(300)
        )
    return Settings(
        data_dir=data,
        contact="",
        engine="whoosh",
        workers=1,
        recheck_months=4,
        max_response_mb=20,
        retries=2,
    )


def killed(data: Path, workers: int, after: float, rebuild: bool = False) -> int:
    """Index in another process and kill it after so many seconds; its exit code."""
    script = data / "indexing.py"
    script.write_text(INDEXING, encoding="utf-8")
    command = [sys.executable, str(script), str(data), str(workers), "rebuild" * rebuild]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        cwd=root,
        env={"PYTHONPATH": str(root), "KILLED_IN": str(data)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"started\n"
        time.sleep(after)
        process.kill()
    return process.returncode


def answers(settings: Settings) -> list[object]:
    with engine(settings).reader() as reader:
        return [
            reader.extent(EVERYTHING),
            *(
                reader.tally(word(text), EVERYTHING, every=Every.MONTH, by=By.BODY, tokens=True)
                for text in WORDS
            ),
            *(reader.search(word(text), EVERYTHING, limit=30) for text in WORDS),
        ]


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "seed"), [(1, 1), (2, 2)])
def test_a_killed_build_is_completed_by_the_next(tmp_path: Path, workers: int, seed: int):
    rng = random.Random(seed)
    settings = filled(tmp_path / "killed", seed)
    clean = filled(tmp_path / "clean", seed)
    with open_folder(clean.data_dir) as store:
        build(store, engine(clean))
    expected = answers(clean)
    changes = [0]
    for _ in range(12):
        if killed(settings.data_dir, workers, rng.uniform(0.05, 0.9)) == 0:
            break
        if engine(settings).generations.current() is None:
            continue
        with engine(settings).reader() as reader:
            # Documents were put one by one: the change number says exactly what is held.
            assert reader.extent(EVERYTHING).documents == reader.change
            changes.append(reader.change)
    with open_folder(settings.data_dir) as store:
        build(store, engine(settings))
    assert changes == sorted(changes)
    assert answers(settings) == expected
    folder = engine(settings).generations.current()
    assert folder is not None
    assert {path.suffix for path in folder.iterdir()} == {".toc", ".seg", ".json"}


def test_a_killed_rebuild_leaves_the_old_index_searchable(tmp_path: Path):
    settings = filled(tmp_path, 3)
    with open_folder(settings.data_dir) as store:
        build(store, engine(settings))
    before = answers(settings)
    for after in (0.1, 0.4, 0.7):
        assert killed(settings.data_dir, 1, after, rebuild=True) in (0, -9)
        assert answers(settings) == before
    with open_folder(settings.data_dir) as store:
        build(store, engine(settings), rebuild=True)
    assert answers(settings) == before
    folder = engine(settings).generations.current()
    assert list(engine(settings).generations.root.glob("gen-*")) == [folder]


def left_of(data: Path) -> list[str]:
    """The processes that ``killed`` started, and their workers."""
    mark = f"KILLED_IN={data}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                found.append(process.name)
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_workers_do_not_outlive_a_killed_parent(tmp_path: Path):
    settings = filled(tmp_path, 4)
    killed(settings.data_dir, 2, 1.0)
    deadline = time.monotonic() + 20
    while left_of(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left_of(tmp_path) == []
