"""The day of a sitting, from the words of links and from what minutes print about themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kazami.dates import DateError, Span, find_dates, parse_span
from kazami.reading_rules import DayRule

_YEAR = re.compile(
    r"(?:(?:令和|平成|昭和)\s*(?:\d{1,2}|元|[〇一二三四五六七八九十]{1,3})|(?<!\d)(?:19|20)\d{2})"
    r"\s*(?:\([^()]{1,12}\))?\s*年(?:\s*\([^()]{1,12}\))?\s*(?P<fiscal>度)?"
    r"|(?<![A-Za-z])(?P<short>[RHS]\d{1,2})(?![\d])"
)
_MONTH_AND_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_SPACE = re.compile(r"\s+")

_OTHER_DAYS = (
    r"(?:公開|更新|登録|掲載|公表|公布|公告|告示|通知|提出|締切|作成|調製|調整|発行|印刷|校正|施行|専決|改正|制定|署名|"
    r"送付|配[付布]|受理|決裁|承認|確認|付託|議決|閲覧|任期|期限|生まれ|生年月|前回|次回|次の(?:会議|本会議)|次期|最終|"
    r"アップロード|updated?|modified|posted)"
)
"""What a day is named for that is not the sitting's: of the page, of the paper, of another act."""

_MD = r"[0-9]{1,2}\s*(?:月\s*[0-9]{1,2}\s*日|/\s*[0-9]{1,2})"
_OTHER_BEFORE = re.compile(
    rf"{_OTHER_DAYS}[^0-9、。()]{{0,8}}[:()\s]*$|{_OTHER_DAYS}(?:年月日|日|:|は)*\(?$",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    rf"^\s*(?:\([月火水木金土日][^()]*\)\s*)?[)\s]*(?:に|の|付け?(?:で)?|[:・])?\s*\(?{_OTHER_DAYS}|^\s*(?:付け?|現在|による)"
    r"|^\s*(?:\([月火水木金土日][^()]*\)\s*)?(?:から|まで|~|〜|以降|以前)",
    re.IGNORECASE,
)
_OTHER_SHORT = re.compile(
    rf"\(?[^()0-9]{{0,6}}{_OTHER_DAYS}[^0-9()]{{0,4}}{_MD}\s*\)?|\(?{_MD}\s*(?:\([月火水木金土日]\))?\s*(?:に)?{_OTHER_DAYS}\s*\)?",
    re.IGNORECASE,
)
_OTHER_LINE = re.compile(r"署名|相違ない|上記|地方自治法第(?:123|百二十三)条|調製|次の会議|次回")
_WEEKDAY = re.compile(r"\s*\(?([月火水木金土日])(?:曜日?|[)・])")
_AT_AN_HOUR = re.compile(r"[午正][前後午]|[0-9一二三四五六七八九十]+時")
_OPENED = re.compile(r"開議|再開|開催|会議の?日|日時|本日の会議|開会日時|会議年月日|とき|期日")
_BEGAN = re.compile(r"開会|会議録|議事録|委員会記録|第[0-9一二三四五六七八九十]+[号日]")
_CALLED = re.compile(r"招集|召集|会期|応招")
_LONGEST_LINE = 80
_LONGEST_WORDS = 300
"""Characters of a link or a title in which days are looked for."""


@dataclass(frozen=True, slots=True)
class SittingDay:
    """The day of a sitting as it was read: by which rule, from which words, and any doubt."""

    day: date
    rule: DayRule
    printed: str
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class _Printed:
    day: date
    weekday: int | None
    rank: int
    words: str = ""
    rule: DayRule = DayRule.PRINTED

    @property
    def agrees(self) -> bool:
        return self.weekday is None or self.weekday == self.day.weekday()


def year(words: Sequence[str]) -> Span | None:
    """The calendar or fiscal year that the last of ``words`` names which names any."""
    for text in reversed(words):
        span = _year(text)
        if span is not None:
            return span
    return None


@lru_cache(maxsize=1024)
def _year(text: str) -> Span | None:
    for found in reversed(list(_YEAR.finditer(without_other_days(text)))):
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
    """The first month and day in ``words``: 12月2日, １２月２日開催; not those of 更新日."""
    found = _MONTH_AND_DAY.search(without_other_days(words))
    return (int(found[1]), int(found[2])) if found else None


def without_other_days(words: str) -> str:
    """The words of a link in NFKC, without the days that a page or a paper was made public."""
    text = unicodedata.normalize("NFKC", words[:_LONGEST_WORDS])
    for begin, end, _ in reversed(find_dates(text)):
        if _is_other(text[:begin], text[end:]):
            text = f"{text[:begin]} {text[end:]}"
    return _OTHER_SHORT.sub(" ", text)


def named_day(words: Sequence[str]) -> date | None:
    """The day that the last of ``words`` names, with the year from those before it if need be."""
    own = without_other_days(words[-1])
    whole = find_dates(own)
    if whole:
        return whole[0][2]
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
    """The day of the sitting whose minutes begin with ``front``; see ``read_day``."""
    read = read_day(front, words)
    return read.day if read else None


