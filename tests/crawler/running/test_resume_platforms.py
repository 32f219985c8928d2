"""Killed again and again, a crawl of the real platforms ends where an uninterrupted one does."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

import pytest

from kazami.dates import wareki
from kazami.store import open_folder
from replay import ReplayServer
from replay.amivoice import City
from replay.dbsearch import Council
from replay.discussnet import DiscussnetHost
from replay.domino import NotesDatabase
from replay.invented import invented_documents
from replay.kokkai import Diet
from replay.static_dir import Folder
from replay.voices import Voices
from replay.wakayama import INDEX, Assembly

NOW = "2026-01-10T12:00:00+00:00"
SOON = "2026-01-10T12:19:00+00:00"
LATER = "2026-01-10T12:20:00+00:00"

SITTINGS = [
    replace(each, key=f"{n:03}", url=None)
    for n, each in enumerate(invented_documents())
    if each.key.startswith("reiji/") and each.date.year >= 2024
]
TENANT = [
    each
    for each in invented_documents()
    if each.key.startswith("reiji/") and each.date.year >= 2025
]


def titled(title):
    return [replace(each, title=title(each)) for each in SITTINGS]


def of_the_diet():
    return [
        replace(each, platform="kokkai", body="000000", key=f"1{n:08}X000{each.date:%Y%m%d}")
        for n, each in enumerate(SITTINGS)
    ]


def without_pages():
    return [
        replace(each, passages=tuple(replace(said, page=None) for said in each.passages))
        for each in SITTINGS
    ]


def site(name):
    """A server with one source on the platform, and the path of its entry."""
    match name:
        case "kensakusystem":
            return ReplayServer({"reiji": TENANT}), "reiji/"
        case "discussnet":
            sites = DiscussnetHost({"reiji": SITTINGS}).sites
            return ReplayServer(sites=sites), "tenant/reiji/SpMinuteSearch.html"
        case "dbsearch":
            return ReplayServer(sites={"reiji": Council("reiji", without_pages())}), "reiji/"
        case "voices":
            documents = titled(
                lambda each: (
                    f"{each.title.partition('（')[0].replace(' ', '')} {each.date:%m月%d日}-02号"
                )
            )
            return ReplayServer(sites={"voices": Voices(documents)}), "voices/g07v_search.asp"
        case "domino":
            documents = titled(
                lambda each: (
                    f"{wareki(each.date).partition('月')[0]}月静岡県議会定例会\u3000{each.title}"
                )
            )
            site = NotesDatabase("ggiji", documents[:3])
            return ReplayServer(sites={"all": site}), "all/ggiji.nsf"
        case "amivoice":
            return ReplayServer(sites={"numazu": City("numazu", SITTINGS)}), "numazu/usr/"
        case "wakayama":
            return ReplayServer(sites={"gijiroku": Assembly(SITTINGS)}), f"gijiroku/{INDEX}.html"
        case "static_dir":
            return ReplayServer(sites={"kensaku": Folder(SITTINGS)}), "kensaku/mokuji.html"
        case "kokkai":
            return ReplayServer(sites={"api": Diet(of_the_diet())}), "api/"


def asked(server):
    """What was asked for, but for robots.txt, which each run reads first."""
    return Counter(
        (seen.method, seen.path, seen.body) for seen in server.log if seen.path != "/robots.txt"
    )


def stored(data):
    with open_folder(data) as store:
        said = [change.document for change in store.changes(0)]
        return {each.id: (each.title, each.date, each.passages) for each in said}


def killed(crawl, source, server, count, **said):
    """A crawl that was killed when ``count`` requests were answered; the number it came to."""
    process = crawl.start(source, **said)
    for _ in range(6000):
        if len(server.log) >= count or process.poll() is not None:
            break
        time.sleep(0.002)
    process.kill()
    process.communicate()
    return len(server.log)


@pytest.mark.parametrize(
    "name",
    [
        "kensakusystem",
        "discussnet",
        "dbsearch",
        "voices",
        "domino",
        "amivoice",
        "wakayama",
        "static_dir",
        "kokkai",
    ],
)
def test_a_crawl_killed_twice_stores_the_same_and_asks_for_nothing_twice(crawl, tmp_path, name):
    kills = 2
    server, place = site(name)
    with server:
        source = {"platform": name, "url": f"{server.url}/{place}", "delay": 0.01}
        said = {"now": NOW} | ({"since": "2024-01-01"} if name == "kokkai" else {})
        whole = type(crawl)(tmp_path / "whole")
        first = whole(source, **said)
        needed, usual = len(server.log), asked(server)
        server.log.clear()
        for kill in range(1, kills + 1):
            came_to = killed(crawl, source, server, needed * kill // (kills + 1), **said)
            assert 0 < came_to < needed
        last = crawl(source, **said)

    assert (first.code, last.code, last.source["status"]) == (0, 0, "ok"), last.report
    assert stored(crawl.data) == stored(whole.data)
    again = asked(server)
    assert again.total() <= usual.total() + kills  # a page that was in the air
    assert (again - usual).total() <= kills or name == "dbsearch"  # its sessions have new numbers


def began(server):
    """How often the run began at the source's start, by the entry's page."""
    return sum(seen.path == "/reiji/" for seen in server.log)


@pytest.mark.parametrize(("when", "entries"), [(SOON, 0), (LATER, 1)])
def test_a_frontier_is_used_as_long_as_sessions_live(crawl, when, entries):
    with ReplayServer({"reiji": TENANT}) as server:
        source = {"platform": "kensakusystem", "url": server.entry("reiji")}
        limited = crawl(source, now=NOW, limit=4)
        server.log.clear()
        last = crawl(source, now=when)

    assert (limited.source["status"], last.source["status"]) == ("limit", "ok")
    assert began(server) == entries
    assert last.counts() == (len(TENANT) - 4, 0, 0, 4)


def test_where_the_session_is_gone_the_source_begins_from_its_start(crawl):
    """The address that was written down holds a code that the server does not know any more."""
    with ReplayServer({"reiji": TENANT}) as server:
        source = {"platform": "kensakusystem", "url": server.entry("reiji")}
        crawl(source, now=NOW, limit=4)
        port = int(server.url.rpartition(":")[2])
    with ReplayServer({"reiji": TENANT}, port=port) as server:
        last = crawl(source, now=SOON)

    assert (last.code, last.source["errors"]) == (0, [])
    assert began(server) == 1
    assert last.counts() == (len(TENANT) - 4, 0, 0, 4)


def test_an_expired_search_begins_anew(crawl):
    council = Council("reiji", without_pages())
    with ReplayServer(sites={"reiji": council}) as server:
        source = {"platform": "dbsearch", "url": server.entry("reiji")}
        crawl(source, now=NOW, limit=4)
        council.expire()
        last = crawl(source, now=SOON)

    assert (last.code, last.source["errors"]) == (0, [])
    assert last.counts() == (len(SITTINGS) - 4, 0, 0, 4)
