"""What the older vendors' pages in Shift_JIS have in common."""

from __future__ import annotations

import re

from crawler.page import Page, PageChanged, refuse
from crawler.reading.whole_pages import check_ended

ENCODING = "cp932"
"""They say Shift_JIS or x-sjis; what they write is Windows code page 932."""

_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)


def check_whole(page: Page) -> None:
    """Refuse a challenge (Blocked), another charset and a page cut in half (PageChanged)."""
    refuse(page)
    charset = _CHARSET.search(page.body[:4000])
    if charset and not re.search(rb"s-?jis|shift|932|31j", charset[1].lower()):
        raise PageChanged(page.url, "a page in Shift_JIS", charset[1].decode("ascii"))
    check_ended(page, ENCODING)
