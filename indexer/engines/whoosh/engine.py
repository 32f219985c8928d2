"""The default engine: an index in files, in pure Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from indexer import tokens
from indexer.engines.base import Fingerprint, Generation, Reader, Writer
from indexer.engines.generations import Generations, check_fingerprint, locked
from indexer.engines.whoosh.reader import WhooshReader
from indexer.sinks import TokenSink

LAYOUT = 4
"""Raise it when what is written into an index changes."""


class WhooshEngine:
    """Satisfies ``indexer.engines.base.Engine``; a generation is a folder under ``root``.

    Opening an index unpickles parts of it: the data directory is trusted input, so never open
    one that came from elsewhere.
    """

    lasting = True

    def __init__(
        self, root: Path, *, store: int = 0, workers: int = 0, batch: int | None = None
    ) -> None:
        """``store`` is the identity of the store that is indexed: change numbers are its own.

        ``workers`` and ``batch`` (characters) as in ``WhooshWriter``.
        """
        self.generations = Generations(root)
        self._store = store
        self._workers, self._batch = workers, batch

    def fingerprint(self) -> Fingerprint:
        from indexer.engines.whoosh.files import VERSION

        return {
            "layout": LAYOUT,
            "tokens": tokens.fingerprint(),
            "whoosh": VERSION,
            "store": self._store,
        }

    def current(self) -> Generation | None:
        folder = self.generations.current()
        return None if folder is None else folder.name

    def begin(self) -> Generation:
        return self.generations.fresh(self.fingerprint()).name

    def switch(self, generation: Generation) -> None:
        self.generations.switch(self.generations.root / generation)

    def reader(self) -> Reader:
        return self.generations.open_current(self.fingerprint(), WhooshReader)

    def writer(self, generation: Generation, sinks: Sequence[TokenSink] = ()) -> Writer:
        from indexer.engines.whoosh.writer import BATCH_CHARACTERS, WhooshWriter

        folder = self.generations.root / generation
        check_fingerprint(folder, self.fingerprint())
        batch = self._batch or BATCH_CHARACTERS
        return WhooshWriter(folder, workers=self._workers, batch=batch, sinks=sinks)

    def lock(
        self, *, wait: float, waiting: Callable[[str], None] | None = None
    ) -> AbstractContextManager[None]:
        return locked(self.generations.root, wait=wait, waiting=waiting)
