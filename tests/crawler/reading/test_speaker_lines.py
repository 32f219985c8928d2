"""Speakers' lines where the sitting's own print decides, and the time that finding them takes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading.sitting_days import read_day
from crawler.reading.turns import read_sitting, turns
from kazami.document import Stance
from tests.timing import LINEAR, growth

CHAIR = "○議長（例示花子君）　開議します。\n"


def who(text: str) -> list[tuple[str | None, str | None, Stance | None]]:
    return [
        (turn.who.speaker, turn.who.role, turn.who.stance) if turn.who else (None, None, None)
        for turn in turns(text)[1]
    ]


def test_marks_of_headings_are_not_taken_for_those_of_speakers() -> None:
    """△ above each member's question, in minutes that print no mark before who speaks."""
    text = "".join(
        f"△例示{name}議員\n議長（例示花子君）　次に、例示{name}議員。\n"
        f"{n}番（例示{name}君）　伺います。\n"
        for n, name in enumerate(("太郎", "次郎", "三郎"), 1)
    )
    text += "△副議長の選挙\n議長（例示花子君）　選挙を行います。\n"
    assert [name for name, _, _ in who(text)] == [
        *("例示花子", "例示太郎", "例示花子", "例示次郎", "例示花子", "例示三郎"),
        "例示花子",
    ]


def test_a_mark_means_what_its_offices_say() -> None:
    text = (
        "◎議長（例示花子君）　開議します。\n○３番（例示太郎君）　伺います。\n"
        "○４番（例示次郎君）　伺います。\n△市長（例示三郎君）　お答えします。\n"
        "□総務部長（例示四郎君）　お答えします。\n□例示五郎　お答えします。\n"
    )
    assert [stance for _, _, stance in who(text)] == [
        *(Stance.CHAIR, Stance.QUESTION, Stance.QUESTION, Stance.ANSWER, Stance.ANSWER),
        Stance.ANSWER,
    ]


def test_a_line_that_lost_its_mark_is_noticed_by_its_form() -> None:
    """Knowing the name from other lines reads it as with a gap, which is the same print."""
    lines = [
        "○例示花子委員長　開きます。",
        "◎架空次郎財政課長　御報告いたします。",
        "◆見本太郎委員　伺います。",
        "○例示花子委員長　次に移ります。",
    ]
    whole = read_sitting("\n".join([*lines, "◆見本太郎委員　重ねて伺います。"])).found
    assert (len(whole.lines), whole.missed) == (5, ())
    text = "\n".join([*lines, "見本太郎委員　重ねて伺います。"])
    lost = read_sitting(text).found
    assert (len(lost.lines), lost.missed) == (4, (text.index("見本太郎委員　重ねて"),))


def test_the_oldest_member_presides_over_a_sitting_without_marks() -> None:
    text = "年長議員（例示花子君）　開きます。\n３番（例示太郎君）　はい。\n"
    assert who(text) == [
        ("例示花子", "年長議員", Stance.CHAIR),
        ("例示太郎", "３番", Stance.QUESTION),
    ]


def test_a_mark_of_headings_stands_before_the_mayor_too() -> None:
    """△市長 once among headings of △: known office, gap, and what he says."""
    text = (
        "◎議長　会議を開きます。\n△日程第１　例示について\n△日程第２　見本について\n△一般質問\n"
        "◎議長　次に、市長。\n△市長　・令和４年度　３件\n　以上であります。\n"
        "◎議長　質疑はありませんか。\n△日程第３　仮名について\n◎議長　散会します。\n"
    )
    assert [role for _, role, _ in who(text)] == ["議長", "議長", "市長", "議長", "議長"]


def test_staff_without_a_verb_speak_among_those_with_one() -> None:
    text = (
        "例示議長　会議を開きます。\n議会事務局長　報告いたします。\n見本議員質問　伺います。\n"
        "総務部長兼見本課長答弁　お答えします。\n例示議長　次に移ります。\n"
    )
    assert [role for _, role, _ in who(text)] == [
        *("議長", "議会事務局長", "議員", "総務部長兼見本課長", "議長")
    ]


def test_a_sentence_that_begins_with_an_office_is_no_speaker() -> None:
    text = (
        "　総務課長　　例示　太郎\n議長（見本花子君）　会議を開きます。総務課長。\n"
        "総務課長（例示太郎君）　お答えします。\n総務課長に調べさせましたところ、三件でした。\n"
        "議長（見本花子君）　総務課長報告のとおりであります。\n"
    )
    assert [name for name, _, _ in who(text)] == ["見本花子", "例示太郎", "見本花子"]


