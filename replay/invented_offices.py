"""The invented towns' offices on the web: a site with a feed and lists for each, and the portal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kazami.bodies import load_bodies
from kazami.document import Kind
from kazami.sources import Expect, Option, Source
from replay.cms import TownSite
from replay.kkj import ProcurementPortal
from replay.kkj_notices import PREFECTURE, portal_notices
from replay.server import ReplayServer
from replay.town_office import NoticeFile, OfficeNotice, TownOffice, slugs, town_office

PORTAL_BODY = "980434"
"""Whose API the procurement portal is (``config/national.csv``)."""

_SITES = {
    "reiji": ("shirasagi", "atom"),
    "kakuu": ("zomeki", "rdf"),
    "mihon": ("joruri", "rss20-shift-jis"),
    "hinagata": ("wordpress", "rss20-guid"),
}
"""On which system each town's site is, and in which dialect its feed."""

_LISTS = {
    "tenders": (Kind.TENDER, "table.nyusatsu tbody tr"),
    "results": (Kind.AWARD, "table.kekka tbody td:nth-child(2)"),
}
"""Each list with its rows. A small town's list may have one, and then a menu beside it looks more
like a list; of results the page itself says what the other cells say."""


@dataclass(frozen=True, kw_only=True)
class Offices:
    """The sites of the offices, all on one server, as they stand on ``today``."""

    today: date
    sites: tuple[TownSite, ...]

    def open(self, server: ReplayServer) -> None:
        """Serve them, and the portal with what it found on them; the server has begun."""
        for site in self.sites:
            server.sites |= site.sites
        by_slug = {site.office.slug: site for site in self.sites}

        def address(office: TownOffice, notice: OfficeNotice, file: NoticeFile | None) -> str:
            return by_slug[office.slug].address(server.url, notice, file)

        held = portal_notices([each.office for each in self.sites], self.today, address=address)
        ours = [each for each in held if each.uri.startswith(f"{server.url}/")]
        server.sites |= ProcurementPortal(ours, self.today).sites

    def sources(self, server: ReplayServer) -> Iterator[Source]:
        """Where a crawler begins: each town's feed and two lists, then the portal."""
        for site in self.sites:
            body = site.office.body
            for path in site.feeds:
                yield _source(body, Kind.ANNOUNCEMENT, "feed", f"{server.url}{site.home}{path}")
            for name, (kind, item) in _LISTS.items():
                url = f"{server.url}{site.list_path(name)}"
                yield _source(body, kind, "html_list", url, item=item)
        yield _source(PORTAL_BODY, Kind.TENDER, "kkj", f"{server.url}/api/", areas=(PREFECTURE,))


def offices(today: date) -> Offices:
    """The offices of all invented towns that have one, in the order of the demo."""
    sites = []
    for slug in slugs():
        office = town_office(slug, today)
        body = load_bodies().get(office.body)
        assert body is not None  # config/demo knows it
        skin, feed = _SITES[slug]
        sites.append(TownSite(office, skin, slug=body.romaji, feeds=[feed]))
    return Offices(today=today, sites=tuple(sites))


def _source(body: str, kind: Kind, platform: str, url: str, **options: Option) -> Source:
    return Source(
        body=body,
        kind=kind,
        platform=platform,
        url=url,
        expect=Expect(),  # an invented town publishes less often than its platform expects
        options=options,
    )
