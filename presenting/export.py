"""Results for other programs: JSON, CSV that a spreadsheet opens safely, Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

from presenting.columns import Code
from presenting.safe_text import DIRECTIONS, clean, one_line

_FORMULA = frozenset("=+-@＝＋－＠")
_BLANK_FORMULA = frozenset("\t\r")
_UNSAFE_IN_JSON = re.compile(
    f"[\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f{DIRECTIONS}]"
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LIST_START = re.compile(r"^(\d{0,9})([-+=.)])")


def to_json(value: object) -> str:
    """``value`` as JSON; what could steer or disguise a terminal is escaped all the same."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return _UNSAFE_IN_JSON.sub(lambda found: json.dumps(found[0])[1:-1], text)


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV: with a byte order mark, which Excel needs to read it as UTF-8.

    A text that a spreadsheet would take for a formula is prefixed by ``'``; numbers stay
    numbers, ``None`` is an empty cell, truth is ``true`` or ``false``. A ``Code`` is written
    ``="011002"``: of bare digits, quoted or not, Excel makes the number 11002.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return "\ufeff" + file.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Code) and value.isdigit():
        return f'="{value}"'
    return defused(str(value))


def defused(text: str) -> str:
    """``text`` cleaned, and harmless in a cell: nothing that begins a formula comes first."""
    cleaned = clean(text)
    begins = text[:1] in _BLANK_FORMULA or cleaned.lstrip()[:1] in _FORMULA
    return f"'{cleaned}" if begins else cleaned


def in_markdown(text: str) -> str:
    """``text`` cleaned, on one line, with what Markdown would read as markup escaped."""
    return _LIST_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", one_line(text)))


def link_in_markdown(url: str) -> str | None:
    """``url`` as a link target that stays inside its brackets, or None where it is no web link."""
    url = one_line(url)
    if not re.match(r"https?://", url):
        return None
    return re.sub(r"[\s<>()]", lambda found: f"%{ord(found[0]):02X}", url)
