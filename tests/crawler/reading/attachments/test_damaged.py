"""Damaged files: read, or refused with a line; nothing else is raised."""

from __future__ import annotations

import contextlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.attachments import attachment_text, sheets, word
from crawler.reading.attachments.packed import BadFile, members
from kazami.attachments import AttachmentState
from tests.crawler.reading.attachments.files import cell, docx, p, row, ruled_pdf, xlsx

WORD = docx(p("架空の公募") * 20)
BOOK = xlsx(row(1, cell("A1", "件名"), cell("B1", "期限")))
damage = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=9)


def damaged(body: bytes, changes: list[tuple[int, int]]) -> bytes:
    changed = bytearray(body)
    for at, byte in changes:
        changed[at % len(changed)] = byte
    return bytes(changed)


@given(damage, st.integers(0, 3000))
def test_damaged_archives(changes: list[tuple[int, int]], cut: int) -> None:
    for body in (damaged(WORD, changes), WORD[:cut]):
        with contextlib.suppress(BadFile):
            assert all(isinstance(line, str) for line in word.lines(body, 10**6))
    for body in (damaged(BOOK, changes), BOOK[:cut]):
        with contextlib.suppress(BadFile):
            assert sum(map(len, members(body, lambda name: True, 10**6).values())) <= 10**6


@given(st.binary(max_size=200), st.sampled_from([None, "text/csv; charset=Shift_JIS", "text/csv"]))
def test_any_bytes_as_csv(body: bytes, content_type: str | None) -> None:
    with contextlib.suppress(BadFile):
        assert isinstance(sheets.of_csv(body, content_type, 100).text, str)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("name", "body"),
    [("a.pdf", ruled_pdf([("件名", "架空橋")])), ("a.xlsx", BOOK), ("a.docx", WORD)],
    ids=["pdf", "xlsx", "docx"],
)
def test_damaged_files_come_to_an_end(name: str, body: bytes, seed: int) -> None:
    chance = random.Random(seed)
    changes = [(chance.randrange(5000), chance.randrange(256)) for _ in range(8)]
    read = attachment_text(name, None, damaged(body, changes))
    assert read.state in AttachmentState
    assert "\n" not in read.note
    assert (read.state is AttachmentState.READ) == bool(read.pieces)
