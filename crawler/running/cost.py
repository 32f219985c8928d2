"""What a crawl would cost: requests and hours per platform, planned without asking anybody.

The figures are assumptions, meant for deciding, right to a factor of two or so:

* Sittings a year by population, plenary and committees: prefecture 150, from 200,000 residents
  150, from 100,000 90, from 50,000 50, from 20,000 28, below 16 (つくば市 has 190 in one year,
  八戸市 137, 鴨川市 28; 桐生市 20 of the plenary alone). Councils' own pages hold the plenary only:
  at most 20, below 20,000 residents 12. The Diet 1,500.
* Years on line: 25 with a vendor, 14 on own pages (the median of 346 known ones), the Diet since
  1947; an option ``first_year`` of a source goes before these.
* A feed shows 20 entries (the median of 715), of which 3 a day are new or changed.
* Requests: the ``cost`` of each platform.
* A request takes the host's delay and one second for the answer. A host is asked by one request
  at a time, all its councils together; hosts run side by side: ``longest`` is the slowest host's.
* A daily update asks for the listings of the current year and again for the sittings of the last
  ``months`` months, whose text may still change.

Permitted hours of the day are not counted: where an assembly allows ten hours at night, it takes
2.4 times as long.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from crawler.detection import readable
from crawler.permission.standing import Standing
from crawler.platform import platforms
from kazami.bodies import Body, BodyKind, is_national
from kazami.permission import Permission
from kazami.sources import Source

ANSWER = 1.0
"""Seconds from asking to the end of an answer."""

_VENDOR_YEARS, _OWN_YEARS = 25, 14
_DIET_SINCE, _DIET_SITTINGS = 1947, 1_500


@dataclass(slots=True)
class Load:
    """Requests and hours; ``hosts`` has the hours of each host."""

    requests: int = 0
    hosts: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def hours(self) -> float:
        """Of all hosts, one after the other."""
        return sum(self.hosts.values())

    @property
    def longest(self) -> float:
        """Until the slowest host is done, all hosts side by side."""
        return max(self.hosts.values(), default=0.0)

    def add(self, host: str, requests: int, seconds: float) -> None:
        self.requests += requests
        self.hosts[host] += requests * seconds / 3600


@dataclass(slots=True)
class Share:
    """The sources of one platform, or of all: how many stand how, and what they cost.

    ``bodies`` are without the state's organs.
    ``needing`` counts refused and suspended ones too; ``unread`` are those that kazami cannot
    read yet, whatever is allowed.
    """

    platform: str
    bodies: set[str] = field(default_factory=set)
    allowed: int = 0
    needing: int = 0
    unknown: int = 0
    unread: int = 0
    first: Load = field(default_factory=Load)
    daily: Load = field(default_factory=Load)


@dataclass(slots=True)
class Plan:
    """Per platform in order of size, all together, and what may be asked and read today."""

    platforms: tuple[Share, ...]
    total: Share
    now: Share


def plan(
    sources: Iterable[Source],
    standings: Mapping[str, Standing],
    permissions: Mapping[str, Permission],
    bodies: Mapping[str, Body],
    *,
    today: date,
    months: int,
) -> Plan:
    """Add up what a first fill and a daily update of these sources would ask."""
    shares: dict[str, Share] = {}
    total, now = Share("total"), Share("now")
    for source in sources:
        stands = standings[source.id]
        open_now = readable(source) is None and stands in (
            Standing.ALLOWED,
            Standing.GRANTED,
            Standing.UNKNOWN,
        )
        loads = _loads(source, bodies[source.body], today, months)
        seconds = _delay(source, permissions.get(source.id)) + ANSWER
        share = shares.setdefault(source.platform, Share(source.platform))
        for each in (share, total, now) if open_now else (share, total):
            _count(each, source, stands)
            if loads is not None:
                each.first.add(_host(source), loads[0], seconds)
                each.daily.add(_host(source), loads[1], seconds)
    ordered = sorted(shares.values(), key=lambda each: (-len(each.bodies), each.platform))
    return Plan(tuple(ordered), total, now)


def requests(source: Source, body: Body, *, today: date, months: int) -> tuple[int, int]:
    """What a first fill and a daily update ask of one source; zero where nobody can read it."""
    return _loads(source, body, today, months) or (0, 0)


def seconds(source: Source, permission: Permission | None) -> float:
    """Seconds that one request to the source takes, with the pause after it."""
    return _delay(source, permission) + ANSWER


def _count(share: Share, source: Source, stands: Standing) -> None:
    if not is_national(source.body):
        share.bodies.add(source.body)
    share.unread += readable(source) is not None
    if stands in (Standing.ALLOWED, Standing.GRANTED):
        share.allowed += 1
    elif stands == Standing.UNKNOWN:
        share.unknown += 1
    else:
        share.needing += 1


def _loads(source: Source, body: Body, today: date, months: int) -> tuple[int, int] | None:
    known = platforms().get(source.platform)
    if known is None:
        return None
    cost = known.cost
    if cost.listed is not None:
        first = cost.run + cost.listed * cost.sitting
        return math.ceil(first), math.ceil(cost.run + cost.a_day * cost.sitting)
    a_year = sittings(body, own_pages=cost.own_pages)
    first_year = source.options.get("first_year")
    years = _VENDOR_YEARS if not cost.own_pages else _OWN_YEARS
    if body.kind == BodyKind.DIET:
        years = today.year - _DIET_SINCE + 1
    elif cost.first_year is not None:
        years = today.year - cost.first_year + 1
    elif isinstance(first_year, int):
        years = max(1, today.year - first_year + 1)
    first = cost.run + years * (cost.year + a_year * cost.sitting)
    daily = cost.run + cost.year * cost.months / 12 + a_year * months / 12 * cost.sitting
    return math.ceil(first), math.ceil(daily)


def sittings(body: Body, *, own_pages: bool) -> int:
    """Sittings that a body publishes in a year, as assumed above."""
    if body.kind == BodyKind.DIET:
        return _DIET_SITTINGS
    people = body.population or 0
    if own_pages:
        return 20 if people >= 20_000 else 12
    if body.kind == BodyKind.PREFECTURE:
        return 150
    for least, count in ((200_000, 150), (100_000, 90), (50_000, 50), (20_000, 28)):
        if people >= least:
            return count
    return 16


def _delay(source: Source, permission: Permission | None) -> float:
    """The longest delay that platform, source and permission ask for, in seconds."""
    known = platforms().get(source.platform)
    return max(
        known.delay if known else 0.0,
        source.delay or 0.0,
        (permission.minimum_delay if permission else None) or 0.0,
    )


def _host(source: Source) -> str:
    name = urlsplit(source.url).hostname or ""
    known = platforms().get(source.platform)
    return name if known is None else known.bucket(name)
