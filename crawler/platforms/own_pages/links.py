"""Pages of municipal sites: decoded as they say, and their links with the headings above them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from urllib.parse import urlsplit

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.page import Page, PageChanged

_LARGEST = 10_000_000
"""Bytes of an HTML page."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "caption", "summary")
_RANKS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_NOT_CONTENT = ("script", "style", "nav", "header", "footer", "noscript", "template")
_NO_ADDRESS = re.compile(r"#|(?!https?:)[a-z]+:", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^/]", re.IGNORECASE)

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef\ufffe\uffff]"
    "|&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|fdd[0-9a-f]|fde[0-9a-f]|fff[ef]|d[89a-f][0-9a-f]{2})"
    "|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|649[7-9][0-9]|6500[0-7]|6553[45]));?(?![0-9a-f])",
    re.IGNORECASE,
)
"""Characters that no text holds, as themselves or by their number; lxml reads and then refuses
them."""

_HALF_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}

_LONGEST_WORDS = 1000
"""Characters of a link; what follows is layout."""

_FORMAT = r"(?:PDF|HTML|Word|Excel|ワード|エクセル|その他の)"
_SIZE = re.compile(
    # The letters that it can begin with, looked at first: most of a link's are others.
    r"(?=[(\[【〔\s.:/、,・\dPHWEワエそ形フ版デサ])(?:"
    rf"[(\[【〔]?\s*{_FORMAT}?\s*(?:形式|ファイル|版|データ)?[\s:/、,・]*+(?:サイズ\s*:?\s*)?"
    r"\d[\d.,]*+\s*(?:[KMG]\s*|キロ|メガ)?(?:Bytes?|B|バイト)\s*[)\]】〕]?"
    rf"|[(\[【〔]\s*(?:{_FORMAT}|新しいウ[イィ]ンドウ|別ウ[イィ]ンドウ)[^()\[\]【】〔〕]*[)\]】〕]"
    rf"|(?:{_FORMAT}(?:形式|ファイル|版)?|\.pdf)\s*$"
    r"|[(\[][^()\[\]]*(?:更新|掲載)[)\]]\s*$)",
    re.IGNORECASE,
)
"""（PDF：123KB）, [PDFファイル／1.2MB], (PDF形式, 123.45KB), .pdf, （令和6年3月31日更新）."""

_MAY_BE_SIZE = re.compile("[BbバPpHhWwEeワエそ新別更掲]")
"""One letter of each of those, to pass over other words at once."""


SKIPPED = re.compile(
    r"議会(?:だより|報|広報)|便り|通告|(?:議決|会議|審議|審査|採決|表決|選挙)の?結果|賛否|会期日程|"
    r"議案(?!上程|審議|質疑|説明|審査|等?の?(?:上程|審議|審査)|に対する質疑|付託)|目次|名簿|傍聴|意見書|"
    r"規則|条例集|日程表|予定表|スケジュール|一覧表|申[込請]|様式|動画|録画|中継|音声|YouTube",
    re.IGNORECASE,
)
"""Words of links that lead to no minutes."""

