"""What a body's own pages have in common: lists of years, sessions and files, told by values alone.

A list page leads to documents that its source's ``documents`` match, where the words of the link
say that it is one, and to pages that ``pages`` match or that say so themselves (``levels``).
Written from facts of spring 2026 about some 400 bodies, without any recorded page of them: **never
checked against the real sites**.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum, auto
from typing import cast
from urllib.parse import urlsplit

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.page import Answer, Follow, Listed, Page, PageChanged, Parse, Wanted, refuse
from crawler.platforms.own_pages.addresses import glob, is_file, path_of, plain
from crawler.platforms.own_pages.levels import (
    MINUTES,
    ONE_SITTING,
    YEARS_ONLY,
    about_minutes,
    leads_on,
    lists_of_years,
    looks_like_minutes,
)
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

_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|jpe?g|png|gif|mp[34]|wmv|ics|csv|txt)(?:\?|$)", re.IGNORECASE
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
    levels: int = 3
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
    *,
    further: bool = True,
    guessed: bool = False,
) -> Iterator[Answer]:
    """One list page: further list pages and the documents on it, and what may have been missed.

    ``named`` are the words that led here. ``further``: links that say they lead on are followed
    where no pattern matches. ``guessed``: this page was come to so. Raises PageChanged where
    nothing on the page is a list or a document, unless it was guessed, or where ``area`` selects
    nothing.
    """
    refuse(page)
    chosen = options_of(options)
    tree = html(page)
    site = urlsplit(home)
    entry, here = path_of(home, home), path_of(page.url, home)
    days = DaysWanted.of({"since": since, "until": until})
    whole = {"options": dict(options), "home": home, "since": since, "until": until}
    every = _with_words(links(page, tree, chosen.area, chosen.headings))
    about, years = level > 0 or about_minutes(page.url, tree), lists_of_years(every)
    sorting = _Sorting(chosen, site.hostname, level, about, years, further)
    if not about and not any(sorting.follows(link) for link in every):
        # It is the list page of the source all the same.
        sorting = replace(sorting, about=True)
    follows: dict[str, Follow] = {}
    listings: dict[str, None] = {}
    missed: dict[str, str] = {}
    for link in every:
        key = path_of(link.url, home)
        if key in (here, entry):
            continue
        words = [*named, *(each for each in link.headings if each not in named), link.words]
        sort = sorting.of(link)
        if sort in (_Sort.LIST, _Sort.LEVEL):
            listings[key] = None
            if _within(words, days):
                below: dict[str, object] = {**whole, "level": level + 1, "named": words}
                follow = Follow(
                    url=link.url,
                    parse=parse,
                    key=f"list{key}",
                    cb_kwargs={**below, "guessed": True} if sort == _Sort.LEVEL else below,
                    listing=key,
                    newest=sitting_days.newest(words),
                )
                follows.setdefault(key, follow)
        elif sort == _Sort.DOCUMENT:
            sitting = Follow(
                url=link.url,
                parse=parse_document,
                key=f"document{key}",
                cb_kwargs={"options": whole["options"], "home": home, "named": words, "key": key},
                document=key,
                day=sitting_days.named_day(words),
            )
            follows.setdefault(key, sitting)
        elif sort == _Sort.NEAR_MISS:
            missed.setdefault(key, f"{link.words} {link.url}".strip())
    onward = _onward(page, tree, chosen)
    if onward is not None:
        key = path_of(onward, home)
        listings[key] = None
        cb_kwargs = {**whole, "level": level, "named": list(named)}
        cb_kwargs |= {"guessed": True} if guessed else {}
        follows.setdefault(
            key, Follow(url=onward, parse=parse, key=f"list{key}", cb_kwargs=cb_kwargs)
        )
    if not (follows or listings or guessed):
        raise PageChanged(page.url, "links to lists or minutes", _nothing(tree, missed))
    yield from follows.values()
    yield Listed(
        name="list" if here == entry else here,
        documents=tuple(each.document for each in follows.values() if each.document),
        listings=tuple(listings),
        near_misses=tuple(said for key, said in missed.items() if key not in follows),
    )


class _Sort(Enum):
    LIST = auto()
    LEVEL = auto()
    DOCUMENT = auto()
    NEAR_MISS = auto()


@dataclass(frozen=True, slots=True)
class _Sorting:
    """What the links of one page are: by the patterns, else by what they say of themselves."""

    chosen: Options
    home: str | None
    level: int
    about: bool
    years: Collection[int]
    further: bool

    def follows(self, link: Link) -> bool:
        return self.of(link) not in (None, _Sort.NEAR_MISS)

    def of(self, link: Link) -> _Sort | None:
        host = urlsplit(link.url).hostname
        chosen, said, address = self.chosen, half_width(link.words), plain(link.url)
        ours = host == self.home or host in chosen.hosts
        leads_deeper = self.level < chosen.levels
        is_page = bool(glob(chosen.pages).fullmatch(address)) and not _FILE.search(address)
        is_document = bool(glob(chosen.documents).fullmatch(address))
        is_list = is_page and leads_deeper and _is_list(link, said)
        if ours and is_list and not (is_document and ONE_SITTING.search(said)):
            return _Sort.LIST
        if ours and is_document and _is_document(link, said, chosen):
            return _Sort.DOCUMENT
        if not self.further or (ours and is_document) or (ours and is_page and leads_deeper):
            return None
        if ours and leads_on(link, said, about=self.about, years=self.years):
            return _Sort.LEVEL if leads_deeper else _Sort.NEAR_MISS
        # A page of another host is the search of a system, a file there a sitting's.
        if (ours or is_file(link.url)) and not self._unwanted(said):
            return _Sort.NEAR_MISS if looks_like_minutes(link, said, about=self.about) else None
        return None

    def _unwanted(self, said: str) -> bool:
        """Whether the options leave such words out."""
        kept = not self.chosen.keep or any(half_width(word) in said for word in self.chosen.keep)
        return not kept or any(half_width(word) in said for word in self.chosen.skip)


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
    names_lists = _LIST.search(words) or YEARS_ONLY.fullmatch(words)
    return bool(names_lists) and not SKIPPED.search(words)


def _is_document(link: Link, words: str, chosen: Options) -> bool:
    if SKIPPED.search(words) or any(half_width(word) in words for word in chosen.skip):
        return False
    if chosen.keep:
        return any(half_width(word) in words for word in chosen.keep)
    return bool(
        SITTING.search(words)
        or sitting_days.month_and_day(words)
        or any(MINUTES.search(heading) for heading in link.headings)
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


def _nothing(tree: HtmlElement, missed: Mapping[str, str]) -> str:
    """What stands there in the place of links that are followed."""
    if missed:
        return f"none that is configured; near misses: {'; '.join(list(missed.values())[:3])}"
    return _excerpt(tree)


def _excerpt(tree: HtmlElement) -> str:
    text = " ".join(str(tree.text_content()).split())
    return repr(text[:60]) if text else "nothing"
