"""Public bodies, found by code or name: the local ones, the Diet and the organs of the state.

The state's own organs (ministries, agencies, corporations of its) have codes of ours, which no
団体コード can be: 98, a running number, and a digit that is never the check digit.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from operator import mul
from pathlib import Path
from typing import TypeVar

from kazami.config import ConfigError, config_dir
from kazami.errors import KazamiError
from kazami.text import fold_name

DIET = "000000"
NATIONAL = "98"
"""The first two digits of the state's organs, where others have their prefecture."""

UNKNOWN_BODY = "980000"
"""Where a notice belongs whose body no table knows; its printed name stands in its facts."""

_STATE = "国の機関"
_HOUSES = frozenset({"衆議院", "参議院", "衆院", "参院"})
_INVENTED = Path("demo", "bodies.csv")
_WEIGHTS = (6, 5, 4, 3, 2)
_COLUMNS = [
    *("code", "prefecture", "name", "kana", "romaji", "kind"),
    *("population", "population_year", "homepage"),
]
_NATIONAL_COLUMNS = ["code", "name", "kana", "other_names"]
Found = TypeVar("Found")


class UnknownBody(KazamiError):
    """No body, or several, have the name that was given."""


class BodyKind(StrEnum):
    """What sort of public body it is."""

    DIET = "diet"
    PREFECTURE = "prefecture"
    CITY = "city"
    WARD = "ward"
    TOWN = "town"
    VILLAGE = "village"
    NATIONAL = "national"


def is_national(code: str) -> bool:
    """Whether it is the code of an organ of the state, or of a body that no table knows.

    They are none of the 1,788 and in no share of bodies.
    """
    return code.startswith(NATIONAL)


UNKNOWN = "999"
"""The third to fifth digit of a body that no table knows, but whose prefecture is stated."""


def unknown_body(prefecture: str) -> str:
    """The code that all such bodies of a prefecture (its two digits) share.

    Its check digit is wrong, so that it is no 団体コード.
    """
    return (first := f"{prefecture}{UNKNOWN}") + str((int(check_digit(first)) + 5) % 10)


def in_no_share(code: str) -> bool:
    """Whether it is none of the 1,788, nor the Diet: the state's, or one that no table knows."""
    return is_national(code) or code[2:5] == UNKNOWN


def check_digit(code5: str) -> str:
    """The sixth digit of a 団体コード, from its first five.

    Weights 6 to 2, 11 minus the sum modulo 11, of that the last digit (総務省 「全国地方公共団体
    コード仕様」). The Diet's 00000 stands outside of it and gets 0.

    Raises ValueError for anything but five ASCII digits.
    """
    if len(code5) != 5 or not (code5.isascii() and code5.isdigit()):
        raise ValueError(f"{code5!r} is not five digits")
    if code5 == DIET[:5]:
        return DIET[5]
    return str((11 - sum(map(mul, map(int, code5), _WEIGHTS)) % 11) % 10)


@dataclass(frozen=True, kw_only=True)
class Body:
    """One public body; ``code`` is its six-digit 団体コード, the Diet's is ``000000``.

    ``prefecture`` is the name of its prefecture (its own for a prefecture, empty for the Diet),
    ``kana`` is hiragana, ``romaji`` carries the kind (``kiryu-shi``, ``gunma-ken``). An organ of
    the state has neither prefecture nor romaji, and ``other_names``: earlier and shorter ones, and
    those of its parts that do not begin with its own.

    Raises ValueError for a wrong check digit, for one that is right in the code of an organ of the
    state, and for an empty name.
    """

    code: str
    prefecture: str
    name: str
    kana: str
    romaji: str
    kind: BodyKind
    population: int | None
    population_year: int | None
    homepage: str | None
    other_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        national = self.kind is BodyKind.NATIONAL
        if len(self.code) != 6 or (check_digit(self.code[:5]) == self.code[5]) == national:
            raise ValueError(f"{self.code!r} is no body code with a valid check digit")
        if national != is_national(self.code):
            raise ValueError(f"body {self.code}: {NATIONAL} is where the state's organs begin")
        if not self.name or not self.kana or not (self.romaji or national):
            raise ValueError(f"body {self.code}: name, kana and romaji are needed")
        if (self.kind in (BodyKind.DIET, BodyKind.NATIONAL)) == bool(self.prefecture):
            raise ValueError(f"body {self.code}: every local body lies in a prefecture, no other")

    @property
    def pref_code(self) -> str:
        """The two digits of its prefecture; ``00`` for the Diet."""
        return self.code[:2]

    @property
    def full_name(self) -> str:
        """``群馬県桐生市``; for a prefecture ``群馬県``, for the Diet ``国会``."""
        if self.kind in (BodyKind.DIET, BodyKind.PREFECTURE, BodyKind.NATIONAL):
            return self.name
        return self.prefecture + self.name


