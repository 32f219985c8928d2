"""A trend as text, JSON and CSV, from invented answers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from answers.claim import Claim
from answers.trend import Per, Point, Series, TrendAnswer
from indexer.query import By, Filters, Measure, Readings
from kazami.document import Stance
from kazami.periods import Every, period_of
from presenting.trend import as_csv, as_json, series_names
from search_cli.layout.trend import as_text
from search_cli.terminal import PLAIN, Style


def point(year: int, count: int, total: int, *, per: float = 1, **flags: bool) -> Point:
    return Point(
        period=period_of(date(year, 4, 1), Every.FISCAL_YEAR),
        count=count,
        total=total,
        rate=count / total * per if total else None,
        partial=flags.get("partial", False),
        no_data=not total,
    )


Answer = Callable[..., TrendAnswer]


@pytest.fixture
def answer(claim: Claim) -> Answer:
    """Four fiscal years of one query; anything else can be given."""
    found = TrendAnswer(
        every=Every.FISCAL_YEAR,
        measure=Measure.PASSAGES,
        per=Per.SHARE,
        by=None,
        series=(
            Series(
                query="ＤＸ",
                group=None,
                points=(
                    point(2019, 0, 1000),
                    point(2020, 0, 0),
                    point(2021, 10, 2000),
                    point(2022, 10, 1000, partial=True),
                ),
            ),
        ),
        claim=claim,
    )
    return lambda **changes: replace(found, **changes)


def test_the_table_has_a_row_per_period_with_count_total_rate_and_bar(answer: Answer) -> None:
    assert as_text(answer(), Filters(), PLAIN).splitlines() == [
        "年度別の発言数（全発言に占める割合）",
        "",
        "「ＤＸ」  20",
        "期間        発言数  全発言   割合",
        "令和元年度       0   1,000  0.00%",
        "令和2年度   データなし",
        "令和3年度       10   2,000  0.50%  ████████████████████",
        "令和4年度       10   1,000  1.00%  ████████████████████████████████████████ 途中",
        "",
        "検索対象: 1団体 / 1,788団体 · 468会議 · 128,393発言 · 2019-06-03〜2022-05-19",
    ]


def test_a_silent_period_is_a_zero_and_one_without_documents_is_not(answer: Answer) -> None:
    lines = as_text(answer(), Filters(), PLAIN).splitlines()
    assert lines[4].split() == ["令和元年度", "0", "1,000", "0.00%"]
    assert lines[5].split() == ["令和2年度", "データなし"]


def test_the_bars_follow_the_counts_where_nothing_is_divided(answer: Answer) -> None:
    rows = as_text(answer(per=Per.NONE), Filters(), PLAIN).splitlines()
    assert rows[6].count("█") == rows[7].count("█") == 40
    assert "%" not in "".join(rows)


def test_the_bars_of_all_series_have_one_scale(answer: Answer) -> None:
    weak = Series(query="学び直し", group=None, points=(point(2021, 1, 2000),))
    both = answer(series=(*answer().series, weak))
    line = next(line for line in as_text(both, Filters(), PLAIN).splitlines() if " 1   " in line)
    assert line.count("█") == 2


def test_what_is_found_is_never_drawn_as_nothing(answer: Answer) -> None:
    few = answer(
        series=(Series(query="ＤＸ", group=None, points=(point(2021, 1, 9999), point(2022, 9, 9))),)
    )
    assert "▏" in as_text(few, Filters(), PLAIN)


def test_the_table_fits_a_narrow_terminal(answer: Answer) -> None:
    from rich.cells import cell_len

    text = as_text(answer(), Filters(), Style(width=60))
    assert max(cell_len(line) for line in text.splitlines()[:8]) <= 60


def test_the_filters_are_told(answer: Answer) -> None:
    filters = Filters(
        prefectures=frozenset({"10"}), stances=frozenset({Stance.ANSWER}), since=date(2019, 4, 1)
    )
    assert "絞り込み: 群馬県 · 答弁 · 2019-04-01から" in as_text(answer(), filters, PLAIN)


def test_nothing_collected_is_told_from_nothing_said(answer: Answer, claim: Claim) -> None:
    empty = replace(
        claim, documents=0, passages=0, bodies=0, since=None, until=None, not_searched=("102059",)
    )
    text = as_text(answer(claim=empty, series=()), Filters(), PLAIN)
    assert "収集されていません" in text
    assert "未収集: 群馬県太田市" in text


@pytest.mark.parametrize(
    ("reading", "doubtful", "says"),
    [
        (Readings.ALL, 0, "468会議 ·"),
        (Readings.ALL, 1200, "468会議（うち読み取りに疑義 1,200件） ·"),
        (Readings.SOUND, 0, "468会議（読み取りに疑義のある0件を除く） ·"),
        (Readings.SOUND, 3, "468会議（読み取りに疑義のある3件を除く） ·"),
    ],
)
def test_the_claim_says_how_many_readings_are_in_doubt(
    answer: Answer, claim: Claim, reading: Readings, doubtful: int, says: str
) -> None:
    said = answer(claim=replace(claim, reading=reading, doubtful=doubtful))
    assert says in as_text(said, Filters(), PLAIN).splitlines()[-1]
    shown = "絞り込み: 読み取りに疑義なし" in as_text(said, Filters(reading=reading), PLAIN)
    assert shown is (reading is Readings.SOUND)


def test_all_left_out_as_doubtful_is_told_from_nothing_collected(
    answer: Answer, claim: Claim
) -> None:
    left_out = replace(claim, documents=0, passages=0, bodies=0, reading=Readings.SOUND, doubtful=3)
    text = as_text(answer(claim=left_out, series=()), Filters(reading=Readings.SOUND), PLAIN)
    assert "この条件の文書（3件）はどれも読み取りに疑義があり、除かれました" in text
    assert "（--reading all で数えます）。" in text
    assert "収集されていません" not in text


@pytest.mark.parametrize(
    ("by", "group", "name"),
    [
        (By.PREFECTURE, "10", "群馬県"),
        (By.PREFECTURE, "00", "国会"),
        (By.BODY, "102032", "群馬県桐生市"),
        (By.BODY, "999999", "999999"),
        (By.KIND, "minutes", "会議録"),
        (By.STANCE, "answer", "答弁"),
        (By.STANCE, "", "（不明）"),
        (By.ROLE, "総務\x1b[1m部長", "総務部長"),
        (By.ROLE, "", "（役職なし）"),
    ],
)
def test_groups_have_japanese_names(answer: Answer, by: By, group: str, name: str) -> None:
    grouped = answer(by=by, series=(Series(query="ＤＸ", group=group, points=()),))
    assert series_names(grouped) == [name]


def test_json_has_exactly_the_promised_keys(answer: Answer) -> None:
    value = json.loads(as_json(answer()))
    assert set(value) == {
        *("schema", "measure", "per", "every", "by", "series", "claim", "longer_words")
    }
    assert set(value["series"][0]) == {"query", "group", "points"}
    assert value["series"][0]["points"][1] == {
        "period": "FY2020",
        "start": "2020-04-01",
        "end": "2021-03-31",
        "count": 0,
        "total": 0,
        "rate": None,
        "partial": False,
        "no_data": True,
    }
    assert value["series"][0]["points"][3]["partial"] is True
    assert value["claim"]["bodies_of"] == 1788
    assert value["claim"]["since"] == "2019-06-03"


def test_csv_has_a_row_per_point(answer: Answer) -> None:
    grouped = answer(
        by=By.STANCE,
        series=(Series(query="=ＤＸ", group="answer", points=answer().series[0].points),),
    )
    rows = list(csv.DictReader(io.StringIO(as_csv(grouped).removeprefix("\ufeff"))))
    assert len(rows) == 4
    assert rows[2] == {
        "query": "'=ＤＸ",
        "group": "answer",
        "group_name": "答弁",
        "measure": "passages",
        "per": "share",
        "period": "FY2021",
        "start": "2021-04-01",
        "end": "2022-03-31",
        "count": "10",
        "total": "2000",
        "rate": "0.005",
        "partial": "false",
        "no_data": "false",
        "reading": "all",
        "doubtful": "0",
    }
    assert rows[1]["rate"] == ""
