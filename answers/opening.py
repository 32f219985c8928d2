"""Opens what a question is put to: the store, read only, and the index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kazami.errors import KazamiError

if TYPE_CHECKING:
    from indexer.engines.base import Reader as Reader
    from kazami.settings import Settings
    from kazami.store import Store


class NothingCollected(KazamiError):
    """There is no document yet."""

    def __init__(self, data: Path) -> None:
        super().__init__(
            f"nothing is collected in {data} yet; fetch something, for example: "
            "kazami crawl --body 国会 --query リスキリング --since 2024; "
            "or read files: kazami import FILE; or try: kazami demo"
        )


def store_to_read(settings: Settings) -> Store:
    """The store, for reading only; raises NothingCollected where there is none."""
    from kazami.store import is_stored, open_store

    if not is_stored(settings):
        raise NothingCollected(settings.data_dir)
    return open_store(settings, create=False, read_only=True)


def store_if_any(settings: Settings) -> Store | None:
    """The store, or None where nothing is collected yet.

    One of an older version is brought to today's where it may be written.
    """
    from kazami.store import is_stored, may_write, open_store

    if not is_stored(settings):
        return None
    return open_store(settings, create=False, read_only=not may_write(settings))


def open_index(settings: Settings, store: Store) -> Reader:
    """A snapshot of the index.

    Raises EngineError where there is no index, NothingCollected where there is no document.
    """
    from indexer.engines.registry import open_reader

    if store.last_change() == 0:
        raise NothingCollected(settings.data_dir)
    return open_reader(settings, store)
