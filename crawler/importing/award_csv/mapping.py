"""A person's own mapping of a table's columns, as TOML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crawler.importing.award_csv.cells import UNITS
from crawler.importing.award_csv.words import AwardColumn
from kazami.toml_tables import SourceError, only_keys, read_toml, table_at, text_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """Which column holds what: its printed name, or its place from 1 in a table without header.

    ``body`` is whose awards all rows are, ``unit`` that of the amounts, in yen; None where the
    table itself says it.
    """

    columns: Mapping[AwardColumn, str | int] = field(default_factory=dict)
    body: str | None = None
    unit: int | None = None

    @property
    def header(self) -> bool:
        """Whether the table has a header."""
        return not any(isinstance(place, int) for place in self.columns.values())


def read_mapping(file: Path) -> ColumnMapping:
    """The mapping of a file; raises SourceError naming what is wrong in it."""
    read = read_toml(file)
    only_keys(read, ("columns", "body", "unit"), str(file))
    where = f"{file}: columns"
    named = table_at(read.get("columns", {}), where)
    only_keys(named, tuple(AwardColumn), where)
    columns: dict[AwardColumn, str | int] = {}
    for name, place in named.items():
        right = isinstance(place, str | int) and not isinstance(place, bool)
        if not right or not place or (isinstance(place, int) and place < 1):
            raise SourceError(
                f"{where}.{name}: the name of a column is needed, or its place from 1, "
                f"not {place!r}"
            )
        assert isinstance(place, str | int)
        columns[AwardColumn(name)] = place
    kinds = {type(place) for place in columns.values()}
    if len(kinds) > 1:
        raise SourceError(f"{where}: give names of columns or places, not both")
    if AwardColumn.TITLE not in columns:
        raise SourceError(f"{where}: title (件名) is needed; known are {', '.join(AwardColumn)}")
    unit = text_at(read, "unit", str(file)) if "unit" in read else None
    if unit is not None and unit not in UNITS:
        raise SourceError(f"{file}: unit: {unit!r} is none of {', '.join(UNITS)}")
    return ColumnMapping(
        columns=columns,
        body=text_at(read, "body", str(file)) if "body" in read else None,
        unit=None if unit is None else UNITS[unit],
    )
