"""Trends: exact counts period by period, each beside its denominator. Arithmetic, no engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from answers.claim import Claim, claim
from answers.longer_words import LongerWords, longer_words
from answers.questions import Question
from indexer.engines.base import Reader
from indexer.language import parse
from indexer.query import By, Cell, Filters, Measure
from kazami.bodies import Bodies
from kazami.document import Kind, Stance
from kazami.errors import KazamiError
from kazami.periods import Every, Period, periods

if TYPE_CHECKING:
    from kazami.store import Store


class TrendError(KazamiError):
    """A trend that makes no sense."""


class Per(StrEnum):
    """What a count is divided by."""

    NONE = "none"
    SHARE = "share"
    MILLION_TOKENS = "million-tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period of a series.

    ``total`` is the denominator: the same measure over all that passes the filters, tokens for
    occurrences and per million tokens. ``rate`` is None where it is 0 or nothing was divided. A
    period with nothing to count in, such as any document of the group, is ``no_data``, not silent;
    one that today or a filter cuts short is ``partial``.
    """

    period: Period
    count: int
    total: int
    rate: float | None
    partial: bool
    no_data: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The points of one query, and of one group where groups were asked for (as in Cell)."""

    query: str
    group: str | None
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendAnswer:
    """Series with the same periods, query by query and group by group; and what they stand on.

    ``by`` is KIND too where nothing was asked for and there are several kinds.
    ``longer`` are other words that hold one of the queries', which they do not count.
    """

    every: Every
    measure: Measure
    per: Per
    by: By | None
    series: tuple[Series, ...]
    claim: Claim
    longer: tuple[LongerWords, ...] = ()


_ORDER: dict[By, Sequence[str]] = {By.KIND: list(Kind), By.STANCE: [*Stance, ""]}
"""The order of groups whose names say none; the others go by code or name."""


def per_of(measure: Measure, per: Per | None) -> Per:
    """What a measure is divided by: as asked for, else a share, or per million tokens.

    Raises TrendError for a share of occurrences: nothing is there to have a share of.
    """
    if per is None:
        return Per.MILLION_TOKENS if measure is Measure.OCCURRENCES else Per.SHARE
    if per is Per.SHARE and measure is Measure.OCCURRENCES:
        raise TrendError(
            "occurrences have no share; use --per million-tokens, or --measure passages"
        )
    return per


def trend(
    reader: Reader,
    question: Question,
    *,
    every: Every,
    measure: Measure,
    per: Per | None,
    by: By | None,
    today: date,
    bodies: Bodies,
    store: Store | None = None,
) -> TrendAnswer:
    """How the texts of a question rise and fall, each on its own.

    The periods run from ``filters.since``, else the first document, to ``filters.until``, else
    the last document, never beyond today's. A group without any hit is listed all the same.

    Kinds share no denominator. Where documents of several pass the filters, each has series of its
    own; other groups are made within one kind only. A document without a day is in no period.

    The store, where given, tells the claim how much of it a person corrected.

    ``per`` None is what ``per_of`` says of the measure. Raises TrendError as it does and for groups
    over several kinds, and QuerySyntaxError.
    """
    match, filters = question.match, question.filters
    queries = [(text, parse(text, match, bodies)) for text in dict.fromkeys(question.texts)]
    per = per_of(measure, per)
    by_tokens = per is Per.MILLION_TOKENS or measure is Measure.OCCURRENCES
    measures = frozenset({measure})
    said = claim(reader, filters, match, bodies, store)
    by = _kinds_apart(by, said.kinds)
    wholes = reader.tally(None, filters, every=every, by=by, measures=measures, tokens=by_tokens)
    there = {(cell.start, cell.group): cell for cell in wholes}
    spans = _periods(filters, said, every, today)
    groups = _in_order(by, {cell.group for cell in wholes}) if by else [None]
    series = []
    for text, node in queries:
        cells = reader.tally(node, filters, every=every, by=by, measures=measures)
        counts = {(cell.start, cell.group): _count(cell, measure) for cell in cells}
        for group in groups:
            points = []
            for period in spans:
                key = (period.start, group)
                whole = there.get(key)
                total = (
                    0 if whole is None else whole.tokens if by_tokens else _count(whole, measure)
                )
                count = counts.get(key, 0)
                points.append(
                    Point(
                        period=period,
                        count=count,
                        total=total,
                        rate=_rate(count, total, per),
                        partial=_partial(period, filters, today),
                        # An award has no passage, so that nothing could be said in it.
                        no_data=not total,
                    )
                )
            series.append(Series(query=text, group=group, points=tuple(points)))
    return TrendAnswer(
        every=every,
        measure=measure,
        per=per,
        by=by,
        series=tuple(series),
        claim=said,
        longer=longer_words(reader, [node for _, node in queries], question),
    )


def _kinds_apart(by: By | None, kinds: Set[Kind]) -> By | None:
    """What to group by so that no denominator is of several kinds."""
    if len(kinds) < 2 or by is By.KIND:
        return by
    if by is None:
        return By.KIND
    there = [kind for kind in Kind if kind in kinds]
    raise TrendError(
        f"--by {by} counts within one kind of document, and there are {', '.join(there)}:"
        f" add --kind {there[0]}"
    )


def _count(cell: Cell, measure: Measure) -> int:
    match measure:
        case Measure.PASSAGES:
            return cell.passages
        case Measure.DOCUMENTS:
            return cell.documents
        case Measure.BODIES:
            return cell.bodies
        case Measure.OCCURRENCES:
            return cell.occurrences


def _rate(count: int, total: int, per: Per) -> float | None:
    if per is Per.NONE or not total:
        return None
    return count / total if per is Per.SHARE else count / total * 1_000_000


def _periods(filters: Filters, said: Claim, every: Every, today: date) -> list[Period]:
    first = filters.since or said.since
    last = filters.until or said.until
    if first is None or last is None:
        return []
    return list(periods(first, min(last, today), every))


def _partial(period: Period, filters: Filters, today: date) -> bool:
    """Whether some of its days are still to come or were filtered away."""
    return (
        period.start <= today <= period.end
        or (filters.since is not None and period.start < filters.since <= period.end)
        or (filters.until is not None and period.start <= filters.until < period.end)
    )


def _in_order(by: By, groups: Iterable[str | None]) -> list[str | None]:
    order = _ORDER.get(by, ())
    return sorted(
        groups, key=lambda group: (order.index(group) if group in order else 0, group or "")
    )
