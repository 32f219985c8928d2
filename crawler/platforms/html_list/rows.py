"""The rows of a list: by a source's selectors, or where rows of one shape hold a link and a day."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import cast
from urllib.parse import urlsplit

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.page import Page, PageChanged
from crawler.platforms.html_list.options import ListOptions
from crawler.platforms.notices.addresses import followable
from crawler.platforms.own_pages.links import half_width, plain_words, text_of
from kazami.dates import find_dates

_CHROME = ("nav", "aside", "header", "footer", "script", "style", "noscript", "template", "form")
_BESIDE_CONTENT = re.compile(
    r"(?:^|[\s_-])(?:side(?:bar|menu|navi?)?|aside|recent(?:[_-]?(?:posts?|entries))?|rank(?:ing)?|related|"
    r"widget|[glms]?nav(?:i|igation)?|subnav|breadcrumbs?|pankuzu|topicpath)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names (id, class) of what stands beside a page's content: recent posts, rankings, menus."""

_NEXT = re.compile(
    r"[\W_]*(?:次(?:の?\s*(?:ページ|頁|\d+\s*件))?へ?|next(?:\s*page)?|古い(?:記事|投稿)へ?)[\W_]*|[>›»→]+",
    re.IGNORECASE,
)
"""次へ>, [次のページ], 次の20件 »."""

_PUBLISHED = re.compile(r"公告|公開|公表|掲載|発表|登録|更新|告示|日付|年月日|^日$")
_ANOTHER_DAY = re.compile(
    r"締切|〆切|期限|まで|から|開札|入札日|開催|受付|募集|実施|説明会|必着|[～〜~]"
)
_OF_ONE_ROW = 2
"""Places in which a list links to one page; what is linked to more often is no notice."""

_FEWEST = 2
"""Rows, for a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """One row: where it leads, its day with the words it is from, and its cells by their names."""

    title: str
    href: str
    day: date | None = None
    dated_by: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)


def rows(page: Page, tree: HtmlElement, options: ListOptions) -> Iterator[NoticeRow]:
    """The rows in their order; raises PageChanged where there is none."""
    areas = _select(tree, options.area) if options.area else [tree]
    if not areas:
        raise PageChanged(page.url, f"{options.area!r}")
    if options.item:
        items = [each for area in areas for each in _select(area, options.item)]
        if not items:
            raise PageChanged(page.url, f"{options.item!r}")
    else:
        items = max((_of_one_shape(page, area) for area in areas), key=len)
        if len(items) < _FEWEST:
            raise PageChanged(
                page.url, "rows that each hold a link and a day (or the options item, title, date)"
            )
    for item in items:
        link = _link(item, options.title)
        if link is None:
            if item.tag == "tr" and item.find(".//th") is not None:  # the head of a table
                continue
            yield NoticeRow(title="", href="")
            continue
        cells = _cells(item)
        words = _dated(item, link, cells, options)
        days = find_dates(half_width(words))
        yield NoticeRow(
            title=plain_words(link),
            href=str(link.get("href") or ""),
            day=days[0][2] if days else None,
            dated_by=words if days else "",
            cells=cells,
        )


def next_page(page: Page, tree: HtmlElement, options: ListOptions) -> str | None:
    """The address of the rest of the list."""
    found = _select(tree, options.next) if options.next else []
    if not options.next:
        found = [a for a in tree.iter("a") if _NEXT.fullmatch(half_width(text_of(a)).strip()[:40])]
        found = [a for a in tree.iter("a", "link") if a.get("rel") == "next"] or found
    for link in found:
        url = followable(page, str(link.get("href") or ""))
        if url is None or url == page.url.partition("#")[0]:
            continue
        if options.next or urlsplit(url).hostname == urlsplit(page.url).hostname:
            return url
    return None


def _of_one_shape(page: Page, area: HtmlElement) -> list[HtmlElement]:
    """The elements of one shape that hold one link each, most of them a day: those with most."""
    chrome = {
        inner
        for each in area.iter(*_CHROME)
        if each.tag != "header" or next(each.iterancestors("article"), None) is None
        for inner in each.iter("a")
    }
    for each in area.iter(etree.Element):
        names = f"{each.get('id') or ''} {each.get('class') or ''}"
        if each.tag not in ("html", "body") and _BESIDE_CONTENT.search(names):
            chrome.update(each.iter("a"))
    links = [a for a in area.iter("a") if a not in chrome and (a.get("href") or "").strip("# ")]
    # The link to a department stands in each of its rows; an icon beside the words has none.
    times = Counter(a.get("href") for a in links)
    links = [a for a in links if times[a.get("href")] <= _OF_ONE_ROW and text_of(a).strip()]
    counts: dict[HtmlElement, int] = defaultdict(int)
    for link in links:
        for above in link.iterancestors():
            counts[above] += 1
    groups: dict[tuple[str | None, ...], dict[HtmlElement, list[HtmlElement]]] = {}
    for link in links:
        item = link
        for above in link.iterancestors():
            if counts[above] != 1 or above is area:
                break
            item = above
        parent = item.getparent()
        if item is link or parent is None:
            continue
        shape = (str(item.tag), str(parent.tag), parent.get("class"))
        groups.setdefault(shape, {}).setdefault(parent, []).append(item)
    best: list[HtmlElement] = []
    most = 0
    for by_parent in groups.values():
        # A menu beside the list may have its shape, and has no days.
        parts = {part: sum(map(_has_day, part)) for part in map(tuple, by_parent.values())}
        kept = [part for part, days in parts.items() if 2 * days >= len(part)]
        if (dated := sum(parts[part] for part in kept)) > most:
            best, most = [item for part in kept for item in part], dated
    return best


def _has_day(item: HtmlElement) -> bool:
    link = _link(item, "")
    return link is not None and bool(find_dates(half_width(_beside(item, link))))


def _link(item: HtmlElement, title: str) -> HtmlElement | None:
    """The row's link: the selected one, else the one with most words."""
    within = _select(item, title) if title else [item]
    links = [a for each in within for a in each.iter("a") if a.get("href") and plain_words(a)]
    # Beside the notice a row may link to its department; titles are longer than such names.
    return max(links, key=lambda a: len(plain_words(a)), default=None)


