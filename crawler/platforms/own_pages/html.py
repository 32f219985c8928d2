"""Minutes as HTML on a body's own pages: a list page, often pages of years, a page per sitting.

Signature: lines that begin with ○ and a speaker. What leads where is told by the options of each
source (``lists``). Written from facts about some 20 bodies of spring 2026 and from
invented pages: **never checked against the real sites**. Seen in those facts: frames in Shift_JIS
under a list in UTF-8, <pre>, speakers in h4 headings instead of marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast
from urllib.parse import urlsplit

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.page import Answer, Follow, Page, PageChanged, Wanted, refuse
from crawler.platform import HOST, Cost, Platform, Signature
from crawler.platforms.own_pages import lists as own_pages
from crawler.platforms.own_pages.addresses import glob, plain
from crawler.platforms.own_pages.documents import found, looks_spoken
from crawler.platforms.own_pages.links import html
from crawler.reading import html_lines
from crawler.reading.candidate_lines import SpeakerLines
from crawler.reading.turns import CutSitting, Turn, read_sitting
from kazami.sources import Source

_LABEL = "\ufdd1"
"""Put on both sides of a speaker that a selector found; a character that no text may hold."""

_NO_TEXT = re.compile(r"menu|mokuji|index|top|head|title|left|side|navi", re.IGNORECASE)


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """The list page; nothing where the source is not configured."""
    yield from own_pages.start(source, wanted, parse_list)


def recognises(url: str, html_text: str) -> bool:
    """Whether the page is itself a sitting with several marked speakers."""
    page = Page(url, html_text.encode("utf-8", "replace"), "text/html; charset=utf-8")
    try:
        return looks_spoken(read_sitting(html_lines.lines(html(page))))
    except PageChanged:
        return False


def parse_list(page: Page, **cb_kwargs: object) -> Iterator[Answer]:
    """A list page: see ``lists``."""
    yield from own_pages.parse_list(page, parse_list, parse_document, **cb_kwargs)  # type: ignore[arg-type]


def parse_document(
    page: Page,
    options: Mapping[str, object],
    home: str,
    named: Sequence[str],
    key: str,
    framed: bool = False,
) -> Iterator[Answer]:
    """One sitting, or the frameset around it."""
    refuse(page)
    chosen = own_pages.options_of(options)
    tree = html(page)
    frames = [str(frame.get("src") or "") for frame in tree.iter("frame")]
    if frames and not framed:
        yield Follow(
            url=_frame(page, frames, chosen.frame, home, chosen.hosts),
            parse=parse_document,
            key=f"frame{key}",
            cb_kwargs={
                "options": dict(options),
                "home": home,
                "named": list(named),
                "key": key,
                "framed": True,
            },
            document=key,
        )
        return
    roots = cast("list[HtmlElement]", CSSSelector(chosen.text or "body")(tree))
    if not roots:
        raise PageChanged(page.url, f"{chosen.text or 'body'!r}")
    if not chosen.speakers:
        text = "\n".join(html_lines.lines(root) for root in roots)
        yield found(page, key, named, read_sitting(text))
        return
    labels = cast("list[HtmlElement]", CSSSelector(chosen.speakers)(tree))
    text = "\n".join(html_lines.lines(root, labels, _LABEL) for root in roots)
    yield found(page, key, named, _cut(text))


def _cut(text: str) -> CutSitting:
    """Cut at the speakers that a selector found: label and words follow each other."""
    front, *rest = text.split(_LABEL)
    said = []
    for label, words in zip(rest[::2], rest[1::2], strict=False):
        bare = label.strip().lstrip("○〇◯◎●◆ \u3000")
        if bare:
            printed = label.strip()
            said.append(Turn(printed[:1], bare, words.strip(), printed=printed))
    return CutSitting(front, tuple(said), SpeakerLines((), ()))


def _frame(page: Page, frames: Sequence[str], pattern: str, home: str, hosts: Sequence[str]) -> str:
    """The frame that holds the text: that of the option, else the last that is no menu."""
    urls = [page.link(frame) for frame in frames if frame]
    if pattern:
        urls = [url for url in urls if glob((pattern,)).fullmatch(plain(url))]
    else:
        urls = [url for url in urls if not _NO_TEXT.search(url.rpartition("/")[2])] or urls
    if not urls:
        raise PageChanged(page.url, f"a frame like {pattern!r}", f"{list(frames)[:3]}")
    if urlsplit(urls[-1]).hostname not in {urlsplit(home).hostname, *hosts}:
        raise PageChanged(page.url, "a frame of the same site", urls[-1])
    return urls[-1]


PLATFORM = Platform(
    name="html_minutes",
    delay=own_pages.DELAY,
    signature=Signature(
        entry=rf"{HOST}/\S*",
        recognises=recognises,
    ),
    cost=Cost(run=2, year=1, sitting=1, own_pages=True),
    start=start,
    parsers=(
        parse_list,
        parse_document,
    ),
    wrong_options=own_pages.check_options,
    needs_options=True,
    expect=own_pages.EXPECT,
)
