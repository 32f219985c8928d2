"""Real meetings, replayed by Domino and read back over HTTP, are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kazami.dates import wareki
from kazami.document import Document
from replay import ReplayServer
from replay.domino import NotesDatabase
from tests.platforms.shown import came_back, normal, servable

Walk = Callable[..., Any]

pytestmark = pytest.mark.corpus


def test_domino_gives_back_every_meeting(meetings: list[Document], walk: Walk) -> None:
    entitled = [replace(each, title=f"{session_of(each)}\u3000{each.title}") for each in meetings]
    documents = servable(lambda meeting: NotesDatabase("ggiji", [meeting]), entitled)
    database = NotesDatabase("ggiji", documents)
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
