"""The text of linked files, and that no file costs more than it may."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date

import pytest

from crawler.reading.attachments import (
    AttachmentLimits,
    AttachmentText,
    Piece,
    attachment_text,
)
from kazami.attachments import AttachmentState
from replay import pdf_writer
from replay.cms import TownSite
from replay.town_office import town_office
from tests.crawler.reading.attachments.files import (
    cell,
    docx,
    endless_pdf,
    number,
    p,
    row,
    ruled_pdf,
    xlsx,
    zipped,
)

READ, REFUSED = AttachmentState.READ, AttachmentState.REFUSED


def text_of(name: str, body: bytes, content_type: str | None = None) -> str:
    read = attachment_text(name, content_type, body)
    assert (read.state, read.note) == (READ, "")
    return "\n".join(piece.text for piece in read.pieces)


def refused(read: AttachmentText, *words: str) -> None:
    assert read.state is REFUSED
    assert read.pieces == ()
    assert "\n" not in read.note
    assert read.note.endswith(": refused")
    assert all(word in read.note for word in words)


def test_the_invented_towns_files_say_what_their_pages_say() -> None:
    site = TownSite(town_office("reiji", date(2026, 6, 1)), "cms8341")
    seen = set()
    for notice in site.keys.values():
        for file in notice.files:
            suffix = file.name.rpartition(".")[2]
            if (suffix, file.scanned) in seen:
                continue
            seen.add((suffix, file.scanned))
            path = site.address("", notice, file)
            reply = site.answer("GET", path, b"", {})
            read = attachment_text(file.label, reply.content_type, reply.body)
            if file.scanned:
                assert read == AttachmentText(
                    AttachmentState.NO_TEXT, note="2 of 2 pages hold no text: a scan"
                )
                continue
            assert read.state is READ
            words = "".join("".join(piece.text.split()) for piece in read.pieces)
            for part in site.parts(notice):
                said = [cell for row in part.rows for cell in row]
                said += part.paragraphs if suffix in ("pdf", "docx") else ()
                assert [each for each in said if "".join(each.split()) not in words] == []
    assert {suffix for suffix, _ in seen} == {"pdf", "docx", "xlsx", "csv"}


def test_word_keeps_the_order_of_paragraphs_and_rows() -> None:
    cells = ["件名", "架空橋"], ["期限", "１日"]
    rows = [
        "".join(f"<w:tc>{p(each)}{p('二行') * (each == '架空橋')}</w:tc>" for each in row)
        for row in cells
    ]
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    changed = (
        "<w:p><w:ins><w:r><w:t>足し</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>消し</w:delText></w:r></w:del><w:r><w:tab/><w:t>た</w:t></w:r></w:p>"
    )
    field = f"<w:sdt><w:sdtContent>{p('欄の中')}</w:sdtContent></w:sdt>"
    body = docx(f"{p('架空の公募')}<w:tbl>{table}</w:tbl>{changed}{field}")
    assert text_of("a.docx", body) == "架空の公募\n件名\t架空橋　二行\n期限\t１日\n足し　た\n欄の中"


def test_sheets_have_their_names_and_days_are_days() -> None:
    rows = row(1, cell("A1", "件名"), cell("B1", "期限"), cell("C1", "金額")) + row(
        2, cell("A2", "架空\n橋"), number("B2", "46174", 1), number("C2", "1234567.0")
    )
    merged = '<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>'
    read = attachment_text("a.xlsx", None, xlsx(rows, more=merged))
    assert read.pieces == (
        Piece("件名\t期限\t金額\n架空　橋\t2026-06-01\t1234567", sheet="架空の一覧"),
    )


@pytest.mark.parametrize("codec", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
def test_csv_by_its_charset(codec: str) -> None:
    body = '件名,金額\r\n"架空の\n橋","\\1,000"\r\n'.encode(codec)
    assert text_of("a.csv", body) == "件名\t金額\n架空の 橋\t¥1,000"


def test_a_backslash_before_no_number_stays() -> None:
    assert text_of("a.txt", "C:\\2020\\例 \\５００円".encode("cp932")) == "C:\\2020\\例 ¥５００円"


@pytest.mark.parametrize("order", [1, -1])
def test_rows_of_a_ruled_table_are_lines_in_any_order_of_printing(order: int) -> None:
    rows = [("件名", "架空橋の補修"), ("質問の期限", "令和８年６月１日"), ("開札", "６月２日")]
    assert text_of("a.pdf", ruled_pdf(rows, order=order)) == (
        "件名\t架空橋の補修\n質問の期限\t令和８年６月１日\n開札\t６月２日"
    )


@pytest.mark.parametrize("order", [1, -1])
def test_what_stands_on_one_line_is_one_line_without_rulings_too(order: int) -> None:
    rows = [("公告の日", "令　和　８　年　６　月　１　日"), ("開札", "６月２日")]
    assert text_of("a.pdf", ruled_pdf(rows, rules=False, order=order)) == (
        "公告の日　令和８年６月１日\n開札　６月２日"
    )


def test_pages_are_told_and_their_numbers_dropped() -> None:
    pages = [["架空の要領", "- 1 -"], ["二頁の文", "- 2 -"]]
    read = attachment_text("a.pdf", "application/pdf", pdf_writer.across(pages))
    assert read.pieces == (Piece("架空の要領", page=1), Piece("二頁の文", page=2))


def test_a_box_that_is_ticked_stays_so() -> None:
    assert text_of("a.pdf", ruled_pdf([("\uf0fe対象", "\uf0a8否")])) == "☑対象　☐否"


def test_too_many_pages_or_cells_are_cut_and_said() -> None:
    limits = AttachmentLimits(pages=1, cells=4)
    pages = attachment_text("a.pdf", None, pdf_writer.across([["一"], ["二"]]), limits)
    assert (pages.state, pages.note) == (READ, "only the first 1 of 2 pages are read")
    assert [piece.page for piece in pages.pieces] == [1]
    cells = attachment_text("a.csv", None, b"1,2\n3,4\n5,6\n", limits)
    assert cells.pieces == (Piece("1\t2\n3\t4"),)
    assert cells.note == "only the first 4 cells are read"
    text = attachment_text("a.txt", None, b"abcdef", AttachmentLimits(characters=3))
    assert (text.pieces, text.note) == ((Piece("abc"),), "only the first 3 characters are read")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.zip", zipped({"様式.docx": docx(p("中"))})),
        ("a.pptx", zipped({"ppt/presentation.xml": "<p/>"})),
        ("a.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)),
        ("a.jtd", b"\x00\x01\x02"),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
    ],
)
def test_other_kinds_are_not_read(name: str, body: bytes) -> None:
    assert attachment_text(name, None, body) == AttachmentText(
        AttachmentState.UNREAD, note="this kind of file is not read"
    )


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMB = '<!DOCTYPE x [<!ENTITY a "架空架空"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        ("a.pdf", b"", "an empty file"),
        ("a.pdf", b"<!DOCTYPE html><html>", "a page of HTML"),
        ("a.pdf", b"plain", "no pdf file"),
        ("a.pdf", b"%PDF-1.7\nbroken", "no PDF that can be read"),
        ("a.pdf", ruled_pdf([("甲", "乙")])[:600], ""),
        ("a.docx", docx(p("&b;"), BOMB), "document type"),
        ("a.docx", docx("<w:p>")[:-40], "broken archive"),
        ("a.docx", zipped({"word/document.xml": "<w:p"}), "broken XML"),
        ("a.xlsx", xlsx(row(1, cell("A1", "&b;")), head=BOMB), "document type"),
        ("a.xlsx", zipped({"xl/workbook.xml": "<x/>"}), "no workbook"),
        ("a.xls", COMPOUND + bytes(600) + "Workbook".encode("utf-16-le"), "no workbook"),
        ("a.xlsx", COMPOUND + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.csv", b"\x82\xff\xff\x00", "encoding"),
    ],
)  # fmt: skip
def test_broken_and_hostile_files_are_refused_in_a_line(name: str, body: bytes, why: str) -> None:
    refused(attachment_text(name, None, body), why)


def test_a_large_file_is_refused_unread() -> None:
    refused(attachment_text("a.pdf", None, b"%PDF-" + bytes(31_000_000)), "31.0 MB", "30 MB")


@pytest.mark.parametrize("name", ["word/document.xml", "xl/worksheets/sheet1.xml"])
def test_a_zip_bomb_is_refused_before_it_goes_off(name: str) -> None:
    members: dict[str, str | bytes] = {name: bytes(300_000_000), "xl/workbook.xml": "<x/>"}
    if "word" in name:
        del members["xl/workbook.xml"]
    refused(attachment_text("a", None, zipped(members)), "MB when unpacked")


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    body = bytearray(zipped({"word/document.xml": bytes(200_000_000)}))
    with zipfile.ZipFile(io.BytesIO(bytes(body))) as archive:
        size = archive.infolist()[0].file_size.to_bytes(4, "little")
    while (at := body.find(size)) >= 0:
        body[at : at + 4] = (1000).to_bytes(4, "little")
    refused(attachment_text("a.docx", None, bytes(body)), "broken archive")


def test_a_pdf_that_takes_minutes_is_ended() -> None:
    began = time.monotonic()
    read = attachment_text("a.pdf", None, endless_pdf(), AttachmentLimits(pdf_seconds=0.5))
    refused(read, "takes more than 0.5 s")
    assert time.monotonic() - began < 20


def test_a_file_that_takes_all_memory_is_ended() -> None:
    body = docx("".join(p("架空") for _ in range(300_000)))
    read = attachment_text("a.docx", None, body, AttachmentLimits(memory=150_000_000))
    refused(read, "memory")
    assert attachment_text("a.docx", None, docx(p("次"))).pieces == (Piece("次"),)


def test_deep_xml_is_refused_or_read() -> None:
    body = docx("<w:p>" * 5000 + "</w:p>" * 5000)
    assert attachment_text("a.docx", None, body).state in (REFUSED, AttachmentState.NO_TEXT)
