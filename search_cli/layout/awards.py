"""Awards as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.awards import AwardGroup, AwardsAnswer, AwardsBy, Figures
from presenting.awards import award_body_name, claim_line, filters_line, group_name
from presenting.names import day_text
from presenting.safe_text import one_line
from search_cli.terminal import Style, in_columns

if TYPE_CHECKING:
    from kazami.store import AwardFilter, StoredAward

_HEADS = {
    AwardsBy.SUPPLIER: "落札者",
    AwardsBy.BODY: "団体",
    AwardsBy.YEAR: "年",
    AwardsBy.FISCAL_YEAR: "年度",
}


def as_text(answer: AwardsAnswer, asked: AwardFilter, style: Style) -> str:
    """The figures of all, then a row per group or a block per award, then what was searched."""
    what = f"「{one_line(answer.query)}」  " if answer.query else ""
    lines = [style.strong(f"{what}落札 {answer.figures.awards:,}件") + _summary(answer.figures)]
    if answer.failed or answer.cancelled:
        lines.append(f"ほかに不調・落札者なし {answer.failed:,}件 · 中止 {answer.cancelled:,}件")
    if answer.by is not None and answer.groups:
        lines += ["", *_table(answer.by, answer, style)]
    for each in answer.latest:
        lines += ["", *_block(each, style)]
    shown = len(answer.groups) or len(answer.latest)
    of = answer.of_groups if answer.by else answer.figures.awards
    if shown < of:
        lines += ["", style.faint(f"{of:,}件のうち{shown:,}件を表示 · すべては --limit {of}")]
    below = (*_notes(answer), filters_line(asked), claim_line(answer.claim))
    return "\n".join([*lines, "", *(style.faint(line) for line in below if line)])


def _summary(figures: Figures) -> str:
    if figures.largest is None:
        return "（金額の記載なし）" if figures.awards else ""
    stated = f"  合計 {figures.total:,}円 · 最大 {_yen(figures.largest)}円"
    stated += f" · 中央値 {_yen(figures.median)}円 · 最小 {_yen(figures.smallest)}円"
    return stated + (f" · 金額なし {figures.not_stated:,}件" if figures.not_stated else "")


def _yen(value: float | None) -> str:
    return "－" if value is None else f"{value:,}"


def _table(by: AwardsBy, answer: AwardsAnswer, style: Style) -> list[str]:
    header = [_HEADS[by], "件数", "合計（円）", "最大", "中央値", "最小", "金額なし"]
    rows = [[_name(by, each), *_cells(each.figures)] for each in answer.groups]
    first, *rest = in_columns([header, *rows], figures=True)
    return [style.faint(first), *rest]


def _name(by: AwardsBy, group: AwardGroup) -> str:
    name = group_name(by, group)
    return f"{name} ※" if group.supplier is not None and group.supplier.unsure else name


def _cells(figures: Figures) -> list[str]:
    values = (figures.largest, figures.median, figures.smallest)
    total = "－" if figures.largest is None else f"{figures.total:,}"
    none = f"{figures.not_stated:,}" if figures.not_stated else ""
    return [f"{figures.awards:,}", total, *map(_yen, values), none]


def _block(award: StoredAward, style: Style) -> list[str]:
    who = one_line(award.supplier) if award.supplier else "落札者の記載なし"
    amount = "金額の記載なし" if award.amount is None else f"{award.amount:,}円"
    lines = [
        f"{day_text(award.date)}  {style.strong(award_body_name(award.body))}",
        f"  {one_line(award.title)}",
        f"  {style.strong(who)}  {amount}",
        style.faint(f"  {one_line(award.id)}"),
    ]
    return [*lines, f"  {one_line(award.url)}"] if award.url else lines


def _notes(answer: AwardsAnswer) -> list[str]:
    notes = []
    if any(each.supplier is not None and each.supplier.unsure for each in answer.groups):
        notes.append("※ 同じ商号の会社が複数あり、法人番号の記載がないため、どの会社か分かりません")
    by_name = sum(each.by_name for each in answer.groups if each.group is not None)
    if by_name:
        notes.append(f"法人番号のない{by_name:,}件は商号でまとめています")
    return notes
