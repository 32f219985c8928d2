"""Real meetings, replayed as a folder of pages and read back over HTTP, are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kazami.document import Document
from replay import ReplayServer
from replay.static_dir import Folder
from tests.platforms.shown import came_back, normal, servable, squeezed

Walk = Callable[..., Any]

pytestmark = pytest.mark.corpus


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
