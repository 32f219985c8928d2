"""Whether two titles name one thing: folded alike, but for what tells things apart.

Folded away are widths, white space, kanji variants, marks, company forms (㈱), the form of a year
(R7, 令和七年度, 2025年度), and words that one list has and another leaves out (公告, に係る;
``config/title_words.toml``). Never folded away: the town, the year, and every other number.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from kazami.bodies import load_bodies
from kazami.config import config_dir
from kazami.dates import fiscal_year
from kazami.text import search_form

SHORTEST = 4
"""Titles of which less is left than so many characters must be alike as a whole."""

LEAST = 0.5
"""So much of the longer title must stand in the shorter one."""

SAME_YEAR = timedelta(days=200)
"""Two things of the same words, of which neither names a year, are one only if so near."""

_BLANK = re.compile(r"\s+")
_COMPANY = re.compile(r"\((?:株|有|合|社|財|一社|一財|公社|公財)\)|(?:株式|有限|合同|合資)会社")
_UPDATED = re.compile(
    r"[【(\[][^】)\]]{0,20}(?:更新|掲載)[】)\]]"
    r"|[【(\[](?:募集|受付|公募)?(?:期間|期限|締切)[^】)\]]{0,30}[】)\]]"
)
_LABEL = re.compile(r"^【([^】]{1,12})】")
_NUMBERED = re.compile(r"(?:公告|告示|入札|契約|公示)第?[0-9-]+号")
_FIGURE = "一二三四五六七八九十"
_COUNTED = re.compile(
    rf"(?<=第)[{_FIGURE}]+|[{_FIGURE}]+(?=年度|年|期|次|工区|号|回|丁目|工事区|区画|班|階)"
)
_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
_YEAR = re.compile(
    r"(?P<era>令和|平成|昭和|(?<![a-z])[rhs](?=[0-9.]))\.?(?P<of>元|[0-9]{1,2})(?P<unit>年度|年|(?![0-9]))"
    r"|(?<![0-9])(?P<whole>(?:19|20)[0-9]{2})(?:年度|年|(?![0-9]))"
    r"|(?<![0-9])(?P<bare>[0-9]{1,2})年度"
)
_NOTED = re.compile(r"y[0-9]{4}y")
_NUMBER = re.compile(r"[0-9]+")
_NUMBER_SIGN = re.compile(r"(?<![a-z])no[.．]?(?=[0-9])([0-9]+)")
# The mark of the long vowel is written as any line, and any line as it.
_OTHER = re.compile(r"[^0-9a-zぁ-ゖァ-ヺ々〆一-鿿㐀-䶿]")
_TOWN_ENDS = frozenset("都道府県市町村区")
_LONGEST_TOWN = 8
_CUT = re.compile(r"(?:…|\.{2,})$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is compared. ``whole`` is folded, ``core`` is without years and generic words.

    ``written`` is folded letter by letter only. ``years`` are all, ``fiscal`` those called 年度.
    ``cut``: its end is missing (…). ``body`` (code) and ``day`` are of its document, or of the
    list that names it; None: not said.
    """

    written: str
    whole: str
    core: str
    years: frozenset[int]
    fiscal: frozenset[int]
    numbers: tuple[str, ...]
    towns: frozenset[str]
    cut: bool = False
    body: str | None = None
    day: date | None = None


class Likeness(NamedTuple):
    """How alike two titles are, the greatest first: wholly, in their core, in so much of it."""

    whole: bool
    core: bool
    share: float
    near: int


@dataclass(frozen=True, slots=True)
class _Words:
    generic: re.Pattern[str]
    labels: frozenset[str]
    apart: tuple[str, ...]


def fold(title: str, body: str | None = None, day: date | None = None) -> Title:
    """A title ready to be compared."""
    plain = _BLANK.sub("", search_form(title))
    plain, cut = _CUT.subn("", _LABEL.sub(_telling_label, plain))
    written = _OTHER.sub("", plain)
    plain = _NUMBER_SIGN.sub(r"第\1号", _COMPANY.sub("", plain))
    plain = _NUMBERED.sub("", _UPDATED.sub("", plain))
    plain = _COUNTED.sub(lambda found: str(_figure(found[0])), plain)
    years: dict[int, bool] = {}
    with_years = _YEAR.sub(lambda found: _noted(found, years), plain)
    rest = _NOTED.sub("", with_years)
    towns = frozenset(_towns(plain))
    for name in _own_names(body):
        rest = rest.replace(name, "")
    core = _OTHER.sub("", _words().generic.sub("", _OTHER.sub("", rest)))
    return Title(
        written=written,
        whole=_OTHER.sub("", with_years),
        core=core,
        years=frozenset(years),
        fiscal=frozenset(year for year, fiscal in years.items() if fiscal),
        numbers=tuple(sorted(_NUMBER.findall(rest))),
        towns=towns,
        cut=cut > 0,
        body=body,
        day=day,
    )


