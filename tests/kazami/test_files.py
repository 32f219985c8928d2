"""Small files are there whole or not at all; one process at a time holds a lock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kazami.files import Locked, process_lock, replace_file

HOLD = (
    "import sys, time; from pathlib import Path; from kazami.files import process_lock\n"
    "with process_lock(Path(sys.argv[1])):\n"
    "    print('held', flush=True)\n"
    "    time.sleep(60)\n"
)


def held(file: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    replace_file(file, "old\n")
    replace_file(file, "新しい\n")
    assert file.read_bytes() == "新しい\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    replace_file(file, "old\n")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace_file(file, "new\n")
    assert file.read_text() == "old\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_second_process_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    file = tmp_path / "x.lock"
    holder = held(file)
    told: list[str] = []
    try:
        with (
            pytest.raises(Locked, match=f"process {holder.pid} since"),
            process_lock(file, wait=0.3, waiting=told.append),
        ):
            pass
    finally:
        holder.kill()
        holder.communicate()
    assert told == [told[0]]
    assert f"process {holder.pid} since" in told[0]


def test_the_lock_ends_with_a_killed_process_and_a_waiting_one_gets_it(tmp_path: Path) -> None:
    file = tmp_path / "x.lock"
    holder = held(file)
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    began = time.monotonic()
    with process_lock(file, wait=10):
        assert time.monotonic() - began < 5
    with process_lock(file):
        pass
