"""Real meetings, replayed on a body's own pages as PDFs and as HTML and read back, are the same.

Normal on the way: white space and line ends (a PDF breaks its lines at 40 characters), 君 after a
name, orders without gaps. A page has a number here that the corpus does not know. Where a text
holds a line that begins with a speaker of its own, it is cut there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from crawler.page import Found
from crawler.reading.speakers import plain_name
from crawler.reading.turns import turns
from kazami.dates import wareki
from kazami.document import Document, Passage, Stance
from replay import ReplayError, ReplayServer
from replay.own_pages import OwnPages

Walk = Callable[..., Any]
Year = Callable[[int], list[Document]]

pytestmark = pytest.mark.corpus


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def normal(document: Document) -> tuple[object, ...]:
    said = [each for each in document.passages if squeezed(each.text)]
    return (
        document.date,
        f"{wareki(document.date)}午前10時開議{squeezed(document.front_matter)}",
        [told(order, each) for order, each in enumerate(said, start=1)],
    )


def told(order: int, passage: Passage) -> tuple[object, ...]:
    name = plain_name(passage.speaker) if passage.speaker else None
    # A member without office is printed with 君 alone, and so is a member.
    stance = passage.stance if passage.role else Stance.QUESTION
    return order, squeezed(passage.text), name, passage.role, stance


def came_back(found: Found) -> tuple[object, ...]:
    passages = [(p.order, squeezed(p.text), p.speaker, p.role, p.stance) for p in found.passages]
    return found.date, squeezed(found.front_matter), passages


def servable(meetings: list[Document], form: str) -> list[Document]:
    documents = []
    for document in meetings:
        if any(turns(passage.text)[1] for passage in document.passages):
            continue
        try:
            OwnPages("reiji", [document], form)
        except ReplayError:  # an utterance of nobody, which no page can mark
            continue
        documents.append(replace(document, url=None))
    return documents


def assert_the_same(walk: Walk, documents: list[Document], form: str) -> Any:
    pages = OwnPages("reiji", documents, form)
    with ReplayServer(sites=pages.sites) as server:
        url = server.url
        walked = walk(f"{form}_minutes", pages.entry(url), options=pages.options(url))
    assert len(walked.found) == len(documents)
    for found in walked.found:
        assert came_back(found) == normal(pages.keys[found.key])
    listed = [key for each in walked.listed for key in each.documents]
    assert sorted(listed) == sorted(pages.keys)
    return walked


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_every_meeting_comes_back(meetings: list[Document], walk: Walk, form: str) -> None:
    documents = servable(meetings, form)
    assert len(documents) >= 30
    walked = assert_the_same(walk, documents, form)
    for found in walked.found:
        pages = [passage.page for passage in found.passages]
        if form == "html":
            assert set(pages) == {None}
        else:
            assert None not in pages
            assert pages == sorted(pages)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["pdf", "html"])
def test_a_year_of_one_city_comes_back(kiryu: Year, walk: Walk, form: str) -> None:
    documents = servable(kiryu(2024), form)
    assert len(documents) >= 15
    assert_the_same(walk, documents, form)
