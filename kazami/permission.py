"""Permissions: who let us fetch what, at which hours, and what may be passed on to others."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from kazami.sources import Source
from kazami.toml_tables import (
    SourceError,
    only_keys,
    read_toml,
    seconds_at,
    table_at,
    text_at,
    yes_no_at,
)

PERMISSIONS = "permissions.toml"
"""The user's own ledger of permissions, in the data directory."""

_PERMISSION_KEYS = (
    "granted_by",
    "granted_on",
    "hours",
    "days",
    "minimum_delay",
    "contact",
    "notice",
    "fetch",
    "redistribute",
    "notes",
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """What an assembly granted for one source, and when.

    ``hours`` are the first and last minute of the day (Japan time) at which fetching is allowed;
    a window may pass midnight. ``days`` are weekdays, Monday is 0. ``None`` is always.
    ``minimum_delay`` is in seconds. ``contact`` is the office's, ``notice`` what it wants to be
    told before a run. Without ``fetch`` the assembly refused.
    """

    source: str
    granted_by: str
    granted_on: date
    hours: tuple[time, time] | None = None
    days: frozenset[int] | None = None
    minimum_delay: float | None = None
    contact: str = ""
    notice: str = ""
    fetch: bool = False
    redistribute: bool = False
    notes: str = ""


def may_pass_on(source: Source, permission: Permission | None) -> bool:
    """Whether texts of the source may be given to others; what nobody has said is no.

    Yes where its own terms make it open data, and where the assembly granted that they be
    redistributed; never where it refused.
    """
    if permission is not None and not permission.fetch:
        return False
    return source.open_data or (permission is not None and permission.redistribute)


def load_permissions(path: Path) -> dict[str, Permission]:
    """The permissions of ``permissions.toml`` by source id; none where there is no file.

    Raises SourceError naming file and key.
    """
    return _permissions(read_toml(path), path.name) if path.exists() else {}


def parse_permissions(text: str, name: str) -> dict[str, Permission]:
    """The same from the text of such a file, which errors call ``name``."""
    try:
        return _permissions(tomllib.loads(text), name)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{name}: {error}") from error


def _permissions(tables: Mapping[str, object], name: str) -> dict[str, Permission]:
    permissions = {}
    for source, table in tables.items():
        where = f"{name}: {source}"
        if not re.fullmatch(r"[0-9]{6}/[a-z]+/[a-z][a-z0-9_]*", source):
            raise SourceError(f"{where}: a source is named like 272078/minutes/kensakusystem")
        permissions[source] = _permission(source, table_at(table, where), where)
    return permissions


def _permission(source: str, table: Mapping[str, object], where: str) -> Permission:
    only_keys(table, _PERMISSION_KEYS, where)
    granted_on = table.get("granted_on")
    if not isinstance(granted_on, date) or isinstance(granted_on, datetime):
        raise SourceError(f"{where}.granted_on: a day is needed, like 2026-08-02 without quotes")
    return Permission(
        source=source,
        granted_by=text_at(table, "granted_by", where),
        granted_on=granted_on,
        hours=parse_hours(text_at(table, "hours", where, default=""), f"{where}.hours"),
        days=parse_days(table.get("days"), f"{where}.days"),
        minimum_delay=seconds_at(table, "minimum_delay", where),
        contact=text_at(table, "contact", where, default=""),
        notice=text_at(table, "notice", where, default=""),
        fetch=yes_no_at(table, "fetch", where),
        redistribute=yes_no_at(table, "redistribute", where),
        notes=text_at(table, "notes", where, default=""),
    )


def parse_hours(text: str, where: str) -> tuple[time, time] | None:
    """``20:00-06:00``, or None for an empty text; raises SourceError beginning with ``where``."""
    if not text:
        return None
    first, dash, last = text.partition("-")
    if not dash or not all(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", t) for t in (first, last)):
        raise SourceError(f"{where}: {text!r} is no span of hours like 20:00-06:00")
    return time.fromisoformat(first), time.fromisoformat(last)


def parse_days(value: object, where: str) -> frozenset[int] | None:
    """``["sat", "sun"]`` as weekdays, Monday is 0; raises SourceError beginning with ``where``."""
    if value is None:
        return None
    if not isinstance(value, list) or not value or any(day not in _DAYS for day in value):
        raise SourceError(f'{where}: {value!r} is no list of weekdays like ["sat", "sun"]')
    return frozenset(_DAYS.index(day) for day in value)
