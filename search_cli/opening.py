"""Opens what a command needs: settings, the store to write, the index with a note of its age."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from answers.opening import Reader
    from kazami.settings import Settings
    from kazami.store import Store


def today() -> date:
    """The day it is in Japan. The clock is read here and passed down."""
    return datetime.now(timezone(timedelta(hours=9))).date()


def settings(ctx: click.Context) -> Settings:
    """The settings, with the data directory of ``--data`` where given."""
    from kazami.settings import load_settings

    return load_settings(ctx.find_root().obj, os.environ)


def store_to_write(settings: Settings) -> Store:
    """The store, made where there is none."""
    from kazami.store import open_store

    return open_store(settings)


def index_to_read(settings: Settings, store: Store) -> Reader:
    """A snapshot of the index; on stderr a note where the store has newer documents.

    Raises EngineError where there is no index, NothingCollected where there is no document.
    """
    from answers.opening import open_index

    reader = open_index(settings, store)
    waiting = store.last_change() - reader.change
    if waiting > 0:
        click.echo(f"{waiting:,}件の変更がまだ索引にありません: kazami index", err=True)
    return reader


def index_if_any(settings: Settings, store: Store) -> Reader | None:
    """A snapshot of the index; None, with the reason on stderr, where it cannot be asked."""
    from answers.opening import open_index
    from kazami.errors import KazamiError

    try:
        return open_index(settings, store)
    except KazamiError as error:
        click.echo(f"kazami: {error}", err=True)
        return None
