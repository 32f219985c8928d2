"""Real meetings, replayed as DiscussNet answers and read back over HTTP, are the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kazami.document import Document
from replay import ReplayError, ReplayServer
from replay.discussnet import DiscussnetHost, DiscussnetTenant
from tests.platforms.round_trip import came_back, documents_of, normal

Walk = Callable[..., Any]
Year = Callable[[int], list[Document]]

pytestmark = pytest.mark.corpus

NOW = datetime(2026, 8, 2, tzinfo=UTC)


def as_on_the_site(document: Document, number: int) -> Document:
    """With a title of the site's shape, and orders from 1 without gaps."""
    council, _, items = " ".join(document.title.split()).partition(" ")
    day = document.date
    label = f"{day.month:02}月{day.day:02}日－{items}－{number:02}号".replace("－－", "－")
    passages = tuple(
        replace(passage, order=order) for order, passage in enumerate(document.passages, start=1)
    )
    return replace(document, title=f"{council} {label}", passages=passages)


def walked(walk: Walk, documents: Iterable[Document]) -> tuple[Any, DiscussnetTenant]:
    host = DiscussnetHost({"reiji": documents})
    with ReplayServer(sites=host.sites) as server:
        came = walk("discussnet", f"{server.url}/tenant/reiji/SpMinuteSearch.html")
    return came, host.tenants["reiji"]


def test_every_meeting_comes_back(shared: Path, walk: Walk) -> None:
    documents, refused = [], []
    meetings = documents_of(shared / "corpus/sample/minutes.jsonl.gz")
    for number, meeting in enumerate(meetings, start=1):
        document = replace(as_on_the_site(meeting, number), url=None)
        try:
            DiscussnetTenant("reiji", [document], 1)
        except ReplayError as error:
            refused.append(str(error))
        else:
            documents.append(document)
    assert all("nobody said this" in reason for reason in refused)
    assert len(documents) >= 38
    came, tenant = walked(walk, documents)
    assert len(came.found) == len(documents)
    for found in came.found:
        council, schedule = map(int, found.key.split("/")[2:])
        assert came_back(found) == normal(tenant.sittings[council, schedule])


@pytest.mark.slow
def test_a_year_of_kiryu_comes_back_under_its_own_numbers(kiryu: Year, walk: Walk) -> None:
    numbers: Counter[str] = Counter()
    documents = []
    for meeting in kiryu(2024):
        council = re.search(r"council_id=(\d+)", meeting.url or "")
        assert council
        numbers[council[1]] += 1
        documents.append(as_on_the_site(meeting, numbers[council[1]]))
    came, tenant = walked(walk, documents)
    assert len(came.found) == len(documents)
    links = {document.url.rpartition("?")[2]: document for document in documents if document.url}
    for found in came.found:
        assert came_back(found) == normal(links[found.url.rpartition("?")[2]])
        council, schedule = found.key.split("/")[2:]
        assert found.url.endswith(f"?council_id={council}&schedule_id={schedule}")
    assert tenant.councils.keys() == set(map(int, numbers))


def test_only_wanted_years_are_asked_for(shared: Path, walk: Walk) -> None:
    meetings = documents_of(shared / "corpus/sample/minutes.jsonl.gz")
    documents = [as_on_the_site(each, 1) for each in meetings if "kiryu" in (each.url or "")]
    host = DiscussnetHost({"reiji": documents})
    with ReplayServer(sites=host.sites) as server:
        url = f"{server.url}/tenant/reiji/"
        came = walk("discussnet", url, since=date(2019, 1, 1), until=date(2021, 12, 31))
    asked = [follow.cb_kwargs["name"] for follow in came.follows if follow.listing]
    assert asked
    assert all(re.match("平成30年|令和[1234]年|平成31年", name) for name in asked), asked
