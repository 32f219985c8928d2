"""Recorded pages of DB-Search, broken: they are refused, quickly, and never an empty document."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from crawler.page import Answer, Blocked, Found, Listed, LostAtSource, Page, PageChanged, TryLater
from crawler.platforms import dbsearch
from tests.platforms.breaking import Make, broken

pytestmark = pytest.mark.corpus

HOST = "https://www.city.rei.example.dbsr.jp/index.php/100000"
BASE = {"tenant": "rei", "since": None, "until": None, "today": "2026-08-02"}
SECONDS, MEGABYTES = 2.0, 200

Read = Callable[[Page], Iterator[Answer]]


def document(id: int, day: str, template: str) -> Read:
    url = f"{HOST}?{template}={id}"
    sitting = {"title": "例示", "parts": [[id, "例示　本文", day, url]]}
    cb_kwargs = {"sitting": sitting, "base": HOST, "tenant": "rei", "step": 0, "front": []}
    return lambda page: dbsearch.parse_document(page, **cb_kwargs)


def year(name: str) -> Read:
    return lambda page: dbsearch.parse_list(page, **BASE, base=HOST, name=name)


def entry(page: Page) -> Iterator[Answer]:
    return dbsearch.parse_entry(page, **BASE)


READS: dict[str, Read] = {
    "template-view/top.html": entry,
    "document-id/top.html": entry,
    "template-view/search-result.html": year("2024"),
    "document-id/search-result.html": year("2024"),
    "doc-one-frame/search-result.html": year("2024"),
    "nested-span-date/search-result.html": year("2025"),
    "new-version-no-csrf/search-result.html": year("2025"),
    "template-view/detail.html": document(1673, "2024-12-17", "Template=document&Id"),
    "document-id/detail.html": document(16091, "2024-12-26", "Template=view&DocumentID"),
    "doc-one-frame/frameset.html": document(
        1486, "2024-12-25", "Template=doc-one-frame&DocumentID"
    ),
    "doc-one-frame/page.html": document(1486, "2024-12-25", "Template=doc-one-frame&DocumentID"),
}


class Bodies(dict[str, bytes]):
    """The recorded pages by name; hypothesis prints what a test gets, and they are long."""

    def __repr__(self) -> str:
        return "the recorded pages"


@pytest.fixture(scope="module")
def bodies(shared: Path) -> Bodies:
    return Bodies({name: (shared / "samples/dbsearch" / name).read_bytes() for name in READS})


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken(sorted(READS)))
def test_a_broken_page_is_refused_or_read(bodies: Bodies, page: tuple[str, Make]) -> None:
    name, make = page
    began = time.process_time()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        answers = list(READS[name](Page(f"{HOST}?Template=list", make(bodies), "text/html")))
    except (PageChanged, Blocked, LostAtSource, TryLater):
        answers = []
    assert time.process_time() - began < SECONDS
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < MEGABYTES * 1024
    for answer in answers:
        if isinstance(answer, Found):
            assert answer.passages
            assert all(passage.text.strip() for passage in answer.passages)
        if isinstance(answer, Listed):
            assert len(set(answer.documents)) == len(answer.documents)


@pytest.mark.parametrize("name", sorted(READS))
def test_the_whole_page_is_read(bodies: Bodies, name: str) -> None:
    assert list(READS[name](Page(f"{HOST}?Template=list", bodies[name], "text/html")))


@pytest.mark.parametrize(
    "body",
    [b"", b"\n \n", b"</html>", b"<!-- --></html>", b"\0\0</html>", b"<a href='//[</a></html>"],
)
@pytest.mark.parametrize("read", [entry, year("2024"), READS["doc-one-frame/page.html"]])
def test_next_to_nothing_is_refused(read: Read, body: bytes) -> None:
    with pytest.raises(PageChanged):
        list(read(Page(HOST, body, "text/html")))