def _romaji_key(romaji: str) -> str:
    """Romaji as people type it: long vowels, hyphens and n/m before b, m, p do not matter."""
    key = re.sub(r"[-'\s]", "", romaji.lower())
    key = re.sub(r"oh(?![aiueo])|ou|oo", "o", key).replace("uu", "u")
    return re.sub(r"m(?=[bmp])", "n", key)


class Bodies:
    """All bodies in the order of their codes, the Diet first.

    The state's organs (``national``) answer to their codes and names only where none of these
    does, the ``invented`` bodies of the demo only after them; both are neither listed, counted nor
    suggested.
    """

    def __init__(
        self,
        bodies: Iterable[Body],
        invented: Bodies | None = None,
        national: Bodies | None = None,
    ) -> None:
        self._by_code = {body.code: body for body in sorted(bodies, key=lambda b: b.code)}
        self._invented = invented
        self._beside = tuple(each for each in (national, invented) if each is not None)
        self.national: tuple[Body, ...] = () if national is None else tuple(national)
        self.invented: tuple[Body, ...] = () if invented is None else tuple(invented)

    def __iter__(self) -> Iterator[Body]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    @cached_property
    def local(self) -> tuple[Body, ...]:
        """The 1,788 local bodies: all but the Diet."""
        return tuple(body for body in self if body.kind is not BodyKind.DIET)

    def get(self, code: str) -> Body | None:
        """The body of a six-digit code."""
        if code in self._by_code:
            return self._by_code[code]
        return next((body for each in self._beside if (body := each.get(code))), None)

    def is_invented(self, code: str) -> bool:
        """Whether it is a body of the demo, which is none of the 1,788."""
        return self._invented is not None and code in self._invented._by_code

    def find(self, text: str) -> Body:
        """The body meant by a code (six or five digits), a name, a full name or romaji.

        Five digits that are both a code without its check digit and another body's whole code
        without its first 0, which a spreadsheet takes away, are refused. A full name (群馬県桐生市)
        goes before a name (桐生市), that before romaji (kiryu-shi, kiryu) and the name without its
        last character (桐生).

        Raises UnknownBody: it names the nearest bodies, or all candidates where several fit.
        """
        return self._or_beside(Bodies._find, text)

    def _find(self, text: str) -> Body:
        wanted = fold_name(text)
        if wanted in self._by_code:
            return self._by_code[wanted]
        if wanted.isascii() and wanted.isdigit():
            return self._by_digits(text, wanted)
        for names in self._names:
            found = names.get(wanted) or (
                names.get(_romaji_key(wanted)) if wanted.isascii() else None
            )
            if found:
                if len(found) > 1:
                    raise UnknownBody(f"{text} is ambiguous: {_listed(found)}; give the code")
                return found[0]
        if wanted in _HOUSES:
            raise UnknownBody(f"{text} is a house of the Diet, not a body; use 国会 ({DIET})")
        raise UnknownBody(f"no body is called {text!r}{self._nearest(wanted)}")

    def prefecture(self, text: str) -> str:
        """The two-digit code meant by 埼玉県, 埼玉, 11, 110001 or saitama.

        Raises UnknownBody, naming the nearest prefectures.
        """
        return self._or_beside(Bodies._find_prefecture, text)

    def _find_prefecture(self, text: str) -> str:
        wanted = fold_name(text)
        for body in self._prefectures:
            if wanted in (body.pref_code, body.code, fold_name(body.name), body.name[:-1]):
                return body.pref_code
            romaji = _romaji_key(body.romaji)
            if _romaji_key(text) in (romaji, _romaji_key(body.romaji.rpartition("-")[0] or romaji)):
                return body.pref_code
        names = {fold_name(body.name): [body] for body in self._prefectures}
        names |= {_romaji_key(body.romaji): [body] for body in self._prefectures}
        raise UnknownBody(f"no prefecture is called {text!r}{_close(wanted, names)}")

    def prefecture_name(self, code2: str) -> str:
        """``埼玉県`` for ``11``; 国会 for ``00``, 国の機関 for ``98``.

        Raises UnknownBody for any other.
        """
        return self._or_beside(Bodies._name_of_prefecture, code2)

    def _name_of_prefecture(self, code2: str) -> str:
        if code2 == NATIONAL:
            return _STATE
        if code2 == DIET[:2]:
            return self._by_code[DIET].name
        for body in self._prefectures:
            if body.pref_code == code2:
                return body.name
        raise UnknownBody(f"{code2!r} is no code of a prefecture; they run from 01 to 47")

    def _or_beside(self, look: Callable[[Bodies, str], Found], text: str) -> Found:
        try:
            return look(self, text)
        except UnknownBody:
            for each in self._beside:
                with suppress(UnknownBody):
                    return look(each, text)
            raise

    @cached_property
    def _prefectures(self) -> tuple[Body, ...]:
        return tuple(body for body in self if body.kind is BodyKind.PREFECTURE)

    @property
    def _names(self) -> Iterator[Mapping[str, list[Body]]]:
        """What ``find`` looks through, in turn; each is made when it is needed."""
        yield self._full_names
        yield self._plain_names
        yield self._romaji
        yield self._short_names

    @cached_property
    def _full_names(self) -> Mapping[str, list[Body]]:
        return _grouped((fold_name(body.full_name), body) for body in self)

    @cached_property
    def _plain_names(self) -> Mapping[str, list[Body]]:
        return _grouped(
            (fold_name(name), body) for body in self for name in (body.name, *body.other_names)
        )

    @cached_property
    def _romaji(self) -> Mapping[str, list[Body]]:
        return _grouped((_romaji_key(body.romaji), body) for body in self if body.romaji)

    @cached_property
    def _short_names(self) -> Mapping[str, list[Body]]:
        """Without the last part: 桐生, kiryu."""
        kanji = (
            (fold_name(body.name[:-1]), body)
            for body in self.local
            if len(body.name) > 2 and body.name != "北海道" and body.romaji
        )
        romaji = ((_romaji_key(body.romaji.rpartition("-")[0]), body) for body in self.local)
        return _grouped((*kanji, *((stem, body) for stem, body in romaji if stem)))

    def _by_digits(self, text: str, digits: str) -> Body:
        code = digits if len(digits) == 6 else ""
        if len(digits) in (5, 6):
            code = digits[:5] + check_digit(digits[:5])
        body = self.get(code)
        whole = self.get(f"0{digits}") if len(digits) == 5 else None
        if body and whole and body != whole:
            raise UnknownBody(
                f"{text} is ambiguous: {_listed((whole, body))}; give all six digits (a "
                "spreadsheet drops the 0 in front)"
            )
        if body is None:
            known = f"did you mean {_listed((whole,))}?" if whole else ""
            meant = known or "a code has six digits, like 102032"
            raise UnknownBody(f"no body has the code {text}; {meant}")
        if len(digits) == 6 and digits != code:
            raise UnknownBody(
                f"{text} is no body code: its check digit is wrong; {body.full_name} is {code}"
            )
        return body

    def _nearest(self, wanted: str) -> str:
        names: dict[str, list[Body]] = {}
        for group in self._names:
            for name, bodies in group.items():
                names.setdefault(name, []).extend(bodies)
        return _close(wanted, names)


