"""Territories for other programs, as JSON, and their rules in words."""

from __future__ import annotations

from collections.abc import Iterable

from kazami.bodies import BodyKind, load_bodies
from kazami.territories import Territory, TerritoryRule
from presenting.export import to_json
from presenting.schema import VERSION

KINDS_OF_BODY = {
    BodyKind.PREFECTURE: "都道府県",
    BodyKind.CITY: "市",
    BodyKind.WARD: "特別区",
    BodyKind.TOWN: "町",
    BodyKind.VILLAGE: "村",
}


def rule_text(rule: TerritoryRule) -> str:
    """``群馬県、栃木県 · 市 · 人口50,000人以上 · 加える 足利市 · 除く 前橋市``."""
    bodies = load_bodies()
    parts = ["、".join(bodies.prefecture_name(each) for each in sorted(rule.prefectures))]
    parts.append("・".join(word for kind, word in KINDS_OF_BODY.items() if kind in rule.kinds))
    if rule.least is not None:
        parts.append(f"人口{rule.least:,}人以上")
    if rule.most is not None:
        parts.append(f"人口{rule.most:,}人以下")
    for word, codes in (("団体", rule.bodies), ("除く", rule.but)):
        if codes:
            found = (bodies.get(code) for code in sorted(codes))
            parts.append(f"{word} {'、'.join(body.full_name for body in found if body)}")
    return " · ".join(part for part in parts if part)


def as_json(territories: Iterable[Territory]) -> str:
    """Each with the codes of its bodies."""
    return to_json(
        {
            "schema": VERSION,
            "territories": [
                {
                    "name": each.name,
                    "shipped": each.shipped,
                    "rule": rule_text(each.rule),
                    "population": sum(body.population or 0 for body in each.municipalities),
                    "bodies": [body.code for body in each.bodies],
                }
                for each in territories
            ],
        }
    )
