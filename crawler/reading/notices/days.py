"""The days, spans and hours that a piece of a notice states, their years lent where left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from kazami.partial_days import PartialDay, find_partial_days, numeral

_NUM = r"(?:[0-9]{1,2}|[一二三四五六七八九十〇]{1,3})"
_TIME = (
    rf"(?P<half>午\s?[前後]|AM|PM|am|pm)?\s?(?:(?P<hour>{_NUM})\s?(?:時\s?(?:(?P<minute>{_NUM})\s?分|(?P<thirty>半))?"
    r"|[:：]\s?(?P<minute2>[0-9]{2})(?![0-9:]))|(?P<noon>正\s?午))"
)
_TIME_AT = re.compile(_TIME)
_BEHIND_LABEL = re.compile(
    rf"\s?[^0-9。()]{{2,40}}\(\s?{_TIME}\s?(?:まで|必着|締切|厳守|~|から|開始)?\s?\)\s?"
)
_BETWEEN_DAY_AND_TIME = re.compile(
    r"(?:\s|まで|に|の|、|,|:|は|限り|必着|締切|当日|開庁日|土|日|祝日|休日|平日|執務時間|を除く|受け?付けます|平日|の間|\((?!正)[^()0-9]{0,12}\)|\((?=[^()]{1,24}\))|[・])*"
)
_RANGE = re.compile(
    r"(?:\s|\([^()]{0,20}\)|・)*(?:から|より|以降|[~\-—–―→⇒➡]|至)(?:\s|、|,|\([^()]{0,20}\)|同日?|至|[~\-])*"
)
_THROUGH = re.compile(r"\s?(?:から|より|~|-|—|–|―|→)")
_FROM = re.compile(r"\s?(?:から|より|以降|~|か(?=\.\.|…|$))")
_MORE_HOURS = re.compile(
    rf"\s?(?:まで)?\s?(?:及び|、|,|・|並びに)\s?{_TIME.replace('?P<', '?P<x')}\s?(?:から|~|-)\s?"
)
_CHANGED = re.compile(r"[^。0-9]{0,12}(?:に|へ)?\s?(?:変更|延長|延期|改め|訂正|修正)")
_TORN_SPAN = re.compile(r"から\s?まで\s?$")
"""A text layer's 入札期間 から まで 7月13日 7月15日: both days behind the words between them."""

_HALF_YEAR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Stated:
    """A day, or of a span the last, at ``start`` to ``end`` of its text.

    ``day`` is None where no year can be lent, the day does not exist or its day of the week
    contradicts it. ``open`` says that the words name a beginning and no end, ``until`` that they
    name an end. Behind ``day_end`` its hour is printed.
    """

    start: int
    end: int
    day: date | None
    time: time | None
    begins: date | None = None
    open: bool = False
    until: bool = False
    day_end: int = 0


class Years:
    """What year a day without one lies in: that of the days printed before it, never a guess.

    The nearest such day to the one before it counts, so that January follows December. Where
    none stands before it, one printed ``later`` does, if the day of the week bears it out.
    """

    def __init__(self, seen: date, last: date | None = None, later: date | None = None) -> None:
        self.seen = seen
        self.last = last
        self.later = later

    def year(self, year: int) -> None:
        """A year that stands alone, as above a table."""
        self.last = date(year, 7, 1)
        self._bare = year

    _bare: int | None = None

    def resolve(self, partial: PartialDay, begins: date | None = None) -> date | None:
        """The day meant; None where it cannot be told. ``begins`` is the first of its span."""
        day = partial.day
        if day is None and partial.fiscal is not None:
            day = self._fiscal(partial)
        elif day is None and not partial.whole:
            day = self._lent(partial, begins)
        return day if day is not None and partial.agrees(day) else None

    def _fiscal(self, partial: PartialDay) -> date | None:
        """令和8年度3月19日: the 年度 may be the day's, or the heading's that stands before it.

        Of the two years the one counts that is near to the days printed before, else the visit.
        """
        if partial.month is None or partial.fiscal is None:
            return None
        days = {partial.of_year(partial.fiscal), partial.of_year(partial.fiscal + 1)}
        if partial.month >= 4:
            days = {partial.of_year(partial.fiscal)}
        anchor = self.last or self.seen
        near = [each for each in days if each is not None and abs(each - anchor) <= _HALF_YEAR]
        return near[0] if len(near) == 1 else None

    def _lent(self, partial: PartialDay, begins: date | None) -> date | None:
        anchor = begins or self.last or (self.later if partial.weekday is not None else None)
        if anchor is None:
            return None
        if partial.month is None:
            same = replace(partial, month=anchor.month).of_year(anchor.year)
            return same if begins is not None or self.last is not None else None
        if partial.following:
            return partial.of_year(anchor.year + 1)
        if begins is not None:
            day = partial.of_year(begins.year)
            return partial.of_year(begins.year + 1) if day is not None and day < begins else day
        if self._bare is not None:
            return partial.of_year(self._bare)
        near = [partial.of_year(anchor.year + each) for each in (-1, 0, 1)]
        days = [each for each in near if each is not None and abs(each - anchor) <= _HALF_YEAR]
        return min(days, key=lambda each: abs(each - anchor), default=None)

    def heed(self, day: date) -> None:
        """A day of the notice's own course was read: the next ones are near to it."""
        self.last = day
        self._bare = None


def days_of(text: str, years: Years) -> list[Stated]:
    """The days that ``text`` states, in order, each span as one."""
    return list(_stated(text, find_partial_days(text), years))


