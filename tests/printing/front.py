"""The front page of a sitting's minutes: title, day, roster, agenda."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from tests.printing.people import Person
from tests.printing.sitting import Sitting

_WEEKDAYS = "月火水木金土日"
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def front_lines(sitting: Sitting, chance: random.Random) -> list[str]:
    """What stands before the first turn; none of it is anybody's speech."""
    members = [person for person in sitting.roster if person.seat or person.office == "委員"]
    others = [person for person in sitting.roster if person not in members]
    return [
        sitting.title,
        f"　　　　　　　　{japanese(sitting.day)}",
        "",
        chance.choice(("○開会日に応招した議員", "○出席議員（１０名）", "出席議員")),
        *_set(members, chance),
        chance.choice(("○欠席議員（なし）", "欠席議員　なし", "○不応招議員　なし")),
        chance.choice(
            (
                "○職務のため議場に出席した者の職氏名",
                "地方自治法第１２１条により説明のため出席した者の職氏名",
                "説明のため出席した者",
            )
        ),
        *_set(others, chance),
        chance.choice(("○議事日程（第１号）", "議事日程", "◎議事日程")),
        "　日程第１　会議録署名議員の指名",
        "　日程第２　一般質問",
        "",
    ]


def japanese(day: date, digits: str = "full") -> str:
    """令和６年３月４日（月曜日); ``digits`` is ``full`` or ``half``."""
    era, first = ("令和", 2018) if day >= date(2019, 5, 1) else ("平成", 1988)
    year = "元" if day.year == first + 1 else f"{day.year - first}"
    text = f"{era}{year}年{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}曜日）"
    return text.translate(_FULL) if digits == "full" else text


def _set(people: list[Person], chance: random.Random) -> Iterator[str]:
    honorific = chance.choice(("君", "", "さん"))
    gap = chance.choice(("　", " ", "　　"))
    two = chance.random() < 0.4
    cells = [
        f"{person.seat or person.office}{gap}{person.surname}{gap}{person.given}{honorific}"
        for person in people
    ]
    step = 2 if two else 1
    for at in range(0, len(cells), step):
        yield "　" + "　　　　".join(cells[at : at + step])
