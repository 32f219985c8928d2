"""Indexing as one call: the engine of the settings brought up to date with the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from indexer.build import BuildReport, build
from indexer.engines.registry import open_engine

if TYPE_CHECKING:
    from kazami.settings import Settings
    from kazami.store import Store


def index(
    settings: Settings,
    store: Store,
    *,
    rebuild: bool = False,
    progress: Callable[[int, int], None] | None = None,
    waiting: Callable[[str], None] | None = None,
) -> BuildReport:
    """Bring the index up to date with the store, or make it anew; as ``indexer.build.build``."""
    return build(
        store,
        open_engine(settings, store),
        rebuild=rebuild,
        progress=progress,
        waiting=waiting,
    )
