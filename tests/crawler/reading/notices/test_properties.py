"""What holds of every notice: no form of a day is misread, nothing is guessed, nothing raises."""

from __future__ import annotations

from datetime import date, time
from itertools import cycle, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.notices import (
    closing,
    kind_of_notice,
    read_award,
    read_planned,
    read_tender,
)
from kazami.dates import era_year
from tests.timing import LINEAR, growth

SEEN = date(2026, 6, 1)
DAYS = st.dates(date(2019, 5, 1), date(2033, 12, 31))
WIDE = str.maketrans("0123456789/.()", "０１２３４５６７８９／．（）")


def forms(day: date) -> list[str]:
    """Ways a notice prints a day."""
    year = era_year(day)
    first = "元" if year.year == 1 else str(year.year)
    weekday = "月火水木金土日"[day.weekday()]
    kanji = f"{year.era}{first}年{day.month}月{day.day}日"
    return [
        kanji,
        f"{kanji}（{weekday}）",
        f"{kanji}({weekday}曜日)",
        kanji.translate(WIDE),
        f"{year.era}　{first}年　{day.month}月 {day.day}日（{weekday}）",
        f"{year.letter}{year.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month:02}/{day.day:02}",
        f"{day:%Y-%m-%d}",
        f"{day.year}年(令和{first}年){day.month}月{day.day}日",
    ]


