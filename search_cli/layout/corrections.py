"""Corrections as text: those just given or taken back, and the list of all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from presenting.corrections import FIELDS, correction_text, value_text
from presenting.names import body_name
from presenting.safe_text import one_line
from search_cli.terminal import Style, in_columns

if TYPE_CHECKING:
    from answers.corrections import Correction, CorrectionsAnswer

_HEADER = ("ID", "団体", "項目", "読み取り", "訂正", "訂正した日", "状態")
_NEXT = "次は: kazami index"


def given_text(kept: Sequence[Correction], style: Style) -> str:
    """What is corrected of these ids by now, and what brings it to the index."""
    lines = []
    for id in dict.fromkeys(each.id for each in kept):
        lines.append(style.strong(one_line(id)))
        for each in kept:
            if each.id == id:
                lost = "" if each.placed else "  " + style.warning(_state(each))
                lines.append(f"  {correction_text(each.field, each.read, each.value)}{lost}")
    return "\n".join([*lines, _NEXT])


def taken_back_text(id: str, taken: Sequence[Correction], style: Style) -> str:
    """What is as it was read again."""
    lines = [f"{style.strong(one_line(id))}  訂正を取り消しました"]
    for each in taken:
        was = value_text(each.field, each.value)
        now = value_text(each.field, each.read) if each.placed else "（発言がもうありません）"
        lines.append(f"  {FIELDS[each.field]}: {was} → {now}")
    if any(each.placed for each in taken):
        lines.append(_NEXT)
    return "\n".join(lines)


def corrections_text(answer: CorrectionsAnswer, style: Style) -> str:
    """A row for each, and how many there are."""
    if not answer.corrections:
        return "訂正はありません。"
    rows = [
        (
            one_line(each.id),
            body_name(each.body),
            FIELDS[each.field],
            value_text(each.field, each.read),
            value_text(each.field, each.value),
            f"{each.given.astimezone():%Y-%m-%d}",
            _state(each),
        )
        for each in answer.corrections
    ]
    header, *body = in_columns([_HEADER, *rows], figures=False)
    return "\n".join([style.faint(header), *body, "", style.faint(f"訂正  {counted(answer)}")])


def counted(answer: CorrectionsAnswer) -> str:
    """``3件（うち1件は、その発言が文書になく、当てはまっていません）``."""
    lost = f"（うち{answer.lost:,}件は、その発言が文書になく、当てはまっていません）"
    return f"{len(answer.corrections):,}件" + (lost if answer.lost else "")


def _state(correction: Correction) -> str:
    if not correction.placed:
        return "発言なし"
    return "読み取りも同じ" if correction.read == correction.value else "有効"
