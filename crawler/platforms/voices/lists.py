"""Lists of sittings on VOICES: rows, hit counter, bar of years, pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from crawler.page import Page, PageChanged
from crawler.reading.no_sittings import ATTACHED
from crawler.reading.sitting_days import SittingDay
from crawler.reading.spacing import normalized
from kazami.dates import YEAR_BEFORE, DateError, find_date
from kazami.reading_rules import DayRule

_HITS = re.compile(r"(?<![0-9])([0-9]+)件の日程がヒットしました")
_FINO = re.compile(r"[?&]FINO=([0-9]+)")
_KGNO = re.compile(r"[?&]KGNO=([0-9]+)")
_UNID = re.compile(r"[?&]UNID=([A-Za-z0-9_]+)")
_YEAR = re.compile(r"[?&]YEAR=([12][0-9]{3})\b")
_PAGE = re.compile(r"[?&]PAGE=([0-9]+)")
_ADDRESS = re.compile(r"voiweb\.exe\?[^'\"]*", re.IGNORECASE)

_UNID_DAY = re.compile(r"[Kk]_([RHS])([0-9]{2})([0-9]{2})([0-9]{2})")
_LABEL_DAY = re.compile(r"([0-9]{1,2})月([0-9]{1,2})日")
_TITLE_YEAR = re.compile(r"(令和|平成|昭和)(元|[0-9]{1,2})年")
_NO_SITTING = re.compile("|".join([*ATTACHED, "一覧", "結果"]))
_PADDING = re.compile(r"(?<![ \u3000])[ \u3000]++(?=[0-9０-９元])")


@dataclass(frozen=True, slots=True)
class SittingRow:
    """One sitting of a list. ``kgno`` and ``unid`` are missing on some hosts.

    ``shown`` is the year in which the list shows it.
    """

    fino: str
    title: str
    label: str
    kgno: str | None
    unid: str | None
    shown: int | None

    @property
    def name(self) -> str:
        """令和６年１２月２６日議会運営委員会 12月26日-01号, without padding."""
        return " ".join(
            " ".join(_PADDING.sub("", part).split()) for part in (self.title, self.label)
        )

    @property
    def is_sitting(self) -> bool:
        """Not a table of contents (目次) or an appendix (付録), which stand among the sittings."""
        return not _NO_SITTING.search(self.label)

    @property
    def year(self) -> int | None:
        """The year of UNID, of the title, or in which it is shown."""
        coded = _coded_day(self.unid)
        return coded.year if coded else year_of(self.title) or self.shown

    def day(self, listed: int) -> date | None:
        """The day of UNID, if the label agrees; else that of the label in the year of the list.

        ``listed`` is that year: a list holds the sittings from FYY to TYY. The year of a title may
        be misprinted (令和　６月). None where nothing tells the day.
        """
        found = _LABEL_DAY.match(normalized(self.label))
        label = (int(found[1]), int(found[2])) if found else None
        coded = _coded_day(self.unid)
        if coded and label in (None, (coded.month, coded.day)):
            return coded
        return _day(listed, *label) if label else None


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list: its rows, how many the whole list has, and where it goes on.

    ``years`` are those that the bar above the rows offers beside its own; ``pages`` the
    addresses of the other pages, by their number.
    """

    rows: tuple[SittingRow, ...]
    hits: int
    years: tuple[int, ...]
    pages: dict[int, str]


def read(page: Page, root: HtmlElement) -> ListPage:
    """Read a list (ACT=100).

    Raises PageChanged without hit counter, or for a row that is none: two FINO in a row, no
    title, a FINO that comes twice.
    """
    words = root.text_content()
    hits = _HITS.search(words)
    if not hits:
        raise PageChanged(page.url, "a number of hits", repr(" ".join(words.split())[:60]))
    rows: dict[str, SittingRow] = {}
    for cell in root.iter("td"):
        row = _row(page, cell)
        if row is not None:
            if row.fino in rows:
                raise PageChanged(page.url, f"FINO {row.fino} once", "twice")
            rows[row.fino] = row
    years: list[int] = []
    pages: dict[int, str] = {}
    for address in _addresses(root):
        year, number = _YEAR.search(address), _PAGE.search(address)
        if _FINO.search(address):
            continue
        if number:
            pages.setdefault(int(number[1]), address)
        elif year:
            years.append(int(year[1]))
    return ListPage(tuple(rows.values()), int(hits[1]), tuple(dict.fromkeys(years)), pages)


def _row(page: Page, cell: HtmlElement) -> SittingRow | None:
    addresses = [address for address in _addresses(cell) if _FINO.search(address)]
    if not addresses or any(True for _ in cell.iterdescendants("td")):
        return None
    finos = {found[1] for address in addresses for found in _FINO.finditer(address)}
    title, comma, label = " ".join(cell.text_content().split()).rpartition(",")
    if len(finos) != 1 or not comma or not title.strip() or not label.strip():
        raise PageChanged(page.url, "a title, a label and one FINO", repr(title or label)[:60])
    frame = addresses[-1]
    kgno, unid, shown = _KGNO.search(frame), _UNID.search(frame), _YEAR.search(addresses[0])
    return SittingRow(
        fino=finos.pop(),
        title=title.strip(),
        label=label.strip(),
        kgno=kgno[1] if kgno else None,
        unid=unid[1] if unid else None,
        shown=int(shown[1]) if shown else None,
    )


def _addresses(root: HtmlElement) -> Iterator[str]:
    """What the links lead to, by href or by the onClick of ``javascript:;``."""
    for link in root.iter("a"):
        for name in ("href", "onclick"):
            found = _ADDRESS.search(link.get(name) or "")
            if found:
                yield found[0]
                break


def year_of(title: str) -> int | None:
    """The calendar year that a title names."""
    found = _TITLE_YEAR.search(normalized(title))
    return YEAR_BEFORE[found[1]] + (1 if found[2] == "元" else int(found[2])) if found else None


def told_day(
    listed: date | None, certain: bool, url: str, name: str, printed: str
) -> SittingDay | None:
    """The day of a sitting that the list calls ``name`` and ``url`` shows; None where none is told.

    ``listed`` is the day of the list, ``certain`` where the list gave UNID. Else the roster is
    asked: for its first day, or whether it prints the same day of the year before or after only.
    """
    if listed is None:
        first = next(_days(printed), None)
        return SittingDay(first[0], DayRule.PRINTED, first[1]) if first else None
    if certain:
        unid = _UNID.search(url)
        if unid and _coded_day(unid[1]) == listed:
            return SittingDay(listed, DayRule.ID, unid[1])
        return SittingDay(listed, DayRule.LISTED, name)
    short = (listed.month, listed.day)
    found = {day: line for day, line in _days(printed) if (day.month, day.day) == short}
    close = [day for day in found if abs(day.year - listed.year) == 1]
    if listed in found or len(close) != 1:
        return SittingDay(listed, DayRule.LISTED, name)
    return SittingDay(close[0], DayRule.LIST_AND_PRINT, found[close[0]])


def _days(printed: str) -> Iterator[tuple[date, str]]:
    """The days that a text names with their year, each with its line."""
    for line in printed[:20_000].splitlines():
        try:
            day = find_date(line) if "月" in line and "日" in line else None
        except DateError:
            continue
        if day is not None:
            yield day, line


def _coded_day(unid: str | None) -> date | None:
    """K_R06122614011 is of 2024-12-26. Some hosts write k_R."""
    found = _UNID_DAY.match(unid or "")
    return (
        _day(YEAR_BEFORE[found[1]] + int(found[2]), int(found[3]), int(found[4])) if found else None
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
