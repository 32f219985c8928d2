"""Real meetings, replayed by old and new installations of VOICES and read back, are the same.

Some things are normal on the way, because the pages print them so: a text has no white space
around it, a speaker's name has none in it and neither 君 nor 議員 after it, orders have no gaps, a
title ends with the label of the day.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kazami.document import Document, Stance
from replay import ReplayError, ReplayServer
from replay.voices import Voices
from tests.platforms.round_trip import came_back, documents_of, normal_passage

Walk = Callable[..., Any]
Year = Callable[[int], list[Document]]

pytestmark = pytest.mark.corpus

NEW: dict[str, Any] = {"base": "/gikai/voices"}
OLD: dict[str, Any] = {
    "base": "/VOICES",
    "cgi": "CGI",
    "old": True,
    "rows_on_a_page": 5,
    "unid": False,
    "script": False,
}


def normal(document: Document, title: str) -> tuple[object, ...]:
    said = [normal_passage(order, each) for order, each in enumerate(document.passages, start=1)]
    return title, document.date, document.front_matter.strip(), said


def held_against(walk: Walk, documents: list[Document], kind: dict[str, Any]) -> None:
    site = Voices(documents, **kind)
    with ReplayServer(sites={site.base.split("/")[1]: site}) as server:
        walked = walk("voices", f"{server.url}{site.base}/")
        assert server.most_at_once == 1
    assert len(walked.found) == len(site.sittings) == len(documents)
    for found in walked.found:
        fino = int(found.key.rpartition("/")[2])
        assert found.title.startswith(" ".join(site.sittings[fino].title.split()))
        assert came_back(found) == normal(site.sittings[fino], site.rows[fino].title)
    listed = [key for each in walked.listed for key in each.documents]
    assert sorted(listed) == sorted(found.key for found in walked.found)


@pytest.mark.parametrize("kind", [NEW, OLD], ids=["new", "old"])
def test_every_meeting_comes_back(walk: Walk, shared: Path, kind: dict[str, Any]) -> None:
    servable, refused = [], []
    for document in documents_of(shared / "corpus/sample/minutes.jsonl.gz"):
        try:
            Voices([document])
        except ReplayError as error:
            refused.append(str(error))
        else:
            servable.append(document)
    assert all("nobody said this" in reason for reason in refused)
    assert len(servable) >= 38
    held_against(walk, servable, kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [NEW, OLD], ids=["new", "old"])
def test_a_year_of_kiryu_comes_back(walk: Walk, kiryu: Year, kind: dict[str, Any]) -> None:
    year = kiryu(2023)
    assert any(passage.stance is Stance.QUESTION for each in year for passage in each.passages)
    held_against(walk, year, kind)
