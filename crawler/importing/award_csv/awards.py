"""A row of a table of awards as a document."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from crawler.importing.award_csv import cells
from crawler.importing.award_csv.layout import Layout
from crawler.importing.award_csv.whose import Whose, named_body, portal_body
from crawler.importing.award_csv.words import AwardColumn, award_words
from crawler.importing.document_json import NotADocument
from kazami.bodies import Bodies
from kazami.document import Document, Kind
from kazami.facts import AwardFacts, AwardOutcome, Fact
from kazami.suppliers import corporate_number

PLATFORM = "award-csv"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A row as read; ``invalid_number``: what stands as its 法人番号 is none."""

    document: Document
    known_body: bool
    invalid_number: bool


class AwardReader:
    """Reads the rows of one table."""

    def __init__(
        self, layout: Layout, bodies: Bodies, now: datetime, body: str | None = None
    ) -> None:
        """``body`` is whose awards all rows are, where a person says so."""
        self._layout, self._bodies, self._now, self._body = layout, bodies, now, body

    def read(self, row: Sequence[str]) -> Award:
        """The award of a row; raises NotADocument saying which cell is wrong."""
        layout = self._layout
        if len(row) > layout.width and any(cell.strip() for cell in row[layout.width :]):
            raise NotADocument(f"{len(row)} columns where {layout.width} are: shifted?")
        if layout.portal and len(row) < layout.width:
            raise NotADocument(f"{len(row)} columns where {layout.width} are: shifted?")
        at = {
            column: row[place].strip() if place < len(row) else ""
            for column, place in layout.places.items()
        }
        title = at[AwardColumn.TITLE]
        if not title:
            raise NotADocument("no title (件名)")
        if layout.portal:
            whose, at[AwardColumn.PROCEDURE] = portal_body(
                self._bodies, at[AwardColumn.BODY_CODE], at[AwardColumn.PROCEDURE]
            )
        else:
            whose = self._whose(at)
        won = _Won(at, layout, title)
        day = _in(AwardColumn.DAY, at, cells.award_day)
        if day is None and AwardColumn.DAY in at and won.outcome is AwardOutcome.AWARDED:
            raise NotADocument("no day of the award")
        number = cells.number_cell(at.get(AwardColumn.CORPORATE_NUMBER, ""))
        facts = AwardFacts(
            outcome=Fact(won.outcome, won.outcome_words),
            number=_as_stated(cells.number_cell(at.get(AwardColumn.NUMBER, ""))),
            category=_as_stated(at.get(AwardColumn.CATEGORY)),
            estimate=_figure(at.get(AwardColumn.ESTIMATE, ""), won.estimate),
            organisation=_organisation(at, whose),
            procedure=_procedure(at.get(AwardColumn.PROCEDURE)),
            supplier=None if won.supplier is None else Fact(won.supplier, at[AwardColumn.SUPPLIER]),
            corporate_number=_as_stated(number),
            amount=_figure(at.get(AwardColumn.AMOUNT, ""), won.amount),
        )
        try:
            document = Document(
                body=whose.code,
                kind=Kind.AWARD,
                platform=PLATFORM,
                key=_key(at, whose, portal=layout.portal),
                title=" ".join(title.split()),
                date=day,
                fetched=self._now,
                passages=(),
                facts=facts,
            )
        except ValueError as error:
            raise NotADocument(str(error)) from error
        invalid = number is not None and corporate_number(number) is None
        return Award(document=document, known_body=whose.known, invalid_number=invalid)

    def _whose(self, at: dict[AwardColumn, str]) -> Whose:
        if self._body is not None:
            return Whose(self._body)
        return named_body(
            self._bodies,
            cells.number_cell(at.get(AwardColumn.BODY_CODE, "")) or "",
            at.get(AwardColumn.PREFECTURE, ""),
            at.get(AwardColumn.BODY, ""),
        )


