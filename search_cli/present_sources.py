"""Sources with their permissions and last runs, as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len

from kazami.sources import Permission, Source
from search_cli.labels import KINDS, RUN_STATUS
from search_cli.present_show import body_name
from search_cli.terminal import Paint, one_line, pad

if TYPE_CHECKING:
    from kazami.store import SourceRun

_HEADER = ("コード", "団体", "種類", "プラットフォーム", "許可", "最終収集", "結果")


def moment(when: datetime) -> str:
    """``2026-08-02 14:05`` in the machine's time zone."""
    return f"{when.astimezone():%Y-%m-%d %H:%M}"


def health(run: SourceRun | None) -> str:
    """How the last run of a source ended, and what it brought."""
    if run is None:
        return "未収集"
    if run.finished is None:
        return "中断（または収集中）"
    counts = f"新規{run.new:,} 更新{run.changed:,} 変更なし{run.unchanged:,}"
    if run.missing:
        counts += f" 消失{run.missing:,}"
    if run.failed:
        counts += f" 失敗{run.failed:,}"
    return f"{RUN_STATUS.get(run.status or '', run.status or '')}  {counts}".strip()


def permission_text(permission: Permission | None) -> str:
    """What is recorded; without a permission robots.txt decides."""
    if permission is None:
        return "robots.txtに従う"
    return "許可あり" if permission.fetch else "取得不可"


def sources_text(
    sources: Iterable[Source],
    permissions: Mapping[str, Permission],
    runs: Mapping[str, SourceRun],
    look: Paint,
) -> str:
    rows = []
    for source in sources:
        run = runs.get(source.id)
        rows.append(
            (
                source.body,
                body_name(source.body),
                KINDS[source.kind],
                source.platform,
                permission_text(permissions.get(source.id)),
                moment(run.finished or run.started) if run else "",
                health(run),
            )
        )
    widths = [max(map(cell_len, column)) for column in zip(_HEADER, *rows, strict=True)]
    lines = [look.faint(_row(_HEADER, widths))]
    lines += [_row(row, widths) for row in rows]
    lines += ["", look.faint(f"{len(rows):,}件の収集元")]
    return "\n".join(lines)


def _row(cells: Iterable[str], widths: Iterable[int]) -> str:
    return "  ".join(pad(c, w) for c, w in zip(cells, widths, strict=True)).rstrip()


def source_text(
    source: Source, permission: Permission | None, run: SourceRun | None, look: Paint
) -> str:
    lines = [look.strong(f"{body_name(source.body)} {KINDS[source.kind]}"), f"ID  {source.id}"]
    lines.append(f"URL  {source.url}")
    if source.delay is not None:
        lines.append(f"間隔  {source.delay:g}秒以上")
    expected = []
    if source.expect.at_least is not None:
        expected.append(f"{source.expect.at_least:,}件以上")
    if source.expect.newest_within_days is not None:
        expected.append(f"最新は{source.expect.newest_within_days:,}日以内")
    if expected:
        lines.append(f"期待  {'、'.join(expected)}")
    lines.append(f"許可  {permission_text(permission)}")
    if permission is not None:
        lines += [f"      {line}" for line in _permission_lines(permission)]
    lines.append(f"最終収集  {moment(run.finished or run.started) if run else 'なし'}")
    if run is not None:
        lines.append(f"結果  {health(run)}")
        if run.note:
            lines.append(f"備考  {one_line(run.note)}")
    if source.notes:
        lines.append(f"注  {one_line(source.notes)}")
    return "\n".join(lines)


def _permission_lines(permission: Permission) -> list[str]:
    lines = [f"{one_line(permission.granted_by)}（{permission.granted_on}）"]
    if permission.hours is not None:
        first, last = permission.hours
        lines.append(f"時間帯 {first:%H:%M}–{last:%H:%M}")
    if permission.days is not None:
        lines.append("曜日 " + "".join("月火水木金土日"[day] for day in sorted(permission.days)))
    if permission.minimum_delay is not None:
        lines.append(f"間隔 {permission.minimum_delay:g}秒以上")
    lines.append(f"再配布 {'可' if permission.redistribute else '不可'}")
    return lines
