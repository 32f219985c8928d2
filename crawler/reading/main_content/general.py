"""Where the main content of a page lies of which no system is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.reading.main_content.links import is_file
from crawler.reading.main_content.printed import HEADINGS, is_unseen, printed

_CHROME = re.compile(
    r"(?:^|[\s_-])(?:"
    r"bread(?:crumbs?)?|crumbs?|(?:foot_?)?pankuzu\w*|topic_?path|t?path|location|"
    r"[gls]?navi?\w*|\w*navi|navigation|menu\w*|\w+menu|side\w*|aside|lnavi|rnavi|"
    r"head(?:er)?|hd|globalheader|foot(?:er)?|ft|copyright|"
    r"sns\w*|social|share|tweet|print\w*|skip\w*|page_?top|to_?top|back|"
    r"search\w*|translate|lang\w*|font\w*|banner\w*|tools?|utility|util|"
    r"enq\w*|questionnaire|feedback|hyouka|rating|ranking|recent\w*|counter|widget\w*"
    r")(?:$|[\s_-])"
)
_CHROME_TAGS = frozenset(("nav", "aside", "footer"))
_CHROME_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary"))
_CONTACT = re.compile(
    r"(?:このページ|この記事|この情報|本件)?(?:に関する|についての|の)?"
    r"(?:作成者・)?(?:お?問い?合わ?せ先?|担当(?:課|部署))(?:は|先|について)?(?:こちら)?"
)
_ELSEWHERE = re.compile(
    r".*(?:新着|最近の|関連(?:する)?(?:情報|リンク|ページ|記事)|同じ(?:カテゴリ|分類)|カテゴリ|メニュー|"
    r"ランキング|よく(?:見|読)|注目|アーカイブ|サイトマップ|見つからない|人気).*"
)
_SITE = re.compile(
    r".{0,8}[都道府県市区町村](?:役所|役場|庁)?(?:公式)?"
    r"(?:ホームページ|HP|(?:ウェブ|Web|web|WEB)?サイト|トップ(?:ページ)?)?"
)
"""What names the whole site: in a heading of the frame, and in <title> behind the page's own."""

_ASKS = re.compile(
    r".{0,40}(?:役に立|分かりやす|わかりやす|見つけやす|探しやす|ご意見を|アンケート|検索).*",
    re.DOTALL,
)
_BOXES = ("div", "section", "ul", "ol", "dl", "table", "td", "p", "article", "form", "header")
_ENOUGH = 0.6
"""The part of the page's own text that the content's element holds at least."""


@dataclass(frozen=True, slots=True)
class ContentPlace:
    """The element that holds the content, and what inside it is none of it."""

    root: HtmlElement
    dropped: set[HtmlElement]
    contacts: list[HtmlElement]


def page_heading(root: HtmlElement) -> HtmlElement | None:
    """The heading that the page's <title> repeats, the longest such; else the only <h1>."""
    title = _folded("".join(root.xpath("//head/title//text()") or root.xpath("//title//text()")))
    best: HtmlElement | None = None
    length = 1
    for each in root.iter("h1", "h2", "h3", "b", "strong", "font", "caption"):
        words = _folded(_text(each))
        if length < len(words) <= len(title) and words in title and not _SITE.fullmatch(words):
            best, length = each, len(words)
    if best is not None:
        return best
    h1 = [each for each in root.iter("h1") if _text(each).strip()]
    return h1[0] if len(h1) == 1 else None


def page_title(root: HtmlElement, heading: HtmlElement | None) -> str | None:
    """The heading's words; without one what <title> says, None for a page without any."""
    if heading is not None and (words := " ".join(printed(heading).split())):
        return words
    for title in root.iter("title"):
        if words := " ".join(_text(title).split()):
            parts = [each.strip() for each in re.split(r"[｜|]|\s[-–]\s", words) if each.strip()]
            return max(parts, key=len, default=words)
    return None


