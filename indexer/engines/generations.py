"""The generations of an index: where they lie, which one is current, and who may write.

``DATA/index/ENGINE/`` holds ``gen-0001/``, ``gen-0002/`` … and ``current``, a text file that
names the one that is searched. A rebuild grows beside it and is switched in by replacing
``current``; so a reader sees the whole old index or the whole new one.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from indexer.engines.base import EngineError

Fingerprint = Mapping[str, object]

_CURRENT, _FINGERPRINT, _LOCK = "current", "fingerprint.json", "lock"


class Generations:
    """The generations of one engine under ``root``. Only ``current`` may be asked without lock."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path | None:
        """The generation that is searched; None where there is none yet."""
        try:
            name = (self.root / _CURRENT).read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        folder = self.root / name
        if not name.startswith("gen-") or not folder.is_dir():
            raise EngineError(
                f"{self.root / _CURRENT} names {name or 'nothing'}, which is not there:"
                " run kazami index --rebuild"
            )
        return folder

    def fresh(self, fingerprint: Fingerprint) -> Path:
        """A new, empty generation, not yet current."""
        self.remove_leftovers()
        newest = max((int(path.name[4:]) for path in self.root.glob("gen-*")), default=0)
        folder = self.root / f"gen-{newest + 1:04}"
        folder.mkdir(parents=True)
        _replace(folder / _FINGERPRINT, json.dumps(dict(fingerprint), ensure_ascii=False, indent=1))
        return folder

    def switch(self, folder: Path) -> None:
        """Let readers see this generation from now on, and remove the others."""
        _replace(self.root / _CURRENT, folder.name + "\n")
        self.remove_leftovers()

    def remove_leftovers(self) -> None:
        """Remove what is not current: the generation before, and rebuilds that were killed."""
        try:
            current = self.current()
        except EngineError:
            return
        for folder in self.root.glob("gen-*"):
            if folder != current:
                shutil.rmtree(folder, ignore_errors=True)


def read_fingerprint(folder: Path) -> dict[str, object] | None:
    """What a generation was made under; None where that cannot be told."""
    try:
        found = json.loads((folder / _FINGERPRINT).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def check_fingerprint(folder: Path, fingerprint: Fingerprint) -> None:
    """Raise EngineError where the generation was made under another fingerprint."""
    found = read_fingerprint(folder)
    if found == dict(fingerprint):
        return
    if found is None:
        why = f"{folder / _FINGERPRINT} cannot be read"
    else:
        differing = [key for key in fingerprint if found.get(key) != fingerprint[key]]
        why = "; ".join(f"{key}: {found.get(key)}, now {fingerprint[key]}" for key in differing)
    raise EngineError(
        f"rebuild needed: the index was made differently ({why}): run kazami index --rebuild"
    )


@contextmanager
def locked(
    root: Path, *, wait: float, waiting: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Be the one writer of the index under ``root``.

    Waits up to ``wait`` seconds for another to finish, having told ``waiting`` who it is; then
    raises EngineError. The lock ends with the process that holds it, however that ends.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / _LOCK).open("a+", encoding="utf-8") as file:
        deadline = time.monotonic() + wait
        told = False
        while not _taken(file.fileno()):
            holder = _holder(root / _LOCK)
            if time.monotonic() >= deadline:
                raise EngineError(f"{holder}: wait until it is through, then run this again")
            if waiting is not None and not told:
                waiting(f"{holder}: waiting for it")
                told = True
            time.sleep(0.1)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(lock: Path) -> str:
    process = lock.read_text("utf-8").strip() or "unknown"
    since = datetime.fromtimestamp(lock.stat().st_mtime).astimezone()
    return f"process {process} has been writing the index since {since:%H:%M:%S} ({lock})"


def _replace(path: Path, text: str) -> None:
    """Write a small file so that it is there whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
