"""The text of a PDF, page by page; one that has none, or none in lines, says that it needs OCR."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.page import Page, PageChanged

_WORKER = Path(__file__).with_name("worker.py")
_SECONDS = 120.0
"""For a whole file; the worker itself gives no page more than two."""

_DASHES = r"[\s\-‐–—―ー−~・.()\[\]<>]*"
_NUMBER = re.compile(
    rf"{_DASHES}(?:[Pp]\.?|頁)?\s*(\d{{1,4}})\s*(?:頁|ページ|/\s*\d{{1,4}})?{_DASHES}"
)
_LONGEST_NUMBER = 30
_SPACE = re.compile(r"\s+")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffd\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff]")
_HYPHEN = re.compile("[\x02\ufffe]")
"""What PDFium writes for a hyphen at the end of a line."""


class NeedsOcr(PageChanged):
    """The PDF holds pictures of text, or text whose order is lost: refused, not guessed."""

    def __init__(self, url: str, what: str) -> None:
        super().__init__(url, "text in lines", what)
        self.args = (f"{url}: {what}: needs OCR, which kazami does not do; not stored",)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a PDF: its place in the file from 1, the number printed on it, its lines."""

    number: int
    printed: int | None
    text: str


def sheets(page: Page) -> tuple[Sheet, ...]:
    """The pages of the PDF that ``page`` holds, without running titles and printed numbers.

    Lines are as printed. Each takes at most 2 seconds and the file 200 MB of memory.

    Raises PageChanged for what is no PDF, is broken, locked or too long; NeedsOcr where most pages
    hold no text, where their fonts do not say which letters they show, or where a quarter is set
    vertically or in two columns.
    """
    if b"%PDF-" not in page.body[:1024]:
        raise PageChanged(page.url, "a PDF", _begins(page.body))
    said = _read(page)
    texts = [_HYPHEN.sub("", str(each["text"])).replace("\r\n", "\n") for each in said]
    _refuse(page, Counter(str(each["layout"]) for each in said if each["looked"]), texts)
    lines = [_lines(text) for text in texts]
    _without_running_titles(lines)
    printed = _printed(lines)
    return tuple(
        Sheet(at, number, "\n".join(_without_number(each, number)))
        for at, (each, number) in enumerate(zip(lines, printed, strict=True), 1)
    )


def _begins(body: bytes) -> str:
    return f"{body[:20]!r}" if body else "nothing"


def _read(page: Page) -> list[dict[str, object]]:
    command = [sys.executable, "-I", str(_WORKER)]
    try:
        done = subprocess.run(command, input=page.body, capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        raise PageChanged(page.url, "a PDF", f"one that takes over {_SECONDS:.0f} s") from None
    try:
        said = [json.loads(line) for line in done.stdout.splitlines()]
    except ValueError:
        said = []
    if said and "error" in said[-1]:
        raise PageChanged(page.url, "a PDF that can be read", str(said[-1]["error"])[:80])
    if done.returncode or not said:
        raise PageChanged(
            page.url, "a PDF that can be read", f"one that breaks off after {len(said)} pages"
        )
    return said


def _refuse(page: Page, layouts: Counter[str], texts: Sequence[str]) -> None:
    total = layouts.total()
    if layouts["none"] * 2 > total:
        raise NeedsOcr(page.url, f"{layouts['none']} of {total} pages hold no text")
    for layout, words in (("vertical", "vertical"), ("columns", "in two columns")):
        if layouts[layout] * 4 >= total:
            raise NeedsOcr(page.url, f"{layouts[layout]} of {total} pages are {words}")
    letters = "".join(texts)
    if len(_UNREADABLE.findall(letters)) * 20 > len(letters):
        raise NeedsOcr(page.url, "its fonts do not say which letters they show")


def _lines(text: str) -> list[str]:
    found = [_UNREADABLE.sub("", line).rstrip() for line in text.split("\n")]
    while found and not found[0]:
        found.pop(0)
    while found and not found[-1]:
        found.pop()
    return found


def _without_running_titles(pages: list[list[str]]) -> None:
    """Drop the first and last line where more than half of the pages begin or end with the same."""
    if len(pages) < 4:
        return
    for at in (0, -1):
        seen = Counter(_SPACE.sub("", lines[at]) for lines in pages if lines)
        title, times = seen.most_common(1)[0] if seen else ("", 0)
        if times * 2 > len(pages) and title:
            for lines in pages:
                if len(lines) > 1 and _SPACE.sub("", lines[at]) == title:
                    lines.pop(at)


def _printed(pages: Sequence[Sequence[str]]) -> list[int | None]:
    """The printed numbers: those that rise by one from page to page; a single gap is filled."""
    candidates = [set(_numbers(lines)) for lines in pages]
    found: list[int | None] = []
    for at, numbers in enumerate(candidates):
        before = candidates[at - 1] if at else set()
        after = candidates[at + 1] if at + 1 < len(candidates) else set()
        sure = [n for n in numbers if n - 1 in before or n + 1 in after]
        found.append(min(sure) if sure else None)
    for at in range(1, len(found) - 1):
        before_, after_ = found[at - 1], found[at + 1]
        if found[at] is None and before_ and after_ == before_ + 2:
            found[at] = before_ + 1
    return found


def _numbers(lines: Sequence[str]) -> Iterator[int]:
    for line in (*lines[:2], *lines[-2:]):
        if len(line) > _LONGEST_NUMBER:
            continue
        match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", line))
        if match and int(match[1]) > 0:
            yield int(match[1])


def _without_number(lines: Sequence[str], number: int | None) -> list[str]:
    ends = {0, 1, len(lines) - 1, len(lines) - 2}
    return [
        line
        for at, line in enumerate(lines)
        if number is None or at not in ends or number not in _numbers([line])
    ]
