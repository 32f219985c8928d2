"""How hosts are treated: robots.txt, our name, delays, hours, permissions."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

import pytest

from crawler.fetching.hosts import is_loopback, retry_after, same_site, user_agent
from crawler.permission.robots import Rules
from crawler.running.crawl import host_delay
from tests.crawls.toy_site import years

NOW = "2025-06-01T12:00:00+00:00"  # a Sunday, 21:00 in Japan


def robots(words: str):
    return 200, {"Content-Type": "text/plain"}, words.encode()


def test_the_longest_match_of_robots_txt_decides():
    rules = Rules(b"User-agent: *\nDisallow: /\nAllow: /tenant/\nDisallow: /tenant/js/\n")

    assert rules.allow("https://h.example/tenant/a/index.html")
    assert not rules.allow("https://h.example/dnp/search/councils")
    assert not rules.allow("https://h.example/tenant/js/a.js")


def test_rules_for_our_name_go_before_those_for_all():
    rules = Rules(b"User-agent: *\nDisallow:\n\nUser-agent: kazami\nDisallow: /\n")

    assert not rules.allow("https://h.example/")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Sun, 01 Jun 2025 12:01:30 GMT", 90.0),
        ("Sun, 01 Jun 2025 11:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-5", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value, seconds):
    assert retry_after(value, datetime.fromisoformat(NOW)) == seconds


def test_a_page_stays_on_its_site_on_the_same_host_and_port_or_the_default_ones():
    home = "http://city.example/a/"

    assert same_site("https://CITY.example/b", home)
    assert same_site("http://city.example:80/b", home)
    assert not same_site("http://city.example:8080/b", home)
    assert not same_site("http://www.city.example/b", home)
    assert not same_site("file:///etc/passwd", home)
    assert not same_site("http://city.example:x/b", home)


def test_only_this_machine_is_loopback():
    assert all(map(is_loopback, ["localhost", "127.0.0.1", "127.8.8.8", "::1"]))
    assert not any(map(is_loopback, ["127.0.0.1.example", "10.0.0.1", "city.example"]))


def test_the_user_agent_names_kazami_and_the_contact(crawl):
    with years(2024, 2024, 1) as site:
        crawl(site.url(), settings={"KAZAMI_CONTACT": "https://reiji.example/bot"})

    agents = {headers["User-Agent"] for headers in site.headers}
    assert agents == {user_agent("https://reiji.example/bot")}
    assert "(+https://reiji.example/bot)" in agents.pop()


def test_a_real_host_is_not_asked_without_a_contact(crawl):
    crawled = crawl("http://kaigiroku.city.reiji.example/")

    assert (crawled.code, crawled.report["type"]) == (1, "ContactMissing")
    assert "KAZAMI_CONTACT" in crawled.report["error"]


def test_what_robots_txt_forbids_is_not_asked_and_needs_permission(crawl):
    with years(2023, 2024, 2) as site:
        site.robots = robots("User-agent: *\nDisallow: /a/doc/\n")
        crawled = crawl(site.url(), now=NOW)

    assert (crawled.code, crawled.source["status"]) == (1, "needs permission")
    assert "robots.txt forbids" in crawled.source["note"]
    assert site.count("/doc/") == 0


def test_robots_txt_also_decides_where_a_redirect_leads(crawl):
    with years(2023, 2023, 2) as site:
        site.robots = robots("User-agent: *\nDisallow: /hidden\n")
        site.special["/a/doc/2023-1"] = lambda before: (302, {"Location": "/hidden"}, b"")
        crawled = crawl(site.url(), now=NOW)

    assert crawled.source["status"] == "needs permission"
    assert "/hidden" not in site.asked


def test_a_host_whose_robots_txt_answers_an_error_is_not_asked(crawl):
    with years(2023, 2024, 2) as site:
        site.robots = (503, {}, b"")
        crawled = crawl(site.url(), now=NOW)

    assert (crawled.code, crawled.source["status"]) == (1, "unreachable")
    assert set(site.asked) == {"/robots.txt"}


def test_the_crawl_delay_of_robots_txt_is_kept(crawl):
    with years(2023, 2023, 2) as site:
        site.robots = robots("User-agent: *\nCrawl-delay: 0.3\n")
        crawl(site.url(), now=NOW)

    gaps = [b - a for a, b in zip(site.times[1:], site.times[2:], strict=False)]
    assert min(gaps) >= 0.3


def test_the_delay_counts_from_the_end_of_an_answer(crawl):
    with years(2023, 2023, 2) as site:
        site.seconds = 0.2
        crawl({"url": site.url(), "delay": 0.3}, now=NOW)

    gaps = [b - a for a, b in zip(site.times, site.times[1:], strict=False)]
    assert min(gaps) >= 0.5


def permission(**said):
    lines = ['["102032/minutes/toy"]', 'granted_by = "例示市議会事務局"', "granted_on = 2025-05-01"]
    return "\n".join([*lines, *(f"{key} = {value}" for key, value in said.items())])


FORBIDDEN = robots("User-agent: *\nDisallow: /\n")


def test_a_recorded_permission_opens_the_source_that_it_names_and_no_other(crawl):
    (crawl.data / "permissions.toml").write_text(permission(fetch="true"), "utf-8")
    with years(2023, 2023, 2) as site:
        site.robots = FORBIDDEN
        crawled = crawl(site.url("a"), {"url": site.url("b"), "body": "102041"}, now=NOW)

    statuses = [source["status"] for source in crawled.report["sources"]]
    assert statuses == ["ok", "needs permission"]
    assert "/b/" not in site.asked


def test_a_permission_that_does_not_allow_fetching_opens_nothing(crawl):
    (crawl.data / "permissions.toml").write_text(permission(fetch="false"), "utf-8")
    with years(2023, 2023, 2) as site:
        site.robots = FORBIDDEN
        crawled = crawl(site.url(), now=NOW)

    assert crawled.source["status"] == "needs permission"
    assert "refused" in crawled.source["note"]
    assert site.asked == []


def test_outside_the_permitted_hours_nothing_is_asked_and_the_report_says_when(crawl):
    ledger = permission(fetch="true", hours='"22:00-05:00"')
    (crawl.data / "permissions.toml").write_text(ledger, "utf-8")
    with years(2023, 2023, 2) as site:
        early = crawl(site.url(), now=NOW)
        asked = list(site.asked)
        inside = crawl(site.url(), now="2025-06-01T13:30:00+00:00")

    assert (early.code, early.source["status"], asked) == (1, "not now", [])
    assert "22:00-05:00" in early.source["note"]
    assert inside.source["status"] == "ok"


def test_the_least_delay_of_a_permission_is_kept(crawl):
    ledger = permission(fetch="true", minimum_delay=0.3)
    (crawl.data / "permissions.toml").write_text(ledger, "utf-8")
    with years(2023, 2023, 2) as site:
        crawl({"url": site.url(), "delay": 0.01}, now=NOW)

    gaps = [b - a for a, b in zip(site.times, site.times[1:], strict=False)]
    assert min(gaps) >= 0.3


def test_the_delay_of_a_real_host_is_never_below_the_platforms():
    work = SimpleNamespace(
        source=SimpleNamespace(url="https://h.example/", delay=0.5, id="x"),
        platform=SimpleNamespace(delay=2.0),
    )
    assert host_delay(work, None) == 2.0
    work.source.delay = 7.0
    assert host_delay(work, None) == 7.0
    work.source.url = "http://127.0.0.1/"
    work.source.delay = None
    assert host_delay(work, None) == 0.0
