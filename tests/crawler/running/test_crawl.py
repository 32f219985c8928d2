"""A whole crawl over HTTP: what comes into the store, and what a second run does."""

from __future__ import annotations

import pytest

from kazami.store import open_folder
from tests.crawls.toy_site import years

OLD = "2025-06-01T12:00:00+00:00"


def test_every_document_of_the_site_is_stored_as_it_was_served(crawl):
    with years(2020, 2022, 3) as site:
        crawled = crawl(site.url(), now=OLD)

    assert (crawled.code, crawled.source["status"], crawled.counts()) == (0, "ok", (9, 0, 0, 0))
    with open_folder(crawl.data) as store:
        document = store.document("toy:a-2021-2")
        assert document.title == "a-2021-2"
        assert document.date.isoformat() == "2021-03-03"
        assert [p.text for p in document.passages] == ["2021-2の発言。"]
        assert document.body == "102032"
        assert document.fetched.isoformat() == OLD
        assert store.extent().documents == 9


def test_a_second_run_asks_for_the_index_only_where_all_is_settled(crawl):
    with years(2020, 2022, 3) as site:
        crawl(site.url(), now=OLD)
        site.asked.clear()

        again = crawl(site.url(), now="2025-06-02T12:00:00+00:00")

    assert again.counts() == (0, 0, 0, 9)
    assert site.asked == ["/robots.txt", "/a/"]


SCAN = (200, {"Content-Type": "text/plain"}, b"a picture")


def test_an_old_document_that_could_not_be_read_is_counted_and_not_fetched_again(crawl):
    with years(2024, 2025, 2) as site:
        site.documents["2025-2"] = ("2025-05-20", "")
        for key in ("2024-1", "2025-2"):
            site.special[f"/a/doc/{key}"] = lambda before: SCAN
        crawl(site.url(), now=OLD)
        second = crawl(site.url(), now=OLD)
        site.asked.clear()

        again = crawl(site.url(), now="2025-06-02T12:00:00+00:00")

    assert (len(second.source["errors"]), second.source["unreadable"]) == (2, 0)
    assert (len(again.source["errors"]), again.source["unreadable"]) == (1, 1)
    assert (site.count("/doc/2024-1"), site.count("/doc/2025-2")) == (0, 1)
    assert "1 unreadable" in again.stderr


@pytest.mark.parametrize("later", [(200, {}, "ログイン".encode()), (500, {}, b"")])
def test_a_document_of_a_run_that_lost_pages_is_fetched_again(crawl, later):
    with years(2024, 2024, 2) as site:
        site.special["/a/doc/2024-1"] = lambda before: SCAN
        site.special["/a/doc/2024-2"] = lambda before: later
        for _ in range(2):
            crawl(site.url(), now=OLD, settings={"KAZAMI_RETRIES": "0"})
        del site.special["/a/doc/2024-1"]

        again = crawl(site.url(), now="2025-06-02T12:00:00+00:00")

    assert (again.source["new"], again.source["unreadable"]) == (1, 0)


def test_a_document_that_a_limit_left_unread_is_fetched_by_the_next_run(crawl):
    with years(2024, 2024, 4) as site:
        for _ in range(2):
            crawl(site.url(), now=OLD, limit=1)

        again = crawl(site.url(), now="2025-06-02T12:00:00+00:00")

    assert (again.source["new"], again.source["unreadable"]) == (2, 0)


def test_a_second_run_fetches_what_can_have_changed_and_what_is_new(crawl):
    with years(2024, 2025, 3) as site:
        site.documents["2025-1"] = ("2025-05-20", "はじめの発言。")
        site.documents["2025-2"] = ("2025-05-20", "そのままの発言。")
        crawl(site.url(), now=OLD)
        site.asked.clear()
        site.documents["2025-1"] = ("2025-05-20", "直した発言。")
        site.documents["2025-9"] = ("2025-06-01", "あたらしい発言。")
        site.listings["2025"].append("2025-9")

        again = crawl(site.url(), now="2025-06-02T12:00:00+00:00")

    assert again.counts() == (1, 1, 2, 3)
    assert "/a/list/2024" not in site.asked
    assert site.count("/doc/") == 4
    with open_folder(crawl.data) as store:
        assert store.document("toy:a-2025-1").passages[0].text == "直した発言。"
        assert len(store.history("toy:a-2025-1")) == 2


