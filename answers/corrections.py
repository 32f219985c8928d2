"""Corrections: what a person said in place of what was read, and how much of it there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from indexer.engines.matching import fits
from indexer.query import Filters
from kazami.document import Passage
from kazami.fields import TextField
from kazami.text import fold_name

if TYPE_CHECKING:
    from kazami.store import Correction as Correction
    from kazami.store import Store


@dataclass(frozen=True, slots=True)
class Corrected:
    """One field that is another than what was ``read``; both as in ``kazami.store.Correction``."""

    field: str
    read: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class CorrectionsAnswer:
    """Corrections, the latest last."""

    corrections: tuple[Correction, ...]

    @property
    def lost(self) -> int:
        """How many stand nowhere, because the words of their passage are gone."""
        return sum(not each.placed for each in self.corrections)


def corrections(store: Store, bodies: Collection[str] = ()) -> CorrectionsAnswer:
    """All corrections, or those in the documents of these bodies (codes)."""
    return CorrectionsAnswer(
        tuple(each for each in store.corrections() if not bodies or each.body in bodies)
    )


def corrected(
    passage: Passage, day: date | None, read: Mapping[str, str | None]
) -> tuple[Corrected, ...]:
    """What is corrected of a passage and its document's day; ``read`` is that of StoredPassage."""
    found = []
    for field in passage.corrected:
        if field in read:
            value = getattr(passage, field)
            found.append(Corrected(field, read[field], None if value is None else str(value)))
    return (*found, *corrected_day(day, read))


def corrected_day(day: date | None, read: Mapping[str, str | None]) -> tuple[Corrected, ...]:
    """What is corrected of a document's day; ``read`` as before."""
    if "day" not in read:
        return ()
    return (Corrected("day", read["day"], None if day is None else day.isoformat()),)


def corrected_among(store: Store, filters: Filters) -> int:
    """How many passages and days are corrected of what these filters let through.

    A day is of no speaker: where speakers, offices, seats or stances are asked for, it counts not.
    """
    ids = {each.id for each in store.corrections() if _marked(each) and _in(each, filters)}
    if not filters.stances and not any(filters.texts()):
        return len(ids)
    found = store.passages(ids)
    return sum(_says(each.passage, filters) for each in found.values())


def corrected_by_source(store: Store) -> dict[str | None, int]:
    """The same of every source that has any; those of imported documents under None."""
    return Counter({each.id: each.source for each in store.corrections() if _marked(each)}.values())


def _marked(correction: Correction) -> bool:
    return correction.placed and correction.read != correction.value


def _says(passage: Passage, filters: Filters) -> bool:
    """Whether the passage passes, as far as it goes by who speaks."""
    return (not filters.stances or passage.stance in filters.stances) and all(
        _is_one_of(field, values, field.of(passage)) for field, values in filters.texts()
    )


def _is_one_of(field: TextField, wanted: Iterable[str], printed: str | None) -> bool:
    if printed is None:
        return False
    folded = fold_name(printed)
    return any(fits(field, value)(folded) for value in wanted)


def _in(correction: Correction, filters: Filters) -> bool:
    """Whether its document passes."""
    return (
        (not filters.bodies or correction.body in filters.bodies)
        and (not filters.prefectures or correction.body[:2] in filters.prefectures)
        and (not filters.kinds or correction.kind in filters.kinds)
        and (filters.since is None or correction.date >= filters.since)
        and (filters.until is None or correction.date <= filters.until)
    )
