"""The list of sources as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from answers.sources import health_of
from presenting.labels import KINDS
from presenting.names import body_name
from presenting.source_labels import STANDINGS, health_label
from search_cli.terminal import Style, in_columns

if TYPE_CHECKING:
    from answers.sources import KnownSource
    from kazami.store import SourceRun

_HEADER = ("コード", "団体", "種類", "プラットフォーム", "許可", "最終収集", "結果")


def moment(when: datetime) -> str:
    """``2026-08-02 14:05`` in the machine's time zone."""
    return f"{when.astimezone():%Y-%m-%d %H:%M}"


def run_text(run: SourceRun | None) -> str:
    """How the last run of a source ended, and what it brought."""
    health = health_label(health_of(run))
    if run is None:
        return health
    if run.finished is None:
        return "中断（または収集中）"
    counts = f"新規{run.new:,} 更新{run.changed:,} 変更なし{run.unchanged:,}"
    if run.missing:
        counts += f" 消失{run.missing:,}"
    if run.failed:
        counts += f" 失敗{run.failed:,}"
    return f"{health}  {counts}"


def sources_text(known: Sequence[KnownSource], style: Style) -> str:
    rows = []
    for each in known:
        source, run = each.source, each.run
        rows.append(
            (
                source.body,
                body_name(source.body),
                KINDS[source.kind],
                source.platform,
                STANDINGS[each.standing],
                moment(run.finished or run.started) if run else "",
                run_text(run)
                + (f" 読取疑義{each.doubtful:,}" if each.doubtful else "")
                + (f" 訂正{each.corrected:,}" if each.corrected else ""),
            )
        )
    header, *body = in_columns([_HEADER, *rows], figures=False)
    lines = [style.faint(header), *body]
    lines += ["", style.faint(_counts(known))]
    return "\n".join(lines)


def _counts(known: Sequence[KnownSource]) -> str:
    """``1,789件の収集元（可 143、要許可 763、未確認 883）``."""
    counts = [
        f"{label} {count:,}"
        for standing, label in STANDINGS.items()
        if (count := sum(each.standing == standing for each in known))
    ]
    return f"{len(known):,}件の収集元" + (f"（{'、'.join(counts)}）" if counts else "")