def likeness(one: Title, other: Title) -> Likeness | None:
    """How alike they are; None where they are two things."""
    if one.body is not None and other.body is not None and one.body != other.body:
        return None
    if one.cut or other.cut:
        return _likeness_of_cut(one, other)
    if one.numbers != other.numbers:
        return None
    if not _same_towns(one, other) or not _same_years(one, other):
        return None
    near = -_days_between(one, other)
    if one.whole == other.whole:
        return Likeness(True, True, 1.0, near)
    if min(len(one.core), len(other.core)) < SHORTEST:
        return None
    if one.core == other.core:
        return Likeness(False, True, 1.0, near)
    short, long = sorted((one.core, other.core), key=len)
    share = len(short) / len(long)
    if share < LEAST or not _only_shortened(long, short):
        return None
    return Likeness(False, False, share, near)


def _likeness_of_cut(one: Title, other: Title) -> Likeness | None:
    """Where the end of one is missing, it must begin the other word for word."""
    if one.cut and other.cut:
        return Likeness(True, True, 1.0, 0) if one.whole == other.whole else None
    begun, full = (one, other) if one.cut else (other, one)
    share = len(begun.whole) / max(len(full.whole), 1)
    if len(begun.whole) < 2 * SHORTEST or share < LEAST:
        return None
    if not full.whole.startswith(begun.whole) and not full.written.startswith(begun.written):
        return None
    return Likeness(False, False, share, -_days_between(one, other))


def _only_shortened(long: str, short: str) -> bool:
    """Whether nothing but whole words fell out, and none that tells one thing from another."""
    pieces = []
    for what, first, last, _, _ in SequenceMatcher(None, long, short, False).get_opcodes():
        if what not in ("equal", "delete"):
            return False
        if what == "delete":
            pieces.append(long[first:last])
    if len(pieces) > 3:
        return False
    return not any(
        len(piece) == 1 or any(piece in (word, f"{word}側", f"{word}部") for word in _words().apart)
        for piece in pieces
    )


def _same_towns(one: Title, other: Title) -> bool:
    return _known_to(one, other) and _known_to(other, one)


def _known_to(one: Title, other: Title) -> bool:
    """Whether each town that one names is named by the other, or is its body's own."""
    if other.body is None and not other.towns:
        return True
    own = _own_names(other.body)
    return all(town in other.towns or town in own for town in one.towns)


def _same_years(one: Title, other: Title) -> bool:
    if one.fiscal and other.fiscal:
        return one.fiscal <= other.fiscal or other.fiscal <= one.fiscal
    if one.years and other.years:
        return one.years <= other.years or other.years <= one.years
    for named, silent in ((one, other), (other, one)):
        if named.years and silent.day is not None:
            year = fiscal_year(silent.day)
            return bool(named.years & {year, year + 1, silent.day.year})
    return bool(one.years or other.years) or _days_between(one, other) <= SAME_YEAR.days


def _days_between(one: Title, other: Title) -> int:
    if one.day is None or other.day is None:
        return 0
    return abs((one.day - other.day).days)


def _telling_label(found: re.Match[str]) -> str:
    """Nothing of a label that says only that something is published."""
    return "" if found[1] in _words().labels else found[0]


def _noted(found: re.Match[str], years: dict[int, bool]) -> str:
    """The year that was found in one form, which no title has; noted with whether it is 年度."""
    if whole := found["whole"]:
        year = int(whole)
    elif bare := found["bare"]:
        # Without an era: 平成 ended with its 31st year, 令和 has not come so far.
        year = int(bare) + (_ERAS["令和"] if int(bare) < 20 else _ERAS["平成"])
    else:
        if found["era"] in ("h", "s") and not found["unit"]:
            return found[0]  # H2 may be a model's name
        year = _ERAS[found["era"]] + (1 if found["of"] == "元" else int(found["of"]))
    years[year] = years.get(year, False) or not found[0].endswith("年")
    return f"y{year}y"


def _figure(written: str) -> int:
    """一 is 1, 十二 is 12, 二十 is 20."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return int("".join(str(_FIGURE.index(each) + 1) for each in written))
    value = 10 * (_FIGURE.index(tens[-1]) + 1 if tens else 1)
    return value + (_FIGURE.index(ones[-1]) + 1 if ones else 0)


def _towns(plain: str) -> Iterable[str]:
    """The names of local bodies that stand in it."""
    names = _town_names()
    for end, letter in enumerate(plain, 1):
        if letter not in _TOWN_ENDS:
            continue
        for start in range(max(end - _LONGEST_TOWN, 0), end - 1):
            if plain[start:end] in names:
                yield plain[start:end]
                break


@cache
def _town_names() -> frozenset[str]:
    return frozenset(search_form(body.name) for body in load_bodies().local)


@cache
def _own_names(code: str | None) -> tuple[str, ...]:
    """What a body is called in titles of its own, the longest first."""
    body = load_bodies().get(code) if code else None
    if body is None:
        return ()
    names = dict.fromkeys((body.full_name, body.name, body.prefecture or body.name))
    return tuple(search_form(name) for name in names)


@cache
def _words() -> _Words:
    data = tomllib.loads((config_dir() / "title_words.toml").read_text("utf-8"))
    folded = {_OTHER.sub("", search_form(word)) for word in data["generic"]}
    generic = sorted(folded, key=len, reverse=True)
    return _Words(
        generic=re.compile("|".join(map(re.escape, generic))),
        labels=frozenset(data["labels"]),
        apart=tuple(data["apart"]),
    )
