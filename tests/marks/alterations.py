"""How the same title is written elsewhere, and titles that only look the same.

Fixed before any matcher of titles was written (2026-11-28). Every function takes a title and a
source of chance, and returns the title as it is where there is nothing for it to change.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from random import Random
from string import ascii_letters, digits
from typing import NamedTuple

from tests.marks.numerals import (
    YEAR_FORMS,
    another_number,
    fiscal_years,
    years_moved,
    years_written,
)
from tests.marks.places import another_place

SEED = 20261128
"""The seed that the figures are made with."""

Change = Callable[[str, Random], str]


class Asked(NamedTuple):
    """The text ``asked`` for, made from ``title`` by the change named ``by``."""

    title: str
    by: str
    asked: str


# How the same title is written elsewhere.


def narrow(title: str, rng: Random) -> str:
    """Full-width letters and digits become half-width."""
    return title.translate(_NARROW)


def wide(title: str, rng: Random) -> str:
    """Half-width letters and digits become full-width."""
    return title.translate(_WIDE)


def parentheses(title: str, rng: Random) -> str:
    """Full-width parentheses become half-width, or the other way round."""
    pairs = (("（", "("), ("）", ")"))
    ways = [
        "".join(dict((pair if narrowed else pair[::-1]) for pair in pairs).get(c, c) for c in title)
        for narrowed in (True, False)
    ]
    return _one_of(ways, title, rng)


def company(title: str, rng: Random) -> str:
    """㈱, (株), （株） and 株式会社 stand for one another."""
    ways = [_COMPANY.sub(written, title) for written in ("㈱", "(株)", "（株）", "株式会社")]
    return _one_of(ways, title, rng)


def spaces_dropped(title: str, rng: Random) -> str:
    """No space is left, but between two words of letters or two numbers."""
    return _SPACES.sub("", title)


def spaces_added(title: str, rng: Random) -> str:
    """One or two spaces of one width are put at brackets, letters, numbers or after 年度."""
    places = [place.end() for place in _BOUNDARY.finditer(title)]
    if not places:
        return title
    chosen = set(rng.sample(places, min(len(places), rng.randint(1, 2))))
    space = rng.choice(" 　")
    return "".join(space * (at in chosen) + char for at, char in enumerate(title))


def year_written(title: str, rng: Random) -> str:
    """R8, 令和8年度, 令和８年度, 令和八年度 and 2026年度 stand for one another."""
    return _one_of([years_written(title, form) for form in YEAR_FORMS], title, rng)


def tail_dropped(title: str, rng: Random) -> str:
    """について, の実施, の入札 and the like at the end are left out, one or several of them."""
    for _ in range(rng.randint(1, 3)):
        shorter = _TAIL.sub("", title)
        if len(shorter) < _SHORTEST:
            break
        title = shorter
    return title


def itaku_dropped(title: str, rng: Random) -> str:
    """業務委託 and 委託業務 become 業務, the last of them."""
    found = list(_ITAKU.finditer(title))
    return title[: found[-1].start()] + "業務" + title[found[-1].end() :] if found else title


def quotes_dropped(title: str, rng: Random) -> str:
    """「」, 『』 and “” are left out, what they hold stays."""
    return re.sub("[「」｢｣『』“”]", "", title)


def label_dropped(title: str, rng: Random) -> str:
    """A leading 【…】 is left out.

    Not one that tells the stage, the year or the thing itself: without it, it is another title.
    """
    label = _LABEL.match(title)
    if label is None or _TELLING.search(label[0]) or fiscal_years(label[0]):
        return title
    return title[label.end() :]


def label_added(title: str, rng: Random) -> str:
    """A leading 【…】 is added where there is none."""
    if title.startswith("【"):
        return title
    return f"【{rng.choice(('公募', '公告', 'お知らせ', '更新', '5月2日更新'))}】{title}"


def dashes(title: str, rng: Random) -> str:
    """ー, －, ― and ‐ stand for one another, the long vowel's mark too."""
    return _one_of([re.sub("[ー－―‐]", dash, title) for dash in "ー－―‐"], title, rng)


