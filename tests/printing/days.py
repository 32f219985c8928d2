"""Front pages with one sitting day among any number of other days, and with a misprinted year.

``front_page(seed)`` gives the lines of whole minutes and the day on which the council sat.
``misprinted(seed)`` prints a year that cannot be, beside the weekday of the right one.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.printing.layout import printed
from tests.printing.sitting import Sitting, invented
from tests.printing.table import SHAPES

_WEEKDAYS = "月火水木金土日"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Lines of minutes, the right day, how that day is printed, and which others there are."""

    lines: tuple[str, ...]
    day: date
    form: str
    others: tuple[str, ...]


def front_page(seed: int, others: int | None = None) -> FrontPage:
    """Minutes that print the sitting's day once or more, and so many other days."""
    chance = random.Random(f"days {seed}")
    day = _some_day(chance)
    sitting = replace(invented(seed), day=day)
    form = chance.choice(tuple(FORMS))
    count = chance.randint(0, 5) if others is None else others
    chosen = [name for name in OTHERS if name not in _CLASHES.get(form, ())]
    names = tuple(sorted(chance.sample(chosen, min(count, len(chosen)))))
    write = _writing(chance)
    above, below, end = _others(names, day, write, chance)
    lines = [
        *above,
        *FORMS[form](_Page(sitting, day, write, chance, form == "year in the title")),
        *below,
    ]
    body = printed(sitting, replace(chance.choice(SHAPES), front=False, seed=seed))
    return FrontPage((*lines, *body, *end), day, form, names)


def misprinted(seed: int, past: bool = False) -> FrontPage:
    """Minutes of 2021 to 2026 whose title says the year and whose printed day says one to come.

    With ``past`` it says the year before instead. The weekday printed is the right day's and not
    that of the day as printed.
    """
    chance = random.Random(f"misprint {seed}")
    day = date(2021, 1, 5) + timedelta(days=chance.randrange(365 * 5 + 200))
    if (day.month, day.day) == (2, 29):
        day += timedelta(days=1)
    sitting = replace(invented(seed), day=day)
    wrong = [
        date(year, day.month, day.day)
        for year in ((day.year - 1,) if past else range(2030, 2046))
        if date(year, day.month, day.day).weekday() != day.weekday()
    ]
    write = chance.choice((_plain, _full, _kanji))
    misprint = f"{write(chance.choice(wrong))}（{_WEEKDAYS[day.weekday()]}曜日）"
    lines = [
        f"{_year(day)}{_body(sitting)}議会第{chance.randint(1, 4)}回定例会会議録",
        "",
        chance.choice((f"　　　　　{misprint}", f"{misprint}　午前10時開議", f"開議　{misprint}")),
        "",
    ]
    body = printed(sitting, replace(SHAPES[0], front=False, seed=seed))
    return FrontPage((*lines, *body), day, "misprinted", ())


@dataclass(frozen=True, slots=True)
class _Page:
    sitting: Sitting
    day: date
    write: Callable[[date], str]
    chance: random.Random
    year_of_title: bool

    @property
    def title(self) -> str:
        body = _body(self.sitting)
        if self.day.month == 1 and not self.year_of_title:
            # A session that begins in December keeps its name after New Year.
            return f"{_year(date(self.day.year - 1, 12, 1))}12月{body}議会定例会会議録（第５号）"
        return f"{_year(self.day)}第１回{body}議会定例会会議録（第２号）"

    @property
    def weekday(self) -> str:
        letter = _WEEKDAYS[self.day.weekday()]
        return self.chance.choice(
            (f"（{letter}曜日）", f"（{letter}）", f"({letter})", f" {letter}曜日")
        )

    @property
    def hour(self) -> str:
        return self.chance.choice(
            ("午前10時", "午前１０時００分", "午後１時30分", "午前9時30分", "午前十時")
        )


def _alone(page: _Page) -> list[str]:
    return [page.title, "", f"　　　　　　　　　　{page.write(page.day)}{page.weekday}", ""]


