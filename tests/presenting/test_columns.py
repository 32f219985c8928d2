"""Every cell is of the type that its column names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from answers.claim import Claim
from answers.corrections import Corrected
from answers.search import SearchAnswer, SearchHit
from answers.trend import Per, Point, Series, TrendAnswer
from indexer.query import By, Match, Measure
from kazami.document import Kind, Stance
from kazami.fields import TEXT_FIELDS
from kazami.periods import Every, period_of
from presenting import search, trend
from presenting.columns import Column, values_of

HIT = SearchHit(
    id="reiji:1#1",
    document="reiji:1",
    body="102032",
    body_name="群馬県桐生市",
    kind=Kind.MINUTES,
    title="令和4年第1回定例会",
    date=date(2022, 3, 1),
    fields=dict.fromkeys(TEXT_FIELDS, "８番"),
    stance=Stance.ANSWER,
    page=3,
    text="検討します。",
    snippet="検討します。",
    marks=(),
    url="https://reiji.example/",
    citation="桐生市",
    score=1.5,
    passages=2,
    missing=None,
    pass_on=False,
    corrected=(Corrected("speaker", "例示", "８番"),),
)
POINT = Point(
    period=period_of(date(2022, 3, 1), Every.YEAR),
    count=1,
    total=2,
    rate=0.5,
    partial=False,
    no_data=False,
)
CLAIM = Claim(
    documents=1,
    passages=2,
    bodies=1,
    bodies_of=1788,
    diet=False,
    invented=0,
    since=date(2022, 3, 1),
    until=date(2022, 3, 1),
    match=Match.WORD,
    not_searched=(),
)


ANSWER = SearchAnswer(query="防災", total=1, documents=1, hits=(HIT,), lost=(), claim=CLAIM)
TREND = TrendAnswer(
    every=Every.YEAR,
    measure=Measure.PASSAGES,
    per=Per.SHARE,
    by=By.KIND,
    series=(Series(query="防災", group="minutes", points=(POINT,)),),
    claim=CLAIM,
)


def test_a_hit_fills_its_columns_with_what_they_name() -> None:
    columns: tuple[Column[SearchHit], ...] = search._columns(True)
    for column, value in zip(columns, values_of(columns, HIT), strict=True):
        assert type(value) is column.type, column.name


def test_the_codes_of_bodies_and_prefectures_are_codes_in_csv() -> None:
    assert ',"=""102032""",' in search.as_csv(ANSWER, grouped=False)
    for by, group, written in (
        (By.BODY, "011002", ',"=""011002""",'),
        (By.PREFECTURE, "01", ',"=""01""",'),
        (By.SEAT, "01", ",01,"),
    ):
        series = Series(query="防災", group=group, points=(POINT,))
        assert written in trend.as_csv(replace(TREND, by=by, series=(series,)))
        assert f'"group": "{group}"' in trend.as_json(replace(TREND, by=by, series=(series,)))


def test_a_point_fills_its_columns_with_what_they_name() -> None:
    row = (TREND, TREND.series[0], POINT)
    for column, value in zip(trend._COLUMNS, values_of(trend._COLUMNS, row), strict=True):
        assert type(value) is column.type, column.name
