"""The text of spreadsheets and CSV files: sheet by sheet, a line for a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from crawler import charset
from crawler.reading.attachments.packed import BadFile, members, repacked


class SheetText(NamedTuple):
    """One sheet: ``cut`` where it has more rows than were asked for."""

    name: str | None
    text: str
    cut: bool


def of_workbook(body: bytes, packed: bool, unpacked: int, most_cells: int) -> Iterator[SheetText]:
    """Every shown sheet of an xlsx, ods (``packed``) or xls file; raises BadFile.

    Of merged cells the first has the value. A day is written 2026-06-01, a number without the
    places that the machine added. Formulas give the values that they had when it was saved.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    if packed:
        body = repacked(members(body, _is_of_workbook, unpacked))
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(body))
        shown = [
            each.name
            for each in workbook.sheets_metadata
            if each.visible == SheetVisibleEnum.Visible
        ]
        left = most_cells
        for name in shown:
            rows: list[str] = []
            cut = left <= 0
            sheet = workbook.get_sheet_by_name(name)
            for row in () if cut else sheet.iter_rows():
                left -= len(row)
                if left < 0:
                    cut = True
                    break
                rows.append("\t".join(filter(None, map(_printed, row))))
            yield SheetText(name, "\n".join(rows), cut)
    except (CalamineError, ValueError, OSError) as error:
        raise BadFile(f"no workbook that can be read ({str(error)[:60]})") from error


def of_csv(body: bytes, content_type: str | None, most_cells: int) -> SheetText:
    """The rows of a CSV file, its cells parted by tabs; raises BadFile for another charset."""
    text = of_text(body, content_type)
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    rows: list[str] = []
    left = most_cells
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            left -= len(row)
            if left < 0:
                return SheetText(None, "\n".join(rows), True)
            cells = (" ".join(each.split()) for each in row)
            rows.append("\t".join(filter(None, cells)))
    except csv.Error:
        return SheetText(None, text, False)
    return SheetText(None, "\n".join(rows), False)


def of_text(body: bytes, content_type: str | None) -> str:
    """The text by the charset of its bytes; raises BadFile."""
    try:
        return charset.decoded(body, content_type)
    except charset.WrongCharset as error:
        raise BadFile(str(error)) from error


def _is_of_workbook(name: str) -> bool:
    return name.endswith((".xml", ".rels")) or name in ("mimetype",)


def _printed(cell: object) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.12g}"
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, (date, timedelta)):
        return str(cell)
    return "\u3000".join(str(cell).split("\n")).strip() if cell is not None else ""
