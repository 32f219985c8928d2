"""The engines by name; an engine is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from indexer.engines.base import Engine, EngineError, Reader
from kazami.settings import Settings
from kazami.store import Store


def _memory(settings: Settings, store: Store) -> Engine:
    from indexer.engines.memory import MemoryEngine

    return MemoryEngine(store)


def _whoosh(settings: Settings, store: Store) -> Engine:
    from indexer.engines.whoosh.engine import WhooshEngine

    folder = settings.data_dir / "index" / "whoosh"
    return WhooshEngine(folder, store=store.identity(), workers=settings.workers)


ENGINES: dict[str, Callable[[Settings, Store], Engine]] = {"memory": _memory, "whoosh": _whoosh}
"""What makes each engine."""


def open_engine(settings: Settings, store: Store) -> Engine:
    """The engine that the settings name, over this store; EngineError where there is no such."""
    if settings.engine not in ENGINES:
        known = ", ".join(ENGINES)
        raise EngineError(f"engine = {settings.engine!r}: no such engine; there is {known}")
    return ENGINES[settings.engine](settings, store)


def open_reader(settings: Settings, store: Store) -> Reader:
    """A reader of that engine, to be used in a ``with``; raises EngineError."""
    return open_engine(settings, store).reader()
