"""Whose notice it is: a local body, an organ of the state, or one that no table knows.

The guide says that the codes of prefecture and municipality may stand at organs of the state and
at others, too: they say where, so the printed name goes first. What has a legal form of its own
(広域連合, 公立大学法人) is not the body whose name it begins with. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from kazami.bodies import UNKNOWN_BODY, Body, BodyKind, check_digit, load_bodies
from kazami.text import fold_name

_FORM = re.compile(
    "^(?:国立研究開発法人|独立行政法人|国立大学法人|大学共同利用機関法人|特殊法人|認可法人)"
)
_OWN_PERSON = re.compile(
    "法人|組合|連合|企業団|公社|事業団|機構|協会|協議会|会社|公庫|財団|社団|大学(?!校)|土地改良区|"
    "財産区|振興会|センター協会|実行委員会"
)
_OWNER = re.compile("[省庁院]|会社|法人|組合|大学")
"""In what stands before an ending: then it is a part of that."""
_DISTRICT = re.compile("[^市町村区]{1,4}郡")
_ENDINGS = {
    **dict.fromkeys(("裁判所",), "最高裁判所"),
    **dict.fromkeys(("検察庁",), "最高検察庁"),
    **dict.fromkeys(("国税局", "税務署"), "国税庁"),
    **dict.fromkeys(("法務局", "刑務所", "拘置所", "少年院", "少年鑑別所"), "法務省"),
    **dict.fromkeys(("労働局", "公共職業安定所", "検疫所"), "厚生労働省"),
    **dict.fromkeys(("農政局",), "農林水産省"),
    **dict.fromkeys(("森林管理局", "森林管理署"), "林野庁"),
    **dict.fromkeys(("地方整備局", "開発建設部", "運輸局", "国道事務所"), "国土交通省"),
    **dict.fromkeys(("地方環境事務所",), "環境省"),
    **dict.fromkeys(("駐屯地", "分屯地", "航空基地", "会計隊"), "防衛省"),
    **dict.fromkeys(("年金事務所",), "日本年金機構"),
}
"""How parts of the state's organs end that are printed without the organ's name."""


def body_of(organisation: str, prefecture: str = "", city: str = "") -> str:
    """The code of the body; ``UNKNOWN_BODY`` where name and codes do not say it.

    ``prefecture`` and ``city`` are LgCode and CityCode as they stand.
    """
    name = fold_name(organisation)
    if not name:
        at = _of_city(prefecture, city)
        return at.code if at else UNKNOWN_BODY
    organ = _longest(_FORM.sub("", name), _organs())
    if organ is not None:
        return organ[0].code
    local = _local(name, prefecture.zfill(2) if prefecture else "")
    if local is not None:
        body, rest = local
        return UNKNOWN_BODY if _OWN_PERSON.search(rest) else body.code
    for ending, owner in _ENDINGS.items():
        if name.endswith(ending) and not _OWNER.search(name.removesuffix(ending)):
            return _organs()[fold_name(owner)].code
    at = _of_city(prefecture, city)
    # 水道局, 教育委員会: a part that leaves the town away. 北川消防組合 is none.
    if at is None or _OWN_PERSON.search(name) or _names_a_place(name):
        return UNKNOWN_BODY
    return at.code


def _names_a_place(name: str) -> bool:
    """Whether it begins with some town, so that it is another than the code's."""
    return re.match("[^市町村]{1,6}[市町村](?!民|立|場)", name) is not None


def _of_city(prefecture: str, code: str) -> Body | None:
    """The body of a code of six digits, of five, of three behind the prefecture's two.

    A zero in front may be lost.
    """
    lead = prefecture.zfill(2) if prefecture else ""
    digits = re.sub("[^0-9]", "", code) if code.isascii() else ""
    if len(digits) == 3 and lead:
        digits = lead + digits
    digits = digits.zfill(5) if len(digits) == 4 else digits
    tries = [digits] if len(digits) == 6 else []
    if len(digits) == 5:
        tries = [digits + check_digit(digits), f"0{digits}"]
    found = {
        body.code: body
        for each in tries
        if (body := load_bodies().get(each)) is not None and body.kind is not BodyKind.NATIONAL
    }
    fitting = [body for body in found.values() if not lead or body.pref_code == lead]
    return fitting[0] if len(fitting) == 1 else None


def _local(name: str, prefecture: str) -> tuple[Body, str] | None:
    """The local body whose name it begins with, and what follows the name."""
    found = _longest(name, _full_names())
    if found is None:
        return _longest(name, _names_in(prefecture)) if prefecture else None
    body, rest = found
    if body.kind is BodyKind.PREFECTURE:
        inside = _names_in(body.pref_code)
        district = _DISTRICT.match(rest)
        town = _longest(rest[district.end() :], inside) if district else None
        if town is not None:
            return town
        if district or _names_a_place(rest):
            return None
    return found


def _longest(name: str, names: Mapping[str, Body]) -> tuple[Body, str] | None:
    for end in range(min(len(name), 40), 1, -1):
        if (body := names.get(name[:end])) is not None:
            return body, name[end:]
    return None


@cache
def _organs() -> Mapping[str, Body]:
    """Names of the state's organs without their legal form, and their other names.

    A house of the Diet buys by its 事務局, which goes without saying.
    """
    return {
        _FORM.sub("", fold_name(name)).removesuffix("事務局"): body
        for body in load_bodies().national
        if body.code != UNKNOWN_BODY
        for name in (body.name, *body.other_names)
    }


def _everybody() -> Iterator[Body]:
    bodies = load_bodies()
    yield from bodies.local
    yield from bodies.invented


@cache
def _full_names() -> Mapping[str, Body]:
    return {fold_name(body.full_name): body for body in _everybody()}


@cache
def _names_in(prefecture: str) -> Mapping[str, Body]:
    return {fold_name(body.name): body for body in _everybody() if body.pref_code == prefecture}
