"""Territories as text for reading."""

from __future__ import annotations

from kazami.territories import Territories, Territory
from presenting.safe_text import cut, one_line
from presenting.territories import rule_text
from search_cli.terminal import PLAIN_WIDTH, Style, in_columns

_RULE = 60


def list_text(territories: Territories, style: Style) -> str:
    """A row for each: how many bodies and residents, and the rule."""
    rows = [
        (
            one_line(each.name),
            f"{len(each.bodies):,}団体",
            _residents(each),
            cut(one_line(rule_text(each.rule)), max(_RULE, (style.width or PLAIN_WIDTH) - 40)),
        )
        for each in territories
    ]
    header, *lines = in_columns([("名前", "団体", "人口", "条件"), *rows], figures=False)
    foot = f"自分の商圏は {one_line(str(territories.file))} に書きます（書き方: docs/tenders.md）"
    return "\n".join([style.faint(header), *lines, style.faint(foot)])


def one_text(territory: Territory, style: Style) -> str:
    """The rule, and every body that it names."""
    head = f"{one_line(territory.name)}  {len(territory.bodies):,}団体  {_residents(territory)}"
    rows = [
        (body.code, body.full_name, f"{body.population:,}人" if body.population else "人口不明")
        for body in territory.bodies
    ]
    rule = style.faint(one_line(rule_text(territory.rule)))
    return "\n".join([style.strong(head), rule, *in_columns(rows, figures=False)])


def _residents(territory: Territory) -> str:
    return f"{sum(body.population or 0 for body in territory.municipalities):,}人"