SITTING = re.compile(
    r"会議録|議事録|会議記録|本会議|定例|臨時|委員会|月議会|"
    r"第?\s*(?<![\d一二三四五六七八九十])[\d一二三四五六七八九十]++\s*[号日回]|"
    r"[初中最]日|最終日|日目|開会|閉会|一般質問|質疑|全体"
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words, and the headings above it from the outermost.

    ``group`` numbers the list or table of its page that it stands in; None is none.
    """

    url: str
    words: str
    headings: tuple[str, ...]
    group: int | None = None


def html(page: Page) -> HtmlElement:
    """The page's tree; raises PageChanged where it is none, or not in the charset that it names."""
    if len(page.body) > _LARGEST:
        raise PageChanged(page.url, f"at most {_LARGEST // 1_000_000} MB of HTML", "more")
    if b"%PDF-" in page.body[:1024]:
        raise PageChanged(page.url, "an HTML page", "a PDF")
    text = _FORBIDDEN.sub("", page.text())
    return page.tree_of(text)


def links(page: Page, tree: HtmlElement, area: str = "", entitling: str = "") -> Iterator[Link]:
    """Every link in order, of the elements that ``area`` selects.

    Those in menus, headers and footers are left out. ``entitling`` selects what is a heading
    beside h1…h6, dt, th, caption and summary. Raises PageChanged where ``area`` selects nothing.
    """
    areas = cast("list[HtmlElement]", _selector(area)(tree)) if area else [tree]
    if not areas:
        raise PageChanged(page.url, f"{area!r}")
    chosen = cast("list[HtmlElement]", _selector(entitling)(tree)) if entitling else []
    entitles = set(chosen)
    inside = {link for each in areas for link in each.iter("a")} if area else None
    origin = "/".join(page.url.split("/", 3)[:3])
    stack: list[tuple[int, str]] = []
    groups: dict[HtmlElement, int] = {}
    for element in _content(tree, () if entitling else ("a", *_HEADINGS)):
        tag = element.tag
        if (tag in _HEADINGS or element in entitles) and next(
            element.iterancestors("a"), None
        ) is None:
            rank = _RANKS.get(str(tag), 7)
            stack = [each for each in stack if each[0] < rank]
            words = plain_words(element)
            if words:
                stack.append((rank, words))
        if tag != "a" or (inside is not None and element not in inside):
            continue
        href = (element.get("href") or "").strip()
        if not href or _NO_ADDRESS.match(href):
            continue
        try:
            url = _absolute(page, origin, href).partition("#")[0]
            host = urlsplit(url).hostname
        except (PageChanged, ValueError):  # a link that leads nowhere in a browser too
            continue
        if not host or not _ADDRESS.match(url):
            continue
        words = plain_words(element)
        headings = tuple([each for _, each in stack if each != words])
        inner = next(element.iterancestors("ul", "ol", "table", "dl"), None)
        group = None if inner is None else groups.setdefault(inner, len(groups))
        yield Link(url, words, headings, group)


def _absolute(page: Page, origin: str, href: str) -> str:
    """As ``page.link``, which takes half of a list's time, but for the plain sorts at once."""
    if "\\" in href or page.base != page.url:
        return page.link(href)
    if href.startswith(("https://", "http://")):
        return href
    if href[0] == "/" and href[1:2] != "/" and "/." not in href:
        return origin + href
    return page.link(href)


def _content(tree: HtmlElement, tags: tuple[str, ...]) -> Iterator[HtmlElement]:
    """All elements with one of ``tags``, in order, but those of menus and scripts; () is any."""
    hidden: set[HtmlElement] = set()
    inner = (*tags, *_NOT_CONTENT) if tags else ()
    for menu in tree.iter(*_NOT_CONTENT):
        if menu not in hidden:  # else its elements are known: each is visited once
            hidden.update(menu.iter(*inner))
    for element in tree.iter(*tags):
        if element not in hidden:
            yield element


def plain_words(element: HtmlElement) -> str:
    """A link's or heading's words, without the size of the file and the day of the update."""
    text = text_of(element)
    if not text.strip():
        images = " ".join(str(image.get("alt") or "") for image in element.iter("img"))
        text = images or str(element.get("title") or "")
    words = " ".join(text[:_LONGEST_WORDS].split())
    while _MAY_BE_SIZE.search(plain := half_width(words)) and (found := _SIZE.search(plain)):
        words = " ".join(f"{words[: found.start()]} {words[found.end() :]}".split())
    return words


def text_of(element: HtmlElement) -> str:
    """All text in the element; ``text_content`` takes four times as long where it is alone."""
    return str(element.text_content()) if len(element) else element.text or ""


def half_width(text: str) -> str:
    """``text`` with ASCII for full-width letters, digits and signs, at the same places."""
    return text.translate(_HALF_WIDTH)


@lru_cache(maxsize=64)
def _selector(css: str) -> CSSSelector:
    return CSSSelector(css)
