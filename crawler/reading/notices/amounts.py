"""Sums of money as notices print them, in yen."""

from __future__ import annotations

import re

from crawler.reading.notices.words import vocabulary

_KANJI = dict(
    zip(
        "〇一二三四五六七八九壱弐参伍零", (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 5, 0), strict=True
    )
)
_SMALL = {"十": 10, "拾": 10, "百": 100, "千": 1000, "阡": 1000}
_LARGE = {"億": 10**8, "万": 10**4, "萬": 10**4}
_UNITS = {"円": 1, "千円": 10**3, "百万円": 10**6, "万円": 10**4, "億円": 10**8}

_FIGURE = r"[0-9]{1,3}(?:\s?,\s?[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_SUM = re.compile(
    rf"(?P<mark>[¥\\]\s?)?(?P<figures>(?:(?:{_FIGURE})\s?[億万千百]{{0,2}}\s?){{1,3}})(?P<yen>円)?"
    rf"|(?P<kanji>[〇零一二三四五六七八九壱弐参伍十拾百千阡万萬億]{{2,24}})\s?円"
)
_PART = re.compile(rf"(?P<number>{_FIGURE})\s?(?P<unit>[億万千百]{{0,2}})")


def unit_of(label: str) -> int:
    """Yen of one of what the label counts in: 1,000 for 契約金額(千円)."""
    found = re.search(r"[(:：\s](百万円|千円|万円|億円|円)\)?", label)
    return _UNITS[found[1]] if found else 1


def amount(text: str, unit: int = 1, *, bare: bool = False) -> int | None:
    """The first sum of ``text``, which is in NFKC, in yen; None for none, 0, and one not published.

    ``bare`` takes a figure without 円 or ¥ beside it, as cells of a column of sums have.
    """
    if any(word in text for word in vocabulary().unstated):
        return None
    for found in _SUM.finditer(text):
        if found["kanji"]:
            read: float | None = _kanji(found["kanji"])
        elif found["yen"] or found["mark"] or bare:
            read = _figures(found["figures"])
            if not found["yen"] or unit == 1:
                read = None if read is None else read * (1 if found["yen"] else unit)
        else:
            continue
        if read is None or read != int(read):
            continue
        return int(read) or None
    return None


def _figures(printed: str) -> float | None:
    total = 0.0
    whole = 0
    for found in _PART.finditer(printed):
        number = re.sub(r"[\s,]", "", found["number"])
        factor = 1
        for each in found["unit"]:
            factor *= _LARGE.get(each) or _SMALL.get(each, 1)
        if "." in number:
            total += round(float(number) * factor, 2)
        else:
            whole += int(number) * factor
    return whole + total if total else whole


def _kanji(printed: str) -> int:
    if not any(each in _SMALL or each in _LARGE for each in printed):
        return int("".join(str(_KANJI[each]) for each in printed))
    total = section = pending = 0
    for each in printed:
        if each in _KANJI:
            pending = pending * 10 + _KANJI[each]
        elif each in _SMALL:
            section += (pending or 1) * _SMALL[each]
            pending = 0
        else:
            total += (section + pending or 1) * _LARGE[each]
            section = pending = 0
    return total + section + pending
