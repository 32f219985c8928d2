"""An invented town's site crawled whole, day after day, and killed on the way."""

from __future__ import annotations

import os
import signal
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kazami.attachments import AttachmentState
from kazami.document import Document, Kind
from kazami.store import open_folder
from replay.cms import TownSite
from replay.server import Fault, ReplayServer
from replay.town_office import FileLink, town_office
from tests.crawls.driver import Crawl

TODAY = date(2026, 11, 28)
SOURCE = "102032/announcement/feed"


def site_of(skin: str, feed: str = "rss20") -> TownSite:
    return TownSite(town_office("reiji", TODAY), skin, feeds=[feed])


def said(server: ReplayServer, site: TownSite, day: date = TODAY) -> dict[str, Any]:
    (path,) = site.feeds
    source = {"url": f"{server.url}{site.home}{path}", "platform": "feed", "kind": "announcement"}
    return {"source": source, "now": f"{day}T03:00:00+00:00"}


def run(crawl: Crawl, server: ReplayServer, site: TownSite, day: date = TODAY) -> dict[str, Any]:
    site.now = day
    asked = said(server, site, day)
    return crawl(asked["source"], now=asked["now"]).source


def stored(data: Path, source: str = SOURCE) -> dict[str, Document]:
    with open_folder(data) as store:
        ids = list(store.documents_of(source))
        found = {id: store.document(id) for id in ids}
    return {id: each for id, each in found.items() if each is not None}


@pytest.mark.parametrize("skin", ["fourweb", "tsunago", "smartcms", "plain", "wordpress", "zomeki"])
def test_a_town_comes_back_notice_by_notice(crawl: Crawl, skin: str):
    site = site_of(skin, "atom")
    with ReplayServer(sites=site.sites) as server:
        report = run(crawl, server, site)
        host = server.url.removeprefix("http://")
    found = stored(crawl.data)
    shown = site.office.shown(TODAY)
    assert report["status"] == "ok"
    assert len(found) == len(shown) == report["new"]
    gone = 0
    for notice in shown:
        document = found[f"feed:{host}{site.home}{site.skin.page(notice)}"]
        assert document.title == notice.title
        assert document.date == notice.day
        if notice.gone and notice.gone.day <= TODAY:
            gone += 1
            assert document.passages == ()
            continue
        text = "\n".join(each.text for each in document.passages)
        assert all(paragraph in text for paragraph in notice.text), notice.title
        # A file may be linked to from the page only in part of its life.
        states = [each.state for each in document.attachments]
        assert len(states) == len(notice.files)
        for state, file in zip(states, notice.files, strict=True):
            if file.link is FileLink.ELSEWHERE:
                assert state is AttachmentState.ELSEWHERE
            elif file.name.endswith(".pdf"):
                assert state is (AttachmentState.NO_TEXT if file.scanned else AttachmentState.READ)
    assert report["missing"] == gone


def test_days_crawled_one_after_another_bring_what_changed_and_keep_what_is_gone(crawl: Crawl):
    site = site_of("fourweb")
    first = TODAY - timedelta(days=60)
    with ReplayServer(sites=site.sites) as server:
        run(crawl, server, site, first)
        before = stored(crawl.data)
        for days in (40, 20, 10, 0):
            run(crawl, server, site, TODAY - timedelta(days=days))
        after = stored(crawl.data)
    assert before.keys() <= after.keys()
    for id, document in after.items():
        notice = next(each for each in site.office.notices if id.endswith(site.skin.page(each)))
        # Of what was changed before the first visit the feed says no more than the day of that.
        if not any(change.day <= first for change in notice.changes):
            assert document.date == notice.day, id
        if notice.gone and notice.day <= first:
            assert document.passages


def test_a_crawl_killed_twice_stores_the_same(tmp_path: Path, reactor: None):
    """kill -9 in the midst of pages and files; then the store is that of an undisturbed crawl."""
    site = site_of("fourweb")
    with ReplayServer(sites=site.sites, faults=[Fault(path="", times=None, delay=0.1)]) as server:
        whole = Crawl(tmp_path / "whole")
        run(whole, server, site)
        torn = Crawl(tmp_path / "torn")
        asked = said(server, site)
        for requests in (6, 17):
            already = len(server.log)
            process = torn.start(asked["source"], now=asked["now"])
            deadline = time.monotonic() + 60
            while len(server.log) < already + requests and time.monotonic() < deadline:
                time.sleep(0.02)
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
        killed = len(server.log)
        run(torn, server, site)
    assert stored(torn.data) == stored(whole.data)
    assert killed - already >= 17


def test_a_list_of_tenders_brings_their_deadlines(crawl: Crawl):
    """The facts of a page are told with the day of the visit; its list says the same again."""
    site = site_of("fourweb")
    site.now = TODAY
    with ReplayServer(sites=site.sites) as server:
        url = f"{server.url}{site.list_path('tenders')}"
        source = {"url": url, "platform": "html_list", "kind": "tender"}
        crawled = crawl(source, now=f"{TODAY}T03:00:00+00:00")
        again = crawl(source, now=f"{TODAY}T03:00:00+00:00")
    assert crawled.source["status"] == "ok"
    shown = [each for each in site.office.shown(TODAY) if each.kind is Kind.TENDER]
    found = stored(crawl.data, "102032/tender/html_list").values()
    assert len(found) == len(shown)
    assert again.counts() == (0, 0, 0, len(shown))
    told = 0
    for document in found:
        notice = next(each for each in shown if document.key.endswith(site.skin.page(each)))
        assert document.date == notice.day
        days = {each.day for each in document.facts.deadlines if each.day}
        told += notice.last_day in days
    assert told >= 0.8 * len(shown), told
