"""Numbers and fiscal years in a title, written as Japan's offices write them."""

from __future__ import annotations

import re
from random import Random

YEAR_FORMS = ("arabic", "full-width", "kanji", "letter", "west")
"""令和8年度, 令和８年度, 令和八年度, R8 (or R8年度), 2026年度."""

_KANJI = "〇一二三四五六七八九"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_BEFORE_THE_FIRST = {"令": 2018, "R": 2018, "Ｒ": 2018, "平": 1988, "H": 1988, "Ｈ": 1988}
_LAST_HEISEI = 31

_LETTER = "[0-9A-Za-zＡ-Ｚａ-ｚ０-９]"
_DIGITS = r"(?![0０])\d{1,2}"
_NUMERAL = "[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_YEAR = re.compile(
    rf"(?:令和|平成)[ 　]?(?P<of_era>元|{_DIGITS}|{_NUMERAL})[ 　]?年度"
    rf"|(?<!{_LETTER})[RＲHＨ](?P<of_letter>元|{_DIGITS})[ 　]?年度"
    rf"|(?<!{_LETTER})[RＲ](?P<alone>{_DIGITS})(?!{_LETTER}|[年.．])"
    r"|(?<!\d)(?P<west>[2２][0０]\d\d)(?:[ 　]?年度|(?=[）)】」]))"
)


def fiscal_years(title: str) -> list[int]:
    """The fiscal years that the title names: 2026 for 令和8年度, R8 and 2026年度.

    Not the year of a day (令和8年5月2日), and of 令和7・8年度 none.
    """
    return [_year(found) for found in _YEAR.finditer(title)]


def years_written(title: str, form: str) -> str:
    """The title with all its fiscal years written in that one of YEAR_FORMS."""
    return _YEAR.sub(lambda found: _written(found, form), title)


def years_moved(title: str, by: int) -> str:
    """The title with all its fiscal years moved by so many years, each in its own form.

    As it is, where one of them would leave its era, or what a year is looked for in.
    """
    for found in _YEAR.finditer(title):
        first, last = (1, _LAST_HEISEI if found[0][0] in "平HＨ" else 99)
        if found["west"]:
            first, last = 2000, 2099
        if not first <= _number(_digits(found)) + by <= last:
            return title
    return _YEAR.sub(lambda found: _moved(found, by), title)


def another_number(number: str, rng: Random) -> str:
    """Another number near it, in the same kind of digits."""
    value = _number(number)
    others = [other for other in range(max(1, value - 3), value + 4) if other != value]
    return _like(number, rng.choice(others))


def _group(found: re.Match[str]) -> str:
    return next(name for name, digits in found.groupdict().items() if digits)


def _digits(found: re.Match[str]) -> str:
    return found[_group(found)]


def _year(found: re.Match[str]) -> int:
    return _number(_digits(found)) + _BEFORE_THE_FIRST.get(found[0][0], 0)


def _moved(found: re.Match[str], by: int) -> str:
    at, to = (place - found.start() for place in found.span(_group(found)))
    number = _number(_digits(found)) + by
    written = "元" if number == 1 and found[0][0] in "令平" else _like(_digits(found), number)
    return found[0][:at] + written + found[0][to:]


def _written(found: re.Match[str], form: str) -> str:
    year = _year(found)
    if form == "west":
        return f"{year}年度"
    era, letter, before = ("令和", "R", 2018) if year > 2018 else ("平成", "H", 1988)
    number = year - before
    if form == "letter":
        # R8 beside a letter or a digit would be read on; H30 alone is not known for a year.
        alone = letter == "R" and not (
            re.search(rf"{_LETTER}$", found.string[: found.start()])
            or re.match(rf"{_LETTER}|[年.．]", found.string[found.end() :])
        )
        return f"{letter}{number}" + ("" if alone else "年度")
    if number == 1:
        return f"{era}元年度"
    if form == "kanji":
        return f"{era}{_in_kanji(number)}年度"
    return f"{era}{str(number).translate(_WIDE) if form == 'full-width' else number}年度"


def _number(digits: str) -> int:
    if digits == "元":
        return 1
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    value = _KANJI.index(ones) if ones else 0
    return value + 10 * (_KANJI.index(tens) if tens else 1) if ten else value


def _in_kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (_KANJI[tens] if tens > 1 else "") + "十" * (tens > 0) + (_KANJI[ones] if ones else "")


def _like(model: str, number: int) -> str:
    if model.isdecimal() and not model.isascii():
        return str(number).translate(_WIDE)
    return str(number) if model.isdecimal() or model == "元" else _in_kanji(number)
