"""Rules of tenders: which paper closes one, and whether an offer can still be handed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

from kazami.facts import Deadline, Stage

OFFERS = ("入札書", "提案書", "見積書")
"""Papers that are the offer: the last of their days closes the tender."""

APPLICATIONS = ("参加申請書", "参加申込書", "参加表明書", "参加意向")
"""Papers without which nobody may offer: their day closes a tender that names no offer's."""

JAPAN = timezone(timedelta(hours=9))


class TenderState(StrEnum):
    """Whether an offer can be handed in; ``unknown`` is never taken for open."""

    PLANNED = "planned"
    OPEN = "open"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    FAILED = "failed"


def closing(deadlines: Iterable[Deadline]) -> Deadline | None:
    """The deadline that closes a tender: the last of the offers', else of the applications'.

    None where neither is named, or where an offer's is but its day cannot be told: the day of
    another paper does not stand in for it.
    """
    named = list(deadlines)
    for papers in (OFFERS, APPLICATIONS):
        fitting = [each for each in named if _is_one_of(each.paper, papers)]
        if fitting:
            return max((each for each in fitting if each.day is not None), key=_end, default=None)
    return None


def _is_one_of(paper: str, papers: tuple[str, ...]) -> bool:
    return "質問" not in paper and any(each in paper for each in papers)


def _end(deadline: Deadline) -> tuple[date, time]:
    assert deadline.day is not None
    return deadline.day, deadline.time or time.max


def state(stage: Stage, closes: date | None, closes_at: time | None, now: datetime) -> TenderState:
    """The state at a moment. A day without a time lasts to its end in Japan."""
    if stage in (Stage.PLANNED, Stage.CANCELLED, Stage.FAILED):
        return TenderState(stage.value)
    if closes is None:
        return TenderState.UNKNOWN
    end = datetime.combine(closes, closes_at or time.max, JAPAN)
    return TenderState.OPEN if now.astimezone(UTC) <= end.astimezone(UTC) else TenderState.CLOSED
