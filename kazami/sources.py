"""Sources: which body publishes which kind of document where."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kazami.bodies import load_bodies
from kazami.config import config_dir
from kazami.document import Kind
from kazami.toml_tables import (
    SourceError,
    count_at,
    nearest,
    only_keys,
    read_toml,
    seconds_at,
    table_at,
    text_at,
    yes_no_at,
)

UNKNOWN = "unknown"
"""The platform of a source that no platform can read, or whose address nobody has found."""

Option = str | int | tuple[str, ...]

_PLATFORM = re.compile(r"[a-z][a-z0-9_]*")
_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?/[^\s#]*")
_OPTION = re.compile(r"[a-z][a-z0-9_]*")
_SOURCE_KEYS = (
    "platform",
    "url",
    "system",
    "others",
    "doubt",
    "unproven",
    "delay",
    "expect",
    "open_data",
    "notes",
    "options",
)
_EXPECT_KEYS = ("at_least", "newest_within_days")


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
    ``open_data``: its terms of use let everyone pass its texts on. ``doubt`` says why it does not
    count as readable although its platform might read it: until one of its pages was read.
    ``unproven`` says why the address may be somebody else's: it is not asked for anything until a
    person has looked and takes the word out. ``system`` is the name of an electronic bidding system
    (電子入札) that the body buys through, ``others`` says how many more bodies of its prefecture do
    that nobody has named: an answer about any of them may lack what is published there.
    """

    body: str
    kind: Kind
    platform: str
    url: str
    delay: float | None = None
    expect: Expect | None = None
    open_data: bool = False
    system: str = ""
    others: str = ""
    doubt: str = ""
    unproven: str = ""
    notes: str = ""
    options: Mapping[str, Option] = field(default_factory=dict, hash=False)

    @property
    def id(self) -> str:
        """``272078/minutes/kensakusystem``."""
        return f"{self.body}/{self.kind}/{self.platform}"


def load_sources(folder: Path | None = None) -> tuple[Source, ...]:
    """Every source of ``config/sources/*.toml``, by body, kind and platform.

    A file is named ``11-saitama.toml`` and holds bodies of that prefecture only; a table is
    ``["112119".minutes]``, or ``[["112119".minutes]]`` where a body has several platforms.

    Raises SourceError naming file and key. One address for one kind of two bodies is an error: one
    of them is somebody else's.
    """
    return _load(folder or config_dir() / "sources", "*")


def sources_of(bodies: Collection[str], folder: Path | None = None) -> tuple[Source, ...]:
    """The sources of these bodies (codes); only the files of their prefectures are read.

    Raises SourceError as ``load_sources``.
    """
    found = sources_beneath({code[:2] for code in bodies}, folder) if bodies else ()
    return tuple(source for source in found if source.body in bodies)


def sources_beneath(prefectures: Collection[str], folder: Path | None = None) -> tuple[Source, ...]:
    """The sources of all bodies of these prefectures (two digits), or of all; raises as above."""
    if not prefectures:
        return load_sources(folder)
    folder = folder or config_dir() / "sources"
    return tuple(source for each in sorted(prefectures) for source in _load(folder, f"{each}-*"))


@cache
def _load(folder: Path, files: str) -> tuple[Source, ...]:
    sources: dict[str, Source] = {}
    bodies: dict[tuple[Kind, str], str] = {}
    for file in sorted(folder.glob(f"{files}.toml")):
        for source, where in _file(file):
            if source.id in sources:
                raise SourceError(f"{where}: {source.id} stands there twice")
            sources[source.id] = source
            if not source.url or source.unproven:
                continue
            other = bodies.setdefault((source.kind, source.url), source.body)
            if other != source.body:
                raise SourceError(f"{where}.url: {source.url} stands at {other} too")
    return tuple(sources[id] for id in sorted(sources))


def _file(file: Path) -> Iterator[tuple[Source, str]]:
    if not re.fullmatch(r"[0-9]{2}-[a-z]+\.toml", file.name):
        raise SourceError(f"{file}: a file of sources is named like 11-saitama.toml")
    bodies = load_bodies()
    for code, kinds in read_toml(file).items():
        where = f"{file.name}: {code}"
        if bodies.get(code) is None:
            raise SourceError(f"{where}: no body has this code")
        if code[:2] != file.name[:2]:
            raise SourceError(f"{where}: belongs into the file of prefecture {code[:2]}")
        for kind, tables in table_at(kinds, where).items():
            here = f"{where}.{kind}"
            if kind not in list(Kind):
                raise SourceError(f"{here}: unknown kind{nearest(kind, tuple(Kind))}")
            for table in tables if isinstance(tables, list) else [tables]:
                yield _source(code, Kind(kind), table_at(table, here), here), here


def _source(code: str, kind: Kind, table: Mapping[str, object], where: str) -> Source:
    only_keys(table, _SOURCE_KEYS, where)
    platform = text_at(table, "platform", where)
    if not _PLATFORM.fullmatch(platform):
        raise SourceError(f"{where}.platform: {platform!r} is no name of a platform")
    url = text_at(table, "url", where, default="" if platform == UNKNOWN else None)
    if url and not _URL.fullmatch(url):
        raise SourceError(f"{where}.url: {url!r} is no http(s) address")
    system = text_at(table, "system", where, default="")
    others = text_at(table, "others", where, default="")
    if others and not system:
        raise SourceError(f"{where}.others: others share a system; name it, as system")
    return Source(
        body=code,
        kind=kind,
        platform=platform,
        url=url,
        delay=seconds_at(table, "delay", where),
        expect=_expect(table["expect"], f"{where}.expect") if "expect" in table else None,
        open_data=yes_no_at(table, "open_data", where),
        system=system,
        others=others,
        doubt=text_at(table, "doubt", where, default=""),
        unproven=text_at(table, "unproven", where, default=""),
        notes=text_at(table, "notes", where, default=""),
        options=_options(table.get("options"), f"{where}.options"),
    )


def _expect(value: object, where: str) -> Expect:
    table = table_at(value, where)
    only_keys(table, _EXPECT_KEYS, where)
    return Expect(
        at_least=count_at(table, "at_least", where),
        newest_within_days=count_at(table, "newest_within_days", where),
    )


def _options(value: object, where: str) -> Mapping[str, Option]:
    if value is None:
        return {}
    options: dict[str, Option] = {}
    for key, option in table_at(value, where).items():
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
