"""What a sitting tells of its own people, where no list could: names and offices are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.labels import read_label
from crawler.reading.speakers import speaker_of
from crawler.reading.told import told_of
from crawler.reading.turns import turns

ROSTER = """出席議員（３名）
　８番　一番例示　太郎君　　　　９番　村長見本　花子君
　十番　仮　名　三　郎
説明のため出席した者
　見　本　監　　福祉架空　五郎君
　南支所長　雛形　六郎
　支所長　例示　七郎
　にぎわいづくり官　見本　八郎　君
"""


@pytest.mark.parametrize(
    ("printed", "name", "office"),
    [
        ("一番例示太郎議員", "一番例示太郎", "議員"),
        ("委員（一番例示太郎君）", "一番例示太郎", "委員"),
        ("９番（村長見本花子君）", "村長見本花子", "９番"),
        ("仮名三郎議員", "仮名三郎", "議員"),
        ("雛形六郎南支所長", "雛形六郎", "南支所長"),
        ("例示支所長", "例示", "支所長"),
        ("例示七郎支所長", "例示七郎", "支所長"),
        ("〔例示七郎支所長〕", "例示七郎", "支所長"),
        ("見本八郎にぎわいづくり官", "見本八郎", "にぎわいづくり官"),
        ("見本　八郎にぎわいづくり官", "見本八郎", "にぎわいづくり官"),
    ],
)
def test_the_roster_says_where_name_and_office_part(printed: str, name: str, office: str) -> None:
    label = read_label(f"{printed}　お答えします。", 0, told_of(ROSTER))
    assert label is not None
    assert (label.name, label.office) == (name, office)
    assert speaker_of(printed, ROSTER).speaker == name


def test_the_chairs_calls_say_it_where_there_is_no_roster() -> None:
    text = (
        "○例示花子議長　これより会議を開きます。にぎわいづくり官。\n"
        "○見本八郎にぎわいづくり官　お答えします。\n"
        "○例示花子議長　次に、支所長、仮名君。\n○仮名支所長　お答えします。\n"
    )
    assert [(turn.who.speaker, turn.who.role) for turn in turns(text)[1] if turn.who] == [
        ("例示花子", "議長"),
        ("見本八郎", "にぎわいづくり官"),
        ("例示花子", "議長"),
        ("仮名", "支所長"),
    ]


def test_a_call_goes_on_over_a_full_line_alone() -> None:
    narrow = "　次に、にぎわいづくり推進\n室長の発言を許します。\n"
    assert "にぎわいづくり推進室長" in told_of("", narrow, 14).offices
    below = "議長　例示花子\n支所長の発言を許します。\n"
    assert told_of("", below, 40).offices == {"支所長"}


@pytest.mark.parametrize(
    ("printed", "name", "office"),
    [
        ("仮名太一議員", "仮名太一", "議員"),
        ("仮名太一支所長", "仮名太一", "支所長"),
        ("議長　仮名　太一　開きます。", "仮名太一", "議長"),
        ("例示君江総務課長お答えします。", "例示君江", "総務課長"),
        ("例示君子議員それでは、", "例示君子", "議員"),
        ("監答弁　お答えします。", None, "監"),
        ("【監：仮名太一】　はい。", "仮名太一", "監"),
    ],
)
def test_given_names_are_read_behind_called_family_names(
    printed: str, name: str | None, office: str
) -> None:
    label = read_label(printed, 0, told_of("", "議員、仮名君。支所長。監の発言を許します。"))
    assert label is not None
    assert (label.name, label.office) == (name, office)


def test_of_two_in_a_line_each_has_his_office() -> None:
    told = told_of("　委員　例示　一　　　委員　仮名　正長\n　例示　花子　議員\n")
    assert {("例示一", "委員"), ("仮名正長", "委員")} <= told.pairs


@pytest.mark.parametrize(
    ("printed", "name", "office"),
    [
        ("例示太郎君　総務委員長報告を申し上げます。", "例示太郎", None),
        ("例示太郎君総務委員長報告を申し上げます。", "例示太郎", None),
        ("例示議員　総務委員長報告を申し上げます。", "例示", "議員"),
        ("例示直人君日本の話をいたします。", "例示直人", None),
        ("例示議長はじめ皆様にはっきり申し上げます。", "例示", "議長"),
    ],
)
def test_an_office_in_what_is_said_is_not_the_speakers(
    printed: str, name: str, office: str | None
) -> None:
    told = told_of("", "総務委員長。例示君。例示太郎君。")
    label = read_label(printed, 0, told)
    assert label is not None
    assert (label.name, label.office) == (name, office)


def test_who_presides_has_no_seat_before_the_name() -> None:
    label = read_label("一番例示花子議長これより会議を開きます。")
    assert label is not None
    assert (label.name, label.office) == ("一番例示花子", "議長")


def test_an_office_that_is_told_is_not_cut_for_a_shorter_one() -> None:
    told = told_of(
        "　固定資産見本会委員長　例示　太郎\n　委員長　見本　花子\n　副監査見本役　仮名　三郎\n"
    )
    for office in ("固定資産見本会委員長", "副監査見本役"):
        label = read_label(f"{office}　委員長に聞きました。", 0, told)
        assert label is not None
        assert (label.name, label.office) == (None, office)


def test_a_name_in_the_bracket_of_an_office_holds_no_other_office() -> None:
    for printed, name in (
        ("委員（村長例示花子君）", "村長例示花子"),
        ("委員（一番例示君）", "一番例示"),
    ):
        label = read_label(f"{printed}　伺います。")
        assert label is not None
        assert (label.name, label.office, label.seat) == (name, "委員", None)
    seated = read_label("議員（一番　例示花子君）　伺います。")
    assert seated is not None
    assert (seated.name, seated.seat) == ("例示花子", "一番")


def test_a_list_that_begins_at_once_is_no_party() -> None:
    label = read_label("市長（例示花子さん）（１）の件は")
    assert label is not None
    assert label.end == len("市長（例示花子さん）")


LINES = st.text("議長市例示太郎君（）〔〕、。　 ○番委員監査８", max_size=40)


@given(st.lists(LINES, max_size=6))
def test_a_line_that_comes_again_is_read_as_the_first_time(lines: list[str]) -> None:
    told = told_of(ROSTER)
    for at, line in enumerate([*lines, *lines]):
        margin = "　" * (at % 3)
        assert read_label(margin + line, len(margin), told) == read_label(
            margin + line, len(margin), told_of(ROSTER)
        )


@given(
    surname=st.text("例示見本架空一番村長監査", min_size=1, max_size=4),
    given_name=st.text("太郎花子三", min_size=1, max_size=3),
    office=st.text("にぎわいづくり", min_size=1, max_size=8),
)
def test_whoever_the_roster_has_is_read_back(surname: str, given_name: str, office: str) -> None:
    office += "推進官"
    told = told_of(f"　{office}　　{surname}　{given_name}君\n")
    if (surname + given_name, office) not in told.pairs:
        return  # what is no name in any roster
    label = read_label(f"{surname}{given_name}{office}　お答えします。", 0, told)
    assert label is not None
    assert (label.name, label.office) == (surname + given_name, office)
