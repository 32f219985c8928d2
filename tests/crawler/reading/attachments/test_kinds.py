"""What kind of file some bytes are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.attachments.kinds import FileKind, file_kind
from tests.crawler.reading.attachments.files import docx, p, xlsx


@pytest.mark.parametrize(
    ("name", "content_type", "body", "kind"),
    [
        ("様式", None, docx(p("甲")), FileKind.DOCX),
        ("様式.xls", "application/vnd.ms-excel", xlsx(""), FileKind.XLSX),
        ("要領.doc", "application/msword", b"%PDF-1.4", FileKind.PDF),
        ("一覧", "text/csv; charset=Shift_JIS", b"a,b", FileKind.CSV),
        ("一覧.csv", "application/octet-stream", b"a,b", FileKind.CSV),
        ("注意.txt", None, b"abc", FileKind.TEXT),
        ("絵.txt", None, b"\0\1", FileKind.OTHER),
        ("絵.png", "image/png", b"\x89PNG", FileKind.OTHER),
    ],
)
def test_the_bytes_tell_before_the_name(
    name: str, content_type: str | None, body: bytes, kind: FileKind
) -> None:
    assert file_kind(name, content_type, body) is kind


@given(st.text(max_size=9), st.text(max_size=9) | st.none(), st.binary(max_size=60))
def test_any_bytes_are_some_kind_or_none_in_a_line(
    name: str, content_type: str | None, body: bytes
) -> None:
    kind = file_kind(name, content_type, body)
    assert isinstance(kind, FileKind) or "\n" not in kind
