"""Real meetings on the small systems, replayed and read back over HTTP, are the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.importing.jsonl import Read, read_documents
from crawler.page import Found
from crawler.reading.utterances import plain_name
from kazami.bodies import load_bodies
from kazami.dates import wareki
from kazami.document import Document, Passage, Stance
from replay import ReplayError, ReplayServer
from replay.amivoice import City
from replay.domino import Database
from replay.static_dir import Folder
from replay.wakayama import INDEX, Assembly

Walk = Callable[..., Any]

pytestmark = pytest.mark.corpus

NOW = datetime(2026, 8, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def meetings(shared: Path) -> list[Document]:
    read = read_documents(shared / "corpus/sample/minutes.jsonl.gz", load_bodies(), NOW)
    return [each.document for each in read if isinstance(each, Read)]


def servable(site: Callable[[Document], object], meetings: list[Document]) -> list[Document]:
    """Those that the site can hold: not what nobody spoke, nor speakers inside of an utterance."""
    documents, refused = [], []
    for meeting in meetings:
        try:
            site(meeting)
        except ReplayError as error:
            refused.append(str(error))
        else:
            documents.append(meeting)
    reasons = "nobody said this|looks like a speaker|no room"
    assert all(re.search(reasons, reason) for reason in refused), refused
    assert len(documents) >= 30
    return documents


def normal(document: Document) -> tuple[object, ...]:
    return (
        document.title,
        document.date,
        squeezed(document.front_matter),
        [told(order, each) for order, each in enumerate(document.passages, start=1)],
    )


def told(order: int, passage: Passage) -> tuple[object, ...]:
    name = plain_name(passage.speaker) if passage.speaker else None
    return order, tidy(passage.text), name, passage.role, stance(passage)


def stance(passage: Passage) -> Stance | None:
    """Who is printed with nothing but 君 is a member, and asks."""
    return passage.stance if passage.role else Stance.QUESTION


def tidy(text: str) -> str:
    """Lines as a browser shows them: without spaces at their ends, or blank lines in numbers."""
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    kept = [line for n, line in enumerate(lines) if line or (n > 0 and lines[n - 1])]
    return "\n".join(kept).strip()


def squeezed(text: str) -> str:
    return "".join(text.split())


def came_back(found: Found) -> tuple[object, ...]:
    passages = [(p.order, tidy(p.text), p.speaker, p.role, p.stance) for p in found.passages]
    return found.title, found.date, squeezed(found.front_matter), passages


def test_amivoice_gives_back_every_meeting(meetings: list[Document], walk: Walk) -> None:
    documents = servable(lambda meeting: City("reiji", [meeting]), meetings)
    city = City("reiji", documents)
    with ReplayServer(sites={"reiji": city}) as server:
        came = walk("amivoice", f"{server.url}/reiji/usr/")
    assert len(came.found) == len(documents)
    for found in came.found:
        assert came_back(found) == normal(city.sittings[found.key.removeprefix("reiji/")])
    listed = [key for each in came.listed for key in each.documents]
    assert sorted(listed) == sorted(found.key for found in came.found)


def test_wakayama_gives_back_every_meeting(meetings: list[Document], walk: Walk) -> None:
    documents = servable(lambda meeting: Assembly([meeting]), meetings)
    assembly = Assembly(documents)
    with ReplayServer(sites={"gijiroku": assembly}) as server:
        came = walk("wakayama", f"{server.url}/gijiroku/{INDEX}.html")
    assert len(came.found) == len(documents)
    for found in came.found:
        title, day, front, said = normal(assembly.sittings[found.key])
        *read, printed, passages = came_back(found)
        assert (read, passages) == ([title, day], said)
        assert str(printed).endswith(str(front))
    listed = [key for each in came.listed for key in each.documents]
    assert sorted(listed) == sorted(found.key for found in came.found)


def test_domino_gives_back_every_meeting(meetings: list[Document], walk: Walk) -> None:
    entitled = [replace(each, title=f"{session_of(each)}\u3000{each.title}") for each in meetings]
    documents = servable(lambda meeting: Database("ggiji", [meeting]), entitled)
    database = Database("ggiji", documents)
    with ReplayServer(sites={"all": database}) as server:
        came = walk("domino", f"{server.url}/all/ggiji.nsf")
    assert len(came.found) == len(documents)
    for found in came.found:
        title, day, front, said = normal(database.pages[found.key.removeprefix("ggiji/")])
        *read, printed, passages = came_back(found)
        assert (read, passages) == ([title, day], said)
        assert str(printed).endswith(str(front))
    listed = [key for each in came.listed for key in each.documents]
    assert sorted(listed) == sorted(found.key for found in came.found)


def session_of(document: Document) -> str:
    return f"{wareki(document.date).partition('月')[0]}月静岡県議会定例会"


def test_a_folder_gives_back_every_meeting(meetings: list[Document], walk: Walk) -> None:
    documents = servable(lambda meeting: Folder([meeting]), meetings)
    folder = Folder(documents)
    with ReplayServer(sites={"kensaku": folder}) as server:
        came = walk("static_dir", f"{server.url}/kensaku/mokuji.html")
    assert len(came.found) == len(documents)
    for found in came.found:
        title, day, front, said = normal(folder.sittings[found.key.removeprefix("/kensaku/")])
        _, read, printed, passages = came_back(found)
        assert squeezed(str(title)) in squeezed(found.title) or "…" in found.title
        assert (read, passages) == (day, said)
        assert str(front) in str(printed)
    listed = [key for each in came.listed for key in each.documents]
    assert sorted(listed) == sorted(found.key for found in came.found)
