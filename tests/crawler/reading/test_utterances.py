from __future__ import annotations

import pytest

from crawler.reading.speakers import Speaker, plain_name, speaker_of
from crawler.reading.turns import turns
from crawler.reading.utterances import Entry, Misaligned, blocks, indented_turns, unmarked
from kazami.document import Stance

ROSTER = (
    "出席説明員\n　　企画経営部長　　　　架　空　二　郎　　副市長　　　見本　三郎\n　　総務部長"
)


@pytest.mark.parametrize(
    ("label", "speaker", "role", "stance"),
    [
        ("議長（例示花子君）", "例示花子", "議長", Stance.CHAIR),
        ("２番議員（例示太郎君）", "例示太郎", "２番議員", Stance.QUESTION),
        ("２２番（例示太郎議員）", "例示太郎", "２２番", Stance.QUESTION),
        ("市長（例示　太郎）", "例示太郎", "市長", Stance.ANSWER),
        ("（例示太郎議長）", "例示太郎", "議長", Stance.CHAIR),
        ("（例示　太郎議員）", "例示太郎", "議員", Stance.QUESTION),
        ("例示太郎副市長", "例示太郎", "副市長", Stance.ANSWER),
        ("例示花子教育委員", "例示花子", "教育委員", Stance.ANSWER),
        ("架空二郎企画経営部長", "架空二郎", "企画経営部長", Stance.ANSWER),
        ("例示太郎都市整備部長", "例示太郎", "都市整備部長", Stance.ANSWER),
        ("例示部長（見本課長事務取扱）", "例示部長（見本課長事務取扱）", None, Stance.ANSWER),
        ("例国務大臣", "例", "国務大臣", Stance.ANSWER),
        ("例示参考人", "例示", "参考人", Stance.OTHER),
        ("例示会長", "例示", "会長", Stance.CHAIR),
        ("例示協会会長", None, "例示協会会長", Stance.OTHER),
        ("例示太郎議会運営委員会委員長", "例示太郎", "議会運営委員会委員長", Stance.CHAIR),
        ("例示太郎君", "例示太郎", None, Stance.QUESTION),
        ("議長", None, "議長", Stance.CHAIR),
        ("総務部長", None, "総務部長", Stance.ANSWER),
        ("（例示太郎担当部長(会計管理者)）", "例示太郎担当部長(会計管理者)", None, Stance.ANSWER),
        ("議長　例示　太郎", "例示太郎", "議長", Stance.CHAIR),
        ("議長例示太郎君", "例示太郎", "議長", Stance.CHAIR),
        ("例示　太郎　議長", "例示太郎", "議長", Stance.CHAIR),
        ("３番　例示太郎議員", "例示太郎", "３番", Stance.QUESTION),
        ("３番例示太郎さん", "例示太郎", "３番", Stance.QUESTION),
        ("都市整備部長　例示太郎", "例示太郎", "都市整備部長", Stance.ANSWER),
        ("委員（例示（太）君）", "例示（太）", "委員", Stance.QUESTION),
    ],
)
def test_a_printed_label_is_read(
    label: str, speaker: str | None, role: str | None, stance: Stance
) -> None:
    who = speaker_of(label, ROSTER)
    assert (who.speaker, who.role) == (speaker, role)
    assert who.stance is stance


@pytest.mark.parametrize(
    ("printed", "name"),
    [("例　示　太　郎君", "例示太郎"), ("例示太郎さん", "例示太郎"), ("君", "君")],
)
def test_a_name_has_no_padding_and_no_courtesy(printed: str, name: str) -> None:
    assert plain_name(printed) == name


def entries(*labels: str) -> list[Entry]:
    return [Entry(100 * n, label, label != "議事日程") for n, label in enumerate(labels)]


def test_the_text_is_cut_at_the_announced_markers() -> None:
    text = (
        "前文\n○議事日程\n第１\n○（例示　花子議長）　開きます。\n\n〇１番（例示太郎議員）　はい。\n"
    )
    before, cut = blocks(text, entries("議事日程", "例示花子議長", "例示太郎議員"))
    assert before == "前文\n"
    assert [(each.marker, each.text.strip()) for each in cut] == [
        ("議事日程", "第１"),
        ("（例示　花子議長）", "開きます。"),
        ("１番（例示太郎議員）", "はい。"),
    ]


