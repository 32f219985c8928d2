"""Where the real data lies, and what its absence means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real samples and corpora beside the checkout.

    Absent, the test is skipped; with ``CI=true`` its absence is a failure.
    """
    if not SHARED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{SHARED} is missing, and CI must test on real data")
        pytest.skip(f"no real data at {SHARED}")
    return SHARED
