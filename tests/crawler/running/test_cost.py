"""A dry run adds up what a crawl would ask: by platform, by host, and what is open today."""

from __future__ import annotations

import time
from datetime import date

import pytest

from crawler.permission.standing import Standing
from crawler.running.cost import ANSWER, plan, requests, seconds, sittings
from kazami.bodies import load_bodies
from kazami.document import Kind
from kazami.permission import Permission
from kazami.sources import Source, load_sources

TODAY = date(2026, 8, 2)
BODIES = {body.code: body for body in (*load_bodies(), *load_bodies().national)}


def source(body: str = "102032", platform: str = "kensakusystem", **said: object) -> Source:
    url = f"https://www.kensakusystem.jp/a{body}/"
    return Source(
        body=body,
        kind=Kind.MINUTES,
        platform=platform,
        **{"url": url, **said},  # type: ignore[arg-type]
    )


def planned(*sources: Source, standing: Standing = Standing.ALLOWED, months: int = 4):
    return plan(sources, {s.id: standing for s in sources}, {}, BODIES, today=TODAY, months=months)


def test_councils_of_one_host_queue_behind_each_other_and_hosts_run_side_by_side() -> None:
    one, two = source("102032"), source("102041")
    other = source("102059", url="https://kensaku.reiji.example/index.html")
    alone = planned(one).total.first
    same = planned(one, two).total.first
    apart = planned(one, other).total.first
    assert same.longest == same.hours > alone.hours
    assert apart.longest < apart.hours
    assert same.requests == sum(
        requests(s, BODIES[s.body], today=TODAY, months=4)[0] for s in (one, two)
    )


def test_hosts_that_a_platform_calls_one_are_counted_as_one() -> None:
    two = [
        source(body, "dbsearch", url=f"https://www.city.{name}.dbsr.jp/")
        for body, name in (("102032", "a.gunma"), ("102041", "b.gunma"))
    ]
    load = planned(*two).total.first
    assert load.longest == load.hours


def test_a_request_takes_the_longest_delay_and_the_answer() -> None:
    assert seconds(source(), None) == 2 + ANSWER
    assert seconds(source(delay=9), None) == 9 + ANSWER
    given = Permission(source=source().id, granted_by="例示市", granted_on=TODAY, minimum_delay=20)
    assert seconds(source(delay=9), given) == 20 + ANSWER


@pytest.mark.parametrize(
    ("standing", "counts"),
    [
        (Standing.ALLOWED, (1, 0, 0)),
        (Standing.GRANTED, (1, 0, 0)),
        (Standing.NEEDS_PERMISSION, (0, 1, 0)),
        (Standing.REFUSED, (0, 1, 0)),
        (Standing.SUSPENDED, (0, 1, 0)),
        (Standing.UNKNOWN, (0, 0, 1)),
    ],
)
def test_bodies_are_counted_as_allowed_needing_or_unknown(
    standing: Standing, counts: tuple[int, int, int]
) -> None:
    made = planned(source(), standing=standing)
    (share,) = made.platforms
    assert (share.allowed, share.needing, share.unknown) == counts
    assert made.now.bodies == (set() if counts[1] else {"102032"})


def test_what_cannot_be_read_is_planned_but_not_for_today() -> None:
    made = planned(
        source("102041", "pdf_minutes", url="https://a.example/x"), source("102059", "unknown")
    )
    assert made.total.unread == 2
    assert made.now.bodies == set()
    assert {share.platform: share.first.requests > 0 for share in made.platforms} == {
        "pdf_minutes": True,
        "unknown": False,
    }


def test_more_residents_and_more_years_are_more_requests() -> None:
    counts = [sittings(BODIES[code], own_pages=False) for code in ("102032", "141003", "100005")]
    assert counts == [50, 150, 150]
    few = source(platform="pdf_minutes", options={"first_year": 2024})
    many = source(platform="pdf_minutes", options={"first_year": 2004})
    body = BODIES["102032"]
    ask = {s: requests(s, body, today=TODAY, months=4)[0] for s in (few, many)}
    assert ask[many] > 5 * ask[few]


def test_a_first_fill_of_kensakusystem_costs_what_was_counted() -> None:
    """50 sittings in each of 25 years, 3.3 requests each, a list a year and three pages a run."""
    first, daily = requests(source(), BODIES["102032"], today=TODAY, months=4)
    assert first == 3 + 25 * (1 + 50 * 3.3) == 4153
    assert daily == 59  # 3 + 1 + 50 · 4/12 · 3.3


def test_a_daily_update_grows_with_the_months_that_are_read_again() -> None:
    body = BODIES["102032"]
    daily = [requests(source(), body, today=TODAY, months=months)[1] for months in (0, 4, 12)]
    assert daily[0] < 10 < daily[1] < daily[2]
    assert requests(source(), body, today=TODAY, months=4)[0] > daily[2]


def test_a_portal_of_all_bodies_costs_months_of_listings_and_counts_no_body() -> None:
    portal = load_bodies().find("中小企業庁")
    source = Source(
        body=portal.code, kind=Kind.TENDER, platform="kkj", url="https://www.kkj.go.jp/api/"
    )
    first, daily = requests(source, portal, today=date(2026, 8, 1), months=4)
    months = 6 * 12
    # At least a request for each of 48 areas and month, and not twice as many.
    assert 48 * months < first < 2 * 48 * months
    assert 2 * 48 < daily < first / 10
    made = plan(
        [source],
        {source.id: Standing.UNKNOWN},
        {},
        {portal.code: portal},
        today=date(2026, 8, 1),
        months=4,
    )
    assert made.total.bodies == set()


def test_the_whole_registry_is_planned_in_under_five_seconds() -> None:
    began = time.process_time()
    sources = load_sources()
    made = planned(*sources, standing=Standing.UNKNOWN)
    assert time.process_time() - began < 5
    assert len(made.total.bodies) == 1789
    minutes = planned(
        *(source for source in sources if source.kind is Kind.MINUTES), standing=Standing.UNKNOWN
    )
    assert sum(len(share.bodies) for share in minutes.platforms) == 1789
    assert made.total.first.requests == sum(share.first.requests for share in made.platforms)


def test_a_feed_costs_itself_and_the_pages_and_files_of_its_entries() -> None:
    feed = Source(
        body="102032",
        kind=Kind.ANNOUNCEMENT,
        platform="feed",
        url="https://www.town.reiji.example/news.rss",
    )
    first, daily = requests(feed, BODIES["102032"], today=TODAY, months=4)
    assert (first, daily) == (31, 6)  # 1 + 20 · 1.5; 1 + 3 · 1.5
