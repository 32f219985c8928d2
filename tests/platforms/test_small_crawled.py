"""The small systems, crawled whole over HTTP, all at once and a second time."""

from __future__ import annotations

from dataclasses import replace

from kazami.dates import wareki
from kazami.store import open_folder
from replay import Fault, ReplayServer
from replay.amivoice import City
from replay.domino import NotesDatabase
from replay.invented import invented_documents
from replay.static_dir import Folder
from replay.wakayama import INDEX, Assembly

NOW = "2026-01-10T12:00:00+00:00"
LATER = "2026-01-11T12:00:00+00:00"

SITTINGS = [
    replace(each, key=f"{n:03}", url=None)
    for n, each in enumerate(invented_documents())
    if each.key.startswith("reiji/") and each.date.year >= 2023
]


def entitled(document):
    session = f"{wareki(document.date).partition('月')[0]}月静岡県議会定例会"
    return replace(document, title=f"{session}\u3000{document.title}")


def serving(**said):
    sites = {
        "numazu": City("numazu", SITTINGS),
        "gijiroku": Assembly(SITTINGS),
        "all": NotesDatabase("ggiji", map(entitled, SITTINGS)),
        "kensaku": Folder(SITTINGS),
    }
    return ReplayServer(sites=sites, **said)


def sources(server):
    places = {
        "amivoice": "numazu/usr/",
        "wakayama": f"gijiroku/{INDEX}.html",
        "domino": "all/ggiji.nsf",
        "static_dir": "kensaku/mokuji.html",
    }
    return [
        {"platform": name, "url": f"{server.url}/{place}", "body": f"10203{n}"}
        for n, (name, place) in enumerate(places.items(), start=1)
    ]


def told(document):
    said = [(p.order, p.text.strip(), p.speaker, p.role, p.stance) for p in document.passages]
    return document.date, said


def test_every_sitting_comes_back_from_each_and_is_settled_then(crawl):
    with serving(faults=[Fault(path=r"vcsv=", status=429, headers={"Retry-After": "0"})]) as server:
        crawled = crawl(*sources(server), now=NOW)
        first = len(server.log)
        again = crawl(*sources(server), now=LATER)
        second = len(server.log) - first

    assert [each["status"] for each in crawled.report["sources"]] == ["ok"] * 4, crawled.report
    assert [each["new"] for each in crawled.report["sources"]] == [len(SITTINGS)] * 4
    assert server.most_at_once == 1
    with open_folder(crawl.data) as store:
        stored = {}
        for change in store.changes(0):
            stored.setdefault(change.document.platform, []).append(told(change.document))
    served = sorted(map(told, SITTINGS), key=str)
    assert len(stored) == 4
    for name, documents in stored.items():
        assert sorted(documents, key=str) == served, name
    assert [each["changed"] + each["new"] for each in again.report["sources"]] == [0] * 4
    assert second < first / 2
