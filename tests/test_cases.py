"""Inputs from public bug reports: no more of them may be read wrongly than are known to be."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
KNOWN_WRONG = 52


@pytest.mark.corpus
@pytest.mark.slow
def test_no_more_cases_are_wrong_than_were_known(shared: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(shared / "cases" / "run.py")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    counted = re.search(r"^(\d+) of (\d+) not right$", done.stdout, re.MULTILINE)
    assert counted is not None, done.stderr
    assert "ImportError" not in done.stdout
    assert int(counted[1]) <= KNOWN_WRONG, done.stdout
