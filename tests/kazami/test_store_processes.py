"""Several processes at one store, and one that is killed in the middle."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kazami.document import Document
from kazami.settings import Settings
from kazami.store import Outcome, Store, open_store

WRITER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from kazami.document import Document, Kind, Passage
from kazami.settings import load_settings
from kazami.store import open_store

environ = {"KAZAMI_SETTINGS": "/dev/null"} | ({"KAZAMI_STORE": sys.argv[2]} if sys.argv[2] else {})
settings = load_settings(Path(sys.argv[1]), environ)
name, batches = sys.argv[3], int(sys.argv[4])

def document(batch, place):
    text = f"{name} 第{batch}回 {place} " + "防災について。" * 60
    return Document(
        body="102032", kind=Kind.MINUTES, platform="invented", key=f"{name}-{batch}-{place}",
        title="定例会", date=date(2022, 3, 1), fetched=datetime(2025, 4, 1, tzinfo=UTC),
        passages=tuple(Passage(key=str(o), order=o, text=f"{o} {text}") for o in range(1, 31)),
    )

with open_store(settings) as store:
    print("open", flush=True)
    for batch in range(batches):
        store.put([document(batch, place) for place in range(4)], source=name)
        print(batch, flush=True)
"""


@contextmanager
def writer(where: Settings, name: str, batches: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(where.data_dir), where.store, name, str(batches)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def finish(process: subprocess.Popen[str]) -> None:
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said


def check_whole(store: Store) -> set[str]:
    """Every stored document has all its passages, and the numbers are those of its changes."""
    changes = list(store.changes(0))
    assert all(len(change.document.passages) == 30 for change in changes)
    numbers = [change.number for change in changes]
    assert numbers == sorted(set(numbers))
    assert (numbers[-1] if numbers else 0) == store.last_change()
    for change in changes:
        assert [hash for hash, _ in store.history(change.document.id)] == [
            change.document.content_hash
        ]
    assert store.extent().passages == 30 * len(changes)
    return {change.document.key for change in changes}


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_writer_leaves_whole_documents_and_the_next_run_completes_them(
    where: Settings, seed: int
) -> None:
    chance = random.Random(seed)
    with writer(where, "a", 400) as process:
        assert process.stdout is not None
        last = chance.randrange(1, 25)
        for line in process.stdout:
            if line.strip() == str(last):
                break
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with open_store(where) as store:
        kept = check_whole(store)
    assert len(kept) % 4 == 0
    assert {f"a-{batch}-{place}" for batch in range(last + 1) for place in range(4)} <= kept
    with writer(where, "a", last + 40) as process:
        finish(process)
    with open_store(where) as store:
        whole = check_whole(store)
    assert whole == kept | {
        f"a-{batch}-{place}" for batch in range(last + 40) for place in range(4)
    }
    if where.store:
        return  # PostgreSQL checks its foreign keys itself, and its files are its own affair
    with closing(open_store(where)) as store, store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_several_processes_make_and_write_one_store_at_the_same_time(where: Settings) -> None:
    with (
        writer(where, "a", 25) as first,
        writer(where, "b", 25) as second,
        writer(where, "c", 25) as third,
    ):
        for process in (first, second, third):
            finish(process)
    with open_store(where) as store:
        assert len(check_whole(store)) == 300
        assert store.last_change() == 300
        assert len(store.documents_of("b")) == 100


def test_changes_can_be_read_while_another_process_writes(where: Settings) -> None:
    with writer(where, "a", 60) as process:
        assert process.stdout is not None
        process.stdout.readline()
        after = 0
        seen: list[int] = []
        with open_store(where, read_only=True) as store:
            while process.poll() is None or after < store.last_change():
                for change in store.changes(after):
                    assert len(change.document.passages) == 30
                    seen.append(change.number)
                    after = change.number
        finish(process)
    assert seen == list(range(1, 241))


def test_a_long_write_does_not_stop_readers(where: Settings) -> None:
    with writer(where, "a", 3) as process:
        finish(process)
    with open_store(where) as store, open_store(where) as other:

        def slow() -> Iterator[Document]:
            assert other.last_change() == 12
            assert len(list(other.changes(0))) == 12
            yield from ()

        assert store.put(slow()) == Outcome()
