"""Which column of a table of awards holds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.importing.award_csv.cells import amount, award_day, unit_of
from crawler.importing.award_csv.mapping import ColumnMapping
from crawler.importing.award_csv.words import AwardColumn, column_of
from crawler.importing.document_json import NotADocument
from crawler.importing.text_lines import NoTextFile
from kazami.text import fold_name

LOOKED_AT = 20
"""In so many rows from the top the header must stand; above it titles of the table may."""

PORTAL = (
    AwardColumn.NUMBER,
    AwardColumn.TITLE,
    AwardColumn.DAY,
    AwardColumn.AMOUNT,
    AwardColumn.BODY_CODE,
    AwardColumn.PROCEDURE,
    AwardColumn.SUPPLIER,
    AwardColumn.CORPORATE_NUMBER,
)
"""調達ポータル's open data: eight columns without a header, in this order.

Some describe the fifth and sixth the other way round; ``whose`` tells them apart by their values.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """``places``: the place of each column that is there. ``first`` is the index of the first row.

    ``width`` is that of a row. ``portal``: the eight columns of 調達ポータル. ``unused`` are the
    names of columns that nothing is read from.
    """

    places: Mapping[AwardColumn, int]
    first: int
    width: int
    amount_unit: int = 1
    estimate_unit: int = 1
    portal: bool = False
    unused: tuple[str, ...] = ()


def layout_of(rows: Sequence[Sequence[str]], mapping: ColumnMapping | None, name: str) -> Layout:
    """The layout of a table, from its first rows.

    A mapping decides; else a header is sought, else 調達ポータル's columns. Raises NoTextFile, with
    ``name`` of the file, where none of them fits.
    """
    if mapping is not None and mapping.columns:
        return _mapped(rows, mapping, name)
    best = max(
        ((_read_header(row), -at) for at, row in enumerate(rows[:LOOKED_AT])),
        key=lambda found: (len(found[0]), found[1]),
        default=({}, 0),
    )
    places, at = best[0], -best[1]
    if AwardColumn.TITLE in places and (
        AwardColumn.SUPPLIER in places or AwardColumn.AMOUNT in places
    ):
        return _with_header(rows[at], places, at, None if mapping is None else mapping.unit)
    if rows and 2 * sum(map(_fits_portal, rows)) > len(rows):
        places = {column: place for place, column in enumerate(PORTAL)}
        return Layout(places=places, first=0, width=len(PORTAL), portal=True)
    seen = "、".join(cell.strip() for cell in rows[0] if cell.strip())[:80] if rows else ""
    raise NoTextFile(
        f"{name}: no table of awards that kazami knows ({seen or 'it is empty'}): a header with "
        "件名 and 落札者 or 落札金額 is needed, or a file of columns: --mapping"
    )


def _read_header(row: Sequence[str]) -> dict[AwardColumn, int]:
    found: dict[AwardColumn, tuple[int, int]] = {}
    for place, cell in enumerate(row):
        known = column_of(cell) if cell.strip() else None
        if known is not None and (known[0] not in found or known[1] < found[known[0]][0]):
            found[known[0]] = (known[1], place)
    return {column: place for column, (_, place) in found.items()}


def _with_header(
    header: Sequence[str], places: Mapping[AwardColumn, int], at: int, unit: int | None
) -> Layout:
    used = set(places.values())

    def unit_at(column: AwardColumn) -> int:
        return unit or (unit_of(header[places[column]]) if column in places else 1)

    return Layout(
        places=places,
        first=at + 1,
        width=len(header),
        amount_unit=unit_at(AwardColumn.AMOUNT),
        estimate_unit=unit_at(AwardColumn.ESTIMATE),
        unused=tuple(
            cell.strip() for place, cell in enumerate(header) if cell.strip() and place not in used
        ),
    )


def _mapped(rows: Sequence[Sequence[str]], mapping: ColumnMapping, name: str) -> Layout:
    if not mapping.header:
        places = {c: place - 1 for c, place in mapping.columns.items() if isinstance(place, int)}
        width = max((len(row) for row in rows), default=0)
        if max(places.values()) >= width:
            raise NoTextFile(f"{name}: it has {width} columns, the mapping names more")
        unit = mapping.unit or 1
        return Layout(places=places, first=0, width=width, amount_unit=unit, estimate_unit=unit)
    wanted = {fold_name(str(header)): column for column, header in mapping.columns.items()}
    for at, row in enumerate(rows[:LOOKED_AT]):
        folded = [fold_name(cell) for cell in row]
        if all(header in folded for header in wanted):
            places = {column: folded.index(header) for header, column in wanted.items()}
            return _with_header(row, places, at, mapping.unit)
    missing = [h for c, h in mapping.columns.items() if not _anywhere(rows, fold_name(str(h)))]
    raise NoTextFile(
        f"{name}: no row has all columns of the mapping; missing: "
        f"{'、'.join(map(str, missing)) or 'they stand in different rows'}"
    )


def _anywhere(rows: Sequence[Sequence[str]], header: str) -> bool:
    return any(fold_name(cell) == header for row in rows[:LOOKED_AT] for cell in row)


def _fits_portal(row: Sequence[str]) -> bool:
    if len(row) != len(PORTAL):
        return False
    try:
        amount(row[3], 1)
        return award_day(row[2]) is not None
    except NotADocument:
        return False