TIMES = {
    "": None,
    "17時必着": time(17),
    "午後5時15分まで": time(17, 15),
    " 正午": time(12),
    "　17:00": time(17),
    "午後５時半必着": time(17, 30),
    "まで（必着）": None,
    "までの午前9時から午後4時まで": time(16),
}
PAPERS = {
    "質問書の提出期限": "質問書",
    "入 札 書 受 付 締 切": "入札書",
    "参加表明書提出期限": "参加申請書",
    "企画提案書の受付期限": "提案書",
    "見積書の提出期限": "見積書",
}
NEIGHBOURS = st.lists(
    st.sampled_from(
        [
            "見本町役場2階 電話 000-2026-0601",
            "地方自治法（昭和22年法律第67号）第234条第1項の規定により公告する。",
            "設計図書の閲覧 令和8年1月5日から令和8年1月9日まで",
            "質問への回答 令和8年1月13日（火）",
            "平成23年4月1日から令和7年3月31日までの実績",
            "開庁時間は午前8時30分から午後5時15分まで",
            "更新日：2026年1月7日",
            "履行期間 契約締結日から令和10年3月31日まで",
            "",
        ]
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(
    DAYS,
    st.integers(0, 9),
    st.sampled_from(sorted(TIMES)),
    st.sampled_from(sorted(PAPERS)),
    NEIGHBOURS,
    NEIGHBOURS,
    st.sampled_from(["{label}　{day}", "{label}\t{day}", "{day}\t{label}", "{label}\n{day}"]),
)
def test_a_deadline_is_read_in_any_form_among_any_neighbours(
    day: date,
    form: int,
    hour: str,
    label: str,
    before: list[str],
    after: list[str],
    shape: str,
) -> None:
    row = shape.format(label=label, day=forms(day)[form] + " " * hour[:1].isdigit() + hour)
    facts = read_tender("見本業務", [*before, *row.split("\n"), *after], seen=SEEN)
    read = [(each.paper, each.day, each.time) for each in facts.deadlines]
    assert read == [(PAPERS[label], day, TIMES[hour])]
    assert all(each.begins is None for each in facts.deadlines)


@given(
    DAYS, st.integers(1, 60), st.integers(0, 9), st.sampled_from(["から", "～", "〜", "－", "→"])
)
def test_of_any_span_the_end_counts(first: date, length: int, form: int, mark: str) -> None:
    last = date.fromordinal(first.toordinal() + length)
    line = f"入札書の受付期間 {forms(first)[form]}{mark}{forms(last)[form]}"
    for blocks in ([line], line.replace(mark, f"{mark}\n").split("\n")):
        (only,) = read_tender("見本業務", blocks, seen=SEEN).deadlines
        assert (only.paper, only.begins, only.day) == ("入札書", first, last)


@settings(deadline=None)
@given(DAYS, st.integers(0, 9), st.integers(1, 6))
def test_a_day_of_the_week_that_disagrees_leaves_the_day_unknown(
    day: date, form: int, off: int
) -> None:
    wrong = "月火水木金土日"[(day.weekday() + off) % 7]
    line = f"入札書の提出期限 {day.year}年{day.month}月{day.day}日（{wrong}）"
    assert [each.day for each in read_tender("見本", [line], seen=SEEN).deadlines] == [None]


@settings(deadline=None)
@given(st.dates(date(2026, 7, 1), date(2026, 12, 31)), st.integers(1, 180))
def test_a_year_left_out_is_that_of_the_day_before(first: date, length: int) -> None:
    then = date.fromordinal(first.toordinal() + length)
    rows = [
        f"質問書の提出期限\t{first.year}年{first.month}月{first.day}日",
        f"入札書の提出期限\t{then.month}月{then.day}日",
    ]
    read = {each.paper: each.day for each in read_tender("見本", rows, seen=SEEN).deadlines}
    assert read == {"質問書": first, "入札書": then}
    (alone,) = read_tender("見本", rows[1:], seen=SEEN).deadlines
    assert alone.day is None


PIECES = [
    *(
        "令和8年6月1日",
        "６月１日",
        "6/1",
        "同月3日",
        "令和8年度3月19日",
        "（水）",
        "から",
        "～",
        "まで",
    ),
    *(
        "17時",
        "午後５時",
        "正午",
        "24:00",
        "9時から17時まで",
        "必着",
        "※１",
        "(1)",
        "①",
        "１ ",
        "。",
    ),
    *(
        "質問書",
        "入札書",
        "提出期限",
        "受付期間",
        "開札",
        "公告日",
        "更新日",
        "訂正前",
        "訂正後",
        "→",
    ),
    *(
        "予定価格",
        "1,234千円",
        "\\",
        "件名",
        "見本業務",
        "落札者",
        "不調",
        "第１四半期",
        "発注時期",
    ),
    *("\t", "\n", " | ", "　", "~~", "(", ")", "「", "」", "\u3000", "\u0000", "\udcff", "𠮷"),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_nothing_that_is_printed_raises(text: str) -> None:
    facts = read_tender(text[:40], [text], seen=SEEN, listed={"公告日": text[:20]})
    assert facts.published is None or facts.published.value is None or facts.published.value <= SEEN
    assert set(closing(facts.deadlines)) <= set(facts.deadlines)
    read_award(text[:40], [text], seen=SEEN)
    read_planned(text[:40], [text])
    kind_of_notice(text[:40], [text])


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    read_tender(text, text.split("\n"), seen=SEEN)
    read_award(text, text.split("\n"), seen=SEEN)
    kind_of_notice(text, [text])


LONG = {
    "sentences": "受注者は、次の各号に掲げる事項を守らなければならない。",
    "days": "令和8年6月1日から6月3日まで",
    "lines": "6月1日\n質問書の提出期限\n",
    "labels": "質問書及び企画提案書の提出期限",
    "figures": "1234567890",
    "blanks": "　 ",
    "brackets": "(（",
    "cells": "令和8年6月1日\t",
    "numbers": "(1)※1①",
    "struck": "~~6月1日~~",
    "names": "見本市制限付き一般競争入札",
}


@pytest.mark.parametrize("kind", sorted(LONG))
def test_four_times_the_text_takes_four_times_as_long(kind: str) -> None:
    unit = LONG[kind]

    def work(size: int) -> None:
        text = "".join(islice(cycle(unit), size))
        read_tender("見本", [text], seen=SEEN)
        read_award("見本の結果", [text], seen=SEEN)

    assert growth(work, 2_000) < LINEAR


def test_a_deadline_behind_fifty_pages_is_found() -> None:
    pages = ["質問１　仕様書第３条の解釈はどうか。回答　お見込みのとおり。" * 40] * 90
    assert sum(map(len, pages)) > 100_000
    facts = read_tender(
        "見本業務の公募型プロポーザル",
        [*pages, "企画提案書の提出期限 令和8年6月30日17時"],
        seen=SEEN,
    )
    assert [(each.paper, each.day, each.time) for each in facts.deadlines] == [
        ("提案書", date(2026, 6, 30), time(17))
    ]
