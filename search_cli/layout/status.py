"""What is collected and indexed, as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kazami.bodies import load_bodies
from kazami.document import Kind
from presenting.claim import bodies_text
from presenting.labels import KINDS
from presenting.names import body_name
from presenting.safe_text import one_line
from presenting.units import units
from search_cli.layout.corrections import counted
from search_cli.layout.sources import moment, run_text
from search_cli.terminal import Style

if TYPE_CHECKING:
    from answers.status import IndexState, StatusAnswer
    from kazami.store import BodyCounts, SourceRun

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
        kind = Kind(cell.group)
        passage = units({kind}).passage
        lines.append(f"  {KINDS[kind]}  {cell.documents:,}件 · {cell.passages:,}{passage}")
    if answer.corrections.corrections:
        lines.append(f"訂正  {counted(answer.corrections)} → kazami correct --list")
    passage = units(answer.extent.kinds).passage
    lines += ["", style.strong(f"団体（{passage}の多い順）"), *_body_lines(answer.ranked, passage)]
    if answer.runs:
        lines += ["", style.strong("最近の収集"), *_run_lines(answer.latest)]
    return "\n".join(lines)


def _extent_line(answer: StatusAnswer) -> str:
    extent, of = answer.extent, len(load_bodies().local)
    names = bodies_text(answer.local, of, answer.diet, answer.invented, answer.national)
    period = f"{extent.first}〜{extent.last}"
    passages = f"{extent.passages:,}{units(extent.kinds).passage}"
    return f"{names} · {extent.documents:,}件の文書 · {passages} · {period}"


def _index_line(index: IndexState, style: Style) -> str:
    if index.problem is not None:
        return style.warning(one_line(index.problem))
    if index.waiting:
        return style.warning(f"{index.waiting:,}件の変更が未反映です → kazami index")
    return "最新です → kazami search リスキリング"


def _body_lines(ranked: Sequence[tuple[str, BodyCounts]], passage: str) -> list[str]:
    lines = [
        f"  {body_name(code)} ({code})  {c.documents:,}件 · {c.passages:,}{passage}"
        f" · {c.first}〜{c.last} · 取得 {moment(c.last_fetched)}"
        for code, c in ranked[:_SHOWN]
    ]
    if len(ranked) > _SHOWN:
        lines.append(f"  ほか{len(ranked) - _SHOWN:,}団体")
    return lines


def _run_lines(latest: Sequence[SourceRun]) -> list[str]:
    lines = [f"  {moment(run.started)}  {run.source}  {run_text(run)}" for run in latest[:_SHOWN]]
    if len(latest) > _SHOWN:
        lines.append(f"  ほか{len(latest) - _SHOWN:,}件（kazami sources）")
    return lines
