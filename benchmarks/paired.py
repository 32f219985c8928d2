"""This checkout against an earlier commit, command by command, in one run.

python -m benchmarks.paired --against COMMIT [--rounds 7] [--part 1.0]

Both run with this environment's interpreter and libraries, each with its own import path. Every
round runs the earlier commit, this checkout and the earlier commit again, beginning with another
of them each time: what lies between the two runs of the same commit is noise, and a difference
within it says nothing. Figures are medians of whole processes.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import part

HERE = Path(__file__).resolve().parents[1]
START = "from search_cli.main import main; main()"
WORD = "ヤングケアラー"
_SPEED = re.compile(r"kazami \d+ pages, \d+ documents, (\d+) pages/s")


@dataclass(frozen=True)
class Side:
    """A checkout, and the data directory that it fills itself."""

    code: Path
    data: Path

    def run(self, *arguments: str) -> float:
        """Seconds that ``kazami …`` takes."""
        return self._timed([sys.executable, "-c", START, "--data", str(self.data), *arguments])[0]

    def index(self) -> float:
        shutil.rmtree(self.data / "index", ignore_errors=True)
        return self.run("index")

    def crawl(self) -> float:
        """Seconds for a thousand pages of the loopback site, as the checkout's own bench says."""
        _, out = self._timed([sys.executable, "-m", "benchmarks.crawl", "--rounds", "1"], ok=(0, 1))
        speed = _SPEED.search(out)
        if speed is None:
            raise SystemExit(f"{self.code}: no pages a second in {out!r}")
        return 1000 / float(speed[1])

    def _timed(self, command: list[str], ok: tuple[int, ...] = (0,)) -> tuple[float, str]:
        # Modules are compiled once, as for a user, or the side with more of them looks slower.
        left_out = ("KAZAMI_", "PYTHONDONTWRITEBYTECODE")
        environ = {k: v for k, v in os.environ.items() if not k.startswith(left_out)}
        environ |= {"PYTHONPATH": str(self.code), "KAZAMI_SETTINGS": os.devnull}
        began = time.perf_counter()
        done = subprocess.run(command, cwd=self.code, env=environ, capture_output=True, text=True)
        took = time.perf_counter() - began
        if done.returncode not in ok:
            raise SystemExit(f"{' '.join(command)} in {self.code}: {done.stderr[-500:]}")
        return took, done.stdout


TASKS: dict[str, Callable[[Side], float]] = {
    "index": Side.index,
    f"search {WORD}": lambda side: side.run("search", WORD),
    f"search --match exact {WORD}": lambda side: side.run("search", "--match", "exact", WORD),
    f"trend {WORD}": lambda side: side.run("trend", WORD),
    "status": lambda side: side.run("status"),
    "--help": lambda side: side.run("--help"),
    "crawl, 1,000 pages": Side.crawl,
}


@contextmanager
def checkout(commit: str, folder: Path) -> Iterator[Path]:
    """The files of a commit, in a folder of their own."""
    place = folder / "earlier"
    git = ["git", "-C", str(HERE), "worktree"]
    subprocess.run([*git, "add", "--detach", "--quiet", str(place), commit], check=True)
    try:
        yield place
    finally:
        subprocess.run([*git, "remove", "--force", str(place)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", required=True, metavar="COMMIT")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--part", type=float, default=1.0, help="of the corpus")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kazami-paired-") as name:
        folder = Path(name)
        with checkout(given.against, folder) as earlier:
            measure(earlier, folder, given.rounds, given.part, given.against)


def measure(earlier: Path, folder: Path, rounds: int, fraction: float, commit: str) -> None:
    source = str(part(fraction, folder))
    before = Side(earlier, folder / "data-before")
    now = Side(HERE, folder / "data-now")
    for side in (before, now):
        side.run("import", source)
    print(
        f"median of {rounds} rounds, seconds".ljust(36) + f"{commit[:12]:>12}  again    now   now ÷"
    )
    for name, task in TASKS.items():
        times: dict[str, list[float]] = {"before": [], "again": [], "now": []}
        sides = [("before", before), ("now", now), ("again", before)]
        for number in range(rounds):
            shift = number % len(sides)
            for key, side in sides[shift:] + sides[:shift]:
                times[key].append(task(side))
        first, again, ours = (statistics.median(times[key]) for key in ("before", "again", "now"))
        earlier_both = statistics.median(times["before"] + times["again"])
        ratio = ours / earlier_both
        noise = abs(first - again) / earlier_both
        said = "slower" if ratio > 1 + noise else "faster" if ratio < 1 - noise else "the same"
        print(
            f"{name:36}{first:12.3f} {again:6.3f} {ours:6.3f}   {ratio:.3f}"
            f"  (noise ±{noise:.3f}): {said}",
            flush=True,
        )


if __name__ == "__main__":
    main()
