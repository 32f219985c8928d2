"""Real meetings, replayed by the Diet's API and read back over HTTP, are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kazami.document import Document, Stance
from replay import ReplayServer
from replay.kokkai import Diet
from tests.platforms.round_trip import came_back, invented, normal, numbered

Walk = Callable[..., Any]


@pytest.mark.corpus
def test_the_diets_api_gives_back_every_meeting(meetings: list[Document], walk: Walk) -> None:
    documents = [without_own_markers(document) for document in numbered(meetings)]
    diet = Diet(documents)
    with ReplayServer(sites={"api": diet}) as server:
        walked = walk("kokkai", f"{server.url}/api/", since=date(2000, 1, 1))
    served = diet.meetings
    assert len(walked.found) == len(documents)
    for found in walked.found:
        assert came_back(found) == normal(served[found.key])
    listed = [key for each in walked.listed for key in each.documents]
    assert sorted(listed) == sorted(served)


def without_own_markers(document: Document) -> Document:
    """Where a member holds no office, the corpus keeps ○例示太郎君 before what was said."""
    passages = []
    for passage in document.passages:
        marker = f"○{passage.speaker}君\u3000"
        if passage.text.startswith(marker):
            text = passage.text.removeprefix(marker)
            passage = replace(passage, text=text, stance=Stance.QUESTION)
        passages.append(passage)
    return replace(document, passages=tuple(passages))


def test_the_diet_is_read_page_by_page_to_the_end(walk: Walk) -> None:
    many = [invented(key=f"m{n}", title=f"第1回国会 参議院 本会議 第{n}号") for n in range(1, 24)]
    with ReplayServer(sites={"api": Diet(many)}) as server:
        walked = walk(
            "kokkai", f"{server.url}/api/", since=date(2025, 2, 1), until=date(2025, 3, 31)
        )
    assert [follow.key for follow in walked.follows] == [
        "2025-03/1",
        "2025-02/1",
        "2025-02/11",
        "2025-02/21",
    ]
    assert len(walked.found) == 23
    [february] = [each for each in walked.listed if each.documents]
    assert february.name == "2025-02"
    assert len(february.documents) == 23


def test_a_window_that_is_cut_says_nothing_of_its_month(walk: Walk) -> None:
    with ReplayServer(sites={"api": Diet([invented()])}) as server:
        api = f"{server.url}/api/"
        cut = walk("kokkai", api, since=date(2025, 2, 20), until=date(2025, 2, 25))
        asked = walk("kokkai", api, since=date(2025, 2, 1), until=date(2025, 2, 28), query="質問")
    assert [each.name for each in cut.listed] == ["2025-02-20/2025-02-25"]
    assert [each.name for each in asked.listed] == ["any=質問/2025-02"]
    assert len(cut.found) == len(asked.found) == 1
