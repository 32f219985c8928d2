"""Invented office files, whole and hostile, made here byte by byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006/relationships"

_FONT = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Mincho/DW 1000/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor"
    b"<</Type/FontDescriptor/FontName/Mincho/Flags 4/Ascent 880/Descent -120/CapHeight 700"
    b"/ItalicAngle 0/StemV 80/FontBBox[0 -120 1000 880]>>>>"
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def docx(body: str, head: str = "") -> bytes:
    inside = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    document = f'<?xml version="1.0"?>{head}{inside}'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def p(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def xlsx(rows: str, *, head: str = "", more: str = "") -> bytes:
    """Two sheets, the second hidden; ``rows`` are of the first."""
    sheet = f'<?xml version="1.0"?>{head}<worksheet xmlns="{_S}">{{}}</worksheet>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": (
                f'<Relationships xmlns="{_P}"><Relationship Id="rId1" '
                f'Type="{_R}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ),
            "xl/workbook.xml": (
                f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>'
                '<sheet name="架空の一覧" sheetId="1" r:id="rId1"/>'
                '<sheet name="隠し" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{_P}">'
                f'<Relationship Id="rId1" Type="{_R}/worksheet" Target="worksheets/sheet1.xml"/>'
                f'<Relationship Id="rId2" Type="{_R}/worksheet" Target="worksheets/sheet2.xml"/>'
                f'<Relationship Id="rId3" Type="{_R}/styles" Target="styles.xml"/></Relationships>'
            ),
            "xl/styles.xml": (
                f'<styleSheet xmlns="{_S}"><cellXfs count="2"><xf numFmtId="0"/>'
                '<xf numFmtId="14"/></cellXfs></styleSheet>'
            ),
            "xl/worksheets/sheet1.xml": sheet.format(f"<sheetData>{rows}</sheetData>{more}"),
            "xl/worksheets/sheet2.xml": sheet.format(
                f"<sheetData>{row(1, cell('A1', '見せない'))}</sheetData>"
            ),
        }
    )


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def cell(at: str, words: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{words}</t></is></c>'


def number(at: str, value: str, style: int = 0) -> str:
    return f'<c r="{at}" s="{style}"><v>{value}</v></c>'


def ruled_pdf(rows: list[tuple[str, str]], *, rules: bool = True, order: int = 1) -> bytes:
    """A page with a ruled table of two columns; ``order`` -1 prints the second column first."""
    left, middle, right, top, high = 60, 200, 500, 760, 30
    drawn = []
    if rules:
        for at in range(len(rows) + 1):
            drawn.append(f"{left} {top - at * high} m {right} {top - at * high} l S")
        bottom = top - len(rows) * high
        drawn += [f"{x} {top} m {x} {bottom} l S" for x in (left, middle, right)]
    words = []
    for column, x in list(enumerate((left + 5, middle + 5)))[::order]:
        for at, each in enumerate(rows):
            code = each[column].encode("utf-16-be").hex()
            words.append(f"BT /F 10 Tf {x} {top - at * high - 20} Td <{code}> Tj ET")
    return pdf_of("\n".join(drawn + words).encode())


def endless_pdf(depth: int = 9, times: int = 20) -> bytes:
    """A page of forms that each draw the next twenty times: some billions in all."""
    forms = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
        b"/Length %d>>stream\n%s\nendstream\n" % (9 + at, 6 * times, b"/X Do " * times)
        for at in range(depth)
    ]
    last = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 3>>stream\nq Q\nendstream\n"
    return pdf_of(b"/X Do", "/XObject<</X 8 0 R>>", [*forms, last])


def pdf_of(content: bytes, more: str = "", others: Sequence[bytes] = ()) -> bytes:
    """One page with this content; its font's glyphs are Unicode's numbers."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        f"/Resources<</Font<</F 5 0 R>>{more}>>>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream\n" % (len(content), content),
        (
            b"<</Type/Font/Subtype/Type0/BaseFont/Mincho/Encoding/Identity-H"
            b"/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>"
        ),
        _FONT,
    ]
    ranges = "".join(f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>\n" for high in range(256))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"100 beginbfrange\n{ranges}endbfrange\nendcmap end end"
    ).encode()
    objects.append(b"<</Length %d>>stream\n%s\nendstream\n" % (len(cmap), cmap))
    objects += others
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for at, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % at + each + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Root 1 0 R/Size %d>>startxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)
