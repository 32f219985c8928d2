"""One source with all that is known of it: address, robots.txt, permission, last run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kazami.permission import Permission
from presenting.labels import KINDS
from presenting.names import body_name
from presenting.safe_text import one_line
from presenting.source_labels import STANDINGS
from search_cli.layout.sources import moment, run_text
from search_cli.terminal import Style

if TYPE_CHECKING:
    from answers.robots import RobotsAnswer, Seen
    from answers.sources import KnownSource
    from kazami.document import Kind
    from kazami.fills import Fills

_MOST_RULES = 40


def source_text(
    known: KnownSource, robots: RobotsAnswer | None, fills: Fills | None, style: Style
) -> str:
    source, run = known.source, known.run
    lines = [style.strong(f"{body_name(source.body)} {KINDS[source.kind]}"), f"ID  {source.id}"]
    lines.append(f"URL  {source.url or '不明'}")
    if source.system:
        others = f"（{one_line(source.others)}も利用、団体名は不明）" if source.others else ""
        lines.append(f"電子入札  {one_line(source.system)}{others}")
    if why := known.unreadable:
        lines.append(f"読取  未対応（{why}）")
    if source.delay is not None:
        lines.append(f"間隔  {source.delay:g}秒以上")
    expect = known.expect
    expected = []
    if expect.at_least is not None:
        expected.append(f"{expect.at_least:,}件以上")
    if expect.newest_within_days is not None:
        expected.append(f"最新は{expect.newest_within_days:,}日以内")
    if expected:
        lines.append(f"期待  {'、'.join(expected)}")
    if source.options:
        settings = (f"{key} = {one_line(str(value))}" for key, value in source.options.items())
        lines.append(f"設定  {'; '.join(settings)}")
    lines.append(f"許可  {STANDINGS[known.standing]} ({known.standing})")
    if known.permission is not None:
        lines += [f"      {line}" for line in _permission_lines(known.permission)]
    lines.append(f"再提供  {_passed_on(known)}")
    if robots is not None:
        lines += _robots_lines(robots)
    lines.append(f"最終収集  {moment(run.finished or run.started) if run else 'なし'}")
    if run is not None:
        lines.append(f"結果  {run_text(run)}")
        if run.note:
            lines.append(f"備考  {one_line(run.note)}")
    if known.corrected:
        lines.append(f"訂正  {known.corrected:,}件（kazami correct --list）")
    if fills is not None:
        lines.append(f"記入率  {_filled(source.kind, fills)}")
    if source.notes:
        lines.append(f"注  {one_line(source.notes)}")
    return "\n".join(lines)


def _filled(kind: Kind, fills: Fills) -> str:
    """``発言者 99.8%（いつも99.9%）、…（最近の6件）``; what was never filled is left out."""
    from kazami.fills import counted, documents_in

    parts = []
    for field in counted(kind):
        latest, usual = fills.latest.get(field.name), fills.usual.get(field.name)
        if not any(rate is not None and rate.mean for rate in (latest, usual)):
            continue
        before = "" if usual is None else f"いつも{usual.mean:.1%}"
        if latest is not None:
            before = f"{latest.mean:.1%}" + (before and f"（{before}）")
        parts.append(f"{field.label} {before}")
    of = f"（最近の{documents_in(fills.latest):,.0f}件）" if fills.latest else ""
    return ("、".join(parts) or "なし") + of


def _passed_on(known: KnownSource) -> str:
    """Whether its texts may be given to others, and why."""
    if not known.pass_on:
        return "不可（オープンデータの表示も再配布の許可もない）"
    return "可（オープンデータ）" if known.source.open_data else "可（再配布の許可）"


def _permission_lines(permission: Permission) -> list[str]:
    lines = [f"{one_line(permission.granted_by)}（{permission.granted_on}）"]
    if permission.hours is not None:
        first, last = permission.hours
        lines.append(f"時間帯 {first:%H:%M}–{last:%H:%M}")
    if permission.days is not None:
        lines.append("曜日 " + "".join("月火水木金土日"[day] for day in sorted(permission.days)))
    if permission.minimum_delay is not None:
        lines.append(f"間隔 {permission.minimum_delay:g}秒以上")
    if permission.contact:
        lines.append(f"連絡先 {one_line(permission.contact)}")
    if permission.notice:
        lines.append(f"事前連絡 {one_line(permission.notice)}")
    lines.append(f"取得 {'可' if permission.fetch else '不可'}")
    lines.append(f"再配布 {'可' if permission.redistribute else '不可'}")
    if permission.notes:
        lines.append(f"注 {one_line(permission.notes)}")
    return lines


def _robots_lines(robots: RobotsAnswer) -> list[str]:
    """What robots.txt says of the text: by our own look, else by the shipped one."""
    stood, changed, shipped = robots.stood, robots.changed, robots.shipped
    lines = []
    if stood is not None:
        lines.append(f"robots.txt  {_says(stood)}（{stood.look.last}に取得、{_kept(stood)}）")
    if changed is not None:
        found = "変更を検知" if stood else "取得"
        lines.append(
            f"{'      ' if stood else 'robots.txt  '}{changed.look.first}に{found}、"
            f"現在は{_says(changed)}（{_kept(changed)}）"
        )
        shown = [one_line(line) for line in robots.difference]
        lines += [f"      {line}" for line in shown[:_MOST_RULES]]
        if len(shown) > _MOST_RULES:
            lines.append(f"      …ほか{len(shown) - _MOST_RULES:,}行")
    if lines:
        return lines
    if shipped is None:
        return ["robots.txt  未確認（最初の収集で確認し、従います）"]
    digest = f"、sha256 {shipped.sha256[:12]}" if shipped.sha256 else ""
    says = f"{_VERDICTS[shipped.allowed]}（{shipped.seen}現在{digest}）"
    return [f"robots.txt  {says} {one_line(shipped.evidence)}"]


_VERDICTS = {True: "本文を許可", False: "本文を禁止"}


def _says(seen: Seen) -> str:
    """What a look found, in words: its verdict, and what else a person should know of it."""
    if seen.look.problem:
        return f"読めないため、承認されるまで全体を禁止: {one_line(seen.look.problem)}"
    said = _VERDICTS[seen.allows]
    if seen.page:
        return f"{said}、規則なし（HTMLのページが返る）"
    return f"{said}、間隔{seen.delay:,.0f}秒の指定" if seen.delay else said


def _kept(seen: Seen) -> str:
    return f"HTTP {seen.look.status}、sha256 {seen.look.sha256[:12]}"
