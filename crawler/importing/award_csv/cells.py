"""What single cells of a table of awards say: amounts, days, results, names."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

from crawler.importing.award_csv.words import award_words
from crawler.importing.document_json import NotADocument
from crawler.importing.document_json import day as read_day
from kazami.dates import DateError
from kazami.facts import LARGEST, AwardOutcome
from kazami.text import fold_name

UNITS = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000}

_AMOUNT = re.compile(
    r"(?:税込|税抜|税別)?[:：]?金?[¥\\]?(?P<figures>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?P<unit>円|千円|万円|百万円)?(?:也|整|-)?(?:\(?(?:消費税)?(?:税込み?|税抜き?|税別|込|抜)\)?)?"
)
_PLAINEST = re.compile(r"([0-9]+)(?:\.0+)?")
_IN_BRACKETS = re.compile(r"[(\[【〔](\D*?)[)\]】〕]")
_NUMBER_TAIL = re.compile(r"[\s　(（]*法人番号[\s　:：]*[-－ー―—‐0-9０-９]*[\s　)）]*$")


class NoAmount(NotADocument):
    """A cell that should hold an amount holds something else."""


def amount(text: str, unit: int) -> int | None:
    """The yen that a cell states; None where it states none (empty, 0, 非公表) or no whole yen.

    ``31389000.00``, ``３１，３８９千円``, ``¥31,389,000（税込）``; ``unit`` is the column's, which
    a unit in the cell goes before. Raises NoAmount for what is neither an amount nor the want of
    one: the cell of another column.
    """
    if plainest := _PLAINEST.fullmatch(text):  # nearly all, and ten times faster
        return _whole(int(plainest[1]) * unit, text)
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        folded = fold_name(text)
        if not folded.strip("-ー―—‐*・.") or folded in award_words().not_stated:
            return None
        if outcome(text) is not None or any(word in folded for word in ("単価", "公表")):
            return None
        raise NoAmount(f"{text[:40]!r} is no amount")
    factor = UNITS[found["unit"]] if found["unit"] else unit
    return _whole(Decimal(found["figures"].replace(",", "")) * factor, text)


def _whole(yen: Decimal | int, text: str) -> int | None:
    if yen > LARGEST:
        raise NoAmount(f"{text[:40]!r} is more yen than there are")
    return int(yen) or None if yen == int(yen) else None


def unit_of(header: str) -> int:
    """The unit that the name of a column states: 落札金額（千円）."""
    plain = "".join(unicodedata.normalize("NFKC", header).split())
    for unit in ("百万円", "千円", "万円"):
        if unit in plain:
            return UNITS[unit]
    return 1


@lru_cache(4096)
def award_day(text: str) -> date | None:
    """The day of a cell; None for an empty one. Raises NotADocument for what is no day."""
    if not fold_name(text).strip("-ー―—‐*"):
        return None
    try:
        return read_day(text)
    except DateError as error:
        raise NotADocument(str(error)) from error


@lru_cache(4096)
def outcome(text: str) -> AwardOutcome | None:
    """What a cell says of a result that is no award: 不調, 落札者なし, 中止（設計見直し）."""
    folded = fold_name(text)
    if not folded or len(folded) > 30:
        return None
    words = award_words()
    if any(word in folded for word in words.failed):
        return AwardOutcome.FAILED
    if any(word in folded for word in words.cancelled):
        return AwardOutcome.CANCELLED
    return None


def outcome_in_title(title: str) -> AwardOutcome | None:
    """The same of what a title says in brackets: 【中止】庁舎清掃業務."""
    folded = fold_name(title)
    for found in _IN_BRACKETS.finditer(folded):
        if found[1] in award_words().cancelled:
            return AwardOutcome.CANCELLED
        if found[1] in award_words().failed:
            return AwardOutcome.FAILED
    return None


@lru_cache(65536)
def supplier_name(text: str) -> str | None:
    """The name as printed, without 法人番号 － at its end; None where the cell names nobody."""
    name = _NUMBER_TAIL.sub("", text).strip()
    folded = fold_name(name)
    if not re.search(r"\w", folded) or folded in award_words().not_stated:
        return None
    if outcome(name) is not None and not re.search(r"会社|\(株\)|\(有\)", folded):
        return None
    return name


def number_cell(text: str) -> str | None:
    """A number as stated, with its zeros in front; None where there is none."""
    plain = text.strip().removeprefix("'")
    if plain.startswith('="') and plain.endswith('"'):
        plain = plain[2:-1]
    if not unicodedata.normalize("NFKC", plain).strip("-ー―—‐* ."):
        return None
    return plain.removesuffix(".0")
