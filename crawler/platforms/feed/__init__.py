"""News feeds of municipal sites: RSS 0.9 to 2.0, RDF and Atom, each entry leading to a page.

Signature: a root ``rss``, ``rdf:RDF`` or ``feed``. Seen: six feeds of 2026 (宮城県, 大阪市,
宜野湾市, 那覇市, 沖縄市, 沖縄県). Feeds hold title, link and day, hardly ever the text: the page is
fetched once for each state that the feed names. A feed holds the newest entries only, so that what
falls off it is not gone. The day is that in Japan, an entry without one has none, and a page that
comes again with a later day was changed: it keeps its first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.page import Answer, Elsewhere, Follow, Page, Remark, Wanted, refuse
from crawler.platform import HOST, Cost, Platform, Revisit, Signature
from crawler.platforms.feed.entries import FeedEntry, entries
from crawler.platforms.notices.addresses import canonical, followable, hosts_of, on_hosts
from crawler.platforms.notices.facts import facts_of
from crawler.platforms.notices.items import Item, keyed, without_page
from crawler.platforms.notices.options import check_hosts, declared_hosts
from crawler.platforms.notices.pages import follow_item, parse_attachment, parse_page, seen_on
from crawler.reading.days_wanted import DaysWanted, carried
from kazami.document import Kind
from kazami.sources import Expect, Source


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """The feed."""
    yield Follow(
        url=source.url,
        parse=parse_feed,
        key="feed",
        cb_kwargs={
            "kind": source.kind.value,
            "hosts": hosts_of(source.url, declared_hosts(source)),
            **carried(wanted),
            **seen_on(source, wanted),
        },
    )


def parse_feed(
    page: Page,
    kind: str,
    hosts: Sequence[str],
    since: str | None = None,
    until: str | None = None,
    seen: str | None = None,
) -> Iterator[Answer]:
    """The entries, each page once in its latest state, under its earliest day."""
    refuse(page)
    read = entries(page)
    if read.mended:
        yield Remark(f"{page.url}: {'; '.join(read.mended)}")
    if not read.entries:
        yield Remark(f"{page.url}: the feed holds no entry")
    items: dict[str, Item] = {}
    nowhere = []
    for entry in read.entries:
        url = followable(page, entry.link)
        if url is None or not entry.title:
            nowhere.append(entry.title or entry.link or "nothing")
            continue
        item = _item(entry, url, kind)
        known = items.get(item.key)  # one page may stand there once more, from before its change
        items[item.key] = item if known is None else _merged(known, item)
    if nowhere:
        count = f"{len(nowhere)} of {len(read.entries)} entries"
        first = f"the first: {nowhere[0][:60]}"
        yield Remark(f"{page.url}: without title or page, left out: {count}, {first}")
    days = DaysWanted.of({"since": since, "until": until})
    for item in items.values():
        if item.date is not None and not days.hold(item.date):
            continue
        if not on_hosts(item.url, hosts):
            yield Elsewhere(item.url)
        yield follow_item(item, Kind(kind), hosts, seen)


def _item(entry: FeedEntry, url: str, kind: str) -> Item:
    first, last = entry.published, entry.updated or entry.published
    updated = last is not None and first is not None and last.day > first.day
    return Item(
        key=keyed(kind, canonical(url)),
        title=entry.title,
        url=url,
        day=first.day.isoformat() if first else None,
        dated_by=first.words if first else "",
        updated=last.day.isoformat() if last and updated else None,
        updated_by=last.words if last and updated else "",
        stamp=last.at if last else "",
    )


def _merged(one: Item, other: Item) -> Item:
    """One page that stands twice in a feed: its latest state, under the earlier day."""
    newer, older = (one, other) if one.stamp >= other.stamp else (other, one)
    if older.day is None or newer.day is None or older.day >= newer.day:
        return newer
    return replace(
        newer,
        day=older.day,
        dated_by=older.dated_by,
        updated=newer.updated or newer.day,
        updated_by=newer.updated_by or newer.dated_by,
    )


def recognises(url: str, html: str) -> bool:
    """Whether the page is a feed."""
    try:
        entries(Page(url, html.encode("utf-8", "replace"), "application/xml; charset=utf-8"))
    except Exception:
        return False
    return True


PLATFORM = Platform(
    name="feed",
    delay=3.0,
    signature=Signature(entry=rf"{HOST}/\S*", recognises=recognises),
    cost=Cost(run=1, year=0, sitting=1.5, listed=20, a_day=3),
    start=start,
    parsers=(parse_feed, parse_page, parse_attachment),
    wrong_options=check_hosts,
    revisit={kind: Revisit() for kind in (Kind.ANNOUNCEMENT, Kind.TENDER, Kind.AWARD)},
    expect=Expect(at_least=1, newest_within_days=120),
    without_page=without_page,
    facts_of=facts_of,
)
