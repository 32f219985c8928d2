"""kensakusystem, crawled whole over HTTP from documents that a replay server serves."""

from __future__ import annotations

from dataclasses import replace

from kazami.store import open_folder
from replay import Fault, ReplayServer
from replay.invented import assemblies, invented_documents

NOW = "2026-01-10T12:00:00+00:00"
LATER = "2026-01-11T12:00:00+00:00"

INVENTED = {
    slug: [each for each in invented_documents() if each.key.startswith(f"{slug}/")]
    for slug in assemblies()
}


def source(server, slug):
    return {"platform": "kensakusystem", "url": server.entry(slug), "body": assemblies()[slug]}


def told(document):
    """What the site says of a document: all but links and the keys of passages."""
    said = [(p.order, p.text, p.speaker, p.role, p.stance, p.page) for p in document.passages]
    return document.id, document.body, document.title, document.date, document.front_matter, said


def test_the_assemblies_come_back_field_by_field_one_request_at_a_time(crawl):
    with ReplayServer(INVENTED) as server:
        crawled = crawl(*(source(server, slug) for slug in INVENTED), now=NOW)

    assert (crawled.code, crawled.report["faults"]) == (0, [])
    assert server.most_at_once == 1
    with open_folder(crawl.data) as store:
        stored = {change.document.id: told(change.document) for change in store.changes(0)}
    served = {document.id: told(document) for slug in INVENTED for document in INVENTED[slug]}
    assert stored == served
    assert len(served) >= 60


def test_a_second_run_with_another_session_code_skips_what_is_settled(crawl):
    with ReplayServer(INVENTED) as server:
        crawl(source(server, "reiji"), now=NOW)
        first, port = len(server.log), int(server.url.rpartition(":")[2])
    old = [each for each in INVENTED["reiji"] if f"{each.date}" < "2025-09-11"]
    changed = replace(
        INVENTED["reiji"][-1],
        passages=(replace(INVENTED["reiji"][-1].passages[0], text="訂正した発言です。"),),
    )
    with ReplayServer({"reiji": [*INVENTED["reiji"][:-1], changed]}, port=port) as server:
        again = crawl(source(server, "reiji"), now=LATER)
        second = len(server.log)

    assert again.code == 0, again.report
    young = len(INVENTED["reiji"]) - len(old)
    assert again.counts() == (0, 1, young - 1, len(old))
    assert second < first / 3


def test_a_sitting_cut_in_half_is_fetched_again_and_comes_whole(crawl):
    faults = [Fault(path="GetPerson.exe|GetText|Get", times=1, cut=True)]
    with ReplayServer(INVENTED, faults=faults) as server:
        crawled = crawl(source(server, "mihon"), now=NOW)

    assert (crawled.code, crawled.source["new"]) == (0, len(INVENTED["mihon"]))


def test_an_error_page_with_status_200_is_an_error_of_that_sitting(crawl):
    page = "<html><body>ただいま混み合っています</body></html>".encode("cp932")
    faults = [Fault(path="GetPerson.exe", times=1, body=page)]
    with ReplayServer(INVENTED, faults=faults) as server:
        crawled = crawl(source(server, "mihon"), now=NOW)

    assert (crawled.code, len(crawled.source["errors"])) == (1, 1)
    assert crawled.source["new"] == len(INVENTED["mihon"]) - 1


def test_reparsing_real_platforms_gives_the_same_hashes(crawl):
    with ReplayServer(INVENTED) as server:
        sources = [source(server, slug) for slug in ("reiji", "mihon")]
        crawl(*sources, now=NOW)
        server.log.clear()
        again = crawl(*sources, reparse=True)

    assert (again.code, server.log) == (0, []), again.report
    assert [
        (each["unchanged"], each["changed"], each["new"]) for each in again.report["sources"]
    ] == [(len(INVENTED[slug]), 0, 0) for slug in ("reiji", "mihon")]
