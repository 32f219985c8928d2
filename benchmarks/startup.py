"""Whole processes over 桐生市, as ratios to importing numpy and SQLAlchemy alone.

python -m benchmarks.startup FOLDER [--rounds 15]    (that ``benchmarks.index --keep`` left)

Each round runs every command and, between them, the two imports: the ratio of a command is the
median over the rounds of its seconds to that round's own.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.processes import KAZAMI

YARDSTICK = (sys.executable, "-c", "import numpy, sqlalchemy")
AIMS = {
    ("--help",): 0.25,
    ("search", "ヤングケアラー"): 1.5,
    ("trend", "ヤングケアラー"): 1.5,
    ("status",): 1.5,
}
"""Arguments, and the ratio that is aimed at."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    measure(given.folder, given.rounds)


def measure(folder: Path, rounds: int = 15) -> None:
    data = str(folder / "data")
    ratios: dict[tuple[str, ...], list[float]] = {command: [] for command in AIMS}
    yardsticks = []
    seconds(*YARDSTICK)
    for _ in range(rounds):
        for command, found in ratios.items():
            yardstick = seconds(*YARDSTICK)
            yardsticks.append(yardstick)
            found.append(seconds(*KAZAMI, "--data", data, *command) / yardstick)
    least, most = min(yardsticks), max(yardsticks)
    print(f"import numpy, sqlalchemy: {least:.2f} to {most:.2f} s; ratios to it:")
    for command, aim in AIMS.items():
        name = " ".join(["kazami", *command])
        print(f"{name:32}{statistics.median(ratios[command]):6.2f}   (wanted ≤ {aim})")


def seconds(*command: str) -> float:
    """How long the process takes, without a watcher that wakes up beside it."""
    began = time.perf_counter()
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environ)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
