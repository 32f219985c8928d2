"""Runs a process and watches how long it takes and how much memory it needs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

KAZAMI = (sys.executable, "-c", "from search_cli.main import main; main()")


@dataclass(frozen=True)
class Ran:
    """Seconds, and the most megabytes taken at once by the process and all its children."""

    seconds: float
    megabytes: float


def resident(pid: int) -> int:
    """Bytes resident; what processes share counts in each."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def proportional(pid: int) -> int:
    """Bytes resident; what processes share is divided among them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def run(*command: str, memory: Callable[[int], int] = resident, every: float = 0.02) -> Ran:
    """Run to the end, looking at the memory ``every`` so many seconds.

    An exit code other than 0 ends the benchmark.
    """
    started = time.perf_counter()
    most = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(map(memory, _family(process.pid))))
            time.sleep(every)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Ran(seconds, most / 1e6)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = children.read_text().split()
        except OSError:
            continue
        for child in found:
            yield from _family(int(child))