def general_content(
    root: HtmlElement,
    heading: HtmlElement | None,
    dropped: Iterable[HtmlElement],
    contacts: Iterable[HtmlElement],
) -> ContentPlace | None:
    """The content's element and what to drop in it; None for a page without text.

    Menus and the like are known by their tags, roles and names. The content is the lowest element
    around the heading that holds most of what is left and is no link; in it go what stands before
    the heading, lists of links to elsewhere and the box of the office to ask.
    """
    body = next(root.iter("body"), root)
    keep = set() if heading is None else {heading, *heading.iterancestors()}
    shown = _weights(body, links=True)
    chrome = {
        each
        for each in body.iter()
        if isinstance(each.tag, str)
        and each not in keep
        and _is_chrome(each)
        and shown.get(each, 0) * 2 <= shown[body]
    }
    chrome |= set(dropped) - keep
    weights = _weights(body, chrome)
    most = weights.get(body, 0)
    if not most and heading is None:
        return None
    found = _lowest(body, heading, weights, most)
    asked = _contacts(found, contacts, keep)
    chrome |= set(_elsewhere(found, heading, keep, weights)) - keep
    return ContentPlace(found, chrome, asked)


def _lowest(
    body: HtmlElement, heading: HtmlElement | None, weights: dict[HtmlElement, int], most: int
) -> HtmlElement:
    if heading is not None:
        for above in heading.iterancestors():
            if above is body or weights.get(above, 0) >= most * _ENOUGH:
                return above
    found = body
    while True:
        inside = max(found, key=lambda each: weights.get(each, 0), default=None)
        if inside is None or weights.get(inside, 0) < most * _ENOUGH:
            return found
        if inside.tag not in _BOXES and inside.tag not in ("main", "tr", "tbody", "center"):
            return found
        found = inside


def _weights(
    body: HtmlElement, without: Set[HtmlElement] = frozenset(), *, links: bool = False
) -> dict[HtmlElement, int]:
    """How many characters each element shows; without ``links`` those in none but files' names."""
    own: dict[HtmlElement, int] = {}
    order: list[HtmlElement] = []
    stack = [(body, False)]
    while stack:
        element, linked = stack.pop()
        if is_unseen(element.tag) or element in without:
            continue
        linked = linked or (not links and element.tag == "a" and not is_file(element))
        order.append(element)
        own[element] = 0 if linked else _count(element.text)
        for child in element:
            own[element] += 0 if linked else _count(child.tail)
            stack.append((child, linked))
    for element in reversed(order):
        above = element.getparent()
        if above is not None and above in own and element is not body:
            own[above] += own[element]
    return own


def _is_chrome(element: HtmlElement) -> bool:
    if element.tag in _CHROME_TAGS or element.get("role") in _CHROME_ROLES:
        return True
    if element.tag == "header" and not any(
        above.tag in ("main", "article", "section") for above in element.iterancestors()
    ):
        return True
    if element.tag == "form" and _ASKS.match(_folded(_text(element))):
        return True
    if element.tag in ("body", "html", "main", "tr", "tbody"):
        return False
    names = f"{element.get('id') or ''} {element.get('class') or ''}".lower()
    return bool(names.strip() and _CHROME.search(names))


def _contacts(
    found: HtmlElement, named: Iterable[HtmlElement], keep: set[HtmlElement]
) -> list[HtmlElement]:
    """The boxes that bear a contact's name, or begin with a heading that says so."""
    boxes = [each for each in named if each not in keep and each is not found]
    for heading in found.iter(*HEADINGS):
        above = heading.getparent()
        if above is None or above is found or above in keep:
            continue
        if above[0] is heading and _CONTACT.fullmatch(_folded(_text(heading))):
            boxes.append(above)
    among = set(boxes)
    return [
        each
        for each in dict.fromkeys(boxes)
        if not any(above in among for above in each.iterancestors())
    ]


def _elsewhere(
    found: HtmlElement,
    heading: HtmlElement | None,
    keep: set[HtmlElement],
    weights: dict[HtmlElement, int],
) -> Iterator[HtmlElement]:
    """What stands before the heading; and lists of links whose own heading tells of elsewhere."""
    if heading is not None:
        for above in (heading, *heading.iterancestors()):
            if above is found:
                break
            yield from above.itersiblings(preceding=True)
    for each in found.iter(*HEADINGS, "dt"):
        if each in keep or not _ELSEWHERE.fullmatch(_folded(_text(each))):
            continue
        box = each.getparent()
        if box is None or box is found or box in keep:
            continue
        text = len(_folded(_text(box)))
        if weights.get(box, 0) * 2 < text:
            yield box


def _count(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _text(element: HtmlElement) -> str:
    return str(element.text_content())


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
