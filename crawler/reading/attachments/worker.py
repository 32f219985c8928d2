"""Reads one file in a process of its own: run by ``reading.py`` beside it, never imported by it.

The file comes on stdin. Out go lines of JSON: one for each page or sheet, and at the end the state.
Whatever the file does to the libraries ends this process and nothing else.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterator
from typing import Any

from crawler.reading.attachments.packed import BadFile, NoText
from kazami.attachments import AttachmentState

_YEN = re.compile(r"(?<![A-Za-z0-9:\\])\\(?=\s?[0-9０-９])")
"""Fonts and charsets of Japan show the byte of the backslash as ¥."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def main(kind: str, content_type: str | None, limits: str) -> None:
    """Read stdin, write the parts and the state."""
    bounds: dict[str, Any] = json.loads(limits)
    _limit(bounds, bounds["pdf_seconds" if kind == "pdf" else "seconds"])
    body = sys.stdin.buffer.read()
    left = int(bounds["characters"])
    notes: list[str] = []
    try:
        for part in _parts(kind, content_type, body, bounds, notes):
            text = _YEN.sub("¥", _UNPRINTABLE.sub("", str(part["text"])))
            if len(text) > left:
                notes.append(f"only the first {bounds['characters']:,} characters are read")
                text = text[:left]
            left -= len(text)
            print(json.dumps({**part, "text": text}))
            if left <= 0:
                break
    except BadFile as error:
        _end(AttachmentState.REFUSED, f"{error}: refused")
    except MemoryError:
        much = f"more than {bounds['memory'] / 1e6:,.0f} MB of memory"
        _end(AttachmentState.REFUSED, f"takes {much}: refused")
    except NoText as error:
        _end(AttachmentState.NO_TEXT, str(error))
    else:
        _end(AttachmentState.READ, "; ".join(dict.fromkeys(notes)))


def _end(state: AttachmentState, note: str) -> None:
    print(json.dumps({"state": state, "note": note}))
    sys.stdout.flush()


def _parts(
    kind: str, content_type: str | None, body: bytes, bounds: dict[str, Any], notes: list[str]
) -> Iterator[dict[str, object]]:
    # Each library takes a while to load, and of each file one is wanted.
    cells = int(bounds["cells"])
    if kind == "pdf":
        from crawler.reading.attachments import pdf

        for page in pdf.pages(body, int(bounds["pages"]), notes):
            yield {"text": page.text, "page": page.number}
        return
    if kind == "docx":
        from crawler.reading.attachments import word

        yield {"text": "\n".join(word.lines(body, int(bounds["unpacked"])))}
        return
    from crawler.reading.attachments import sheets

    if kind == "text":
        yield {"text": sheets.of_text(body, content_type)}
    else:
        found = (
            iter([sheets.of_csv(body, content_type, cells)])
            if kind == "csv"
            else sheets.of_workbook(body, kind != "xls", int(bounds["unpacked"]), cells)
        )
        for sheet in found:
            if sheet.cut:
                notes.append(f"only the first {cells:,} cells are read")
            yield {"text": sheet.text, "sheet": sheet.name}


def _limit(bounds: dict[str, Any], seconds: float) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    # Not the address space: PDFium reserves far more of it than it ever uses.
    resource.setrlimit(resource.RLIMIT_DATA, (bounds["memory"], bounds["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Computing, not waiting; it ends by itself also where nobody is left to end it.
    most = math.ceil(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
