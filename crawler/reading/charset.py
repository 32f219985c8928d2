"""What the older vendors' pages in Shift_JIS have in common."""

from __future__ import annotations

from crawler.page import Page
from crawler.reading.whole_pages import check_ended

ENCODING = "cp932"
"""They say Shift_JIS or x-sjis, or nothing; what they write is Windows code page 932."""


def check_whole(page: Page) -> None:
    """Refuse a challenge (Blocked) and a page cut in half (PageChanged)."""
    check_ended(page, ENCODING)
