"""DiscussNet, crawled whole over HTTP: permission, faults, texts that change, sittings that go."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from kazami.store import open_folder
from replay import Fault, ReplayServer
from replay.discussnet import ROBOTS, DiscussnetHost
from replay.invented import invented_documents

NOW = "2026-01-10T12:00:00+00:00"
LATER = "2026-01-11T12:00:00+00:00"

SITTINGS = [
    replace(each, key=f"{n:03}", url=None)
    for n, each in enumerate(invented_documents())
    if each.key.startswith("reiji/") and each.date.year >= 2024
]
YOUNG = [each for each in SITTINGS if each.date >= date(2025, 9, 11)]

PERMISSION = """\
["102032/minutes/discussnet"]
granted_by = "例示市議会事務局"
granted_on = 2025-12-01
fetch = true
"""


def source(server):
    return {"platform": "discussnet", "url": f"{server.url}/tenant/reiji/SpMinuteSearch.html"}


def serving(documents=SITTINGS, **said):
    return ReplayServer(sites=DiscussnetHost({"reiji": documents}).sites, **said)


def port(server):
    return int(server.url.rpartition(":")[2])


def told(document):
    said = [(p.order, p.text, p.speaker, p.role, p.stance, p.page) for p in document.passages]
    return document.date, document.front_matter, said


def test_without_permission_only_the_tenant_s_page_is_fetched(crawl):
    with serving(robots=ROBOTS) as server:
        crawled = crawl(source(server), now=NOW)

    assert crawled.source["status"] == "needs permission"
    assert server.paths == ["/robots.txt", "/tenant/reiji/js/tenant.js"]
    assert "ask the assembly's office" in crawled.source["note"]


def test_with_permission_every_sitting_comes_back(crawl):
    (crawl.data / "permissions.toml").write_text(PERMISSION, "utf-8")
    with serving(robots=ROBOTS) as server:
        crawled = crawl(source(server), now=NOW)

    assert (crawled.code, crawled.report["faults"]) == (0, [])
    assert crawled.counts() == (len(SITTINGS), 0, 0, 0)
    assert server.most_at_once == 1
    with open_folder(crawl.data) as store:
        stored = [told(change.document) for change in store.changes(0)]
        keys = [change.document.key for change in store.changes(0)]
    assert sorted(stored, key=str) == sorted(map(told, SITTINGS), key=str)
    assert all(key.startswith("127.0.0.1/101/") for key in keys)


def test_a_second_run_asks_only_for_what_may_have_changed(crawl):
    with serving() as server:
        crawl(source(server), now=NOW)
        first = len(server.log)
        again = crawl(source(server), now=LATER)
        asked = server.paths[first:]

    assert again.counts() == (0, 0, len(YOUNG), len(SITTINGS) - len(YOUNG))
    assert asked.count("/dnp/search/minutes/get_minute") == len(YOUNG)
    assert len(asked) < first / 2


def test_a_preliminary_text_changes_and_a_sitting_goes(crawl):
    *others, gone, last = sorted(SITTINGS, key=lambda each: (each.date, each.key))
    with serving([*others, gone, last]) as server:
        crawl(source(server), now=NOW)
        at = port(server)
    spoken = replace(last.passages[0], text="確定した発言です。")
    final = replace(last, passages=(spoken, *last.passages[1:]), url=link(last, crawl))
    kept = [replace(each, url=link(each, crawl)) for each in others]
    with serving([*kept, final], port=at) as server:
        again = crawl(source(server), now=LATER)

    assert again.counts()[:2] == (0, 1)
    assert again.source["missing"] == 1
    with open_folder(crawl.data) as store:
        documents = [change.document for change in store.changes(0)]
        [changed] = [each for each in documents if each.passages[0].text == spoken.text]
        assert len(store.history(changed.id)) == 2
        known = store.documents_of("102032/minutes/discussnet").values()
        assert [each.date for each in known if each.missing] == [gone.date]


def link(document, crawl):
    """The address under which the first run stored it, whose numbers the site keeps."""
    with open_folder(crawl.data) as store:
        [stored] = [
            change.document
            for change in store.changes(0)
            if told(change.document) == told(document)
        ]
        return stored.url


def test_a_sitting_where_nobody_speaks_is_asked_for_once(crawl):
    old, *others = sorted(SITTINGS, key=lambda each: each.date)
    marked = replace(old, passages=(replace(old.passages[0], text="ここだけの発言。"),))
    said = json.dumps("ここだけの発言。").strip('"').encode()
    silent = Fault(
        path="get_minute", times=None, edit=lambda body: agenda(body) if said in body else body
    )
    with serving([marked, *others], faults=[silent]) as server:
        crawled = crawl(source(server), now=NOW)
        first = len(server.log)
        again = crawl(source(server), now=LATER)
        asked = [seen.body for seen in server.log[first:]]

    assert (crawled.code, crawled.counts()) == (0, (len(others), 0, 0, 0))
    assert again.source["errors"] == []
    assert len([body for body in asked if b"schedule_id" in body]) == len(YOUNG)


def agenda(body):
    """The roster alone, and a heading."""
    roster, *_ = json.loads(body)["tenant_minutes"]
    heading = {**roster, "minute_id": 2, "minute_type_code": 3, "body": "<pre>△開会</pre>"}
    return json.dumps({"tenant_minutes": [{**roster, "minute_type_code": 2}, heading]}).encode()


def test_a_busy_host_and_an_answer_cut_in_half_are_asked_again(crawl):
    busy = Fault(path="get_minute", times=1, status=429, headers={"Retry-After": "1"})
    with serving(faults=[busy, Fault(path="get_minute", cut=True)]) as server:
        crawled = crawl(source(server), now=NOW)
        [refused] = [n for n, seen in enumerate(server.log) if seen.status == 429]
        waited = server.log[refused + 1].began - server.log[refused].ended

    assert (crawled.code, crawled.source["new"]) == (0, len(SITTINGS))
    assert waited >= 0.9


def test_an_error_page_with_status_200_is_an_error_of_that_sitting(crawl):
    page = "<html><body>ただいま混み合っています</body></html>".encode()
    with serving(faults=[Fault(path="get_minute", body=page)]) as server:
        crawled = crawl(source(server), now=NOW)

    assert (crawled.code, crawled.source["new"]) == (1, len(SITTINGS) - 1)
    [error] = crawled.source["errors"]
    assert "get_minute?council_id=" in error


def test_a_challenge_stops_the_source(crawl):
    page = b"<html><head><title>Just a moment...</title></head></html>"
    with serving(faults=[Fault(path="councils/index", body=page)]) as server:
        crawled = crawl(source(server), now=NOW)

    assert (crawled.source["status"], crawled.source["new"]) == ("blocked", 0)


def test_reparsing_the_archive_changes_nothing(crawl):
    with serving() as server:
        crawl(source(server), now=NOW)
        server.log.clear()
        again = crawl(source(server), reparse=True)
        assert server.log == []

    assert again.code == 0
    assert again.source["unchanged"] == len(SITTINGS)
