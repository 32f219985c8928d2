"""The engines that are held to the contract, each over an empty index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.engines.base import Reader, Writer
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from tests.contract.corpus import Engine


@dataclass(frozen=True)
class WhooshEngine:
    """Segments of two or three documents each, so that the answers come from several."""

    folder: Path

    def writer(self) -> Writer:
        return WhooshWriter(self.folder, workers=1, batch=20)

    def reader(self) -> Reader:
        return WhooshReader(self.folder)


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "memory": lambda folder: MemoryEngine(),
    "whoosh": WhooshEngine,
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
