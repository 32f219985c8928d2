"""What goes wrong on the way: each is one clear line, and nothing else is lost."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing

import pytest

from tests.crawls.toy_site import text, years

NOW = "2025-06-01T12:00:00+00:00"


def site_with(path, answer):
    """Eight documents, one of which is answered in another way."""
    site = years(2023, 2024, 4)
    site.special[path] = answer if callable(answer) else lambda before: answer
    return site


def test_a_page_that_has_changed_is_one_error_and_the_others_go_on(crawl):
    with site_with("/a/doc/2023-2", text("<html>工事中")) as site:
        crawled = crawl(site.url(), now=NOW)

    (error,) = crawled.source["errors"]
    assert f"{site.url()}doc/2023-2: expected a line 'title …'" in error
    assert (crawled.code, crawled.source["status"], crawled.source["new"]) == (1, "ok", 7)
    assert error in crawled.stderr


def test_a_bug_in_a_parser_fails_the_source_visibly_and_the_others_go_on(crawl):
    with site_with("/a/doc/2023-2", text("title bug\nday 2023-01-01\n発言")) as site:
        crawled = crawl(site.url(), now=NOW)

    (error,) = crawled.source["errors"]
    assert "a bug in toy_platform.py:" in error
    assert "KeyError" in error
    assert (crawled.code, crawled.source["status"], crawled.source["new"]) == (1, "failed", 7)


def test_nonsense_in_a_page_is_an_error_of_that_page(crawl):
    with site_with("/a/doc/2023-2", text("title x\nday 2023-13-45\n発言")) as site:
        crawled = crawl(site.url(), now=NOW)

    (error,) = crawled.source["errors"]
    assert "/doc/2023-2: " in error
    assert crawled.source["new"] == 7


def test_a_text_that_cannot_be_stored_is_an_error_of_that_document(crawl):
    with site_with("/a/doc/2023-2", text("title x\nday 2023-01-01\n発\0言")) as site:
        crawled = crawl(site.url(), now=NOW)

    (error,) = crawled.source["errors"]
    assert "a NUL character" in error
    assert (crawled.source["status"], crawled.source["new"]) == ("ok", 7)


def test_a_refusal_stops_the_source_and_is_not_tried_again(crawl):
    with site_with("/a/list/2023", (403, {}, b"")) as site:
        crawled = crawl(site.url(), now=NOW)

    assert (crawled.code, crawled.source["status"]) == (1, "blocked")
    assert "HTTP 403" in crawled.source["note"]
    assert site.asked.count("/a/list/2023") == 1
    assert site.count("/doc/") == 0


def test_a_login_page_with_status_200_blocks_the_source(crawl):
    with years(2023, 2024, 4) as site:
        for key in site.documents:
            site.special[f"/a/doc/{key}"] = lambda before: text("ログインしてください")
        crawled = crawl(site.url(), now=NOW)

    assert crawled.source["status"] == "blocked"
    assert site.count("/doc/") <= 2  # and the one that was on its way


def test_a_host_that_refused_two_sources_is_left(crawl):
    with years(2023, 2023, 2) as site:
        for tenant in "abc":
            site.special[f"/{tenant}/"] = lambda before: (403, {}, b"")
        sources = [{"url": site.url(t), "body": f"10203{n}"} for n, t in enumerate("abc")]
        crawled = crawl(*sources, now=NOW)

    statuses = [source["status"] for source in crawled.report["sources"]]
    assert statuses == ["blocked", "blocked", "unreachable"]
    assert "/c/" not in site.asked


def test_a_host_that_asks_to_wait_is_waited_for(crawl):
    busy = (429, {"Retry-After": "1"}, b"")
    with site_with("/a/doc/2023-2", lambda before: busy if before == 0 else text(DOCUMENT)) as site:
        crawled = crawl(site.url(), now=NOW)

    assert (crawled.code, crawled.source["new"]) == (0, 8)
    first = site.asked.index("/a/doc/2023-2")
    assert site.asked[first + 1] == "/a/doc/2023-2"
    assert site.times[first + 1] - site.times[first] >= 1.0
    assert "HTTP 429" not in "".join(crawled.source["errors"])


DOCUMENT = "title a-2023-2\nday 2023-03-03\n発言"


def test_a_host_that_asks_to_come_back_in_hours_is_left(crawl):
    with site_with("/a/doc/2023-2", (503, {"Retry-After": "7200"}, b"")) as site:
        crawled = crawl(site.url(), now=NOW)

    assert (crawled.code, crawled.source["status"]) == (1, "unreachable")
    assert "7200 s" in crawled.source["note"]


def test_a_server_error_is_tried_again_and_then_given_up(crawl):
    with site_with("/a/doc/2023-2", (500, {}, b"")) as site:
        site.special["/a/doc/2024-1"] = lambda before: (
            (502, {}, b"") if before == 0 else text("title t\nday 2024-01-01\n発言")
        )
        crawled = crawl(site.url(), now=NOW)

    assert site.asked.count("/a/doc/2023-2") == 3
    (error,) = crawled.source["errors"]
    assert "/doc/2023-2: HTTP 500, 3 times" in error
    assert crawled.source["new"] == 7


def test_a_page_cut_in_half_is_tried_again_and_never_read_as_whole(crawl):
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\ntitle a\nday 2023-01-01\n" + b"x" * 50
    with site_with("/a/doc/2023-2", half) as site:
        crawled = crawl(site.url(), now=NOW)

    assert site.asked.count("/a/doc/2023-2") == 3
    (error,) = crawled.source["errors"]
    assert "the connection closed in the middle of the page" in error
    assert crawled.source["new"] == 7


def test_packed_data_cut_in_half_is_an_error(crawl):
    packed = gzip.compress(DOCUMENT.encode() * 50)[:-20]
    with site_with("/a/doc/2023-2", (200, {"Content-Encoding": "gzip"}, packed)) as site:
        crawled = crawl(site.url(), now=NOW)

    (error,) = crawled.source["errors"]
    assert "cut short" in error


def test_a_packed_page_is_unpacked(crawl):
    packed = gzip.compress(DOCUMENT.encode())
    with site_with("/a/doc/2023-2", (200, {"Content-Encoding": "gzip"}, packed)) as site:
        crawled = crawl(site.url(), now=NOW)

    assert crawled.source["new"] == 8


def test_a_response_of_fifty_megabytes_is_refused_and_the_others_go_on(crawl):
    def endless(before):
        return b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 50_000_000

    with site_with("/a/doc/2023-2", endless) as site:
        site.special["/a/doc/2023-3"] = lambda before: (
            b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n"
        )
        crawled = crawl(site.url(), now=NOW)

    assert sorted(error.partition("doc/")[2] for error in crawled.source["errors"]) == [
        "2023-2: larger than 20 MB (max_response_mb); refused",
        "2023-3: larger than 20 MB (max_response_mb); refused",
    ]
    assert site.asked.count("/a/doc/2023-2") == 1
    assert crawled.source["new"] == 6


@pytest.mark.parametrize(
    ("begun", "repeated"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-Example: " + b"x" * 100 + b"\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Example: x\r\n", b" " + b"x" * 100 + b"\r\n"),
        (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    ],
)
def test_headers_without_an_end_are_refused_and_the_others_go_on(crawl, begun, repeated):
    endless = begun + repeated * (20_000_000 // len(repeated))
    with site_with("/a/doc/2023-2", endless) as site:
        crawled = crawl(site.url(), now=NOW)

    assert [error.partition("doc/")[2] for error in crawled.source["errors"]] == [
        "2023-2: more than 256 kB of headers; refused"
    ]
    assert site.asked.count("/a/doc/2023-2") == 1
    assert crawled.source["new"] == 7


def test_headers_of_a_fifth_of_a_megabyte_are_read_each_time(crawl):
    headers = {f"X-Example-{at}": "x" * 1000 for at in range(200)}
    status, plain, body = text(DOCUMENT)
    with site_with("/a/doc/2023-2", (status, headers | plain, body)) as site:
        site.special["/a/doc/2023-3"] = site.special["/a/doc/2023-2"]
        crawled = crawl(site.url(), now=NOW)

    assert (crawled.code, crawled.source["new"]) == (0, 8)


def test_a_page_that_unpacks_to_fifty_megabytes_is_refused(crawl):
    bomb = gzip.compress(b"x" * 50_000_000)
    with site_with("/a/doc/2023-2", (200, {"Content-Encoding": "gzip"}, bomb)) as site:
        crawled = crawl(site.url(), now=NOW)

    (error,) = crawled.source["errors"]
    assert "larger than 20000000 bytes when unpacked" in error
    assert crawled.source["new"] == 7


def test_a_redirect_to_another_host_is_refused(crawl):
    with years(2023, 2023, 1) as elsewhere, years(2023, 2024, 4) as site:
        target = f"http://localhost:{elsewhere.port}/a/doc/2023-1"
        site.special["/a/doc/2023-2"] = lambda before: (302, {"Location": target}, b"")
        crawled = crawl(site.url(), now=NOW)

    (error,) = crawled.source["errors"]
    assert "redirects to http://localhost:" in error
    assert elsewhere.asked == []
    assert crawled.source["new"] == 7


def test_a_redirect_on_the_same_host_is_followed(crawl):
    with site_with("/a/doc/2023-2", (302, {"Location": "/moved"}, b"")) as site:
        site.special["/moved"] = lambda before: text(DOCUMENT)
        crawled = crawl(site.url(), now=NOW)

    assert (crawled.code, crawled.source["new"]) == (0, 8)


def test_an_endless_redirect_ends(crawl):
    with site_with("/a/doc/2023-2", (302, {"Location": "/a/doc/2023-2"}, b"")) as site:
        crawled = crawl(site.url(), now=NOW)

    assert site.asked.count("/a/doc/2023-2") == 6
    (error,) = crawled.source["errors"]
    assert "more than 5 redirects in a row" in error


def test_a_link_to_another_host_is_not_asked(crawl):
    with years(2023, 2024, 4) as site:
        site.special["/a/"] = lambda before: text("http://localhost/x")
        crawled = crawl(site.url(), now=NOW)

    assert crawled.code == 1
    assert site.asked == ["/robots.txt", "/a/"]


def test_a_host_where_nobody_listens_is_unreachable(crawl):
    with years(2023, 2023, 1) as site:
        url = site.url()
    crawled = crawl(url, now=NOW, settings={"KAZAMI_RETRIES": "0"})

    assert (crawled.code, crawled.source["status"]) == (1, "unreachable")
    assert "connection refused" in crawled.source["note"]
    assert "robots.txt" in crawled.source["note"]


def test_a_broken_page_is_fetched_again_by_the_next_run_and_only_that(crawl):
    broken = text("<html>工事中")
    with site_with("/a/doc/2023-2", lambda n: broken if n == 0 else text(DOCUMENT)) as site:
        crawl(site.url(), now=NOW)
        site.asked.clear()
        site.special["/a/doc/2023-2"] = lambda before: text(DOCUMENT)
        again = crawl(site.url(), now="2025-06-02T12:00:00+00:00")

    assert again.counts() == (1, 0, 0, 7)
    assert [path for path in site.asked if "/doc/" in path] == ["/a/doc/2023-2"]


def test_every_request_is_logged_with_status_size_and_digest(crawl):
    with site_with("/a/doc/2023-2", (404, {}, b"")) as site:
        crawl(site.url(), now=NOW)

    with closing(sqlite3.connect(crawl.data / "kazami.sqlite")) as database:
        rows = database.execute("select url, status, size, digest from fetches").fetchall()
    assert len(rows) == len(site.asked)
    assert (f"{site.url()}doc/2023-2", 404, 0, None) in rows
    assert all(digest.startswith("sha1:") for _, _, size, digest in rows if size)
