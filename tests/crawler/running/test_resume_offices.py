"""Killed with -9 amid feeds, lists, attached files and the portal's slices, nothing is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from kazami.document import Document
from kazami.store import open_folder
from replay import ReplayServer
from replay.invented_offices import offices
from replay.server import Fault
from tests.crawls.driver import Crawl

NOW = "2026-06-01T12:00:00+09:00"
TODAY = date(2026, 6, 1)
KILLS = 2


def stored(data: Path) -> dict[str, Document]:
    """Everything, with passages, files and facts; ``now`` is the same in every run."""
    with open_folder(data) as store:
        return {change.document.id: change.document for change in store.changes(0)}


def killed(crawl: Crawl, sources: list[dict[str, Any]], server: ReplayServer, count: int) -> int:
    """A crawl that was killed at its ``count``-th request; how many were answered."""
    process = crawl.start(*sources, now=NOW)
    until = monotonic() + 60
    while len(server.log) < count and process.poll() is None and monotonic() < until:
        sleep(0.002)
    assert process.poll() is None, "it ended before it could be killed"
    process.kill()
    process.communicate()
    return len(server.log)


@pytest.mark.slow
def test_an_office_and_the_portal_killed_twice_are_stored_as_if_undisturbed(
    crawl: Crawl, tmp_path: Path
) -> None:
    halls = offices(TODAY)
    halls = replace(halls, sites=halls.sites[:1])
    # A little slow, so that a kill strikes amid the pages and files.
    slow = Fault(path="", times=None, delay=0.01)
    with ReplayServer(faults=[slow]) as server:
        halls.open(server)
        sources = [
            {
                "body": each.body,
                "kind": each.kind.value,
                "platform": each.platform,
                "url": each.url,
                "options": dict(each.options),
            }
            for each in halls.sources(server)
        ]
        whole = Crawl(tmp_path / "whole")
        first = whole(*sources, now=NOW)
        needed, usual = len(server.log), Counter(server.paths)
        torn = Crawl(tmp_path / "torn")
        server.log.clear()
        for kill in range(1, KILLS + 1):
            came_to = killed(torn, sources, server, needed * kill // (KILLS + 1))
            assert 0 < came_to < needed
        amid = stored(torn.data).keys()
        last = torn(*sources, now=NOW)
        again = Counter(server.paths)

    assert (first.code, last.code) == (0, 0), last.report
    kept, undisturbed = stored(torn.data), stored(whole.data)
    assert kept == undisturbed
    assert amid < kept.keys(), "no kill struck before the end"
    assert {each.platform for each in kept.values()} == {"feed", "html_list", "kkj"}
    assert any(passage.part for each in kept.values() for passage in each.passages)
    # Each run reads robots.txt, and asks again for what was in the air or lists what there is.
    pages = {path for path, times in again.items() if times > usual[path]}
    assert len(pages) < len(usual) / 4, sorted(pages)
