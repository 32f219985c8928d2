"""Deadlines of tenders as a calendar (iCalendar, RFC 5545), for the reader's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from answers.tenders import Offer, TendersAnswer
from kazami.facts import Deadline
from kazami.procurement import TenderState
from presenting.safe_text import clean, one_line

_TOKYO = ZoneInfo("Asia/Tokyo")
_ZONE_BEGINS, _ZONE_ENDS = date(2000, 1, 1), date(2038, 1, 1)
"""Japan keeps one time all the year; the span only bounds what is written of it."""


@dataclass(frozen=True, slots=True)
class DeadlineCalendar:
    """``text`` holds ``events`` deadlines; ``unknown`` more have no day, or no deadline at all."""

    text: str
    events: int
    unknown: int


def as_calendar(answer: TendersAnswer) -> DeadlineCalendar:
    """An event for every deadline of the tenders that can be told and has not passed.

    A deadline without a time is one of the whole day. An event keeps its UID from one export to
    the next, so that a calendar moves it instead of adding another.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//kazami//tenders//JA")
    calendar.add("version", "2.0")
    calendar.add("name", "入札の期限")
    calendar.add("x-wr-calname", "入札の期限")
    events = unknown = 0
    timed = False
    for offer in answer.offers:
        if offer.state in (TenderState.CANCELLED, TenderState.FAILED):
            continue
        dated = [each for each in offer.deadlines if each.day is not None]
        unknown += len(offer.deadlines) - len(dated) or int(not dated)
        for deadline, uid in _named(offer, dated):
            start = _start(deadline)
            if _over(start, answer.at):
                continue
            timed = timed or deadline.time is not None
            calendar.add_component(_event(offer, deadline, uid, start, answer.at))
            events += 1
    if timed:
        zone = Timezone.from_tzinfo(_TOKYO, "Asia/Tokyo", _ZONE_BEGINS, _ZONE_ENDS)
        calendar.subcomponents.insert(0, zone)
    return DeadlineCalendar(calendar.to_ical().decode("utf-8"), events, unknown)


def _named(offer: Offer, dated: list[Deadline]) -> Iterator[tuple[Deadline, str]]:
    """Each with its UID: of the tender, the paper, and the how manyeth of that paper it is."""
    seen: Counter[str] = Counter()
    for deadline in dated:
        seen[deadline.paper] += 1
        named = "\0".join((offer.first_id, deadline.paper, str(seen[deadline.paper])))
        yield deadline, f"{sha256(named.encode()).hexdigest()[:32]}@kazami"


def _start(deadline: Deadline) -> date | datetime:
    assert deadline.day is not None
    if deadline.time is None:
        return deadline.day
    return datetime.combine(deadline.day, deadline.time, _TOKYO)


def _over(start: date | datetime, at: datetime) -> bool:
    if isinstance(start, datetime):
        return start < at
    return start < at.astimezone(_TOKYO).date()


def _event(
    offer: Offer, deadline: Deadline, uid: str, start: date | datetime, at: datetime
) -> Event:
    tender = offer.tender
    project = one_line(tender.project or tender.title)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", at)
    event.add("dtstart", start)
    event.add("summary", f"{one_line(deadline.paper)} {offer.body_name} {project}")
    told = [
        f"読み取ったことば: {one_line(deadline.words)}",
        *([f"契約方法: {one_line(tender.procedure)}"] if tender.procedure else []),
        "公開元で確かめてください。",
        tender.id,
    ]
    event.add("description", clean("\n".join(told)))
    if tender.url:
        event.add("url", one_line(tender.url))
    return event
