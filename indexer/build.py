"""From the store to the index: what has changed since the last time, or all of it anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.engines.base import EngineError
from indexer.engines.generations import Generations, check_fingerprint, locked
from indexer.engines.registry import fingerprint, generations, open_writer
from kazami.settings import Settings
from kazami.store import Store

CHECKPOINT_CHARACTERS = 16_000_000
"""A long build commits each time so much text is done: a killed one continues from there."""

WAIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was indexed; ``change`` is the store's change number that the index now stands at."""

    change: int
    documents: int
    passages: int
    seconds: float
    rebuilt: bool


def build(
    store: Store,
    settings: Settings,
    *,
    rebuild: bool = False,
    progress: Callable[[int, int], None] | None = None,
    waiting: Callable[[str], None] | None = None,
    wait: float = WAIT_SECONDS,
) -> BuildReport:
    """Bring the index up to date with the store; with ``rebuild`` make a new one and switch to it.

    ``progress`` is told how many changes of how many are done. One process writes at a time: a
    second waits ``wait`` seconds, having told ``waiting`` for whom. Raises EngineError where the
    lock is not to be had, the index was made under another fingerprint or is damaged, the store
    is older than the index, or the disk refuses.
    """
    started = time.monotonic()
    place = generations(settings)
    try:
        with locked(place.root, wait=wait, waiting=waiting):
            folder = _generation(place, rebuild)
            change, documents, passages = _fill(store, settings, folder, progress)
            if rebuild:
                place.switch(folder)
    except OSError as error:
        where = error.filename or place.root
        raise EngineError(
            f"cannot write the index ({error.strerror or error}: {where}): make room or give the"
            " right to write there, then run kazami index again; what was committed is safe"
        ) from error
    return BuildReport(change, documents, passages, time.monotonic() - started, rebuild)


def _generation(place: Generations, rebuild: bool) -> Path:
    if rebuild:
        return place.fresh(fingerprint())
    folder = place.current()
    if folder is None:
        # A first index may be searched while it grows.
        folder = place.fresh(fingerprint())
        place.switch(folder)
    check_fingerprint(folder, fingerprint())
    place.remove_leftovers()
    return folder


def _fill(
    store: Store,
    settings: Settings,
    folder: Path,
    progress: Callable[[int, int], None] | None,
) -> tuple[int, int, int]:
    writer = open_writer(settings, folder)
    try:
        after, last = writer.change, store.last_change()
        if last < after:
            raise EngineError(
                f"the store stands at change {last}, the index at {after}: the store was replaced"
                " by an older one; run kazami index --rebuild"
            )
        change, documents, passages, characters = after, 0, 0, 0
        for each in store.changes(after):
            writer.put([each.document])
            change = each.number
            documents += 1
            passages += len(each.document.passages)
            characters += sum(len(passage.text) for passage in each.document.passages)
            if characters >= CHECKPOINT_CHARACTERS:
                writer.commit(change)
                characters = 0
            if progress is not None:
                progress(change - after, max(last, change) - after)
        writer.commit(max(change, last))
        return writer.change, documents, passages
    finally:
        writer.close()
