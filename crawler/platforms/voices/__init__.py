"""VOICES/Web of フューチャーイン (*.gijiroku.com and copies elsewhere): cp932, frames, a CGI.

Signature: ``g07v_search.asp``, ``g08v_viewh.asp`` and ``cgi/voiweb.exe?ACT=``. Seen in recorded
answers of つくば市, 八戸市 and 鴨川市 (lists, lists of speakers, single utterances) and in public
copies of 広島市 (lists, a year page, whole sittings). Known from others' descriptions only: entry
pages, the bar of years, lists with pages. robots.txt of the vendor allows the ASP pages and
forbids the CGI, which holds lists and text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.page import Answer, Follow, Found, Listed, Page, PageChanged, Wanted, refuse
from crawler.platform import HOST, Cost, Platform, Signature
from crawler.platforms.voices import addresses, lists, sittings
from crawler.platforms.voices.addresses import recognises
from crawler.platforms.voices.lists import ListPage, SittingRow
from crawler.platforms.voices.sittings import SpeakerRow
from crawler.reading.charset import ENCODING, check_whole
from crawler.reading.days_wanted import DaysWanted, carried
from crawler.reading.quality import given_apart
from kazami.sources import Expect, Source

_ALL = "KENSAKU=0&SORT=0&KTYP=0,1,2,3&KGTP=1,2,3,4"
"""Every sort of speaker and of meeting; numbers that a host does not have are ignored."""

_NOTHING = "該当する発言は存在しません"

_HOPS = 3


def bucket(host: str) -> str:
    """The vendor's hosts are asked as one: names like www07 show that tenants share machines."""
    return "gijiroku.com" if host.endswith(".gijiroku.com") else host


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """The entry page: the CGI's folder has other names on each host, and CGI or cgi."""
    yield Follow(
        url=source.url,
        parse=parse_entry,
        key="entry",
        cb_kwargs={
            **carried(wanted),
        },
    )


def parse_entry(page: Page, hops: int = 0, **cb_kwargs: object) -> Iterator[Answer]:
    """index.asp, g07v_search.asp, a frameset or a folder: on to the pages of years, or to the CGI.

    A page that leads to neither still tells by its address where the CGI is.
    """
    refuse(page)
    links = addresses.links(page)
    years = {addresses.name_of(link): link for link in links if addresses.YEARS.search(link)}
    for name, link in years.items():
        yield Follow(
            url=link, parse=parse_years, key=f"years/{name}", cb_kwargs={**cb_kwargs, "name": name}
        )
    if years:
        return
    cgi = addresses.cgi_of(page)
    onward = [link for link in links if addresses.ONWARD.search(link) and link != page.url]
    if cgi is None and onward and hops < _HOPS:
        key = f"entry/{hops + 1}"
        cb_kwargs = {**cb_kwargs, "hops": hops + 1}
        yield Follow(url=onward[0], parse=parse_entry, key=key, cb_kwargs=cb_kwargs)
        return
    if cgi is None and addresses.SEARCH.search(urlsplit(page.url).path):
        cgi = page.link("cgi/voiweb.exe")
    if cgi is None:
        raise PageChanged(
            page.url, "a link to g08v_viewh.asp or voiweb.exe", page.excerpt(ENCODING)
        )
    yield Follow(
        url=f"{cgi}?ACT=100&{_ALL}",
        parse=parse_root,
        key="list",
        cb_kwargs={**cb_kwargs, "cgi": cgi},
    )


def parse_years(page: Page, name: str, **cb_kwargs: object) -> Iterator[Answer]:
    """g08v_viewh.asp has the years of plenary meetings, g08v_views.asp those of committees.

    An assembly may publish no committees: their years are lacking then, and nothing is lost,
    because a year's list holds all meetings.
    """
    check_whole(page)
    found = [
        (each[1], link)
        for link in addresses.links(page)
        if (each := addresses.OF_A_YEAR.search(link))
    ]
    years = sorted({int(year) for year, _ in found}, reverse=True)
    if years:
        cb_kwargs = {**cb_kwargs, "name": name, "years": years}
        yield Follow(url=found[0][1], parse=parse_year, key=f"year/{name}", cb_kwargs=cb_kwargs)
    elif name.endswith("s.asp"):
        yield Listed(name=f"years/{name}")
    else:
        raise PageChanged(page.url, "links to years", page.excerpt(ENCODING))


