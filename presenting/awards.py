"""Awards for other programs, as JSON and CSV, and what their groups are called."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from answers.awards import AwardGroup, AwardsAnswer, AwardsBy, AwardsClaim, Figures
from kazami.bodies import load_bodies
from kazami.document import Kind
from kazami.errors import KazamiError
from presenting.columns import Code, Column, names_of, values_of
from presenting.export import to_csv, to_json
from presenting.labels import KINDS
from presenting.names import body_name
from presenting.safe_text import one_line
from presenting.schema import VERSION

if TYPE_CHECKING:
    from answers.awards import AwardFilter, StoredAward

NOBODY = "（落札者の記載なし）"
UNDATED = "（日付なし）"


def group_name(by: AwardsBy, group: AwardGroup) -> str:
    """A group in Japanese: a supplier's name, 群馬県桐生市, 2025年, 令和7年度."""
    if group.group is None:
        return NOBODY if by is AwardsBy.SUPPLIER else UNDATED
    match by:
        case AwardsBy.SUPPLIER:
            return one_line(group.supplier.name) if group.supplier else group.group
        case AwardsBy.BODY:
            return award_body_name(group.group)
        case AwardsBy.YEAR:
            return f"{group.group}年"
        case AwardsBy.FISCAL_YEAR:
            return f"{group.group}年度"


def award_body_name(code: str) -> str:
    """The name of a body; 千葉県の不明な機関 for one of a prefecture that no table knows."""
    if load_bodies().get(code) is not None:
        return body_name(code)
    try:
        return f"{load_bodies().prefecture_name(code[:2])}の不明な機関"
    except KazamiError:
        return f"不明な機関 ({code})"


def claim_line(claim: AwardsClaim) -> str:
    """``検索対象: 105団体 / 1,788団体 · 57,775件 · 2021-05-14〜2026-08-13``."""
    others = claim.others - claim.invented
    bodies = []
    if claim.bodies or not claim.invented:
        bodies.append(f"{claim.bodies:,}団体 / {claim.bodies_of:,}団体")
    if others:
        bodies.append(f"その他{others:,}機関")
    if claim.invented:
        bodies.append(f"架空の{claim.invented:,}団体")
    parts = ["と".join(bodies), f"{claim.documents:,}件の{KINDS[Kind.AWARD]}"]
    if claim.since and claim.until:
        parts.append(f"{claim.since}〜{claim.until}")
    return f"検索対象: {' · '.join(parts)}"


def filters_line(asked: AwardFilter) -> str | None:
    """``絞り込み: 静岡県 · 工事 · 2025-04-01から``; None without filters."""
    parts = [load_bodies().prefecture_name(code) for code in sorted(asked.prefectures)]
    parts += [award_body_name(code) for code in sorted(asked.bodies)]
    parts += [one_line(each) for each in asked.categories]
    parts += [f"{asked.since}から"] if asked.since else []
    parts += [f"{asked.until}まで"] if asked.until else []
    return f"絞り込み: {' · '.join(parts)}" if parts else None


_FIGURES: tuple[Column[Figures], ...] = (
    Column("awards", int, lambda f: f.awards),
    Column("not_stated", int, lambda f: f.not_stated),
    Column("total", int, lambda f: f.total),
    Column("largest", int, lambda f: f.largest),
    Column("median", float, lambda f: f.median),
    Column("smallest", int, lambda f: f.smallest),
)
_SUPPLIER: tuple[Column[AwardGroup], ...] = (
    Column("corporate_number", str, lambda g: _code(g.supplier.number if g.supplier else None)),
    Column("joint", bool, lambda g: bool(g.supplier and g.supplier.joint)),
    Column("unsure", bool, lambda g: bool(g.supplier and g.supplier.unsure)),
    Column("by_name", int, lambda g: g.by_name),
)
_AWARD: tuple[Column[StoredAward], ...] = (
    Column("id", str, lambda a: a.id),
    Column("body", Code, lambda a: Code(a.body)),
    Column("body_name", str, lambda a: award_body_name(a.body)),
    Column("title", str, lambda a: a.title),
    Column("date", date, lambda a: a.date),
    Column("number", str, lambda a: _code(a.number)),
    Column("category", str, lambda a: a.category),
    Column("supplier", str, lambda a: a.supplier),
    Column("corporate_number", str, lambda a: _code(a.corporate_number)),
    Column("amount", int, lambda a: a.amount),
    Column("url", str, lambda a: a.url),
)
"""Of a row per award, in CSV and JSON."""


def _code(text: str | None) -> Code | None:
    return None if text is None else Code(text)


def as_json(answer: AwardsAnswer) -> str:
    claim = answer.claim
    return to_json(
        {
            "schema": VERSION,
            "query": answer.query,
            "by": answer.by and answer.by.value,
            "figures": _dict(_FIGURES, answer.figures),
            "failed": answer.failed,
            "cancelled": answer.cancelled,
            "of_groups": answer.of_groups,
            "groups": [_group_dict(answer.by, each) for each in answer.groups if answer.by],
            "latest": [_dict(_AWARD, each) for each in answer.latest],
            "claim": {
                "documents": claim.documents,
                "bodies": claim.bodies,
                "bodies_of": claim.bodies_of,
                "others": claim.others,
                "since": claim.since and claim.since.isoformat(),
                "until": claim.until and claim.until.isoformat(),
            },
        }
    )


def _dict(columns: tuple[Column[Any], ...], row: object) -> dict[str, object]:
    values = zip(names_of(columns), values_of(columns, row), strict=True)
    return {name: each.isoformat() if isinstance(each, date) else each for name, each in values}


def _group_dict(by: AwardsBy, group: AwardGroup) -> dict[str, object]:
    found: dict[str, object] = {"group": group.group, "group_name": group_name(by, group)}
    found |= _dict(_FIGURES, group.figures)
    if by is AwardsBy.SUPPLIER:
        found |= _dict(_SUPPLIER, group)
        found["names"] = list(group.supplier.names) if group.supplier else []
    return found


def as_csv(answer: AwardsAnswer) -> str:
    """A row per group, or per award where nothing is grouped; the keys of the JSON as header."""
    by = answer.by
    if by is None:
        return to_csv(names_of(_AWARD), (values_of(_AWARD, each) for each in answer.latest))
    extra = _SUPPLIER if by is AwardsBy.SUPPLIER else ()
    header = ["group", "group_name", *names_of(_FIGURES), *names_of(extra)]
    return to_csv(
        header,
        (
            [
                _code(each.group) if by in (AwardsBy.BODY, AwardsBy.SUPPLIER) else each.group,
                group_name(by, each),
                *values_of(_FIGURES, each.figures),
                *values_of(extra, each),
            ]
            for each in answer.groups
        ),
    )
