"""The sources with what is known of each: where it stands, its permission, its last run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from answers.corrections import corrected_by_source
from answers.opening import store_if_any
from crawler.detection import expected_of, readable
from crawler.permission.robots_history import FILE as ROBOTS_HISTORY
from crawler.permission.robots_history import RobotsHistory, origin
from crawler.permission.standing import Standing as Standing
from crawler.permission.standing import standing
from crawler.platform import platform
from kazami.bodies import Body, load_bodies
from kazami.document import Kind
from kazami.errors import KazamiError
from kazami.permission import PERMISSIONS, Permission, load_permissions, may_pass_on
from kazami.sources import Expect, Source, load_sources, sources_of

if TYPE_CHECKING:
    from kazami.fills import Fills
    from kazami.settings import Settings
    from kazami.store import SourceRun

HEALTHS = (
    "never",
    "ok",
    "alarm",
    "limit",
    "failed",
    "interrupted",
    "blocked",
    "unreachable",
    "needs-permission",
    "suspended",
    "not-now",
)
"""How a last run ended; ``alarm`` is a whole run that brought too little."""


DOUBTFUL = "doubtful"
"""Asked for as if it were a health: sources with sittings whose reading is in doubt."""


class NoSource(KazamiError):
    """No source belongs to what was named."""


def health_of(run: SourceRun | None) -> str:
    """One of ``HEALTHS``; what a newer version wrote stays as it is."""
    if run is None:
        return "never"
    if run.finished is None:
        return "interrupted"
    status = (run.status or "failed").replace(" ", "-")
    return "alarm" if status == "ok" and run.note else status


@dataclass(frozen=True, slots=True)
class KnownSource:
    """One source and what is known of it."""

    source: Source
    body: Body
    standing: Standing
    permission: Permission | None
    run: SourceRun | None
    doubtful: int = 0
    """Sittings of it whose speakers or day may have been read wrong."""
    corrected: int = 0
    """Passages and days of it that a person corrected."""

    @property
    def health(self) -> str:
        """One of ``HEALTHS``."""
        return health_of(self.run)

    @property
    def redistribute(self) -> bool:
        """Whether a recorded permission lets its texts be passed on."""
        granted = self.permission
        return granted is not None and granted.fetch and granted.redistribute

    @property
    def pass_on(self) -> bool:
        """Whether its texts may be given to others."""
        return may_pass_on(self.source, self.permission)

    @property
    def unreadable(self) -> str | None:
        """Why kazami cannot read it yet, or is not known to; None where it can."""
        return readable(self.source) or self.source.doubt or None

    @property
    def needs_leave(self) -> bool:
        """Whether somebody's word is missing before it may be fetched."""
        return self.standing in (
            Standing.NEEDS_PERMISSION,
            Standing.REFUSED,
            Standing.SUSPENDED,
        )

    @property
    def expect(self) -> Expect:
        """What a whole run of it must bring."""
        return expected_of(self.source)

    @property
    def last_run(self) -> datetime | None:
        """When its last run ended, or began where it never ended."""
        return (self.run.finished or self.run.started) if self.run else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFilters:
    """Which sources are looked at: any of the values within one field, and every field.

    ``bodies`` are six-digit codes, ``prefectures`` two-digit ones; ``least`` and ``most`` are
    residents, both inclusive. The Diet has no residents and falls under no limit.
    """

    bodies: Collection[str] = ()
    prefectures: Collection[str] = ()
    kinds: Collection[Kind] = ()
    platforms: Collection[str] = ()
    standings: Collection[str] = ()
    healths: Collection[str] = ()
    least: int | None = None
    most: int | None = None

    def passes(self, known: KnownSource) -> bool:
        """Whether the source is one of them."""
        return (
            (not self.bodies or known.source.body in self.bodies)
            and (not self.prefectures or known.source.body[:2] in self.prefectures)
            and (not self.kinds or known.source.kind in self.kinds)
            and (not self.platforms or known.source.platform in self.platforms)
            and (not self.standings or known.standing in self.standings)
            and (not self.healths or self._of_that_health(known))
            and self._of_that_size(known.body.population)
        )

    def _of_that_health(self, known: KnownSource) -> bool:
        return known.health in self.healths or (DOUBTFUL in self.healths and known.doubtful > 0)

    def _of_that_size(self, residents: int | None) -> bool:
        if residents is None:
            return self.least is None and self.most is None
        return (self.least is None or residents >= self.least) and (
            self.most is None or residents <= self.most
        )


