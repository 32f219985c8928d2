"""Lists of Domino: names of sessions and the days that are wanted."""

from __future__ import annotations

from dataclasses import replace

from crawler.page import Follow, Listed, Page
from crawler.platforms import domino
from tests.builders import saved


def test_domino_keeps_the_names_of_sessions_and_not_their_numbers() -> None:
    page = Page("http://www2.pref.shizuoka.jp/all/ggiji.nsf/WebView1", saved("domino/view"))
    cb_kwargs = {"base": "http://www2.pref.shizuoka.jp/all/ggiji.nsf", "name": "ggiji"}
    *follows, listed = domino.parse_view(page, **cb_kwargs)
    assert isinstance(listed, Listed)
    assert listed.listings[0] == "令和７年６月静岡県議会定例会"
    shifted = replace(page, body=page.body.replace(b"Expand=1#", b"Expand=7#"))
    again = domino.parse_view(shifted, **cb_kwargs)
    keys = [each.key for each in again if isinstance(each, Follow)]
    assert keys == [each.key for each in follows if isinstance(each, Follow)]
    assert domino.PLATFORM.robots_forbids_text
    until = domino.parse_view(page, **cb_kwargs, until="2002-01-01")
    assert [each.listing for each in until if isinstance(each, Follow)] == [
        "平成13年６月静岡県議会定例会"
    ]
