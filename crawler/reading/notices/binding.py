"""Which words of a text stand with which of its days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.reading.notices.days import Stated
from crawler.reading.notices.meaning import plain
from crawler.reading.notices.segments import Statement

LABEL = 120
"""Characters before a day in which its label is looked for."""

OF_THE_NEXT = re.compile(r"[はがを(][、\s]?$")
"""What ends the words between two days that are the second's: 回答は8月3日."""


def bind(
    text: str, days: list[Stated], *, leading: bool = True
) -> Iterator[tuple[Stated, str, str]]:
    """Each day with the words before it, as far as the day before, and those after it.

    ``leading``: in a text that begins with a day, the words after each are its label.
    """
    leads = leading and not plain(text[: days[0].start])
    if leads and len(days) > 1:
        leads = not OF_THE_NEXT.search(text[days[0].end : days[1].start])
    for at, each in enumerate(days):
        begin = days[at - 1].end if at else 0
        end = days[at + 1].start if at + 1 < len(days) else len(text)
        after = text[each.end : min(end, each.end + LABEL)]
        if leads:
            yield each, "", after
        else:
            yield each, text[begin : each.start], after if at + 1 == len(days) else ""


def around(piece: Statement, stated: Stated) -> str:
    """The printed words around a day in a long piece."""
    begin = max(0, stated.start - 60)
    cut = max(piece.text.rfind(mark, begin, stated.start) for mark in "。、 ")
    end = piece.text.find("。", stated.end, stated.end + 40)
    return piece.words(
        cut + 1 if cut > begin else begin,
        end if end >= 0 else min(len(piece.text), stated.end + 20),
    )
