"""Corrections in words, beside what they correct, and as a list for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kazami.document import Stance
from kazami.fields import TEXT_FIELDS
from presenting.columns import Code, Column, names_of, values_of
from presenting.export import to_csv, to_json
from presenting.labels import STANCES
from presenting.names import body_name
from presenting.safe_text import one_line
from presenting.schema import VERSION

if TYPE_CHECKING:
    from answers.corrections import Corrected, Correction, CorrectionsAnswer

FIELDS = {
    **{name: field.label for name, field in TEXT_FIELDS.items()},
    "stance": "立場",
    "day": "日付",
}
"""What the fields of corrections are called."""


def corrected_line(corrected: Iterable[Corrected]) -> str | None:
    """``訂正済  発言者: 例示花子（読み取りは「例示花」）``; None where nothing is corrected."""
    told = "、".join(correction_text(each.field, each.read, each.value) for each in corrected)
    return f"訂正済  {told}" if told else None


def correction_text(field: str, read: str | None, value: str | None) -> str:
    """``発言者: 例示花子（読み取りは「例示花」）``, ``役職: なし（読み取りは「議員」）``."""
    was = "読み取りも同じ" if read == value else f"読み取りは{_quoted(field, read)}"
    return f"{FIELDS[field]}: {value_text(field, value)}（{was}）"


def value_text(field: str, value: str | None) -> str:
    """``例示花子``, ``答弁``, ``2022-03-02``, ``なし``."""
    if value is None:
        return "なし"
    return STANCES[Stance(value)] if field == "stance" else one_line(value)


def _quoted(field: str, value: str | None) -> str:
    return "なし" if value is None else f"「{value_text(field, value)}」"


def corrected_json(corrected: Iterable[Corrected]) -> dict[str, str | None]:
    """Field → what was read in its place."""
    return {each.field: each.read for each in corrected}


def corrected_cell(corrected: Iterable[Corrected]) -> str | None:
    """``speaker: 例示花; day: 2022-03-01``: what was read; nothing where nothing is corrected."""
    return "; ".join(f"{each.field}: {each.read or ''}".strip() for each in corrected) or None


_COLUMNS: tuple[Column[Correction], ...] = (
    Column("id", str, lambda each: each.id),
    Column("document", str, lambda each: each.document),
    Column("body", Code, lambda each: Code(each.body)),
    Column("body_name", str, lambda each: body_name(each.body)),
    Column("title", str, lambda each: each.title),
    Column("field", str, lambda each: each.field),
    Column("read", str, lambda each: each.read),
    Column("corrected", str, lambda each: each.value),
    Column("given", str, lambda each: each.given.isoformat()),
    Column("stands", bool, lambda each: each.placed),
)


def corrections_json(answer: CorrectionsAnswer) -> str:
    """``corrected`` is null where a person says that there is nothing."""
    names = names_of(_COLUMNS)
    rows = [dict(zip(names, values_of(_COLUMNS, each), strict=True)) for each in answer.corrections]
    return to_json(
        {"schema": VERSION, "total": len(rows), "lost": answer.lost, "corrections": rows}
    )


def corrections_csv(answer: CorrectionsAnswer) -> str:
    return to_csv(names_of(_COLUMNS), (values_of(_COLUMNS, each) for each in answer.corrections))
