"""Which source may be fetched now: what an assembly granted, and at which hours."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from kazami.errors import KazamiError
from kazami.sources import Permission, Source

JAPAN = timezone(timedelta(hours=9))
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class NeedsPermission(KazamiError):
    """robots.txt forbids what the source publishes, and no permission is recorded."""

    def __init__(self, source: Source, url: str) -> None:
        super().__init__(
            f"{source.id}: robots.txt forbids {url}; ask the assembly's office and record its "
            "answer in permissions.toml"
        )


class NotNow(KazamiError):
    """A permission holds at other hours."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(
            f"{permission.source}: {permission.granted_by} permits fetching at "
            f"{opening(permission)} (Japan time); run it again then"
        )


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
