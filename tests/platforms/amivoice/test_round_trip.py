"""Real meetings, replayed by AmiVoice and read back over HTTP, are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kazami.document import Document
from replay import ReplayServer
from replay.amivoice import City
from tests.platforms.shown import came_back, normal, servable

Walk = Callable[..., Any]

pytestmark = pytest.mark.corpus


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
