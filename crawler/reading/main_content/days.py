"""Which day a page says that it was published, and which updated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kazami.dates import DateError, find_dates, parse_date

_PUBLISHED = "公開|掲載|公表|発表|登録|投稿|作成|配信"
_UPDATED = "更新|改訂|修正"
_SAID = re.compile(rf"(?:(?P<published>{_PUBLISHED})|(?P<updated>{_UPDATED}))(?:年月)?(?:日時?)?")
_AFTER = re.compile(rf"\s*(?:に|付けで)?(?:(?P<published>{_PUBLISHED})|(?P<updated>{_UPDATED}))")


_OTHER_WORDS = 30
"""Characters beside the days: 公開日, 最終更新日, ページ番号1020731, the office's name."""

_LONGEST_LINE = 100


class PageDays(NamedTuple):
    """The days of the page, not of what it tells; None where it states none."""

    published: date | None = None
    updated: date | None = None


def page_days(lines: Iterable[str], unsaid: str | None = None) -> PageDays:
    """The days in short lines such as 公開日 令和8年5月20日　最終更新日 令和8年5月27日.

    The nearest word before a day tells which it is, else one right behind it (2026年5月27日更新),
    else ``unsaid``: "published", "updated" or None for neither. The first of each counts; a day
    that does not exist is none.
    """
    found: dict[str, date] = {}
    for line in lines:
        text = unicodedata.normalize("NFKC", line)
        ends = 0
        for start, end, day in find_dates(text):
            words = [*_SAID.finditer(text, ends, start)]
            behind = _AFTER.match(text, end)
            said = words[-1] if words else behind
            means = said.lastgroup if said else unsaid
            if means:
                found.setdefault(means, day)
            ends = behind.end() if behind and not words else end
    return PageDays(found.get("published"), found.get("updated"))


_SAID_DAY = re.compile(
    rf"(?:^|[\s(|/:]|最終)(?:(?:{_PUBLISHED}|{_UPDATED})年?月?日時?|最終更新|更新)[\s:]*\0|\0\s*(?:最終)?更新"
)


def labelled(line: str) -> bool:
    """Whether a line says which day of the page it names, and little else: 更新日：2026年5月27日.

    Not （令和8年6月17日掲載）, which tells of the lines around it, and no row of a table.
    """
    if "\t" in line or len(line) > _LONGEST_LINE:
        return False
    text = unicodedata.normalize("NFKC", line).strip()
    days = find_dates(text)
    for start, end, _ in reversed(days):
        text = f"{text[:start]}\0{text[end:]}"
    if not days or text.startswith("("):
        return False
    others = "".join(text.split()).replace("\0", "")
    return len(others) <= _OTHER_WORDS and "。" not in text and bool(_SAID_DAY.search(text))


def iso_day(text: str | None) -> date | None:
    """The day of a machine's stamp (2026-05-27T09:00:00+09:00), as it is written there."""
    try:
        return parse_date((text or "").strip()[:10])
    except DateError:
        return None
