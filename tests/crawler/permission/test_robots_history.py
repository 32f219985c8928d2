"""What robots.txt said is remembered; a change suspends its sources until it is accepted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from crawler.permission.robots import Rules, read_robots
from crawler.permission.robots_history import (
    RobotsHistory,
    RobotsHistoryError,
    load_shipped,
    rules_of,
    shipped_for,
)
from crawler.permission.standing import Standing, barred, standing
from kazami.document import Kind
from kazami.permission import Permission
from kazami.sources import Source, load_sources
from tests.crawls.toy_site import years

NOW = "2025-06-01T03:00:00+00:00"
DAY, NEXT = date(2025, 6, 1), date(2025, 6, 2)
URL = "https://gikai.example/minutes/index.html"
OPEN, CLOSED = b"User-agent: *\nDisallow: /private/\n", b"User-agent: *\nDisallow: /\n"


def source(url: str = URL, platform: str = "pdf_minutes") -> Source:
    return Source(body="102032", kind=Kind.MINUTES, platform=platform, url=url)


def permission(*, fetch: bool = True) -> Permission:
    return Permission(source=source().id, granted_by="例示市", granted_on=DAY, fetch=fetch)


@pytest.fixture
def looks(tmp_path):
    return RobotsHistory(tmp_path / "robots.json")


def test_the_first_look_is_accepted_and_decides(looks):
    assert standing(source(), None, looks) == Standing.UNKNOWN
    looks.see("https://gikai.example/robots.txt", 200, read_robots(OPEN), DAY)
    assert standing(source(), None, looks) == Standing.ALLOWED
    other = RobotsHistory(looks._file)
    other.see(URL, 200, read_robots(CLOSED), DAY)
    assert standing(source(), None, other) == Standing.NEEDS_PERMISSION


def test_a_look_is_kept_with_hash_and_days(looks):
    looks.see(URL, 200, read_robots(OPEN), DAY)
    looks.see(URL, 200, read_robots(OPEN), NEXT)
    looks.save()
    look = RobotsHistory(looks._file).stands(URL)
    assert look is not None
    assert (look.first, look.last, look.status) == (DAY, NEXT, 200)
    assert look.sha256 == sha256(OPEN).hexdigest()


def test_a_change_suspends_until_it_is_accepted(looks):
    looks.see(URL, 404, read_robots(b""), DAY)
    looks.see(URL, 200, read_robots(OPEN), NEXT)
    assert standing(source(), None, looks) == Standing.SUSPENDED
    assert standing(source(), permission(), looks) == Standing.SUSPENDED
    taken = looks.accept(URL)
    assert taken is not None
    assert taken.first == NEXT
    assert standing(source(), None, looks) == Standing.ALLOWED
    assert looks.changed(URL) is None


UNREADABLE = read_robots(b"\x1f\x8b\x08\x00\x00User-agent")


def test_what_cannot_be_read_forbids_from_the_first_look_until_it_is_accepted(looks):
    looks.see(URL, 200, UNREADABLE, DAY)
    looks.save()
    again = RobotsHistory(looks._file)
    for history in (looks, again):
        assert standing(source(), None, history) == Standing.SUSPENDED
        assert standing(source(), permission(), history) == Standing.GRANTED
    again.accept(URL)
    assert standing(source(), None, again) == Standing.ALLOWED
    again.see(URL, 200, UNREADABLE, NEXT)
    assert standing(source(), None, again) == Standing.ALLOWED
    again.see(URL, 200, read_robots(b"\0"), NEXT)
    assert standing(source(), None, again) == Standing.SUSPENDED


def test_a_permission_of_one_tenant_lets_no_unreadable_file_stand_for_the_others(looks):
    looks.see(URL, 200, read_robots(OPEN), DAY)
    looks.see(URL, 200, UNREADABLE, NEXT)
    assert not looks.accept_change(URL)
    assert standing(source(), permission(), looks) == Standing.GRANTED
    assert standing(source(), None, looks) == Standing.SUSPENDED


def test_a_page_in_its_place_may_change_every_day(looks):
    for day, count in ((DAY, 1), (NEXT, 2)):
        looks.see(URL, 200, read_robots(b"<html><body>404: visitor %d</body>" % count), day)
        assert standing(source(), None, looks) == Standing.ALLOWED
    looks.see(URL, 404, read_robots(b""), NEXT)
    assert standing(source(), None, looks) == Standing.ALLOWED


def test_a_delay_of_hours_waits_for_a_person(looks):
    looks.see(URL, 200, read_robots(b"User-agent: *\nCrawl-delay: 3600\n"), DAY)
    assert standing(source(), None, looks) == Standing.ALLOWED
    slow = RobotsHistory(looks._file)
    slow.see(URL, 200, read_robots(b"User-agent: *\nCrawl-delay: 3601\n"), DAY)
    assert standing(source(), None, slow) == Standing.SUSPENDED
    assert standing(source(), permission(), slow) == Standing.SUSPENDED
    named = replace(permission(), minimum_delay=10.0)
    assert standing(source(), named, slow) == Standing.GRANTED
    slow.accept(URL)
    assert standing(source(), None, slow) == Standing.ALLOWED


def test_a_look_of_before_that_was_read_as_garbage_is_forgotten(tmp_path):
    """gzip that nobody unpacked stood in robots.json as rules, and allowed everything."""
    kept = {"status": 200, "sha256": "0", "first": "2026-01-01", "last": "2026-01-01"}
    looks = {
        "https://a.example": {"stands": kept | {"rules": "\x1f\ufffd\x08"}},
        "https://b.example": {"stands": kept | {"rules": "User-agent: *\nFoo: 1\nDisallow: /"}},
    }
    file = tmp_path / "robots.json"
    file.write_text(json.dumps(looks), "utf-8")
    history = RobotsHistory(file)
    assert history.stands("https://a.example/") is None
    stood = history.stands("https://b.example/")
    assert stood is not None
    assert stood.rules == "User-agent: *\nDisallow: /"


def test_a_change_that_is_taken_back_suspends_no_longer(looks):
    looks.see(URL, 200, read_robots(OPEN), DAY)
    looks.see(URL, 200, read_robots(CLOSED), NEXT)
    looks.see(URL, 200, read_robots(OPEN), NEXT)
    assert standing(source(), None, looks) == Standing.ALLOWED


def test_comments_and_sitemaps_are_no_change(looks):
    looks.see(URL, 200, read_robots(OPEN), DAY)
    commented = b"\xef\xbb\xbf# new\r\n" + OPEN + b"Sitemap: x\n"
    looks.see(URL, 200, read_robots(commented), NEXT)
    assert standing(source(), None, looks) == Standing.ALLOWED


def test_rules_are_the_lines_that_rule():
    assert rules_of(b"# x\n\nUser-agent:  *  # all\nSitemap: https://x/\nDisallow: /a") == (
        "User-agent: *\nDisallow: /a"
    )


def test_a_refusal_stands_above_all(looks):
    looks.see(URL, 200, read_robots(OPEN), DAY)
    assert standing(source(), permission(fetch=False), looks) == Standing.REFUSED
    assert "refused" in str(barred(source(), permission(fetch=False), looks))


def test_what_the_shipped_look_forbids_is_not_even_asked(looks):
    tenant = source("https://ssp.kaigiroku.net/tenant/reiji/SpTop.html", "discussnet")
    assert standing(tenant, None, looks) == Standing.NEEDS_PERMISSION
    assert "/dnp/search/" in str(barred(tenant, None, looks))
    assert barred(tenant, permission(), looks) is None


def test_our_own_look_goes_before_the_shipped_one(looks):
    tenant = source("https://www.kensakusystem.jp/reiji/", "kensakusystem")
    assert standing(tenant, None, looks) == Standing.ALLOWED
    looks.see(tenant.url, 200, read_robots(CLOSED), DAY)
    assert standing(tenant, None, looks) == Standing.NEEDS_PERMISSION
    assert barred(tenant, None, looks) is None  # the next visit reads robots.txt again


def test_the_shipped_looks_agree_with_their_rules_and_cover_the_large_hosts():
    for host, platform in (
        ("https://ssp.kaigiroku.net/tenant/a/SpTop.html", "/dnp/search/councils/index"),
        ("https://www.city.a.b.dbsr.jp/", "/index.php/100000?Template=list"),
        ("https://a.gijiroku.com/voices/", "/voices/cgi/voiweb.exe?ACT=203"),
    ):
        known = shipped_for(host)
        assert known is not None
        assert not known.allowed
        rules = Rules("\n".join(known.rules).encode())
        assert not rules.allow("/".join(host.split("/")[:3]) + platform)
    assert shipped_for("https://www.city.kiryu.lg.jp/") is None
    patterns = [each.hosts for each in load_shipped()]
    assert len(patterns) == len(set(patterns))
    known_hosts = [s for s in load_sources() if s.url and shipped_for(s.url)]
    assert len(known_hosts) > 850


def test_a_broken_file_of_looks_is_one_line(tmp_path):
    file = tmp_path / "robots.json"
    for text in ("[]", "{", '{"https://a": {"stands": {"status": 200}}}'):
        file.write_text(text, "utf-8")
        with pytest.raises(RobotsHistoryError, match=r"robots\.json") as caught:
            RobotsHistory(file)
        assert "\n" not in str(caught.value)


def test_a_shipped_file_with_an_unknown_word_is_refused(tmp_path):
    file = tmp_path / "robots.toml"
    file.write_text('["a"]\ntext = "perhaps"\nseen = 2026-01-01\nevidence = "x"\n', "utf-8")
    with pytest.raises(RobotsHistoryError, match="allowed, forbidden"):
        load_shipped(file)


def test_a_crawl_remembers_robots_txt_and_stops_when_it_changes(crawl):
    with years(2023, 2023, 2) as site:
        first = crawl(site.url(), now=NOW)
        kept = json.loads((crawl.data / "robots.json").read_text("utf-8"))
        site.robots = (200, {}, OPEN)
        asked = len(site.asked)
        second = crawl(site.url(), now=NOW)
    assert first.source["status"] == "ok"
    assert [each["stands"]["last"] for each in kept.values()] == ["2025-06-01"]
    assert (second.code, second.source["status"]) == (1, "suspended")
    assert "kazami sources accept" in second.source["note"]
    assert site.asked[asked:] == ["/robots.txt"]
