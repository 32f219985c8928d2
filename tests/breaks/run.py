"""Breaks the code on purpose, ten ways, and sees for each that a named test turns red.

python tests/breaks/run.py [NAME…]        (make breaks)

Each ``*.patch`` beside this file says in its first lines which test must notice it (``Test: …``).
Every patch is applied to a copy of the tracked files of its own; the test must pass before it and
fail (not merely stop with an error of collection) within 60 seconds after it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BREAKS = Path(__file__).resolve().parent
ROOT = BREAKS.parents[1]
LIMIT = 60.0
"""Seconds in which the test must have turned red."""

_TEST = re.compile(r"^Test: (tests/\S+::\S+)$", re.M)
_FAILED = 1
"""pytest's exit code for tests that ran and failed."""


def main(names: list[str]) -> int:
    patches = sorted(BREAKS.glob("*.patch"))
    chosen = [patch for patch in patches if not names or patch.stem in names]
    if not chosen:
        print(f"no such break; there are {', '.join(patch.stem for patch in patches)}")
        return 2
    missed = 0
    with tempfile.TemporaryDirectory(prefix="kazami-breaks-") as folder:
        if (ROOT.parent / "shared").is_dir():
            Path(folder, "shared").symlink_to(ROOT.parent / "shared")
        for patch in chosen:
            copy = Path(folder, patch.stem)
            copy_tracked(copy)
            line = tried(patch, copy)
            missed += not line.startswith("red")
            print(f"{patch.stem}: {line}", flush=True)
            shutil.rmtree(copy)
    print(f"{len(chosen) - missed} of {len(chosen)} breaks noticed")
    return 1 if missed else 0


def copy_tracked(copy: Path) -> None:
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)


def tried(patch: Path, copy: Path) -> str:
    """``red after 3 s: TEST`` where the break was noticed, else what happened instead."""
    named = _TEST.search(patch.read_text("utf-8"))
    if named is None:
        return "names no test"
    test = named[1]
    if pytest(test, copy)[0] != 0:
        return f"NOT TRIED: {test} fails without the break"
    applied = subprocess.run(
        ["git", "apply", "--unsafe-paths", f"--directory={copy}", str(patch)],
        cwd="/",
        capture_output=True,
        text=True,
    )
    if applied.returncode:
        return f"NOT TRIED: does not apply: {applied.stderr.strip().splitlines()[-1]}"
    code, seconds = pytest(test, copy)
    if code == _FAILED:
        return f"red after {seconds:.0f} s: {test}"
    return f"NOT NOTICED by {test} (pytest ended with {code})"


def pytest(test: str, copy: Path) -> tuple[int | None, float]:
    """Exit code, None where it took too long, and seconds."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("KAZAMI_", "PYTEST_"))}
    environ["PYTHONPATH"] = str(copy)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n0", test]
    began = time.monotonic()
    try:
        done = subprocess.run(command, cwd=copy, env=environ, capture_output=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return None, LIMIT
    return done.returncode, time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