def _cells(item: HtmlElement) -> dict[str, str]:
    """What a row prints beside its link under names: th and td, dt and dd, a table's columns."""
    found: dict[str, str] = {}
    if item.tag == "tr":
        table = next(item.iterancestors("table"), None)
        names = _columns(table) if table is not None else []
        values = list(item.iterchildren("td", "th"))
        if len(names) == len(values):
            found = {name: _words(cell) for name, cell in zip(names, values, strict=True) if name}
    for row in item.iter("tr"):
        head, cell = row.find("th"), row.find("td")
        if row is not item and head is not None and cell is not None:
            found.setdefault(_words(head), _words(cell))
    name = ""
    for each in item.iter("dt", "dd"):
        if each.tag == "dt":
            name = _words(each)
        elif name:
            found.setdefault(name, _words(each))
    return {name: cell for name, cell in found.items() if name and cell}


def _columns(table: HtmlElement) -> list[str]:
    """The names of a table's columns: its first row, where that leads nowhere."""
    first = next(table.iter("tr"), None)
    if first is None or first.find(".//a[@href]") is not None:
        return []
    return [_words(cell) for cell in first.iterchildren("th", "td")]


def _dated(
    item: HtmlElement, link: HtmlElement, cells: Mapping[str, str], options: ListOptions
) -> str:
    """The words that say when the notice was published; empty where that cannot be told.

    A day in the title has no role, and one that is called a deadline is none of publication.
    """
    if options.date:
        return " ".join(_words(each) for each in _select(item, options.date))
    for name, cell in cells.items():
        if _PUBLISHED.search(name) and not _ANOTHER_DAY.search(name):
            return cell
    if cells:
        return ""
    for each in item.iter("time"):
        if find_dates(half_width(_words(each))):
            return _words(each)
        if each.get("datetime"):
            return str(each.get("datetime"))
    words = _beside(item, link)
    days = find_dates(half_width(words))
    return words if len(days) == 1 and not _ANOTHER_DAY.search(words) else ""


def _beside(item: HtmlElement, link: HtmlElement) -> str:
    """The text of a row without its link; of a definition also the word that it explains."""
    parts = [str(each) for each in item.itertext()]
    inside = [str(each) for each in link.itertext()]
    text = " ".join(" ".join(parts).split())
    text = text.replace(" ".join(" ".join(inside).split()), " ", 1)
    before = item.getprevious() if item.tag == "dd" else None
    if before is not None and before.tag == "dt":
        text = f"{_words(before)} {text}"
    return text.strip()


def _words(element: HtmlElement) -> str:
    return " ".join(text_of(element).split())


def _select(root: HtmlElement, css: str) -> list[HtmlElement]:
    return cast("list[HtmlElement]", _selector(css)(root))


@lru_cache(maxsize=256)
def _selector(css: str) -> CSSSelector:
    return CSSSelector(css)
