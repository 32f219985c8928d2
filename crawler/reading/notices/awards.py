"""Who won: the awards that a page of results names, one or a table of many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from crawler.reading.notices.amounts import amount, unit_of
from crawler.reading.notices.kinds import CALLED_OFF, NO_WINNER
from crawler.reading.notices.labelled import label_of, labelled
from crawler.reading.notices.segments import Segment, segments
from crawler.reading.notices.words import vocabulary
from kazami.facts import AwardFacts, AwardOutcome, Fact
from kazami.text import exact_form

_CORPORATE = re.compile(r"(?<![0-9])[0-9]{13}(?![0-9])")
_TAIL = re.compile(r"\s*\(?法人番号\s*[:：]?\s*(?:[0-9]{13}|[-－ー―])\s*\)?")
_NAMED = ("project", "supplier")


def read_award(
    title: str, blocks: Sequence[str], *, seen: date, listed: Mapping[str, str] | None = None
) -> tuple[AwardFacts, ...]:
    """The awards that a page of results states, in order: its table's rows, else its labels.

    A row without winner is one too, its outcome says why. Arguments as of ``read_tender``.
    """
    pieces = segments(blocks, listed)
    if rows := tuple(_rows(pieces)):
        return rows
    cells: dict[str, tuple[str, str, str]] = {}
    found: list[AwardFacts] = []
    for each in labelled(pieces):
        if each.name == "project" and "project" in cells and "supplier" in cells:
            found += _award(cells, title)
            cells = {}
        cells.setdefault(each.name, (each.label, each.value, each.words))
    return (*found, *_award(cells, title))


def _rows(pieces: Sequence[Segment]) -> Iterator[AwardFacts]:
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
            cells: dict[str, tuple[str, str, str]] = {}
            for (name, label), value in zip(header, piece.cells, strict=True):
                if name and value.strip():
                    cells.setdefault(name, (label, value.strip(), piece.words()[:300]))
            if "project" in cells:
                yield from _award(cells, "")


def _award(cells: Mapping[str, tuple[str, str, str]], title: str) -> Iterator[AwardFacts]:
    outcome = _outcome(cells, title)
    if outcome is None:
        return
    won = outcome.value is AwardOutcome.AWARDED
    supplier, number = _supplier(cells.get("supplier")) if won else (None, None)
    if won and (given := cells.get("corporate_number")) and (found := _CORPORATE.search(given[1])):
        number = Fact(found[0], given[2])
    yield AwardFacts(
        outcome=outcome,
        project=_text(cells.get("project")),
        number=_text(cells.get("number")),
        category=_by_words(cells.get("category"), vocabulary().categories),
        estimate=_sum(cells.get("budget")),
        organisation=_text(cells.get("organisation")),
        procedure=_by_words(cells.get("procedure"), vocabulary().procedures),
        supplier=supplier,
        corporate_number=number,
        amount=_sum(cells.get("amount")) if won else None,
    )


def _outcome(cells: Mapping[str, tuple[str, str, str]], title: str) -> Fact[AwardOutcome] | None:
    for name in ("supplier", "outcome", "amount"):
        if name not in cells:
            continue
        _, value, words = cells[name]
        if NO_WINNER.search(value):
            return Fact(AwardOutcome.FAILED, words)
        if CALLED_OFF.search(value):
            return Fact(AwardOutcome.CANCELLED, words)
    plain = exact_form(title)
    if "supplier" not in cells:
        if NO_WINNER.search(plain):
            return Fact(AwardOutcome.FAILED, title.strip())
        if CALLED_OFF.search(plain):
            return Fact(AwardOutcome.CANCELLED, title.strip())
        return None
    _, value, words = cells["supplier"]
    return Fact(AwardOutcome.AWARDED, words) if value.strip("-－ー― ") else None


def _supplier(cell: tuple[str, str, str] | None) -> tuple[Fact[str] | None, Fact[str] | None]:
    if cell is None:
        return None, None
    _, value, words = cell
    found = _CORPORATE.search(value)
    name = _CORPORATE.sub("", _TAIL.sub("", value)).strip(" ()、,")
    return (Fact(name, words) if name else None), (Fact(found[0], words) if found else None)


def _text(cell: tuple[str, str, str] | None) -> Fact[str] | None:
    return None if cell is None else Fact(cell[1].strip(), cell[2])


def _by_words(
    cell: tuple[str, str, str] | None, table: Sequence[tuple[str, str]]
) -> Fact[str] | None:
    if cell is None:
        return None
    return next((Fact(name, cell[2]) for printed, name in table if printed in cell[1]), None)


def _sum(cell: tuple[str, str, str] | None) -> Fact[int] | None:
    if cell is None:
        return None
    label, value, words = cell
    return Fact(amount(value, unit_of(label), bare=True), words)
