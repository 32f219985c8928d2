"""What a body's own pages have in common: lists of years, sessions and files, told by values alone.

A list page leads to pages that its source's ``pages`` match and to documents that ``documents``
match, where the words of the link say that it is one. Written from facts of spring 2026 about some
400 bodies, without any recorded page of them: **never checked against the real sites**.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import cast
from urllib.parse import urlsplit

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.page import Answer, Follow, Listed, Page, PageChanged, Parse, Wanted, refuse
from crawler.platforms.own_pages.addresses import glob, path_of, placed, plain
from crawler.platforms.own_pages.links import (
    SITTING,
    SKIPPED,
    Link,
    half_width,
    html,
    links,
    text_of,
)
from crawler.reading import sitting_days
from crawler.reading.days_wanted import DaysWanted, carried
from kazami.sources import Expect, Source

DELAY = 3.0
"""Seconds; small bodies' own machines, which nobody has asked yet."""

EXPECT = Expect(at_least=4, newest_within_days=500)
"""The plenary only, four sessions a year."""

MOST_LEVELS = 4
_LIST = re.compile(r"会議録|議事録|会議記録|本会議|定例|臨時|委員会")
_MINUTES = re.compile(r"会議録|議事録")
_YEARS_ONLY = re.compile(
    r"(?=.*(?:年|[RHS]\d|(?:19|20)\d\d))"
    r"(?:(?:令和|平成|昭和)|\d++|元|年度?|[RHS](?=\d)|月|分|議会|会議|開催|西暦|以前|以降|から|まで|の|"
    r"[\s()・、,.~〜～\-‐–―])++"
)
"""令和6年, 平成31年・令和元年, 2024年度分: not 令和6年度予算."""

_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|jpe?g|png|gif|mp[34]|wmv|ics|csv|txt)(?:\?|$)", re.IGNORECASE
)
_ONE_SITTING = re.compile(
    r"月\s*\d+\s*日|第\s*\d+\s*日|"
    r"第?\s*(?<![\d一二三四五六七八九十])[\d一二三四五六七八九十]++\s*(?:号|日目)"
)
_NEXT = re.compile(r"次へ|次の?\s*(?:ページ|頁|\d+件)へ?|次|[>›»]+|→|next", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What ``config/sources`` says of one body's pages.

    ``documents`` and ``pages`` are addresses with ``*`` for a part of a path and ``**`` for
    anything. ``levels`` is how many pages stand between the entry and a document. ``area`` and
    ``headings`` are CSS selectors: where the links stand, and what beside h1…h6 entitles them;
    ``next`` selects the link to the rest of a list. A link's words must hold one of ``keep`` and
    none of ``skip``. ``hosts`` are further hosts that links may lead to. For HTML, ``text`` and
    ``speakers`` select what was said and who says it where no mark does; ``frame`` is the address
    of the frame that holds the text.
    """

    documents: tuple[str, ...]
    pages: tuple[str, ...] = ()
    levels: int = 2
    area: str = ""
    headings: str = ""
    next: str = ""
    keep: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    text: str = ""
    speakers: str = ""
    frame: str = ""


OF_HTML = ("text", "speakers", "frame")

_LISTS = {"documents", "pages", "keep", "skip", "hosts"}
_SELECTORS = ("area", "headings", "next", "text", "speakers")


def check_options(options: Mapping[str, object]) -> list[str]:
    """One line for each mistake in a source's ``options``; none where all is well."""
    known = {field.name for field in fields(Options)}
    mistakes = [f"unknown option {name!r}" for name in options if name not in known]
    if "documents" not in options:
        mistakes.append("documents is missing: the addresses of the minutes, like https://…/*.pdf")
    for name, value in options.items():
        if name in _LISTS:
            if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
                mistakes.append(f"{name} must be a list of texts")
            elif name in ("documents", "pages"):
                mistakes += [
                    f"{name}: {each!r} is no http(s) address"
                    for each in value
                    if not re.match(r"https?://[^/*]+/", each)
                ]
            elif name == "hosts":
                mistakes += [
                    f"hosts: {each!r} is no host's name"
                    for each in value
                    if not re.fullmatch(r"[a-z0-9.-]+", each)
                ]
        elif name == "levels":
            if not isinstance(value, int) or not 0 <= value <= MOST_LEVELS:
                mistakes.append(f"levels must be a number from 0 to {MOST_LEVELS}")
        elif name in known and not isinstance(value, str):
            mistakes.append(f"{name} must be a text")
        if name in _SELECTORS and isinstance(value, str):
            try:
                CSSSelector(value)
            except Exception as error:
                mistakes.append(f"{name}: {value!r} is no CSS selector ({error})")
    return mistakes


def options_of(options: Mapping[str, object]) -> Options:
    """The options of a source, checked; raises ValueError with the first mistake."""
    mistakes = check_options(options)
    if mistakes:
        raise ValueError(f"options: {mistakes[0]}")
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in options.items()
    }
    return Options(**values)  # type: ignore[arg-type]


def start(source: Source, wanted: Wanted, parse: Parse) -> Iterator[Follow]:
    """The list page; ``parse`` reads it."""
    if not source.options:
        return
    options_of(source.options)
    yield Follow(
        url=source.url,
        parse=parse,
        key="list",
        cb_kwargs={
            "options": {
                name: list(value) if isinstance(value, tuple) else value
                for name, value in source.options.items()
            },
            "home": source.url,
            **carried(wanted),
        },
    )


