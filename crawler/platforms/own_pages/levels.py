"""Which links of a list lead a level further down, and which may have been missed.

No pattern is needed for either. On a page of minutes a link whose words name a year, a session or a
sitting is a level; so is any link in a list of years. A source's list page is one of minutes where
its address, title or a heading says 会議録, and so is what it leads to; of any other the links must
say so themselves, unless none does. Written from the words of such links of 98 bodies, without
any recorded page of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.platforms.own_pages.addresses import is_file
from crawler.platforms.own_pages.links import SKIPPED, Link, half_width, text_of

MINUTES = re.compile(r"会議録|議事録|会議記録|議会録")

YEARS_ONLY = re.compile(
    r"(?=.*(?:年|[RHS]\d|(?:19|20)\d\d))"
    r"(?:(?:令和|平成|昭和)|\d++|元|年度?|[RHS](?=\d)|月|分|議会|会議|開催|西暦|以前|以降|から|まで|の|"
    r"[\s()・、,.~〜～\-‐–―])++"
)
"""令和6年, 平成31年・令和元年, 2024年度分: not 令和6年度予算."""

ONE_SITTING = re.compile(
    r"月\s*\d+\s*日|第?\s*(?<![\d一二三四五六七八九十])[\d一二三四五六七八九十]++\s*(?:号|日目)|第\s*\d+\s*日|"
    r"[初中最]日|最終日|[開閉]会日"
)

_OF_MINUTES = re.compile(r"kaigi?roku|giji?roku|gikairoku|minutes|proceeding", re.IGNORECASE)
"""In an address."""

_YEAR = re.compile(r"(?:令和|平成|昭和)\s*(?:\d|元)|(?:19|20)\d\d|(?<![A-Za-z])[RHS]\d{1,2}(?!\d)")
_SESSION = re.compile(
    r"定例(?:会|議会|月|.{1,4}議会)|臨時(?:会|議会|.{1,4}議会)|本会議|\d\s*月\s*(?:定例|臨時)?\s*(?:議会|会議)|"
    r"第\s*[\d一二三四五六七八九十]+\s*回.{0,12}(?:議会|会議)|(?:特別|常任|運営|審査)委員会"
)

_ONLY_MINUTES = re.compile(
    r".{0,6}?(?:議会)?(?:本会議|定例会|臨時会|委員会)?の?(?:会議録|議事録|会議記録)(?:の?(?:一覧|本文|公開))?"
)

_ABOUT_THEM = re.compile(
    r"検索|について|とは|[読見]み?方|閲覧|請求|利用|使い方|ヘルプ|凡例|お知らせ|署名|送付|郵送|募集|作成|委託|入札|"
    r"職員|RSS|一覧へ戻る|に戻る|トップ"
)
"""Words of links that speak of minutes, or of a session, and lead to none."""


def about_minutes(url: str, tree: HtmlElement) -> bool:
    """Whether the page says that it is of minutes: by its address, title or a heading."""
    if _OF_MINUTES.search(urlsplit(url).path):
        return True
    return any(MINUTES.search(text_of(each)) for each in tree.iter("title", "h1", "h2"))


def lists_of_years(links: Iterable[Link]) -> set[int]:
    """The lists (``Link.group``) that hold years: two at least, and half of all."""
    years: Counter[int] = Counter()
    every: Counter[int] = Counter()
    for link in links:
        if link.group is not None and link.words:
            every[link.group] += 1
            years[link.group] += bool(YEARS_ONLY.fullmatch(half_width(link.words)))
    return {group for group, count in years.items() if count >= 2 and 2 * count >= every[group]}


def leads_on(link: Link, said: str, *, about: bool, years: Iterable[int]) -> bool:
    """Whether the link leads to a page one level nearer to the minutes; ``said`` are its words.

    ``about``: whether the page is of minutes. ``years`` are its lists of years.
    """
    if not said or is_file(link.url) or _elsewhere(said):
        return False
    if link.group is not None and link.group in years:
        return True
    above = half_width(" ".join(link.headings))
    named = MINUTES.search(said)
    when = YEARS_ONLY.fullmatch(said) or _SESSION.search(said) or ONE_SITTING.search(said)
    if about:
        return bool(named or when)
    if _ONLY_MINUTES.fullmatch(said):
        return True
    dated = when or _YEAR.search(said) or _SESSION.search(above) or _YEAR.search(above)
    return bool((named or (when and MINUTES.search(above))) and dated)


def looks_like_minutes(link: Link, said: str, *, about: bool) -> bool:
    """Whether a link that nothing matches may be of minutes all the same."""
    if _elsewhere(said) or not said:
        return False
    if MINUTES.search(said):
        return True
    context = about or any(MINUTES.search(half_width(each)) for each in link.headings)
    return context and is_file(link.url) and bool(ONE_SITTING.search(said) or _SESSION.search(said))


def _elsewhere(said: str) -> bool:
    return bool(SKIPPED.search(said) or _ABOUT_THEM.search(said))
