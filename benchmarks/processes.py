"""Runs a process and watches how long it takes and how much memory it needs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KAZAMI = (sys.executable, "-c", "from search_cli.main import main; main()")


@dataclass(frozen=True)
class Ran:
    """Seconds, and the most megabytes resident at once in the process and all its children."""

    seconds: float
    megabytes: float


def run(*command: str) -> Ran:
    """Run to the end; an exit code other than 0 ends the benchmark."""
    started = time.perf_counter()
    most = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(_resident(each) for each in _family(process.pid)))
            time.sleep(0.02)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Ran(seconds, most * os.sysconf("SC_PAGE_SIZE") / 1e6)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = children.read_text().split()
        except OSError:
            continue
        for child in found:
            yield from _family(int(child))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
