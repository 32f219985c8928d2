"""Who won: corporate numbers, and what of a supplier's printed name tells it from others.

A number (法人番号) that is valid is the company, whatever name stands beside it. Without one the
*key* of the name is: its kind of company in one form and place (㈱, (株) and 株式会社 are one;
株式会社例示 and 例示株式会社 are two companies to the register, and stay two), spaces, widths and
variant kanji folded, the branch (北支店) left to the company. A joint venture is none of its
members, and has a key that no company has.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from kazami.text import fold_name, search_form

JOINT = "jv:"
"""How the key of a joint venture begins."""


def corporate_number(text: str) -> str | None:
    """The thirteen digits of a valid 法人番号, in any width; None for anything else.

    The first digit is 9 minus the remainder by 9 of the others' sum, from the right weighed 1 and
    2 in turn (平成26年財務省令第70号 第2条; 国税庁 「チェックデジットの計算」).
    """
    digits = unicodedata.normalize("NFKC", text).strip().removeprefix("T").replace("-", "")
    if len(digits) != 13 or not (digits.isascii() and digits.isdigit()):
        return None
    weighed = sum(int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits[1:])))
    return digits if int(digits[0]) == 9 - weighed % 9 else None


@dataclass(frozen=True, slots=True)
class Named:
    """What a printed name says. ``branch``: it names a branch (or a person) beside the company."""

    key: str
    joint: bool = False
    branch: bool = False


# The kinds of company, each with the forms that stand for it. NFKC has made (株) of ㈱ by then.
_FORMS = {
    "株": ("株式会社", "(株)", "株)", "(株"),
    "有": ("有限会社", "(有)", "有)", "(有"),
    "資": ("合資会社", "(資)"),
    "名": ("合名会社", "(名)"),
    "同": ("合同会社", "(同)", "(合)"),
    "一社": ("一般社団法人", "(一社)", "(一般社団)"),
    "一財": ("一般財団法人", "(一財)", "(一般財団)"),
    "公社": ("公益社団法人", "(公社)"),
    "公財": ("公益財団法人", "(公財)"),
    "社": ("社団法人", "(社)"),
    "財": ("財団法人", "(財)"),
    "福": ("社会福祉法人", "(福)", "(社福)"),
    "非": ("特定非営利活動法人", "npo法人", "(特非)", "(非)", "(npo)"),
    "医": ("医療法人", "(医)"),
    "学": ("学校法人", "(学)"),
    "農": ("農事組合法人", "(農)"),
    "独": ("独立行政法人", "(独)"),
    "協": ("協同組合", "(協)"),
    "企": ("企業組合", "(企)"),
    "森": ("森林組合",),
}
_FORM_OF = {form: kind for kind, forms in _FORMS.items() for form in forms}
_FORM = re.compile("|".join(map(re.escape, sorted(_FORM_OF, key=lambda form: (-len(form), form)))))
_COMPANIES = frozenset({"株", "有", "資", "名", "同"})
"""Kinds behind whose name nothing of the name can come any more."""

_NUMBER_TAIL = re.compile(r"[\s(\[]*法人番号[\s::]*[-ー‐—―0-9t]*[\s)\]]*$")
_JOINT = re.compile(
    r"(?:(?:特定|経常|復旧・復興|地域維持型|[・\s]*)(?:建設工事|建設|業務|委託業務|設計|設計業務)?)*"
    r"(?:共同企業体|共同事業体|共同体|企業体|コンソーシアム|(?<![a-z])jv(?![a-z]))"
)
_PERSON = re.compile(r"\s(?:代表|代理人|支店長|支社長|所長|取締役|理事長|会長|組合長).*$")
_BRANCH = (
    r"(?:支店|支社|営業所|出張所|支所|支部|支局|事業所|本店|本社|営業本部|事業本部|営業部|事業部"
    r"|営業第[一二三四五六七八九十0-9]+部|第[一二三四五六七八九十0-9]+営業部)"
)
_OFFICE = "事務所"
"""A branch, or the end of a name: 設計事務所."""
_TRADES = re.compile(
    "設計|建築|測量|登記|法務|法律|労務|会計|税理|税務|行政|司法|調査|士|デザイン|都市|環境|企画|経営"
)
_SPACED = re.compile(rf"\s(\S*{_BRANCH}|\S+{_OFFICE})(?:\s.*)?$")
_JOINED = re.compile(rf"({_BRANCH}|{_OFFICE})$")
_REGIONS = tuple(
    each
    for line in (
        "北 南 東 西 中央 北海道 道央 東北 北東北 南東北 関東 北関東 南関東 東関東 西関東 首都圏",
        "東京 横浜 甲信 信越 甲信越 北陸 中部 東海 名古屋 近畿 関西 大阪 神戸 京都 中国 四国 九州",
        "北九州 西日本 東日本 沖縄 県北 県南 県央 県東 県西 伊豆 遠州 清水 房総",
    )
    for each in line.split()
)


@lru_cache(65536)
def read_name(name: str) -> Named | None:
    """What the printed name of a supplier says; None where nothing of it is a name."""
    plain = " ".join(search_form(name).split())
    plain = _NUMBER_TAIL.sub("", plain)
    if not re.search(r"\w", plain):
        return None
    if _JOINT.search(plain):
        return Named(_joint_key(plain), joint=True)
    return _company(plain)


def supplier_key(name: str) -> str | None:
    """The key of a printed name; see the module."""
    read = read_name(name)
    return None if read is None else read.key


def _joint_key(plain: str) -> str:
    """The members, in the order of the name; how the venture calls itself makes no difference."""
    members = _FORM.sub("", _JOINT.sub("", plain))
    members = re.sub(r"[\s、,/／&]+|・+", "・", members).strip("・()")
    return JOINT + (members or fold_name(plain))


def _company(plain: str) -> Named:
    branch = False
    cut = _PERSON.sub("", plain)
    found = _FORM.search(cut)
    if found is None:
        cut, branch = _without_branch(cut)
        return Named("".join(cut.split()), branch=branch or cut != plain)
    kind, before, after = _FORM_OF[found[0]], cut[: found.start()], cut[found.end() :]
    before, after = before.strip(), after.strip()
    if not before:
        after, branch = _without_branch(after)
        key = f"{kind}|{after}"
    elif kind in _COMPANIES:
        key, branch = f"{before}|{kind}", bool(after)
    else:
        after, branch = _without_branch(after)
        key = f"{before}|{kind}|{after}"
    return Named("".join(key.split()), branch=branch or len(cut) != len(plain))


def _without_branch(name: str) -> tuple[str, bool]:
    """The name without a branch at its end: behind a space, or a known place with its word."""
    if spaced := _SPACED.search(name):
        tail = spaced[1]
        if not (tail.endswith(_OFFICE) and _TRADES.search(tail)) and name[: spaced.start()].strip():
            return name[: spaced.start()], True
    if joined := _JOINED.search(name):
        stem = name[: joined.start()]
        for length in range(min(len(stem) - 2, 6), 0, -1):
            if stem[-length:] in _places():
                return stem[:-length], True
    return name, False


@cache
def _places() -> frozenset[str]:
    """Names of towns and regions as branches carry them: 焼津, 東関東."""
    from kazami.bodies import load_bodies

    short = {search_form(body.name[:-1]) for body in load_bodies().local if len(body.name) > 2}
    return frozenset({*short, *_REGIONS})


def short_forms(folded: str) -> str:
    """A folded text with the kinds of company abbreviated: (株)例示 of 株式会社例示."""
    return _LONG.sub(lambda found: _SHORT[found[0]], folded)


_SHORT = {forms[0]: forms[1] for forms in _FORMS.values() if len(forms) > 1}
_LONG = re.compile("|".join(sorted(_SHORT, key=lambda form: (-len(form), form))))


@dataclass(frozen=True, slots=True)
class Printed:
    """One way in which a supplier stands in awards, and how often; ``number`` is a valid one."""

    key: str
    number: str | None
    prefecture: str
    name: str
    branch: bool
    times: int
    last: date | None


@dataclass(frozen=True, slots=True)
class Supplier:
    """One supplier. ``name`` is how it is printed most, without a branch where it ever is.

    ``unsure``: a name without a number that companies of several numbers have; it may be one of
    these, or another. ``names`` are all that it stands under, the commonest first.
    """

    name: str
    number: str | None
    joint: bool
    unsure: bool
    names: tuple[str, ...]


class Suppliers:
    """Which of the names and numbers that stand in awards are one supplier.

    Same valid number: the same, but for joint ventures, which often carry that of a member. No
    number: the company with a number that has this name, where there is one only; else all of this
    name that have none. A name is sought in one prefecture, unless it was ever seen with a branch:
    there are a 鈴木組 or two in every prefecture, but firms with branches are known in several.
    """

    def __init__(self, printed: Iterable[Printed]) -> None:
        """Built of all that is stored, so that no filter changes who is who."""
        prints = list(printed)
        self._wide = {each.key for each in prints if each.branch}
        self._owners: dict[str, set[str]] = {}
        for each in prints:
            if each.number is not None:
                name = self._name(each.key, each.prefecture)
                self._owners.setdefault(name, set()).add(each.number)
        self._prints: dict[str, list[Printed]] = {}
        for each in prints:
            identity = self.identity(each.key, each.number, each.prefecture)
            self._prints.setdefault(identity, []).append(each)

    def _name(self, key: str, prefecture: str) -> str:
        return key if key in self._wide else f"{key}@{prefecture}"

    def identity(self, key: str, number: str | None, prefecture: str) -> str:
        """What all awards of one supplier have in common: its number, else its name."""
        if key.startswith(JOINT):
            return key
        if number is not None:
            return number
        name = self._name(key, prefecture)
        owners = self._owners.get(name, ())
        return next(iter(owners)) if len(owners) == 1 else name

    def supplier(self, identity: str) -> Supplier:
        """The supplier of an identity; raises KeyError for none of these."""
        prints = self._prints[identity]
        times: Counter[str] = Counter()
        last: dict[str, date] = {}
        whole = set()
        for each in prints:
            times[each.name] += each.times
            last[each.name] = max(last.get(each.name, date.min), each.last or date.min)
            if not each.branch:
                whole.add(each.name)
        names = sorted(
            times, key=lambda name: (name in whole, times[name], last[name], name), reverse=True
        )
        first = prints[0]
        joint = first.key.startswith(JOINT)
        numbers = {each.number for each in prints if each.number is not None}
        owners = self._owners.get(self._name(first.key, first.prefecture), ())
        return Supplier(
            name=names[0],
            number=None if joint else min(numbers, default=None),
            joint=joint,
            unsure=not joint and not numbers and len(owners) > 1,
            names=tuple(names),
        )
