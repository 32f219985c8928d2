"""Which source may be fetched now: robots.txt, what an assembly granted, and at which hours."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from enum import StrEnum

from crawler.detection import text_address
from crawler.permission.robots import Rules
from crawler.permission.robots_history import RobotsHistory, RobotsSnapshot, origin, shipped_for
from kazami.errors import KazamiError
from kazami.permission import Permission
from kazami.sources import Source

JAPAN = timezone(timedelta(hours=9))
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Standing(StrEnum):
    """What may be fetched from a source, as far as we know without asking.

    ``allowed``: robots.txt allows the text. ``needs-permission``: it forbids it and nothing is
    recorded. ``granted`` and ``refused``: the assembly's answer. ``suspended``: robots.txt changed
    since it was accepted. ``unknown``: nobody has looked; the first visit reads it and obeys.
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
        super().__init__(
            f"{source.id}: robots.txt forbids {url}; ask the assembly's office (kazami sources "
            f"letter {source.body}) and record its answer (kazami sources grant {source.body})"
        )


class Refused(NeedsPermission):
    """The assembly said no."""

    def __init__(self, permission: Permission) -> None:
        KazamiError.__init__(
            self,
            f"{permission.source}: {permission.granted_by} refused on {permission.granted_on}; "
            "it is not fetched",
        )


class Suspended(KazamiError):
    """robots.txt says something else than when the user last agreed to it."""

    def __init__(self, source: Source, now: RobotsSnapshot) -> None:
        super().__init__(
            f"{source.id}: suspended, the robots.txt of {origin(source.url)} changed (seen "
            f"{now.first}); read it (kazami sources show {source.body}), then "
            f"kazami sources accept {source.body}"
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
    if history.changed(source.url):
        return Standing.SUSPENDED
    if permission is not None:
        return Standing.GRANTED
    if snapshot := history.stands(source.url):
        allowed = allows(snapshot.rules, text_address(source))
    elif known := shipped_for(source.url):
        allowed = known.allowed
    else:
        return Standing.UNKNOWN
    return Standing.ALLOWED if allowed else Standing.NEEDS_PERMISSION


def allows(rules: str, url: str) -> bool:
    """Whether a robots.txt of these lines lets us fetch ``url``."""
    return Rules(rules.encode()).allow(url)


def barred(
    source: Source, permission: Permission | None, history: RobotsHistory
) -> NeedsPermission | None:
    """Why a source is not even asked for its first page: the shipped entry or a refusal forbids it.

    What our own snapshots forbid is looked at again: robots.txt is fetched first at every run.
    """
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
