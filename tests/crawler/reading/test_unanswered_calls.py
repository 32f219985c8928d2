"""Lines that were not understood, noticed by the chair's calls: all sittings are invented."""

from __future__ import annotations

import pytest

from crawler.reading.quality import quality_of
from crawler.reading.turns import read_sitting

OPENING = "○議長（例示花子君）　これより会議を開きます。次に、総務部長、見本太郎君。\n"
ANSWER = "○総務部長（見本太郎君）　お答えします。\n"


@pytest.mark.parametrize(
    "spoilt",
    [
        "*総務部長（見本太郎君）　お答えします。",
        "・総務部長(見本太郎君　お答えします。",
        "総務部長|見本太郎君|お答えします。",
        "見本太郎総務部長お答えします。",
    ],
)
def test_a_line_of_the_one_just_called_is_missed_where_it_is_not_taken(spoilt: str) -> None:
    sitting = read_sitting((OPENING + ANSWER) * 3 + OPENING + spoilt + "\n" + OPENING + ANSWER)
    assert len(sitting.found.missed) == 1
    assert quality_of(sitting).speakers_doubtful


@pytest.mark.parametrize(
    "after",
    [
        "（総務部長登壇）",
        "○（総務部長退席）",
        "総務部長、簡潔にお願いします。",
        "総務部長から申し出がありました。",
        "なお、資料は配付してあります。",
        "△一般質問",
        "総務部長。",
    ],
)
def test_what_else_may_follow_a_call_is_no_miss(after: str) -> None:
    sitting = read_sitting((OPENING + ANSWER) * 3 + OPENING + after + "\n" + ANSWER)
    assert sitting.found.missed == ()
    assert not quality_of(sitting).speakers_doubtful


def test_a_form_that_many_of_the_sittings_lines_have_is_its_own() -> None:
    text = "".join(
        f"○議長（例示花子君）　{number}番。\n"
        f"○{number}番（見本{name}君）　伺います。\n○（見本{name}君）続き　以上です。\n"
        for number, name in enumerate(("一郎", "次郎", "三郎", "四郎"), 1)
    )
    assert quality_of(read_sitting(text)).astray == 0


def test_the_second_line_of_a_broken_name_is_no_miss() -> None:
    text = (
        "○例示花子議長　会議を開きます。見本太郎君。\n○見本\n太郎議員　伺います。\n"
        "○例示花子議長　次に、見本太郎君。\n○見本太郎議員　以上です。\n"
    )
    sitting = read_sitting(text)
    assert [turn.who.speaker for turn in sitting.turns if turn.who] == [
        *("例示花子", "見本太郎"),
        *("例示花子", "見本太郎"),
    ]
    assert sitting.found.missed == ()
