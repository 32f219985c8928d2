"""The rows of tables tenders and awards, taken out of a document's facts."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

from kazami.facts import AwardFacts, AwardOutcome, Fact, Facts, Stage, TenderFacts
from kazami.procurement import closing
from kazami.suppliers import corporate_number, read_name, short_forms
from kazami.text import fold_name

Value = TypeVar("Value")


def tender_row(facts: Facts | None) -> dict[str, Any]:
    """The columns of a tender beside its document; one without facts is a notice."""
    known = facts if isinstance(facts, TenderFacts) else TenderFacts()
    closes = closing(known.deadlines)
    at = None if closes is None or closes.time is None else closes.time.isoformat("minutes")
    return {
        "stage": (_value(known.stage) or Stage.NOTICE).value,
        "project": _value(known.project),
        "number": _value(known.number),
        "category": _value(known.category),
        "procedure": _value(known.procedure),
        "budget": _value(known.budget),
        "closes": closes and closes.day,
        "closes_at": at,
        "closes_for": closes and closes.paper,
    }


def award_row(title: str, facts: Facts | None) -> dict[str, Any]:
    """The columns of an award beside its document, body and date.

    One without facts is an award of nobody known. An amount of 0 is none: nobody works for
    nothing, tables print it for *not stated*.
    """
    known = facts if isinstance(facts, AwardFacts) else AwardFacts()
    supplier, number = _value(known.supplier), _value(known.corporate_number)
    read = None if supplier is None else read_name(supplier)
    valid = None if number is None else corporate_number(number)
    told = (title, _value(known.project), supplier, _value(known.number), valid)
    return {
        "outcome": (_value(known.outcome) or AwardOutcome.AWARDED).value,
        "project": _value(known.project),
        "number": _value(known.number),
        "category": _value(known.category),
        "supplier": supplier,
        "supplier_key": read and read.key,
        "branch": read is not None and read.branch,
        "corporate_number": valid,
        "amount": _value(known.amount) or None,
        "words": "\n".join(_folded(each) for each in dict.fromkeys(told) if each),
    }


@lru_cache(16384)
def _folded(text: str) -> str:
    return text if text.isascii() and text.isdigit() else short_forms(fold_name(text))


def _value(fact: Fact[Value] | None) -> Value | None:
    return None if fact is None else fact.value
