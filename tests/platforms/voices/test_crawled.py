"""VOICES, crawled whole over HTTP: permission, half pages, a busy host, what is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kazami.store import open_folder
from replay import Fault, ReplayServer
from replay.invented import invented_documents
from replay.voices import ROBOTS, Voices

NOW = "2026-01-10T12:00:00+00:00"
LATER = "2026-01-11T12:00:00+00:00"


def titled(document):
    """With the year and the label of the day that the site's own titles have."""
    meeting = document.title.partition("（")[0].replace(" ", "")
    return replace(document, title=f"{meeting} {document.date:%m月%d日}-02号")


SITTINGS = [
    titled(each)
    for each in invented_documents()
    if each.key.startswith("kakuu/") and each.date.year >= 2024
]
YOUNG = [each for each in SITTINGS if each.date >= date(2025, 9, 11)]

PERMISSION = """\
["102032/minutes/voices"]
granted_by = "例示市議会事務局"
granted_on = 2025-12-01
fetch = true
"""


def source(server):
    return {"platform": "voices", "url": f"{server.url}/voices/g07v_search.asp"}


def serving(documents=SITTINGS, **said):
    return ReplayServer(sites={"voices": Voices(documents)}, **said)


def port(server):
    return int(server.url.rpartition(":")[2])


def told(document):
    said = [(p.order, p.text, p.speaker, p.role, p.stance, p.page) for p in document.passages]
    return document.title, document.date, document.front_matter, said


def test_without_permission_only_the_pages_of_years_are_fetched(crawl):
    with serving(robots=ROBOTS) as server:
        crawled = crawl(source(server), now=NOW)

    assert crawled.source["status"] == "needs permission"
    assert "ask the assembly's office" in crawled.source["note"]
    assert not [path for path in server.paths if "/cgi/" in path]


def test_with_permission_every_sitting_comes_back(crawl):
    (crawl.data / "permissions.toml").write_text(PERMISSION, "utf-8")
    with serving(robots=ROBOTS) as server:
        crawled = crawl(source(server), now=NOW)

    assert (crawled.code, crawled.report["faults"]) == (0, [])
    assert crawled.counts() == (len(SITTINGS), 0, 0, 0)
    assert server.most_at_once == 1
    with open_folder(crawl.data) as store:
        stored = [change.document for change in store.changes(0)]
    assert sorted(map(told, stored)) == sorted(map(told, SITTINGS))
    assert all(each.key.startswith("127.0.0.1/voices/") for each in stored)


def test_a_second_run_asks_only_for_what_may_have_changed(crawl):
    with serving() as server:
        crawl(source(server), now=NOW)
        first = len(server.log)
        again = crawl(source(server), now=LATER)
        second = server.paths[first:]

    assert again.counts() == (0, 0, len(YOUNG), len(SITTINGS) - len(YOUNG))
    assert not [path for path in second if "FYY=2024&TYY=2024" in path and "/cgi/" in path]
    assert len([path for path in second if "ACT=203" in path]) == len(YOUNG)


def test_too_many_requests_half_a_page_and_a_cut_line_are_asked_again(crawl):
    faults = [
        Fault(path="ACT=100", times=1, status=429, headers={"Retry-After": "1"}),
        Fault(path="ACT=202", times=1, cut=True),
        Fault(path="ACT=203", times=1, cut=True),
    ]
    with serving(faults=faults) as server:
        crawled = crawl(source(server), now=NOW)

    assert (crawled.code, crawled.source["errors"]) == (0, [])
    assert crawled.counts() == (len(SITTINGS), 0, 0, 0)


def test_a_busy_host_costs_one_sitting_and_the_next_run_brings_it(crawl):
    busy = "<HTML><TITLE>Server Busy</TITLE>該当する発言がありませんでした。</HTML>"
    faults = [
        Fault(path="ACT=202", times=1, body=busy.encode("cp932")),
        Fault(path="ACT=203", times=1, edit=lambda body: body[: len(body) // 2]),
    ]
    with serving(faults=faults) as server:
        crawled = crawl(source(server), now=NOW)
        again = crawl(source(server), now=LATER)

    assert (crawled.code, len(crawled.source["errors"])) == (1, 2)
    assert crawled.source["new"] == len(SITTINGS) - 2
    assert (again.code, again.source["new"]) == (0, 2)


def test_a_sitting_that_left_the_list_is_missing_and_one_that_changed_is_new_text(crawl):
    with serving() as server:
        crawl(source(server), now=NOW)
        at = port(server)
    last = SITTINGS[-1]
    said = replace(last.passages[0], text="訂正した発言です。")
    changed = replace(last, passages=(said, *last.passages[1:]))
    with serving([*SITTINGS[:-1], changed], port=at) as server:
        again = crawl(source(server), now=LATER)
    with serving(SITTINGS[:-1], port=at) as server:
        gone = crawl(source(server), now=LATER)

    assert (again.code, again.source["changed"], again.source["missing"]) == (0, 1, 0)
    assert (gone.code, gone.source["missing"]) == (0, 1)


def test_reparsing_gives_the_same_hashes(crawl):
    with serving() as server:
        crawl(source(server), now=NOW)
        server.log.clear()
        again = crawl(source(server), reparse=True)

    assert (again.code, server.log) == (0, []), again.report
    assert again.counts()[:3] == (0, 0, len(SITTINGS))
