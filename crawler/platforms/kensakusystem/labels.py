"""Labels and file names of kensakusystem's tree: which years, which day, what hangs under what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from kazami.dates import YEAR_BEFORE

Span = tuple[int, int] | None
"""First and last calendar year; None where a label names none."""

_YEAR = r"(令和|平成|昭和)\s*(元|\d{1,2})年(?:度)?"
_YEARS = re.compile(rf"\s*{_YEAR}(?:\s*(~)\s*(?:{_YEAR})?)?\s*")
_BEGINS_WITH_YEAR = re.compile(rf"\s*{_YEAR}")

_SITTING = re.compile(r"([RHS])(\d{2})(\d{2})(\d{2})(?:_\d)?[A-Z]\d{0,2}")
"""R070225A; H010518A01 (三重, continued) and R080119_2B10 (second sitting of the day) exist."""

_NO_SITTING = re.compile(
    r"\.|(FUGI|FUTA|GIAN|GIIN|IINK|IKEN|KAIK|KETS|MEIB|MOKU|QUES|SAKU|SANP|SEIG|SING|TUKO)$"
)
"""Tables of contents, rosters, bills, resolutions, which stand in the tree beside the sittings."""


def is_sitting(name: str) -> bool:
    """Whether a file holds a sitting."""
    return bool(_SITTING.fullmatch(name))


def is_no_sitting(name: str) -> bool:
    """Whether a file is of a sort that is known to hold no sitting."""
    return bool(_NO_SITTING.search(name))


def day_of(name: str) -> date:
    """R070225A is of 2025-02-25. Raises ValueError where no such day exists."""
    match = _SITTING.fullmatch(name)
    if not match:
        raise ValueError(f"{name!r} is no file of a sitting")
    return date(YEAR_BEFORE[match[1]] + int(match[2]), int(match[3]), int(match[4]))


def span(text: str) -> Span:
    """The years of 令和 7年, 令和 2年～令和 5年 or 令和 6年～ (open: 9999); else None."""
    match = _YEARS.fullmatch(_normalized(text))
    if not match:
        return None
    era, year, tilde, end_era, end_year = match.groups()
    first = _year(era, year)
    if end_era:
        return first, _year(end_era, end_year)
    return first, 9999 if tilde else first


def tabs(nodes: Mapping[str, str]) -> dict[str, Span]:
    """The tabs of the root page with the years each holds; one without a name reaches the next.

    ``nodes`` maps what a tab posts to what it is called.
    """
    posted = [(node, years) for node in nodes if (years := span(node))]
    spans: dict[str, Span] = {}
    for index, (node, (first, last)) in enumerate(posted):
        named = span(nodes[node])
        if named and named[0] <= last:
            first = min(first, named[0])
        elif index + 1 < len(posted):
            first = min(first, posted[index + 1][1][1] + 1)
        else:
            first = 0
        spans[node] = first, last
    return spans


def children(label: str, nodes: Mapping[str, str], tabs: Sequence[str]) -> dict[str, Span]:
    """What hangs under ``label``: the other years of its tab, and the labels that extend it."""
    below: dict[str, Span] = {}
    for node in nodes:
        if node.strip() == label.strip():
            continue
        year = _BEGINS_WITH_YEAR.match(_normalized(node))
        if years := span(node):
            if label in tabs and node not in tabs:
                below[node] = years
        elif node.startswith(label.rstrip() + " "):
            below[node] = (_year(year[1], year[2]),) * 2 if year else None
        elif span(label) and not year:
            below[node] = None
    return below


def newest(label: str) -> date | None:
    """The last day that documents under this label can have; 年度 end in March."""
    year = last_year(label)
    if year is None or year == 9999:
        return None
    return date(year + 1, 3, 31) if "年度" in label else date(year, 12, 31)


def last_year(label: str) -> int | None:
    """The last calendar year that a label names; None if it names none."""
    years = span(label)
    if years:
        return years[1]
    match = _BEGINS_WITH_YEAR.match(_normalized(label))
    return _year(match[1], match[2]) if match else None


def _year(era: str, year: str) -> int:
    return YEAR_BEFORE[era] + (1 if year == "元" else int(year))


def _normalized(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\u301c", "~")
