"""Lists of notices on a body's own pages, for bodies without a feed: rows that lead to pages.

Signature: none; a source says which page. Where a source names no selectors, a general rule looks
for rows of one shape that each hold one link and a day. Seen: two lists of 大阪市 of 2026 (報道発表
and 発注案件); the shapes of ten content systems are invented after public notes. A list shows
the newest or the open ones only, so that what is gone from it is not missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crawler.page import Answer, Elsewhere, Follow, Page, PageChanged, Remark, Wanted, refuse
from crawler.platform import HOST, Cost, Platform, Revisit, Signature
from crawler.platforms.html_list.options import ListOptions, check_options, options_of
from crawler.platforms.html_list.rows import NoticeRow, next_page, rows
from crawler.platforms.notices.addresses import canonical, followable, hosts_of, on_hosts
from crawler.platforms.notices.facts import facts_of
from crawler.platforms.notices.items import Item, keyed, without_page
from crawler.platforms.notices.options import declared_hosts
from crawler.platforms.notices.pages import follow_item, parse_attachment, parse_page, seen_on
from crawler.platforms.own_pages.links import html
from crawler.reading.days_wanted import DaysWanted, carried
from kazami.document import Kind
from kazami.sources import Expect, Source


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """The list, and further ones that the source names."""
    options = options_of(source.options)
    carry: dict[str, object] = {
        "kind": source.kind.value,
        "hosts": hosts_of(source.url, declared_hosts(source)),
        "options": options.written(),
        **carried(wanted),
        **seen_on(source, wanted),
    }
    for url in dict.fromkeys([source.url, *options.lists]):
        yield Follow(url=url, parse=parse_list, key=f"list {canonical(url)}", cb_kwargs=carry)


def parse_list(
    page: Page,
    kind: str,
    hosts: Sequence[str],
    options: Mapping[str, Any],
    number: int = 1,
    since: str | None = None,
    until: str | None = None,
    seen: str | None = None,
) -> Iterator[Answer]:
    """A page of the list: its rows, each page once, and the next page of it.

    Raises PageChanged where there is no row.
    """
    refuse(page)
    chosen = ListOptions(**options)
    tree = html(page)
    items: dict[str, Item] = {}
    nowhere = 0
    for row in rows(page, tree, chosen):
        item = _item(page, row, kind)
        if item is None:
            nowhere += 1
        else:
            items.setdefault(item.key, item)
    if not items:
        raise PageChanged(page.url, "rows that lead to notices", f"{nowhere} that lead nowhere")
    if nowhere:
        yield Remark(f"{page.url}: without title or page, left out: {nowhere} of the rows")
    days = DaysWanted.of({"since": since, "until": until})
    for item in items.values():
        if item.date is not None and not days.hold(item.date):
            continue
        if not on_hosts(item.url, hosts):
            yield Elsewhere(item.url)
        yield follow_item(item, Kind(kind), hosts, seen)
    onward = next_page(page, tree, chosen)
    if onward is None or not on_hosts(onward, hosts):
        return
    if number >= chosen.pages:
        yield Remark(f"{page.url}: the list goes on; pages = {chosen.pages} were read")
        return
    yield Follow(
        url=onward,
        parse=parse_list,
        key=f"list {canonical(onward)}",
        cb_kwargs={
            "kind": kind,
            "hosts": list(hosts),
            "options": dict(options),
            "number": number + 1,
            "since": since,
            "until": until,
        }
        | ({} if seen is None else {"seen": seen}),
    )


def _item(page: Page, row: NoticeRow, kind: str) -> Item | None:
    url = followable(page, row.href)
    if url is None or not row.title:
        return None
    return Item(
        key=keyed(kind, canonical(url)),
        title=row.title,
        url=url,
        day=row.day.isoformat() if row.day else None,
        dated_by=row.dated_by,
        stamp=row.day.isoformat() if row.day else "",
        cells=row.cells,
    )


PLATFORM = Platform(
    name="html_list",
    delay=3.0,
    signature=Signature(entry=rf"{HOST}/\S*", recognises=lambda url, page: False),
    cost=Cost(run=2, year=0, sitting=1.5, listed=50, a_day=3),
    start=start,
    parsers=(parse_list, parse_page, parse_attachment),
    wrong_options=check_options,
    revisit={kind: Revisit() for kind in (Kind.ANNOUNCEMENT, Kind.TENDER, Kind.AWARD)},
    expect=Expect(at_least=1),
    without_page=without_page,
    facts_of=facts_of,
)