def _stated(text: str, partials: list[PartialDay], years: Years) -> Iterator[Stated]:
    at = 0
    while at < len(partials):
        first = partials[at]
        at += 1
        if first.month is None and not text.startswith("同月", first.start):
            continue  # a day alone counts only as the end of a span
        begin_time, after = hour_after(text, first.end)
        second = partials[at] if at < len(partials) else None
        if second is not None and second.start - first.end <= 80:
            gap = _range_between(text, first.end, after, second.start)
            empty = not text[after if begin_time else first.end : second.start].strip()
            if gap or (empty and _TORN_SPAN.search(text[: first.start])):
                at += 1
                yield _span(text, first, second, years)
                continue
        day = years.resolve(first)
        opens = _FROM.match(text, first.end if begin_time is None else after)
        if day is not None and begin_time is None and opens:
            # 8月20日から3日間, 8月20日以降
            yield Stated(first.start, first.end, day, None, open=True, day_end=first.end)
            continue
        yield Stated(
            first.start,
            after if begin_time is not None else first.end,
            day,
            begin_time if day is not None else None,
            open=bool(opens),
            until=bool(
                re.match(
                    r"[\s(]{0,2}(?:まで|必着|締切|〆|締め切り|限り|消印)",
                    text[first.end : first.end + 20],
                )
            )
            or bool(
                re.match(
                    r"[\s(]{0,2}(?:まで|必着|締切|〆|締め切り|限り|消印)", text[after : after + 20]
                )
            ),
            day_end=first.end,
        )


def _range_between(text: str, day_end: int, time_end: int, second: int) -> bool:
    for begin in dict.fromkeys((time_end, day_end)):
        found = _RANGE.match(text, begin, second)
        if found and found.end() == second:
            return True
    # 10時00分から (土日を除く。)令和… : what stands in brackets is no bar
    gap = re.sub(r"\([^()]{0,40}\)", "", text[day_end:second])
    gap = _TIME_AT.sub("", gap)
    return bool(re.fullmatch(r"[\s、,の]*(?:から|より|~|-|—|–|―|→|⇒|至)[\s、,~至\-]*", gap))


def _span(text: str, first: PartialDay, second: PartialDay, years: Years) -> Stated:
    at, after = hour_after(text, second.end)
    begins = years.resolve(first)
    if second.month is None and first.month is not None:
        second = replace(second, month=first.month)
    kept = years.last
    day = years.resolve(second, begins) if not second.whole else years.resolve(second)
    years.last = kept
    tail = text[max(second.end, after if at else second.end) :][:40]
    if day is not None and begins is None and not first.whole and first.month is not None:
        begins = first.of_year(day.year)
        if begins is not None and begins > day:
            begins = first.of_year(day.year - 1)
        begins = begins if begins is not None and first.agrees(begins) else None
    if _CHANGED.match(tail) or (begins is not None and day is not None and begins > day):
        begins = None
    return Stated(
        first.start,
        after if at is not None else second.end,
        day,
        at if day is not None else None,
        begins=begins if day is not None else None,
        until=True,
        day_end=second.end,
    )


def hour_after(text: str, position: int) -> tuple[time | None, int]:
    """The hour that stands behind a day, and where it ends; None for hours of reception."""
    between = _BETWEEN_DAY_AND_TIME.match(text, position, position + 60)
    begin = between.end() if between else position
    found = _TIME_AT.match(text, begin)
    if found is None:
        return None, position
    through = _THROUGH.match(text, found.end())
    if through:
        after = re.compile(r"[\s、,]*").match(text, through.end())
        other = _TIME_AT.match(text, after.end() if after else through.end())
        if other:
            return _last_hour(text, other)
    return _hour(found), found.end()


def _last_hour(text: str, found: re.Match[str]) -> tuple[time | None, int]:
    """Of hours right behind a day the last: 9時から12時まで及び13時から17時まで is 17."""
    while more := _MORE_HOURS.match(text, found.end()):
        again = _TIME_AT.match(text, more.end())
        if again is None:
            break
        found = again
    return _hour(found), found.end()


def first_hour(text: str, position: int) -> time | None:
    """The hour at which something begins that stands behind a day: 10時から11時まで is 10."""
    between = _BETWEEN_DAY_AND_TIME.match(text, position, position + 60)
    found = _TIME_AT.match(text, between.end() if between else position)
    return _hour(found) if found else None


def hour_behind_label(text: str, position: int) -> time | None:
    """The hour in brackets behind the label of a day: 6月12日(金) 質問の受付終了(午後5時)."""
    found = _BEHIND_LABEL.fullmatch(text, position)
    return _hour(found) if found else None


def hours(text: str) -> list[time]:
    """Every hour in ``text``, in order."""
    return [each for found in _TIME_AT.finditer(text) if (each := _hour(found)) is not None]


def _hour(found: re.Match[str]) -> time | None:
    if found["noon"]:
        return time(12)
    hour = numeral(found["hour"])
    minute = 30 if found["thirty"] else numeral(found["minute"] or found["minute2"] or "0")
    half = re.sub(r"\s", "", found["half"] or "").lower()
    if half in {"午後", "pm"} and hour < 12:
        hour += 12
    elif half in {"午後", "pm"} and hour == 12:
        return None  # 午後12時 is midnight to one and noon to the other
    elif half in {"午前", "am"} and hour > 12:
        return None
    if (hour, minute) == (24, 0):
        return time(23, 59)  # the end of that day, which the next day's 0:00 would not be
    return time(hour, minute) if hour < 24 and minute < 60 else None
