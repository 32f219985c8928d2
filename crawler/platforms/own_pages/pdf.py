"""Minutes as PDFs on a body's own pages: a list page, often pages of years, a file per sitting.

Signature: links to ``….pdf`` whose words name sittings. What leads where is told by the options of
each source (``lists``); text from ``crawler.reading.pdf``. Written from facts about some 400
bodies of spring 2026 and from invented files: **never checked against the real sites**. A file
that holds a whole session is one document under the day of its first sitting. PDFs that are
pictures, vertical or in two columns are refused as needing OCR.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crawler.page import Answer, Follow, Page, PageChanged, Wanted, refuse
from crawler.platform import HOST, Cost, Platform, Signature
from crawler.platforms.own_pages import lists as own_pages
from crawler.platforms.own_pages.addresses import glob, plain
from crawler.platforms.own_pages.documents import PAGE_ENDS, found, names_sittings
from crawler.platforms.own_pages.links import Link, html, links
from crawler.reading.pdf.text import sheets
from crawler.reading.turns import read_sitting
from kazami.sources import Source

_FEWEST = 2
"""Links to PDFs of sittings, for a page to be known as a list of them."""


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """The list page; nothing where the source is not configured."""
    yield from own_pages.start(source, wanted, parse_list)


def check_options(options: Mapping[str, object]) -> list[str]:
    """One line for each mistake in a source's options."""
    mistakes = own_pages.check_options(options)
    return mistakes + [
        f"{name} is for html_minutes only" for name in own_pages.OF_HTML if name in options
    ]


def recognises(url: str, html_text: str) -> bool:
    """Whether the page lists minutes as PDFs."""
    pdfs = glob(("https://**.pdf",))
    found = sum(bool(pdfs.fullmatch(plain(link.url))) for link in _named(url, html_text))
    return found >= _FEWEST


def _named(url: str, html_text: str) -> Iterator[Link]:
    page = Page(url, html_text.encode("utf-8", "replace"), "text/html; charset=utf-8")
    try:
        yield from (link for link in links(page, html(page)) if names_sittings(link.words))
    except PageChanged:
        return


def parse_list(page: Page, **cb_kwargs: object) -> Iterator[Answer]:
    """A list page: see ``lists``."""
    yield from own_pages.parse_list(page, parse_list, parse_document, **cb_kwargs)  # type: ignore[arg-type]


def parse_document(
    page: Page, options: Mapping[str, object], home: str, named: Sequence[str], key: str
) -> Iterator[Answer]:
    """One PDF: its utterances with the page on which each begins."""
    refuse(page)
    read = sheets(page)
    text = f"{PAGE_ENDS}\n".join(sheet.text for sheet in read)
    yield found(page, key, named, read_sitting(text), printed=[sheet.printed for sheet in read])


PLATFORM = Platform(
    name="pdf_minutes",
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
    wrong_options=check_options,
    needs_options=True,
    expect=own_pages.EXPECT,
)