def parse_list(
    page: Page,
    parse: Parse,
    parse_document: Parse,
    options: Mapping[str, object],
    home: str,
    level: int = 0,
    named: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
) -> Iterator[Answer]:
    """One list page: further list pages and the documents on it.

    ``named`` are the words that led here. Raises PageChanged where nothing on the page is either,
    or where ``area`` selects nothing.
    """
    refuse(page)
    chosen = options_of(options)
    tree = html(page)
    here = path_of(page.url, home)
    days = DaysWanted.of({"since": since, "until": until})
    whole = {"options": dict(options), "home": home, "since": since, "until": until}
    site = urlsplit(home)
    hosts = {site.hostname, *chosen.hosts}
    sorted_as: dict[str, tuple[bool, bool]] = {}
    follows: dict[str, Follow] = {}
    listings: dict[str, None] = {}

    def wanted(url: str) -> bool:
        sorted_as[url] = _sorts(url, chosen, level)
        return any(sorted_as[url])

    for link in _with_words(links(page, tree, chosen.area, chosen.headings, wanted)):
        host, key = placed(link.url, site)
        if host not in hosts or key == here:
            continue
        words = [*named, *(each for each in link.headings if each not in named), link.words]
        may_be_list, may_be_document = sorted_as[link.url]
        said = half_width(link.words)
        if (
            may_be_list
            and _is_list(link, said)
            and not (may_be_document and _ONE_SITTING.search(said))
        ):
            listings[key] = None
            if _within(words, days):
                below = Follow(
                    url=link.url,
                    parse=parse,
                    key=f"list{key}",
                    cb_kwargs={**whole, "level": level + 1, "named": words},
                    listing=key,
                    newest=sitting_days.newest(words),
                )
                follows.setdefault(key, below)
        elif may_be_document and _is_document(link, said, chosen):
            sitting = Follow(
                url=link.url,
                parse=parse_document,
                key=f"document{key}",
                cb_kwargs={"options": whole["options"], "home": home, "named": words, "key": key},
                document=key,
                day=sitting_days.named_day(words),
            )
            follows.setdefault(key, sitting)
    onward = _onward(page, tree, chosen)
    if onward is not None:
        key = path_of(onward, home)
        listings[key] = None
        cb_kwargs = {**whole, "level": level, "named": list(named)}
        follows.setdefault(
            key, Follow(url=onward, parse=parse, key=f"list{key}", cb_kwargs=cb_kwargs)
        )
    if not (follows or listings):
        raise PageChanged(page.url, "links to lists or minutes", _excerpt(tree))
    yield from follows.values()
    yield Listed(
        name="list" if here == path_of(home, home) else here,
        documents=tuple(each.document for each in follows.values() if each.document),
        listings=tuple(listings),
    )


def _sorts(url: str, chosen: Options, level: int) -> tuple[bool, bool]:
    """Whether the address may be that of a list, and of a document."""
    address = plain(url)
    leads_on = level < chosen.levels and glob(chosen.pages).fullmatch(address)
    is_document = bool(glob(chosen.documents).fullmatch(address))
    return bool(leads_on) and not _FILE.search(address), is_document


def _with_words(found: Iterator[Link]) -> list[Link]:
    """Without the icons that lead to the same address as words beside them."""
    every = list(found)
    named = {link.url for link in every if link.words}
    return [link for link in every if link.words or link.url not in named]


def _within(words: Sequence[str], days: DaysWanted) -> bool:
    """Whether a list page under these words can hold days that are wanted."""
    span, newest = sitting_days.year(words), sitting_days.newest(words)
    return span is None or newest is None or days.meet(span.start, newest)


def _is_list(link: Link, said: str) -> bool:
    words = said or half_width(" ".join(link.headings[-1:]))
    names_lists = _LIST.search(words) or _YEARS_ONLY.fullmatch(words)
    return bool(names_lists) and not SKIPPED.search(words)


def _is_document(link: Link, words: str, chosen: Options) -> bool:
    if SKIPPED.search(words) or any(half_width(word) in words for word in chosen.skip):
        return False
    if chosen.keep:
        return any(half_width(word) in words for word in chosen.keep)
    return bool(
        SITTING.search(words)
        or sitting_days.month_and_day(words)
        or any(_MINUTES.search(heading) for heading in link.headings)
    )


def _onward(page: Page, tree: HtmlElement, chosen: Options) -> str | None:
    """The address of the rest of this list."""
    found = cast("list[HtmlElement]", CSSSelector(chosen.next)(tree)) if chosen.next else []
    if not chosen.next:
        found = [a for a in tree.iter("a") if _NEXT.fullmatch(text_of(a).strip())]
    here = urlsplit(page.url)
    for link in found:
        url = page.link(str(link.get("href") or "")).partition("#")[0]
        there = urlsplit(url)
        same = there.path.rpartition("/")[0] == here.path.rpartition("/")[0]
        if there.hostname == here.hostname and same and url.partition("#")[0] != page.url:
            return url
    return None


def _excerpt(tree: HtmlElement) -> str:
    text = " ".join(str(tree.text_content()).split())
    return repr(text[:60]) if text else "nothing"
