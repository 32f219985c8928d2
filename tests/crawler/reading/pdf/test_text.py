"""PDFs in lines are read page by page; others say what they need; none costs more than it may."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.page import Page, PageChanged
from crawler.reading.pdf import worker as pdf_worker
from crawler.reading.pdf.text import NeedsOcr, sheets
from replay import pdf_writer

URL = "https://www.town.reiji.lg.jp/files/1.pdf"
PROSE = [
    "　例示の文章であり、意味は無いが、行を満たすために続いている。"[: 22 - n % 3]
    for n in range(36)
]


def read(body: bytes) -> list[tuple[int | None, str]]:
    return [(sheet.printed, sheet.text) for sheet in sheets(Page(URL, body))]


def test_lines_stay_as_printed_and_pages_have_their_numbers() -> None:
    body = pdf_writer.across(
        [
            ["○議長（例示花子君）　開きます。", "　𠮷田、㈱例示、ﾊﾝｶｸ。", "-7-"],
            ["続きです。", "- 8 -"],
        ]
    )
    assert read(body) == [
        (7, "○議長（例示花子君）\u3000開きます。\n\u3000𠮷田、㈱例示、ﾊﾝｶｸ。"),
        (8, "続きです。"),
    ]


@pytest.mark.parametrize("number", ["{}", "－{}－", "P.{}", "{}頁", "( {} )", "{} / 30"])
def test_a_page_s_number_is_printed_in_many_ways(number: str) -> None:
    printed = number.format(9), number.format(10)
    body = pdf_writer.across([["例示です。", printed[0]], [printed[1], "例示です。"]])
    assert read(body) == [(9, "例示です。"), (10, "例示です。")]


def test_a_number_that_does_not_rise_is_text() -> None:
    body = pdf_writer.across([["例示です。", "2024"], ["例示です。", "500"]])
    assert read(body) == [(None, "例示です。\n2024"), (None, "例示です。\n500")]


def test_a_page_without_its_number_between_two_has_it() -> None:
    body = pdf_writer.across([["一", "3"], ["二", "4"], ["三"], ["四", "6"], ["五", "7"]])
    assert [number for number, _ in read(body)] == [3, 4, 5, 6, 7]


def test_a_running_title_is_no_text() -> None:
    pages = [["令和６年第１回定例会", f"例示の{n}です。", f"- {n} -"] for n in range(1, 6)]
    assert [text for _, text in read(pdf_writer.across(pages))] == [
        f"例示の{n}です。" for n in range(1, 6)
    ]


def test_a_roster_in_columns_is_no_page_in_two_columns() -> None:
    roster = [f"　{n}番　例示太郎" for n in range(1, 15)]
    body = pdf_writer.in_columns([(roster, roster), (PROSE[:20], [])])
    assert len(read(body)) == 2


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (pdf_writer.in_columns([(PROSE, PROSE)] * 2), "2 of 2 pages are in two columns"),
        (pdf_writer.downwards([PROSE] * 2), "2 of 2 pages are vertical"),
        (pdf_writer.without_text(3), "3 of 3 pages hold no text"),
        (pdf_writer.without_table([PROSE]), "do not say which letters"),
    ],
)
def test_what_needs_ocr_says_so(body: bytes, reason: str) -> None:
    with pytest.raises(NeedsOcr, match=f"{reason}.*needs OCR") as refused:
        read(body)
    assert "\n" not in str(refused.value)


def test_one_page_in_two_columns_among_many_is_read() -> None:
    body = pdf_writer.in_columns([(PROSE, PROSE), *[(PROSE[:9], [])] * 5])
    assert len(read(body)) == 6


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        b"%PDF-1.7\n",
        pdf_writer.across([PROSE])[:900],
        pdf_writer.across([PROSE]).replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]"),
    ],
)
def test_a_broken_pdf_is_a_changed_page(body: bytes) -> None:
    with pytest.raises(PageChanged):
        read(body)


def holding(stream: bytes) -> bytes:
    """A PDF of one page whose content is ``stream``, packed."""
    head, _, rest = pdf_writer.across([["例示です。"]]).partition(b"7 0 obj\n")
    said = f"<</Length {len(stream)} /Filter /FlateDecode>>\nstream\n".encode()
    end = rest[rest.index(b"\nendobj") :]
    return head + b"7 0 obj\n" + said + stream + b"\nendstream" + end


def packed(words: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    parts = [packer.compress(words * 1000) for _ in range(times // 1000)]
    return b"".join(parts) + packer.flush()


@pytest.mark.parametrize(
    ("words", "times"),
    [
        (b"BT /F 10 Tf 1 0 0 1 60 700 Tm <0001> Tj ET ", 400_000),
        (b"0 0 m 1 1 l S ", 2_000_000),
        (b" ", 1_000_000_000),
    ],
)
def test_what_takes_too_much_memory_is_given_up_in_time(words: bytes, times: int) -> None:
    body = holding(packed(words, times))
    assert len(body) < 2_000_000
    began = time.perf_counter()
    with pytest.raises(PageChanged, match="breaks off after 0 pages"):
        read(body)
    assert time.perf_counter() - began < pdf_worker.SECONDS_A_PAGE + 3


def test_a_page_gets_no_more_than_its_time() -> None:
    pytest.importorskip("resource")
    endless = (
        f"import runpy; worker = runpy.run_path({pdf_worker.__file__!r})\n"
        "worker['_within'](0.2)\nwhile True: pass"
    )
    began = time.perf_counter()
    ended = subprocess.run([sys.executable, "-c", endless], timeout=20)
    assert ended.returncode == -signal.SIGALRM
    assert time.perf_counter() - began < 5


WHOLE = pdf_writer.across([PROSE, PROSE])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)), st.binary(max_size=20))
def test_a_damaged_pdf_is_read_or_refused(first: int, last: int, junk: bytes) -> None:
    try:
        found = read(WHOLE[: min(first, last)] + junk + WHOLE[max(first, last) :])
    except PageChanged:
        return
    assert found


@pytest.mark.corpus
def test_real_pdfs_are_read_in_time(shared: Path) -> None:
    files = sorted((shared / "samples/procurement_pages/pdf").glob("*.pdf"))
    assert len(files) == 18
    began = time.perf_counter()
    pages = letters = 0
    for file in files:
        found = sheets(Page(URL, file.read_bytes()))
        pages += len(found)
        letters += sum(len(sheet.text) for sheet in found)
    assert pages == 133
    assert letters > 120_000
    assert time.perf_counter() - began < pages
