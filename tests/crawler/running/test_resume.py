"""A crawl that is killed or stopped goes on where it was: nothing lost, nothing twice."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter

import pytest

from kazami.store import open_folder
from tests.crawls.toy_site import years


def wait_for(condition):
    for _ in range(2000):
        if condition():
            return
        time.sleep(0.005)
    raise AssertionError("it did not come so far within ten seconds")


def test_a_killed_crawl_goes_on_and_fetches_no_stored_document_again(crawl):
    chance = random.Random(7)
    kills = 4
    with years(2023, 2024, 20) as site:
        # One of the listings is of this year: young documents would be fetched by every new pass.
        site.listings["2026"] = [f"2026-{n}" for n in range(1, 11)]
        for key in site.listings["2026"]:
            site.documents[key] = ("2026-05-01", f"{key}の発言。")
        source = {"url": site.url(), "delay": 0.01}
        now = "2026-05-20T12:00:00+00:00"
        for kill in range(1, kills + 1):
            process = crawl.start(source, now=now)
            wait_for(lambda kill=kill: site.count("/doc/") >= 9 * kill)
            time.sleep(chance.random() * 0.03)
            process.kill()
            process.communicate()
        last = crawl(source, now=now)

    asked = Counter(path for path in site.asked if "/doc/" in path)
    assert len(asked) == 50
    assert asked.total() <= 50 + kills  # the one that was on its way
    assert (last.code, last.source["status"]) == (0, "ok")
    with open_folder(crawl.data) as store:
        assert store.extent().documents == 50
        assert store.last_change() == 50


def test_a_finished_pass_is_not_taken_for_a_killed_one(crawl):
    with years(2026, 2026, 3) as site:
        crawl(site.url(), now="2026-05-20T12:00:00+00:00")
        again = crawl(site.url(), now="2026-05-20T13:00:00+00:00")

    assert again.counts() == (0, 0, 3, 0)


def test_ctrl_c_ends_after_the_page_in_hand_and_says_so(crawl):
    with years(2023, 2024, 30) as site:
        site.seconds = 0.05
        process = crawl.start(site.url())
        wait_for(lambda: site.count("/doc/") >= 5)
        process.send_signal(signal.SIGINT)
        before = time.monotonic()
        crawled = crawl.ended(process)
        took = time.monotonic() - before
        asked = site.count("/doc/")
        again = crawl(site.url())

    assert (crawled.code, crawled.source["status"]) == (130, "interrupted")
    assert crawled.source["new"] == asked  # what was fetched is stored
    assert "Traceback" not in crawled.stderr
    assert took < 3
    assert (again.code, again.source["new"]) == (0, 60 - asked)
    assert site.count("/doc/") == 60


def test_ctrl_c_does_not_wait_for_a_long_delay(crawl):
    with years(2023, 2024, 3) as site:
        process = crawl.start({"url": site.url(), "delay": 600})
        wait_for(lambda: site.asked)
        time.sleep(0.1)
        before = time.monotonic()
        process.send_signal(signal.SIGINT)
        crawled = crawl.ended(process)

    assert crawled.code == 130
    assert time.monotonic() - before < 3


def test_a_second_ctrl_c_ends_at_once(crawl):
    with years(2023, 2024, 3) as site:
        site.special["/a/list/2023"] = lambda before: time.sleep(20) or (404, {}, b"")
        process = crawl.start(site.url())
        wait_for(lambda: "/a/list/2023" in site.asked)
        before = time.monotonic()
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        crawled = crawl.ended(process)

    assert crawled.code == 130
    assert time.monotonic() - before < 5


def test_a_second_crawl_into_the_same_data_says_who_is_there(crawl):
    with years(2023, 2024, 3) as site:
        site.seconds = 2.0  # so that the first is still there when the second has started
        process = crawl.start(site.url())
        wait_for(lambda: site.asked)
        second = crawl(site.url())
        process.send_signal(signal.SIGINT)
        crawl.ended(process)

    assert (second.code, second.report["type"]) == (1, "CrawlLocked")
    assert f"process {process.pid} is crawling" in second.report["error"]


def test_an_archive_that_cannot_be_written_ends_the_crawl_in_one_line(crawl):
    crawl.data.joinpath("raw").write_bytes(b"not a folder")
    with years(2023, 2024, 3) as site:
        crawled = crawl(site.url())

    assert (crawled.code, crawled.report["type"]) == (1, "ArchiveError")
    assert "raw: cannot be written" in crawled.report["error"]
    assert "Traceback" not in crawled.stderr
    assert site.count("/doc/") == 0


def test_a_disk_too_full_for_the_archive_ends_the_crawl_with_the_declared_error(crawl, full_disk):
    with years(2023, 2023, 2) as site:
        crawled = crawl(site.url())

    assert (crawled.code, crawled.report["type"]) == (1, "ArchiveError")
    assert "No space left on device" in crawled.report["error"]
    assert crawled.stderr.count("Traceback") == 0
    assert site.count("/doc/") == 0


@pytest.mark.parametrize("most", [9_000, 400_000])
def test_a_full_disk_ends_the_crawl_in_one_line_and_the_next_run_completes_it(crawl, most):
    open_folder(crawl.data).close()
    with years(2020, 2024, 20) as site:
        for key, (day, words) in site.documents.items():
            site.documents[key] = (day, words * 300)
        full = crawl.ended(crawl.start(site.url(), file_bytes=most))
        again = crawl(site.url())

    assert (full.code, set(full.report)) == (1, {"error", "type"})
    assert "\n" not in full.report["error"]
    assert "Traceback" not in full.stderr
    assert again.code == 0
    with open_folder(crawl.data) as store:
        assert store.extent().documents == 100