def dots_dropped(title: str, rng: Random) -> str:
    """・ is left out, but between two numbers."""
    return re.sub(r"(?<!\d)[・･]|[・･](?!\d)", "", title)


def number_written(title: str, rng: Random) -> str:
    """第3号, No.3, №3 and No3 stand for one another."""
    forms = (r"第\1\2号", r"No.\1\2", r"№\1\2", r"No\1\2")
    return _one_of([_NUMBER.sub(form, title) for form in forms], title, rng)


def kanji(title: str, rng: Random) -> str:
    """One kanji of a name, wherever it stands, is written in its old form, or in its new one."""
    ways = [title.replace(old, new) for old, new in zip(_OLD, _NEW, strict=True)]
    ways += [title.replace(new, old) for old, new in zip(_OLD, _NEW, strict=True)]
    return _one_of(ways, title, rng)


def truncated(title: str, rng: Random) -> str:
    """The end is cut off, at least three fifths are left, never a number in two, and … follows."""
    least = max(_SHORTEST, -(-len(title) * 3 // 5))
    cuts = [
        at
        for at in range(least, len(title) - 1)
        if not (title[at - 1].isalnum() and title[at - 1].isascii()) and not title[at - 1].isdigit()
    ]
    return title[: rng.choice(cuts)] + rng.choice(("…", "...")) if cuts else title


# What looks the same and is another.


def another_place_named(title: str, rng: Random) -> str:
    """The municipality or prefecture that the title names is another of its kind."""
    return another_place(title, rng)


def another_year(title: str, rng: Random) -> str:
    """Every fiscal year is moved by the same one to three years, written as before."""
    return _one_of([years_moved(title, by) for by in (-3, -2, -1, 1, 2, 3)], title, rng)


def another_lot(title: str, rng: Random) -> str:
    """その1, 第2工区, 3ロット, 東地区: one of them has another number or direction."""
    found = list(_LOT.finditer(title))
    if not found:
        return title
    lot = rng.choice(found)
    if lot["direction"]:
        other = rng.choice([name for name in "東西南北" if name != lot["direction"]])
        return _put(title, lot, "direction", other)
    number = "before" if lot["before"] else "after"
    return _put(title, lot, number, another_number(lot[number], rng))


def another_round(title: str, rng: Random) -> str:
    """第3回, 第3次, 第3期: one of them has another number."""
    return _renumbered(_ROUND, title, rng)


def another_road(title: str, rng: Random) -> str:
    """国道58号, 県道12号線, 市道例示3号線: one of them has another number."""
    return _renumbered(_ROAD, title, rng)


def _named(*changes: Change) -> dict[str, Change]:
    return {change.__name__: change for change in changes}


ALTERATIONS = _named(
    narrow,
    wide,
    parentheses,
    company,
    spaces_dropped,
    spaces_added,
    year_written,
    tail_dropped,
    itaku_dropped,
    quotes_dropped,
    label_dropped,
    label_added,
    dashes,
    dots_dropped,
    number_written,
    kanji,
    truncated,
)
NEAR_MISSES = _named(another_place_named, another_year, another_lot, another_round, another_road)


def altered(titles: Sequence[str], seed: int) -> list[Asked]:
    """Each title altered once, the alterations taken in turn as far as they apply.

    An alteration is passed over where its text could as well mean another of ``titles``: where it
    is one of them, or how one of them begins. A title that stands twice is no other.
    """
    readings = {_key(title): _plain(title) for title in titles}
    used: Counter[str] = Counter()
    asked: list[Asked] = []
    for title in titles:
        others = [(key, plain) for key, plain in readings.items() if key != _key(title)]
        ways = [way for way in _ways(ALTERATIONS, title, seed) if not _begins(way.asked, others)]
        if not ways:
            raise ValueError(f"no alteration applies to {title!r}")
        asked.append(min(ways, key=lambda way: used[way.by]))
        used[asked[-1].by] += 1
    return asked


def near_misses(titles: Sequence[str], seed: int, count: int) -> list[Asked]:
    """``count`` texts that look like one of ``titles`` each, and are none of them.

    The near misses are taken in turn as far as they apply, no title twice by the same one.
    """
    present = {_key(title) for title in titles}
    ways = [way for title in dict.fromkeys(titles) for way in _ways(NEAR_MISSES, title, seed)]
    Random(seed).shuffle(ways)
    used: Counter[str] = Counter()
    asked: list[Asked] = []
    while len(asked) < count:
        ways = [way for way in ways if _key(way.asked) not in present]
        if not ways:
            raise ValueError(f"{len(asked)} near misses can be made of these titles, not {count}")
        asked.append(min(ways, key=lambda way: used[way.by]))
        used[asked[-1].by] += 1
        present.add(_key(asked[-1].asked))
    return asked


def _ways(changes: dict[str, Change], title: str, seed: int) -> Iterable[Asked]:
    for name, change in changes.items():
        text = change(title, Random(f"{seed} {name} {title}"))
        if text != title:
            yield Asked(title, name, text)


def _begins(text: str, others: Iterable[tuple[str, str]]) -> bool:
    text = text.rstrip(".…")
    key, plain = _key(text), _plain(text)
    # A text cut off within its year has none that could be written as in the key.
    return any(other.startswith(key) or as_is.startswith(plain) for other, as_is in others)


def _key(text: str) -> str:
    return _plain(years_written(text, "west"))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _one_of(ways: Iterable[str], title: str, rng: Random) -> str:
    others = [way for way in dict.fromkeys(ways) if way != title]
    return rng.choice(others) if others else title


def _renumbered(pattern: re.Pattern[str], title: str, rng: Random) -> str:
    found = list(pattern.finditer(title))
    if not found:
        return title
    chosen = rng.choice(found)
    return _put(title, chosen, "number", another_number(chosen["number"], rng))


def _put(title: str, found: re.Match[str], group: str, text: str) -> str:
    return title[: found.start(group)] + text + title[found.end(group) :]


_SHORTEST = 10
_WIDE = {ord(char): chr(ord(char) + 0xFEE0) for char in ascii_letters + digits}
_NARROW = {ord(to): chr(char) for char, to in _WIDE.items()}
_COMPANY = re.compile("㈱|[(（]株[)）]|株式会社")
_WORD = "[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]"
_SPACES = re.compile(f"(?<!{_WORD})[ 　]+|[ 　]+(?!{_WORD})")
_CJK = "[ぁ-んァ-ヶー一-龥々]"
_BOUNDARY = re.compile(
    "年度(?=[^ 　])|(?<=[^ 　])(?=[「（(【])|[」）)】](?=[^ 　」）)】])"
    f"|{_CJK}(?={_WORD})|{_WORD}(?={_CJK})"
)
_TAIL = re.compile("(?:について|のお知らせ|の実施|の募集|の公募|の公告|の入札|の公表|のご案内)$")
_ITAKU = re.compile("業務委託|委託業務")
_LABEL = re.compile("【[^】]{1,20}】[ 　]*(?=.{10})")
_TELLING = re.compile("結果|回答|質問|中止|取消|終了|訂正|変更|延期|業務|工事|事業|購入|委託")
_NUMBER = re.compile(r"第(\d+)号(?!線|\d)|(?:[NＮ][oOｏＯ][.．]?|№) ?(\d+)")
_LOT = re.compile(
    r"その ?(?P<after>\d+|[一二三四五六七八九])"
    r"|(?P<before>\d+|[一二三四五六七八九])(?:号?工区|ロット)"
    r"|(?P<direction>[東西南北])(?:地区|工区|ブロック)"
)
_ROUND = re.compile(r"第(?P<number>\d+|[一二三四五六七八九])(?:回|次|期)")
_ROAD = re.compile(r"(?:国|都|道|府|県|市|町|村)道[^\d、。（）()「」 　]{0,12}?(?P<number>\d+)号")
_OLD = "齋齊澤邊﨑髙濱廣國學會縣櫻瀧龍德壽惠眞榮豐澁萬與圓藏鐵驛曾藝嶽黑增瀨晝靜"
_NEW = "斎斉沢辺崎高浜広国学会県桜滝竜徳寿恵真栄豊渋万与円蔵鉄駅曽芸岳黒増瀬昼静"
