"""What is asked: one kind of question for search and trend, as JSON and back.

A question as JSON goes into an address, or is a search that is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from indexer.query import By as By
from indexer.query import Filters as Filters
from indexer.query import FoundIn as FoundIn
from indexer.query import Match as Match
from indexer.query import Measure as Measure
from indexer.query import Readings as Readings
from indexer.query import Sort as Sort
from kazami.document import Kind, Stance
from kazami.errors import KazamiError
from kazami.fields import TEXT_FIELDS

T = TypeVar("T", bound=StrEnum)
_BODY = re.compile(r"[0-9]{6}")
_PREFECTURE = re.compile(r"[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TEXTS = tuple(field.plural for field in TEXT_FIELDS.values())
_LISTS = ("bodies", "prefectures", "kinds", *_TEXTS, "stances")
_DAYS = ("since", "until")
_NAMES = (*_LISTS, *_DAYS, "reading")


class WrongQuestion(KazamiError):
    """A question that makes no sense, or JSON that is none."""


class WrongFilters(WrongQuestion):
    """JSON that is no filters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the index: ``texts`` in the query language, how they match, and where.

    A search has one text; a trend counts each of several, a repeated one once.
    """

    texts: tuple[str, ...]
    match: Match = Match.WORD
    filters: Filters = field(default_factory=Filters)

    @property
    def text(self) -> str:
        """The only text; raises WrongQuestion where there is none or are several."""
        if len(self.texts) != 1:
            raise WrongQuestion(f"one query is needed, not {len(self.texts)}")
        return self.texts[0]


def question_to_json(question: Question) -> str:
    """One line of JSON, always the same for the same question; defaults are left out."""
    values: dict[str, object] = {"texts": list(question.texts)}
    if question.match is not Match.WORD:
        values["match"] = question.match.value
    if filters := _asked(question.filters):
        values["filters"] = filters
    return _one_line(values)


def question_from_json(text: str) -> Question:
    """The question that ``question_to_json`` wrote; raises WrongQuestion naming the bad value."""
    values = _object(text, "a question", '{"texts": ["学び直し"]}', WrongQuestion)
    for name in values:
        if name not in ("texts", "match", "filters"):
            raise WrongQuestion(f"no part {name!r} of a question; there are texts, match, filters")
    texts = _texts("texts", values.get("texts", []))
    if not texts:
        raise WrongQuestion("texts: a question needs one")
    match, filters = values.get("match", Match.WORD), values.get("filters", {})
    if not isinstance(match, str) or match not in set(Match):
        raise WrongQuestion(f"match: {match!r} is none of {', '.join(Match)}")
    if not isinstance(filters, dict):
        raise WrongFilters("filters are no JSON object; write for example {}")
    return Question(texts=texts, match=Match(match), filters=_filters(filters))


def filters_to_json(filters: Filters) -> str:
    """One line of JSON, always the same for the same filters; what is not asked for is left out."""
    return _one_line(_asked(filters))


def filters_from_json(text: str) -> Filters:
    """The filters that ``filters_to_json`` wrote; raises WrongFilters naming the bad value."""
    return _filters(_object(text, "filters", "{}", WrongFilters))


def _asked(filters: Filters) -> dict[str, object]:
    values: dict[str, object] = {
        "bodies": sorted(filters.bodies),
        "prefectures": sorted(filters.prefectures),
        "kinds": sorted(filters.kinds),
        "since": filters.since and filters.since.isoformat(),
        "until": filters.until and filters.until.isoformat(),
        **{field.plural: list(asked) for field, asked in filters.texts()},
        "stances": sorted(filters.stances),
        "reading": filters.reading.value if filters.reading is not Readings.ALL else None,
    }
    return {name: value for name, value in values.items() if value}


def _one_line(values: dict[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _object(text: str, what: str, example: str, wrong: type[WrongQuestion]) -> dict[str, object]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise wrong(f"{what}: no JSON: {error}") from error
    if not isinstance(values, dict):
        raise wrong(f"{what}: no JSON object; write for example {example}")
    return values


def _filters(values: dict[str, object]) -> Filters:
    for name in values:
        if name not in _NAMES:
            raise WrongFilters(f"no filter {name!r}; there are {', '.join(_NAMES)}")
    lists = {name: _texts(name, values.get(name, [])) for name in _LISTS}
    days = {name: _day(name, values.get(name)) for name in _DAYS}
    if days["since"] and days["until"] and days["since"] > days["until"]:
        raise WrongFilters(f"since {days['since']} lies after until {days['until']}")
    reading = values.get("reading", Readings.ALL)
    if not isinstance(reading, str) or reading not in set(Readings):
        raise WrongFilters(f"reading: {reading!r} is none of {', '.join(Readings)}")
    return Filters(
        bodies=_codes("bodies", lists["bodies"], _BODY, "six digits"),
        prefectures=_codes("prefectures", lists["prefectures"], _PREFECTURE, "two digits"),
        kinds=frozenset(_each("kinds", lists["kinds"], Kind)),
        since=days["since"],
        until=days["until"],
        **{name: lists[name] for name in _TEXTS},
        stances=frozenset(_each("stances", lists["stances"], Stance)),
        reading=Readings(reading),
    )


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise WrongFilters(f"{name}: {value!r} is no list of texts")
    for text in value:
        if not isinstance(text, str) or not text.strip():
            raise WrongFilters(f"{name}: {text!r} is no text, or an empty one")
    return tuple(value)


def _codes(
    name: str, codes: tuple[str, ...], pattern: re.Pattern[str], shape: str
) -> frozenset[str]:
    for code in codes:
        if not pattern.fullmatch(code):
            raise WrongFilters(f"{name}: {code!r} is no code of {shape}")
    return frozenset(codes)


def _each(name: str, texts: tuple[str, ...], values: Callable[[str], T]) -> list[T]:
    try:
        return [values(text) for text in texts]
    except ValueError as error:
        raise WrongFilters(f"{name}: {error}") from error


def _day(name: str, value: object) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise WrongFilters(f"{name}: {value!r} is no day; write it as 2026-08-02")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise WrongFilters(f"{name}: {value!r} is no day: {error}") from error
