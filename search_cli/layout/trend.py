"""A trend as text with bars."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from answers.questions import Filters, Measure
from answers.trend import Per, Point, Series, TrendAnswer
from kazami.dates import period_name
from presenting.claim import nothing_searched_line
from presenting.labels import BY, EVERY
from presenting.safe_text import one_line
from presenting.trend import foot, kinds_of, longer, measure_name, series_names
from presenting.units import measure_label, total_label
from search_cli.terminal import PLAIN_WIDTH, Style, pad

_EIGHTHS = " ▏▎▍▌▋▊▉"
_LONGEST_BAR = 40
_NO_DATA = "データなし"
_PARTIAL = "途中"


def as_text(answer: TrendAnswer, filters: Filters, style: Style) -> str:
    """Series below one another, a row per period; all bars are drawn to one scale."""
    what = [f"{EVERY[answer.every]}の{measure_name(answer)}"]
    if answer.by:
        asked = dict.fromkeys(one_line(series.query) for series in answer.series)
        what = ["・".join(f"「{query}」" for query in asked), *what, BY[answer.by]]
    lines = [style.faint(" · ".join(part for part in what if part))]
    if answer.claim.documents:
        points = [point for series in answer.series for point in series.points]
        values = [_value(point, answer.per) for point in points]
        top = max((value for value in values if value is not None), default=0)
        digits = _digits(points, answer.per)
        for name, series in zip(series_names(answer), answer.series, strict=True):
            table = _table(series, answer, top, digits, style)
            lines += ["", _heading(name, answer, series, style), *table]
    else:
        lines += ["", nothing_searched_line(answer.claim)]
    lines += ["", *longer(answer), *(style.faint(line) for line in foot(answer, filters))]
    return "\n".join(lines)


def _heading(name: str, answer: TrendAnswer, series: Series, style: Style) -> str:
    title = style.strong(name if answer.by else f"「{name}」")
    if answer.measure is Measure.BODIES:
        return title  # a body counts in every period, so that a sum would count it again
    return f"{title}  {sum(point.count for point in series.points):,}"


def _value(point: Point, per: Per) -> float | None:
    if point.no_data:
        return None
    return point.count if per is Per.NONE else point.rate


def rate_text(rate: float | None, per: Per, digits: int) -> str:
    """``0.123 %`` for a share, ``12.3`` per million tokens; - where nothing was said."""
    if rate is None:
        return "-"
    return f"{rate * 100:.{digits}f}%" if per is Per.SHARE else f"{rate:,.{digits}f}"


def _digits(points: Sequence[Point], per: Per) -> int:
    """Enough decimals for three significant digits of the highest rate."""
    highest = max((p.rate for p in points if p.rate is not None), default=0.0)
    highest *= 100 if per is Per.SHARE else 1
    digits = 0
    while digits < 4 and 0 < highest < 100:
        highest *= 10
        digits += 1
    return digits


def _table(series: Series, answer: TrendAnswer, top: float, digits: int, style: Style) -> list[str]:
    per = answer.per
    kinds = kinds_of(answer, series)
    header = ["期間", measure_label(answer.measure, kinds), total_label(answer.measure, kinds)]
    rows = [
        [period_name(p.period), f"{p.count:,}", f"{p.total:,}"]
        + ([rate_text(p.rate, per, digits)] if per is not Per.NONE else [])
        for p in series.points
    ]
    if per is not Per.NONE:
        header.append("割合" if per is Per.SHARE else "100万語あたり")
    widths = [max(map(cell_len, column)) for column in zip(header, *rows, strict=True)]
    columns = sum(widths) + 2 * len(widths)
    note = cell_len(_NO_DATA)
    bar = max(8, min(_LONGEST_BAR, (style.width or PLAIN_WIDTH) - columns - note - 1))
    lines = [style.faint(_joined(header, widths))]
    for point, row in zip(series.points, rows, strict=True):
        if point.no_data:
            lines.append(f"{pad(row[0], widths[0])}  {style.faint(_NO_DATA)}")
            continue
        drawn = _bar(_value(point, per) or 0, top, bar)
        partial = f" {style.warning(_PARTIAL)}" if point.partial else ""
        lines.append(f"{_joined(row, widths)}  {style.accent(drawn)}{partial}".rstrip())
    return lines


def _joined(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [pad(row[0], widths[0])]
    cells += [pad(c, w, right=True) for c, w in zip(row[1:], widths[1:], strict=True)]
    return "  ".join(cells)


def _bar(value: float, top: float, width: int) -> str:
    """A bar of ``value`` where ``top`` fills ``width``; anything above 0 can be seen."""
    if not value or not top:
        return ""
    eighths = max(1, round(value / top * width * 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
