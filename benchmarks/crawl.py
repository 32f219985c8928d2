"""Crawl a loopback site without delays, against a bare Scrapy spider that only fetches.

python -m benchmarks.crawl [--rounds 5] [--part 0.02]

The site replays the demo's invented assemblies, or with --part so much of 桐生市's real minutes. It
runs in a process of its own; so does each crawl. The bare spider asks for the very requests that
our crawl archived, one at a time like ours, all of them known from the start, and drops what comes.
The best round of each counts: whatever else the machine does only makes a round slower.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.corpus import documents as corpus
from benchmarks.corpus import part
from kazami.document import Document

LEAST = 0.6
SLUG = "reiji"
COPIES = 4
"""Each assembly so often, so that starting up counts for little."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--part", type=float)
    said = parser.parse_args(arguments)
    ours: list[float] = []
    bare: list[float] = []
    with tempfile.TemporaryDirectory() as folder, site(said.part, Path(folder)) as entries:
        for number in range(said.rounds):
            data = Path(folder) / f"data-{number}"
            pages, found, seconds = alone(_ours, data, entries)
            ours.append(pages / seconds)
            count, seconds = alone(_bare, data)
            bare.append(count / seconds)
            print(
                f"round {number + 1}: kazami {pages} pages, {found} documents, "
                f"{ours[-1]:.0f} pages/s; bare Scrapy {count} pages, {bare[-1]:.0f} pages/s",
                flush=True,
            )
    ratio = max(ours) / max(bare)
    print(f"crawl: {ratio:.2f} of a bare spider's pages per second (at least {LEAST})")
    return 0 if ratio >= LEAST else 1


@contextmanager
def site(share: float | None, folder: Path) -> Iterator[list[str]]:
    """The site in a process of its own; gives the tenants' addresses."""
    near, far = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(far, share, folder), daemon=True
    )
    process.start()
    try:
        yield near.recv()
    finally:
        near.send(None)
        process.join()


def _serve(pipe: Connection, share: float | None, folder: Path) -> None:
    from replay import ReplayError, ReplayServer
    from replay.invented import assemblies, invented_documents

    tenants: dict[str, list[Document]] = {}
    if share is None:
        for slug in assemblies():
            own = [d for d in invented_documents() if d.key.startswith(f"{slug}/")]
            tenants |= {f"{slug}{copy}": own for copy in range(COPIES)}
    else:
        tenants[SLUG] = []
        for document in corpus(part(share, folder)):
            numbered = [replace(p, order=n) for n, p in enumerate(document.passages, 1)]
            document = replace(document, passages=tuple(numbered))
            try:
                ReplayServer({SLUG: [document]})
            except ReplayError:
                continue
            tenants[SLUG].append(document)
    with ReplayServer(tenants) as server:
        pipe.send([server.entry(slug) for slug in tenants])
        pipe.recv()


def alone(job: Any, *arguments: object) -> Any:
    """The job's answer, from a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(job, arguments)


def _ours(data: Path, entries: list[str]) -> tuple[int, int, float]:
    from crawler.page import Wanted
    from crawler.running.crawl import crawl
    from kazami.document import Kind
    from kazami.garbage import look_less_for_garbage
    from kazami.settings import load_settings
    from kazami.sources import Source
    from kazami.store import open_folder

    look_less_for_garbage()  # as the command does
    sources = [
        Source(body=f"1020{n:02}", kind=Kind.MINUTES, platform="kensakusystem", url=url)
        for n, url in enumerate(entries)
    ]
    with open_folder(data) as store:
        began = time.perf_counter()
        wanted = Wanted(today=datetime.now(UTC).date())
        report = crawl(store, sources, load_settings(data, {}), wanted)
        seconds = time.perf_counter() - began
    if not report.ok:
        print(json.dumps([source.errors[:3] for source in report.sources]), file=sys.stderr)
    pages = sum(source.pages for source in report.sources)
    return pages, sum(source.new for source in report.sources), seconds


def _bare(data: Path) -> tuple[int, float]:
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess
    from warcio.archiveiterator import ArchiveIterator

    asked = []
    for file in sorted((data / "raw").iterdir()):
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type == "request":
                    method = record.http_headers.protocol
                    headers = dict(record.http_headers.headers)
                    body = record.raw_stream.read()
                    url = record.rec_headers.get_header("WARC-Target-URI")
                    asked.append((url, method, headers, body))

    class Bare(scrapy.Spider):
        name = "bare"
        count = 0

        async def start(self) -> Any:
            for url, method, headers, body in asked:
                yield scrapy.Request(
                    url, method=method, headers=headers, body=body, dont_filter=True
                )

        def parse(self, response: Any) -> None:
            Bare.count += 1

    process = AsyncCrawlerProcess(
        {
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "ERROR",
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Bare)
    began = time.perf_counter()
    # A pool ends its processes by SIGTERM, which must not be caught.
    process.start(install_signal_handlers=False)
    return Bare.count, time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
