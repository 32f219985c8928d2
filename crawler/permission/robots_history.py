"""What robots.txt says: as we ship it, and as this user's own crawls saw it, day by day."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from kazami.config import config_dir
from kazami.errors import KazamiError
from kazami.files import replace_file

FILE = "robots.json"
"""The user's snapshots, in the data directory."""

_KEYS = ("text", "seen", "sha256", "rules", "evidence")
_VERDICTS = ("allowed", "forbidden")
_MOST_RULES = 20_000
"""Characters of rules that are kept to show what changed."""


class RobotsHistoryError(KazamiError):
    """A file of snapshots cannot be read or makes no sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedRobots:
    """What we ship about the hosts of a pattern: what somebody saw, with its day."""

    hosts: str
    allowed: bool
    seen: date
    sha256: str
    rules: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsSnapshot:
    """One robots.txt: what it said since ``first``, last looked at on ``last``.

    ``sha256`` is of its bytes, ``rules`` are its lines without comments and sitemaps: only a
    change of these counts. A host without one (HTTP 404) has none.
    """

    status: int
    sha256: str
    first: date
    last: date
    rules: str


@cache
def load_shipped(file: Path | None = None) -> tuple[ShippedRobots, ...]:
    """The entries of ``config/robots.toml``, in its order; raises RobotsHistoryError."""
    file = file or config_dir() / "robots.toml"
    try:
        tables = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise RobotsHistoryError(f"{file}: {error}") from error
    return tuple(_shipped(hosts, table, file.name) for hosts, table in tables.items())


def shipped_for(url: str, entries: tuple[ShippedRobots, ...] | None = None) -> ShippedRobots | None:
    """The entry for the host of ``url``: the first pattern that fits."""
    host = urlsplit(url).hostname or ""
    known = load_shipped() if entries is None else entries
    return next((each for each in known if fnmatchcase(host, each.hosts)), None)


class RobotsHistory:
    """The snapshots of ``robots.json`` by origin (``https://host:port``).

    A robots.txt that changed stands beside the one before it until the user accepts it, or until
    it is as it was again.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stood: dict[str, RobotsSnapshot] = {}
        self._changed: dict[str, RobotsSnapshot] = {}
        for origin, kept in _read(file).items():
            try:
                self._stood[origin] = _snapshot(kept["stands"])
                if "changed" in kept:
                    self._changed[origin] = _snapshot(kept["changed"])
            except (KeyError, TypeError, ValueError) as error:
                raise RobotsHistoryError(
                    f"{file}: {origin}: {error!r}; mend it, or delete the file to look anew"
                ) from error

    def stands(self, url: str) -> RobotsSnapshot | None:
        """What the robots.txt of this address said when it was last accepted."""
        return self._stood.get(origin(url))

    def changed(self, url: str) -> RobotsSnapshot | None:
        """What it says since then, where that is something else."""
        return self._changed.get(origin(url))

    def see(self, url: str, status: int, body: bytes, day: date) -> None:
        """Note what was found today; the first snapshot of an origin is accepted as it is."""
        place = origin(url)
        now = RobotsSnapshot(
            status=status,
            sha256=hashlib.sha256(body).hexdigest(),
            first=day,
            last=day,
            rules=rules_of(body),
        )
        stood = self._stood.get(place)
        if stood is None or stood.rules == now.rules:
            self._stood[place] = replace(now, first=stood.first if stood else day)
            self._changed.pop(place, None)
            return
        before = self._changed.get(place)
        known = before is not None and before.rules == now.rules
        self._changed[place] = replace(now, first=before.first) if before and known else now

    def accept(self, url: str) -> RobotsSnapshot | None:
        """Take the changed one for what stands, and return it; None where nothing changed."""
        place = origin(url)
        changed = self._changed.pop(place, None)
        if changed is not None:
            self._stood[place] = changed
        return changed

    def save(self) -> None:
        """Write the file anew, whole or not at all."""
        kept = {}
        for place in sorted(self._stood):
            kept[place] = {"stands": asdict(self._stood[place])}
            if place in self._changed:
                kept[place]["changed"] = asdict(self._changed[place])
        if not kept:
            return
        text = json.dumps(kept, ensure_ascii=False, indent=1, default=date.isoformat)
        try:
            replace_file(self._file, f"{text}\n")
        except OSError as error:
            raise RobotsHistoryError(f"{self._file}: {error.strerror}") from error


def origin(url: str) -> str:
    """``https://www.example:8080``: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def rules_of(body: bytes) -> str:
    """The lines that rule, without comments, blanks and sitemaps."""
    return "\n".join(_rules(body.decode("utf-8", "replace").lstrip("\ufeff")))[:_MOST_RULES]


def _rules(text: str) -> Iterator[str]:
    for line in text.splitlines():
        rule = " ".join(line.partition("#")[0].split())
        if rule and not rule.lower().startswith("sitemap"):
            yield rule


def _shipped(hosts: str, table: object, where: str) -> ShippedRobots:
    if not isinstance(table, dict):
        raise RobotsHistoryError(f"{where}: {hosts}: a table is needed")
    for key in table:
        if key not in _KEYS:
            raise RobotsHistoryError(f"{where}: {hosts}: unknown key {key!r}; known: {_KEYS}")
    rules, seen = table.get("rules", []), table.get("seen")
    if table.get("text") not in _VERDICTS:
        raise RobotsHistoryError(f"{where}: {hosts}.text: one of {', '.join(_VERDICTS)} is needed")
    if not isinstance(seen, date):
        raise RobotsHistoryError(f"{where}: {hosts}.seen: a day is needed, like 2026-08-02")
    if not isinstance(rules, list) or not table.get("evidence"):
        raise RobotsHistoryError(f"{where}: {hosts}: evidence in words, rules as a list of lines")
    return ShippedRobots(
        hosts=hosts,
        allowed=table["text"] == "allowed",
        seen=seen,
        sha256=str(table.get("sha256", "")),
        rules=tuple(str(rule) for rule in rules),
        evidence=str(table["evidence"]),
    )


def _snapshot(kept: Mapping[str, object]) -> RobotsSnapshot:
    return RobotsSnapshot(
        status=int(str(kept["status"])),
        sha256=str(kept["sha256"]),
        first=date.fromisoformat(str(kept["first"])),
        last=date.fromisoformat(str(kept["last"])),
        rules=str(kept["rules"]),
    )


def _read(file: Path) -> Mapping[str, Mapping[str, Mapping[str, object]]]:
    try:
        kept = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise RobotsHistoryError(f"{file}: {error}; mend it, or delete it to look anew") from error
    if not isinstance(kept, dict):
        raise RobotsHistoryError(f"{file}: not a table of hosts; delete it to look anew")
    return kept
