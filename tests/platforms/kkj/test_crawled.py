"""The portal's API, crawled over HTTP: every notice under the body that it names."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, time
from time import sleep

from kazami.bodies import UNKNOWN_BODY
from kazami.store import open_folder
from replay import ReplayServer
from replay.kkj import ProcurementPortal
from replay.kkj_notices import portal_notices
from replay.town_office import slugs, town_office

TODAY = date(2026, 6, 1)
NOW = "2026-06-01T12:00:00+09:00"
LATER = "2026-06-02T12:00:00+09:00"


def portal(crowd=0):
    offices = [town_office(slug, TODAY) for slug in slugs()]
    return ProcurementPortal(portal_notices(offices, TODAY, crowd=crowd), TODAY)


def source(server):
    return {
        "platform": "kkj",
        "kind": "tender",
        "body": "980434",
        "url": f"{server.url}/api/",
        "delay": 0.01,
        "options": {"areas": ["99", "state"]},
        "expect": {"at_least": 10},
    }


def squeezed(text):
    return "".join(text.split())


def stored(data):
    with open_folder(data) as store:
        found = [store.document(id) for id in store.documents_of("980434/tender/kkj")]
    return {document.key: document for document in found}


def test_every_notice_comes_under_the_body_that_it_names(crawl):
    api = portal()
    with ReplayServer(sites=api.sites) as server:
        crawled = crawl(source(server), now=NOW)
    assert (crawled.code, crawled.source["errors"]) == (0, []), crawled.report
    found = stored(crawl.data)
    assert set(found) == {each.packed_key for each in api.notices}
    for notice in api.notices:
        body = found[notice.packed_key].body
        if notice.city:
            assert body == notice.city
        elif notice.organization == "例示県":
            assert body == "990001"
        else:
            assert body == UNKNOWN_BODY, notice
    unknown = Counter(
        notice.organization
        for notice in api.notices
        if found[notice.packed_key].body == UNKNOWN_BODY
    )
    assert crawled.source["unknown_bodies"] == dict(unknown)


def test_every_field_of_a_notice_comes_back(crawl):
    api = portal()
    with ReplayServer(sites=api.sites) as server:
        crawl(source(server), now=NOW)
    found = stored(crawl.data)
    for notice in api.notices:
        document = found[notice.packed_key]
        facts = document.facts
        assert document.title.startswith(" ".join(notice.name.split()))
        assert document.version == notice.fetched.isoformat()
        assert document.fetched > notice.fetched
        assert [each.url for each in document.attachments] == [
            notice.uri,
            *(uri for _, uri in notice.attachments),
        ]
        assert facts.organisation.value == notice.organization
        assert facts.category.value == notice.category
        # What is left away stands before the text, and is never of it.
        text = squeezed("".join(each.text for each in document.passages))
        whole = squeezed(notice.text)
        assert text
        assert whole.endswith(text)
        left = whole.removesuffix(text).replace(squeezed(notice.name), "")
        assert len(left) < 60, left
        # A day is the notice's, or none: never the visit's.
        assert document.date in (notice.issued, None) or document.date < notice.fetched.date()
        if notice.issued and notice.issued < notice.fetched.date():
            assert document.date == notice.issued
        if notice.bid_start:
            begins = {each.day for each in facts.deadlines if each.paper == "入札書"}
            assert notice.bid_start not in begins
        if notice.opening:
            assert notice.opening in {each.day for each in facts.deadlines if each.paper == "開札"}


def test_the_deadline_at_the_end_of_a_megabyte_is_found(crawl):
    api = portal()
    with ReplayServer(sites=api.sites) as server:
        crawl(source(server), now=NOW, since="2026-05-01")
    [long] = [each for each in stored(crawl.data).values() if len(each.passages) > 100]
    assert [(each.paper, each.day, each.time) for each in long.facts.deadlines] == [
        ("提案書", date(2026, 6, 21), time(17))
    ]
    assert max(len(each.text) for each in long.passages) < 1000


def test_a_crawl_that_was_killed_ends_where_an_undisturbed_one_does(crawl, tmp_path):
    api = portal()
    whole = type(crawl)(tmp_path / "whole")
    with ReplayServer(sites=api.sites) as server:
        said = {"now": NOW, "since": "2024-01-01"}
        whole(source(server), **said)
        needed = len(server.log)
        for part in (1, 2):
            server.log.clear()
            process = crawl.start(source(server), **said)
            while len(server.log) < needed * part // 4 and process.poll() is None:
                sleep(0.002)
            assert process.poll() is None
            process.kill()
            process.communicate()
        last = crawl(source(server), **said)
    assert last.source["status"] == "ok"
    kept, undisturbed = stored(crawl.data), stored(whole.data)
    assert {key: each.content_hash for key, each in kept.items()} == {
        key: each.content_hash for key, each in undisturbed.items()
    }


def test_an_error_within_an_answer_is_told_and_the_next_run_is_whole(crawl):
    api = portal()
    api.error = "search disabled"
    with ReplayServer(sites=api.sites) as server:
        first = crawl(source(server), now=NOW, since="2026-05-01")
        api.error = ""
        again = crawl(source(server), now=LATER, since="2026-05-01")
    assert first.code == 1
    assert "search disabled" in first.source["errors"][0]
    assert again.code == 0
    assert again.source["new"] > 0


def test_a_second_run_asks_for_the_young_months_only(crawl):
    api = portal()
    with ReplayServer(sites=api.sites) as server:
        first = crawl(source(server), now=NOW)
        asked = len(server.log)
        again = crawl(source(server), now=LATER)
        second = len(server.log) - asked
    assert first.code == again.code == 0, again.report
    assert again.source["new"] == again.source["changed"] == 0
    assert second < 10 < asked / 4


def test_a_day_with_more_than_an_answer_holds_is_told_and_what_came_is_kept(crawl):
    api = portal(crowd=1204)
    with ReplayServer(sites=api.sites) as server:
        crawled = crawl(source(server), now=NOW)
        again = crawl(source(server), now="2026-09-01T12:00:00+09:00")
    assert crawled.code == 1
    [alarm] = crawled.source["alarms"]
    assert "1,204 notices and gave 1,000; 204 are missing" in alarm
    assert len(stored(crawl.data)) == len(api.notices) - 204
    # A run that need not ask for the month again would take the alarm away.
    assert again.source["alarms"] == crawled.source["alarms"]


def test_an_answer_that_is_too_large_is_asked_for_in_parts(crawl):
    api = portal()
    with ReplayServer(sites=api.sites) as server:
        crawled = crawl(source(server), now=NOW, settings={"KAZAMI_MAX_RESPONSE_MB": "1"})
    found = stored(crawl.data)
    lost = [each for each in api.notices if each.packed_key not in found]
    assert [len(each.text.encode()) > 1_000_000 for each in lost] == [True]
    assert crawled.code == 1
    assert any("too large" in alarm for alarm in crawled.source["alarms"]), crawled.report


def test_a_month_that_grows_too_full_loses_nothing(crawl):
    """What stood in the month's listing stands in those of its halves."""
    crowd = [each for each in portal(crowd=1010).notices if "（その" in each.name]
    early = date(2026, 5, 10)
    of_may = [
        replace(each, issued=early) if number % 2 else each for number, each in enumerate(crowd)
    ]
    api = ProcurementPortal(of_may[:40], TODAY)
    with ReplayServer(sites=api.sites) as server:
        said = {**source(server), "options": {"areas": ["99"]}, "expect": {"at_least": 1}}
        first = crawl(said, now=NOW)
        api.notices = tuple(reversed(of_may))
        again = crawl(said, now=LATER)
    assert first.source["new"] == 40
    assert (again.source["missing"], again.source["alarms"]) == (0, []), again.report
    assert again.source["new"] == 970
    with open_folder(crawl.data) as store:
        known = store.documents_of("980434/tender/kkj")
        assert {each.missing for each in known.values()} == {None}
