"""The least of main content and of attachments' text, until their own readers are here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from crawler.page import Page, PageChanged
from crawler.reading.paragraphs import pieces
from crawler.reading.pdf.text import sheets
from kazami.attachments import AttachmentState

_CONTENT = (
    "//*[@id='tmp_contents']|//*[@id='mol_contents']|//*[@id='voice']|//*[@id='main_body']"
    "|//*[@id='main']|//*[@id='content']|//*[@id='contents-in']|//main|//article"
)


@dataclass(frozen=True, slots=True)
class MainLink:
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MainContent:
    title: str | None
    published: date | None
    updated: date | None
    blocks: tuple[str, ...]
    attachments: tuple[MainLink, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    page: int | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class AttachmentText:
    state: AttachmentState
    pieces: tuple[Piece, ...] = ()


def main_content(page: Page) -> MainContent:
    """Text and links of the first element that usually holds the content; raises PageChanged."""
    tree = page.tree()
    found = tree.xpath(_CONTENT)
    root: HtmlElement = found[0] if found else tree
    for each in root.xpath(".//script|.//style|.//nav|.//header|.//footer"):
        each.drop_tree()
    text = "\n".join(line for line in _lines(root) if line)
    headings = tree.xpath("//h1")
    title = " ".join(headings[0].text_content().split()) if headings else None
    if not text:
        raise PageChanged(page.url, "text of a notice")
    links = [MainLink(" ".join(a.text_content().split()), a.get("href")) for a in root.iter("a")]
    return MainContent(
        title=title,
        published=None,
        updated=None,
        blocks=tuple(pieces(text)),
        attachments=tuple(link for link in links if link.url),
        rule="stand-in",
    )


def _lines(root: HtmlElement) -> Iterator[str]:
    for block in root.iter("p", "li", "h1", "h2", "h3", "h4", "tr", "dt", "dd"):
        yield " ".join(block.text_content().split())


def attachment_text(name: str, content_type: str | None, body: bytes) -> AttachmentText:
    """PDFs only."""
    if b"%PDF-" not in body[:1024]:
        return AttachmentText(AttachmentState.UNREAD)
    try:
        read = sheets(Page(name, body, content_type))
    except PageChanged as error:
        if "OCR" not in str(error):
            raise
        return AttachmentText(AttachmentState.NO_TEXT)
    found = tuple(Piece(p, n) for n, s in enumerate(read, 1) for p in pieces(s.text) if p.strip())
    return AttachmentText(AttachmentState.READ if found else AttachmentState.NO_TEXT, found)
