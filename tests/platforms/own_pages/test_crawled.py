"""Bodies' own pages, crawled whole over HTTP: PDFs, frames, hosts, files that cannot be read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from kazami.store import open_folder
from replay import Fault, ReplayServer, pdf_writer
from replay.invented import invented_documents
from replay.own_pages import OwnPages

NOW = "2026-01-10T12:00:00+00:00"
LATER = "2026-01-11T12:00:00+00:00"

SITTINGS = [
    replace(each, key=f"{n:03}", url=None)
    for n, each in enumerate(invented_documents())
    if each.key.startswith("reiji/") and each.date.year >= 2024
]
YOUNG = [each for each in SITTINGS if each.date >= date(2025, 9, 11)]


def source(server, pages):
    return {
        "platform": f"{pages.form}_minutes",
        "url": pages.entry(server.url),
        "options": pages.options(server.url),
    }


def told(document):
    said = [(re.sub(r"\s", "", p.text), p.speaker, p.role, p.stance) for p in document.passages]
    return document.date, said


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_every_sitting_comes_back_and_only_young_ones_are_asked_for_again(crawl, form):
    pages = OwnPages("reiji", SITTINGS, form)
    with ReplayServer(sites=pages.sites) as server:
        crawled = crawl(source(server, pages), now=NOW)
        first = len(server.log)
        again = crawl(source(server, pages), now=LATER)
        asked = server.paths[first:]

    assert (crawled.code, crawled.report["faults"]) == (0, [])
    assert crawled.counts() == (len(SITTINGS), 0, 0, 0)
    assert server.most_at_once == 1
    with open_folder(crawl.data) as store:
        stored = {change.document.key: told(change.document) for change in store.changes(0)}
    assert stored == {key: told(document) for key, document in pages.keys.items()}
    assert again.counts() == (0, 0, len(YOUNG), len(SITTINGS) - len(YOUNG))
    assert "/reiji/kaigiroku/r2024.html" not in asked


def test_what_leads_nowhere_or_elsewhere_is_never_asked_for(crawl):
    pages = OwnPages("reiji", SITTINGS, "pdf")
    with ReplayServer(sites=pages.sites) as server:
        crawl(source(server, pages), now=NOW)
    assert set(server.paths) == {
        "/robots.txt",
        "/reiji/kaigiroku/",
        *(path for path in server.paths if re.match(r"/reiji/kaigiroku/r\d{4}\.html", path)),
        *pages.keys,
    }


def test_a_scanned_file_is_reported_and_the_others_are_kept(crawl):
    pages = OwnPages("reiji", SITTINGS, "pdf")
    scanned = list(pages.keys)[3]
    fault = Fault(path=re.escape(scanned), body=pdf_writer.without_text(4))
    with ReplayServer(sites=pages.sites, faults=[fault]) as server:
        crawled = crawl(source(server, pages), now=NOW)
    assert crawled.counts()[0] == len(SITTINGS) - 1
    (error,) = crawled.source["errors"]
    assert f"{scanned}: 4 of 4 pages hold no text: needs OCR" in error


def test_a_file_on_a_further_host_is_fetched_where_the_options_name_it(crawl):
    pages = OwnPages("reiji", SITTINGS[:1], "pdf")
    with ReplayServer(sites=pages.sites) as server:
        elsewhere = server.url.replace("127.0.0.1", "localhost")
        moved = f'"{elsewhere}/reiji/files'.encode()
        server.faults.append(
            Fault(
                path=r"/r\d{4}\.html",
                times=None,
                edit=lambda body: body.replace(b'"/reiji/files', moved),
            )
        )
        here = source(server, pages)
        here["options"]["documents"] = [f"{elsewhere}/reiji/files/*.pdf"]
        without = crawl(here, now=NOW)
        here["options"]["hosts"] = ["localhost"]
        named = crawl(here, now=NOW)
    assert without.counts()[0] == 0
    assert named.counts()[0] == 1


def test_what_no_pattern_means_is_told_once_and_what_says_so_is_walked(crawl):
    pages = OwnPages("reiji", SITTINGS, "pdf")
    fault = Fault(
        path=r"/kaigiroku/(r\d{4}\.html)?$",
        times=None,
        edit=lambda body: body.replace(
            b'<p><a href="#top">',
            '<p><a href="/reiji/word/1.docx">第9号（3月9日）</a> <a>'.encode(),
        ),
    )
    with ReplayServer(sites=pages.sites, faults=[fault]) as server:
        here = source(server, pages)
        del here["options"]["pages"]
        crawled = crawl(here, now=NOW)
        missed = f"第9号（3月9日） {server.url}/reiji/word/1.docx"
    assert crawled.counts()[0] == len(SITTINGS)
    assert crawled.source["near_misses"] == [missed]
    assert "/reiji/word/1.docx" not in server.paths
