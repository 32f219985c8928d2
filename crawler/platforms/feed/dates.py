"""Days as feeds write them: RFC 822, ISO 8601, or as Japanese pages do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_tz

from kazami.dates import find_date
from kazami.errors import KazamiError

JAPAN = timezone(timedelta(hours=9))

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?)?")
_ZONE = re.compile(r"(?:\s*(?:(Z|GMT|UTC?)|([+-])(\d{2}):?(\d{2})?))$", re.IGNORECASE)
_EARLIEST = 1990
"""The year before which no feed was written: an earlier day is a clock that was never set."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """``day`` in Japan; ``at`` orders the states of one page, the day alone where that is all."""

    day: date
    at: str
    words: str


def stamp(words: str | None) -> Stamp | None:
    """The moment that the words say; None where they say none, or a day that does not exist.

    A time without a zone is Japan's: 20:00 GMT is the next day there. Of a year in two digits the
    century is that of RFC 2822 (``15`` is 2015).
    """
    words = " ".join((words or "").split())
    if not words:
        return None
    moment = _iso(words) or _rfc822(words)
    if moment is None:
        printed = _printed(words)
        known = Stamp(printed, printed.isoformat(), words) if printed else None
    else:
        try:
            here = moment.astimezone(JAPAN)
        except OverflowError:  # the first and the last year there are
            return None
        known = Stamp(here.date(), here.isoformat(timespec="seconds"), words)
    return known if known is not None and known.day.year >= _EARLIEST else None


def _iso(words: str) -> datetime | None:
    found = _ISO.match(words)
    if found is None:
        return None
    rest = words[found.end() :]
    zone = _zone(rest)
    if rest.strip() and zone is None:
        return None
    year, month, day, hour, minute, second = (int(each or 0) for each in found.groups())
    try:
        moment = datetime(year, month, day, min(hour, 23), minute, min(second, 59), tzinfo=JAPAN)
        return moment.replace(tzinfo=zone or JAPAN) if found[4] else moment
    except ValueError:
        return None


def _zone(rest: str) -> timezone | None:
    found = _ZONE.fullmatch(rest)
    if found is None:
        return None
    if found[1]:
        return UTC
    minutes = int(found[3]) * 60 + int(found[4] or 0)
    if minutes >= 24 * 60:
        return None
    return timezone(timedelta(minutes=minutes if found[2] == "+" else -minutes))


def _rfc822(words: str) -> datetime | None:
    if not re.search(r"[A-Za-z]{3}", words):
        return None
    try:
        read = parsedate_tz(words)
        if read is None:
            return None
        year, month, day, hour, minute, second = read[:6]
        # Without a zone, and in JST, which RFC 2822 does not name, zero is said of it.
        known = re.search(r"(?:[+-]\d{4}|\b(?!JST|[AP]M)[A-Z]{1,4})\)?$", words)
        zone = timezone(timedelta(seconds=read[9] or 0)) if known else JAPAN
        return datetime(year, month, day, min(hour, 23), minute, min(second, 59), tzinfo=zone)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _printed(words: str) -> date | None:
    try:
        return find_date(words)
    except KazamiError:
        return None
