"""What a purchase and its procedure are called by the notice, and of which sort they are."""

from __future__ import annotations

import re
from functools import cache

from crawler.reading.notices.words import alternatives, loose, pattern, vocabulary


def procedure_in(text: str) -> str | None:
    """The procedure that ``text``, which is in NFKC, names, as printed, without white space."""
    if not pattern("procedure_words").search(text):
        return None
    for core, _ in vocabulary().procedures:
        if found := _procedure(core).search(text):
            return re.sub(r"\s", "", found[0])
    return None


def category_in(text: str) -> str | None:
    """The last word of ``text``, which is in NFKC, that says what is bought, as printed."""
    best: tuple[int, int, str] | None = None
    for printed, _ in vocabulary().categories:
        at = text.rfind(printed)
        if at >= 0 and (best is None or (at + len(printed), len(printed)) > best[:2]):
            best = (at + len(printed), len(printed), printed)
    return best[2] if best else None


def sort_of_procedure(printed: str) -> str | None:
    """一般競争 of 制限付き一般競争入札(郵便入札); None for words that are no procedure."""
    return next((sort for core, sort in vocabulary().procedures if core in printed), None)


def sort_of_category(printed: str) -> str | None:
    """工事, 役務 or 物品 of 解体工事, 業務委託, 購入; None for words that name none of them."""
    return next((sort for word, sort in vocabulary().categories if word in printed), None)


@cache
def _procedure(core: str) -> re.Pattern[str]:
    prefixes = alternatives(vocabulary().procedure_prefixes)
    return re.compile(rf"(?:{prefixes}){{0,3}}{loose(core)}")
