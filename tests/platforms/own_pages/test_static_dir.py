"""Folders of static pages: where they end."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.page import Wanted
from crawler.platforms.own_pages import static_dir
from kazami.document import Kind
from kazami.sources import Source

TODAY = date(2026, 8, 2)


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://a.jp/gikai/kaigiroku/", "https://a.jp/gikai/kaigiroku/"),
        ("https://a.jp/gikai/gijiroku/r6/index.html", "https://a.jp/gikai/gijiroku/"),
        ("https://a.jp/kensaku/mokuji.html", "https://a.jp/kensaku/"),
        ("https://a.jp/gikai/minutes.html", "https://a.jp/gikai/"),
    ],
)
def test_a_folder_ends_where_minutes_do(url: str, inside: str) -> None:
    assert static_dir.folder(url) == inside
    [first] = static_dir.start(
        Source(body="102032", kind=Kind.MINUTES, platform="static_dir", url=url),
        Wanted(today=TODAY),
    )
    options = first.cb_kwargs["options"]
    assert isinstance(options, dict)
    assert options["documents"][0] == f"{inside}**.pdf"
