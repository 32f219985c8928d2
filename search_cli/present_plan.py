"""What a crawl would cost, as a table or JSON."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

from crawler.running.cost import Load, Plan, Share
from presenting.export import to_json
from search_cli.terminal import Paint, pad

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
_NOTES = (
    (
        "団体数のうち、可=robots.txtが許可または許可済み、要許可=禁止・不許可・停止中、未確認=最初の"
        "収集で確認、未対応=kazamiがまだ読めないもの（許可とは別）。"
    ),
    (
        "時間=全ホストの延べ時間。ホストどうしは並行し、同じホストの団体は1件ずつ順に取得するため、"
        "所要時間は最長ホストの時間。1要求=ホストの間隔+応答1秒。"
    ),
    (
        "仮定: 年間の会議数は人口により16–150（都道府県150、国会1,500、自前ページは本会議12–20）、"
        "公開年数はベンダー25年・自前ページ14年（設定があればそれ）・国会1947年から。要求数は目安で、"
        "倍・半分の幅がある。許可された時間帯の制限は含まない。"
    ),
)
_NOW = "うち今読めるもの"


def plan_text(plan: Plan, look: Paint) -> str:
    shares = [(share.platform, share) for share in plan.platforms]
    shares += [("合計", plan.total), (_NOW, plan.now)]
    rows = [_cells(name, share) for name, share in shares]
    widths = [max(map(cell_len, column)) for column in zip(_HEADER, *rows, strict=True)]
    lines = [look.faint(_row(_HEADER, widths)), *(_row(row, widths) for row in rows[:-2]), ""]
    lines += [look.strong(_row(row, widths)) for row in rows[-2:]]
    longest = max(plan.total.first.hosts.items(), key=lambda item: item[1], default=None)
    if longest is not None and longest[1] > 0:
        lines += ["", f"最長のホストは {longest[0]}（初回 {_hours(longest[1])}時間）"]
    return "\n".join([*lines, "", *(look.faint(note) for note in _NOTES)])


def plan_json(plan: Plan) -> str:
    """``platforms``: a list of objects; ``now`` is what may be asked and read today."""
    return to_json(
        {
            "platforms": [_object(share) for share in plan.platforms],
            "total": _object(plan.total),
            "now": _object(plan.now),
            "assumptions": list(_NOTES),
        }
    )


def _object(share: Share) -> dict[str, object]:
    return {
        "platform": share.platform,
        "bodies": len(share.bodies),
        "allowed": share.allowed,
        "needs_permission": share.needing,
        "unknown": share.unknown,
        "not_readable": share.unread,
        "first_fill": _load(share.first),
        "daily_update": _load(share.daily),
    }


def _load(load: Load) -> dict[str, object]:
    return {
        "requests": load.requests,
        "hours": round(load.hours, 1),
        "longest_host_hours": round(load.longest, 1),
        "hosts": len(load.hosts),
    }


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


def _row(cells: Iterable[str], widths: Iterable[int]) -> str:
    padded = (pad(c, w, right=n > 0) for n, (c, w) in enumerate(zip(cells, widths, strict=True)))
    return "  ".join(padded).rstrip()
