"""The versions of a tender among what is stored: what its latest document makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from answers.joining import AWARDED_WITHIN, JoinedTender, join, version_of
from kazami.facts import Stage
from kazami.store import AwardFilter, TenderFilter
from kazami.text import fold_name

if TYPE_CHECKING:
    from kazami.document import Document
    from kazami.store import Store, StoredAward, StoredTender

_ALIKE = 0.4
"""A title of less of the same pairs of letters is not looked at closer."""

_PORTAL = "kkj:"
"""Ids of what the procurement portal copied from a body's own page."""

_LATER = frozenset({Stage.CORRECTION, Stage.CANCELLED, Stage.FAILED})


@dataclass(frozen=True, slots=True)
class SeenTender:
    """A tender as its latest document leaves it, and all that is joined to it."""

    tender: StoredTender
    joined: JoinedTender


def later_versions(store: Store, tenders: Iterable[StoredTender], day: date) -> list[StoredTender]:
    """What the same bodies corrected, called off or failed to buy, up to a day."""
    bodies = frozenset(each.body for each in tenders)
    if not bodies:
        return []
    asked = TenderFilter(bodies=bodies, stages=_LATER, since=day - AWARDED_WITHIN, until=day)
    return store.tenders(asked)


def seen(tenders: Iterable[StoredTender]) -> Iterator[SeenTender]:
    """Each tender once, with what its documents say together."""
    by_id = {each.id: each for each in tenders}
    for joined in join(map(version_of, by_id.values())):
        yield SeenTender(_latest([by_id[each.id] for each in joined.versions]), joined)


def _latest(versions: list[StoredTender]) -> StoredTender:
    """The last one, with what it leaves unsaid from those before it.

    A day of closing stands until a later document names another. The body's own page goes before
    the portal's copy of the same day and stage.
    """
    last = versions[-1]
    if len(versions) == 1:
        return last
    own = [
        each
        for each in versions
        if (each.stage, each.date) == (last.stage, last.date) and not each.id.startswith(_PORTAL)
    ]
    last = own[-1] if own else last
    back = [last, *(each for each in versions[::-1] if each is not last)]
    timed = next((each for each in back if each.closes is not None), last)
    said: dict[str, Any] = {}
    for name in ("project", "number", "category", "procedure", "budget", "url"):
        stated = (value for each in back if (value := getattr(each, name)) is not None)
        said[name] = next(stated, None)
    for name in ("closes", "closes_at", "closes_for"):
        said[name] = getattr(timed, name)
    return replace(last, **said)


def versions_of(store: Store, document: Document) -> JoinedTender | None:
    """What is joined to a tender or award; None where it is neither, or stands alone."""
    bodies = frozenset({document.body})
    since = document.date and document.date - AWARDED_WITHIN
    until = document.date and document.date + AWARDED_WITHIN
    near: list[StoredTender | StoredAward] = [
        *store.tenders(TenderFilter(bodies=bodies, since=since, until=until)),
        *store.awards(AwardFilter(bodies=bodies, since=since, until=until)),
    ]
    own = next((each for each in near if each.id == document.id), None)
    if own is None:
        return None
    words = _pairs(own.project or own.title)
    like = [each for each in near if each.id == own.id or _may_be(own, words, each)]
    joined = next(
        each
        for each in join(map(version_of, like))
        if any(version.id == own.id for version in each.versions)
    )
    return joined if len(joined.versions) > 1 else None


def first_versions(store: Store, awards: Sequence[StoredAward]) -> dict[str, str]:
    """Of each award the id of the oldest document that is joined to it, its own where none is."""
    days = [each.date for each in awards if each.date is not None]
    if not days:
        return {}
    around = TenderFilter(
        bodies=frozenset(each.body for each in awards),
        since=min(days) - AWARDED_WITHIN,
        until=max(days),
    )
    documents: list[StoredTender | StoredAward] = [*store.tenders(around), *awards]
    return {
        version.id: joined.versions[0].id
        for joined in join(map(version_of, documents))
        for version in joined.versions
    }


def _may_be(
    own: StoredTender | StoredAward, words: set[str], other: StoredTender | StoredAward
) -> bool:
    """Whether a closer look is worth its time."""
    if own.number and own.number == other.number:
        return True
    others = _pairs(other.project or other.title)
    return len(words & others) >= _ALIKE * min(len(words), len(others))


def _pairs(text: str) -> set[str]:
    folded = fold_name(text)
    return {folded[at : at + 2] for at in range(max(len(folded) - 1, 1))}
