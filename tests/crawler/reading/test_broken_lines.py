"""Speakers' lines that the print breaks for want of room, in sittings made up for it."""

from __future__ import annotations

import pytest

from crawler.reading.turns import turns

NARROW = 20
SPEECH = (
    "お答えいたします。ただいまの御質問の件でございますが、例示川の改修は来年の春に終わる"
    "見込みであります。"
)


def broken(line: str, columns: int) -> str:
    """The line as narrow print has it."""
    return "\n".join(line[at : at + columns] for at in range(0, len(line), columns))


def who(text: str) -> list[tuple[str | None, str | None]]:
    return [(turn.who.speaker, turn.who.role) for turn in turns(text)[1] if turn.who]


LINES = {
    "mark, office（name君）": (
        "○議長（例示花子君）　{}",
        "○例示推進室長兼務見本事務局長（仮名二郎君）　{}",
    ),
    "mark, name office": ("○例示花子議長　{}", "○仮名二郎例示推進室長兼務見本事務局長　{}"),
    "mark, office name君": (
        "○議長　例示花子君　{}",
        "○例示推進室長兼務見本事務局長　仮名二郎君　{}",
    ),
    "office（name君）": (
        "議長（例示花子君）　{}",
        "例示推進室長兼務見本事務局長（仮名二郎君）　{}",
    ),
    "name office": ("例示花子議長　{}", "仮名二郎例示推進室長兼務見本事務局長　{}"),
}


@pytest.mark.parametrize("form", LINES)
@pytest.mark.parametrize("columns", range(NARROW, 31))
def test_a_label_longer_than_the_line_is_one(form: str, columns: int) -> None:
    chair, director = LINES[form]
    office = "例示推進室長兼務見本事務局長"
    lines = [
        f"　{office}　仮名　二郎君",
        *(
            line
            for _ in range(3)
            for line in (
                chair.format(f"これより会議を開きます。{SPEECH}{office}。"),
                director.format(SPEECH),
            )
        ),
    ]
    text = "\n".join(broken(line, columns) for line in lines)
    assert who(text) == [("例示花子", "議長"), ("仮名二郎", office)] * 3
    paragraphs = text.replace("\n", "\n\n")  # <p> around every line
    assert who(paragraphs) == [("例示花子", "議長"), ("仮名二郎", office)] * 3


@pytest.mark.parametrize("at", range(1, len("例示三太郎議員")))
def test_a_name_that_is_broken_is_one(at: int) -> None:
    name = "例示三太郎議員"
    text = (
        "○見本花子議長　これより開議します。例示三太郎君。\n"
        f"○{name[:at]}\n{name[at:]}　それでは伺います。\n"
        "○見本花子議長　例示三太郎君。\n○例示三太郎議員　以上です。\n"
    )
    assert who(text)[1] in (("例示三太郎", "議員"), ("例示三太郎", None))
    assert len(who(text)) == 4


def test_a_mark_in_mid_line_may_end_the_line() -> None:
    text = (
        "○議長（例示花子君）　お諮りします。〔「異議なし」と呼ぶ者あり〕○\n"
        "議長（例示花子君）　決しました。\n"
        "○３番（見本太郎君）　伺います。〔「異議なし」と呼ぶ者あり〕○議長\n"
        "（例示花子君）　では次に移ります。\n"
    )
    assert [name for name, _ in who(text)] == ["例示花子", "例示花子", "見本太郎", "例示花子"]


def test_what_is_said_below_an_office_may_be_broken() -> None:
    speech = "\n".join(broken(SPEECH, NARROW).split("\n"))
    text = f"○議　長\n{speech}\n○市　長\n{speech}\n○議　長\n{speech}\n"
    assert who(text) == [(None, "議長"), (None, "市長"), (None, "議長")]


def test_a_heading_above_a_label_without_mark_is_not_joined_with_it() -> None:
    text = (
        "例示花子議長　会議を開きます。見本太郎君。\n提案理由の説明\n"
        "見本太郎市長　説明いたします。\n"
        "一般質問\n例示花子議長　次に移ります。\n仮名次郎議員　伺います。\n"
    )
    for mark in "", "△":
        marked = text.replace("提案", f"{mark}提案").replace("一般", f"{mark}一般")
        assert [name for name, _ in who(marked)] == [
            *("例示花子", "見本太郎"),
            *("例示花子", "仮名次郎"),
        ]


def test_a_call_below_an_office_is_what_is_said() -> None:
    text = "○年長議員\n例示太郎君。\n○３番\nはい、三番です。\n○年長議員\n例示太郎君。\n"
    assert who(text) == [(None, "年長議員"), (None, "３番"), (None, "年長議員")]


def test_a_subject_of_several_full_lines_is_said() -> None:
    subject = (
        "日程第三、例示の規約を定める条例と、見本の計画に関する議案、" * 2
        + "以上を議題といたします。"
    )
    text = "\n".join(broken(f"○議　長　{subject}", NARROW) for _ in range(4))
    assert who(text) == [(None, "議長")] * 4


def test_an_office_below_which_another_is_printed_is_not_joined_with_it() -> None:
    text = (
        "○議長（例示花子君）　会議を開きます。\n○議事日程の追加\n"
        "１．市長（見本太郎君）　お答えします。\n"
        "○議長（例示花子君）　次に、市長。\n"
    )
    assert [name for name, _ in who(text)] == ["例示花子", "例示花子"]
