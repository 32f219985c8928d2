"""Tenders for other programs, as JSON and CSV, and the words for their state."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from answers.joining import JoinRule, Version, VersionStage
from answers.sources import KnownSource
from answers.tenders import OLD_AFTER, Offer, TendersAnswer
from kazami.bodies import load_bodies
from kazami.facts import Deadline
from kazami.procurement import JAPAN, TenderState
from presenting.columns import Code, Column, names_of, values_of
from presenting.export import to_csv, to_json
from presenting.names import body_name
from presenting.safe_text import one_line
from presenting.schema import VERSION
from presenting.source_labels import STANDINGS

STATES = {
    TenderState.PLANNED: "発注見通し",
    TenderState.OPEN: "受付中",
    TenderState.UNKNOWN: "締切不明",
    TenderState.CLOSED: "締切済み",
    TenderState.CANCELLED: "中止",
    TenderState.FAILED: "不調",
}

VERSIONS = {
    VersionStage.PLANNED: "発注見通し",
    VersionStage.NOTICE: "公告",
    VersionStage.CORRECTION: "訂正",
    VersionStage.CANCELLED: "中止",
    VersionStage.FAILED: "不調",
    VersionStage.AWARD: "落札",
}
RULES = {
    JoinRule.SAME_NUMBER: "案件番号が同じ",
    JoinRule.SAME_PAGE: "同じページで件名が合う",
    JoinRule.SAME_PROJECT: "件名が同じで時期が近い",
    JoinRule.AWARD_NUMBER: "落札結果の案件番号が同じ",
    JoinRule.AWARD_PROJECT: "件名が同じで開札より後の落札結果",
}
_SYSTEMS = 3
"""Up to so many are named beside those who use them."""

_COLUMNS: tuple[Column[Offer], ...] = (
    Column("id", str, lambda offer: offer.tender.id),
    Column("body", Code, lambda offer: Code(offer.tender.body)),
    Column("body_name", str, lambda offer: offer.body_name),
    Column("state", str, lambda offer: offer.state.value),
    Column("closes", date, lambda offer: offer.tender.closes),
    Column("closes_at", str, lambda offer: _time(offer.tender.closes_at)),
    Column("closes_for", str, lambda offer: offer.tender.closes_for),
    Column("days_left", int, lambda offer: offer.days_left),
    Column("title", str, lambda offer: offer.tender.title),
    Column("project", str, lambda offer: offer.tender.project),
    Column("number", str, lambda offer: offer.tender.number),
    Column("category", str, lambda offer: offer.tender.category),
    Column("procedure", str, lambda offer: offer.tender.procedure),
    Column("budget", int, lambda offer: offer.tender.budget),
    Column("date", date, lambda offer: offer.tender.date),
    Column("missing", date, lambda offer: offer.tender.missing),
    Column("url", str, lambda offer: offer.tender.url),
)
"""Of a row per tender, in CSV and JSON."""


def as_json(answer: TendersAnswer) -> str:
    """The tenders with all their deadlines, what was left out, and what it stands on."""
    left = answer.left_out
    return to_json(
        {
            "schema": VERSION,
            "query": answer.question.query,
            "at": answer.at.astimezone(JAPAN).isoformat(timespec="minutes"),
            "total": answer.total,
            "tenders": [_as_dict(offer) for offer in answer.offers],
            "left_out": {
                "unknown": left.unknown,
                "old": left.old,
                "no_amount": left.no_amount,
                "no_category": left.no_category,
            },
            "searched": answer.searched,
            "bodies": answer.bodies,
            "not_collected": list(answer.not_collected),
            "unread_systems": [_system(each) for each in answer.unread],
        }
    )


def _system(known: KnownSource) -> dict[str, object]:
    source = known.source
    return {
        "source": source.id,
        "name": source.system,
        "body": source.body,
        "body_name": known.body.full_name,
        "others": source.others or None,
        "permission": known.standing.value,
        "url": source.url or None,
    }


def _as_dict(offer: Offer) -> dict[str, Any]:
    values = dict(zip(names_of(_COLUMNS), values_of(_COLUMNS, offer), strict=True))
    for name in ("closes", "date", "missing"):
        values[name] = values[name] and str(values[name])
    values["deadlines"] = [_deadline(each) for each in offer.deadlines]
    values["versions"] = [version_json(each) for each in offer.versions]
    return values


def version_json(version: Version) -> dict[str, object]:
    """One document of a tender."""
    return {
        "id": version.id,
        "stage": version.stage.value,
        "date": version.day and version.day.isoformat(),
        "url": version.url,
    }


def _deadline(deadline: Deadline) -> dict[str, object]:
    return {
        "paper": deadline.paper,
        "day": deadline.day and deadline.day.isoformat(),
        "time": _time(deadline.time),
        "words": deadline.words,
    }


def as_csv(answer: TendersAnswer) -> str:
    """A row per tender, with the keys of the JSON form as header."""
    return to_csv(names_of(_COLUMNS), (values_of(_COLUMNS, offer) for offer in answer.offers))


def left_out_lines(answer: TendersAnswer) -> list[str]:
    """What fits but for something that it does not state, a line each."""
    left = answer.left_out
    lines = [
        (left.unknown, "締切が読み取れないため省きました（--open・--deadline-within なしで表示）"),
        (
            left.old,
            f"締切が読み取れず、公告から{OLD_AFTER.days}日を過ぎたため省きました（--all で表示）",
        ),
        (left.no_amount, "予定価格の記載がないため省きました（--min-amount なしで表示）"),
        (left.no_category, "種別の記載がないため省きました（--category なしで表示）"),
    ]
    return [f"{count:,}件は{why}" for count, why in lines if count]


def searched_line(answer: TendersAnswer) -> str:
    """``調べた範囲: 12団体 · 340件の公告``, and what nothing is collected of."""
    parts = [f"{answer.bodies:,}団体", f"{answer.searched:,}件の公告"]
    if answer.not_collected:
        names = "、".join(map(_place, answer.not_collected))
        parts.append(f"未収集: {names}（公告がないとは言えません）")
    return f"調べた範囲: {' · '.join(parts)}"


def unread_line(answer: TendersAnswer) -> str | None:
    """Whose electronic bidding systems are not read, and what follows; None where there is none.

    ``電子入札システムのため未収集: 千葉県と県内の56団体（ちば電子調達システム、未対応）。…``
    """
    if not answer.unread:
        return None
    nothing = "受付中の公告がないとは言えません"
    if answer.total:
        nothing = "そこだけに載る公告は含みません"
    named = len(answer.unread) <= _SYSTEMS
    whose = "、".join(_system_of(each) if named else _users(each) for each in answer.unread)
    return f"電子入札システムのため未収集: {whose}。{nothing}"


def _users(known: KnownSource) -> str:
    """``千葉県と県内の56団体``."""
    others = known.source.others
    return known.body.full_name + (f"と{one_line(others)}" if others else "")


def _system_of(known: KnownSource) -> str:
    """``千葉県と県内の56団体（ちば電子調達システム、未対応）``."""
    why = STANDINGS[known.standing] if known.needs_leave else "未対応"
    return f"{_users(known)}（{one_line(known.source.system)}、{why}）"


def _place(code: str) -> str:
    return load_bodies().prefecture_name(code) if len(code) == 2 else body_name(code)


def _time(at: time | None) -> str | None:
    return None if at is None else at.isoformat("minutes")
