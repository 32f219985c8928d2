"""What documents and passages are counted in: 会議 and 発言 in minutes, 件 and 段落 elsewhere."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from answers.questions import Measure
from kazami.document import Kind
from presenting.labels import MEASURES, TOTALS


class Units(NamedTuple):
    """The words for a document and for a passage."""

    document: str
    passage: str


_MINUTES = Units("会議", "発言")
_OTHERS = Units("件", "段落")
_MIXED = Units("件", "発言・段落")


def units(kinds: Set[Kind]) -> Units:
    """The words that are true of all these kinds; those of minutes where there is none."""
    if kinds <= {Kind.MINUTES}:
        return _MINUTES
    return _MIXED if Kind.MINUTES in kinds else _OTHERS


def measure_label(measure: Measure, kinds: Set[Kind]) -> str:
    """``発言数``, ``件数``."""
    return MEASURES[measure].format_map(units(kinds)._asdict())


def total_label(measure: Measure, kinds: Set[Kind]) -> str:
    """``全発言``, ``全件``."""
    return TOTALS[measure].format_map(units(kinds)._asdict())