def test_a_label_is_not_the_beginning_of_a_longer_one() -> None:
    text = "○例示議長職務代理者　開きます。\n○例示議長　続けます。\n"
    before, [block] = blocks(text, entries("例示議長"))
    assert before == "○例示議長職務代理者　開きます。\n"
    assert block.text.strip() == "続けます。"


def test_a_list_with_circles_belongs_to_the_speech() -> None:
    text = "○議長（例示）　次の件です。\n○議案第１号\n○議案第２号（追加）\n"
    _, [block] = blocks(text, entries("議長（例示）"))
    assert block.text.count("○") == 2


def test_a_page_that_turns_inside_a_speech_counts_for_the_next() -> None:
    text = '<PAGE="4">\n○議長（甲乙）　一\n<PAGE="5">\n二\n<PAGE="6">三\n○市長（丙丁）　四\n'
    _, cut = blocks(text, entries("議長（甲乙）", "市長（丙丁）"))
    assert [(each.page, each.text.strip()) for each in cut] == [(4, "一\n二\n三"), (6, "四")]


@pytest.mark.parametrize(
    "text",
    [
        "○議長（例示）　一\n",
        "○市長（見本）　二\n○議長（例示）　一\n",
        "○議長（例示）　一\n○副市長（架空）　割り込み\n○市長（見本）　二\n",
    ],
    ids=["one is missing", "another order", "one too many"],
)
def test_a_text_that_does_not_fit_the_list_is_refused(text: str) -> None:
    with pytest.raises(Misaligned):
        blocks(text, entries("議長（例示）", "市長（見本）"))


def test_lines_that_begin_with_a_mark_and_a_speaker_are_turns() -> None:
    text = (
        "委員会記録\n〇出席委員（５人）\n○議案第１号（追加）\n"
        "○例示花子委員長　開きます。\n○議案第２号　次の件\n"
        "◆見本太郎委員　伺います。\n　二行目\n"
        "◎（架空次郎君）　お答えします。\n○休憩（１０時５９分）\n"
        "〇参考人（仮名三郎）　申し上げます。\n"
        "○議長（例　示　花　子君）\n　閉じます。\n"
    )
    before, cut = turns(text)
    assert before == "委員会記録\n〇出席委員（５人）\n○議案第１号（追加）\n"
    assert [(turn.mark, turn.label, turn.text) for turn in cut] == [
        ("○", "例示花子委員長", "開きます。\n○議案第２号　次の件"),
        ("◆", "見本太郎委員", "伺います。\n　二行目"),
        ("◎", "（架空次郎君）", "お答えします。\n○休憩（１０時５９分）"),
        ("〇", "参考人（仮名三郎）", "申し上げます。"),
        ("○", "議長（例　示　花　子君）", "閉じます。"),
    ]


def test_a_speaker_alone_on_a_line_above_what_is_indented_is_a_turn() -> None:
    text = (
        "△《委員会記録》\n\n委員会名\n総務委員会\n\n５　同上質疑\n\n"
        "例示(花)委員\n　伺います。\n\n　次に、\n財政課長\n　ただいまの件、\n\n６　採決\n　可決\n"
    )
    cut = indented_turns(text)
    assert (
        cut.front == "△《委員会記録》\n\n委員会名\n総務委員会\n\n５　同上質疑\n\n６　採決\n　可決"
    )
    assert [(turn.label, turn.text) for turn in cut.turns] == [
        ("例示(花)委員", "伺います。\n\n　次に、"),
        ("財政課長", "ただいまの件、"),
    ]