def known_sources(settings: Settings, sources: Iterable[Source] | None = None) -> list[KnownSource]:
    """These sources, or all."""
    bodies = load_bodies()
    permissions = load_permissions(settings.data_dir / PERMISSIONS)
    looks = RobotsHistory(settings.data_dir / ROBOTS_HISTORY)
    runs, doubtful, corrected = _last_runs(settings)
    known = []
    for source in load_sources() if sources is None else sources:
        body = bodies.get(source.body)
        assert body is not None, source.id  # load_sources has seen to it
        permission = permissions.get(source.id)
        stands = standing(source, permission, looks)
        run, doubts = runs.get(source.id), doubtful.get(source.id, 0)
        said = corrected.get(source.id, 0)
        known.append(KnownSource(source, body, stands, permission, run, doubts, said))
    return known


def fills_of(settings: Settings, source: Source) -> Fills | None:
    """How much of each field is filled in what its latest runs stored, and usually.

    Where no run has it on record, what is stored is usual. None where nothing is.
    """
    from kazami.fills import Fills

    store = store_if_any(settings)
    if store is None:
        return None
    with store:
        run = store.last_filled_run(source.id)
        if run is not None:
            return run.fills
        stored = store.stored_rates(source.id, source.kind)
        return Fills(latest={}, usual=stored) if stored else None


def robots_forbids_text(source: Source) -> bool:
    """Whether the robots.txt of sites of its platform forbids the text, as a rule."""
    return platform(source.platform).robots_forbids_text


def chosen(known: Sequence[KnownSource], wanted: SourceFilters) -> list[KnownSource]:
    """Those that pass the filters; raises NoSource for a platform or health that there is not."""
    for health in wanted.healths:
        if health not in (*HEALTHS, DOUBTFUL):
            there_are = ", ".join((*HEALTHS, DOUBTFUL))
            raise NoSource(f"no health {health!r}; there are {there_are}")
    platforms = {each.source.platform for each in known}
    for name in wanted.platforms:
        if name not in platforms:
            raise NoSource(f"no platform {name!r}; there are {', '.join(sorted(platforms))}")
    return [each for each in known if wanted.passes(each)]


def named(name: str) -> list[Source]:
    """The source of this id, or the sources of the body so named; raises NoSource."""
    code, slash, _ = name.partition("/")
    body = load_bodies().find(code)
    sources = sources_of([body.code])
    found = [source for source in sources if source.id == name] if slash else list(sources)
    if not found:
        known = ", ".join(source.id for source in sources) or "none yet; see kazami sources list"
        raise NoSource(f"no source {name}; {body.full_name} has: {known}")
    return found


def the_one(name: str) -> Source:
    """The source so named where there is only one; raises NoSource naming the others.

    A body's name alone means its minutes: those are what offices are asked for.
    """
    found = named(name)
    if len(found) > 1:
        found = [each for each in found if each.kind is Kind.MINUTES] or found
    if len(found) > 1:
        raise NoSource(
            f"{name} has several sources, say which: {', '.join(source.id for source in found)}"
        )
    return found[0]


def those_that_wait(settings: Settings, name: str) -> list[Source]:
    """Those of the sources so named whose robots.txt waits for a word, one of each host.

    Where none does, the one that is meant (``the_one``): raises NoSource as that.
    """
    waiting = {
        origin(known.source.url): known.source
        for known in reversed(known_sources(settings, named(name)))
        if known.standing is Standing.SUSPENDED
    }
    return list(waiting.values()) or [the_one(name)]


def other_sources(source: Source) -> list[Source]:
    """What else the same body publishes: an answer about one source is about none of these."""
    return [each for each in sources_of([source.body]) if each.id != source.id]


def _last_runs(
    settings: Settings,
) -> tuple[dict[str, SourceRun], dict[str, int], dict[str | None, int]]:
    """The last run of each source, how many sittings are doubtful, and how much is corrected."""
    store = store_if_any(settings)
    if store is None:
        return {}, {}, {}
    with store:
        return store.source_runs(), store.doubtful(), corrected_by_source(store)
