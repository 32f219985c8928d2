"""Real meetings, replayed in all five skins of DB-Search and read back over HTTP, are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from crawler.page import Found
from crawler.reading.speakers import plain_name, speaker_of
from kazami.document import Document, Passage, Stance
from replay import ReplayError, ReplayServer
from replay.dbsearch import Council
from replay.dbsearch_skins import SKINS

Walk = Callable[..., Any]
Year = Callable[[int], list[Document]]

pytestmark = pytest.mark.corpus

SHINAGAWA, TOKYO = "131091", "130001"


def normal(document: Document) -> tuple[object, ...]:
    """As a page prints it: no white space around a text or in a name, orders without gaps."""
    return (
        document.title,
        document.date,
        document.front_matter.strip(),
        [normal_passage(order, each) for order, each in enumerate(document.passages, start=1)],
    )


def normal_passage(order: int, passage: Passage) -> tuple[object, ...]:
    name = plain_name(passage.speaker) if passage.speaker else None
    return (order, passage.text.strip(), name, passage.role, passage.stance)


def came_back(found: Found) -> tuple[object, ...]:
    passages = [(p.order, p.text, p.speaker, p.role, p.stance) for p in found.passages]
    return found.title, found.date, found.front_matter, passages


def servable(documents: list[Document]) -> list[Document]:
    """All but those in which one without a name begins with a speaker's mark."""
    kept, refused = [], []
    for document in documents:
        try:
            Council("reiji", [document])
        except ReplayError as error:
            refused.append(str(error))
        else:
            kept.append(document)
    assert all("has no name, and yet a marker" in reason for reason in refused)
    return kept


def held_against(walk: Walk, documents: list[Document], skin: str) -> int:
    council = Council("reiji", documents, skin)
    with ReplayServer(sites={"reiji": council}) as server:
        walked = walk("dbsearch", server.entry("reiji"))
    assert len(walked.found) == len(documents)
    for found in walked.found:
        assert came_back(found) == normal(council.sittings[int(found.key.rpartition("/")[2])])
    listed = [key for each in walked.listed for key in each.documents]
    assert sorted(listed) == sorted(found.key for found in walked.found)
    return len(walked.follows)


@pytest.mark.parametrize("skin", SKINS)
def test_every_meeting_comes_back(walk: Walk, meetings: list[Document], skin: str) -> None:
    documents = servable(meetings)
    assert len(documents) >= 42
    bodies = [document.body for document in documents]
    assert (bodies.count(SHINAGAWA), bodies.count(TOKYO)) == (20, 3)
    held_against(walk, documents, skin)


def test_shinagawas_meetings_come_back_as_shinagawa_prints_them(
    walk: Walk, meetings: list[Document]
) -> None:
    """◯山路委員長: name and office run together, with the numbers that its own site gave them."""
    originals = {}
    for document in meetings:
        if document.body == SHINAGAWA and document.url:
            number = int(document.url.partition("Id=")[2].partition("#")[0])
            printed = tuple(replace(each, role=None) for each in document.passages)
            key = f"kaigiroku.city.shinagawa.tokyo.jp/{number}"
            originals[number] = (document, replace(document, key=key, passages=printed))
    assert len(originals) == 20
    council = Council("reiji", [printed for _, printed in originals.values()])
    with ReplayServer(sites={"reiji": council}) as server:
        walked = walk("dbsearch", server.entry("reiji"))
    assert len(walked.found) == 20
    agree = total = 0
    for found in walked.found:
        document, _ = originals[int(found.key.rpartition("/")[2])]
        assert [each.text for each in found.passages] == [p.text.strip() for p in document.passages]
        for said, own in zip(found.passages, document.passages, strict=True):
            assert f"{said.speaker or ''}{said.role or ''}" == own.speaker
            total += 1
            agree += said.stance is own.stance
    assert total > 1500
    assert agree / total >= 0.98


def test_the_labels_of_the_metropolitan_assembly_are_read(meetings: list[Document]) -> None:
    said = [p for each in meetings if each.body == TOKYO for p in each.passages if p.speaker]
    assert len(said) > 30
    read = [speaker_of(passage.speaker or "") for passage in said]
    assert [who.stance for who in read] == [passage.stance for passage in said]


@pytest.mark.slow
@pytest.mark.parametrize("skin", ["otofuke", "aomori"])
def test_a_year_of_kiryu_comes_back(walk: Walk, kiryu: Year, skin: str) -> None:
    year = servable(kiryu(2023))
    assert len(year) >= 15
    assert any(passage.stance is Stance.QUESTION for each in year for passage in each.passages)
    held_against(walk, year, skin)
