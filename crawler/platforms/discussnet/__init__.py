"""DiscussNet Premium (ssp.kaigiroku.net, white-label hosts): JSON answers to forms sent by POST.

Signature: pages under ``/tenant/NAME/`` that load ``js/tenant.js`` and ask ``/dnp/search/``. Seen
in 2026 in recorded answers of 函館市, 横浜市 (giji.city.yokohama.lg.jp), 墨田区, 呉市; the answer
of ``get_schedule_all``, committee records in one block and all failures are known from others'
descriptions only. The pages themselves are empty shells; their addresses are what a person opens.
robots.txt allows ``/tenant/`` and forbids ``/dnp/search/``, which holds lists and text.
smart.discussvision.net has tenants too, but films, and other numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode, urlsplit

from crawler.page import Answer, Follow, Found, Listed, Page, PageChanged, Parse, Wanted, refuse
from crawler.platform import HOST, Cost, Platform, Signature
from crawler.platforms.discussnet import councils
from crawler.platforms.discussnet.blocks import cut, is_split, passages, read_block
from crawler.reading.days_wanted import DaysWanted, carried
from crawler.reading.json_values import Row, excerpt, number, read, rows, words
from crawler.reading.quality import day_words, given_apart
from kazami.sources import Expect, Source

ENCODING = "utf-8"

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_BASE = re.compile(r"(https?://[^/?#]+)(?:/[^/?#]+)*?/tenant/[A-Za-z0-9_-]+(?=[/?#]|$)")
_PAGE = re.compile(r"/tenant/[A-Za-z0-9_-]+/(?:pg/|(?:Sp)?(?:Minute|Material|Top)|js/tenant\.js)")
_HOST = "kaigiroku.net"
_FILMS = "discussvision.net"
_SCRIPTS = ("dnp.params", "/dnp/search", "/tenant/js/release/")

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|(?<![:'\"])//[^\n]*", re.DOTALL)
_TENANT_ID = re.compile(
    r"tenant_id\s*=\s*[\"']?([0-9]{1,6})\b|name=\W{0,2}tenant_id\W+value=\W{0,2}([0-9]{1,6})\b"
)
_MATERIALS = "資料"


def recognises(url: str, html: str) -> bool:
    """Whether address or page are a tenant's: MinuteSearch.html, SpTop.html, pg/index.html."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host.endswith(_FILMS) or _FILMS in html:
        return False
    at_home = host.endswith(_HOST) and parts.path.startswith("/tenant/")
    return at_home or bool(_PAGE.search(parts.path)) or any(each in html for each in _SCRIPTS)


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """tenant.js, which holds the number that every question must name.

    Raises PageChanged where the address is no tenant's.
    """
    base = _BASE.match(source.url)
    if not base or _FILMS in source.url:
        raise PageChanged(source.url, "an address with /tenant/NAME/", "another")
    yield Follow(
        url=f"{base[0]}/js/tenant.js",
        parse=parse_tenant,
        key="tenant",
        cb_kwargs={
            "base": f"{base[0]}/",
            "api": f"{base[1]}/dnp/search/",
            **carried(wanted),
        },
    )


def parse_tenant(page: Page, **cb_kwargs: object) -> Iterator[Answer]:
    """``dnp.params.tenant_id = 537``, or a hidden field that the script writes.

    The comment above the second holds an example with another number. Its charset is not told
    and does not matter.
    """
    code = _COMMENT.sub("", page.body.decode("latin-1"))
    found = {id for pair in _TENANT_ID.findall(code) for id in pair if id}
    if len(found) != 1:
        refuse(page)
        raise PageChanged(page.url, "one tenant_id", ", ".join(sorted(found)) or excerpt(page))
    tenant = int(found.pop())
    fields = {"tenant_id": tenant}
    yield _ask(cb_kwargs, "councils/index", fields, parse_councils, key="councils", tenant=tenant)


def parse_councils(page: Page, tenant: int, **cb_kwargs: object) -> Iterator[Answer]:
    """All councils of all years: 定例会 and each committee, by year and type.

    What stands under 資料 (rosters, results, bills) is no council. A council that stands under
    several types or years is taken once.
    """
    days = DaysWanted.of(cb_kwargs)
    listed: dict[str, Follow | None] = {}
    for year, kind, council in _councils(page):
        id, name = number(page, council, "council_id"), words(page, council, "name")
        key = f"council/{id}"
        if key in listed:
            continue
        first, last = councils.years(name, year)
        if not days.meet_years(first, last):
            listed[key] = None
            continue
        listed[key] = _ask(
            cb_kwargs,
            "minutes/get_schedule_all",
            {"tenant_id": tenant, "council_id": id},
            parse_schedules,
            key=key,
            listing=key,
            newest=councils.newest(name, year),
            tenant=tenant,
            council=id,
            name=name,
            kind=kind,
            year=year,
        )
    if not listed:
        raise PageChanged(page.url, "councils with minutes", "none")
    yield from filter(None, listed.values())
    yield Listed(name="councils", listings=tuple(listed))


