"""Territories: named sets of bodies, by rule."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kazami.bodies import Bodies, Body, BodyKind, UnknownBody
from kazami.config import config_dir
from kazami.errors import KazamiError
from kazami.settings import settings_file
from kazami.text import fold_name

FILE = "territories.toml"
"""Beside the user's ``kazami.toml``."""

_KEYS = (
    "prefectures",
    "regions",
    "kinds",
    "min_population",
    "max_population",
    "bodies",
    "except",
)
_KINDS = tuple(kind.value for kind in BodyKind if kind is not BodyKind.DIET)


class TerritoryError(KazamiError):
    """A territory is unknown, or its rule makes no sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryRule:
    """Which bodies: those of ``prefectures`` (two digits; all where none is named) that are of the
    ``kinds`` and as large as asked; and ``bodies`` (codes) beside them; without ``but`` (codes).

    A rule of ``bodies`` alone names no others. One whose population is not known is in none that
    asks for one.
    """

    prefectures: frozenset[str] = frozenset()
    kinds: frozenset[BodyKind] = frozenset()
    least: int | None = None
    most: int | None = None
    bodies: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()

    def passes(self, body: Body) -> bool:
        """Whether the body is one of the territory."""
        if body.code in self.but:
            return False
        return body.code in self.bodies or self._by_kind(body)

    def _by_kind(self, body: Body) -> bool:
        sized = self.least is not None or self.most is not None
        if not (self.prefectures or self.kinds or sized):
            return False
        if self.prefectures and body.pref_code not in self.prefectures:
            return False
        if self.kinds and body.kind not in self.kinds:
            return False
        if not sized:
            return True
        residents = body.population
        return residents is not None and (
            (self.least is None or residents >= self.least)
            and (self.most is None or residents <= self.most)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A named set; ``bodies`` are in the order of their codes. ``shipped``: a region of Japan."""

    name: str
    rule: TerritoryRule
    bodies: tuple[Body, ...]
    shipped: bool

    @property
    def municipalities(self) -> tuple[Body, ...]:
        """Those of its bodies whose residents count once: all where it has no municipality."""
        lower = tuple(body for body in self.bodies if body.kind is not BodyKind.PREFECTURE)
        return lower or self.bodies


class Territories:
    """The user's territories in the order of the file, then the regions of Japan."""

    def __init__(self, territories: Sequence[Territory], file: Path) -> None:
        self._named = {fold_name(each.name): each for each in territories}
        self.file = file

    def __iter__(self) -> Iterator[Territory]:
        return iter(self._named.values())

    def find(self, name: str) -> Territory:
        """The territory of this name; raises TerritoryError, naming the nearest."""
        found = self._named.get(fold_name(name))
        if found is None:
            near = _near(fold_name(name), self._named)
            hint = f"did you mean {self._named[near].name}?" if near else "kazami territories lists"
            hint += "" if near else f" those there are; yours are written in {self.file}"
            raise TerritoryError(f"no territory is called {name!r}; {hint}")
        return found


def load_territories(environ: Mapping[str, str], bodies: Bodies) -> Territories:
    """The user's territories and the shipped regions.

    Raises TerritoryError naming the file, the territory and what is wrong: an unknown key, body,
    prefecture, region or kind, a value of another type, a name that a region has, an empty set.
    """
    regions = _regions()
    file = settings_file(environ).with_name(FILE)
    found = [
        _territory(name, _rule(table, bodies, regions, f"{file}: {name}"), bodies, file)
        for name, table in _users(file).items()
    ]
    taken = {fold_name(name) for name in regions}
    for each in found:
        if fold_name(each.name) in taken:
            raise TerritoryError(f"{file}: {each.name}: a region of Japan is called so already")
        taken.add(fold_name(each.name))
    for name, prefectures in regions.items():
        rule = TerritoryRule(prefectures=prefectures)
        inside = tuple(body for body in bodies.local if rule.passes(body))
        found.append(Territory(name=name, rule=rule, bodies=inside, shipped=True))
    return Territories(found, file)


@cache
def _regions() -> dict[str, frozenset[str]]:
    values = tomllib.loads((config_dir() / "regions.toml").read_text("utf-8"))
    return {name: frozenset(codes) for name, codes in values.items()}


def _users(file: Path) -> dict[str, object]:
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise TerritoryError(f"cannot read the territories {file}: {reason}") from error


def _territory(name: str, rule: TerritoryRule, bodies: Bodies, file: Path) -> Territory:
    named = [body for code in rule.bodies if (body := bodies.get(code)) is not None]
    every = {body.code: body for body in (*bodies.local, *named)}
    inside = tuple(body for _, body in sorted(every.items()) if rule.passes(body))
    if not inside:
        raise TerritoryError(f"{file}: {name}: no body is in it")
    return Territory(name=name, rule=rule, bodies=inside, shipped=False)


def _rule(
    table: object, bodies: Bodies, regions: Mapping[str, frozenset[str]], where: str
) -> TerritoryRule:
    if not isinstance(table, dict):
        raise TerritoryError(f"{where}: a table is needed, for example: prefectures = ['群馬県']")
    for key in table:
        if key not in _KEYS:
            near = _near(key, _KEYS)
            known = f"did you mean {near}?" if near else f"known are {', '.join(_KEYS)}"
            raise TerritoryError(f"{where}: unknown key {key!r}; {known}")
    prefectures: set[str] = set()
    try:
        prefectures |= {bodies.prefecture(each) for each in _texts(table, "prefectures", where)}
        listed = frozenset(bodies.find(each).code for each in _texts(table, "bodies", where))
        but = frozenset(bodies.find(each).code for each in _texts(table, "except", where))
    except UnknownBody as error:
        raise TerritoryError(f"{where}: {error}") from error
    for each in _texts(table, "regions", where):
        if each not in regions:
            raise TerritoryError(f"{where}: no region {each!r}; there are {', '.join(regions)}")
        prefectures |= regions[each]
    kinds = _texts(table, "kinds", where)
    for each in kinds:
        if each not in _KINDS:
            raise TerritoryError(f"{where}: no kind {each!r}; there are {', '.join(_KINDS)}")
    least, most = (_residents(table, f"{end}_population", where) for end in ("min", "max"))
    if least is not None and most is not None and least > most:
        raise TerritoryError(f"{where}: min_population {least} is above max_population {most}")
    return TerritoryRule(
        prefectures=frozenset(prefectures),
        kinds=frozenset(map(BodyKind, kinds)),
        least=least,
        most=most,
        bodies=listed,
        but=but,
    )


def _texts(table: Mapping[str, object], key: str, where: str) -> list[str]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TerritoryError(f"{where}: {key} must be a list of texts, not {value!r}")
    return value


def _residents(table: Mapping[str, object], key: str, where: str) -> int | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TerritoryError(f"{where}: {key} must be a whole number from 0, not {value!r}")
    return value


def _near(name: str, known: Sequence[str] | Mapping[str, object]) -> str | None:
    import difflib  # only a mistake needs it

    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)), None)
