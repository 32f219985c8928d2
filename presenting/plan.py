"""What a crawl would cost, for other programs: JSON, and what the figures assume."""

from __future__ import annotations

from crawler.running.cost import Load, Plan, Share
from presenting.export import to_json
from presenting.schema import VERSION

NOTES = (
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


def plan_json(plan: Plan) -> str:
    """``platforms``: a list of objects; ``now`` is what may be asked and read today."""
    return to_json(
        {
            "schema": VERSION,
            "platforms": [_object(share) for share in plan.platforms],
            "total": _object(plan.total),
            "now": _object(plan.now),
            "assumptions": list(NOTES),
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
