"""A trend for other programs, as JSON and CSV, and the names of what it counts."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date

from answers.questions import By, Filters, Measure
from answers.trend import Per, Point, Series, TrendAnswer, per_of
from kazami.document import Kind, Stance
from kazami.fields import TEXT_FIELDS
from kazami.periods import Every
from presenting.claim import claim_json, claim_line, filters_line
from presenting.columns import Code, Column, names_of, values_of
from presenting.export import to_csv, to_json
from presenting.labels import KINDS, STANCES
from presenting.longer_words import longer_json, longer_lines
from presenting.safe_text import one_line
from presenting.schema import VERSION
from presenting.units import measure_label, total_label


def group_name(by: By | None, group: str | None) -> str | None:
    """A group in Japanese: 群馬県, 群馬県桐生市, 会議録, 答弁, 市長; None without groups."""
    if by is None or group is None:
        return None
    match by:
        case By.PREFECTURE:
            from kazami.bodies import load_bodies

            return load_bodies().prefecture_name(group)
        case By.BODY:
            from kazami.bodies import load_bodies

            body = load_bodies().get(group)
            return body.full_name if body else group
        case By.KIND:
            return KINDS[Kind(group)]
        case By.STANCE:
            return STANCES[Stance(group)] if group else "（不明）"
        case _:  # a text field (kazami.fields)
            return one_line(group) or TEXT_FIELDS[by].absent


def series_names(answer: TrendAnswer) -> list[str]:
    """What each series is called: its query, its group, or both where there are several."""
    several = len({series.query for series in answer.series}) > 1
    names = []
    for series in answer.series:
        group = group_name(answer.by, series.group)
        query = one_line(series.query)
        names.append(query if group is None else f"{query} · {group}" if several else group)
    return names


def measure_name(answer: TrendAnswer) -> str:
    """What the figures are: 発言数, 発言数（全発言に占める割合）, 出現回数（100万語あたり）."""
    kinds = answer.claim.kinds
    name = measure_label(answer.measure, kinds)
    match answer.per:
        case Per.SHARE:
            return f"{name}（{whole_name(answer)}に占める割合）"
        case Per.MILLION_TOKENS:
            return f"{name}（100万語あたり）"
        case Per.NONE:
            return name


def whole_name(answer: TrendAnswer) -> str:
    """What a share is of: 全発言; of several kinds each has its own: 種類ごとの全発言・段落."""
    apart = "種類ごとの" if len(answer.claim.kinds) > 1 else ""
    return f"{apart}{total_label(answer.measure, answer.claim.kinds)}"


def foot(answer: TrendAnswer, filters: Filters) -> list[str]:
    """What was counted: the filters where there are any, and the claim; and what was not."""
    lines = (filters_line(filters), claim_line(answer.claim), *_not_counted(answer))
    return [line for line in lines if line]


def _not_counted(answer: TrendAnswer) -> Iterator[str]:
    claim = answer.claim
    if claim.undated and not claim.dated:
        yield f"日付のない{claim.undated:,}件は、どの期間にも入っていません。"
    textless = [
        KINDS[kind] for kind in Kind if kind in claim.kinds if not claim.by_kind[kind].passages
    ]
    if textless and answer.measure in (Measure.PASSAGES, Measure.OCCURRENCES):
        yield f"{'・'.join(textless)}には本文がありません。--measure documents は件名でも数えます。"


def kinds_of(answer: TrendAnswer, series: Series) -> Set[Kind]:
    """The kinds of documents that a series counts."""
    if answer.by is By.KIND and series.group is not None:
        return {Kind(series.group)}
    return answer.claim.kinds


def _group(by: By | None, group: str | None) -> str | None:
    return Code(group) if group and by in (By.PREFECTURE, By.BODY) else group


def longer(answer: TrendAnswer) -> list[str]:
    """What was not counted, and the command that does."""
    return longer_lines(answer.longer, "trend", *_options(answer))


def _options(answer: TrendAnswer) -> list[str]:
    """What was asked for beside the query and the filters, but for what is so anyway."""
    asked = [
        (answer.every, Every.YEAR),
        (answer.measure, Measure.PASSAGES),
        (answer.per, per_of(answer.measure, None)),
        (answer.by, None),
    ]
    names = ("every", "measure", "per", "by")
    return [
        part
        for name, (value, usual) in zip(names, asked, strict=True)
        if value is not None and value != usual
        for part in (f"--{name}", value.value)
    ]


_COLUMNS: tuple[Column[tuple[TrendAnswer, Series, Point]], ...] = (
    Column("query", str, lambda row: row[1].query),
    Column("group", str, lambda row: _group(row[0].by, row[1].group)),
    Column("group_name", str, lambda row: group_name(row[0].by, row[1].group)),
    Column("measure", str, lambda row: row[0].measure.value),
    Column("per", str, lambda row: row[0].per.value),
    Column("period", str, lambda row: row[2].period.label),
    Column("start", date, lambda row: row[2].period.start),
    Column("end", date, lambda row: row[2].period.end),
    Column("count", int, lambda row: row[2].count),
    Column("total", int, lambda row: row[2].total),
    Column("rate", float, lambda row: row[2].rate),
    Column("partial", bool, lambda row: row[2].partial),
    Column("no_data", bool, lambda row: row[2].no_data),
    Column("reading", str, lambda row: row[0].claim.reading.value),
    Column("doubtful", int, lambda row: row[0].claim.doubtful),
)
"""Of a row per series and period."""


def as_json(answer: TrendAnswer) -> str:
    return to_json(
        {
            "schema": VERSION,
            "measure": answer.measure.value,
            "per": answer.per.value,
            "every": answer.every.value,
            "by": answer.by and answer.by.value,
            "series": [
                {
                    "query": series.query,
                    "group": series.group,
                    "points": [
                        {
                            "period": p.period.label,
                            "start": p.period.start.isoformat(),
                            "end": p.period.end.isoformat(),
                            "count": p.count,
                            "total": p.total,
                            "rate": p.rate,
                            "partial": p.partial,
                            "no_data": p.no_data,
                        }
                        for p in series.points
                    ],
                }
                for series in answer.series
            ],
            "claim": claim_json(answer.claim),
            "longer_words": longer_json(answer.longer, "trend", *_options(answer)),
        }
    )


def as_csv(answer: TrendAnswer) -> str:
    rows = ((answer, series, p) for series in answer.series for p in series.points)
    return to_csv(names_of(_COLUMNS), (values_of(_COLUMNS, row) for row in rows))