def parse_schedules(
    page: Page, tenant: int, council: int, name: str, kind: str, year: int, **cb_kwargs: object
) -> Iterator[Answer]:
    """The sittings of a council, from ``get_schedule_all`` or from ``get_schedule``.

    A sitting is listed as a listing of its own: whether anybody speaks in it is known only from
    its text, and one where nobody does must not be fetched in every run.
    """
    page = _asked(page, council_id=council)
    answer = read(page)
    listed: list[str] = []
    sittings = answer.get("schedules_and_materials", answer.get("council_schedules"))
    for row in rows(page, sittings, "sittings"):
        label = words(page, row, "name")
        if not councils.is_sitting(label):
            continue
        id = number(page, row, "schedule_id")
        key = f"sitting/{council}/{id}"
        if key in listed:
            raise PageChanged(page.url, "every sitting once", f"{id} twice")
        listed.append(key)
        day = councils.expected(name, year, label)
        yield _ask(
            cb_kwargs,
            "minutes/get_minute",
            {"tenant_id": tenant, "council_id": council, "schedule_id": id},
            parse_minutes,
            key=key,
            document=_document(str(cb_kwargs["base"]), tenant, council, id),
            day=day,
            listing=key,
            newest=day or councils.newest(name, year),
            tenant=tenant,
            council=council,
            schedule=id,
            name=name,
            kind=kind,
            year=year,
            label=label,
        )
    yield Listed(name=f"council/{council}", listings=tuple(listed))


def parse_minutes(
    page: Page,
    base: str,
    tenant: int,
    council: int,
    schedule: int,
    name: str,
    kind: str,
    year: int,
    label: str,
    **_: object,
) -> Iterator[Answer]:
    """One sitting: a block for each utterance, before and between them rosters and headings.

    Where nobody speaks (an agenda only) there is no document, and the listing says so.
    """
    key = _document(base, tenant, council, schedule)
    url = f"{base}MinuteView.html?council_id={council}&schedule_id={schedule}"
    page = _asked(page, council_id=council, schedule_id=schedule)
    minutes = rows(page, read(page).get("tenant_minutes"), "minutes")
    blocks = [read_block(page, row) for row in minutes]
    if not blocks:
        raise PageChanged(page.url, "minutes")
    if len({block.id for block in blocks}) != len(blocks):
        raise PageChanged(page.url, "every block once", "one of them twice")
    front, said, reading = cut(blocks)
    if said:
        roster = "\n".join(front)
        day = councils.settled(name, year, label, roster)
        if day is None:
            raise PageChanged(page.url, f"the day of {label}")
        spoken = tuple(passages(said, roster, url))
        yield Found(
            key=key,
            title=councils.title_of(name, kind, label),
            date=day.day,
            url=url,
            passages=spoken,
            front_matter="\n\n".join(front),
            reading=replace(
                reading or given_apart(spoken, day.rule, day.printed),
                day_rule=day.rule.value,
                day_printed=day_words(day.printed) or None,
            ),
        )
    elif is_split(blocks):
        raise PageChanged(page.url, "words in a sitting with speakers", "none")
    yield Listed(name=f"sitting/{council}/{schedule}", documents=(key,) if said else ())


def _councils(page: Page) -> Iterator[tuple[int, str, Row]]:
    """Every council with the year it stands under and the last name of its type."""
    for root in rows(page, read(page).get("councils"), "councils"):
        for year in rows(page, root.get("view_years"), "view_years"):
            listed = number(page, year, "view_year")
            if not 1868 <= listed <= 2200:
                raise PageChanged(page.url, "a view_year", str(listed))
            for sort in rows(page, year.get("council_type"), "council_type"):
                names = [sort.get(f"council_type_name{depth}") for depth in range(1, 6)]
                if names[0] == _MATERIALS or str(sort.get("council_type_path"))[:5] == "/0/2/":
                    continue
                kind = next((name for name in reversed(names) if name), "")
                for council in rows(page, sort.get("councils"), "councils of a type"):
                    yield listed, str(kind), council


def _asked(page: Page, **fields: int) -> Page:
    """The page under an address that says what was asked, for errors: all share one address."""
    return replace(page, url=f"{page.url}?{urlencode(fields)}")


def _ask(
    cb_kwargs: Mapping[str, object],
    endpoint: str,
    fields: Mapping[str, int],
    parse: Parse,
    *,
    key: str,
    document: str | None = None,
    day: date | None = None,
    listing: str | None = None,
    newest: date | None = None,
    **more: object,
) -> Follow:
    """A question to the API: a form by POST, for GET is refused."""
    return Follow(
        url=f"{cb_kwargs['api']}{endpoint}",
        parse=parse,
        key=key,
        method="POST",
        body=urlencode(fields).encode("ascii"),
        headers=_FORM,
        cb_kwargs={**cb_kwargs, **more},
        document=document,
        day=day,
        listing=listing,
        newest=newest,
    )


def _document(base: str, tenant: int, council: int, schedule: int) -> str:
    """ssp.kaigiroku.net/537/1251/2: host, tenant, council and schedule."""
    return f"{urlsplit(base).hostname}/{tenant}/{council}/{schedule}"


PLATFORM = Platform(
    name="discussnet",
    # What the operator did not object to.
    delay=5.0,
    signature=Signature(
        entry=rf"(?!https?://[a-z.]*discussvision){HOST}/tenant/[A-Za-z0-9_-]+/"
        r"(pg/index|Sp[A-Za-z]+|Minute[A-Za-z]+)\.html",
        page=r"kaigiroku\.net/tenant/|dnp\.params|/dnp/search/",
        text="/dnp/search/minutes/get_minute",
        recognises=recognises,
    ),
    cost=Cost(run=3, year=0, sitting=1.4),  # text, and a list per council
    start=start,
    parsers=(
        parse_tenant,
        parse_councils,
        parse_schedules,
        parse_minutes,
    ),
    expect=Expect(at_least=20, newest_within_days=400),
    robots_forbids_text=True,
)
