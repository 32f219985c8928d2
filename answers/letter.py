"""The facts of the letter that asks an office for permission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from answers.sources import NoSource, the_one
from crawler.detection import text_address
from crawler.fetching.hosts import ContactMissing
from crawler.permission.robots_history import FILE, RobotsHistory, shipped_for
from crawler.permission.standing import Unproven, rules_of
from crawler.running.cost import ANSWER, requests, seconds
from kazami.bodies import Body, load_bodies
from kazami.document import Kind
from kazami.permission import PERMISSIONS, load_permissions, parse_hours
from kazami.sources import UNKNOWN, Source

if TYPE_CHECKING:
    from kazami.settings import Settings


_PLURAL = {
    Kind.MINUTES: "minutes",
    Kind.ANNOUNCEMENT: "announcements",
    Kind.TENDER: "tenders",
    Kind.AWARD: "awards",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for: ``first`` and ``daily`` are requests, ``seconds`` each takes.

    ``forbidden`` is the day when robots.txt was seen to forbid the text, None where it does not
    or nobody has looked.
    """

    sender: str | None
    contact: str
    hours: str
    delay: float
    first: int
    daily: int
    seconds: float
    forbidden: date | None
    pass_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAnswer:
    """Whose minutes or notices are asked for, and what is asked."""

    source: Source
    body: Body
    request: Request


def letter_request(
    settings: Settings,
    name: str,
    *,
    sender: str | None,
    hours: str | None,
    pass_on: bool,
    today: date,
) -> LetterAnswer:
    """What a letter about the source or body so named asks for; ``hours`` as ``20:00-06:00``.

    Raises NoSource (also where no platform reads it), Unproven, ContactMissing, and KazamiError for
    hours that are none.
    """
    source = the_one(name)
    if not source.url:
        raise NoSource(
            f"{source.id}: where its {_PLURAL[source.kind]} stand is not known, "
            "so ask for that first"
        )
    if source.unproven:
        raise Unproven(source)
    if source.platform == UNKNOWN:
        raise NoSource(
            f"{source.id}: no platform reads it, so how much would be asked of it cannot be told"
        )
    if not settings.contact:
        raise ContactMissing
    body = load_bodies().get(source.body)
    assert body is not None  # load_sources has seen to it
    parse_hours(hours or "", "--hours")
    permission = load_permissions(settings.data_dir / PERMISSIONS).get(source.id)
    first, daily = requests(source, body, today=today, months=settings.recheck_months)
    took = seconds(source, permission)
    request = Request(
        sender=sender,
        contact=settings.contact,
        hours=_span(hours) if hours else "平日の20時から翌6時まで、および土曜日、日曜日",
        delay=took - ANSWER,
        first=first,
        daily=daily,
        seconds=took,
        forbidden=_forbidden(source, RobotsHistory(settings.data_dir / FILE)),
        pass_on=pass_on,
    )
    return LetterAnswer(source=source, body=body, request=request)


def _forbidden(source: Source, looks: RobotsHistory) -> date | None:
    """The day when robots.txt was seen to forbid the text: by our own look, else the shipped."""
    if look := looks.changed(source.url) or looks.stands(source.url):
        if look.problem:
            return None  # nobody could read it: it forbids, but the office does not say so
        return None if rules_of(look).allow(text_address(source)) else look.last
    shipped = shipped_for(source.url)
    return shipped.seen if shipped and not shipped.allowed else None


def _span(hours: str) -> str:
    first, _, last = hours.partition("-")
    return f"{first}から{last}まで（日本時間）"
