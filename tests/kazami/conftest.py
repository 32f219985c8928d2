"""The databases that can hold a store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kazami.settings import Settings, load_settings


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings whose store is new: a file, or a database of a server."""
    settings = load_settings(tmp_path, {"KAZAMI_SETTINGS": "/dev/null"})
    if request.param == "sqlite":
        return settings
    address: str = request.getfixturevalue("postgresql")
    return replace(settings, store=address)
