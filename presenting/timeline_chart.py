"""A timeline as a picture: the Vega-Lite specification of its points on a line of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from answers.timeline import Event, EventKind, TimelineAnswer
from presenting.chart import COLOURS, FONT, GREY, INK, LIGHT, TICKS, WIDTH, foot
from presenting.claim import nothing_searched
from presenting.safe_text import cut, one_line
from presenting.timeline import EVENTS

_ROW = 46
_MARGIN = 24
"""Pixels before the first and behind the last point."""
_TENDER = (EventKind.PLANNED, EventKind.NOTICE, EventKind.CORRECTION)
_ENDED = (EventKind.CANCELLED, EventKind.FAILED, EventKind.AWARD)
_ROWS: tuple[tuple[str, tuple[EventKind, ...]], ...] = (
    ("質問", (EventKind.QUESTION,)),
    ("答弁", (EventKind.ANSWER,)),
    ("その他の発言", (EventKind.MENTION,)),
    ("お知らせ", (EventKind.ANNOUNCEMENT,)),
    ("入札公告", _TENDER),
    ("結果", _ENDED),
)
_NAMES = {kind: name for name, kinds in _ROWS for kind in kinds}


def timeline_chart(answer: TimelineAnswer, source: Sequence[str]) -> dict[str, Any]:
    """A row for each sort of event that there is; the first mention is named."""
    rows = [name for name, kinds in _ROWS if any(e.kind in kinds for e in answer.dated)]
    points = [_point(event) for event in answer.dated]
    colours = [COLOURS[place] for place, (name, _) in enumerate(_ROWS) if name in rows]
    x = {
        "field": "day",
        "type": "temporal",
        "title": None,
        "scale": {"padding": _MARGIN},
        "axis": {"grid": True, "gridColor": LIGHT, "labelOverlap": "greedy", **_ticks(answer)},
    }
    y = {
        "field": "row",
        "type": "nominal",
        "sort": rows,
        "title": None,
        "axis": {"labelFontSize": 13, "labelColor": INK, "grid": True, "ticks": False},
    }
    colour = {
        "field": "row",
        "type": "nominal",
        "scale": {"domain": rows, "range": colours},
        "legend": None,
    }
    size = {
        "field": "passages",
        "type": "quantitative",
        "scale": {"domain": [1, 10], "range": [70, 320], "clamp": True},
        "legend": None,
    }
    named = {
        "mark": {"type": "text", "align": "left", "dx": 9, "dy": -11, "fontSize": 12},
        "transform": [{"filter": "datum.label != ''"}],
        "encoding": {"x": x, "y": y, "text": {"field": "label"}, "color": {"value": INK}},
    }
    dots = {
        "mark": {"type": "point", "filled": True, "opacity": 0.85},
        "encoding": {"x": x, "y": y, "color": colour, "size": size},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "padding": {"left": 24, "right": 28, "top": 20, "bottom": 16},
        "title": _title(answer),
        "vconcat": [
            {
                "width": WIDTH,
                "height": _ROW * max(len(rows), 1),
                "data": {"values": points},
                "layer": [dots, named],
            },
            foot(source),
        ],
        "config": {"font": FONT, "view": {"stroke": None}, "axis": {"labelColor": GREY}},
    }


def _ticks(answer: TimelineAnswer) -> dict[str, object]:
    """About a dozen months or years that are named below the line."""
    days = [event.day for event in answer.dated if event.day is not None]
    months = 1 + (max(days) - min(days)).days // 30 if days else 1
    if months > 12 * TICKS:
        step = -(-months // (12 * TICKS))
        return {"format": "%Y", "tickCount": {"interval": "year", "step": step}}
    step = next(step for step in (1, 2, 3, 6, 12) if months <= step * TICKS)
    return {"format": "%Y-%m", "tickCount": {"interval": "month", "step": step}}


def _point(event: Event) -> dict[str, object]:
    assert event.day is not None  # it is dated
    return {
        "day": event.day.isoformat(),
        "row": _NAMES[event.kind],
        "passages": max(event.passages, 1),
        "label": _label(event),
    }


def _label(event: Event) -> str:
    """What is written beside the first mention and each award; nothing beside the others."""
    if event.kind is EventKind.AWARD and event.supplier:
        return cut(one_line(event.supplier), 24)
    return f"初出 {event.day}" if event.first else ""


def _title(answer: TimelineAnswer) -> dict[str, object]:
    count = len(answer.dated)
    counts = Counter(event.kind for event in answer.dated)
    told = [f"{word} {counts[kind]:,}" for kind, word in EVENTS.items() if counts[kind]]
    told = told or ["該当なし"]
    if not answer.claim.documents:
        told = [nothing_searched(answer.claim)]
    if undated := len(answer.events) - count:
        told.append(f"日付のない{undated:,}件は載せていません")
    return {
        "text": cut(f"{answer.body_name}「{one_line(answer.query)}」", 70),
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
