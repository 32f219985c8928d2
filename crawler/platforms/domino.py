"""静岡県議会's minutes in Lotus Domino (www2.pref.shizuoka.jp/all/ggiji.nsf): a view, many pages.

Signature: ``.nsf/WebView1?OpenView`` and links that end in ``?OpenDocument``. Written after the
description of others who read 32,275 pages in 2026; *never checked against the real site*. They
report: the bytes are cp932, whatever the page says; the view opens one session with ``Expand=N``;
a page is no sitting but one question, answer or report; its day is month-first (質問日：06/23/2025)
or 日時 令和…; 目次 and 【委員会概要】 hold no words; the text stands in ``div#notes``; before 2004
the parts of a marker stand on lines of their own; in committees (comgiji.nsf) a marker is a whole
line (○例示委員). robots.txt is 404, but every page says ``meta robots none``: we ask first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.page import Answer, Follow, Found, Listed, Page, PageChanged, Wanted
from crawler.platform import HOST, Cost, Platform, Signature
from crawler.reading.days_wanted import DaysWanted, carried
from crawler.reading.html_lines import lines
from crawler.reading.marked_text import marked_passages
from crawler.reading.quality import day_words
from crawler.reading.spacing import without_space
from crawler.reading.whole_pages import check_ended
from kazami.dates import DateError, parse_date
from kazami.reading_rules import DayRule
from kazami.sources import Expect, Source

ENCODING = "cp932"

_ROWS = 1000
"""As many rows of a view as one answer gave to others; the default is 30, without a word."""

_SESSION = re.compile(
    r"(?:令和|平成)\s*[元0-9０-９]{1,2}年\s*[0-9０-９]{1,2}月[^\s「」、。]{0,40}?(?:定例会|臨時会|委員会|協議会)"
    r"[^\s「」、。]{0,30}"
)
_YEAR = re.compile(r"(?:令和|平成)\s*[元0-9０-９]{1,2}年\s*[0-9０-９]{1,2}月")
_EXPAND = re.compile(r"[?&]Expand=([0-9]{1,4})(?:[#&]|$)", re.IGNORECASE)
_DOCUMENT = re.compile(r"/(?P<id>[0-9a-f]{8,40})\?OpenDocument", re.IGNORECASE)
_NO_WORDS = re.compile(r"目次|委員会概要")
_MONTH_FIRST = re.compile(r"(?:質問日|発言日)[:：]\s*([01]?[0-9])/([0-3]?[0-9])/([12][0-9]{3})")
_IN_WORDS = re.compile(
    r"日時[\s\u3000]*((?:令和|平成)\s*[元0-9０-９]{1,2}年\s*[0-9０-９]{1,2}月\s*[0-9０-９]{1,2}日)"
)
_BROKEN_MARKER = re.compile(
    r"^(?P<mark>[○〇])[ \u3000]*(?P<office>[^\s（()）]{1,24})\s*[（(]\s*"
    r"(?P<name>[^\s（()）]{1,24}君)\s*[）)][ \u3000]*\n?",
    re.MULTILINE,
)
_NO_MARK = re.compile(
    r"^(?=[^\s○〇◯◎●◆（()）。、「」]{1,24}[（(][^（()）\n]{1,24}君[）)](?:[ \u3000]|$))",
    re.MULTILINE,
)


def recognises(url: str, html: str) -> bool:
    """Whether this is an address or a view of a Domino database of minutes."""
    if re.search(r"\.nsf(?:/|$)", urlsplit(url).path, re.IGNORECASE):
        return True
    return bool(re.search(r"\.nsf/[^\"'>]{0,500}\?Open(?:View|Document)", html, re.IGNORECASE))


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """The view 開催別 with every session closed."""
    base = source.url.rstrip("/")
    yield Follow(
        url=f"{base}/WebView1?OpenView&Start=1&Count={_ROWS}",
        parse=parse_view,
        key="view",
        cb_kwargs={
            "base": base,
            "name": urlsplit(base).path.rpartition("/")[2].removesuffix(".nsf"),
            **carried(wanted),
        },
    )


def parse_view(page: Page, **cb_kwargs: object) -> Iterator[Answer]:
    """Sessions, newest first. Their numbers shift with every new one; their names do not."""
    tree = _tree(page)
    found: dict[str, None] = {}
    for row in tree.iter("tr"):
        expands = [_EXPAND.search(link.get("href") or "") for link in row.iter("a")]
        number = next((each[1] for each in expands if each), None)
        printed = _SESSION.search(without_space(row.text_content()))
        if number is None or printed is None or next(row.iter("table"), None) is not None:
            continue
        session = printed[0]
        if session in found:
            continue
        found[session] = None
        begin = _begin(session)
        if begin and not _may_hold(begin, cb_kwargs):
            continue
        yield Follow(
            url=f"{cb_kwargs['base']}/WebView1?OpenView&Start=1&Count={_ROWS}&Expand={number}",
            parse=parse_session,
            key=f"session/{session}",
            cb_kwargs={"base": cb_kwargs["base"], "name": cb_kwargs["name"], "session": session},
            listing=session,
            newest=date(begin.year + 1, begin.month, 1) if begin else None,
        )
    if not found:
        raise PageChanged(page.url, "sessions that can be opened", _excerpt(tree))
    yield Listed(name="view", listings=tuple(found))


def parse_session(page: Page, base: str, name: str, session: str) -> Iterator[Answer]:
    """The view with one session open: its pages, which are all that can be followed there."""
    tree = _tree(page)
    if session not in without_space(tree.text_content()):
        raise PageChanged(page.url, session, _excerpt(tree))
    found: dict[str, None] = {}
    for link in tree.iter("a"):
        document = _DOCUMENT.search(link.get("href") or "")
        if document is None:
            continue
        label = link.text_content().strip()
        key = f"{name}/{document['id'].upper()}"
        if key in found or _NO_WORDS.search(label):
            continue
        found[key] = None
        yield Follow(
            url=page.link(str(link.get("href"))),
            parse=parse_document,
            key=f"{key}/text",
            cb_kwargs={"key": key, "title": f"{session}\u3000{label}".strip()},
            document=key,
        )
    if not found:
        raise PageChanged(page.url, f"what was said in {session}", _excerpt(tree))
    yield Listed(name=session, documents=tuple(found))


def parse_document(page: Page, key: str, title: str) -> Iterator[Answer]:
    """One question with its answers, one answer, or one report."""
    notes = _tree(page).get_element_by_id("notes", None)
    if notes is None:
        raise PageChanged(page.url, "div#notes")
    text = lines(notes)
    day, printed = _day(page, text)
    front, passages, reading = marked_passages(page, _marked(text))
    yield Found(
        key=key,
        title=title,
        date=day,
        url=page.url,
        passages=passages,
        front_matter=front,
        reading=replace(reading, day_rule=DayRule.PAGE_FIELD.value, day_printed=day_words(printed)),
    )


def _marked(text: str) -> str:
    """The text with each marker on one line and with a mark."""
    text = _BROKEN_MARKER.sub(r"\g<mark>\g<office>（\g<name>）　", text)
    return _NO_MARK.sub("○", text)


def _day(page: Page, text: str) -> tuple[date, str]:
    """The day that the page names, and the words that do."""
    first, words = _MONTH_FIRST.search(text), _IN_WORDS.search(text)
    try:
        if first:
            return date(int(first[3]), int(first[1]), int(first[2])), first[0]
        if words:
            return parse_date(words[1]), words[0]
    except (ValueError, DateError) as error:
        raise PageChanged(page.url, "a day that exists", str(error)) from error
    raise PageChanged(page.url, "質問日 or 発言日", repr(text[:60]))


def _begin(session: str) -> date | None:
    """The first of the month that a session is called after."""
    printed = _YEAR.search(session)
    try:
        return parse_date(f"{printed[0]}1日") if printed else None
    except DateError:
        return None


def _may_hold(begin: date, cb_kwargs: Mapping[str, object]) -> bool:
    """Whether a session that began then can hold wanted days; it may go on into the next year."""
    return DaysWanted.of(cb_kwargs).meet(begin, date(begin.year + 1, 12, 31))


def _tree(page: Page) -> HtmlElement:
    check_ended(page, ENCODING)
    return page.tree(ENCODING)


def _excerpt(tree: HtmlElement) -> str:
    return repr(" ".join(tree.text_content().split())[:60])


PLATFORM = Platform(
    name="domino",
    # Others waited 2.
    delay=3.0,
    signature=Signature(
        entry=rf"{HOST}/.+\.nsf/?",
        page=r"\.nsf(/|$)",
        recognises=recognises,
    ),
    cost=Cost(run=2, year=1, sitting=60),  # an utterance is a document
    start=start,
    parsers=(
        parse_view,
        parse_session,
        parse_document,
    ),
    expect=Expect(at_least=20, newest_within_days=400),
    # Not by robots.txt: by ``nofollow`` on the very pages that we would follow.
    robots_forbids_text=True,
)
