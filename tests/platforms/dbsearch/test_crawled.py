"""DB-Search crawled whole by the real spider, from documents that a replay server serves."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import SimpleNamespace

import pytest

from crawler.fetching.hosts import host_of
from crawler.platforms import dbsearch
from crawler.running.crawl import _hosts
from crawler.running.sharing import OneProcess
from crawler.running.spider import KazamiSpider
from kazami.document import Kind
from kazami.sources import Source
from kazami.store import open_folder
from replay import Fault, ReplayServer
from replay.dbsearch import ROBOTS, Council
from replay.invented import assemblies, invented_documents

NOW = "2026-01-10T12:00:00+00:00"
LATER = "2026-01-11T12:00:00+00:00"

INVENTED = {
    slug: [each for each in invented_documents() if each.key.startswith(f"{slug}/")]
    for slug in assemblies()
}
PERMISSION = """\
["{body}/minutes/dbsearch"]
granted_by = "例示市議会事務局"
granted_on = 2025-12-01
fetch = true
"""


def source(server, slug):
    url = server.entry(slug)
    return {"platform": "dbsearch", "url": url, "body": assemblies()[slug]}


def council(slug, skin):
    return Council(slug, [without_pages(each) for each in INVENTED[slug]], skin)


def without_pages(document):
    passages = tuple(replace(each, page=None) for each in document.passages)
    return replace(document, passages=passages)


def told(document):
    """What the site says of a document: all but links and the keys of passages."""
    said = [(p.order, p.text, p.speaker, p.role, p.stance, p.page) for p in document.passages]
    return document.body, document.title, document.date, document.front_matter, said


def stored(crawl):
    with open_folder(crawl.data) as store:
        return {change.document.key: told(change.document) for change in store.changes(0)}


@pytest.mark.parametrize("skin", ["otofuke", "sendai", "aomori"])
def test_an_assembly_comes_back_field_by_field_one_request_at_a_time(crawl, skin):
    site = council("reiji", skin)
    with ReplayServer(sites={"reiji": site}) as server:
        crawled = crawl(source(server, "reiji"), now=NOW)

    assert (crawled.code, crawled.report["faults"]) == (0, []), crawled.report
    assert server.most_at_once == 1
    served = {
        f"127.0.0.1/reiji/{number}": told(document) for number, document in site.sittings.items()
    }
    assert stored(crawl) == served
    assert len(served) >= 20


def test_a_second_run_in_other_sessions_skips_what_is_settled(crawl):
    with ReplayServer(sites={"reiji": council("reiji", "otofuke")}) as server:
        crawl(source(server, "reiji"), now=NOW)
        first = len(server.log)
        server.sites["reiji"].expire()
        again = crawl(source(server, "reiji"), now=LATER)
        second = len(server.log) - first

    assert again.code == 0, again.report
    assert again.counts()[:2] == (0, 0)
    assert sum(again.counts()) == len(INVENTED["reiji"])
    assert second < first / 3


def test_without_a_permission_only_the_landing_page_is_fetched(crawl):
    site = council("reiji", "aomori")
    with ReplayServer(sites={"reiji": site}, robots=ROBOTS) as server:
        place = f"{server.url}/reiji/index.php/"
        server.robots = ROBOTS.replace("/index.php/$", "/reiji/index.php/$")
        asked = {**source(server, "reiji"), "url": place}
        crawled = crawl(asked, now=NOW)
        paths = list(server.paths)
        crawl.data.joinpath("permissions.toml").write_text(
            PERMISSION.format(body=assemblies()["reiji"]), "utf-8"
        )
        permitted = crawl(asked, now=NOW)

    assert crawled.source["status"] == "needs permission"
    assert paths == ["/robots.txt", "/reiji/index.php/"]
    assert permitted.source["new"] == len(INVENTED["reiji"])


def test_a_session_that_ends_in_the_middle_is_an_error_and_the_next_run_completes(crawl):
    site = council("reiji", "sendai")
    faults = [Fault(path="Page=2", times=1, body=b"<html><body>top</body></html>")]
    with ReplayServer(sites={"reiji": site}, faults=faults) as server:
        broken = crawl(source(server, "reiji"), now=NOW)
        whole = crawl(source(server, "reiji"), now=NOW)

    assert (broken.code, len(broken.source["errors"])) == (1, 1)
    assert "number of hits" in broken.source["errors"][0]
    assert whole.code == 0, whole.report
    assert len(stored(crawl)) == len(INVENTED["reiji"])


@pytest.mark.parametrize(
    "fault",
    [
        Fault(path="DocumentID=", times=1, status=429, headers={"Retry-After": "0"}),
        Fault(path="DocumentID=", times=1, status=503),
        Fault(path="DocumentID=", times=1, cut=True),
    ],
    ids=["too many requests", "busy", "half a page"],
)
def test_a_page_that_fails_once_is_fetched_again(crawl, fault):
    with ReplayServer(sites={"mihon": council("mihon", "itoshima")}, faults=[fault]) as server:
        crawled = crawl(source(server, "mihon"), now=NOW)

    assert crawled.code == 0, crawled.report
    assert crawled.source["new"] == len(INVENTED["mihon"])


def test_reparsing_gives_the_same_hashes(crawl):
    sites = {"reiji": council("reiji", "otofuke"), "mihon": council("mihon", "miyawaka")}
    with ReplayServer(sites=sites) as server:
        sources = [source(server, slug) for slug in sites]
        crawl(*sources, now=NOW)
        server.log.clear()
        again = crawl(*sources, reparse=True)

    assert (again.code, server.log) == (0, []), again.report
    assert [
        (each["unchanged"], each["changed"], each["new"]) for each in again.report["sources"]
    ] == [(len(INVENTED[slug]), 0, 0) for slug in sites]


def test_councils_at_dbsr_jp_share_one_turn_and_one_queue(tmp_path):
    """Each has a host name of its own, and the one machine behind them refuses parallel visits."""
    urls = [
        "https://www.city.rei.mihon.dbsr.jp/index.php/",
        "https://www.town.kakuu.mihon.dbsr.jp/",
        "https://kaigiroku.city.rei.example.jp/index.php/",
    ]
    works = [
        SimpleNamespace(
            source=Source(body="102032", kind=Kind.MINUTES, platform="dbsearch", url=url),
            platform=dbsearch.PLATFORM,
        )
        for url in urls
    ]
    hosts = _hosts(works, {}, OneProcess(tmp_path), asyncio.Event(), lambda event: None)
    first, second, alone = (hosts[host_of(url)] for url in urls)
    assert first is second
    assert alone is not first
    assert (first.name, first.delay, alone.delay) == ("dbsr.jp", 3.0, 3.0)
    spider = KazamiSpider(works, SimpleNamespace(hosts=hosts), lambda: None)
    assert [len(queue) for queue in spider._queues.values()] == [2, 1]
