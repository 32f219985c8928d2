"""PDFs of text for the replay: no font inside, but the table that says which glyph is which letter.

So are most minutes in PDF made (CID fonts with Identity-H and ToUnicode), except that theirs hold
the font. A viewer shows these with a substitute.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

_WIDTH, _HEIGHT = 595, 842
_MARGIN = 60
_SIZE = 10
_LEADING = 16

Line = tuple[float, float, str]
"""Where a line begins, from the lower left corner in points, and its text."""


_FONT = (
    b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /Mincho /DW 1000 /CIDSystemInfo"
    b" <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor"
    b" <</Type /FontDescriptor /FontName /Mincho /Flags 4 /Ascent 880 /Descent -120"
    b" /CapHeight 700 /ItalicAngle 0 /StemV 80 /FontBBox [0 -120 1000 880]>>>>"
)


def across(pages: Sequence[Sequence[str]]) -> bytes:
    """Pages of lines from left to right, one under the other.

    Not quite: of a font that is not there PDFium knows no height, and takes a line for the shadow
    of one with the same letters shortly before, if both begin at the same place.
    """
    return _pdf(
        [
            [
                (_MARGIN + at % 6 * 0.5, _HEIGHT - _MARGIN - _LEADING * at, line)
                for at, line in enumerate(lines)
            ]
            for lines in pages
        ]
    )


def in_columns(pages: Sequence[tuple[Sequence[str], Sequence[str]]]) -> bytes:
    """Pages of two columns of lines, printed line by line over both as some programs do."""
    placed = []
    for columns in pages:
        lines = [
            (left, _HEIGHT - _MARGIN - _LEADING * at, line)
            for left, column in zip((_MARGIN, _WIDTH / 2 + 10), columns, strict=True)
            for at, line in enumerate(column)
        ]
        placed.append(sorted(lines, key=lambda line: -line[1]))
    return _pdf(placed)


def downwards(pages: Sequence[Sequence[str]]) -> bytes:
    """Pages set vertically from the right, each character placed by itself."""
    return _pdf(
        [
            [
                (
                    _WIDTH - _MARGIN - _LEADING * at,
                    _HEIGHT - _MARGIN - _SIZE * down,
                    f"{character} ",
                )
                for at, line in enumerate(lines)
                for down, character in enumerate(line)
            ]
            for lines in pages
        ]
    )


def without_text(pages: int) -> bytes:
    """Pages that hold nothing that is text, as scanned ones do."""
    return _pdf([[] for _ in range(pages)])


def without_table(pages: Sequence[Sequence[str]]) -> bytes:
    """Pages of lines whose glyphs nothing says the letters of."""
    return _pdf([[(_MARGIN, _HEIGHT - _MARGIN, "".join(lines))] for lines in pages], table=False)


def _pdf(pages: Sequence[Sequence[Line]], table: bool = True) -> bytes:
    glyphs: dict[str, int] = {}
    for lines in pages:
        for _, _, text in lines:
            for character in f"{text} ":
                glyphs.setdefault(character, len(glyphs) + 1)
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
    to_unicode = " /ToUnicode 5 0 R" if table else ""
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        f"<</Type /Pages /Kids [{kids}] /Count {len(pages)}>>".encode(),
        (
            "<</Type /Font /Subtype /Type0 /BaseFont /Mincho /Encoding /Identity-H"
            f" /DescendantFonts [4 0 R]{to_unicode}>>"
        ).encode(),
        _FONT,
        _stream(_table(glyphs)),
    ]
    for at, lines in enumerate(pages):
        objects.append(
            (
                f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}]"
                f" /Resources <</Font <</F 3 0 R>>>> /Contents {7 + 2 * at} 0 R>>"
            ).encode()
        )
        objects.append(_stream("\n".join(_shown(line, glyphs) for line in lines)))
    return _file(objects)


def _shown(line: Line, glyphs: dict[str, int]) -> str:
    x, y, text = line
    # PDFium overlooks a single character of a font that is not there.
    text += " " if len(text) == 1 else ""
    codes = "".join(f"{glyphs[character]:04X}" for character in text)
    return f"BT /F {_SIZE} Tf 1 0 0 1 {x:g} {y:g} Tm <{codes}> Tj ET"


def _table(glyphs: dict[str, int]) -> str:
    rows = [
        f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>"
        for character, code in glyphs.items()
    ]
    parts = [
        f"{len(rows[at : at + 100])} beginbfchar\n" + "\n".join(rows[at : at + 100]) + "\nendbfchar"
        for at in range(0, len(rows), 100)
    ]
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /T def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + "\n".join(parts)
        + "\nendcmap end end"
    )


def _stream(text: str) -> bytes:
    packed = zlib.compress(text.encode("ascii"))
    head = f"<</Length {len(packed)} /Filter /FlateDecode>>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer <</Size {len(objects) + 1} /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
