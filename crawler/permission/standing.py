"""Which source may be fetched now: robots.txt, what an assembly granted, and at which hours."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache

from crawler.detection import text_address
from crawler.permission.robots import LONGEST_DELAY, Reading, RobotsTxt, Rules
from crawler.permission.robots_history import RobotsHistory, RobotsSnapshot, origin, shipped_for
from kazami.document import Kind
from kazami.errors import KazamiError
from kazami.permission import Permission
from kazami.sources import Source

JAPAN = timezone(timedelta(hours=9))
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Standing(StrEnum):
    """What may be fetched from a source, as far as we know without asking.

    ``allowed``: robots.txt allows the text. ``needs-permission``: it forbids it and nothing is
    recorded. ``granted`` and ``refused``: the assembly's answer. ``suspended``: robots.txt changed
    since it was accepted, cannot be read, or asks for more than an hour between two requests.
    ``unknown``: nobody has looked; the first visit reads it and obeys.
    """

    ALLOWED = "allowed"
    GRANTED = "granted"
    NEEDS_PERMISSION = "needs-permission"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"


class NeedsPermission(KazamiError):
    """robots.txt forbids what the source publishes, and no permission is recorded."""

    def __init__(self, source: Source, url: str) -> None:
        office = "the assembly's" if source.kind is Kind.MINUTES else "the body's"
        super().__init__(
            f"{source.id}: robots.txt forbids {url}; ask {office} office (kazami sources letter "
            f"{source.id}) and record its answer (kazami sources grant {source.id})"
        )


class Refused(NeedsPermission):
    """The assembly said no."""

    def __init__(self, permission: Permission) -> None:
        KazamiError.__init__(
            self,
            f"{permission.source}: {permission.granted_by} refused on {permission.granted_on}; "
            "it is not fetched",
        )


class Unproven(NeedsPermission):
    """The address may be somebody else's."""

    def __init__(self, source: Source) -> None:
        KazamiError.__init__(
            self,
            f"{source.id}: {source.url} may be somebody else's ({source.unproven}); look at it, "
            "and take the line unproven out of config/sources where it is the body's own",
        )


class Suspended(KazamiError):
    """robots.txt waits for the user's word: it changed, or cannot be read, or asks for hours."""

    def __init__(self, source: Source, now: RobotsSnapshot) -> None:
        place = origin(source.url)
        what = (
            f"the robots.txt of {place} cannot be read ({now.problem}; seen {now.first}), which "
            "forbids everything; look at it"
            if now.reading is Reading.UNREADABLE
            else f"the robots.txt of {place} changed (seen {now.first}); read it"
        )
        super().__init__(
            f"{source.id}: suspended, {what} (kazami sources show {source.id}), then "
            f"kazami sources accept {source.id}"
        )


class DelayTooLong(Suspended):
    """robots.txt asks for more time between two requests than is kept without asking a person."""

    def __init__(self, source: Source, delay: float) -> None:
        KazamiError.__init__(
            self,
            f"{source.id}: suspended, robots.txt asks for {delay:,.0f} s between two requests; to "
            f"crawl it at that pace: kazami sources accept {source.id}",
        )


class NotNow(KazamiError):
    """A permission holds at other hours."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(
            f"{permission.source}: {permission.granted_by} permits fetching at "
            f"{opening(permission)} (Japan time); run it again then"
        )


def standing(source: Source, permission: Permission | None, history: RobotsHistory) -> Standing:
    """Where a source stands. Our own snapshot of its robots.txt goes before the shipped entry."""
    if permission is not None and not permission.fetch:
        return Standing.REFUSED
    if not source.url:
        return Standing.UNKNOWN
    if waits(source, source.url, permission, history):
        return Standing.SUSPENDED
    if permission is not None:
        return Standing.GRANTED
    if look := history.stands(source.url):
        allowed = rules_of(look).allow(text_address(source))
    elif known := shipped_for(source.url):
        allowed = known.allowed
    else:
        return Standing.UNKNOWN
    return Standing.ALLOWED if allowed else Standing.NEEDS_PERMISSION


@lru_cache(maxsize=256)
def rules_of(look: RobotsSnapshot) -> Rules:
    """What an accepted look allows; asked before every request."""
    return Rules(RobotsTxt(look.reading, look.rules, look.sha256, look.problem), accepted=True)


def waits(
    source: Source, url: str, permission: Permission | None, history: RobotsHistory
) -> Suspended | None:
    """Why the robots.txt of ``url`` waits for the user's word, where it does.

    It changed; it cannot be read, and no permission stands in its place; or it asks for more
    than an hour between two requests, and neither did a person agree to that nor did the assembly
    name a delay.
    """
    free = overrides_robots(permission)
    stood, changed = history.stands(url), history.changed(url)
    if changed is not None and not (free and changed.problem):
        return Suspended(source, changed)
    if stood is None or stood.agreed:
        return None
    delay = rules_of(stood).delay
    set_by_a_person = free and permission is not None and permission.minimum_delay is not None
    return DelayTooLong(source, delay) if delay > LONGEST_DELAY and not set_by_a_person else None


def barred(
    source: Source, permission: Permission | None, history: RobotsHistory
) -> NeedsPermission | None:
    """Why a source is not even asked for its first page: the shipped entry or a refusal forbids it.

    What our own snapshots forbid is looked at again: robots.txt is fetched first at every run.
    """
    if source.unproven:
        return Unproven(source)
    if permission is not None:
        return None if permission.fetch else Refused(permission)
    if source.url and history.stands(source.url) is None:
        known = shipped_for(source.url)
        if known is not None and not known.allowed:
            return NeedsPermission(source, text_address(source))
    return None


def overrides_robots(permission: Permission | None) -> bool:
    """Whether the assembly allowed this source's pages whatever robots.txt says."""
    return permission is not None and permission.fetch


def check_hours(permission: Permission | None, now: datetime) -> None:
    """Raise NotNow outside the permitted hours and weekdays; ``now`` carries a time zone.

    Both are looked at for themselves: of a window that passes midnight, the hours after it count
    as the next weekday.
    """
    if permission is None or not permission.fetch:
        return
    local = now.astimezone(JAPAN)
    if permission.days is not None and local.weekday() not in permission.days:
        raise NotNow(permission)
    if permission.hours is not None:
        first, last = permission.hours
        at = local.time().replace(second=0, microsecond=0)
        inside = first <= at <= last if first <= last else at >= first or at <= last
        if not inside:
            raise NotNow(permission)


def opening(permission: Permission) -> str:
    """``Sat, Sun 20:00-06:00``; ``at any time`` without limits."""
    parts = []
    if permission.days is not None:
        parts.append(", ".join(_DAYS[day] for day in sorted(permission.days)))
    if permission.hours is not None:
        parts.append("-".join(f"{time:%H:%M}" for time in permission.hours))
    return " ".join(parts) or "at any time"