def _alone_without_weekday(page: _Page) -> list[str]:
    return [page.title, page.write(page.day)]


def _agenda(page: _Page) -> list[str]:
    day = f"{page.write(page.day)}{page.weekday}"
    return [page.title, "議事日程（第２号）", f"　　　　{day}{page.hour}開議", "日程第１　一般質問"]


def _opened(page: _Page) -> list[str]:
    word = page.chance.choice(("開議", "開会", "開　議", "開 会"))
    return [page.title, f"{word}　{page.write(page.day)}　{page.hour}"]


def _word_behind(page: _Page) -> list[str]:
    word = page.chance.choice(("開議", "開会"))
    return [page.title, f"{page.write(page.day)}{page.weekday}　{page.hour}　{word}"]


def _table(page: _Page) -> list[str]:
    word = page.chance.choice(
        ("開催日時", "日時", "１　日時", "１．開会日時", "開催日：", "会議の日時")
    )
    return [
        page.title,
        f"{word}　{page.write(page.day)}{page.weekday}{page.hour}～午後３時15分",
        "場所　議場",
    ]


def _convened_the_same_day(page: _Page) -> list[str]:
    day = page.write(page.day)
    return [
        page.title,
        f"招集年月日　{day}",
        "招集の場所　議場",
        f"開会　{day}　{page.hour}",
    ]


def _convened_before(page: _Page) -> list[str]:
    """The session was convened days before; the sitting is a later one."""
    first = page.day - timedelta(days=page.chance.randint(1, 12))
    return [
        page.title,
        f"招集年月日　{page.write(first)}",
        "招集の場所　議場",
        f"開議　{page.write(page.day)}{page.weekday}　{page.hour}",
    ]


def _term(page: _Page) -> list[str]:
    """The session's term stands beside the day of the sitting, which is neither end of it."""
    first, last = page.day - timedelta(days=3), page.day + timedelta(days=9)
    return [
        page.title,
        f"会期　{page.write(first)}から{page.write(last)}まで（13日間）",
        f"　　　　　　{page.write(page.day)}{page.weekday}",
        f"　　　　　　{page.hour}　開議",
    ]


def _of_the_title(page: _Page) -> list[str]:
    return [f"{_body(page.sitting)}議会定例会会議録　{page.write(page.day)}{page.weekday}"]


def _both_reckonings(page: _Page) -> list[str]:
    day = page.day
    return [page.title, f"{day.year}年（{_year(day)}）{day.month}月{day.day}日{page.weekday}"]


def _year_in_the_title(page: _Page) -> list[str]:
    """The line of the day prints no year: that of the title is meant."""
    day = f"{page.day.month}月{page.day.day}日".translate(_WIDE)
    return [page.title, f"開議　{day}{page.weekday}　{page.hour}"]


FORMS: dict[str, Callable[[_Page], list[str]]] = {
    "alone": _alone,
    "alone, no weekday": _alone_without_weekday,
    "in the agenda": _agenda,
    "behind 開議": _opened,
    "before 開議": _word_behind,
    "in a table": _table,
    "招集 on the day": _convened_the_same_day,
    "招集 before": _convened_before,
    "会期 around": _term,
    "in the title": _of_the_title,
    "both reckonings": _both_reckonings,
    "year in the title": _year_in_the_title,
}
_CLASHES = {
    # A bare day under a notice, and another under the title: which is which, only words can tell.
    "alone, no weekday": ("notice",),
    "in the title": ("notice",),
    "year in the title": ("notice",),
}


def _others(
    names: tuple[str, ...], day: date, write: Callable[[date], str], chance: random.Random
) -> tuple[list[str], list[str], list[str]]:
    """The lines above the title, below the front and at the end that print the other days."""
    places: dict[str, list[str]] = {"above": [], "below": [], "end": []}
    for name in names:
        place, after, texts = OTHERS[name]
        other = day + timedelta(days=after * chance.randint(1, 40) + (2 if after > 0 else -2))
        text = chance.choice(texts).replace("{day}", write(other))
        places[place] += text.split("\n")
    return places["above"], places["below"], places["end"]


