"""The picture of a trend."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from answers.claim import Claim
from answers.trend import Per, Point, Series, TrendAnswer
from indexer.query import By, Measure, Readings
from kazami.periods import Every, periods
from presenting.chart import COLOURS, FONT, chart
from presenting.plot import FONT_PACKAGE, write_plot

PNG = b"\x89PNG\r\n\x1a\n"
Draw = Callable[..., dict[str, Any]]


def series(query: str, counts: list[int | None], group: str | None = None) -> Series:
    """Years from 2020 of 1,000 passages each; None is a year without documents, the last runs."""
    years = list(periods(date(2020, 1, 1), date(2019 + len(counts), 12, 31), Every.YEAR))
    return Series(
        query=query,
        group=group,
        points=tuple(
            Point(
                period=year,
                count=count or 0,
                total=0 if count is None else 1000,
                rate=None if count is None else count / 1000,
                partial=year is years[-1],
                no_data=count is None,
            )
            for year, count in zip(years, counts, strict=True)
        ),
    )


@pytest.fixture
def answer(claim: Claim) -> TrendAnswer:
    return TrendAnswer(
        every=Every.YEAR,
        measure=Measure.PASSAGES,
        per=Per.SHARE,
        by=None,
        series=(series("リスキリング", [0, 5, None, 12, 4]),),
        claim=claim,
    )


def panels(spec: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = spec["vconcat"][0]["vconcat"]
    return found


def layer(spec: dict[str, Any], mark: str, number: int = 0) -> list[dict[str, Any]]:
    """The rows that the marks of this type are drawn from."""
    layers = [at for at in panels(spec)[0]["layer"] if at["mark"]["type"] == mark]
    rows: list[dict[str, Any]] = layers[number]["data"]["values"]
    return rows


def test_zeros_are_drawn_and_periods_without_documents_are_gaps(answer: TrendAnswer) -> None:
    spec = chart(answer, ["リスキリング"], [])
    assert [row["v"] for row in layer(spec, "line")] == [0, 0.5, None, 1.2]
    assert layer(spec, "rect") == [{"from": 1.5, "to": 2.5, "i": 2.0, "text": "データなし"}]


def test_a_partial_period_is_hollow_and_reached_by_a_dashed_line(answer: TrendAnswer) -> None:
    spec = chart(answer, ["リスキリング"], [])
    assert {row["i"] for row in layer(spec, "line", 1)} == {3, 4}
    assert [row["i"] for row in layer(spec, "point") if row["partial"]] == [4]
    assert "途中" in spec["title"]["subtitle"]


def test_kinds_have_no_volume_in_common(answer: TrendAnswer) -> None:
    kinds = [series("防災", [1, 2], group=kind) for kind in ("minutes", "tender")]
    one = replace(answer, by=By.KIND, series=tuple(kinds[:1]))
    several = replace(answer, by=By.KIND, series=tuple(kinds))
    assert len(panels(chart(one, ["会議録"], []))) == 2
    assert len(panels(chart(several, ["会議録", "入札公告"], []))) == 1


def test_the_volume_lies_below(answer: TrendAnswer) -> None:
    bars = panels(chart(answer, ["リスキリング"], []))[1]
    assert [row["total"] for row in bars["data"]["values"]] == [1000, 1000, 0, 1000, 1000]
    assert bars["encoding"]["y"]["title"] == "全発言"


def test_totals_that_overlap_are_not_added_up(answer: TrendAnswer) -> None:
    by_stance = replace(answer, measure=Measure.DOCUMENTS, by=By.STANCE)
    assert len(panels(chart(by_stance, ["答弁"], []))) == 1


@pytest.mark.parametrize(
    ("changes", "unit"),
    [
        ({}, "年別の割合（全発言に占める％）"),
        ({"per": Per.NONE}, "年別の発言数"),
        ({"per": Per.NONE, "measure": Measure.BODIES}, "年別の団体数"),
        (
            {"per": Per.MILLION_TOKENS, "measure": Measure.OCCURRENCES},
            "年別の100万語あたりの出現回数",
        ),
    ],
)
def test_the_subtitle_says_what_the_figures_are(
    answer: TrendAnswer, changes: dict[str, Any], unit: str
) -> None:
    assert chart(replace(answer, **changes), ["リスキリング"], [])["title"]["subtitle"].startswith(
        unit
    )


def test_of_many_series_the_largest_are_drawn_and_the_rest_is_told(answer: TrendAnswer) -> None:
    many = [series("ＤＸ", [n, n], str(n)) for n in range(10)]
    spec = chart(
        replace(answer, by=By.ROLE, series=tuple(many)), [f"役職{n}" for n in range(10)], []
    )
    assert {row["s"] for row in layer(spec, "line")} == {f"役職{n}" for n in range(3, 10)}
    assert "ほか3系列は省略" in spec["title"]["subtitle"]


def test_two_series_of_one_name_stay_two_lines(answer: TrendAnswer) -> None:
    twice = replace(answer, series=(series("同じ", [1, 2]), series("同じ", [3, 4])))
    spec = chart(twice, ["同じ", "同じ"], [])
    assert {row["s"] for row in layer(spec, "line")} == {"同じ", "同じ (2)"}


def test_a_point_between_gaps_has_a_dot_however_many_periods_there_are(
    answer: TrendAnswer,
) -> None:
    counts: list[int | None] = [1, 2, 3, None, 7, None] + [1] * 60
    spec = chart(replace(answer, series=(series("ＤＸ", counts),)), ["ＤＸ"], [])
    assert [row["i"] for row in layer(spec, "point")] == [4, 65]


def test_the_palette_is_safe_for_colour_blind_readers() -> None:
    okabe_ito = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"}
    assert set(COLOURS) <= okabe_ito


def test_png_and_svg_are_written(answer: TrendAnswer, tmp_path: Path) -> None:
    png, svg = tmp_path / "trend.png", tmp_path / "trend.SVG"
    write_plot(answer, ["リスキリング"], ["検索対象: 1団体"], png)
    write_plot(answer, ["リスキリング"], ["検索対象: 1団体"], svg)
    assert png.read_bytes().startswith(PNG)
    drawn = svg.read_text(encoding="utf-8")
    assert "「リスキリング」" in drawn
    assert "検索対象: 1団体" in drawn


def test_an_svg_names_fonts_that_other_machines_have(answer: TrendAnswer, tmp_path: Path) -> None:
    svg = tmp_path / "trend.svg"
    write_plot(answer, ["リスキリング"], [], svg)
    families = set(re.findall(r'font-family="([^"]*)"', svg.read_text(encoding="utf-8")))
    assert families == {FONT}
    assert "Hiragino Sans" in FONT
    assert FONT.endswith("sans-serif")


def test_different_kanji_give_different_pictures(answer: TrendAnswer, tmp_path: Path) -> None:
    # Without a Japanese font both would be the same empty boxes.
    pictures = []
    for word in ("学校", "防災"):
        file = tmp_path / f"{word}.png"
        write_plot(replace(answer, series=(series(word, [1]),)), [word], [], file)
        pictures.append(file.read_bytes())
    assert pictures[0] != pictures[1]


def test_the_font_comes_with_the_installation() -> None:
    assert files(FONT_PACKAGE).joinpath("NotoSansJP-Regular.otf").is_file()


def test_hostile_words_are_drawn_as_they_are(answer: TrendAnswer, tmp_path: Path) -> None:
    hostile = "'];alert(1)//</text><script>"
    svg = tmp_path / "trend.svg"
    write_plot(replace(answer, series=(series(hostile, [1, 2]),)), [hostile], [], svg)
    assert "<script>" not in svg.read_text(encoding="utf-8")


@pytest.mark.parametrize("every", list(Every))
@pytest.mark.parametrize("last", [date(2021, 4, 9), date(2022, 3, 9), date(2043, 4, 2)])
def test_any_length_and_any_period_can_be_drawn(
    answer: TrendAnswer, tmp_path: Path, every: Every, last: date
) -> None:
    points = tuple(
        Point(period=period, count=1, total=2, rate=0.5, partial=False, no_data=False)
        for period in periods(date(2021, 4, 1), last, every)
    )
    file = tmp_path / "trend.png"
    one = Series(query="ＤＸ", group=None, points=points)
    write_plot(replace(answer, every=every, series=(one,)), ["ＤＸ"], [], file)
    assert file.stat().st_size > 20_000


def test_no_series_at_all_is_a_picture_that_says_so(
    answer: TrendAnswer, claim: Claim, tmp_path: Path
) -> None:
    empty = replace(answer, series=(), claim=replace(claim, documents=0, passages=0))
    assert "収集されていません" in chart(empty, [], [])["title"]["subtitle"]
    doubted = replace(empty.claim, reading=Readings.SOUND, doubtful=3)
    title = chart(replace(empty, claim=doubted), [], [])["title"]["subtitle"]
    assert "（3件）はどれも読み取りに疑義があり、除かれました" in title
    write_plot(empty, [], ["検索対象: 0団体"], tmp_path / "trend.png")
