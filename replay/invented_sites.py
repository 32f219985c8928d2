"""The invented assemblies' websites: each on another platform, all of them on one server."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kazami.document import Document, Kind
from kazami.sources import Expect, Source
from replay.dbsearch import Council
from replay.discussnet import DiscussnetHost
from replay.invented import assemblies, invented_documents
from replay.invented_words import data, wide
from replay.server import ReplayServer, Site
from replay.voices import Voices

ROBOTS = """\
User-agent: *
Disallow: /dnp/
Disallow: /mihon/cgi/
Disallow: /hinagata/
Allow: /hinagata/index.php/$
"""
"""What DiscussNet, VOICES and DB-Search say: entry pages may be fetched, lists and text may not."""

_PLACES = {
    "kensakusystem": "{slug}/",
    "discussnet": "tenant/{slug}/MinuteSearch.html",
    "voices": "{slug}/",
    "dbsearch": "{slug}/index.php/",
}
_TITLE = re.compile(r"(?P<meeting>[^（]+)（(?:第(?P<number>\d)日)?.*）")


@dataclass(frozen=True, kw_only=True)
class Town:
    """One invented body, its platform, and its sittings as that platform prints them."""

    slug: str
    body: str
    platform: str
    documents: tuple[Document, ...]

    def source(self, server: ReplayServer) -> Source:
        """Where a crawler begins."""
        place = _PLACES[self.platform].format(slug=self.slug)
        return Source(
            body=self.body,
            kind=Kind.MINUTES,
            platform=self.platform,
            url=f"{server.url}/{place}",
            expect=Expect(),  # an invented council sits less often than its platform expects
        )


def towns() -> tuple[Town, ...]:
    """The invented bodies, in the order of ``config/demo``."""
    return tuple(
        Town(
            slug=slug,
            body=body,
            platform=platform,
            documents=tuple(
                printed(document, platform)
                for document in invented_documents()
                if document.body == body
            ),
        )
        for slug, body in assemblies().items()
        for platform in [data()["assemblies"][slug]["platform"]]
    )


def serving(towns: Sequence[Town], port: int = 0) -> ReplayServer:
    """A server of these towns, each in the protocol of its platform; begins with ``with``."""
    on_kensakusystem: dict[str, tuple[Document, ...]] = {}
    on_discussnet: dict[str, tuple[Document, ...]] = {}
    sites: dict[str, Site] = {}
    for town in towns:
        match town.platform:
            case "discussnet":
                on_discussnet[town.slug] = town.documents
            case "voices":
                sites[town.slug] = Voices(town.documents, base=f"/{town.slug}")
            case "dbsearch":
                sites[town.slug] = Council(town.slug, town.documents)
            case _:
                on_kensakusystem[town.slug] = town.documents
    sites |= DiscussnetHost(on_discussnet).sites
    return ReplayServer(on_kensakusystem, sites=sites, robots=ROBOTS, port=port)


def printed(document: Document, platform: str) -> Document:
    """The document with the title and the pages that it has on the platform.

    令和 5年第4回定例会（第1日12月 5日） is 令和５年第４回定例会 12月05日－01号 on DiscussNet.
    DB-Search has no pages.
    """
    title = _TITLE.fullmatch(document.title)
    assert title is not None  # as PlannedSitting.title makes them
    meeting, number = title["meeting"].replace(" ", ""), int(title["number"] or 1)
    document = replace(document, platform=platform)
    match platform:
        case "discussnet":
            label = f"{document.day:%m月%d日}－{number:02}号"
            return replace(document, title=f"{wide(meeting)} {label}")
        case "voices":
            label = f"{document.day:%m月%d日}-{number:02}号"
            return replace(document, title=f"{wide(meeting)} {label}")
        case "dbsearch":
            passages = tuple(replace(passage, page=None) for passage in document.passages)
            return replace(document, title=f"{meeting}（第{number}号）", passages=passages)
        case _:
            return document
