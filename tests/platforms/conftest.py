"""A crawl in miniature: follows what a platform asks for over HTTP, one request at a time."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.page import Follow, Found, Listed, Page, Wanted
from crawler.platform import platform
from kazami.document import Document, Kind
from kazami.sources import Option, Source
from tests.platforms.round_trip import documents_of


@dataclass
class Walked:
    """What a walk brought: every answer in the order it came."""

    follows: list[Follow] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)


Walk = Callable[..., Walked]
Year = Callable[[int], list[Document]]


def fetch(connection: HTTPConnection, follow: Follow) -> Page:
    parts = urlsplit(follow.url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request(follow.method, path, follow.body, dict(follow.headers))
    response = connection.getresponse()
    set_ = response.headers.get_all("Set-Cookie") or []
    cookies = "; ".join(cookie.partition(";")[0] for cookie in set_)
    return Page(follow.url, response.read(), response.getheader("Content-Type"), cookies)


def walk_from(first: Iterable[Follow]) -> Walked:
    walked = Walked()
    waiting = list(first)
    seen = {follow.key for follow in waiting}
    connection = HTTPConnection(urlsplit(waiting[0].url).netloc, timeout=20)
    while waiting:
        follow = waiting.pop(0)
        walked.follows.append(follow)
        for answer in follow.parse(fetch(connection, follow), **follow.cb_kwargs):
            if isinstance(answer, Found):
                walked.found.append(answer)
            elif isinstance(answer, Listed):
                walked.listed.append(answer)
            elif answer.key not in seen:
                seen.add(answer.key)
                waiting.append(answer)
    connection.close()
    return walked


@pytest.fixture
def walk() -> Walk:
    """``walk(platform, url, **wanted)``: everything that a whole crawl of the source answers.

    ``options`` are those of the source.
    """

    def walk(
        name: str, url: str, options: Mapping[str, Option] | None = None, **wanted: object
    ) -> Walked:
        source = Source(
            body="102032", kind=Kind.MINUTES, platform=name, url=url, options=options or {}
        )
        asked = Wanted(**{"today": date(2026, 8, 2), **wanted})  # type: ignore[arg-type]
        return walk_from(platform(name).start(source, asked))

    return walk


@pytest.fixture(scope="session")
def meetings(shared: Path) -> list[Document]:
    """Real meetings of many bodies."""
    documents = documents_of(shared / "corpus/sample/minutes.jsonl.gz")
    assert len(documents) >= 42
    return documents


@pytest.fixture(scope="session")
def kiryu(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """``kiryu(2023)``: the real meetings of one year of one city; the other 22 are not parsed."""

    @cache
    def year(wanted: int) -> list[Document]:
        file = tmp_path_factory.mktemp("kiryu") / f"{wanted}.jsonl"
        marked = f'"meeting_date": "{wanted}-'
        with gzip.open(shared / "corpus/kiryu_city.jsonl.gz", "rt", encoding="utf-8") as lines:
            file.write_text("".join(line for line in lines if marked in line), "utf-8")
        documents = documents_of(file)
        assert len(documents) >= 15
        return documents

    return year
