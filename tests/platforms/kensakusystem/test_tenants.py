"""What names a tenant: a folder of the shared host, or a city's own host."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.page import Wanted
from crawler.platforms.kensakusystem import start
from kazami.document import Kind
from kazami.sources import Source


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://www.kensakusystem.jp/reiji/", "reiji"),
        ("https://www.kensakusystem.jp/reiji/sapphire.html", "reiji"),
        ("https://kensaku.reiji.example/index.html", "kensaku.reiji.example"),
        ("https://kensaku.reiji.example/", "kensaku.reiji.example"),
    ],
)
def test_no_two_tenants_share_the_beginning_of_their_ids(url: str, slug: str) -> None:
    source = Source(body="992011", kind=Kind.MINUTES, platform="kensakusystem", url=url)
    (entry,) = start(source, Wanted(today=date(2026, 11, 22)))
    assert entry.cb_kwargs["slug"] == slug
