"""DB-Search of 大和速記情報センター: *.dbsr.jp and copies on other hosts, five skins, UTF-8.

Signature: ``/index.php/<number>?Template=search-…`` or ``Template=list``; the hit pixel
``counter.dbsr.jp``. The number is a session of the visitor and never names anything; documents
are named by ``Id`` or ``DocumentID``. Seen in recorded pages of 音更町, 仙台市, 青森市, 糸島市 and
宮若市, and in shortened ones of 東京都. robots.txt allows the landing page only. Never seen: a list
without any hit, the page of a roster, and any but the first page of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode, urlsplit

from crawler.page import Answer, Follow, Found, Listed, Page, PageChanged, Wanted
from crawler.platform import HOST, Cost, Platform, Signature
from crawler.platforms.dbsearch import documents, lists
from crawler.platforms.dbsearch.lists import ResultRow, Sitting
from crawler.reading.days_wanted import DaysWanted, carried
from crawler.reading.quality import given_apart
from kazami.reading_rules import DayRule
from kazami.sources import Expect, Source

ENCODING = "utf-8"

_AT_ONCE = 100
"""A year with more documents is read month by month, so that no list has too many pages."""

_FIRST_YEAR = 1947
"""The assemblies of the Local Autonomy Act; no older minutes are published."""

_OWN_HOST = re.compile(r"[^.]+\.((?:city|town|vill|pref)\..+)\.dbsr\.jp")
_SIGNATURE = re.compile(
    r"//counter[\w-]*\.dbsr\.jp/|"
    r"/\d+\?(?:QueryType=New&(?:amp;)?)?Template=(?:search-|list\b|document&|view&|doc-)",
    re.IGNORECASE,
)
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def bucket(host: str) -> str:
    """All councils at dbsr.jp are asked as one host: several at once drew HTTP 429."""
    return "dbsr.jp" if host.endswith(".dbsr.jp") else host


def recognises(url: str, html: str) -> bool:
    """Whether this is an address or a page of DB-Search."""
    host = urlsplit(url).hostname or ""
    return host.endswith(".dbsr.jp") or bool(_SIGNATURE.search(url) or _SIGNATURE.search(html))


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """The landing page, which says where the search answers."""
    yield Follow(
        url=source.url,
        parse=parse_entry,
        key="entry",
        cb_kwargs={
            "tenant": tenant(source.url),
            **carried(wanted),
            "today": wanted.today.isoformat(),
        },
    )


def tenant(url: str) -> str:
    """Whose documents these are: ``city.sendai.miyagi``, ``kaigiroku.city.shinagawa.tokyo.jp``.

    One council answers under several names (www, net, www2, sec), so the first label does not
    count; nor does ``/index.php/``, which some hosts have and others lack.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    own = _OWN_HOST.fullmatch(host)
    place = own[1] if own else host.removeprefix("www.")
    folder = re.sub(r"(?:/index\.php)?(?:/\d*)?$", "", parts.path)
    return place + folder


def parse_entry(page: Page, tenant: str, **cb_kwargs: object) -> Iterator[Answer]:
    """The landing page of any skin; its links and forms hold the session's number."""
    base = lists.base(page)
    yield Follow(
        url=lists.search(base, *_everything(cb_kwargs), order="Asc"),
        parse=parse_span,
        key="span",
        cb_kwargs={**cb_kwargs, "tenant": tenant, "base": base},
    )


def parse_span(page: Page, base: str, **cb_kwargs: object) -> Iterator[Answer]:
    """All documents, the oldest first: tells in which year to begin.

    Where the page is not in that order, every year is asked for.
    """
    found = lists.read(page, *_everything(cb_kwargs))
    days = [row.day for row in found.rows]
    if not days:
        raise PageChanged(page.url, "any document at all", "none")
    rising = days[0] < days[-1] or len(days) == found.total
    first = min(days).year if rising else _FIRST_YEAR
    last = date.fromisoformat(str(cb_kwargs["today"])).year
    years = [str(year) for year in range(last, first - 1, -1)]
    yield from _listings(years, base, cb_kwargs)
    yield Listed(name="years", listings=tuple(years))


def parse_list(
    page: Page,
    name: str,
    tenant: str,
    base: str,
    number: int = 1,
    rows: Sequence[Sequence[object]] = (),
    cookies: str = "",
    **cb_kwargs: object,
) -> Iterator[Answer]:
    """One page of the documents of a year or a month; the last one knows them all.

    Raises PageChanged where the pages together do not hold as many as the first one counts.
    """
    found = lists.read(page, *lists.days(name))
    if number == 1 and len(name) == 4 and found.total > _AT_ONCE:
        months = [f"{name}-{month:02}" for month in range(12, 0, -1)]
        months = [month for month in months if month <= str(cb_kwargs["today"])]
        yield from _listings(months, base, {**cb_kwargs, "tenant": tenant})
        yield Listed(name=name, listings=tuple(months))
        return
    known = [ResultRow.of(row) for row in rows]
    repeated = {row.id for row in known} & {row.id for row in found.rows}
    if repeated:
        raise PageChanged(page.url, f"page {number} of the list", f"{min(repeated)} again")
    known += found.rows
    if len(known) < found.total and found.rows:
        cookies = _joined(cookies, page.cookies)
        turned = lists.turn(page, number + 1)
        sent = {"Cookie": cookies} if cookies else {}
        yield Follow(
            url=turned.url,
            parse=parse_list,
            key=f"list/{name}/{number + 1}",
            method="POST" if turned.fields else "GET",
            body=urlencode(turned.fields).encode("ascii") if turned.fields else None,
            headers={**(_FORM if turned.fields else {}), **sent},
            cb_kwargs={
                **cb_kwargs,
                "name": name,
                "tenant": tenant,
                "base": base,
                "number": number + 1,
                "rows": [row.to_json() for row in known],
                "cookies": cookies,
            },
        )
        return
    if len(known) != found.total:
        raise PageChanged(page.url, f"{found.total} documents of {name}", str(len(known)))
    sittings = lists.sittings(known)
    for sitting in sittings:
        if DaysWanted.of(cb_kwargs).hold(sitting.day):
            yield _document(sitting.to_json(), base, tenant, 0, [])
    yield Listed(name=name, documents=tuple(f"{tenant}/{each.id}" for each in sittings))


