"""The engines that are held to the contract, each over an empty index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.engines.base import Engine
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh.engine import WhooshEngine

ENGINES: dict[str, Callable[[Path], Engine]] = {
    "memory": lambda folder: MemoryEngine(),
    # Segments of two or three documents each, so that the answers come from several.
    "whoosh": lambda folder: WhooshEngine(folder, workers=1, batch=20),
}
"""By name, what makes an engine over an empty folder."""


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    name: str = request.param
    return ENGINES[name](tmp_path)


@pytest.fixture(params=sorted(set(ENGINES) - {"memory"}))
def make_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Engine]:
    """Makes a new engine at each call: one for every generated example."""
    name: str = request.param
    return lambda: ENGINES[name](tmp_path_factory.mktemp(name))
