"""Days, spans and 年度: every way a public body writes a date, and back.

A date that does not exist is an error that names the text, never a guess: 2月30日, a day before
its era began (令和元年4月30日), a year that its era never had (平成57年, 平成32年).

One late name is read. An era is carried to the end of the calendar year in which it ended,
because session names, file names and printed matter were (平成31年6月 stands in real minutes of
2019), and the day meant is in no doubt. The day of the week is not checked: where it contradicts
the date, the slip may be in either, and refusing it would lose the document.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from kazami.errors import KazamiError
from kazami.periods import Every, Period, period_of


class DateError(KazamiError):
    """The text is no date, or names one that does not exist."""

    def __init__(self, text: str, reason: str) -> None:
        shown = text if len(text) <= 60 else f"{text[:59]}…"
        super().__init__(f"{shown!r} is no date: {reason}")
        self.text = text


@dataclass(frozen=True, slots=True)
class Span:
    """Some days in a row: ``start`` and ``end`` are its first and last.

    Raises ValueError where the end lies before the start.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a span from {self.start} cannot end on {self.end}")


# The first day of each era, the newest first. 大正 and 昭和 began on the day the old era ended.
_ERAS = (
    ("令和", "R", date(2019, 5, 1), date.max),
    ("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    ("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    ("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    ("明治", "M", date(1868, 1, 25), date(1912, 7, 30)),
)
_ERA_NAMES = {name: name for name, *_ in _ERAS} | {letter: name for name, letter, *_ in _ERAS}
YEAR_BEFORE = {key: start.year - 1 for name, letter, start, _ in _ERAS for key in (name, letter)}
"""The year before the first of an era, by its name and its letter: 令和 4 is 4 years later."""

LAST_YEAR = {name: end.year for name, _, _, end in _ERAS}
"""The calendar year in which an era ended; 9999 for the present one."""

_STARTS = {name: start for name, _, start, _ in _ERAS}
_ENDS = {name: end for name, _, _, end in _ERAS}

_DIGITS = {kanji: digit for digit, kanji in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": 0, "○": 0, "◯": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}

# Patterns are compiled at their first use: together they would cost each start 20 ms.
_NUMERAL = "[〇零○◯一二三四五六七八九十百千]"
_NUMBER = rf"(?:[0-9]{{1,2}}(?![0-9])|{_NUMERAL}{{1,4}})"
_ERA = r"(?:明治|大正|昭和|平成|令和|(?<![A-Za-z0-9])[MTSHRmtshr](?=\s*[0-9元]))"
_ERA_YEAR = rf"{_ERA}\s*(?:{_NUMBER}|元)"
_WESTERN = rf"(?:(?<![0-9])[12][0-9]{{3}}(?![0-9])|(?<!{_NUMERAL}){_NUMERAL}{{4,7}}(?=\s*[年(]))"
# 令和4年(2022年)3月 and 2022(令和4)年3月 name the year twice.
_YEAR = rf"(?P<year>{_ERA_YEAR}|(?:西暦\s*)?{_WESTERN})"
_AGAIN = rf"\(\s*(?P<again>{_ERA_YEAR}|(?:西暦\s*)?{_WESTERN})\s*年?\s*\)"
_NEN = rf"\s*(?:年(?:\s*{_AGAIN})?|{_AGAIN.replace('<again>', '<again2>')}\s*年)"
_MONTH = rf"(?P<month>{_NUMBER})"
_DAY = rf"(?P<day>{_NUMBER})"
_MARK = r"[.・·/\-‐‑–−]"
_WEEKDAY = (
    r"(?:\s*\({1,2}[月火水木金土日祝休](?:曜日?)?(?:[・,、/]?(?:祝日?|休日?|振休|振替休日))?\){1,2}"
    r"|\s*[月火水木金土日]曜日)?"
)
_DATE = (
    rf"(?:{_YEAR}{_NEN}\s*{_MONTH}\s*月\s*{_DAY}\s*日"
    rf"|{_YEAR.replace('<year>', '<year2>')}\s*(?P<mark>{_MARK})\s*(?P<month2>{_NUMBER})"
    rf"\s*(?P=mark)\s*(?P<day2>{_NUMBER})(?!\s*(?P=mark)\s*[0-9]))"
)
_WHOLE_DATE = rf"\s*{_DATE}{_WEEKDAY}\s*"
_PACKED = r"\s*([12][0-9]{3})([0-9]{2})([0-9]{2})\s*"
_WHOLE_MONTH = rf"\s*{_YEAR}(?:{_NEN}\s*{_MONTH}\s*月|\s*{_MARK}\s*(?P<month2>{_NUMBER}))\s*"
_MONTHS = rf"\s*{_YEAR}{_NEN}\s*{_MONTH}\s*月?\s*[~〜\-–−]\s*(?P<last>{_NUMBER})\s*月\s*"
_PART = (
    rf"(?:(?P<half>[上下])(?:半期|期)|第?\s*(?P<quarter>[1-4一二三四])\s*四半期"
    rf"|{_MARK}?\s*[Qq](?P<q>[1-4]))?"
)
_WHOLE_YEAR = rf"\s*(?:(?P<fy>[Ff][Yy])\s*)?{_YEAR}(?:{_NEN}(?P<fiscal>度)?)?\s*{_PART}\s*"


def parse_date(text: str) -> date:
    """The day that ``text`` names, and nothing else beside a day of the week.

    Reads 令和４年３月１日, 令和　４年 3月 1日（火）, R4.3.1, 令和４・３・１, 令和四年三月一日,
    ㋿4年3月1日, 二〇二二年三月一日, 令和4年(2022年)3月1日, 2022-03-01, 2022/3/1 and 20220301; era
    letters in either case.

    Raises DateError naming the text.
    """
    plain = unicodedata.normalize("NFKC", text)
    if packed := re.fullmatch(_PACKED, plain):
        return _make(text, *(int(number) for number in packed.groups()))
    found = re.fullmatch(_WHOLE_DATE, plain)
    if found is None:
        raise DateError(text, "write it like 令和4年3月1日 or 2022-03-01")
    return _day(text, found)


def find_date(text: str) -> date | None:
    """The first whole day (year, month and day) named anywhere in ``text``; None without one.

    Raises DateError where that day does not exist.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = re.search(_DATE, plain)
    return _day(found[0], found) if found else None


def find_dates(text: str) -> list[tuple[int, int, date]]:
    """Every whole day named in ``text``, which is in NFKC, with where it begins and ends.

    Days that do not exist are left out.
    """
    found = []
    for each in re.finditer(_DATE, text):
        try:
            found.append((each.start(), each.end(), _day(each[0], each)))
        except DateError:
            continue
    return found


def parse_span(text: str) -> Span:
    """The days meant by a day, month, quarter, half-year, year or 年度.

    Beside every form of ``parse_date``: 令和4年3月, 2022-03, 2022年1〜3月; 令和4年, R4, 2022年,
    2022; 令和4年度, 2022年度, FY2022; 令和4年度上半期 (April to September), 令和4年度第1四半期
    (April to June); 2022年上半期 (January to June), 2022年第1四半期, 2022-Q1. A year of an era is
    cut to the era: 令和元年 begins on 2019-05-01. 平成31年度 is 令和元年度.

    Raises DateError naming the text.
    """
    plain = unicodedata.normalize("NFKC", text)
    if re.fullmatch(_PACKED, plain) or re.fullmatch(_WHOLE_DATE, plain):
        day = parse_date(text)
        return Span(day, day)
    if found := re.fullmatch(_WHOLE_MONTH, plain):
        era, year = _year(text, found["year"], _again(found))
        month = _number(found["month"] or found["month2"])
        return _cut(text, era, _months(text, year, month, month))
    if found := re.fullmatch(_MONTHS, plain):
        era, year = _year(text, found["year"], _again(found))
        return _cut(text, era, _months(text, year, _number(found["month"]), _number(found["last"])))
    if found := re.fullmatch(_WHOLE_YEAR, plain):
        return _years_part(text, found)
    raise DateError(text, "write a day, month or year like 2022-03-01, 2022-03, 令和4年, 令和4年度")


def wareki(day: date) -> str:
    """``令和4年3月1日``, ``令和元年5月1日``; a day before 明治 is ``1867年1月1日``."""
    for name, _, start, _ in _ERAS:
        if day >= start:
            return f"{name}{_first(day.year - start.year + 1)}年{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class EraYear:
    """A year by its era: ``era`` 令和, ``letter`` R, ``year`` counted from 1."""

    era: str
    letter: str
    year: int


def era_year(day: date) -> EraYear:
    """The era that ``day`` lies in, and the year of it; raises DateError before 明治."""
    for era, letter, start, _ in _ERAS:
        if day >= start:
            return EraYear(era, letter, day.year - start.year + 1)
    raise DateError(day.isoformat(), "no era that is known here had begun")


def fiscal_year(day: date) -> int:
    """The 年度 that ``day`` lies in, by the year in which it began: 2021 for 2022-03-31."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_name(year: int) -> str:
    """``令和4年度`` for 2022; the year of a change bears the new era (2019 is 令和元年度)."""
    for name, _, start, _ in _ERAS:
        if year >= start.year:
            return f"{name}{_first(year - start.year + 1)}年度"
    return f"{year}年度"


def period_name(period: Period) -> str:
    """``2022年3月``, ``2022年1〜3月``, ``2022年``, ``令和4年度``: ``parse_span`` reads it."""
    start = period.start
    match period.every:
        case Every.MONTH:
            return f"{start.year}年{start.month}月"
        case Every.QUARTER:
            return f"{start.year}年{start.month}〜{start.month + 2}月"
        case Every.YEAR:
            return f"{start.year}年"
        case Every.FISCAL_YEAR:
            return fiscal_year_name(start.year)


def span_name(span: Span) -> str:
    """The shortest Japanese name of the days, like ``令和4年度上半期`` or ``令和4年度第1四半期``.

    Days that are no such span are written ``令和4年3月1日〜令和4年3月7日``.
    """
    if span.start == span.end:
        return wareki(span.start)
    for every in (Every.MONTH, Every.YEAR, Every.FISCAL_YEAR):
        period = period_of(span.start, every)
        if (period.start, period.end) == (span.start, span.end):
            return period_name(period)
    year = fiscal_year(span.start)
    for half, months in (("上", (4, 9)), ("下", (10, 15))):
        if span == _month_span(year, *months):
            return f"{fiscal_year_name(year)}{half}半期"
    for quarter in range(1, 5):
        if span == _month_span(year, 3 * quarter + 1, 3 * quarter + 3):
            return f"{fiscal_year_name(year)}第{quarter}四半期"
    return f"{wareki(span.start)}〜{wareki(span.end)}"


def _day(text: str, found: re.Match[str]) -> date:
    era, year = _year(text, found["year"] or found["year2"], _again(found))
    month = _number(found["month"] or found["month2"])
    day = _make(text, year, month, _number(found["day"] or found["day2"]))
    if era and day < _STARTS[era]:
        raise DateError(text, f"{era} began on {_STARTS[era]}")
    return day


def _make(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateError(text, f"there is no day {year}-{month:02}-{day:02}") from error


def _year(text: str, written: str, again: str | None) -> tuple[str | None, int]:
    """The era (or None) and the western year; ``again`` is a second naming that must agree."""
    era, year = _one_year(text, written)
    if again is None:
        return era, year
    other, same = _one_year(text, again)
    if same != year:
        raise DateError(text, f"it names two years, {year} and {same}")
    return era or other, year


def _again(found: re.Match[str]) -> str | None:
    return found["again"] or found["again2"]


def _one_year(text: str, written: str) -> tuple[str | None, int]:
    written = re.sub(r"\s|西暦", "", written)
    era = _ERA_NAMES.get(written[:2]) or _ERA_NAMES.get(written[:1].upper())
    if era is None:
        year = _number(written)
        if not 1000 <= year <= 2999:
            raise DateError(text, f"{written} is no year")
        return None, year
    count = written.removeprefix(era) if written.startswith(era) else written[1:]
    number = 1 if count == "元" else _number(count)
    year = _STARTS[era].year + number - 1
    if number < 1 or year > _ENDS[era].year:
        raise DateError(text, f"{era} has no year {number}")
    return era, year


def _number(written: str) -> int:
    """12, 十二, 一二, 二〇二二 or 二千二十二 as a number."""
    if written[0] in "0123456789":
        return int(written)
    if not any(kanji in _UNITS for kanji in written):
        return int("".join(str(_DIGITS[kanji]) for kanji in written))
    total = pending = 0
    for kanji in written:
        if kanji in _UNITS:
            total += (pending or 1) * _UNITS[kanji]
            pending = 0
        else:
            pending = pending * 10 + _DIGITS[kanji]
    return total + pending


def _years_part(text: str, found: re.Match[str]) -> Span:
    era, year = _year(text, found["year"], _again(found))
    if found["fy"] and (era or found["fiscal"]):
        raise DateError(text, "FY goes with a western year, like FY2022")
    fiscal = bool(found["fy"] or found["fiscal"])
    first, last = 1, 12
    if half := found["half"]:
        first, last = (1, 6) if half == "上" else (7, 12)
    elif quarter := found["quarter"] or found["q"]:
        last = 3 * _number(quarter)
        first = last - 2
    if fiscal:
        return _month_span(year, first + 3, last + 3)
    return _cut(text, era, _month_span(year, first, last))


def _months(text: str, year: int, first: int, last: int) -> Span:
    if not 1 <= first <= last <= 12:
        raise DateError(text, "a month runs from 1 to 12")
    return _month_span(year, first, last)


def _month_span(year: int, first: int, last: int) -> Span:
    """From one month to another; months above 12 lie in the year after."""
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    start = date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1)
    return Span(start, date(end_year, end_month, monthrange(end_year, end_month)[1]))


def _cut(text: str, era: str | None, span: Span) -> Span:
    """The days of the span that the era had; one wholly after it stays, see the module's rule."""
    if era is None:
        return span
    if span.end < _STARTS[era]:
        raise DateError(text, f"{era} began on {_STARTS[era]}")
    end = min(span.end, _ENDS[era]) if span.start <= _ENDS[era] else span.end
    return Span(max(span.start, _STARTS[era]), end)


def _first(number: int) -> str:
    return "元" if number == 1 else str(number)