def parse_document(
    page: Page,
    sitting: Mapping[str, object],
    base: str,
    tenant: str,
    step: int,
    front: Sequence[str],
    framed: bool = False,
) -> Iterator[Answer]:
    """A document of a sitting: rosters and agendas first, what was said last.

    The older skins answer with a frameset, whose frame ``Page`` holds the text.
    """
    asked = Sitting.of(sitting)
    part = asked.parts[step]
    frame = None if framed else documents.frame(page)
    if frame is not None:
        query = urlencode({"VoiceType": "all", "DocumentID": part.id})
        yield Follow(
            url=f"{frame}&{query}",
            parse=parse_document,
            key=f"{part.id}/page",
            cb_kwargs={
                "sitting": sitting,
                "base": base,
                "tenant": tenant,
                "step": step,
                "front": list(front),
                "framed": True,
            },
            document=f"{tenant}/{asked.id}",
            day=asked.day,
        )
        return
    voices = documents.read(page, part.id, asked.day)
    if step + 1 < len(asked.parts):
        text = documents.front_matter(voices)
        yield _document(sitting, base, tenant, step + 1, [*front, text])
        return
    opening, passages = documents.passages(page, voices, "\n".join(front))
    before = "\n".join(filter(None, [*front, opening]))
    yield Found(
        key=f"{tenant}/{asked.id}",
        title=asked.title,
        date=asked.day,
        url=part.permanent(base),
        passages=passages,
        front_matter=before,
        reading=replace(
            documents.reading(voices, before, passages) or given_apart(passages, DayRule.LISTED),
            day_rule=DayRule.LISTED.value,
        ),
    )


def _document(
    sitting: Mapping[str, object], base: str, tenant: str, step: int, front: list[str]
) -> Follow:
    asked = Sitting.of(sitting)
    part = asked.parts[step]
    return Follow(
        url=part.whole,
        parse=parse_document,
        key=f"{part.id}",
        cb_kwargs={
            "sitting": sitting,
            "base": base,
            "tenant": tenant,
            "step": step,
            "front": front,
        },
        document=f"{tenant}/{asked.id}",
        day=asked.day,
    )


def _listings(names: Sequence[str], base: str, cb_kwargs: Mapping[str, object]) -> Iterator[Follow]:
    for name in names:
        first, last = lists.days(name)
        if DaysWanted.of(cb_kwargs).meet(first, last):
            yield Follow(
                url=lists.search(base, first, last),
                parse=parse_list,
                key=f"list/{name}",
                cb_kwargs={**cb_kwargs, "base": base, "name": name},
                listing=name,
                newest=last,
            )


def _everything(cb_kwargs: Mapping[str, object]) -> tuple[date, date]:
    return date(_FIRST_YEAR, 1, 1), date(date.fromisoformat(str(cb_kwargs["today"])).year, 12, 31)


def _joined(before: str, after: str) -> str:
    """Cookies as a browser keeps them: what is set again replaces what was."""
    pairs = [cookie.partition("=") for cookie in f"{before}; {after}".split("; ") if cookie]
    kept = {name: value for name, _, value in pairs}
    return "; ".join(f"{name}={value}" for name, value in kept.items())


PLATFORM = Platform(
    name="dbsearch",
    # Considerate others wait 3 to 10, and several hosts at once drew HTTP 429.
    delay=3.0,
    signature=Signature(
        entry=r"https?://[a-z0-9.-]+\.dbsr\.jp/(index\.php/)?"
        rf"|{HOST}/([a-z0-9-]+/)?index\.php/|https://www\.record\.gikai\.metro\.tokyo\.lg\.jp/",
        page=r"\.dbsr\.jp/|\bTemplate=(list|document|view|doc-|search-)",
        text="/index.php/100000?Template=list",
        recognises=recognises,
    ),
    cost=Cost(run=3, year=2, sitting=2.8),  # 本文, 名簿, 目次; ten in a list
    start=start,
    parsers=(
        parse_entry,
        parse_span,
        parse_list,
        parse_document,
    ),
    bucket=bucket,
    expect=Expect(at_least=20, newest_within_days=400),
    robots_forbids_text=True,
)
