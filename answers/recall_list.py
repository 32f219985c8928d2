"""A list of tenders or mentions that somebody knows, as it is pasted or saved by a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

from kazami.bodies import Bodies, UnknownBody
from kazami.dates import DateError, parse_date
from kazami.errors import KazamiError
from kazami.text import fold_name

_NAMES = {
    "title": ("title", "件名", "案件名", "案件", "名称", "タイトル", "題名", "工事名", "業務名"),
    "body": (
        "body",
        "団体",
        "団体名",
        "自治体",
        "自治体名",
        "発注機関",
        "機関名",
        "発注者",
        "コード",
    ),
    "day": ("day", "date", "日", "日付", "公告日", "公開日", "公示日", "掲載日"),
}
_COLUMN = {fold_name(name): column for column, names in _NAMES.items() for name in names}


class WrongList(KazamiError):
    """A list that cannot be read: which line, and what a list looks like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One line: a title, and whose of which day where that is said.

    ``body`` is a code; where a body is named that nobody knows, None, and ``named`` holds its name.
    """

    line: int
    title: str
    body: str | None = None
    named: str | None = None
    day: date | None = None


def read_list(data: bytes, bodies: Bodies) -> list[Known]:
    """The lines of a CSV file, of cells pasted from a spreadsheet (tabs), or of bare titles.

    UTF-8, with or without byte order mark, or cp932. A first line of column names says which column
    is which (``title``, ``body``, ``day``; 件名, 団体, 公告日 …); else they are title, body, day.
    Raises WrongList for an empty list, a line without a title, a day that is none.
    """
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = "\t" if "\t" in first else ","
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise WrongList(
            f"the list is no CSV: {error}; save it as CSV, or one title a line"
        ) from error
    lines = [(n, cells) for n, cells in enumerate(rows, 1) if any(cell.strip() for cell in cells)]
    columns = ["title", "body", "day"]
    if lines and "title" in (named := [_COLUMN.get(fold_name(cell), "") for cell in lines[0][1]]):
        columns = named
        lines = lines[1:]
    if not lines:
        raise WrongList("the list holds no title; write one a line, or columns title,body,day")
    return [
        _known(number, dict(zip(columns, cells, strict=False)), bodies) for number, cells in lines
    ]


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WrongList("the list is neither UTF-8 nor Shift_JIS; save it as CSV UTF-8")


def _known(number: int, cells: dict[str, str], bodies: Bodies) -> Known:
    title = " ".join(cells.get("title", "").split())
    if not title:
        raise WrongList(f"line {number}: there is no title")
    named = cells.get("body", "").strip()
    written = cells.get("day", "").strip()
    try:
        day = parse_date(written) if written else None
    except DateError as error:
        raise WrongList(f"line {number}: {error}") from error
    code = None
    if named:
        try:
            code = bodies.find(named.strip('="')).code
        except UnknownBody:
            return Known(line=number, title=title, named=named, day=day)
    return Known(line=number, title=title, body=code, day=day)
