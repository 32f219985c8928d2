"""The invented websites: four platforms on one server, which forbids what the real ones forbid."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crawler.page import Wanted
from crawler.permission.robots import Rules
from crawler.running.crawl import crawl
from kazami.settings import load_settings
from kazami.store import open_folder
from replay.invented_sites import ROBOTS, serving, towns


def test_without_permission_only_one_town_gives_its_minutes(tmp_path: Path, reactor: None) -> None:
    with serving(towns()) as server, open_folder(tmp_path) as store:
        sources = [town.source(server) for town in towns()]
        wanted = Wanted(today=date(2026, 6, 1))
        report = crawl(store, sources, load_settings(tmp_path, {}), wanted)
    first, *others = towns()
    assert {each.source.platform: (each.status, each.new) for each in report.sources} == {
        first.platform: ("ok", len(first.documents)),
        **{town.platform: ("needs permission", 0) for town in others},
    }
    asked = [f"http://127.0.0.1{path}" for path in server.paths]
    assert [url for url in asked if not Rules(ROBOTS.encode()).allow(url)] == []


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/reiji/cgi-bin3/GetPerson.exe", True),
        ("/tenant/kakuu/js/tenant.js", True),
        ("/dnp/search/minutes/get_minute", False),
        ("/mihon/g08v_viewh.asp", True),
        ("/mihon/cgi/voiweb.exe?ACT=203", False),
        ("/hinagata/index.php/", True),
        ("/hinagata/index.php/100000?Template=list", False),
    ],
)
def test_entries_are_allowed_and_texts_are_not(address: str, allowed: bool) -> None:
    assert Rules(ROBOTS.encode()).allow(f"http://127.0.0.1{address}") is allowed


def test_each_town_has_a_platform_and_an_address_of_its_own() -> None:
    with serving(towns()) as server:
        sources = [town.source(server) for town in towns()]
    assert len({source.platform for source in sources}) == len(sources) == 4
    assert len({source.url for source in sources}) == len(sources)
