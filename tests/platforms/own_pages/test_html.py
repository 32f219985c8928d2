"""HTML sittings of bodies' own pages: lines, marks, speakers by selectors, closings."""

from __future__ import annotations

from typing import Any

import pytest
from lxml.html import document_fromstring

from crawler.page import Found, Page, PageChanged
from crawler.platforms.own_pages import html as html_minutes
from crawler.platforms.own_pages.documents import title_of
from crawler.reading.html_lines import lines
from kazami.document import Stance

HOST = "https://www.town.reiji.lg.jp"
URL = f"{HOST}/kaigiroku/1.html"
OPTIONS = {"documents": [f"{HOST}/kaigiroku/*.html"]}
DAY = ["令和6年", "第1回定例会 第1号（3月4日）"]


def read(body: str, named: list[str] | None = None, **options: Any) -> Found:
    page = Page(URL, f'<html><meta charset="utf-8"><body>{body}</body></html>'.encode())
    (found,) = html_minutes.parse_document(
        page,
        options={**OPTIONS, **options},
        home=f"{HOST}/kaigiroku/",
        named=named or DAY,
        key="/kaigiroku/1.html",
    )
    assert isinstance(found, Found)
    return found


def voices(found: Found) -> list[tuple[str | None, str | None, Stance | None, str]]:
    return [(p.speaker, p.role, p.stance, p.text) for p in found.passages]


def test_lines_end_where_a_reader_sees_them_end() -> None:
    html = (
        "<div>一\n二<br>三<p>四</p>五<table><tr><td>六</td><td>七</td></tr></table>"
        "<pre>八\n　九</pre>十<!-- 注 --><script>x</script><ruby>漢<rt>かん</rt></ruby></div>"
    )
    said = [line for line in lines(document_fromstring(html)).split("\n") if line]
    assert said == ["一二", "三", "四", "五", "六", "七", "八", "\u3000九", "十漢"]


@pytest.mark.parametrize("mark", ["○", "〇", "◯", "◎", "●"])
def test_any_mark_before_everybody_means_nothing_but_a_speaker(mark: str) -> None:
    found = read(
        f"<p>{mark}議長（例示花子君）　開きます。</p><p>{mark}１番（例示太郎君）　伺います。</p>"
        f"<p>{mark}町長（例示次郎君）　お答えします。</p>"
    )
    assert voices(found) == [
        ("例示花子", "議長", Stance.CHAIR, "開きます。"),
        ("例示太郎", "１番", Stance.QUESTION, "伺います。"),
        ("例示次郎", "町長", Stance.ANSWER, "お答えします。"),
    ]


def test_a_name_may_follow_the_office_without_brackets() -> None:
    found = read(
        "○議長　例示花子さん　開きます。<br>○１番　例示　太郎議員　伺います。<br>"
        "○副町長　例示次郎君　お答えします。<br>○議長　暫時休憩します。"
    )
    assert voices(found) == [
        ("例示花子", "議長", Stance.CHAIR, "開きます。"),
        ("例示太郎", "１番", Stance.QUESTION, "伺います。"),
        ("例示次郎", "副町長", Stance.ANSWER, "お答えします。"),
        (None, "議長", Stance.CHAIR, "暫時休憩します。"),
    ]


def test_the_closing_is_no_one_s_words() -> None:
    found = read(
        "○議長（例示花子君）　散会します。<p>　地方自治法第123条第2項の規定により署名する。</p>"
        "<p>議長　例示花子</p>"
    )
    assert found.passages[-1].text == "散会します。"
    assert found.front_matter.endswith("署名する。\n\n議長\u3000例示花子")


def test_what_is_only_a_mark_and_a_speaker_is_no_passage() -> None:
    found = read("○議長（例示花子君）　<br>○１番（例示太郎君）　はい。")
    assert [(passage.key, passage.role) for passage in found.passages] == [("1", "１番")]
    with pytest.raises(PageChanged, match="utterances that begin"):
        read("○議長（例示花子君）　")


@pytest.mark.parametrize(
    ("named", "title"),
    [
        (["会議録", "令和6年", "第1回定例会", "3月4日"], "令和6年 第1回定例会 3月4日"),
        (["会議録", "令和6年第1回定例会（第1号）"], "令和6年第1回定例会（第1号）"),
        (["令和6年会議録", "総務委員会", "会議録"], "令和6年会議録 総務委員会 会議録"),
        (["会議録", "1日目"], "1日目"),
        (["会議録", ""], "会議録"),
        ([""], "会議録"),
    ],
)
def test_a_title_says_the_year_and_the_meeting(named: list[str], title: str) -> None:
    assert title_of(named) == title
