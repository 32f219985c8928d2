"""Days as they stand in notices: some without their year, some that do not exist.

``kazami.dates`` reads whole days. A notice names the year once and leaves it out afterwards, or
names a day as that of a 年度; who reads it must know what was printed before lending a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from kazami.dates import DateError, parse_date

_NUMBER = r"(?:[0-9]{1,2}|[〇一二三四五六七八九十]{1,3})"
_ERA_YEAR = rf"(?:令和|平成|昭和)\s?(?:{_NUMBER}|元)"
_LETTER_YEAR = r"(?<![A-Za-z0-9])[RHSrhs]\s?[0-9]{1,2}"
_WESTERN = r"(?<![0-9])(?:19|20)[0-9]{2}"
_YEAR = rf"(?:{_ERA_YEAR}|{_LETTER_YEAR}|{_WESTERN})"
_AGAIN = rf"(?:\s?\(\s?(?:{_YEAR})\s?年?\s?\))?"
_WEEKDAY = (
    r"(?:\s?\(\s?(?P<weekday>[月火水木金土日])\s?(?:曜日?)?\s?(?:[・,、/]?\s?[祝休][日]?)?\s?\)"
    r"|\s?(?P<weekday2>[月火水木金土日])曜日?)?"
)
_KANJI_FORM = (
    rf"(?:(?P<year>{_YEAR}{_AGAIN}\s?年{_AGAIN})\s?(?P<fiscal>度)?の?\s?|(?P<same>同年?|翌年)\s?)?"
    rf"(?<![0-9])(?P<month>{_NUMBER})\s?月\s?(?P<day>{_NUMBER})\s?日"
)
_MARKED = (
    rf"(?P<year2>{_YEAR})\s?(?P<mark>[./\-・])\s?(?P<month2>[0-9]{{1,2}})\s?(?P=mark)"
    r"\s?(?P<day2>[0-9]{1,2})(?![0-9])"
)
_SHORT = r"(?<![0-9./])(?P<month3>[0-9]{1,2})/(?P<day3>[0-9]{1,2})(?![0-9/.])"
_SAME_MONTH = r"同月\s?(?P<day4>[0-9]{1,2})\s?日"
_DAY_ONLY = r"(?<![0-9月年第])(?P<day5>[0-9]{1,2})\s?日(?!間|以内|前|後|目)"

_DIGITS = {kanji: digit for digit, kanji in enumerate("〇一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A day at ``start`` to ``end`` of a text, its day of the week included.

    ``day`` is known where the year stands with it and the day exists. ``month`` is None for 7日
    and 同月7日. ``weekday`` counts from Monday, 0. ``fiscal`` is the first calendar year of the
    年度 where that stands in the place of the year. ``following`` says 翌年, ``whole`` that a year
    stands with it.
    """

    start: int
    end: int
    day: date | None
    month: int | None
    number: int
    weekday: int | None
    whole: bool = False
    fiscal: int | None = None
    following: bool = False
    short: bool = False

    def agrees(self, day: date) -> bool:
        """Whether the printed day of the week, if any, is that of ``day``."""
        return self.weekday is None or self.weekday == day.weekday()

    def of_year(self, year: int) -> date | None:
        """That day of the year; None where there is none, or it bears no month."""
        if self.month is None:
            return None
        try:
            return date(year, self.month, self.number)
        except ValueError:
            return None


@cache
def _pattern() -> re.Pattern[str]:
    forms = "|".join((_KANJI_FORM, _MARKED, _SHORT, _SAME_MONTH, _DAY_ONLY))
    return re.compile(rf"(?:{forms}){_WEEKDAY}")


def find_partial_days(text: str) -> list[PartialDay]:
    """Every day in ``text``, which is in NFKC, in order.

    Forms: 令和8年7月31日, R8.7.31, 2026/7/31, 7月31日, 7/31, 同月31日, 31日.

    A day that does not exist is there without ``day``; its ``whole`` says that it bears a year.
    """
    return list(_days(text)) if _may_hold(text) else []


def _may_hold(text: str) -> bool:
    return "日" in text or "/" in text or "." in text or "-" in text or "・" in text


def _days(text: str) -> Iterator[PartialDay]:
    for found in _pattern().finditer(text):
        month = found["month"] or found["month2"] or found["month3"]
        number = found["day"] or found["day2"] or found["day3"] or found["day4"] or found["day5"]
        year = found["year"] or found["year2"]
        weekday = found["weekday"] or found["weekday2"]
        fiscal = None
        day = None
        if year and found["fiscal"]:
            fiscal = _year(year)
        elif year:
            day = _whole(year, month, number)
        elif found["same"] == "翌年":
            pass
        yield PartialDay(
            found.start(),
            found.end(),
            day,
            None if month is None else numeral(month),
            numeral(number),
            None if weekday is None else "月火水木金土日".index(weekday),
            whole=bool(year),
            fiscal=fiscal,
            following=found["same"] == "翌年",
            short=found["month3"] is not None,
        )


def printed_year(text: str) -> int | None:
    """The calendar year that stands alone in ``text`` (令和8年); None for anything else."""
    if len(text) > 40 or "年" not in text:
        return None
    found = re.fullmatch(rf"[\s(<【\[]*({_YEAR}{_AGAIN}\s?年{_AGAIN})[\s)>】\]:]*", text)
    return _year(found[1]) if found else None


def numeral(written: str) -> int:
    """12, 十二 and 一二 as a number."""
    if written.isascii():
        return int(written)
    if "十" not in written:
        return int("".join(str(_DIGITS[kanji]) for kanji in written))
    tens, _, ones = written.partition("十")
    return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)


def _year(printed: str) -> int | None:
    # The last day of a year lies in it, whatever its era began with.
    day = _whole(printed, "12", "31") or _whole(printed, "1", "1")
    return None if day is None else day.year


def _whole(year: str, month: str | None, number: str) -> date | None:
    words = re.sub(r"\s", "", year)
    if not words.endswith(("年", ")")):
        words += "年"
    if words.endswith(")") and "年" not in re.sub(r"\([^()]*\)", "", words):
        words += "年"
    try:
        return parse_date(f"{words}{month}月{number}日")
    except DateError:
        return None
