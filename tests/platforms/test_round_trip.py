"""Real meetings, replayed in the platforms' protocols and read back over HTTP, are the same.

Some things are normal on the way, because the protocols print them so: a text has no white space
around it, a speaker's name has none in it and neither 君 nor 議員 after it, orders have no gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.importing.jsonl import Read, read_documents
from crawler.page import Found
from crawler.reading.utterances import plain_name
from kazami.bodies import load_bodies
from kazami.document import Document, Kind, Passage, Stance
from replay import ReplayError, ReplayServer
from replay.kokkai import Diet

Walk = Callable[..., Any]

NOW = datetime(2026, 8, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def meetings(shared: Path) -> list[Document]:
    read = read_documents(shared / "corpus/sample/minutes.jsonl.gz", load_bodies(), NOW)
    documents = [each.document for each in read if isinstance(each, Read)]
    assert len(documents) >= 42
    return documents


def normal(document: Document) -> tuple[object, ...]:
    return (
        document.title,
        document.date,
        document.front_matter.strip(),
        [normal_passage(order, each) for order, each in enumerate(document.passages, start=1)],
    )


def normal_passage(order: int, passage: Passage) -> tuple[object, ...]:
    name = plain_name(passage.speaker) if passage.speaker else None
    return (order, passage.text.strip(), name, passage.role, passage.stance, passage.page)


def came_back(found: Found) -> tuple[object, ...]:
    passages = [(p.order, p.text, p.speaker, p.role, p.stance, p.page) for p in found.passages]
    return found.title, found.date, found.front_matter, passages


def numbered(documents: Iterable[Document]) -> list[Document]:
    """With orders from 1 without gaps: where 名簿 and 議題 rows stood, the corpus leaves some."""
    return [
        replace(
            document,
            passages=tuple(
                replace(passage, order=order)
                for order, passage in enumerate(document.passages, start=1)
            ),
        )
        for document in documents
    ]


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
def test_kensakusystem_gives_back_a_year_of_kiryu(shared: Path, walk: Walk) -> None:
    read = read_documents(shared / "corpus/kiryu_city.jsonl.gz", load_bodies(), NOW)
    documents = [each.document for each in read if isinstance(each, Read)]
    year = numbered(each for each in documents if each.date.year == 2023)
    assert len(year) >= 15
    held_against_kensakusystem(walk, year)


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


def invented(**changes: Any) -> Document:
    said = Passage(
        key="1",
        order=1,
        text="質問します。",
        speaker="例示太郎",
        role="１番",
        stance=Stance.QUESTION,
    )
    fields: dict[str, Any] = {
        "body": "102032",
        "kind": Kind.MINUTES,
        "platform": "kensakusystem",
        "key": "reiji/R070225A",
        "title": "令和 7年第1回定例会（第1号 2月25日）",
        "date": date(2025, 2, 25),
        "fetched": NOW,
        "passages": (said,),
    }
    return Document(**{**fields, **changes})


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
