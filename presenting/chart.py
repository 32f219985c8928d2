"""A trend as a chart: the Vega-Lite specification of its picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from answers.questions import By, Measure
from answers.trend import Per, Point, Series, TrendAnswer
from kazami.periods import Every
from presenting.claim import nothing_searched
from presenting.labels import BY, EVERY
from presenting.safe_text import cut, one_line
from presenting.trend import whole_name
from presenting.units import measure_label, total_label

Spec = dict[str, Any]

FONT = "Noto Sans JP, Hiragino Sans, Yu Gothic, Meiryo, Noto Sans CJK JP, sans-serif"
"""The first is installed with kazami; the others are for an SVG opened elsewhere."""
# Okabe and Ito's palette, which colour-blind readers can tell apart, without its yellow, which
# is too faint for a line on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right")
WIDTH, HEIGHT, VOLUME_HEIGHT = 860, 380, 70
INK, GREY, LIGHT, BAND = "#222222", "#6B6B6B", "#E3E6EA", "#F1EFE8"
TICKS = 12
"""About how many periods are named on the axis."""
DOTS = 40
"""Up to so many periods each point gets a dot."""


def chart(answer: TrendAnswer, names: Sequence[str], source: Sequence[str]) -> Spec:
    """The Vega-Lite specification: lines above, the volume they are drawn from below."""
    shown = _largest(answer.series, len(COLOURS))
    series = [answer.series[n] for n in shown]
    labels = _distinct([cut(one_line(names[n]), 40) for n in shown])
    rows = [_row(label, i, p, answer.per) for s, label in zip(series, labels, strict=True)
            for i, p in enumerate(s.points)]  # fmt: skip
    volume = _volume(answer) if _adds_up(answer) else []
    length = max((len(s.points) for s in series), default=0)
    below = bool(volume)
    panels = [_lines(answer, labels, rows, _gaps(series), length, name_periods=not below)]
    if below:
        panels.append(_bars(answer, volume, length))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "padding": {"left": 24, "right": 28, "top": 20, "bottom": 16},
        "title": _title(answer, names, len(answer.series) - len(shown)),
        "vconcat": [
            {"spacing": 40, "bounds": "flush", "vconcat": panels},
            foot(source),
        ],
        "spacing": 14,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "labelColor": GREY,
                "labelFontSize": 12,
                "titleColor": GREY,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "gridColor": "#ECECEC",
                "domainColor": "#9A9A9A",
                "tickColor": "#9A9A9A",
            },
        },
    }


def _title(answer: TrendAnswer, names: Sequence[str], left_out: int) -> Spec:
    queries = list(dict.fromkeys(one_line(s.query) for s in answer.series))
    heading = cut("・".join(f"「{query}」" for query in queries), 70)
    told = [f"{EVERY[answer.every]}の{unit(answer)}"]
    if answer.by:
        told.append(BY[answer.by])
    if left_out:
        told.append(f"件数の多い{len(COLOURS)}系列（ほか{left_out}系列は省略）")
    if not answer.claim.documents:
        told.append(nothing_searched(answer.claim))
    if _gaps(answer.series):
        told.append("網掛けはデータなし")
    if any(p.partial for s in answer.series for p in s.points):
        told.append("白抜き・破線は途中の期間")
    return {
        "text": heading,
        "subtitle": "　".join(told),
        "anchor": "start",
        "fontSize": 21,
        "fontWeight": "normal",
        "color": INK,
        "subtitleFontSize": 13,
        "subtitleColor": GREY,
        "subtitlePadding": 7,
        "offset": 18,
    }


def unit(answer: TrendAnswer) -> str:
    """What the figures are: 発言数の割合（％）, 100万語あたりの出現回数, 会議数 …"""
    measure = measure_label(answer.measure, answer.claim.kinds)
    match answer.per:
        case Per.SHARE:
            return f"割合（{whole_name(answer)}に占める％）"
        case Per.MILLION_TOKENS:
            return f"100万語あたりの{measure}"
        case _:
            return measure


def _value(point: Point, per: Per) -> float | None:
    if point.no_data:
        return None
    if per is Per.NONE:
        return point.count
    if point.rate is None:
        return None
    return point.rate * 100 if per is Per.SHARE else point.rate


def _row(label: str, index: int, point: Point, per: Per) -> Spec:
    return {"i": index, "s": label, "v": _value(point, per), "partial": point.partial}


def _largest(series: Sequence[Series], limit: int) -> list[int]:
    """The numbers of the ``limit`` series with the most found, in their own order."""
    by_count = sorted(range(len(series)), key=lambda n: -sum(p.count for p in series[n].points))
    return sorted(by_count[:limit])


def _distinct(labels: Sequence[str]) -> list[str]:
    """The labels, numbered where they are alike: a line is known by its label."""
    seen: dict[str, int] = {}
    distinct = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        distinct.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return distinct


def _adds_up(answer: TrendAnswer) -> bool:
    """Whether the groups' totals are parts of one whole: a meeting has many stances.

    Utterances and paragraphs are none: several kinds have no common volume.
    """
    if answer.by in (None, By.PREFECTURE, By.BODY):
        return True
    if answer.by is By.KIND:
        return len({series.group for series in answer.series}) < 2
    return answer.measure in (Measure.PASSAGES, Measure.OCCURRENCES)


def _volume(answer: TrendAnswer) -> list[Spec]:
    first = answer.series[0].query if answer.series else ""
    totals: dict[int, int] = {}
    for series in answer.series:
        if series.query == first:
            for i, point in enumerate(series.points):
                totals[i] = totals.get(i, 0) + point.total
    return [{"i": i, "total": total} for i, total in totals.items()]


def _gaps(series: Sequence[Series]) -> list[Spec]:
    """The runs of periods in which no series has any document."""
    length = min((len(s.points) for s in series), default=0)
    silent = [i for i in range(length) if all(s.points[i].no_data for s in series)]
    runs: list[list[int]] = []
    for i in silent:
        if runs and runs[-1][1] == i - 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    return [
        {"from": a - 0.5, "to": b + 0.5, "i": (a + b) / 2, "text": "データなし"} for a, b in runs
    ]


def _x(answer: TrendAnswer, length: int, *, named: bool) -> Spec:
    at, names = _ticks(answer, length)
    axis: Spec = {"grid": False, "title": None, "values": at, "labels": named, "ticks": named}
    if named:
        axis |= {"labelExpr": f"{names!r}[datum.value]", "labelFlush": False, "labelPadding": 6}
    scale = {"domain": [-0.5, max(length, 1) - 0.5], "nice": False, "zero": False}
    return {"field": "i", "type": "quantitative", "axis": axis, "scale": scale}


def _ticks(answer: TrendAnswer, length: int) -> tuple[list[int], list[list[str] | str]]:
    """Which periods are named below the axis, and the name of every period."""
    points = answer.series[0].points[:length] if answer.series else ()
    starts = [point.period.start for point in points]
    match answer.every:
        case Every.YEAR:
            names: list[list[str] | str] = [f"{day.year}年" for day in starts]
        case Every.FISCAL_YEAR:
            names = [f"{day.year}年度" for day in starts]
        case every:
            month = every is Every.MONTH
            short = [f"{d.month}月" if month else f"{d.month}–{d.month + 2}月" for d in starts]
            if length > 2 * TICKS:
                names = [f"{day.year}年" for day in starts]
                januaries = [i for i, day in enumerate(starts) if day.month == 1]
                return _thinned(januaries), names
            names = [
                [name, f"{day.year}年" if i == 0 or day.month == 1 else ""]
                for i, (name, day) in enumerate(zip(short, starts, strict=True))
            ]
            return list(range(length)), names
    return _thinned(list(range(length))), names


def _thinned(places: list[int]) -> list[int]:
    step = -(-len(places) // TICKS) if places else 1
    return places[::step]


def _lines(
    answer: TrendAnswer,
    labels: list[str],
    rows: list[Spec],
    gaps: list[Spec],
    length: int,
    *,
    name_periods: bool,
) -> Spec:
    x = _x(answer, length, named=name_periods)
    y: Spec = {
        "field": "v",
        "type": "quantitative",
        "title": _axis_title(answer),
        # Without anything found there is no scale to be derived: the line lies at its foot.
        "scale": {"zero": True} if any(row["v"] for row in rows) else {"domain": [0, 1]},
        "axis": {
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleX": 0,
            "titleY": -14,
            "tickCount": 5,
            "domain": False,
            "ticks": False,
            "format": ",~r",
            "tickMinStep": 1 if answer.per is Per.NONE else 0,
        },
    }
    count = len(labels)
    legend: Spec | None = None
    if count > 1:
        legend = {
            "title": None,
            "orient": "top",
            "labelFontSize": 13,
            "labelColor": INK,
            "labelLimit": 320,
            "symbolSize": 90,
            "symbolStrokeWidth": 2.5,
            "columns": 4,
            "offset": 12,
        }
    colour = {
        "field": "s",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": labels, "range": list(COLOURS[:count])},
        "legend": legend,
    }
    shape = {
        "field": "s",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": labels, "range": list(SHAPES[:count])},
        "legend": legend,
    }
    whole = [row for row in rows if not row["partial"]]
    dots = rows if length <= DOTS else [row for row in rows if _stands_alone(row, rows)]
    layers: list[Spec] = [
        {
            "data": {"values": gaps},
            "mark": {"type": "rect", "color": BAND},
            "encoding": {"x": x | {"field": "from"}, "x2": {"field": "to"}},
        },
        {
            "data": {"values": [gap for gap in gaps if gap["to"] - gap["from"] > length / 16]},
            "mark": {"type": "text", "color": "#8A8470", "fontSize": 12, "baseline": "top"},
            "encoding": {"x": x, "y": {"value": 8}, "text": {"field": "text"}},
        },
        {
            "data": {"values": whole},
            "mark": {
                "type": "line",
                "strokeWidth": 2.5,
                "strokeJoin": "round",
                "invalid": "break-paths-show-domains",
            },
            "encoding": {"x": x, "y": y, "color": colour},
        },
        {
            "data": {"values": _dashes(rows)},
            "mark": {"type": "line", "strokeWidth": 2, "strokeDash": [5, 4]},
            "encoding": {"x": x, "y": y, "color": colour, "detail": {"field": "segment"}},
        },
        {
            "data": {"values": [row for row in dots if row["v"] is not None]},
            "mark": {"type": "point", "size": 52, "strokeWidth": 2, "opacity": 1},
            "encoding": {
                "x": x,
                "y": y,
                "color": colour,
                "shape": shape,
                "fill": {
                    "condition": {"test": "datum.partial", "value": "white"},
                    **{k: v for k, v in colour.items() if k != "legend"},
                    "legend": None,
                },
            },
        },
    ]
    return {"width": WIDTH, "height": HEIGHT, "layer": layers}


def _axis_title(answer: TrendAnswer) -> str:
    match answer.per:
        case Per.SHARE:
            return "％"
        case Per.MILLION_TOKENS:
            return "回／100万語" if answer.measure is Measure.OCCURRENCES else "件／100万語"
        case _:
            return measure_label(answer.measure, answer.claim.kinds)


def _neighbours(row: Spec, rows: Sequence[Spec]) -> list[Spec]:
    return [r for r in rows if r["s"] == row["s"] and abs(r["i"] - row["i"]) == 1]


def _stands_alone(row: Spec, rows: Sequence[Spec]) -> bool:
    """Whether no line runs to the point, which would not be seen without a dot."""
    return row["partial"] or all(r["v"] is None for r in _neighbours(row, rows))


def _dashes(rows: Sequence[Spec]) -> list[Spec]:
    """The two ends of every line that leads to a partial period."""
    ends: list[Spec] = []
    for row in rows:
        if row["partial"] and row["v"] is not None:
            for other in _neighbours(row, rows):
                if other["v"] is not None:
                    segment = f"{row['s']}-{row['i']}-{other['i']}"
                    ends += [row | {"segment": segment}, other | {"segment": segment}]
    return ends


def _bars(answer: TrendAnswer, volume: list[Spec], length: int) -> Spec:
    return {
        "width": WIDTH,
        "height": VOLUME_HEIGHT,
        "data": {
            "values": [row | {"from": row["i"] - 0.4, "to": row["i"] + 0.4} for row in volume]
        },
        "mark": {"type": "rect", "color": "#B9C2CC"},
        "encoding": {
            "x": _x(answer, length, named=True) | {"field": "from"},
            "x2": {"field": "to"},
            "y": {
                "field": "total",
                "type": "quantitative",
                "title": total_label(answer.measure, answer.claim.kinds),
                "scale": {"zero": True},
                "axis": {
                    "titleAngle": 0,
                    "titleAlign": "left",
                    "titleAnchor": "end",
                    "titleX": 0,
                    "titleY": -12,
                    "tickCount": 2,
                    "grid": False,
                    "domain": False,
                    "ticks": False,
                    "format": ",~r",
                    "tickMinStep": 1,
                },
            },
            "y2": {"datum": 0},
        },
    }


def foot(source: Sequence[str]) -> Spec:
    """The lines below a picture: what it stands on."""
    lines = [{"y": 18 * n + 8, "text": one_line(line)} for n, line in enumerate(source)]
    return {
        "width": WIDTH,
        "height": 18 * len(lines),
        "data": {"values": lines},
        "mark": {"type": "text", "align": "left", "fontSize": 11, "color": GREY, "limit": WIDTH},
        "encoding": {
            "x": {"value": 0},
            "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
            "text": {"field": "text"},
        },
    }