class _Won:
    """Who won for how much, or why nobody."""

    def __init__(self, at: dict[AwardColumn, str], layout: Layout, title: str) -> None:
        said = at.get(AwardColumn.SUPPLIER, "")
        stated = at.get(AwardColumn.AMOUNT, "")
        self.supplier = cells.supplier_name(said)
        if self.supplier is not None and self.supplier.isdigit():
            raise NotADocument(f"the supplier is {said[:20]!r}: shifted?")
        self.amount = _in(
            AwardColumn.AMOUNT, at, lambda text: cells.amount(text, layout.amount_unit)
        )
        self.estimate = None
        if estimate := at.get(AwardColumn.ESTIMATE):
            # What is no amount stays in words; only what an award lives by rejects a row.
            with suppress(NotADocument):
                self.estimate = cells.amount(estimate, layout.estimate_unit)
        result = at.get(AwardColumn.OUTCOME, "")
        self.outcome, self.outcome_words = AwardOutcome.AWARDED, said or stated or title
        if self.supplier is None:
            for words in (said, stated, result):
                if found := cells.outcome(words):
                    self.outcome, self.outcome_words = found, words
                    return
            if found := cells.outcome_in_title(title):
                self.outcome, self.outcome_words = found, title
            elif self.amount is None and (AwardColumn.SUPPLIER in at or AwardColumn.AMOUNT in at):
                # A table that has the column and names nobody, for nothing: nobody won.
                self.outcome = AwardOutcome.FAILED
                self.outcome_words = f"落札者 {said or '（空欄）'}、金額 {stated or '（空欄）'}"
        elif self.amount is None and (found := cells.outcome(result)):
            self.outcome, self.outcome_words = found, result


def _in(
    column: AwardColumn, at: dict[AwardColumn, str], read: Callable[[str], Value | None]
) -> Value | None:
    """What a cell says, None where the column is not there; an error names the column."""
    if column not in at:
        return None
    try:
        return read(at[column])
    except NotADocument as error:
        raise NotADocument(f"{_LABELS[column]}: {error}: shifted?") from error


_LABELS = {AwardColumn.DAY: "落札日", AwardColumn.AMOUNT: "落札金額"}


def _as_stated(text: str | None) -> Fact[str] | None:
    return Fact(text, text) if text else None


def _figure(text: str, value: int | None) -> Fact[int] | None:
    return Fact(value, text) if text.strip() else None


def _procedure(text: str | None) -> Fact[str] | None:
    if not text:
        return None
    return Fact(award_words().methods.get(text, text), text)


def _organisation(at: dict[AwardColumn, str], whose: Whose) -> Fact[str] | None:
    department = at.get(AwardColumn.ORGANISATION) or ""
    if whose.name is None:
        return _as_stated(department or at.get(AwardColumn.BODY))
    words = department or at.get(AwardColumn.BODY) or at.get(AwardColumn.BODY_CODE) or whose.name
    name = department if department.startswith(whose.name) else f"{whose.name} {department}"
    return Fact(name.strip(), words)


def _key(at: dict[AwardColumn, str], whose: Whose, *, portal: bool) -> str:
    """Stable while the row says the same of which case it is and who won it.

    One number may have several winners (複数落札), and a later file may bring only one of them.
    Towns number their cases anew each year: there title and day tell them apart, too.
    """
    number, day = at.get(AwardColumn.NUMBER, ""), at.get(AwardColumn.DAY, "")
    named = [whose.name or whose.code, number, at.get(AwardColumn.SUPPLIER, "")]
    if not portal or not number:
        named += [at[AwardColumn.TITLE], day, at.get(AwardColumn.ORGANISATION, "")]
    digest = hashlib.sha256(_folded("\0".join(named)).encode()).hexdigest()[:16]
    start = _folded(number or day)[:60].replace("#", "")
    return f"{start}/{digest}" if start else digest


def _folded(text: str) -> str:
    """Not ``kazami.text.fold_name``, which may learn more: a key is for good."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