def test_a_document_that_left_its_listing_is_marked_missing_and_kept(crawl):
    with years(2025, 2025, 9) as site:
        crawl(site.url(), now=OLD)
        site.listings["2025"].remove("2025-4")

        again = crawl(site.url(), now="2025-06-02T12:00:00+00:00")

    assert (again.code, again.source["missing"]) == (0, 1)
    with open_folder(crawl.data) as store:
        assert store.document("toy:a-2025-4") is not None
        missing = store.passage("toy:a-2025-4#1").missing
        assert missing.isoformat() == "2025-06-02"


def test_a_source_whose_years_are_gone_is_an_alarm_and_not_a_success(crawl):
    with years(2018, 2024, 3) as site:
        crawl(site.url(), now=OLD)
        for year in range(2018, 2022):
            del site.listings[str(year)]

        again = crawl(site.url(), now="2025-06-02T12:00:00+00:00")

    assert (again.code, again.source["status"]) == (1, "ok")
    assert again.source["alarms"] == [
        "12 of 21 stored documents are gone from the source; they are kept and marked missing"
    ]


def test_an_empty_site_is_an_alarm(crawl):
    with years(2025, 2024, 0) as site:
        crawled = crawl(site.url(), now=OLD)

    assert crawled.code == 1
    assert crawled.source["alarms"] == ["no document came of the whole source"]
    assert "no document came" in crawled.stderr


def test_too_few_documents_for_what_the_source_expects_is_an_alarm(crawl):
    with years(2024, 2024, 3) as site:
        crawled = crawl({"url": site.url(), "expect": {"at_least": 4}}, now=OLD)

    assert crawled.code == 1
    assert crawled.source["alarms"] == ["3 documents, expected at least 4"]


def test_a_limit_stops_each_source_after_so_many_documents_and_the_next_run_goes_on(crawl):
    with years(2023, 2024, 4) as site:
        first = crawl(site.url("a"), {"url": site.url("b"), "body": "102041"}, limit=3, now=OLD)
        second = crawl(site.url("a"), limit=3, now=OLD)
        site.asked.clear()
        third = crawl(site.url("a"), now=OLD)

    assert [(s["status"], s["new"]) for s in first.report["sources"]] == [("limit", 3)] * 2
    assert (first.code, second.counts()) == (0, (3, 0, 0, 3))
    assert (third.source["status"], third.counts()) == ("ok", (2, 0, 0, 6))
    assert site.count("/doc/") == 2


def test_days_outside_the_wanted_ones_are_not_fetched(crawl):
    with years(2023, 2024, 4) as site:
        crawled = crawl(site.url(), since="2024-01-01", until="2024-03-31", now=OLD)

    assert sorted(path for path in site.asked if "/doc/" in path) == [
        "/a/doc/2024-1",
        "/a/doc/2024-2",
    ]
    assert crawled.counts() == (2, 0, 0, 0)


def test_two_tenants_of_one_host_are_asked_one_request_at_a_time(crawl):
    with years(2023, 2024, 3) as site:
        site.seconds = 0.01
        crawled = crawl(site.url("a"), {"url": site.url("b"), "body": "102041"}, now=OLD)

    assert [source["new"] for source in crawled.report["sources"]] == [6, 6]
    assert site.most_at_once == 1
    assert site.count("/robots.txt") == 1


def test_two_hosts_are_asked_side_by_side(crawl):
    with years(2023, 2024, 5) as one, years(2023, 2024, 5) as other:
        one.seconds = other.seconds = 0.05
        url = other.url("b").replace("127.0.0.1", "localhost")
        crawled = crawl(one.url(), {"url": url, "body": "102041"}, now=OLD)

    assert [source["new"] for source in crawled.report["sources"]] == [10, 10]
    assert max(one.times[0], other.times[0]) < min(one.times[-1], other.times[-1])


def test_a_delay_of_one_source_holds_for_all_of_its_host(crawl):
    with years(2023, 2023, 2) as site:
        slow = {"url": site.url("b"), "body": "102041", "delay": 0.2}
        crawl(site.url("a"), slow, now=OLD)

    gaps = [b - a for a, b in zip(site.times, site.times[1:], strict=False)]
    assert min(gaps) >= 0.2


def test_a_day_still_to_come_is_no_sitting_s_day(crawl):
    """Whatever a page says: it is kept, doubted and counted."""
    with years(2024, 2024, 2) as site:
        site.documents["2024-1"] = ("2031-01-05", "例示の発言。")
        crawled = crawl(site.url(), now="2025-06-01T03:00:00+00:00")
    assert crawled.source["doubtful"] == 1
    with open_folder(crawl.data) as store:
        reading = store.document("toy:a-2024-1").reading
        assert reading.day == "2031-01-05 was still to come"
        assert store.document("toy:a-2024-2").reading is None
