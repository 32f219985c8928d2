"""The list of sources for other programs: JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterable

from answers.sources import KnownSource
from presenting.columns import Code, Column, names_of, values_of
from presenting.export import to_csv, to_json

_COLUMNS: tuple[Column[KnownSource], ...] = (
    Column("body", Code, lambda each: Code(each.source.body)),
    Column("body_name", str, lambda each: each.body.full_name),
    Column("prefecture", str, lambda each: each.body.prefecture or None),
    Column("kind", str, lambda each: each.source.kind.value),
    Column("platform", str, lambda each: each.source.platform),
    Column("url", str, lambda each: each.source.url or None),
    Column("permission", str, lambda each: each.standing.value),
    Column("health", str, lambda each: each.health),
    Column("doubtful", int, lambda each: each.doubtful),
    Column("corrected", int, lambda each: each.corrected),
    Column("redistribute", bool, lambda each: each.redistribute),
    Column("pass_on", bool, lambda each: each.pass_on),
    Column("readable", bool, lambda each: each.unreadable is None),
    Column("population", int, lambda each: each.body.population),
    Column("last_run", str, lambda each: each.last_run and each.last_run.isoformat()),
    Column("delay", float, lambda each: each.source.delay),
    Column("notes", str, lambda each: each.source.notes or None),
    Column("id", str, lambda each: each.source.id),
)


def sources_json(known: Iterable[KnownSource]) -> str:
    """A list of objects; ``readable`` is false where kazami cannot read the source yet."""
    names = names_of(_COLUMNS)
    return to_json([dict(zip(names, values_of(_COLUMNS, each), strict=True)) for each in known])


def sources_csv(known: Iterable[KnownSource]) -> str:
    return to_csv(names_of(_COLUMNS), (values_of(_COLUMNS, each) for each in known))
