"""From the store to the index: what has changed since the last time, or all of it anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.engines.base import Engine, EngineError, Generation
from indexer.sinks import TokenSink
from indexer.titles import characters as sized
from kazami.document import Kind
from kazami.store import Store

CHECKPOINT_CHARACTERS = 16_000_000
"""A long build commits each time so much text is done: a killed one continues from there."""

WAIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was indexed; ``change`` is the store's change number that the index now stands at.

    ``kinds`` are those of the documents indexed. ``lasting`` is false where the engine keeps no
    index, and nothing was done.
    """

    change: int
    documents: int
    passages: int
    seconds: float
    rebuilt: bool
    kinds: frozenset[Kind] = frozenset()
    lasting: bool = True


def build(
    store: Store,
    engine: Engine,
    *,
    rebuild: bool = False,
    sinks: Sequence[TokenSink] = (),
    progress: Callable[[int, int], None] | None = None,
    waiting: Callable[[str], None] | None = None,
    wait: float = WAIT_SECONDS,
) -> BuildReport:
    """Bring the index up to date with the store; with ``rebuild`` make a new one and switch to it.

    Each of ``sinks`` gets what the index gets; one that is behind it is brought up too.
    ``progress`` is told how many changes of how many are done. One process writes at a time: a
    second waits ``wait`` seconds, having told ``waiting`` for whom. Raises EngineError where the
    lock is not to be had, the index was made under another fingerprint or is damaged, the store
    is older than the index, or the disk refuses.
    """
    started = time.monotonic()
    if not engine.lasting:
        return BuildReport(store.last_change(), 0, 0, 0.0, rebuilt=False, lasting=False)
    try:
        with engine.lock(wait=wait, waiting=waiting):
            generation = _generation(engine, rebuild)
            change, documents, passages, kinds = _fill(store, engine, generation, sinks, progress)
            if rebuild:
                engine.switch(generation)
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        raise EngineError(
            f"cannot write the index ({error.strerror or error}{where}): make room or give the"
            " right to write there, then run kazami index again; what was committed is safe"
        ) from error
    return BuildReport(change, documents, passages, time.monotonic() - started, rebuild, kinds)


def _generation(engine: Engine, rebuild: bool) -> Generation:
    """The generation to write to: a new one, else the current one, else a first."""
    generation = None if rebuild else engine.current()
    if generation is None:
        generation = engine.begin()
        if not rebuild:
            engine.switch(generation)  # a first index may be searched while it grows
    return generation


def _fill(
    store: Store,
    engine: Engine,
    generation: Generation,
    sinks: Sequence[TokenSink],
    progress: Callable[[int, int], None] | None,
) -> tuple[int, int, int, frozenset[Kind]]:
    writer = engine.writer(generation, sinks)

    def commit(change: int) -> None:
        writer.commit(change)
        for sink in sinks:
            sink.commit(change)

    try:
        held, last = writer.change, store.last_change()
        if last < held:
            raise EngineError(
                f"the store stands at change {last}, the index at {held}: the store was replaced"
                " by an older one; run kazami index --rebuild"
            )
        # What is put again replaces itself: whoever was killed before committing catches up.
        after = min([held, *(sink.change for sink in sinks)])
        change, documents, passages, characters = after, 0, 0, 0
        kinds: set[Kind] = set()
        for each in store.changes(after):
            writer.put([each.document])
            change = each.number
            documents += 1
            kinds.add(each.document.kind)
            passages += len(each.document.passages)
            characters += sized(each.document)
            # Never below what the index says it holds.
            if characters >= CHECKPOINT_CHARACTERS and change >= held:
                commit(change)
                characters = 0
            if progress is not None:
                progress(change - after, max(last, change) - after)
        commit(max(change, last))
        return writer.change, documents, passages, frozenset(kinds)
    finally:
        writer.close()
