"""Parse the pages of each platform: megabytes a second, on one core, without network or disk.

python -m benchmarks.parse [--part 0.02] [--platform voices]

The pages are those that replayed sites give for part of 桐生市's real minutes (0.02: some eleven
sittings), so their texts are as long as real ones. A page of text is one that gives a document, any
other is a list; those shorter than a real one, where the fixed cost of a page counts most, are not
held to the speed. The share of BeautifulSoup is what it takes to build its trees; lxml's, and what
our code does with them, is the rest. JSON and PDF are not HTML. Counted is the time of the
processor, so that a busy machine says the same.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from benchmarks.corpus import documents as corpus
from benchmarks.corpus import part
from crawler.page import Follow, Found, Page, Wanted
from crawler.platform import platform
from kazami.dates import wareki
from kazami.document import Document, Kind
from kazami.sources import Source
from replay import ReplayError, ReplayServer
from replay.amivoice import City
from replay.dbsearch import Council
from replay.discussnet import DiscussnetHost
from replay.domino import NotesDatabase
from replay.kokkai import Diet
from replay.own_pages import OwnPages
from replay.static_dir import Folder
from replay.voices import Voices
from replay.wakayama import INDEX, Assembly

LEAST = 5.0
"""Megabytes of HTML a second."""

SHORT = 4000
"""Bytes; recorded lists have 15,000 to 200,000."""

SECONDS = 1.0
"""For each sort of page."""

PORT = 1
HOST = f"http://127.0.0.1:{PORT}"


@dataclass
class Pages:
    """What one platform is to parse again and again."""

    lists: list[tuple[Follow, Page]] = field(default_factory=list)
    texts: list[tuple[Follow, Page]] = field(default_factory=list)


@dataclass(frozen=True)
class Site:
    """A replayed site of one platform, and where a crawl of it begins."""

    server: Callable[[list[Document]], ReplayServer]
    place: str
    entitle: Callable[[Document, int], str] = lambda document, number: document.title
    options: Mapping[str, object] = field(default_factory=dict)
    html: bool = True


def _session(document: Document) -> str:
    return re.split("[ \u3000（]", document.title)[0]


def _dated(document: Document, number: int, dash: str) -> str:
    return f"{_session(document)} {document.date:%m月%d日}{dash}{number:02}号"


def _served(**sites: object) -> ReplayServer:
    return ReplayServer(sites=sites, port=PORT)  # type: ignore[arg-type]


SITES: dict[str, Site] = {
    "kensakusystem": Site(
        lambda held: ReplayServer({"reiji": held}, port=PORT),
        "/reiji/",
        lambda document, number: f"{_session(document)}（第{number}号）",
    ),
    "kokkai": Site(lambda held: _served(api=Diet(held)), "/api/", html=False),
    "discussnet": Site(
        lambda held: ReplayServer(sites=DiscussnetHost({"reiji": held}).sites, port=PORT),
        "/tenant/reiji/SpMinuteSearch.html",
        lambda document, number: _dated(document, number, "－"),
        html=False,
    ),
    "dbsearch": Site(
        lambda held: _served(reiji=Council("reiji", held)),
        "/reiji/index.php/",
        lambda document, number: f"{_session(document)}（第{number}号）",
    ),
    "voices": Site(
        lambda held: _served(voices=Voices(held)),
        "/voices/",
        lambda document, number: _dated(document, number, "-"),
    ),
    "html_minutes": Site(
        lambda held: _served(reiji=OwnPages("reiji", held, "html")),
        "/reiji/kaigiroku/",
        options={
            "documents": (f"{HOST}/reiji/files/*.html",),
            "pages": (f"{HOST}/reiji/kaigiroku/*",),
        },
    ),
    "amivoice": Site(lambda held: _served(reiji=City("reiji", held)), "/reiji/usr/"),
    "domino": Site(
        lambda held: _served(all=NotesDatabase("ggiji", held)),
        "/all/ggiji.nsf",
        lambda document, number: (
            f"{wareki(document.date).partition('月')[0]}月静岡県議会定例会\u3000第{number}号"
        ),
    ),
    "wakayama": Site(lambda held: _served(gijiroku=Assembly(held)), f"/gijiroku/{INDEX}.html"),
    "static_dir": Site(
        lambda held: _served(kensaku=Folder(held)),
        "/kensaku/mokuji.html",
        lambda document, number: _session(document),
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", type=float, default=0.02, help="of the corpus")
    parser.add_argument("--platform", choices=sorted(SITES), action="append")
    said = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        held = list(corpus(part(said.part, Path(folder))))
    slow = []
    for name in said.platform or SITES:
        pages = gathered(name, held)
        for sort, some in (("lists", pages.lists), ("text", pages.texts)):
            size = sum(len(page.body) for _, page in some)
            speed, soup = measure(some)
            print(
                f"parse {name:14} {sort:5}: {speed:6.1f} MB/s"
                f" ({len(some)} pages, {size / 1e6:.2f} MB; BeautifulSoup {soup:.0%})",
                flush=True,
            )
            if SITES[name].html and speed < LEAST and size / len(some) >= SHORT:
                slow.append(f"{name} {sort}")
    print(
        f"parse: at least {LEAST:.0f} MB/s of HTML: {'no: ' + ', '.join(slow) if slow else 'yes'}"
    )
    return 1 if slow else 0


def gathered(name: str, documents: Sequence[Document]) -> Pages:
    """Every page of the replayed site, sorted by what it gives."""
    site = SITES[name]
    fit = []
    for number, document in enumerate(documents, start=1):
        passages = tuple(
            replace(passage, order=order) for order, passage in enumerate(document.passages, 1)
        )
        document = replace(
            document, title=site.entitle(document, number), passages=passages, url=None
        )
        try:
            site.server([document])
        except ReplayError:
            continue
        fit.append(document)
    server = site.server(fit)
    source = Source(
        body="102032",
        kind=Kind.MINUTES,
        platform=name,
        url=f"{HOST}{site.place}",
        options=site.options,  # type: ignore[arg-type]
    )
    pages = Pages()
    waiting = list(
        platform(name).start(source, Wanted(today=date(2026, 8, 2), since=date(2000, 1, 1)))
    )
    seen = {follow.key for follow in waiting}
    while waiting:
        follow = waiting.pop(0)
        page = _fetched(server, follow)
        answers = list(follow.parse(page, **follow.cb_kwargs))
        of_text = any(isinstance(answer, Found) for answer in answers)
        (pages.texts if of_text else pages.lists).append((follow, page))
        for answer in answers:
            if isinstance(answer, Follow) and answer.key not in seen:
                seen.add(answer.key)
                waiting.append(answer)
    return pages


def _fetched(server: ReplayServer, follow: Follow) -> Page:
    parts = urlsplit(follow.url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = {"DiscussnetHost": parts.netloc, **follow.headers}
    reply = server.answer(follow.method, path, follow.body or b"", headers)
    cookies = reply.headers.get("Set-Cookie", "").partition(";")[0]
    return Page(follow.url, reply.body, reply.content_type, cookies)


def measure(pages: Sequence[tuple[Follow, Page]]) -> tuple[float, float]:
    """Megabytes a second over all pages, and BeautifulSoup's share of the time."""
    size = sum(len(page.body) for _, page in pages)
    inside = 0.0
    build = BeautifulSoup.__init__

    def timed(soup: BeautifulSoup, *arguments: object, **named: object) -> None:
        nonlocal inside
        began = time.process_time()
        build(soup, *arguments, **named)  # type: ignore[arg-type]
        inside += time.process_time() - began

    BeautifulSoup.__init__ = timed  # type: ignore[assignment,method-assign]
    try:
        rounds, began = 0, time.process_time()
        while not rounds or time.process_time() - began < SECONDS:
            for follow, page in pages:
                for _ in follow.parse(page, **follow.cb_kwargs):
                    pass
            rounds += 1
        seconds = time.process_time() - began
    finally:
        BeautifulSoup.__init__ = build  # type: ignore[method-assign]
    return size * rounds / seconds / 1e6, inside / seconds


if __name__ == "__main__":
    sys.exit(main())
