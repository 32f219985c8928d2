"""What kind of file some bytes are; nothing is unpacked."""

from __future__ import annotations

import re
from enum import Enum


class FileKind(Enum):
    """Kinds of files; the first are read."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    TEXT = "text"
    OTHER = "other"

    @property
    def is_read(self) -> bool:
        return self is not FileKind.OTHER

    @property
    def label(self) -> str:
        return "this kind of file" if self is FileKind.OTHER else self.value


_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL
)
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def file_kind(name: str, content_type: str | None, body: bytes) -> FileKind | str:
    """The kind; a text says why the bytes are no file at all."""
    end = name.rpartition(".")[2].lower().strip()
    told = (content_type or "").partition(";")[0].strip().lower()
    start = body.lstrip(b"\xef\xbb\xbf")[:1024]
    if not body:
        return "an empty file"
    if b"%PDF-" in start:
        return FileKind.PDF
    if body.startswith(_ZIP):
        return _packed(body)
    if body.startswith(_COMPOUND):
        if _LOCKED in body:
            return "locked with a password"
        return FileKind.XLS if any(each in body for each in _WORKBOOK) else FileKind.OTHER
    if _PAGE.match(start):
        return "a page of HTML in the place of the file"
    if end in ("pdf", "docx", "xlsx", "xlsm", "ods") or told == "application/pdf":
        return f"no {end if end.isalnum() and len(end) < 5 else 'pdf'} file"
    if end in ("csv", "tsv") or told in ("text/csv", "text/tab-separated-values"):
        return FileKind.CSV
    if (end == "txt" or told == "text/plain") and b"\0" not in body[:1024]:
        return FileKind.TEXT
    return FileKind.OTHER


def _packed(body: bytes) -> FileKind:
    """By the names in its table of contents, which lies at the end and is not packed."""
    if b"word/document.xml" in body[-200_000:] or b"word/document.xml" in body[:4096]:
        return FileKind.DOCX
    if b"xl/workbook." in body[-200_000:] or b"xl/workbook." in body[:4096]:
        return FileKind.XLSX
    if b"application/vnd.oasis.opendocument.spreadsheet" in body[:200]:
        return FileKind.ODS
    return FileKind.OTHER
