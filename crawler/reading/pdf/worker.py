"""Reads a PDF's text in a process of its own: run by ``text.py`` beside it, never imported.

PDFs are hostile: whatever PDFium does with one (endless work, gigabytes, a crash) ends this process
and nothing else. The PDF comes on stdin; every page goes out as a line of JSON: its text, and how
it is laid out.
"""

from __future__ import annotations

import ctypes
import json
import signal
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MEMORY = 200 * 1024 * 1024
SECONDS_A_PAGE = 2.0
SECONDS_TO_OPEN = 5.0
MOST_PAGES = 1500
MOST_CHARACTERS = 20_000
"""On one page; printed minutes have some 1,500."""

MOST_LOOKED_AT = 60
"""Pages of a file whose layout is looked at, spread over it: that takes longer than the text."""

_SHORTEST_RUN = 8
"""Characters: shorter ones are cells of tables and rosters."""

_FEWEST_LINES = 12
"""On each side: two columns of a roster have fewer long lines."""


@dataclass(slots=True)
class Run:
    """Characters in a row on one line: where it begins and ends, and how many they are."""

    left: float
    right: float
    y: float
    count: int


def main() -> None:
    """Read stdin, write a line for each page; ends with 3 where it is no PDF that can be read."""
    _limit()
    body = sys.stdin.buffer.read()
    _within(SECONDS_TO_OPEN)
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        print(json.dumps({"error": str(error)}))
        sys.exit(3)
    if len(document) > MOST_PAGES:
        print(json.dumps({"error": f"{len(document)} pages"}))
        sys.exit(3)
    step = -(-len(document) // MOST_LOOKED_AT)
    for index in range(len(document)):
        _within(SECONDS_A_PAGE)
        try:
            said = _page(document[index], look=index % step == 0)
        except pdfium.PdfiumError as error:
            print(json.dumps({"error": f"page {index + 1}: {error}"}))
            sys.exit(3)
        print(json.dumps(said))
    sys.stdout.flush()


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    # Not the address space: PDFium reserves far more of it than it ever uses.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _within(seconds: float) -> None:
    """The system ends the process unless it is called again in time, also inside PDFium."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _page(page: pdfium.PdfPage, look: bool) -> dict[str, object]:
    text_page = page.get_textpage()
    count = min(text_page.count_chars(), MOST_CHARACTERS)
    text = text_page.get_text_range(0, count) if count > 0 else ""
    layout = "lines" if text.strip() else "none"
    if layout == "lines" and look:
        steps = _places(page, text_page, count)
        layout = "vertical" if is_vertical(steps) else "lines"
        if layout == "lines" and has_two_columns(runs(steps)):
            layout = "columns"
    text_page.close()
    page.close()
    return {"text": text, "layout": layout, "looked": look}


def _places(
    page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, count: int
) -> list[tuple[float, float]]:
    """Where each printed character stands, as the reader sees the page; spaces are left out."""
    x, y = ctypes.c_double(), ctypes.c_double()
    places = []
    turned = page.get_rotation()
    for index in range(count):
        if raw.FPDFText_GetUnicode(text_page, index) in (0x20, 0x3000, 0x0D, 0x0A, 0x09):
            continue
        if not raw.FPDFText_GetCharOrigin(text_page, index, x, y):
            continue
        across, up = x.value, y.value
        if turned == 90:
            across, up = up, -across
        elif turned == 180:
            across, up = -across, -up
        elif turned == 270:
            across, up = -up, across
        places.append((across, up))
    return places


def is_vertical(places: list[tuple[float, float]]) -> bool:
    """Whether most characters stand below the one before."""
    steps: Counter[str] = Counter()
    for (x, y), (next_x, next_y) in pairwise(places):
        across, down = abs(next_x - x), abs(next_y - y)
        if across < 1 <= down < 40:
            steps["down"] += 1
        elif down < 1 <= across < 40:
            steps["across"] += 1
    return steps["down"] > max(steps["across"], 10)


def runs(places: list[tuple[float, float]]) -> list[Run]:
    """Longer runs of characters: without the cells of tables and rosters."""
    found: list[Run] = []
    for x, y in places:
        last = found[-1] if found else None
        if last and abs(y - last.y) < 2 and 0 <= x - last.right < 40:
            last.right, last.count = x, last.count + 1
        else:
            found.append(Run(x, x, y, 1))
    return [run for run in found if run.count >= _SHORTEST_RUN]


def has_two_columns(runs: list[Run]) -> bool:
    """Whether a gutter near the middle parts two blocks of lines that both fill their width."""
    if len(runs) < 2 * _FEWEST_LINES:
        return False
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    width = right - left
    for step in range(35, 66):
        gutter = left + width * step / 100
        crossing = sum(run.left < gutter < run.right for run in runs)
        before = [run for run in runs if run.right <= gutter]
        after = [run for run in runs if run.left >= gutter]
        if crossing > len(runs) // 10 or min(len(before), len(after)) < _FEWEST_LINES:
            continue
        if all(
            sum(run.right - run.left for run in side) / len(side) > 0.6 * (edge - begin)
            for side, begin, edge in ((before, left, gutter), (after, gutter, right))
        ):
            return True
    return False


if __name__ == "__main__":
    main()
