"""How far a command is, on standard error: a bar on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LINE_EVERY = 10.0
"""Seconds between two lines where there is no terminal."""

ProgressCallback = Callable[[int, int], None]
"""Told how much of how much is done."""


@contextmanager
def progress(title: str) -> Iterator[ProgressCallback]:
    """Show how far ``title`` is, from what the yielded function is told."""
    with _bar(title) if sys.stderr.isatty() else _lines(title) as tell:
        yield tell


@contextmanager
def _bar(title: str) -> Iterator[ProgressCallback]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as shown:
        task = shown.add_task(title, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


@contextmanager
def _lines(title: str) -> Iterator[ProgressCallback]:
    said = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said >= LINE_EVERY:
            said = time.monotonic()
            print(f"{title} {100 * done // max(total, 1)}%", file=sys.stderr, flush=True)

    yield tell
