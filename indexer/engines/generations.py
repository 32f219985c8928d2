"""Generations as folders, for engines whose index is files: where they lie, and which is current.

``DATA/index/ENGINE/`` holds ``gen-0001/``, ``gen-0002/`` … and ``current``, a text file that
names the one that is searched. A rebuild grows beside it and is switched in by replacing
``current``; so a reader sees the whole old index or the whole new one.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from indexer.engines.base import EngineError, Fingerprint
from kazami.files import Locked, process_lock, replace_file

_CURRENT, _FINGERPRINT, _LOCK = "current", "fingerprint.json", "lock"

_Opened = TypeVar("_Opened")


class Generations:
    """The generations of one engine under ``root``. Only ``current`` may be asked without lock."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path | None:
        """The generation that is searched; None where there is none yet.

        Raises EngineError where the one that is named is not there.
        """
        name = self._named()
        while name is not None:
            folder = self.root / name
            if name.startswith("gen-") and folder.is_dir():
                return folder
            # A rebuild may have been switched in between the two looks, and this one removed.
            before, name = name, self._named()
            if name == before:
                raise EngineError(
                    f"{self.root / _CURRENT} names {name or 'nothing'}, which is not there:"
                    " run kazami index --rebuild"
                )
        return None

    def _named(self) -> str | None:
        try:
            return (self.root / _CURRENT).read_text("utf-8").strip()
        except FileNotFoundError:
            return None

    def fresh(self, fingerprint: Fingerprint) -> Path:
        """A new, empty generation, not yet current."""
        self.remove_leftovers()
        newest = max((int(path.name[4:]) for path in self.root.glob("gen-*")), default=0)
        folder = self.root / f"gen-{newest + 1:04}"
        folder.mkdir(parents=True)
        made = json.dumps(dict(fingerprint), ensure_ascii=False, indent=1)
        replace_file(folder / _FINGERPRINT, made)
        return folder

    def switch(self, folder: Path) -> None:
        """Let readers see this generation from now on, and remove the others."""
        replace_file(self.root / _CURRENT, folder.name + "\n")
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

    def open_current(self, fingerprint: Fingerprint, open: Callable[[Path], _Opened]) -> _Opened:
        """What ``open`` makes of the current generation, also while another is switched in.

        Raises EngineError where there is none, where it was made under another fingerprint, and
        what ``open`` raises.
        """
        for _ in range(3):
            folder = self.current()
            if folder is None:
                raise EngineError(f"no index yet in {self.root}: run kazami index")
            try:
                check_fingerprint(folder, fingerprint)
                return open(folder)
            except EngineError:
                # A rebuild may have been switched in, and this generation removed, meanwhile.
                if folder == self.current():
                    raise
        raise EngineError(f"the index in {self.root} keeps being replaced: try again")


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
        if found.get("store", fingerprint.get("store")) != fingerprint.get("store"):
            raise EngineError(
                "rebuild needed: the index was made from another store than the one that is open:"
                " run kazami index --rebuild (or mend the setting store)"
            )
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

    def tell(holder: str) -> None:
        if waiting is not None:
            waiting(f"{_writing(holder, root)}: waiting for it")

    lock = process_lock(root / _LOCK, wait=wait, waiting=tell)
    try:
        lock.__enter__()
    except Locked as error:
        busy = _writing(str(error), root)
        raise EngineError(f"{busy}: wait until it is through, then run this again") from None
    try:
        yield
    finally:
        lock.__exit__(None, None, None)


def _writing(holder: str, root: Path) -> str:
    process, _, since = holder.partition(" since ")
    when = f" since {since}" if since else ""
    return f"{process} has been writing the index{when} ({root / _LOCK})"
