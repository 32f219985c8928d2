"""An assembly that goes on publishing: what was there stays, and nothing is found gone."""

from __future__ import annotations

from kazami.store import open_folder
from replay import ReplayServer
from replay.invented import assemblies, invented_documents

SITTINGS = sorted(
    (each for each in invented_documents() if each.key.startswith("reiji/")),
    key=lambda each: each.date,
)


def test_new_sittings_and_a_new_year_make_no_older_one_missing(crawl):
    port = 0
    for run, held in enumerate((26, len(SITTINGS), len(SITTINGS))):
        with ReplayServer({"reiji": SITTINGS[:held]}, port=port) as server:
            source = {
                "platform": "kensakusystem",
                "url": server.entry("reiji"),
                "body": assemblies()["reiji"],
            }
            crawled = crawl(source, now=f"2026-01-1{run}T12:00:00+00:00")
            port = int(server.url.rpartition(":")[2])
        assert crawled.code == 0, crawled.report
    with open_folder(crawl.data) as store:
        (source,) = store.source_runs()
        known = store.documents_of(source)
    assert len(known) == len(SITTINGS)
    assert [id for id, each in known.items() if each.missing is not None] == []
