"""What came of a crawl or of reading the archive again, as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.cells import cell_len

from crawler import Report, SourceReport
from presenting.labels import KINDS
from presenting.names import body_name
from presenting.safe_text import one_line
from presenting.source_labels import RUN_STATUS
from search_cli.terminal import Style, pad

_REREAD = {"days": "日付", "turns": "発言", "speakers": "発言者", "stances": "立場"}

SHOWN = 5
"""So many near misses of a source are told one by one."""


def report_text(report: Report, style: Style) -> str:
    """A line per source, then the sums where there are several."""
    names = [f"{body_name(s.source.body)} {KINDS[s.source.kind]}" for s in report.sources]
    width = max(map(cell_len, names), default=0)
    lines = []
    for name, source in zip(names, report.sources, strict=True):
        status = RUN_STATUS[source.status] if source.status else ""
        shown = style.accent(status) if source.ok else style.warning(f"{status} 要確認")
        lines.append(f"{pad(name, width)}  {shown}  {_counts(source)}")
    if len(report.sources) > 1:
        new, changed, unchanged = (
            sum(getattr(source, name) for source in report.sources)
            for name in ("new", "changed", "unchanged")
        )
        lines.append(style.faint(f"合計  新規 {new:,} · 更新 {changed:,} · 変更なし {unchanged:,}"))
    if any(source.new or source.changed for source in report.sources):
        lines.append("次は: kazami index")
    return "\n".join(lines)


def _counts(source: SourceReport) -> str:
    parts = [f"新規 {source.new:,}", f"更新 {source.changed:,}", f"変更なし {source.unchanged:,}"]
    if source.skipped:
        parts.append(f"取得済み {source.skipped:,}")
    if source.unreadable:
        parts.append(f"読めず {source.unreadable:,}（kazami reparse で読み直し）")
    if source.reread:
        told = "、".join(f"{_REREAD[name]} {times:,}" for name, times in source.reread.items())
        parts.append(f"読み直しで変わったもの {told}")
    if source.near_misses:
        parts.append(f"近い見落とし {len(source.near_misses):,}件")
    if source.unknown_bodies:
        often = sorted(source.unknown_bodies.items(), key=lambda each: -each[1])[:SHOWN]
        told = "、".join(f"{one_line(name) or '名称なし'} {times:,}" for name, times in often)
        parts.append(f"機関不明 {sum(source.unknown_bodies.values()):,}（{told} など）")
    if source.doubtful:
        parts.append(f"読取疑義 {source.doubtful:,}")
    if source.corrections_lost:
        parts.append(f"訂正が当てはまらず {source.corrections_lost:,}（kazami correct --list）")
    if source.files:
        parts.append(f"添付 {source.files:,}")
    if source.without_text:
        parts.append(f"本文なし {source.without_text:,}")
    if source.forbidden:
        parts.append(f"取得不可 {source.forbidden:,}ページ")
    if source.missing:
        parts.append(f"消失 {source.missing:,}")
    parts.append(f"{source.pages:,}ページ")
    return " · ".join(parts)


def complaints(report: Report) -> Iterator[str]:
    """What is alarming about the whole and what may have been missed, a line each.

    What was lost was told as it happened.
    """
    for source in report.sources:
        for alarm in source.alarms:
            yield f"kazami: {source.source.id}: ALARM: {one_line(alarm)}"
        if source.elsewhere:
            yield f"kazami: {source.source.id}: {_elsewhere(source.elsewhere)}"
        for remark in source.remarks[:SHOWN]:
            yield f"kazami: {source.source.id}: {one_line(remark)}"
        if (more := len(source.remarks) - SHOWN) > 0:
            yield f"kazami: {source.source.id}: {more:,} more remarks"
        for missed in source.near_misses[:SHOWN]:
            yield f"kazami: {source.source.id}: near miss: {one_line(missed)}"
        if (more := len(source.near_misses) - SHOWN) > 0:
            yield f"kazami: {source.source.id}: {more:,} more near misses"


def _elsewhere(hosts: Mapping[str, int]) -> str:
    """``3 links lead to other hosts: example.jp 2, example.com 1; not followed``."""
    most = sorted(hosts.items(), key=lambda each: (-each[1], each[0]))
    told = ", ".join(f"{one_line(host)} {count:,}" for host, count in most[:SHOWN])
    more = f" and {len(most) - SHOWN:,} more" if len(most) > SHOWN else ""
    count = sum(hosts.values())
    links = "1 link leads" if count == 1 else f"{count:,} links lead"
    return f"{links} to other hosts: {told}{more}; not followed"