def read_day(front: str, words: Sequence[str]) -> SittingDay | None:
    """The day of the sitting whose minutes begin with ``front``; ``words`` are those of its links.

    The printed day of the sitting wins over a link's words, which fill in where none is printed
    beside 開議, 午前 … or a day of the week. Days of notices, pages and papers are nobody's. A day
    off its printed day of the week is not believed: the year that title or list names and that day
    of the week fits decides, else it is doubtful. None without any: no day is ever guessed.
    """
    named = named_day(words) if words else None
    short = month_and_day(words[-1]) if words else None
    span, last = year(words), newest(words)
    title = _years_of_title(front)
    printed = [_mended(each, title, words) for each in _days(front, title)]
    sound = [each for each in printed if each.agrees]
    if short is not None and (same := [d for d in sound if (d.day.month, d.day.day) == short]):
        agreed = max(same, key=lambda each: each.rank)
        rule = DayRule.LINK_AND_PRINT if agreed.rule is DayRule.PRINTED else agreed.rule
        return SittingDay(agreed.day, rule, agreed.words)
    if span is not None and last is not None:
        # 令和6年 may mean the year of the session, which can end in the next January to March.
        sound = [each for each in sound if span.start <= each.day <= last] or sound
    best = max(sound, key=lambda each: each.rank, default=None)
    if best is not None and (named is None or best.rank >= _SAYS_SO):
        outside = span is not None and last is not None and not span.start <= best.day <= last
        doubt = f"printed {best.day}, listed under {span.start:%Y}" if outside and span else None
        return SittingDay(best.day, best.rule, best.words, doubt)
    if named is not None:
        return SittingDay(named, DayRule.LINK, words[-1])
    if printed:
        worst = max(printed, key=lambda each: each.rank)
        doubt = "the printed day of the week is another"
        return SittingDay(worst.day, DayRule.WEEKDAY_OFF, worst.words, doubt)
    return None


_SAYS_SO = 4
"""The rank of a day that print itself calls the sitting's."""


def _days(front: str, title: Sequence[int]) -> Iterator[_Printed]:
    """Every day printed in ``front`` that may be the sitting's, and how likely it is."""
    before = ""
    for line in front.split("\n"):
        plain = _SPACE.sub("", unicodedata.normalize("NFKC", line))
        if not plain:
            continue
        if len(plain) > _LONGEST_LINE:
            before = ""
            continue
        dates = find_dates(plain)
        alone = len(dates) == 1 and dates[0][1] - dates[0][0] >= len(plain) - 6
        label = before if alone and len(before) <= 12 else ""
        before = "" if dates else plain
        if _OTHER_LINE.search(plain) or _OTHER_LINE.search(label):
            continue
        ends = [*(begin for begin, _, _ in dates[1:]), len(plain)][: len(dates)]
        start = 0
        for (begin, end, day), until in zip(dates, ends, strict=True):
            left, right = plain[start:begin], plain[end:until]
            start = end
            if not _is_other(left, right) and not _is_other(label, ""):
                words = f"{label} {line.strip()}" if label else line.strip()
                yield replace(_ranked(day, left, right, label, alone), words=words)
        if not dates and (_OPENED.search(plain) or _AT_AN_HOUR.search(plain)):
            for each in _without_year(plain, title):
                yield replace(each, words=line.strip(), rule=DayRule.YEAR_OF_TITLE)


def _years_of_title(front: str) -> list[int]:
    """The years that the first lines name without a day, such as 令和６年第１回定例会."""
    lines = [
        unicodedata.normalize("NFKC", line[:_LONGEST_WORDS]) for line in front.split("\n")[:12]
    ]
    spans = [_year(line) for line in lines if not find_dates(_SPACE.sub("", line))]
    return list(dict.fromkeys(span.start.year for span in spans if span))


def _without_year(plain: str, title: Sequence[int]) -> Iterator[_Printed]:
    """開議　３月４日（月曜日）午前10時 under 令和６年第１回定例会: the day of the week decides."""
    found = _MONTH_AND_DAY.search(plain)
    if found is None or _is_other(plain[: found.start()], plain[found.end() :]):
        return
    said = _WEEKDAY.match(plain[found.end() :])
    days = []
    for number in (*title, *(each + 1 for each in title)):
        with suppress(ValueError):
            days.append(date(number, int(found[1]), int(found[2])))
    if said:
        days = [day for day in days if "月火水木金土日"[day.weekday()] == said[1]]
    if days:
        left, right = plain[: found.start()], plain[found.end() :]
        yield _ranked(days[0], left, right, "", False)


def _is_other(left: str, right: str) -> bool:
    return _OTHER_BEFORE.search(left) is not None or _OTHER_AFTER.match(right) is not None


def _ranked(day: date, left: str, right: str, label: str, alone: bool) -> _Printed:
    said = _WEEKDAY.match(right)
    around = label + left + right
    rank = 1
    if _OPENED.search(around) or _AT_AN_HOUR.search(right):
        rank += 5
    if said:
        rank += 3
    if alone:
        rank += 2
    if rank <= 3 and "開会" in around:
        return _Printed(day, None, 2)  # of the session, whose later sittings print it too
    if _BEGAN.search(around):
        rank += 1
    if _CALLED.search(label + left):
        rank -= 4
    return _Printed(day, "月火水木金土日".index(said[1]) if said else None, rank)


def _mended(printed: _Printed, title: Sequence[int], words: Sequence[str]) -> _Printed:
    """A day whose year is misprinted: the one that title or list names, if its weekday fits."""
    if printed.agrees:
        return printed
    named = list(title)
    if (span := year(words)) is not None:
        named.insert(0, span.start.year)
    for number in (*named, *(each + 1 for each in named)):
        try:
            day = printed.day.replace(year=number)
        except ValueError:
            continue
        if day.weekday() == printed.weekday:
            return replace(printed, day=day, rule=DayRule.WEEKDAY_MENDED)
    return printed
