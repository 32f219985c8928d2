"""The files beside an invented office's pages, PDF, Word, Excel, CSV: the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from replay import pdf_writer
from replay.notice_words import Row, WordedPart, plain_lines
from replay.replies import ReplayError, Reply
from replay.templates import filled
from replay.town_office import NoticeFile, OfficeNotice

LINE = 38
"""Characters in a line of a PDF."""

LINES_ON_A_PAGE = 40

_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv",
}


def office_file(notice: OfficeNotice, file: NoticeFile, parts: Sequence[WordedPart]) -> Reply:
    """A file that says what the page says; a scanned PDF has two pages without text.

    Raises ReplayError for a kind of file that is not written here.
    """
    kind = file.name.rpartition(".")[2]
    lines = list(plain_lines(f"{file.label}　{notice.title}", parts))
    rows = [("項目", "内容"), *(row for part in parts for row in part.rows)]
    match kind:
        case "pdf" if file.scanned:
            body = pdf_writer.without_text(2)
        case "pdf":
            body = pdf_writer.across(_pages(lines))
        case "docx":
            body = _docx(lines)
        case "xlsx":
            body = _xlsx(rows)
        case "csv":
            body = _csv(rows)
        case _:
            raise ReplayError(f"{file.name}: no such file is written here")
    return Reply(body=body, content_type=_TYPES[kind])


def _pages(lines: Sequence[str]) -> list[list[str]]:
    """Cut after so many characters wherever that is, with the page's number under each page."""
    cut: list[str] = []
    for line in lines:
        cut += [line[at : at + LINE] for at in range(0, len(line), LINE)] or [""]
    pages = [cut[at : at + LINES_ON_A_PAGE] for at in range(0, len(cut), LINES_ON_A_PAGE)]
    return [[*page, f"- {number} -"] for number, page in enumerate(pages, 1)]


def _docx(lines: Sequence[str]) -> bytes:
    paragraphs = "".join(
        filled("office_files/docx_paragraph.xml", text=escape(line)) for line in lines
    )
    return _zipped(
        {
            "[Content_Types].xml": filled("office_files/docx_types.xml"),
            "_rels/.rels": filled("office_files/docx_rels.xml"),
            "word/document.xml": filled("office_files/docx_document.xml", paragraphs=paragraphs),
        }
    )


def _xlsx(rows: Sequence[Row]) -> bytes:
    written = "".join(
        filled("office_files/xlsx_row.xml", first=escape(first), second=escape(second))
        for first, second in rows
    )
    return _zipped(
        {
            "[Content_Types].xml": filled("office_files/xlsx_types.xml"),
            "_rels/.rels": filled("office_files/xlsx_rels.xml"),
            "xl/workbook.xml": filled("office_files/xlsx_workbook.xml"),
            "xl/_rels/workbook.xml.rels": filled("office_files/xlsx_workbook_rels.xml"),
            "xl/worksheets/sheet1.xml": filled("office_files/xlsx_sheet.xml", rows=written),
        }
    )


def _zipped(files: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode())  # of 1980: no clock in it
    return packed.getvalue()


def _csv(rows: Sequence[Row]) -> bytes:
    """As offices write it: Shift_JIS with a line feed of two characters, quoted where needed."""
    lines = [",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows]
    return "".join(f"{line}\r\n" for line in lines).encode("cp932")
