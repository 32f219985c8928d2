"""The engines by name; an engine is imported when it is asked for."""

from __future__ import annotations

from pathlib import Path

from indexer import tokens
from indexer.engines.base import EngineError, Reader, Writer
from indexer.engines.generations import Fingerprint, Generations, check_fingerprint
from kazami.settings import Settings

ENGINES = ("whoosh",)

_LAYOUT = 2
"""Raise it when what is written into an index changes."""


def generations(settings: Settings) -> Generations:
    """The generations of the engine that the settings name; EngineError where there is no such."""
    if settings.engine not in ENGINES:
        known = ", ".join(ENGINES)
        raise EngineError(f"engine = {settings.engine!r}: no such engine; there is {known}")
    return Generations(settings.data_dir / "index" / settings.engine)


def fingerprint() -> Fingerprint:
    """All that shapes the index: one with another fingerprint must be rebuilt."""
    from indexer.engines.whoosh.files import VERSION

    return {"layout": _LAYOUT, "tokens": tokens.fingerprint(), "whoosh": VERSION}


def open_reader(settings: Settings) -> Reader:
    """The last commit, to be used in a ``with``.

    Raises EngineError, saying what to do, where there is no index yet, where it was made under
    another fingerprint, and where it is damaged. Opening an index unpickles parts of it: the data
    directory is trusted input, so never open one that came from elsewhere.
    """
    from indexer.engines.whoosh.reader import WhooshReader

    place = generations(settings)
    for _ in range(3):
        folder = place.current()
        if folder is None:
            raise EngineError(f"no index yet in {settings.data_dir}: run kazami index")
        try:
            check_fingerprint(folder, fingerprint())
            return WhooshReader(folder)
        except EngineError:
            # A rebuild may have been switched in, and this generation removed, meanwhile.
            if folder == place.current():
                raise
    raise EngineError(f"the index in {place.root} keeps being replaced: try again")


def open_writer(settings: Settings, folder: Path) -> Writer:
    """The writer of one generation; the caller holds the lock."""
    from indexer.engines.whoosh.writer import WhooshWriter

    return WhooshWriter(folder, workers=settings.workers)
