"""Where the ruled tables of a PDF's pages have their cells, by pdfplumber."""

from __future__ import annotations

import io
import signal
import time
from types import FrameType
from typing import Any

from crawler.reading.attachments.placed import RuledCell, Table

_SECONDS_A_PAGE = 3.0
_SECONDS = 20.0
"""For all of a file; the pages behind are read as lines."""

_MOST_BYTES = 15_000_000
"""pdfminer holds a file's objects as Python's own."""


class _TooSlow(Exception):
    pass


class RuledTables:
    """The tables of one file. ``skipped`` counts the pages that were too slow or too broken.

    Only the rulings are pdfplumber's: the letters are PDFium's, which knows more fonts.
    """

    def __init__(self, body: bytes) -> None:
        self.skipped = 0
        self._body = body
        self._opened: Any = None
        self._left = _SECONDS if len(body) <= _MOST_BYTES else 0.0

    def of_page(self, index: int) -> list[Table]:
        """The tables of a page with at least two rows and two columns, from the top."""
        if self._left <= 0 or not hasattr(signal, "setitimer"):
            self.skipped += 1
            return []
        began = time.process_time()
        before = signal.signal(signal.SIGVTALRM, _too_slow)
        signal.setitimer(signal.ITIMER_VIRTUAL, min(_SECONDS_A_PAGE, self._left))
        try:
            return self._tables(index)
        except Exception:  # pdfminer raises what it likes on broken files
            self.skipped += 1
            return []
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
            self._left -= time.process_time() - began

    def _tables(self, index: int) -> list[Table]:
        import pdfplumber

        if self._opened is None:
            self._opened = pdfplumber.open(io.BytesIO(self._body))
        page = self._opened.pages[index]
        # pdfplumber counts from the top of the page's box downwards, PDF from below.
        high = float(page.height) + 2 * float(page.mediabox[1])
        found: list[Table] = []
        for table in page.find_tables():
            rows = [
                [
                    RuledCell(left, high - bottom, right, high - top)
                    for left, top, right, bottom in filter(None, row.cells)
                ]
                for row in table.rows
            ]
            if len(rows) > 1 and max(len(row) for row in rows) > 1:
                found.append(rows)
        page.close()
        return found


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise _TooSlow
