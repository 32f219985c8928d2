"""The text of attached PDFs, until the reader of all kinds of files is here."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.page import Page, PageChanged
from crawler.reading.paragraphs import pieces
from crawler.reading.pdf.text import sheets
from kazami.attachments import AttachmentState


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    page: int | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class AttachmentText:
    state: AttachmentState
    pieces: tuple[Piece, ...] = ()


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
