"""The deliberate breaks still apply, and name tests that exist (``make breaks`` tries them)."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATCHES = sorted(Path(__file__).parent.glob("*.patch"))


def test_there_are_ten() -> None:
    assert len(PATCHES) == 10


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_a_break_applies_and_names_a_test(patch: Path) -> None:
    named = re.search(r"^Test: (tests/\S+)::(\w+)$", patch.read_text("utf-8"), re.MULTILINE)
    assert named is not None
    assert f"def {named[2]}(" in (ROOT / named[1]).read_text("utf-8")
    command = ["git", "apply", "--check", str(patch)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
