from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazami import line_breaks
from kazami.line_breaks import soft_breaks

_SPEECH = (
    "　それでは、本市の人口減少対策についてお答えいたします。まず、若い世代の移住と定住を促すため、"
    "住宅の取得を支援してまいりました。次に、リスキリングの講座を開き、学び直しを望む方々を支えており"
    "ます。今後も関係機関と連携しながら、デジタル人材の育成に取り組んでまいりたいと考えております。"
)


def joined(text: str) -> str:
    for start, end in reversed(soft_breaks(text)):
        text = text[:start] + text[end:]
    return text


@pytest.mark.parametrize(
    "cut",
    [
        "本市では、リスキ\nリングを進めます。",
        "リスキ\nリングを進めます。",
        "本市は、人口減\n少対策を急ぎます。",
        "　本市の人口減\n少対策を急ぎます。",
        "デジタル人材を\n育成するため、講座を開きます。",
        "本市では、ＤＸ人\r\n材を育成します。",
        "事業を行\nってまいります",
        "本市は、ＤＸの\n推進とデジタル人材の\n育成を急ぎます。",
        "国は、平成３\n０年に法を改めました。",
        "特別委員会\nを設置いたします。",
    ],
)
def test_a_break_inside_a_sentence_is_joined(cut: str) -> None:
    assert joined(cut) == cut.replace("\r", "").replace("\n", "")


@pytest.mark.parametrize("width", [16, 20, 26, 33, 40])
def test_a_speech_cut_at_a_fixed_width_is_whole_again(width: int) -> None:
    lines = [_SPEECH[at : at + width] for at in range(0, len(_SPEECH), width)]
    whole = joined("\n".join(lines))
    for word in (
        "人口減少",
        "リスキリング",
        "学び直し",
        "関係機関",
        "デジタル人材",
        "連携しながら",
    ):
        assert word in whole


@pytest.mark.parametrize(
    "layout",
    [
        "ただいまの出席議員は25名であります。\n　　直ちに会議を開きます。",
        "次のとおり指名いたします、\n　　　　例示　一郎　議員",
        "委員長例示　一郎君\n副委員長仮名　花子君\n理事見本　次郎君",
        "議事日程第１号\n日程第１　会議録署名議員の指名\n日程第２　会期の決定",
        "日程第１　会議録署名議員の指名\n会議録署名議員は、議長が指名します。",
        "報告事項\n１　森林の整備について、御説明します。",
        "意見書、決議について\n継続案件について\n会議順序について",
        "……と考えております、以上\n（拍手）",
        "答弁は以上、終わり\n〔市長登壇〕",
        "受託先、日数\n┌───┐\n│例示市│",
        "例示　一郎　　　仮名　花子、\n見本　次郎　　　架空　三郎",
        "要望いたします。\n記\n１　予算を確保すること。",
        "先ほどの件ですが、次に\n\n別の件をお尋ねします。",
        "アドレスは、https://www.city.reiji\nexample です。",
        "条文は、次のとおりです\n第３条　市長は、これを行う。",
    ],
)
def test_a_break_between_lines_of_the_layout_stays(layout: str) -> None:
    assert soft_breaks(layout) == []


@given(st.text(alphabet="本ー1\u200b\n\r 　\t│") | st.text())
def test_what_the_first_look_passes_over_has_no_break_between_letters(text: str) -> None:
    if not re.search(line_breaks._NOT_SET_IN, text):
        assert not re.search(line_breaks._MAYBE_SOFT, text, re.DOTALL)


@given(st.text(alphabet="本市の、。リスー（ 　\n\r１ab│"))
def test_only_line_breaks_are_cut_out(text: str) -> None:
    last = 0
    for start, end in soft_breaks(text):
        assert last <= start < end
        assert text[start:end] in ("\n", "\r", "\r\n")
        last = end


def test_a_hundred_thousand_short_lines_take_no_second_each() -> None:
    text = "本市は、人口減\n少対策を急ぎ\n" * 50_000
    started = time.perf_counter()
    assert len(soft_breaks(text)) == 99_999
    assert time.perf_counter() - started < 10
