"""The list of 和歌山県: the years that are wanted."""

from __future__ import annotations

from datetime import date

from crawler.page import Follow, Listed, Page
from crawler.platforms import wakayama
from tests.builders import saved


def test_wakayama_opens_only_wanted_years() -> None:
    page = Page("https://www.pref.wakayama.lg.jp/gijiroku/d00203238.html", saved("wakayama/index"))
    *follows, listed = wakayama.parse_index(page, since="2020-01-01", until=None)
    assert [each.newest for each in follows if isinstance(each, Follow)] == [date(2025, 3, 31)]
    assert isinstance(listed, Listed)
    assert len(listed.listings) == 2
