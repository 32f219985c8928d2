"""Small files that are there whole or not at all, and locks between processes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

_SHARING_TRIES = 20
"""Windows refuses to replace a file that a reader has open at that moment."""


class Locked(Exception):
    """Another process holds the lock; the text says which, and since when."""


def replace_file(path: Path, text: str) -> None:
    """Write ``path`` anew so that readers, and a crash, see the old file or the new one.

    The folder must be there. Raises OSError.
    """
    draft = path.with_name(f"{path.name}.new")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def put_in_place(draft: Path, path: Path) -> None:
    """Rename a finished draft over ``path``, also where a reader has that open; raises OSError."""
    for attempt in range(_SHARING_TRIES):
        try:
            draft.replace(path)
            return
        except PermissionError:
            # On POSIX it is the folder's right that lacks: no waiting mends that.
            if os.name != "nt" or attempt == _SHARING_TRIES - 1:
                raise
            time.sleep(0.05)


@contextmanager
def process_lock(
    file: Path, *, wait: float = 0.0, waiting: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Be the only process inside this block for ``file``, whose folder must be there.

    Waits up to ``wait`` seconds for another to finish, having told ``waiting`` who it is. The lock
    ends with the process that holds it, however that ends; its name stands in ``FILE.holder``,
    because a locked file cannot be read on Windows.

    Raises Locked, and OSError where the file cannot be written.
    """
    from filelock import FileLock, Timeout  # 10 ms, and readers take no lock

    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if waiting is not None and wait > 0:
            waiting(_holder(file))
        try:
            lock.acquire(timeout=wait, poll_interval=0.1)
        except Timeout:
            raise Locked(_holder(file)) from None
    try:
        _note(file).write_text(f"{os.getpid()}\n", "ascii")
        yield
    finally:
        _note(file).unlink(missing_ok=True)
        lock.release()


def _note(file: Path) -> Path:
    return file.with_name(f"{file.name}.holder")


def _holder(file: Path) -> str:
    """``process 123 since 14:05:59``, as far as it can be told."""
    try:
        process = _note(file).read_text("ascii").strip()
        since = datetime.fromtimestamp(_note(file).stat().st_mtime).astimezone()
    except (OSError, ValueError):
        return "another process"
    return f"process {process} since {since:%H:%M:%S}"
