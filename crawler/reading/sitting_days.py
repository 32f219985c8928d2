"""The day of a sitting, from the words of links and from what minutes print about themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from kazami.dates import DateError, Span, find_date, parse_span

_YEAR = re.compile(
    r"(?:(?:令和|平成|昭和)\s*(?:\d{1,2}|元|[〇一二三四五六七八九十]{1,3})|(?<!\d)(?:19|20)\d{2})"
    r"\s*(?:\([^()]{1,12}\))?\s*年(?:\s*\([^()]{1,12}\))?\s*(?P<fiscal>度)?"
    r"|(?<![A-Za-z])(?P<short>[RHS]\d{1,2})(?![\d])"
)
_MONTH_AND_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_SPACE = re.compile(r"\s+")

_NOT_THE_DAY = re.compile(
    r"告示|通知|提出|締切|作成|発行|施行|専決|任期|更新|署名|生まれ|公布|付け|付で|による"
)
_CALLED = re.compile(r"招集|召集|会期")
_OPENS = re.compile(r"開議|開会|開催|再開|午前|午後|会議録|議事録|委員会記録|\([月火水木金土日]")
_LONGEST_LINE = 80


def year(words: Sequence[str]) -> Span | None:
    """The calendar or fiscal year that the last of ``words`` names which names any."""
    for text in reversed(words):
        span = _year(text)
        if span is not None:
            return span
    return None


@lru_cache(maxsize=1024)
def _year(text: str) -> Span | None:
    for found in reversed(list(_YEAR.finditer(unicodedata.normalize("NFKC", text)))):
        try:
            return parse_span(re.sub(r"\([^()]*\)|\s", "", found["short"] or found[0]))
        except DateError:
            continue
    return None


def newest(words: Sequence[str]) -> date | None:
    """The last day that documents under these words can have; None where no year is named.

    A year's own page may hold its 年度 without saying so: three months are added.
    """
    span = year(words)
    if span is None:
        return None
    return span.end if span.end.month == 3 else date(span.end.year + 1, 3, 31)


def month_and_day(words: str) -> tuple[int, int] | None:
    """The first month and day in ``words``: 12月2日, １２月２日開催."""
    found = _MONTH_AND_DAY.search(unicodedata.normalize("NFKC", words))
    return (int(found[1]), int(found[2])) if found else None


def named_day(words: Sequence[str]) -> date | None:
    """The day that the last of ``words`` names, with the year from those before it if need be."""
    own = unicodedata.normalize("NFKC", words[-1])
    try:
        whole = find_date(own)
    except DateError:
        return None
    if whole is not None:
        return whole
    short, span = month_and_day(own), year(words)
    if short is None or span is None:
        return None
    for number in range(span.start.year, span.end.year + 1):
        try:
            day = date(number, *short)
        except ValueError:
            continue
        if span.start <= day <= span.end:
            return day
    return None


def sitting_day(front: str, words: Sequence[str]) -> date | None:
    """The day of the sitting whose minutes begin with ``front``; ``words`` are those of its links.

    The link's own day is it, or the printed one of the month and day that the link names. Else it
    is the first one beside 開議, 開会, 午前 …, else the first one of all but those of notices and
    orders (告示, 提出); in the year that the links name, if there is such a one. None without any:
    no day is ever guessed.
    """
    named = named_day(words) if words else None
    if named is not None:
        return named
    ranked = list(_days(front))
    short = month_and_day(words[-1]) if words else None
    if short is not None:
        for _, day in ranked:
            if (day.month, day.day) == short:
                return day
    span, last = year(words), newest(words)
    if span is not None and last is not None:
        # 令和6年 may mean the year of the session, which can end in the next January to March.
        ranked = [each for each in ranked if span.start <= each[1] <= last] or ranked
    return max(ranked, key=lambda each: each[0])[1] if ranked else None


def _days(front: str) -> Iterator[tuple[int, date]]:
    """Every day printed in ``front`` with how likely it is that of the sitting."""
    for line in front.split("\n"):
        plain = _SPACE.sub("", unicodedata.normalize("NFKC", line))
        if len(plain) > _LONGEST_LINE or _NOT_THE_DAY.search(plain):
            continue
        try:
            day = find_date(plain)
        except DateError:
            continue
        if day is not None:
            rank = 0 if _CALLED.search(plain) else 1
            yield rank + (2 if _OPENS.search(plain) else 0), day
