"""Choosing: which sources a crawl is to visit, and what that would cost."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from answers.sources import known_sources
from crawler.detection import readable
from crawler.running.cost import Load as Load
from crawler.running.cost import Plan as Plan
from crawler.running.cost import Share as Share
from crawler.running.cost import plan
from kazami.bodies import load_bodies
from kazami.document import Kind
from kazami.errors import KazamiError
from kazami.sources import Source, load_sources, sources_of

if TYPE_CHECKING:
    from kazami.settings import Settings

ASKABLE = "kokkai"
"""The platform that answers a query; the others can only be read as a whole."""


class NoChoice(KazamiError):
    """What was asked for chooses no source that can be fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """``sources`` that kazami can read, and how many it cannot read yet are left out."""

    sources: tuple[Source, ...]
    left_out: int


def chosen_sources(
    bodies: Collection[str],
    kinds: Collection[Kind],
    platforms: Collection[str],
    *,
    territory: Collection[str] = (),
    all_of_them: bool,
) -> list[Source]:
    """The sources that fit; where nothing is asked for, all of them only if that is wanted.

    Each of ``bodies`` must have one; those of a ``territory`` have what they have. Raises NoChoice
    saying what there is.
    """
    # An unknown platform is answered with all there are; else the bodies' own files are enough.
    asked = {*bodies, *territory}
    sources = sources_of(asked) if asked and not platforms else load_sources()
    if not (asked or kinds or platforms or all_of_them):
        raise NoChoice(
            f"there are {len(sources):,} sources; say which: --body 桐生市, --body 国会, "
            "--platform kensakusystem or --kind minutes (kazami sources lists them)"
        )
    known = sorted({source.platform for source in sources})
    for platform in platforms:
        if platform not in known:
            raise NoChoice(f"no platform {platform!r}; there are {', '.join(known)}")
    for body in bodies:
        if all(source.body != body for source in sources):
            found = load_bodies().get(body)
            raise NoChoice(
                f"there is no source for {found.full_name if found else body} ({body}) yet; "
                "kazami sources lists those there are"
            )
    chosen = [
        source
        for source in sources
        if (not asked or source.body in asked)
        and (not kinds or source.kind in kinds)
        and (not platforms or source.platform in platforms)
    ]
    if not chosen:
        raise NoChoice("no source fits all of --body, --territory, --kind and --platform")
    return chosen


def to_fetch(sources: Sequence[Source], *, query: str | None) -> Choice:
    """Those that kazami can read; raises NoChoice where it can read none.

    A ``query`` can be put to the Diet's API only: NoChoice where another is among them.
    """
    if query is not None and any(source.platform != ASKABLE for source in sources):
        raise NoChoice(
            "--query goes with the Diet only, whose API can be asked; add --body 国会, "
            "or leave --query out and search what was fetched"
        )
    reasons = [readable(source) for source in sources]
    if all(reasons):
        one = sources[0]
        raise NoChoice(
            f"{one.id} cannot be fetched: {reasons[0]}; kazami sources show {one.body} says more"
        )
    can = [source for source, reason in zip(sources, reasons, strict=True) if reason is None]
    return Choice(sources=tuple(can), left_out=len(sources) - len(can))


def cost(settings: Settings, sources: Sequence[Source], today: date) -> Plan:
    """What a first fill of these sources and a daily update would cost; nothing is fetched."""
    known = known_sources(settings, sources)
    return plan(
        sources,
        {each.source.id: each.standing for each in known},
        {each.source.id: each.permission for each in known if each.permission},
        {each.body.code: each.body for each in known},
        today=today,
        months=settings.recheck_months,
    )
