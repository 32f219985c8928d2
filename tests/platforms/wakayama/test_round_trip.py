"""Real meetings, replayed as 和歌山県 prints them and read back over HTTP, are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kazami.document import Document
from replay import ReplayServer
from replay.wakayama import INDEX, Assembly
from tests.platforms.shown import came_back, normal, servable

Walk = Callable[..., Any]

pytestmark = pytest.mark.corpus


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