def test_a_sentence_on_a_subject_is_no_bullet() -> None:
    text = (
        "○議　長　日程第３、例示条例に関する議案を議題といたします。\n"
        "○総務部長　例示川に係る御質疑についてお答えします。\n"
        "○３番　例示条例に関する件につきまして……\n"
        "○議　長　ほかにありませんか。\n"
    )
    assert [role for _, role, _ in who(text)] == ["議長", "総務部長", "３番", "議長"]


def test_words_that_begin_at_once_are_no_continuation() -> None:
    words = (
        "ほかにありませんか。",
        "ほかもあります。",
        "やはり、",
        "ともに。",
        "外国の例です。",
        "やじはやめて。",
        "だけれども。",
    )
    text = "".join(f"○議長（例示花子）{each}\n○３番（見本太郎）はい。\n" for each in words)
    assert len(who(text)) == 2 * len(words)


def test_what_is_said_may_be_a_list_behind_a_name() -> None:
    text = (
        "議長 例示花子　開会します。収入役。\n収入役 見本 太郎　・令和５年度　３件\n"
        "議長 例示花子　ほかにありませんか。\n総務部長 仮名次郎　・令和４年度　２件\n"
    )
    assert [role for _, role, _ in who(text)] == ["議長", "収入役", "議長", "総務部長"]


def test_a_roster_of_two_columns_gives_nobody_a_commission() -> None:
    text = (
        "　監査委員　例示　太郎　　　監査委員　見本　次郎\n"
        "○仮名花子議長　開会します。\n○例示太郎監査委員　報告します。\n○監 査 委 員　以上です。\n"
    )
    assert [(name, role) for name, role, _ in who(text)] == [
        *(("仮名花子", "議長"), ("例示太郎", "監査委員"), (None, "監査委員"))
    ]


HOSTILE: dict[str, Callable[[int], str]] = {
    "one line of marks": lambda n: CHAIR + "はい。○市長（例示次郎君）　はい" * n,
    "lines like a speaker's": lambda n: CHAIR + "市長（例示次郎君）　はい。\n" * n,
    "a long front": lambda n: "前文。" * 10 * n + "\n" + "○例示太郎　はい。\n" * n + CHAIR,
    "open brackets": lambda n: CHAIR + "○市長（例\n" * n,
    "blank lines": lambda n: CHAIR + "○市長\n\n\n\n" * n,
    "no marks": lambda n: "議長（例示花子君）　はい。\n" * n,
    "a long roster": lambda n: (
        "".join(f"　例示{at}推進官　見本　太{at}君\n" for at in range(n)) + CHAIR * n
    ),
    "calls of offices and people": lambda n: (
        CHAIR
        + "".join(f"○議長　例示{at}推進官。\n○例示{at}推進官　見本{at}君。\n" for at in range(n))
    ),
    "full lines": lambda n: CHAIR + ("○例示推進室長兼務見本事務\n" + "例示" * 10 + "\n") * n,
    "blanks": lambda n: CHAIR + ("　" * 50 + "○" + "　" * 50 + "議\n") * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_time_grows_with_the_text(name: str) -> None:
    assert growth(lambda n: read_sitting(HOSTILE[name](n)), 150) <= LINEAR


def test_the_time_to_find_a_day_grows_with_the_text() -> None:
    days = "令和６年３月４日"
    assert growth(lambda n: read_day(days * n, [f"公開日{days}" * n]), 500) <= LINEAR


@pytest.mark.parametrize("head", ["一般質問", "総括質疑", "提案理由説明", "関連質問"])
def test_a_verb_behind_a_name_that_nobody_tells_is_a_speaker_and_a_heading_is_none(
    head: str,
) -> None:
    said = "○議長（例示花子君）　これより開きます。\n○見本太郎質問　伺います。\n"
    assert [name for name, *_ in who(said)] == ["例示花子", "見本太郎"]
    plain = (
        "例示花子議長　会議を開きます。\n見本太郎議員　お願いします。\n"
        f"{head}\n例示花子議長　次に移ります。\n見本太郎議員　伺います。\n"
    )
    assert [name for name, *_ in who(plain)] == ["例示花子", "見本太郎"] * 2