def parse_year(
    page: Page, name: str, years: Sequence[int], **cb_kwargs: object
) -> Iterator[Answer]:
    """The page of one year holds nothing but a frame, which tells where the CGI is.

    It is then asked for each year itself: these pages would be one for each year and committee.
    """
    check_whole(page)
    cgi = addresses.cgi_of(page)
    if cgi is None:
        raise PageChanged(page.url, "a frame with voiweb.exe", page.excerpt(ENCODING))
    yield from _year_lists(f"years/{name}", years, {**cb_kwargs, "cgi": cgi}, surely=True)


def parse_root(page: Page, **cb_kwargs: object) -> Iterator[Answer]:
    """The list without a year: a bar of years above the rows of one, or pages with all of them."""
    listing = _listing(page)
    own = _own_years(page, listing)
    if listing.years or len(listing.rows) >= listing.hits:
        yield from _year_lists("years", [*listing.years, *own], cb_kwargs, surely=True)
        return
    if not listing.pages:
        raise PageChanged(page.url, f"{listing.hits} rows", str(len(listing.rows)))
    number, address = max(listing.pages.items())
    last = -(-listing.hits // len(listing.rows))
    yield Follow(
        url=addresses.beside(page, re.sub(rf"([?&]PAGE=){number}\b", rf"\g<1>{last}", address)),
        parse=parse_last,
        key="list/last",
        cb_kwargs={**cb_kwargs, "newest": max(own)},
    )


def parse_last(page: Page, newest: int, **cb_kwargs: object) -> Iterator[Answer]:
    """The last page of all sittings tells the oldest year; the others lie between."""
    oldest = min(_own_years(page, _listing(page)))
    yield from _year_lists("years", range(oldest, newest + 1), cb_kwargs, surely=False)


def parse_list(
    page: Page,
    year: int,
    surely: bool,
    before: Sequence[str] = (),
    read: int = 0,
    number: int = 1,
    **cb_kwargs: object,
) -> Iterator[Answer]:
    """The sittings of a year, on one page or several: as many as the hit counter says.

    ``before`` are the documents on the pages before this one, ``read`` all rows there. A year that
    nothing says is held may be empty; where one is ``surely`` held, that is a broken answer.
    """
    if not surely and number == 1 and _NOTHING in _text(page):
        yield Listed(name=str(year))
        return
    cgi, listing = str(cb_kwargs["cgi"]), _listing(page)
    read += len(listing.rows)
    documents = list(before)
    for row in listing.rows:
        day = row.day(year)
        if day is not None and not year <= day.year <= year + 1:
            raise PageChanged(page.url, f"sittings of {year}", f"{row.name} ({day})")
        if not row.is_sitting:
            continue
        documents.append(f"{addresses.site(cgi)}/{row.fino}")
        if day is None or DaysWanted.of(cb_kwargs).hold(day):
            yield _speakers_of(row, day, cgi)
    if len(set(documents)) != len(documents):
        raise PageChanged(page.url, "each FINO once", "one of them on two pages")
    following = listing.pages.get(number + 1)
    if read < listing.hits and following and listing.rows:
        yield Follow(
            url=addresses.beside(page, following),
            parse=parse_list,
            key=f"list/{year}/{number + 1}",
            cb_kwargs={
                **cb_kwargs,
                "year": year,
                "surely": surely,
                "before": documents,
                "read": read,
                "number": number + 1,
            },
        )
        return
    if read != listing.hits:
        raise PageChanged(page.url, f"{listing.hits} rows", str(read))
    yield Listed(name=str(year), documents=tuple(documents))


def parse_speakers(page: Page, cgi: str, fino: str, **cb_kwargs: object) -> Iterator[Answer]:
    """The left frame (ACT=202): who spoke, under which mark, and on which printed page."""
    rows = sittings.entries(page, _tree(page), fino)
    day = str(cb_kwargs["day"]) if cb_kwargs["day"] else None
    yield Follow(
        url=f"{cgi}?ACT=203&{_ALL}&FINO={fino}&HATSUGENMODE=1&HYOUJIMODE=0&STYLE=0",
        parse=parse_text,
        key=f"{fino}/text",
        cb_kwargs={
            **cb_kwargs,
            "rows": [[row.huid, row.mark, row.label, row.page] for row in rows],
        },
        document=str(cb_kwargs["key"]),
        day=date.fromisoformat(day) if day else None,
    )


def parse_text(
    page: Page,
    key: str,
    title: str,
    name: str,
    url: str,
    day: str | None,
    certain: bool,
    rows: Sequence[Sequence[object]],
) -> Iterator[Answer]:
    """The whole sitting (ACT=203, HATSUGENMODE=1), cut at the HUID of each utterance.

    The day is that of UNID; a host without UNID is asked whether the roster prints another year.
    """
    listed = [_entry(row) for row in rows]
    cut = sittings.blocks(page, _text(page))
    if list(cut) != [row.huid for row in listed]:
        raise PageChanged(page.url, f"{len(listed)} utterances, as listed", f"{len(cut)} others")
    front, passages = sittings.passages(listed, cut, title, url)
    if not passages:
        raise PageChanged(page.url, "what anybody said", page.excerpt(ENCODING))
    roster = "\n".join(front)
    told = lists.told_day(date.fromisoformat(day) if day else None, certain, url, name, roster)
    if told is None:
        raise PageChanged(page.url, f"the day of {name}", "none")
    yield Found(
        key=key,
        title=name,
        date=told.day,
        url=url,
        passages=tuple(passages),
        front_matter="\n\n".join(front),
        reading=given_apart(passages, told.rule, told.printed),
    )


def _speakers_of(row: SittingRow, day: date | None, cgi: str) -> Follow:
    key = f"{addresses.site(cgi)}/{row.fino}"
    frames = f"{cgi}?ACT=200&{_ALL}"
    frames += "".join(
        f"&{name}={value}"
        for name, value in (("KGNO", row.kgno), ("FINO", row.fino), ("UNID", row.unid))
        if value
    )
    return Follow(
        url=f"{cgi}?ACT=202&{_ALL}&FINO={row.fino}&HATSUGENMODE=0&HYOUJIMODE=0&STYLE=0",
        parse=parse_speakers,
        key=f"{row.fino}/speakers",
        cb_kwargs={
            "cgi": cgi,
            "fino": row.fino,
            "key": key,
            "title": row.title,
            "name": row.name,
            "url": frames,
            "day": day.isoformat() if day else None,
            "certain": row.unid is not None,
        },
        document=key,
        day=day,
    )


def _year_lists(
    name: str, years: Iterable[int], cb_kwargs: Mapping[str, object], surely: bool
) -> Iterator[Answer]:
    held = sorted(set(years), reverse=True)
    for year in held:
        if DaysWanted.of(cb_kwargs).meet_years(year, year):
            yield Follow(
                url=f"{cb_kwargs['cgi']}?ACT=100&{_ALL}&FYY={year}&TYY={year}",
                parse=parse_list,
                key=f"list/{year}",
                cb_kwargs={**cb_kwargs, "year": year, "surely": surely},
                listing=str(year),
                newest=date(year, 12, 31),
            )
    yield Listed(name=name, listings=tuple(str(year) for year in held))


def _own_years(page: Page, listing: ListPage) -> list[int]:
    years = [year for row in listing.rows if (year := row.year)]
    if not years:
        raise PageChanged(page.url, "sittings with a year", f"{len(listing.rows)} rows")
    return years


def _entry(row: Sequence[object]) -> SpeakerRow:
    huid, mark, label, page = row
    return SpeakerRow(
        str(huid), str(mark), str(label), int(str(page)) if page is not None else None
    )


def _listing(page: Page) -> ListPage:
    return lists.read(page, _tree(page))


def _tree(page: Page) -> HtmlElement:
    check_whole(page)
    return page.tree(ENCODING)


def _text(page: Page) -> str:
    check_whole(page)
    return page.text(ENCODING)


PLATFORM = Platform(
    name="voices",
    # Considerate others wait 2 to 3.
    delay=3.0,
    signature=Signature(
        entry=rf"{HOST}/([A-Za-z0-9_-]+/)*([a-z0-9_]+\.(asp|html))?",
        page=r"\.gijiroku\.com/|\bvoiweb\.exe|/g0[78]v_[a-z0-9]+\.asp|^https?://[^/]+/voices/",
        text="cgi/voiweb.exe?ACT=203",
        recognises=recognises,
    ),
    cost=Cost(run=3, year=2, sitting=2),  # whole text, and side bar with pages
    start=start,
    parsers=(
        parse_entry,
        parse_years,
        parse_year,
        parse_root,
        parse_last,
        parse_list,
        parse_speakers,
        parse_text,
    ),
    bucket=bucket,
    expect=Expect(at_least=20, newest_within_days=400),
    robots_forbids_text=True,
)
