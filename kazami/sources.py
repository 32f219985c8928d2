"""Sources: which body publishes which kind of document where, and who permitted what."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from kazami.bodies import load_bodies
from kazami.config import config_dir
from kazami.document import Kind
from kazami.errors import KazamiError

PERMISSIONS = "permissions.toml"
"""The user's own ledger of permissions, in the data directory."""

UNKNOWN = "unknown"
"""The platform of a source that no platform can read, or whose address nobody has found."""

Option = str | int | tuple[str, ...]

_PLATFORM = re.compile(r"[a-z][a-z0-9_]*")
_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?/[^\s#]*")
_OPTION = re.compile(r"[a-z][a-z0-9_]*")
_SOURCE_KEYS = ("platform", "url", "delay", "expect", "notes", "options")
_EXPECT_KEYS = ("at_least", "newest_within_days")
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


class SourceError(KazamiError):
    """A file of sources or permissions cannot be read or makes no sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What a whole run must bring, or it is an alarm; ``None`` expects nothing."""

    at_least: int | None = None
    newest_within_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place where one body publishes one kind of document.

    ``delay`` (seconds) can make the platform's delay longer, never shorter. ``options`` are values
    that the platform needs for this site and checks itself. ``expect`` is None where the source
    says nothing: then its platform does. ``url`` is empty only where the platform is ``unknown``.
    """

    body: str
    kind: Kind
    platform: str
    url: str
    delay: float | None = None
    expect: Expect | None = None
    notes: str = ""
    options: Mapping[str, Option] = field(default_factory=dict, hash=False)

    @property
    def id(self) -> str:
        """``272078/minutes/kensakusystem``."""
        return f"{self.body}/{self.kind}/{self.platform}"


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


@cache
def load_sources(folder: Path | None = None) -> tuple[Source, ...]:
    """Every source of ``config/sources/*.toml``, by body, kind and platform.

    A file is named ``11-saitama.toml`` and holds bodies of that prefecture only; a table is
    ``["112119".minutes]``, or ``[["112119".minutes]]`` where a body has several platforms.

    Raises SourceError naming file and key.
    """
    folder = folder or config_dir() / "sources"
    sources: dict[str, Source] = {}
    for file in sorted(folder.glob("*.toml")):
        for source, where in _file(file):
            if source.id in sources:
                raise SourceError(f"{where}: {source.id} stands there twice")
            sources[source.id] = source
    return tuple(sources[id] for id in sorted(sources))


def load_permissions(path: Path) -> dict[str, Permission]:
    """The permissions of ``permissions.toml`` by source id; none where there is no file.

    Raises SourceError naming file and key.
    """
    return _permissions(_toml(path), path.name) if path.exists() else {}


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
        permissions[source] = _permission(source, _table(table, where), where)
    return permissions


def _file(file: Path) -> Iterator[tuple[Source, str]]:
    if not re.fullmatch(r"[0-9]{2}-[a-z]+\.toml", file.name):
        raise SourceError(f"{file}: a file of sources is named like 11-saitama.toml")
    bodies = load_bodies()
    for code, kinds in _toml(file).items():
        where = f"{file.name}: {code}"
        if bodies.get(code) is None:
            raise SourceError(f"{where}: no body has this code")
        if code[:2] != file.name[:2]:
            raise SourceError(f"{where}: belongs into the file of prefecture {code[:2]}")
        for kind, tables in _table(kinds, where).items():
            here = f"{where}.{kind}"
            if kind not in list(Kind):
                raise SourceError(f"{here}: unknown kind{_nearest(kind, tuple(Kind))}")
            for table in tables if isinstance(tables, list) else [tables]:
                yield _source(code, Kind(kind), _table(table, here), here), here


def _source(code: str, kind: Kind, table: Mapping[str, object], where: str) -> Source:
    _known(table, _SOURCE_KEYS, where)
    platform = _text(table, "platform", where)
    if not _PLATFORM.fullmatch(platform):
        raise SourceError(f"{where}.platform: {platform!r} is no name of a platform")
    url = _text(table, "url", where, default="" if platform == UNKNOWN else None)
    if url and not _URL.fullmatch(url):
        raise SourceError(f"{where}.url: {url!r} is no http(s) address")
    return Source(
        body=code,
        kind=kind,
        platform=platform,
        url=url,
        delay=_seconds(table, "delay", where),
        expect=_expect(table["expect"], f"{where}.expect") if "expect" in table else None,
        notes=_text(table, "notes", where, default=""),
        options=_options(table.get("options"), f"{where}.options"),
    )


def _expect(value: object, where: str) -> Expect:
    table = _table(value, where)
    _known(table, _EXPECT_KEYS, where)
    return Expect(
        at_least=_count(table, "at_least", where),
        newest_within_days=_count(table, "newest_within_days", where),
    )


def _options(value: object, where: str) -> Mapping[str, Option]:
    if value is None:
        return {}
    options: dict[str, Option] = {}
    for key, option in _table(value, where).items():
        if not _OPTION.fullmatch(key):
            raise SourceError(f"{where}: {key!r} is no name of an option")
        if isinstance(option, list) and option and all(isinstance(part, str) for part in option):
            options[key] = tuple(option)
        elif isinstance(option, str | int) and not isinstance(option, bool):
            options[key] = option
        else:
            raise SourceError(
                f"{where}.{key}: text, a whole number or a list of texts is needed, not {option!r}"
            )
    if not options:
        raise SourceError(f"{where}: is empty; leave it out")
    return options


def _permission(source: str, table: Mapping[str, object], where: str) -> Permission:
    _known(table, _PERMISSION_KEYS, where)
    granted_on = table.get("granted_on")
    if not isinstance(granted_on, date) or isinstance(granted_on, datetime):
        raise SourceError(f"{where}.granted_on: a day is needed, like 2026-08-02 without quotes")
    return Permission(
        source=source,
        granted_by=_text(table, "granted_by", where),
        granted_on=granted_on,
        hours=parse_hours(_text(table, "hours", where, default=""), f"{where}.hours"),
        days=parse_days(table.get("days"), f"{where}.days"),
        minimum_delay=_seconds(table, "minimum_delay", where),
        contact=_text(table, "contact", where, default=""),
        notice=_text(table, "notice", where, default=""),
        fetch=_yes_no(table, "fetch", where),
        redistribute=_yes_no(table, "redistribute", where),
        notes=_text(table, "notes", where, default=""),
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


def _toml(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SourceError(f"{file}: {reason}") from error


def _table(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise SourceError(f"{where}: a table is needed, not {value!r}")
    return value


def _known(table: Mapping[str, object], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            raise SourceError(f"{where}: unknown key {key!r}{_nearest(key, known)}")


def _text(table: Mapping[str, object], key: str, where: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise SourceError(f"{where}.{key}: a text is needed, not {value!r}")
    return value


def _count(table: Mapping[str, object], key: str, where: str) -> int | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SourceError(f"{where}.{key}: a whole number from 1 is needed, not {value!r}")
    return value


def _seconds(table: Mapping[str, object], key: str, where: str) -> float | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 3600:
        raise SourceError(f"{where}.{key}: seconds from 0 to 3600 are needed, not {value!r}")
    return float(value)


def _yes_no(table: Mapping[str, object], key: str, where: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise SourceError(f"{where}.{key}: true or false is needed, not {value!r}")
    return value


def _nearest(name: str, known: tuple[str, ...]) -> str:
    import difflib  # only a mistake needs it

    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(known)}"
