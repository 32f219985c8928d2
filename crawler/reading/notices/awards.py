"""Who won: the awards that a page of results names, one or a table of many."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crawler.reading.notices.amounts import amount, unit_of
from crawler.reading.notices.kinds import CALLED_OFF, NO_WINNER
from crawler.reading.notices.labelled import label_of, labelled
from crawler.reading.notices.naming import category_in, procedure_in
from crawler.reading.notices.segments import Statement, segments
from kazami.facts import AwardFacts, AwardOutcome, Fact
from kazami.suppliers import supplier_key
from kazami.text import exact_form, fold_name


@dataclass(frozen=True, slots=True)
class AwardCell:
    """What stands under or behind a label: in NFKC, as printed, and the words of both."""

    label: str
    value: str
    printed: str
    words: str


_CORPORATE = re.compile(r"(?<![0-9])[0-9]{13}(?![0-9])")
_PRINTED_NUMBER = re.compile(r"(?<![0-9０-９])[0-9０-９]{13}(?![0-9０-９])")
_TAIL = re.compile(r"\s*[(（]?法人番号\s*[:：]?\s*(?:[0-9０-９]{13}|[-－ー―])?\s*[)）]?")


def read_award(
    title: str, blocks: Sequence[str], *, seen: date, listed: Mapping[str, str] | None = None
) -> tuple[AwardFacts, ...]:
    """The awards that a page of results states, in order: its table's rows, else its labels.

    A row without winner is one too, its outcome says why. Arguments as of ``read_tender``.
    """
    pieces = segments(blocks, listed)
    if rows := tuple(_rows(pieces, title)):
        return rows
    cells: dict[str, AwardCell] = {}
    found: list[AwardFacts] = []
    for each in labelled(pieces):
        if each.name == "project" and "project" in cells and "supplier" in cells:
            found += _award(cells, title)
            cells = {}
        cells.setdefault(each.name, AwardCell(each.label, each.value, each.printed, each.words))
    return _distinct((*found, *_award(cells, title)))


def _distinct(awards: Sequence[AwardFacts]) -> tuple[AwardFacts, ...]:
    """Each award once: what a list states of it, its own page states again."""
    kept: list[AwardFacts] = []
    for award in awards:
        if not any(_same(award, other) for other in kept):
            kept.append(award)
    return tuple(kept)


def _same(one: AwardFacts, other: AwardFacts) -> bool:
    """Whether two name one purchase, and neither its winner, amount nor number differ.

    例示工事 and 例示工事その2 are one only where winner and amount are stated and the same.
    """
    pairs = [
        (_told(one.supplier, supplier_key), _told(other.supplier, supplier_key)),
        (_told(one.amount, fold_name), _told(other.amount, fold_name)),
        (_told(one.number, fold_name), _told(other.number, fold_name)),
    ]
    stated = [pair for pair in pairs if None not in pair]
    if any(first != second for first, second in stated):
        return False
    if one.project is None or other.project is None:
        return len(stated) >= 2
    names = _told(one.project, fold_name) or "", _told(other.project, fold_name) or ""
    within = names[0] in names[1] or names[1] in names[0]
    return names[0] == names[1] or (within and len(stated) >= 2)


def _told(fact: Fact[Any] | None, form: Callable[[str], str | None]) -> str | None:
    return None if fact is None or fact.value is None else form(str(fact.value))


def _rows(pieces: Sequence[Statement], title: str) -> Iterator[AwardFacts]:
    header: list[tuple[str | None, str]] = []
    for piece in pieces:
        if len(piece.cells) < 2:
            continue
        names = [(label_of(cell.strip()), cell) for cell in piece.cells]
        known = {name for name, _ in names}
        told = known & {"supplier", "amount", "outcome"}
        if len(piece.cells) > 2 and "project" in known and told:
            header = names
            continue
        if header and len(piece.cells) == len(header):
            cells: dict[str, AwardCell] = {}
            words = piece.words()[:300]
            printed = zip(piece.cells, piece.raw_cells, strict=True)
            for (name, label), (value, raw) in zip(header, printed, strict=True):
                if name and value.strip():
                    cells.setdefault(name, AwardCell(label, value.strip(), raw, words))
            if "project" in cells:
                yield from _award(cells, title, row=True)


def _award(
    cells: Mapping[str, AwardCell], title: str, *, row: bool = False
) -> Iterator[AwardFacts]:
    outcome = _outcome(cells, "" if row else title)
    if outcome is None:
        return
    won = outcome.value is AwardOutcome.AWARDED
    supplier, number = _supplier(cells.get("supplier")) if won else (None, None)
    if (
        won
        and (given := cells.get("corporate_number"))
        and (found := _CORPORATE.search(given.value))
    ):
        number = Fact(found[0], given.words)
    project = _text(cells.get("project"))
    yield AwardFacts(
        outcome=outcome,
        project=project,
        number=_text(cells.get("number")),
        category=_text(cells.get("category")) or _named_in(project, category_in),
        estimate=_sum(cells.get("budget")),
        organisation=_text(cells.get("organisation")),
        procedure=_procedure(cells.get("procedure"), title),
        supplier=supplier,
        corporate_number=number,
        amount=_sum(cells.get("amount")) if won else None,
    )


def _outcome(cells: Mapping[str, AwardCell], title: str) -> Fact[AwardOutcome] | None:
    for name in ("supplier", "outcome", "amount", "remarks"):
        if (cell := cells.get(name)) is None:
            continue
        if NO_WINNER.search(cell.value):
            return Fact(AwardOutcome.FAILED, cell.words)
        if CALLED_OFF.search(cell.value):
            return Fact(AwardOutcome.CANCELLED, cell.words)
    winner = cells.get("supplier")
    if winner is not None and winner.value.strip("-－ー― "):
        return Fact(AwardOutcome.AWARDED, winner.words)
    plain = exact_form(title)
    if NO_WINNER.search(plain):
        return Fact(AwardOutcome.FAILED, title.strip())
    if CALLED_OFF.search(plain):
        return Fact(AwardOutcome.CANCELLED, title.strip())
    return None


def _supplier(cell: AwardCell | None) -> tuple[Fact[str] | None, Fact[str] | None]:
    """The winner's name as printed, without its number, and the number."""
    if cell is None:
        return None, None
    found = _CORPORATE.search(cell.value)
    name = _TAIL.sub("", cell.printed)
    name = _PRINTED_NUMBER.sub("", name).strip(" \u3000、,")
    number = Fact(found[0], cell.words) if found else None
    return (Fact(name, cell.words) if name else None), number


def _text(cell: AwardCell | None) -> Fact[str] | None:
    return None if cell is None else Fact(cell.printed.strip(), cell.words)


def _named_in(fact: Fact[str] | None, name: Callable[[str], str | None]) -> Fact[str] | None:
    if fact is None or fact.value is None or not (printed := name(exact_form(fact.value))):
        return None
    return Fact(printed, fact.words)


def _procedure(cell: AwardCell | None, title: str) -> Fact[str] | None:
    if cell is not None:
        return Fact(procedure_in(cell.value) or cell.printed.strip(), cell.words)
    printed = procedure_in(exact_form(title))
    return Fact(printed, title.strip()) if printed else None


def _sum(cell: AwardCell | None) -> Fact[int] | None:
    if cell is None:
        return None
    return Fact(amount(cell.value, unit_of(cell.label), bare=True), cell.words)
