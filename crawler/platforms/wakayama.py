"""和歌山県議会's own pages: one index of all sessions, a page per session, one per sitting; UTF-8.

Signature: ``/gijiroku/d00….html`` (older ones ``p0….html``) under www.pref.wakayama.lg.jp, with
``div.article``, ``div#content`` and ``div.title h1``. Written after the description of others who
read 907 sittings in 2026; *never checked against the real site*. They report: office-holders stand
in brackets (○議長（…君）), members bare (○…君); ○ is 〇 in some sittings; the link to a whole
sitting begins with ◎ and is called 全文 or 本文; one link of 令和7年6月 leads to another year's
sitting; one sitting of 1996 misprints its day and is refused here. Each member's slice of a
sitting is linked too, and left out. Committees (/gijiroku2/) are notes in a form of their own, and
are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urldefrag, urlsplit

from lxml.html import HtmlElement

from crawler.page import Answer, Follow, Found, Listed, Page, PageChanged, Wanted
from crawler.platform import Cost, Platform, Signature
from crawler.reading.days_wanted import DaysWanted, carried
from crawler.reading.html_lines import lines
from crawler.reading.marked_text import marked_passages
from crawler.reading.quality import day_words
from crawler.reading.whole_pages import check_ended
from kazami.dates import DateError, find_date
from kazami.reading_rules import DayRule
from kazami.sources import Expect, Source

ENCODING = "utf-8"

_PLACE = re.compile(r"/gijiroku/(?P<name>[a-z]+[0-9]+)\.html$")
_SESSION = re.compile(r"(?:定例会|臨時会)$")
_YEAR = re.compile(r"(令和|平成|昭和)\s*([元0-9０-９一二三四五六七八九十]{1,3})年")
_DAY = re.compile(r"(?:令和|平成|昭和)[^（）()\n]{1,24}日[ \u3000]*[（(][日月火水木金土]曜日?[）)]")


def recognises(url: str, html: str) -> bool:
    """Whether this is an address of 和歌山県議会's minutes, or their index."""
    parts = urlsplit(url)
    if parts.hostname == "www.pref.wakayama.lg.jp" and parts.path.startswith("/gijiroku/"):
        return True
    return "和歌山県" in html and re.search(r"/gijiroku/[dp]0[0-9]+\.html", html) is not None


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """The one page with all sessions since 1989."""
    yield Follow(
        url=source.url,
        parse=parse_index,
        key="index",
        cb_kwargs={
            **carried(wanted),
        },
    )


def parse_index(page: Page, **cb_kwargs: object) -> Iterator[Answer]:
    """Links called 2月定例会, 5月臨時会; the year stands somewhere before them."""
    found: dict[str, None] = {}
    for name, label, url, year in _links(page, _tree(page)):
        if not _SESSION.search(label) or name in found:
            continue
        found[name] = None
        if year and not DaysWanted.of(cb_kwargs).meet_years(year, year + 1):
            continue
        yield Follow(
            url=url,
            parse=parse_session,
            key=f"session/{name}",
            cb_kwargs={"session": name},
            listing=name,
            newest=date(year + 1, 3, 31) if year else None,
        )
    if not found:
        raise PageChanged(page.url, "links to sessions, called …定例会 or …臨時会")
    yield Listed(name="index", listings=tuple(found))


def parse_session(page: Page, session: str) -> Iterator[Answer]:
    """Links that begin with ◎ lead to whole sittings, the others to slices of the same."""
    found: dict[str, str] = {}
    for name, label, url, _ in _links(page, _tree(page)):
        if label.startswith("◎") and name != session:
            found.setdefault(name, url)
    if not found:
        raise PageChanged(page.url, "a link to a whole sitting, called ◎第…号全文")
    for name, url in found.items():
        yield Follow(
            url=url,
            parse=parse_sitting,
            key=f"{name}/text",
            cb_kwargs={"name": name},
            document=name,
        )
    yield Listed(name=session, documents=tuple(found))


def parse_sitting(page: Page, name: str) -> Iterator[Answer]:
    """The whole text of a sitting; its day is the first one with a day of the week."""
    tree = _tree(page)
    content = tree.get_element_by_id("content", None)
    heads = [
        head.text_content().strip()
        for box in tree.iter("div")
        if _has(box, "title")
        for head in box.iter("h1")
    ]
    if content is None or len(heads) != 1 or not heads[0]:
        raise PageChanged(page.url, "one title and the content", f"{len(heads)} titles")
    before, passages, reading = marked_passages(page, lines(content))
    printed = _DAY.search(before)
    try:
        day = find_date(printed[0]) if printed else None
    except DateError as error:
        raise PageChanged(page.url, "a day that exists", str(error)) from error
    if day is None or printed is None:
        raise PageChanged(page.url, "the sitting's day with its day of the week", before[-60:])
    yield Found(
        key=name,
        title=heads[0],
        date=day,
        url=page.url,
        passages=passages,
        front_matter=before.removeprefix(heads[0]).strip(),
        reading=replace(reading, day_rule=DayRule.PRINTED.value, day_printed=day_words(printed[0])),
    )


def _tree(page: Page) -> HtmlElement:
    check_ended(page, ENCODING)
    return page.tree(ENCODING)


def _links(page: Page, tree: HtmlElement) -> Iterator[tuple[str, str, str, int | None]]:
    """Name, label, address of each link in the article, and the year printed before it."""
    articles = [box for box in tree.iter("div") if _has(box, "article")]
    if not articles:
        raise PageChanged(page.url, "div.article")
    for article in articles:
        year: int | None = None
        for element in article.iter():
            if not isinstance(element.tag, str):
                continue
            year = _year(element.text) or year
            if element.tag == "a" and element.get("href"):
                url = urldefrag(page.link(str(element.get("href"))))[0]
                place = _PLACE.search(urlsplit(url).path)
                if place:
                    yield place["name"], "".join(element.text_content().split()), url, year
            year = _year(element.tail) or year


def _year(text: str | None) -> int | None:
    printed = _YEAR.search(text or "")
    if printed is None:
        return None
    try:
        day = find_date(f"{printed[0]}12月1日")
    except DateError:
        return None
    return day.year if day else None


def _has(element: HtmlElement, name: str) -> bool:
    return name in (element.get("class") or "").split()


PLATFORM = Platform(
    name="wakayama",
    # Robots.txt is 404 by one report, and the pages say index, follow.
    delay=2.0,
    signature=Signature(
        entry=r"https://www\.pref\.wakayama\.lg\.jp/gijiroku/[a-z0-9]+\.html",
        page=r"pref\.wakayama\.lg\.jp/gijiroku",
        recognises=recognises,
    ),
    cost=Cost(run=2, year=4, sitting=1),
    start=start,
    parsers=(
        parse_index,
        parse_session,
        parse_sitting,
    ),
    expect=Expect(at_least=20, newest_within_days=400),
)
