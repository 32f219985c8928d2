"""The text of a PDF that a notice links to: lines as they stand on the page, tables by rows."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from crawler.reading.attachments.packed import BadFile, NoText
from crawler.reading.attachments.placed import Glyph, laid_out
from crawler.reading.attachments.ruled import RuledTables
from crawler.reading.pdf.worker import has_two_columns, is_vertical, runs

MOST_GLYPHS = 30_000
"""On one page; a printed page has some 1,500."""

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffd\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff]")
_HYPHEN = "\x02\ufffe"
_PAGE_NUMBER = re.compile(r"\n[-‐–—―ー−\s]*[0-9０-９]{1,4}[-‐–—―ー−\s]*\Z")
_PICTURES = str.maketrans(
    {
        "\uf06c": "●", "\uf06e": "■", "\uf06f": "☐", "\uf071": "☐", "\uf075": "◆",
        "\uf09e": "・", "\uf09f": "・", "\uf0a7": "・", "\uf0a8": "☐", "\uf0b7": "・",
        "\uf0e8": "⇒", "\uf0fc": "✓", "\uf0fd": "☒", "\uf0fe": "☑", "\uf052": "☑", "\uf0a3": "☐",
        "\uf0d8": "➢",
    }
)  # fmt: skip
"""Wingdings and Symbol, as PDFs name them: of 対象 and 否 the one with ☑ is meant."""


class PdfPage(NamedTuple):
    """A page by its place in the file, from 1."""

    number: int
    text: str


def pages(body: bytes, most: int, notes: list[str]) -> Iterator[PdfPage]:
    """The pages that hold text; ``notes`` gets a line where not all of the file was read.

    Characters on one line of the page are put on one line, whatever order the file has them in; a
    page in columns or set vertically keeps the file's order. Rows of ruled tables are lines, their
    cells parted by tabs. Raises BadFile, and NoText where at least nine tenths of the pages hold
    none.
    """
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise BadFile("locked with a password" if locked else "no PDF that can be read") from error
    total = min(len(document), most)
    if len(document) > most:
        notes.append(f"only the first {most} of {len(document)} pages are read")
    ruled = RuledTables(body)
    found: list[PdfPage] = []
    empty = unreadable = letters = 0
    for index in range(total):
        text = _PAGE_NUMBER.sub("", _page(document, index, ruled).translate(_PICTURES))
        unreadable += len(_UNREADABLE.findall(text))
        letters += len(text)
        text = _UNREADABLE.sub("", text)
        if text.strip():
            found.append(PdfPage(index + 1, text))
        else:
            empty += 1
    if empty * 10 >= total * 9:
        raise NoText(f"{empty} of {total} pages hold no text: a scan")
    if unreadable * 20 > letters:
        raise NoText("its fonts do not say which letters they show")
    if empty:
        notes.append(f"{empty} of {total} pages hold no text")
    if ruled.skipped:
        notes.append(f"tables of {ruled.skipped} pages are read as lines only")
    yield from found


def _page(document: pdfium.PdfDocument, index: int, ruled: RuledTables) -> str:
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise BadFile(f"page {index + 1} cannot be read") from error
    try:
        count = min(text_page.count_chars(), MOST_GLYPHS)
        if count <= 0:
            return ""
        told = str(text_page.get_text_range(0, count))
        if not told.strip():
            return ""
        glyphs = list(_glyphs(page, text_page, count))
        steps = [(each.left, each.base) for each in glyphs]
        if is_vertical(steps) or has_two_columns(runs(steps)):
            return re.sub(f"[{_HYPHEN}]", "", told).replace("\r\n", "\n")
        tables = ruled.of_page(index) if not page.get_rotation() and _has_rules(page) else ()
        return laid_out(glyphs, tables)
    finally:
        text_page.close()
        page.close()


def _has_rules(page: pdfium.PdfPage) -> bool:
    """Whether the page has lines in both directions, as a ruled table needs."""
    across = down = 0
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2):
        try:
            left, bottom, right, top = each.get_bounds()
        except pdfium.PdfiumError:
            continue
        wide, high = right - left, top - bottom
        across += wide > 20
        down += high > 8
        if across >= 3 and down >= 2:
            return True
    return False


def _glyphs(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, count: int) -> Iterator[Glyph]:
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    turned = page.get_rotation()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code < 0x20 or code == 0xFFFE or raw.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        if not raw.FPDFText_GetCharOrigin(text_page, index, x, y):
            continue
        if not raw.FPDFText_GetLooseCharBox(text_page, index, box):
            continue
        wide, size = box.right - box.left, raw.FPDFText_GetFontSize(text_page, index)
        across, up = x.value, y.value
        if turned:
            wide = box.top - box.bottom if turned in (90, 270) else wide
            across, up = {90: (up, -across), 180: (-across, -up), 270: (-up, across)}[turned]
        letter = chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"
        yield Glyph(letter, across, across + max(wide, 0.1), up, abs(size) or 10.0)
