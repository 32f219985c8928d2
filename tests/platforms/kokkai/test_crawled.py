"""The Diet's API, crawled whole over HTTP, and a second time."""

from __future__ import annotations

from dataclasses import replace

from replay import ReplayServer
from replay.invented import invented_documents
from replay.kokkai import Diet

NOW = "2026-01-10T12:00:00+00:00"
LATER = "2026-01-11T12:00:00+00:00"

REIJI = [each for each in invented_documents() if each.key.startswith("reiji/")]


def test_the_diet_comes_back_and_a_second_run_asks_for_the_young_months_only(crawl):
    meetings = [
        replace(each, platform="kokkai", body="000000", key=f"1{n:08}X000{each.date:%Y%m%d}")
        for n, each in enumerate(REIJI)
    ]
    with ReplayServer(sites={"api": Diet(meetings)}) as server:
        diet = {"platform": "kokkai", "url": f"{server.url}/api/", "body": "000000"}
        crawled = crawl(diet, since="2024-01-01", now=NOW)
        first = len(server.log)
        again = crawl(diet, since="2024-01-01", now=LATER)
        second = len(server.log) - first

    wanted = [each for each in meetings if each.date.year >= 2024]
    assert (crawled.code, crawled.source["new"]) == (0, len(wanted))
    assert again.code == 0
    assert again.source["unchanged"] + again.source["skipped"] == len(wanted)
    assert second < first / 2
