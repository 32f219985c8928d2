"""Generations: which one is current, and who may write."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.engines.base import EngineError
from indexer.engines.generations import Generations, check_fingerprint, locked

MADE = {"layout": 1, "tokens": "a"}


def test_there_is_none_at_first(tmp_path: Path):
    assert Generations(tmp_path).current() is None


def test_a_fresh_generation_is_not_searched_before_the_switch(tmp_path: Path):
    place = Generations(tmp_path)
    first = place.fresh(MADE)
    place.switch(first)
    second = place.fresh(MADE)
    assert place.current() == first
    place.switch(second)
    assert place.current() == second
    assert not first.exists()


def test_a_rebuild_that_was_killed_is_cleaned_away(tmp_path: Path):
    place = Generations(tmp_path)
    first = place.fresh(MADE)
    place.switch(first)
    killed = place.fresh(MADE)
    (killed / "something").touch()
    fresh = place.fresh(MADE)
    assert first.exists()
    assert list(fresh.iterdir()) == [fresh / "fingerprint.json"]


def test_a_generation_that_is_not_there_is_told(tmp_path: Path):
    (tmp_path / "current").write_text("gen-0007\n")
    with pytest.raises(EngineError, match="gen-0007, which is not there: run kazami index"):
        Generations(tmp_path).current()


def test_a_rebuild_switched_in_between_two_looks_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    place = Generations(tmp_path)
    place.switch(place.fresh(MADE))
    rebuilt = [place.fresh(MADE)]
    is_dir = Path.is_dir

    def switched_first(path: Path) -> bool:
        if rebuilt:
            place.switch(rebuilt.pop())
        return is_dir(path)

    monkeypatch.setattr(Path, "is_dir", switched_first)
    assert place.current() == tmp_path / "gen-0002"
    assert not is_dir(tmp_path / "gen-0001")


def test_a_reader_that_looks_while_others_rebuild_sees_one_or_the_other(tmp_path: Path):
    place = Generations(tmp_path)
    place.switch(place.fresh(MADE))
    with ThreadPoolExecutor() as pool:
        rebuilds = pool.submit(lambda: [place.switch(place.fresh(MADE)) for _ in range(20)])
        while not rebuilds.done():
            assert Generations(tmp_path).current() is not None
        rebuilds.result()


def test_another_fingerprint_means_rebuild_and_names_the_difference(tmp_path: Path):
    folder = Generations(tmp_path).fresh(MADE)
    check_fingerprint(folder, MADE)
    with pytest.raises(EngineError, match=r"rebuild needed.*tokens: a, now b.*--rebuild"):
        check_fingerprint(folder, {"layout": 1, "tokens": "b"})


def test_a_fingerprint_that_cannot_be_read_means_rebuild(tmp_path: Path):
    folder = Generations(tmp_path).fresh(MADE)
    (folder / "fingerprint.json").write_text("{")
    with pytest.raises(EngineError, match=r"rebuild needed.*fingerprint.json"):
        check_fingerprint(folder, MADE)


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path):
    told: list[str] = []
    with (
        locked(tmp_path, wait=0),
        pytest.raises(EngineError, match=f"process {os.getpid()} has been writing"),
        locked(tmp_path, wait=0.2, waiting=told.append),
    ):
        pass
    assert len(told) == 1
    assert f"process {os.getpid()}" in told[0]


def test_a_second_writer_gets_the_lock_when_the_first_is_through(tmp_path: Path):
    code = (
        "import time; from pathlib import Path; from indexer.engines.generations import locked\n"
        f"with locked(Path({str(tmp_path)!r}), wait=0):\n"
        "    print('held', flush=True); time.sleep(0.5)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        with locked(tmp_path, wait=20):
            assert first.wait(5) == 0


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path):
    code = (
        "import os; from pathlib import Path; from indexer.engines.generations import locked\n"
        f"with locked(Path({str(tmp_path)!r}), wait=0):\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with locked(tmp_path, wait=0):
        pass