OTHERS: dict[str, tuple[str, int, tuple[str, ...]]] = {
    # Where it stands, after the sitting (1) or before (-1), how it is printed.
    "published": ("above", 1, ("（{day}公開）", "公開日：{day}", "公開日　{day}")),
    "posted": ("above", 1, ("掲載日：{day}", "掲載日　{day}", "登録日：{day}", "登録日:{day}")),
    "updated": ("above", 1, ("更新日：{day}", "最終更新日　{day}", "（更新日：{day}）")),
    "printed": ("above", 1, ("印刷日：{day}", "ページ番号1001234　更新日{day}")),
    "notice": (
        "above",
        -1,
        (
            "告示第12号\n次のとおり定例会を招集する。\n{day}\n　　　　例示町長　見本太郎",
            "招集告示　{day}",
            "告示日　{day}",
        ),
    ),
    "prepared": (
        "end",
        1,
        ("会議録の調製　{day}", "調製年月日　{day}", "本会議録は{day}に調製した。"),
    ),
    "signed": (
        "end",
        1,
        (
            "ここに署名する。\n　{day}\n　　例示町議会議長　　仮名太郎\n　　署名議員　　見本花子",
            "地方自治法第123条の規定により署名する。\n{day}\n議長\n署名議員",
            "署名日　{day}",
        ),
    ),
    "next": (
        "end",
        1,
        ("次回は{day}に開きます。", "次回開催予定：{day}", "次の会議　{day}　午前10時"),
    ),
    "approved": ("below", -1, ("前回会議録（{day}）の承認", "前回（{day}）会議録の確認")),
    "petition": ("below", -1, ("陳情受理年月日　{day}", "通告期限　{day}正午", "付託　{day}")),
    "submitted": ("below", -1, ("議案は{day}に提出された。", "{day}提出議案　別紙のとおり")),
}


def _some_day(chance: random.Random) -> date:
    kind = chance.random()
    if kind < 0.2:  # around the end of a year
        year = chance.randint(2004, 2025)
        return date(year, 12, 20) + timedelta(days=chance.randrange(27))
    if kind < 0.35:  # the first year of an era
        return date(2019, 5, 1) + timedelta(days=chance.randrange(245))
    if kind < 0.42:  # the last months of the era before
        return date(2019, 1, 5) + timedelta(days=chance.randrange(115))
    return date(2003, 1, 6) + timedelta(days=chance.randrange(8600))


def _writing(chance: random.Random) -> Callable[[date], str]:
    return chance.choice((_full, _full, _plain, _spaced, _kanji, _western, _padded))


def _era(day: date) -> tuple[str, int]:
    return ("令和", day.year - 2018) if day >= date(2019, 5, 1) else ("平成", day.year - 1988)


def _year(day: date) -> str:
    era, year = _era(day)
    return f"{era}{'元' if year == 1 else year}年".translate(_WIDE)


def _plain(day: date) -> str:
    era, year = _era(day)
    return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def _full(day: date) -> str:
    return _plain(day).translate(_WIDE)


def _spaced(day: date) -> str:
    era, year = _era(day)
    return f"{era}　{'元' if year == 1 else year}　年　{day.month}　月　{day.day}　日".translate(
        _WIDE
    )


def _padded(day: date) -> str:
    era, year = _era(day)
    return f"{era}{'元' if year == 1 else f'{year:2}'}年{day.month:2}月{day.day:2}日"


def _western(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _kanji(day: date) -> str:
    era, year = _era(day)
    first = "元" if year == 1 else _numeral(year)
    return f"{era}{first}年{_numeral(day.month)}月{_numeral(day.day)}日"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones else "")


def _body(sitting: Sitting) -> str:
    return sitting.title.split("議会")[0]
