"""Real meetings, replayed by kensakusystem and read back over HTTP, are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kazami.document import Document, Passage, Stance
from replay import ReplayError, ReplayServer
from tests.platforms.round_trip import came_back, invented, normal, numbered

Walk = Callable[..., Any]
Year = Callable[[int], list[Document]]


@pytest.mark.corpus
def test_kensakusystem_gives_back_every_meeting(meetings: list[Document], walk: Walk) -> None:
    servable, refused = [], []
    for document in numbered(meetings):
        try:
            ReplayServer({"reiji": [document]})
        except ReplayError as error:
            refused.append(str(error))
        else:
            servable.append(document)
    assert all("nobody said this" in reason for reason in refused)
    assert len(servable) >= 38
    held_against_kensakusystem(walk, servable)


@pytest.mark.corpus
@pytest.mark.slow
def test_kensakusystem_gives_back_a_year_of_kiryu(kiryu: Year, walk: Walk) -> None:
    held_against_kensakusystem(walk, numbered(kiryu(2023)))


def held_against_kensakusystem(walk: Walk, documents: list[Document]) -> None:
    with ReplayServer({"reiji": documents}) as server:
        walked = walk("kensakusystem", server.entry("reiji"))
        sittings = server.tenants["reiji"].sittings
    assert len(walked.found) == len(sittings) == len(documents)
    for found in walked.found:
        slug, name = found.key.split("/")
        assert slug == "reiji"
        assert came_back(found) == normal(sittings[name].document)
    listed = [key for each in walked.listed for key in each.documents]
    assert sorted(listed) == sorted(found.key for found in walked.found)


def test_printed_pages_come_back(walk: Walk) -> None:
    def said(order: int, page: int) -> Passage:
        return Passage(
            key=str(order),
            order=order,
            text=f"{order}\nと申し上げます。",
            speaker="例示花子",
            role="議長",
            stance=Stance.CHAIR,
            page=page,
        )

    passages = tuple(said(n, page) for n, page in enumerate((2, 2, 3, 6, 6), start=1))
    for front in ("", "議事日程（第１号）"):
        document = invented(passages=passages, front_matter=front)
        with ReplayServer({"reiji": [document]}) as server:
            [found] = walk("kensakusystem", server.entry("reiji")).found
        assert came_back(found) == normal(document)


def test_a_character_that_the_site_cannot_hold_is_said_plainly() -> None:
    broken = replace(invented().passages[0], text="𠮷野家")
    with pytest.raises(ReplayError, match="cp932 has no '𠮷'"):
        ReplayServer({"reiji": [invented(passages=(broken,))]})


def test_another_code_gives_the_same_documents(walk: Walk) -> None:
    answers = []
    for code in ("a" * 18, "b" * 18):
        with ReplayServer({"reiji": [invented()]}, code=code) as server:
            walked = walk("kensakusystem", server.entry("reiji"))
            keys = [follow.key for follow in walked.follows]
            [found] = walked.found
            answers.append((keys, found.key, found.passages[0].key))
            assert code not in str(keys)
            assert code not in found.url
    assert answers[0] == answers[1]


def test_the_whole_text_of_a_sitting_takes_three_requests(walk: Walk) -> None:
    with ReplayServer({"reiji": [invented()]}) as server:
        walked = walk("kensakusystem", server.entry("reiji"))
        assert len(walked.follows) == len(server.log)
        assert [follow.document for follow in walked.follows].count("reiji/R070225A") == 3
        assert server.most_at_once == 1


def test_only_wanted_days_are_fetched(walk: Walk) -> None:
    def held(name: str, day: date) -> Document:
        title = f"定例会（{day.month:2}月{day.day:2}日）"
        return invented(key=f"reiji/{name}", date=day, title=title)

    days = {"R030301A": date(2021, 3, 1), "R030901A": date(2021, 9, 1)}
    days |= {"H310225A": date(2019, 2, 25), "R070225A": date(2025, 2, 25)}
    with ReplayServer({"reiji": [held(*each) for each in days.items()]}) as server:
        walked = walk(
            "kensakusystem", server.entry("reiji"), since=date(2021, 4, 1), until=date(2024, 12, 31)
        )
    assert [found.key for found in walked.found] == ["reiji/R030901A"]
    assert "reiji/R030301A" in {key for each in walked.listed for key in each.documents}
