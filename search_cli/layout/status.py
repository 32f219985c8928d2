"""What is collected and indexed, as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kazami.bodies import load_bodies
from kazami.document import Kind
from presenting.claim import bodies_text, kind_text
from presenting.names import body_name
from presenting.safe_text import one_line
from presenting.units import units
from search_cli.layout.corrections import counted
from search_cli.layout.sources import moment, run_text
from search_cli.terminal import Style

if TYPE_CHECKING:
    from answers.status import IndexState, StatusAnswer
    from kazami.store import BodyCounts, KindCounts, SourceRun

_SHOWN = 10
"""How many bodies and runs are listed."""


def empty_text(data: Path, style: Style) -> str:
    """What to type where nothing is collected yet."""
    return "\n".join(
        [
            f"データ  {one_line(str(data))}",
            "まだ何も収集していません。次のどれかを実行してください。",
            style.strong("  kazami demo") + "  架空の議会でひととおり試す（通信なし）",
            style.strong("  kazami crawl --body 国会 --query リスキリング --since 2024"),
            style.strong("  kazami import FILE…") + "  JSONLから読み込む",
        ]
    )


def status_text(answer: StatusAnswer, style: Style) -> str:
    index, data = answer.index, answer.data
    lines = [f"データ  {one_line(str(data))}", f"収集済み  {_extent_line(answer)}"]
    lines.append(f"索引  {_index_line(index, style)}")
    for cell in index.kinds:
        assert cell.group is not None  # they are counted by kind
        lines.append(f"  {kind_text(Kind(cell.group), cell.documents, cell.passages)}")
    if answer.corrections.corrections:
        lines.append(f"訂正  {counted(answer.corrections)} → kazami correct --list")
    passage = units(answer.extent.by_kind.keys()).passage
    lines += ["", style.strong(f"団体（{passage}の多い順）"), *_body_lines(answer.ranked)]
    if answer.runs:
        lines += ["", style.strong("最近の収集"), *_run_lines(answer.latest)]
    return "\n".join(lines)


def _extent_line(answer: StatusAnswer) -> str:
    extent, of = answer.extent, len(load_bodies().local)
    names = bodies_text(answer.local, of, answer.diet, answer.invented, answer.national)
    undated = [f"日付なし {extent.undated:,}件"] if extent.undated else []
    return " · ".join(
        [names, *_kinds(extent.by_kind), *_period(extent.first, extent.last), *undated]
    )


def _kinds(by_kind: Mapping[Kind, KindCounts]) -> list[str]:
    """Each kind in its own units: together they would be a sum of nothing."""
    return [kind_text(kind, *by_kind[kind]) for kind in Kind if kind in by_kind]


def _period(first: date | None, last: date | None) -> list[str]:
    return [f"{first}〜{last}"] if first else []


def _index_line(index: IndexState, style: Style) -> str:
    if index.problem is not None:
        return style.warning(one_line(index.problem))
    if index.waiting:
        return style.warning(f"{index.waiting:,}件の変更が未反映です → kazami index")
    return "最新です → kazami search リスキリング"


def _body_lines(ranked: Sequence[tuple[str, BodyCounts]]) -> list[str]:
    lines = []
    for code, c in ranked[:_SHOWN]:
        told = [*_kinds(c.by_kind), *_period(c.first, c.last), f"取得 {moment(c.last_fetched)}"]
        lines.append(f"  {body_name(code)} ({code})  {' · '.join(told)}")
    if len(ranked) > _SHOWN:
        lines.append(f"  ほか{len(ranked) - _SHOWN:,}団体")
    return lines


def _run_lines(latest: Sequence[SourceRun]) -> list[str]:
    lines = [f"  {moment(run.started)}  {run.source}  {run_text(run)}" for run in latest[:_SHOWN]]
    if len(latest) > _SHOWN:
        lines.append(f"  ほか{len(latest) - _SHOWN:,}件（kazami sources）")
    return lines
