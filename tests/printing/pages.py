"""Printed lines as the bytes a website gives: text, HTML, PDF."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from replay.pdf_writer import across
from tests.printing.layout import broken

LINE_ENDS = ("\n", "\r\n", "\r")
HTML_ENDS = ("<br>", "<br />\r\n", "<p>", "<div>", "pre\n", "pre\r\n", "pre\r")
ENCODINGS = ("utf-8", "cp932")
_PAGE_LINES = 40
_PAGE_COLUMNS = 44


def as_text(lines: Sequence[str], end: str = "\n", encoding: str = "utf-8") -> bytes:
    """The lines, each with ``end``. What the encoding lacks becomes 〓, or a space if it is one."""
    text = "".join(line + end for line in lines)
    if encoding != "utf-8":
        text = text.replace("\u00a0", " ")
        text = "".join(each if _has(encoding, each) else "〓" for each in text)
    return text.encode(encoding)


def as_html(
    lines: Sequence[str], end: str = "<br>", encoding: str = "utf-8", title: str = "会議録"
) -> bytes:
    """A page with the lines in its body, ended as one of HTML_ENDS says.

    What the encoding lacks is written as a number, as editors do.
    """
    charset = {"utf-8": "UTF-8", "cp932": "Shift_JIS"}[encoding]
    texts = [escape(line, quote=False).replace("\u00a0", "&nbsp;") for line in lines]
    if end in ("<p>", "<div>"):
        body = "\n".join(f"{end}{text or '&nbsp;'}</{end[1:]}" for text in texts)
    elif end.startswith("pre"):
        body = "<pre>" + "".join(text + end[3:] for text in texts) + "</pre>"
    else:
        body = "<div>" + "".join(text + end for text in texts) + "</div>"
    page = (
        f'<!DOCTYPE html>\n<html lang="ja"><head><meta charset="{charset}">'
        f"<title>{escape(title)}</title></head>\n<body>\n<h1>{escape(title)}</h1>\n{body}\n</body></html>\n"
    )
    return page.encode(encoding, "xmlcharrefreplace")


def as_pdf(lines: Sequence[str], page_numbers: bool = True) -> bytes:
    """Pages of 40 lines of 44 letters; longer lines are broken. Every space is a plain one."""
    flat = [
        part
        for line in lines
        for part in broken(line.replace("\t", " ").replace("\u00a0", " "), _PAGE_COLUMNS)
    ]
    pages = [flat[at : at + _PAGE_LINES] for at in range(0, len(flat), _PAGE_LINES)]
    if page_numbers:
        pages = [[*page, f"- {number} -"] for number, page in enumerate(pages, 1)]
    return across([[line or " " for line in page] for page in pages])


def _has(encoding: str, letter: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
