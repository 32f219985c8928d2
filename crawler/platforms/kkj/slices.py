"""What is asked of the portal: there is no paging, so days and areas are cut until all fits.

An answer holds at most 1,000 records. A slice is an area (a prefecture by LG_Code, or the state's
organs by words in their names) and days; one that does not fit is cut into halves down to a day,
that by category, and then no further.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from crawler.page import Wanted

MOST = 1000
"""The most records of one answer, whatever ``Count`` says."""

CATEGORIES = ("1", "2", "3")
"""物品, 工事, 役務."""

FIRST_MONTH = date(2021, 1, 1)
"""From here each month is asked for by itself; all that is older at once, cut where it must be.
The portal keeps notices of years ago, how far back is nowhere said."""

_FLOOR = date(2000, 1, 1)
"""Older than the portal: a beginning that is open is cut no further below."""

PREFECTURES = tuple(f"{number:02}" for number in range(1, 48))
STATE = "state"
_STATE_NAMES = (
    *("省", "庁", "内閣", "宮内", "人事院", "検査院", "裁判所", "検察", "衆議院", "参議院", "国会"),
    *("取引委員会", "保護委員会", "規制委員会", "独立行政法人", "研究開発法人"),
    *("大学", "機構", "公庫", "自衛隊", "駐屯地", "防衛"),
    *("整備局", "開発局", "財務局", "税務署", "国税局", "労働局", "農政局", "森林管理", "運輸局"),
    *("経済産業局", "法務局", "入国管理", "刑務所", "年金", "研究所", "研究センター", "日本"),
)
"""A request needs a prefecture or words: these are in the names of the state's organs."""


@dataclass(frozen=True, kw_only=True)
class Slice:
    """``areas`` joined by commas; days as ISO 8601, empty where it is open to that side.

    With a ``category`` it is one of the three parts of a day (``name``) that did not fit:
    ``whole`` is how many notices that day has, None where nobody said, ``counted`` how many its
    parts have so far, and ``documents`` the keys of those that came. ``count`` is below ``MOST``
    where so many were too large for one answer.
    """

    areas: str
    first: str = ""
    last: str = ""
    category: str = ""
    count: int = MOST
    whole: int | None = None
    counted: int = 0
    documents: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The listing: ``10/2026-05`` for a whole month, else ``10/2026-05-01..2026-05-15``."""
        area = self.areas if "," not in self.areas else "all"
        if self.first and self.last:
            first, last = date.fromisoformat(self.first), date.fromisoformat(self.last)
            if first.day == 1 and last == month_end(first):
                return f"{area}/{self.first[:7]}"
        return f"{area}/{self.first}..{self.last}"

    @property
    def key(self) -> str:
        """Names the page: the listing, with category and count where they are asked for."""
        category = f"/{self.category}" if self.category else ""
        return self.name + category + (f"/{self.count}" if self.count < MOST else "")

    @property
    def newest(self) -> date | None:
        """The latest day that it can hold."""
        return date.fromisoformat(self.last) if self.last else None

    def address(self, api: str) -> str:
        """Where it is asked for."""
        fields: dict[str, str | int] = {}
        if self.areas == STATE:
            fields["Organization_Name"] = " OR ".join(_STATE_NAMES)
        else:
            fields["LG_Code"] = self.areas
        fields["CFT_Issue_Date"] = f"{self.first}/{self.last}"
        if self.category:
            fields["Category"] = self.category
        return f"{api}?{urlencode({**fields, 'Count': self.count})}"

    def halves(self) -> tuple[Slice, ...]:
        """Its days in two, the newer first; none where it is a day, or has no end to that side."""
        first = date.fromisoformat(self.first) if self.first else _FLOOR
        last = self.newest
        if last is None or first >= last:
            return ()
        middle = first + (last - first) // 2
        after = middle + timedelta(days=1)
        return (
            replace(self, first=after.isoformat()),
            replace(self, last=middle.isoformat()),
        )

    def arguments(self) -> dict[str, object]:
        """As JSON has it."""
        return {**asdict(self), "documents": list(self.documents)}


def slices(areas: tuple[str, ...], wanted: Wanted) -> Iterator[Slice]:
    """What a run asks for, the newest month first."""
    first, last = wanted.since, wanted.until or month_end(wanted.today)
    if wanted.until is None:
        # A day to come is a slip of somebody's pen, and its notice one all the same.
        begin = (last + timedelta(days=1)).isoformat()
        codes = ",".join(area for area in areas if area != STATE)
        for each in filter(None, (codes, STATE if STATE in areas else "")):
            yield Slice(areas=each, first=begin)
    while last >= max(first or FIRST_MONTH, FIRST_MONTH):
        begins = max(last.replace(day=1), first or FIRST_MONTH)
        for area in areas:
            yield Slice(areas=area, first=begins.isoformat(), last=last.isoformat())
        last = begins - timedelta(days=1)
    if first is None or first <= last:
        oldest = first.isoformat() if first else ""
        for area in areas:
            yield Slice(areas=area, first=oldest, last=last.isoformat())


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
