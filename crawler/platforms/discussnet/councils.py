"""Names of councils and labels of sittings on DiscussNet: which year, which day, which are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from crawler.reading.no_sittings import ATTACHED
from crawler.reading.sitting_days import SittingDay
from crawler.reading.spacing import normalized
from kazami.dates import LAST_YEAR, YEAR_BEFORE, DateError, find_date
from kazami.reading_rules import DayRule

_FARTHEST = 2100
_YEAR = re.compile(r"(?:(令和|平成|昭和|大正)(元|[0-9]{1,2})|((?:19|20)[0-9]{2}))年(?!度)")
_MONTH = re.compile(r"(?<![0-9])(1[0-2]|[1-9])月")
_LATE_SESSION = re.compile(r"第[3-9三四五六七八九]回定例")
_DAY = re.compile(r"([0-9]{1,2})月([0-9]{1,2})日")

_NO_SITTING = re.compile(
    "|".join(ATTACHED) + r"|議決結果|審議結果|審議経過|議案等?一覧|一覧表|会期日程|日程表|巻末|署名"
)
_BILLS = re.compile(r"^(議|議案|発議|諮問|報告|請願|陳情|意見書案?|認定|承認)第")

_SAYS_WHEN = re.compile(r"開会|開議|期日|日時|開催日|年月日")

_PADDING = re.compile(r"(?<![ \u3000])[ \u3000]++(?=[0-9０-９元])")


def title_of(council: str, kind: str, label: str) -> str:
    """令和６年第１回２月定例会 02月22日－01号: council and label without their padding.

    ``kind`` is the council's type (総務委員会), told where the name does not say what meets.
    """
    named = [council] if "会" in council else [council, kind]
    return " ".join(" ".join(_PADDING.sub("", part).split()) for part in (*named, label) if part)


def is_sitting(label: str) -> bool:
    """Whether a label stands for a sitting: not for contents, rosters, results or bills."""
    name = normalized(label)
    if _BILLS.match(name):
        return False
    return not _NO_SITTING.search(name) or bool(_DAY.match(name) and name.endswith("号"))


def month_and_day(label: str) -> tuple[int, int] | None:
    """02月22日－01号 is of (2, 22)."""
    found = _DAY.search(normalized(label))
    return (int(found[1]), int(found[2])) if found else None


def year_of(council: str) -> int | None:
    """The calendar year that a council is named after; None for 年度 and for 平成57年."""
    found = _YEAR.search(normalized(council))
    if not found:
        return None
    if found[3]:
        return int(found[3])
    before, last = YEAR_BEFORE[found[1]], min(LAST_YEAR[found[1]], _FARTHEST)
    year = before + (1 if found[2] == "元" else int(found[2]))
    return year if year <= last else None


def years(council: str, listed: int) -> tuple[int, int]:
    """First and last year in which its sittings can be; ``listed`` is the year it stands under.

    Both may be off by one: a December session sits in January, 平成元年１２月 stands under 1990.
    More than that is a misprint in the name.
    """
    named = _likely_year(council, listed)
    return min(named, listed), max(named, listed) + 1


def newest(council: str, listed: int) -> date:
    """A day after which no more sittings are to be expected.

    Two months after the month in the name (２月定例会); else, for committees that meet all year,
    the end of the year, of the fiscal year where the name says 年度.
    """
    year = _likely_year(council, listed)
    month = _named_month(council)
    if month is None:
        return date(year + 1, 3, 31) if "年度" in council else date(max(year, listed), 12, 31)
    over, month = divmod(month + 2, 12)
    return date(year + over, month + 1, 1)


def expected(council: str, listed: int, label: str) -> date | None:
    """The day of a sitting where name, listing and label leave no doubt about its year."""
    year, day = year_of(council), month_and_day(label)
    if year != listed or day is None or _turned(council, day[0]):
        return None
    if day[0] <= 2 and _named_month(council) is None and _LATE_SESSION.search(normalized(council)):
        return None  # It may have gone on into January.
    return _day(year, *day)


def settled(council: str, listed: int, label: str, printed: str) -> SittingDay | None:
    """The day of a sitting; None where nothing tells it. ``printed`` is its roster.

    The label has month and day. The year is the one that the roster prints with the same month
    and day; else that of the council's name, or where the name cannot be right, of the listing.
    Other days in a roster are of something else: the first is often the summons (招集告示).
    """
    found = list(_days(printed))
    day = month_and_day(label)
    if day is not None:
        year = _likely_year(council, listed) + _turned(council, day[0])
        same = [each for each, _ in found if (each.month, each.day) == day]
        near = [each for each in same if abs(each.year - year) <= 1]
        likely = _day(year, *day)
        if near and likely not in near:
            return SittingDay(near[0], DayRule.LIST_AND_PRINT, dict(found)[near[0]])
        return SittingDay(likely, DayRule.LISTED, f"{council} {label}") if likely else None
    first, last = years(council, listed)
    said = _days("\n".join(filter(_SAYS_WHEN.search, printed.splitlines())))
    held = ((each, line) for each, line in (*said, *found) if first <= each.year <= last)
    told = next(held, None)
    return SittingDay(told[0], DayRule.PRINTED, told[1]) if told else None


def _likely_year(council: str, listed: int) -> int:
    named = year_of(council)
    return named if named is not None and abs(named - listed) <= 1 else listed


def _named_month(council: str) -> int | None:
    found = _MONTH.search(normalized(council))
    return int(found[1]) if found else None


def _turned(council: str, month: int) -> bool:
    """Whether a session of November or December sits in the next year."""
    named = _named_month(council)
    return named is not None and named >= 11 and month <= 4


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _days(printed: str) -> Iterator[tuple[date, str]]:
    """Every day that a text names with its year, and its line; misprinted ones are left out."""
    for line in printed[:20_000].splitlines():
        *parts, _ = line.split("日")
        for part in parts:
            if "月" not in part:
                continue
            try:
                day = find_date(f"{part}日")
            except DateError:
                continue
            if day is not None:
                yield day, line