@pytest.mark.parametrize(
    ("line", "label", "text"),
    [
        ("○例示太郎君　伺います。", "例示太郎君", "伺います。"),
        ("○例示　太郎君　伺います。例示君", "例示　太郎君", "伺います。例示君"),
        ("○例示太郎君　架空次郎君　どうぞ。", "例示太郎君", "架空次郎君　どうぞ。"),
        ("○例示（太）計画課長　はい。", "例示（太）計画課長", "はい。"),
        ("○例示（太）委員　伺います。", "例示（太）委員", "伺います。"),
        ("○議長（例示花子君）これより", "議長（例示花子君）", "これより"),
    ],
)
def test_a_bare_or_padded_name_begins_a_turn(line: str, label: str, text: str) -> None:
    before, [turn] = turns(f"開議\n{line}\n")
    assert (before, turn.label, turn.text) == ("開議\n", label, text)


def test_what_only_resembles_a_marker_begins_none() -> None:
    for line in ("〇七年版ですが、例示君　と", "○議案（例示の件）につき", "○出席議員（六十七名）"):
        assert turns(line) == (line, ())


def test_a_text_without_marks_has_no_turns() -> None:
    assert turns("") == ("", ())
    assert turns("１　開会\n２　閉会\n") == ("１　開会\n２　閉会\n", ())
    nobody = indented_turns("１　開会\n\n２　閉会")
    assert (nobody.front, nobody.turns) == ("１　開会\n\n２　閉会", ())


def test_a_marker_is_taken_off_only_where_it_is_the_label_s() -> None:
    assert (
        unmarked("○議長（例示　花子君）　開きます。\n次", "議長（例示花子君）") == "開きます。\n次"
    )
    assert unmarked("○市長（見本太郎君）　はい。", "議長（例示花子君）") is None
    assert unmarked("開きます。", "議長") is None
    assert unmarked("", "議長") is None


@pytest.mark.parametrize(
    "marker",
    [
        "○議長（例示花子君）",
        "○議長（例　示　花　子）",
        "〇議長（例示花子議員）",
        "○（例示　花子議長）",
        "○例示花子議長",
        "○例示　花子議長",
        "○例示花子　議長",
        "○議長　例示花子君",
        "○議長例示花子さん",
        "○議長　例示　花子",
        "○議長 例示 花子",
    ],
)
def test_a_speaker_printed_in_several_ways_is_one(marker: str) -> None:
    text = f"○議長（例示花子君）　開きます。\n○市長（見本太郎君）　はい。\n{marker}　次の件です。\n"
    _, [first, _, last] = turns(text)
    assert (
        speaker_of(first.label)
        == speaker_of(last.label)
        == Speaker("例示花子", "議長", Stance.CHAIR)
    )
    assert last.text == "次の件です。"


def test_words_after_an_office_are_a_name_only_where_it_is_known() -> None:
    _, [first, second] = turns("○委員長　休憩　いたします。\n○見本委員　はい。\n")
    assert (first.label, first.text) == ("委員長", "休憩　いたします。")
    assert speaker_of("委員長職務代理者").speaker != "職務代理者"
    assert second.label == "見本委員"


def test_a_list_of_those_present_is_no_speech() -> None:
    text = "○出席議員　２６名\n○欠席議員　なし\n○出席　議員　別紙のとおり\n"
    assert turns(text) == (text, ())


@pytest.mark.parametrize(
    ("line", "speaker", "text"),
    [
        ("○議長　委員会を開きます。", None, "委員会を開きます。"),
        ("○議長（例示花子君）　例示太郎君　どうぞ。", "例示花子", "例示太郎君　どうぞ。"),
        ("○議長　それでは、例示太郎君　どうぞ。", None, "それでは、例示太郎君　どうぞ。"),
        ("○議長　例示議員　どうぞ。", None, "例示議員　どうぞ。"),
        ("○例示太郎委員　例示次郎委員　のとおりです。", "例示太郎", "例示次郎委員　のとおりです。"),
    ],
)
def test_a_name_that_somebody_calls_is_not_the_speaker_s(
    line: str, speaker: str | None, text: str
) -> None:
    _, [turn] = turns(line)
    assert turn.who is not None
    assert (turn.who.speaker, turn.text) == (speaker, text)
