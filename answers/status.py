"""Status: what is collected, and how fresh the index is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from answers.corrections import CorrectionsAnswer, corrections
from answers.opening import store_if_any
from indexer.query import By, Cell, Filters, Measure
from kazami.bodies import DIET, in_no_share, is_national, load_bodies
from kazami.errors import KazamiError

if TYPE_CHECKING:
    from kazami.settings import Settings
    from kazami.store import BodyCounts as BodyCounts
    from kazami.store import KindCounts as KindCounts
    from kazami.store import SourceRun as SourceRun
    from kazami.store import Store, StoreExtent


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
    extent: StoreExtent
    bodies: Mapping[str, BodyCounts]
    runs: tuple[SourceRun, ...]
    index: IndexState
    corrections: CorrectionsAnswer

    @property
    def ranked(self) -> list[tuple[str, BodyCounts]]:
        """The bodies, those with the most passages first."""
        return sorted(self.bodies.items(), key=lambda item: (-item[1].passages, item[0]))

    @property
    def latest(self) -> list[SourceRun]:
        """The runs, the latest first."""
        return sorted(self.runs, key=lambda run: run.started, reverse=True)

    @property
    def diet(self) -> bool:
        """Whether the Diet is among the bodies."""
        return DIET in self.bodies

    @property
    def invented(self) -> int:
        """How many of the bodies are the demo's."""
        known = load_bodies()
        return sum(known.is_invented(code) for code in self.bodies)

    @property
    def national(self) -> int:
        """How many of the bodies are organs of the state."""
        return sum(map(is_national, self.bodies))

    @property
    def local(self) -> int:
        """How many of the bodies are local ones."""
        others = sum(map(in_no_share, self.bodies))
        return len(self.bodies) - self.invented - others - self.diet


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
            corrections=corrections(store),
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