def _grouped(named: Iterable[tuple[str, Body]]) -> dict[str, list[Body]]:
    groups: dict[str, list[Body]] = {}
    for name, body in named:
        groups.setdefault(name, []).append(body)
    return groups


def _listed(bodies: Iterable[Body]) -> str:
    return ", ".join(f"{body.full_name} ({body.code})" for body in bodies)


def _close(wanted: str, names: dict[str, list[Body]]) -> str:
    import difflib  # only a mistake needs it

    near = [body for name in difflib.get_close_matches(wanted, names) for body in names[name]]
    return f"; did you mean {_listed(list(dict.fromkeys(near))[:5])}?" if near else ""


@cache
def load_bodies(path: Path | None = None) -> Bodies:
    """The bodies of ``bodies.csv`` (UTF-8) in the config folder, beside the state's and the demo's.

    Raises ConfigError naming the line that cannot be read.
    """
    if path is not None:
        return Bodies(_bodies(path))
    invented, national = config_dir() / _INVENTED, config_dir() / "national.csv"
    return Bodies(
        _bodies(config_dir() / "bodies.csv"),
        Bodies(_bodies(invented)) if invented.is_file() else None,
        Bodies(_bodies(national, _NATIONAL_COLUMNS, _organ)) if national.is_file() else None,
    )


def _bodies(
    path: Path,
    columns: Sequence[str] = _COLUMNS,
    read: Callable[[list[str]], Body] | None = None,
) -> Iterable[Body]:
    read = read or _body
    bodies: dict[str, Body] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            if next(reader, []) != list(columns):
                raise ConfigError(f"{path}: its columns must be {','.join(columns)}")
            for row in reader:
                try:
                    body = read(row)
                except ValueError as error:
                    raise ConfigError(f"{path}:{reader.line_num}: {error}") from error
                if body.code in bodies:
                    raise ConfigError(f"{path}:{reader.line_num}: {body.code} stands there twice")
                bodies[body.code] = body
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(f"{path}: {error}") from error
    return bodies.values()


def _body(row: list[str]) -> Body:
    code, prefecture, name, kana, romaji, kind, population, year, homepage = row
    return Body(
        code=code,
        prefecture=prefecture,
        name=name,
        kana=kana,
        romaji=romaji,
        kind=BodyKind(kind),
        population=int(population) if population else None,
        population_year=int(year) if year else None,
        homepage=homepage or None,
    )


def _organ(row: list[str]) -> Body:
    code, name, kana, other_names = row
    return Body(
        code=code,
        prefecture="",
        name=name,
        kana=kana,
        romaji="",
        kind=BodyKind.NATIONAL,
        population=None,
        population_year=None,
        homepage=None,
        other_names=tuple(other_names.split()),
    )
