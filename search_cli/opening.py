"""Opens what a command needs: settings, store, index; says what to do where there is none."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kazami.errors import KazamiError

if TYPE_CHECKING:
    from indexer.engines.base import Reader
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


def today() -> date:
    """The day it is in Japan. The clock is read here and passed down."""
    return datetime.now(timezone(timedelta(hours=9))).date()


def settings(ctx: click.Context) -> Settings:
    """The settings, with the data directory of ``--data`` where given."""
    from kazami.settings import load_settings

    return load_settings(ctx.find_root().obj, os.environ)


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


def store_to_write(settings: Settings) -> Store:
    """The store, made where there is none."""
    from kazami.store import open_store

    return open_store(settings)


def index_to_read(settings: Settings, store: Store) -> Reader:
    """A snapshot of the index; on stderr a note where the store has newer documents.

    Raises EngineError where there is no index, NothingCollected where there is no document.
    """
    from indexer.engines.registry import open_reader

    if store.last_change() == 0:
        raise NothingCollected(settings.data_dir)
    reader = open_reader(settings, store)
    waiting = store.last_change() - reader.change
    if waiting > 0:
        click.echo(f"{waiting:,}件の変更がまだ索引にありません: kazami index", err=True)
    return reader
