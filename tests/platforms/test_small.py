"""AmiVoice, Domino, 和歌山県 and folders are told apart, and begin with one page of their host."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.page import Wanted
from crawler.platform import platform
from crawler.platforms import amivoice, domino, wakayama
from crawler.platforms.own_pages import static_dir
from kazami.sources import load_sources
from tests.builders import PAGES, saved

SMALL = ("amivoice", "domino", "static_dir", "wakayama")
TODAY = date(2026, 8, 2)


@pytest.mark.parametrize("name", SMALL)
def test_every_source_begins_with_one_page_of_its_host(name: str) -> None:
    sources = [each for each in load_sources() if each.platform == name]
    assert sources
    for source in sources:
        [first] = platform(name).start(source, Wanted(today=TODAY))
        assert first.url.startswith(source.url.rpartition("/")[0])
        assert platform(name).signature.knows(source.url, "")


@pytest.mark.parametrize("name", SMALL)
def test_pages_of_other_platforms_are_not_recognised(name: str) -> None:
    for case in sorted(PAGES.glob("*/*/page.bin")):
        if case.parts[-3] in ("amivoice", "kensakusystem", "dbsearch", "voices", "domino"):
            html = case.read_bytes().decode("utf-8", "replace")
            if case.parts[-3] != name:
                assert not platform(name).signature.knows("https://example.jp/", html), case


def test_a_page_of_each_is_recognised_wherever_it_stands() -> None:
    elsewhere = "https://gikai.example.jp/"
    assert amivoice.recognises(elsewhere, saved("amivoice/sitting").decode())
    assert amivoice.recognises(elsewhere, saved("amivoice/sessions").decode())
    assert domino.recognises(elsewhere, saved("domino/view").decode("cp932"))
    assert wakayama.recognises(elsewhere, saved("wakayama/session").decode())
    assert static_dir.recognises("https://www.town.example.jp/gikai/kaigiroku/r6.html", "")
