"""A folder of minutes, files by hand: whatever lies under it and reads like minutes, HTML or PDF.

Signature: a path with kaigiroku or gijiroku in it, or the ``mokuji.html`` and ``r2024t1.html`` of
東根市 (msearch: sessions in bold, 【令和６年第１回…】, under each a row per day). Written from a
description of some 30 such folders; *never checked against the real sites*. Only links that stay
in the folder are followed, and a page is taken for a sitting where several marked speakers stand
on it, else for a list. A site that needs more than that is ``html_minutes`` or ``pdf_minutes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit, urlunsplit

from crawler.page import Answer, Follow, Listed, Page, PageChanged, Wanted, refuse
from crawler.platform import HOST, Cost, Platform, Signature
from crawler.platforms.own_pages import lists as own_pages
from crawler.platforms.own_pages import pdf as pdf_minutes
from crawler.platforms.own_pages.addresses import path_of
from crawler.platforms.own_pages.documents import found, looks_spoken
from crawler.platforms.own_pages.links import html
from crawler.reading import html_lines
from crawler.reading.days_wanted import carried
from crawler.reading.turns import read_sitting
from kazami.sources import Source

_FOLDER = re.compile(r"^.*?/[^/]*(?:kaigiroku|gijiroku|kensaku)[^/]*/", re.IGNORECASE)
_MSEARCH = re.compile(r"/mokuji\.html?$|/r\d{4}[tr]\d+\.html?$", re.IGNORECASE)
_LEVELS = 3


def recognises(url: str, html_text: str) -> bool:
    """Whether the address is one of a folder of minutes; its pages look like any others."""
    path = urlsplit(url).path
    return bool(_MSEARCH.search(path) or re.search("/(?:kaigiroku|gijiroku)/", path, re.IGNORECASE))


def folder(url: str) -> str:
    """The address of the folder that holds the minutes."""
    parts = urlsplit(url)
    path = parts.path if parts.path.endswith("/") else parts.path.rpartition("/")[0] + "/"
    inside = _FOLDER.match(path)
    return urlunsplit((parts.scheme, parts.netloc, inside[0] if inside else path, "", ""))


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """The folder's own page."""
    inside = folder(source.url)
    yield Follow(
        url=source.url,
        parse=parse_page,
        key="list",
        cb_kwargs={
            "options": {
                "documents": [f"{inside}**.{suffix}" for suffix in ("pdf", "htm", "html")],
                "pages": [f"{inside}**/", *(f"{inside}**.{end}" for end in ("htm", "html"))],
                "levels": _LEVELS,
                "headings": "b, strong",
            },
            "home": source.url,
            **carried(wanted),
        },
    )


def parse_page(
    page: Page,
    options: Mapping[str, object],
    home: str,
    level: int = 0,
    named: Sequence[str] = (),
    **cb_kwargs: object,
) -> Iterator[Answer]:
    """A sitting, a frameset around one, or a list of further pages and files."""
    _whole(page)
    tree = html(page)
    key = path_of(page.url, home)
    name = key if level else "list"
    frames = [page.link(str(each.get("src"))) for each in tree.iter("frame") if each.get("src")]
    inside = [each for each in frames if each.startswith(folder(home))]
    if inside:
        if level >= _LEVELS:
            raise PageChanged(page.url, "text or a list", "frames inside of frames")
        keys = [path_of(each, home) for each in inside]
        for frame, frame_key in zip(inside, keys, strict=True):
            yield Follow(
                url=frame,
                parse=parse_page,
                key=f"list{frame_key}",
                cb_kwargs={
                    **cb_kwargs,
                    "options": dict(options),
                    "home": home,
                    "level": level + 1,
                    "named": list(named),
                },
            )
        yield Listed(name=name, listings=tuple(dict.fromkeys(keys)))
        return
    if level and looks_spoken(sitting := read_sitting(html_lines.lines(tree))):
        yield found(page, key, named or [""], sitting)
        yield Listed(name=name, documents=(key,))
        return
    yield from own_pages.parse_list(
        page,
        parse_page,
        parse_file,
        options,
        home,
        level,
        named,
        further=False,
        **cb_kwargs,  # type: ignore[arg-type]
    )


def parse_file(
    page: Page, options: Mapping[str, object], home: str, named: Sequence[str], key: str
) -> Iterator[Answer]:
    """What a link says is one sitting: a PDF or a page."""
    if page.body.startswith(b"%PDF-"):
        yield from pdf_minutes.parse_document(page, options, home, named, key)
        return
    _whole(page)
    yield found(page, key, named, read_sitting(html_lines.lines(html(page))))


def _whole(page: Page) -> None:
    """Refuse a challenge, and a page that begins as HTML and does not end so."""
    refuse(page)
    start, end = page.body[:2000].lower(), page.body[-2000:].lower()
    if b"<html" in start and b"</html" not in end and b"</body" not in end:
        raise PageChanged(page.url, "a whole page", "half of one")


PLATFORM = Platform(
    name="static_dir",
    delay=own_pages.DELAY,
    signature=Signature(
        entry=rf"{HOST}/\S+",
        recognises=recognises,
    ),
    cost=Cost(run=2, year=1, sitting=1, own_pages=True),
    start=start,
    parsers=(
        parse_page,
        parse_file,
    ),
    expect=own_pages.EXPECT,
)
