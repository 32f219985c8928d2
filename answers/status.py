"""Status: what is collected, and how fresh the index is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from answers.opening import store_if_any
from indexer.query import By, Cell, Filters, Measure
from kazami.errors import KazamiError

if TYPE_CHECKING:
    from kazami.settings import Settings
    from kazami.store import BodyCounts, Extent, SourceRun, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """How the index stands to the store.

    ``waiting`` counts changes that it does not hold yet, ``kinds`` what it holds by kind;
    ``problem`` says why it cannot be asked.
    """

    waiting: int = 0
    kinds: tuple[Cell, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusAnswer:
    """What lies in the data directory: by body (its code), the last run of each source, index."""

    data: Path
    extent: Extent
    bodies: Mapping[str, BodyCounts]
    runs: tuple[SourceRun, ...]
    index: IndexState


def status(settings: Settings) -> StatusAnswer | None:
    """The status, or None where nothing is collected yet."""
    store = store_if_any(settings)
    if store is None:
        return None
    with store:
        extent = store.extent()
        if not extent.documents:
            return None
        return StatusAnswer(
            data=settings.data_dir,
            extent=extent,
            bodies=store.counts_by_body(),
            runs=tuple(store.source_runs().values()),
            index=_index_state(settings, store),
        )


def _index_state(settings: Settings, store: Store) -> IndexState:
    from indexer.engines.registry import open_reader

    counted = frozenset({Measure.PASSAGES, Measure.DOCUMENTS})
    try:
        with open_reader(settings, store) as reader:
            kinds = reader.tally(None, Filters(), by=By.KIND, measures=counted)
            return IndexState(waiting=store.last_change() - reader.change, kinds=tuple(kinds))
    except KazamiError as error:
        return IndexState(problem=str(error))
