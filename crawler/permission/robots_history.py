"""What robots.txt says: as we ship it, and as this user's own crawls saw it, day by day."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from crawler.permission.robots import Reading, RobotsTxt, read_robots
from kazami.config import config_dir
from kazami.errors import KazamiError
from kazami.files import replace_file

FILE = "robots.json"
"""The user's snapshots, in the data directory."""

_KEYS = ("text", "seen", "sha256", "rules", "evidence")
_VERDICTS = ("allowed", "forbidden")


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

    ``sha256`` is of its bytes, ``rules`` are its lines that rule (see ``RobotsTxt``): only a
    change of these counts. A host without one (HTTP 404) has none, and neither has one that shows
    a page in its place. Of an unreadable one (``problem`` says why) every change counts.
    ``agreed``: a person accepted it, its delay of hours too.
    """

    status: int
    sha256: str
    first: date
    last: date
    rules: str
    reading: Reading = Reading.RULES
    problem: str = ""
    agreed: bool = False

    def says_as(self, other: RobotsSnapshot) -> bool:
        """Whether two looks found the same."""
        if Reading.UNREADABLE in (self.reading, other.reading):
            return (self.reading, self.sha256) == (other.reading, other.sha256)
        return self.rules == other.rules


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
    it is as it was again. One that cannot be read stands there from the first.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stood: dict[str, RobotsSnapshot] = {}
        self._changed: dict[str, RobotsSnapshot] = {}
        for origin, kept in _read(file).items():
            try:
                if "stands" in kept and (stood := _snapshot(kept["stands"])):
                    self._stood[origin] = stood
                if "changed" in kept and (changed := _snapshot(kept["changed"])):
                    self._changed[origin] = changed
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

    def see(self, url: str, status: int, robots: RobotsTxt, day: date) -> None:
        """Note what was found today; the first look at an origin is accepted if it can be read."""
        place = origin(url)
        now = RobotsSnapshot(
            status=status,
            sha256=robots.sha256,
            first=day,
            last=day,
            rules=robots.rules,
            reading=robots.reading,
            problem=robots.problem,
        )
        stood = self._stood.get(place)
        if now.says_as(stood) if stood else now.reading is not Reading.UNREADABLE:
            self._stood[place] = (
                replace(now, first=stood.first, agreed=stood.agreed) if stood else now
            )
            self._changed.pop(place, None)
            return
        before = self._changed.get(place)
        known = before is not None and before.says_as(now)
        self._changed[place] = replace(now, first=before.first) if before and known else now

    def accept(self, url: str) -> RobotsSnapshot | None:
        """A person agrees to what it says now; None where nobody has looked."""
        place = origin(url)
        look = self._changed.pop(place, None) or self._stood.get(place)
        if look is not None:
            look = self._stood[place] = replace(look, agreed=True)
        return look

    def accept_change(self, url: str) -> bool:
        """Let a change stand that can be read, and nothing else; says whether there was one."""
        changed = self._changed.get(origin(url))
        if changed is None or changed.reading is Reading.UNREADABLE:
            return False
        self._stood[origin(url)] = self._changed.pop(origin(url))
        return True

    def save(self) -> None:
        """Write the file anew, whole or not at all."""
        kept: dict[str, dict[str, object]] = {}
        for name, looks in (("stands", self._stood), ("changed", self._changed)):
            for place, look in looks.items():
                kept.setdefault(place, {})[name] = asdict(look)
        if not kept:
            return
        text = json.dumps(
            dict(sorted(kept.items())), ensure_ascii=False, indent=1, default=date.isoformat
        )
        try:
            replace_file(self._file, f"{text}\n")
        except OSError as error:
            raise RobotsHistoryError(f"{self._file}: {error.strerror}") from error


def origin(url: str) -> str:
    """``https://www.example:8080``: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def rules_of(body: bytes) -> str:
    """The lines that rule, as ``RobotsTxt`` keeps them; of an HTML page none."""
    return read_robots(body).rules


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


def _snapshot(kept: Mapping[str, object]) -> RobotsSnapshot | None:
    """A kept look; None for one of before readings were kept that nobody can have read right."""
    rules, reading = str(kept["rules"]), kept.get("reading")
    problem = str(kept.get("problem", ""))
    if reading is None:
        again = read_robots(rules.encode())
        if again.reading is Reading.UNREADABLE or "\ufffd" in rules:
            return None
        rules, reading = again.rules, again.reading
    return RobotsSnapshot(
        status=int(str(kept["status"])),
        sha256=str(kept["sha256"]),
        first=date.fromisoformat(str(kept["first"])),
        last=date.fromisoformat(str(kept["last"])),
        rules=rules,
        reading=Reading(str(reading)),
        problem=problem,
        agreed=kept.get("agreed") is True,
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
