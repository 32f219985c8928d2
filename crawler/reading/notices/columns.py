"""A table that a PDF's text layer tears into its columns: all labels first, then all their days."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.reading.notices.meaning import is_due, meaning_of
from crawler.reading.notices.segments import Statement
from kazami.partial_days import find_partial_days

_FEWEST = 3
"""Rows of a table below which a run of labels before a run of days may be chance."""

_LONGEST = 40
_ONLY_TIME = re.compile(
    r"[\s、,()]*(?:(?:午前|午後|正午|[0-9]{1,2}\s?[時:][0-9]{0,2}分?|まで|必着|から|~|頃|予定)[\s、,()]*)*"
)


def columns_as_rows(pieces: Sequence[Statement]) -> list[Statement]:
    """The pieces, each label of a torn table with its day.

    As many lines of days as of labels right before them, and no label above those: else it
    cannot be told which belongs to which, and they stay as they are.
    """
    found: list[Statement] = list(pieces)
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and _is_day(found[end]):
            end += 1
        count = end - at
        if count >= _FEWEST and at >= count and _are_labels(found, at - count, at):
            for each in range(count):
                label, day = found[at - count + each], found[at + each]
                raw = (label.raw, day.raw)
                cells = (label.text, day.text)
                row = Statement(" | ".join(raw), " | ".join(cells), cells, raw, label.headings)
                found[at - count + each] = row
                found[at + each] = Statement("", "", ("",), ("",))
        at = max(end, at + 1)
    return found


def _is_day(piece: Statement) -> bool:
    text = piece.text.strip()
    if len(piece.cells) > 1 or len(text) > _LONGEST:
        return False
    days = find_partial_days(text)
    return (
        len(days) == 1
        and days[0].month is not None
        and days[0].start == 0
        and bool(_ONLY_TIME.fullmatch(text, days[0].end))
    )


def _are_labels(pieces: Sequence[Statement], begin: int, end: int) -> bool:
    labels = [each.text.strip() for each in pieces[begin:end]]
    if any(len(each) > _LONGEST or not each or find_partial_days(each) for each in labels):
        return False
    if sum(bool(meaning_of(each)[0]) for each in labels) < _FEWEST - 1:
        return False
    above = pieces[begin - 1].text.strip() if begin else ""
    return not meaning_of(above)[0] and not (is_due(above, alone=True) and len(above) < _LONGEST)
