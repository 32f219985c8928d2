"""What a crawl would cost, as a table."""

from __future__ import annotations

from answers.choosing import Load, Plan, Share
from presenting.plan import NOTES
from search_cli.terminal import Style, in_columns

_HEADER = (
    "プラットフォーム",
    "団体",
    "可",
    "要許可",
    "未確認",
    "未対応",
    "初回 要求",
    "時間",
    "最長ホスト",
    "毎日 要求",
    "時間",
    "最長ホスト",
)
_NOW = "うち今読めるもの"


def plan_text(plan: Plan, style: Style) -> str:
    shares = [(share.platform, share) for share in plan.platforms]
    shares += [("合計", plan.total), (_NOW, plan.now)]
    rows = [_cells(name, share) for name, share in shares]
    header, *platforms, total, now = in_columns([_HEADER, *rows], figures=True)
    lines = [style.faint(header), *platforms, "", style.strong(total), style.strong(now)]
    longest = max(plan.total.first.hosts.items(), key=lambda item: item[1], default=None)
    if longest is not None and longest[1] > 0:
        lines += ["", f"最長のホストは {longest[0]}（初回 {_hours(longest[1])}時間）"]
    return "\n".join([*lines, "", *(style.faint(note) for note in NOTES)])


def _cells(name: str, share: Share) -> tuple[str, ...]:
    counts = (len(share.bodies), share.allowed, share.needing, share.unknown, share.unread)
    return (
        name,
        *(f"{count:,}" for count in counts),
        *(cell for load in (share.first, share.daily) for cell in _load_cells(load)),
    )


def _load_cells(load: Load) -> tuple[str, str, str]:
    return f"{load.requests:,}", _hours(load.hours), _hours(load.longest)


def _hours(hours: float) -> str:
    return f"{hours:,.1f}" if hours < 10 else f"{hours:,.0f}"
