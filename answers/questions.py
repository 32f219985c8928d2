"""Filters as JSON and back: for an address, or for a search that is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from indexer.query import Filters
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


class WrongFilters(KazamiError):
    """JSON that is no filters."""


def filters_to_json(filters: Filters) -> str:
    """One line of JSON, always the same for the same filters; what is not asked for is left out."""
    values: dict[str, object] = {
        "bodies": sorted(filters.bodies),
        "prefectures": sorted(filters.prefectures),
        "kinds": sorted(filters.kinds),
        "since": filters.since and filters.since.isoformat(),
        "until": filters.until and filters.until.isoformat(),
        **{field.plural: list(asked) for field, asked in filters.texts()},
        "stances": sorted(filters.stances),
    }
    asked = {name: value for name, value in values.items() if value}
    return json.dumps(asked, ensure_ascii=False, separators=(",", ":"))


def filters_from_json(text: str) -> Filters:
    """The filters that ``filters_to_json`` wrote; raises WrongFilters naming the bad value."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongFilters(f"filters are no JSON: {error}") from error
    if not isinstance(values, dict):
        raise WrongFilters("filters are no JSON object; write for example {}")
    for name in values:
        if name not in _LISTS + _DAYS:
            raise WrongFilters(f"no filter {name!r}; there are {', '.join(_LISTS + _DAYS)}")
    lists = {name: _texts(name, values.get(name, [])) for name in _LISTS}
    days = {name: _day(name, values.get(name)) for name in _DAYS}
    if days["since"] and days["until"] and days["since"] > days["until"]:
        raise WrongFilters(f"since {days['since']} lies after until {days['until']}")
    return Filters(
        bodies=_codes("bodies", lists["bodies"], _BODY, "six digits"),
        prefectures=_codes("prefectures", lists["prefectures"], _PREFECTURE, "two digits"),
        kinds=frozenset(_each("kinds", lists["kinds"], Kind)),
        since=days["since"],
        until=days["until"],
        **{name: lists[name] for name in _TEXTS},
        stances=frozenset(_each("stances", lists["stances"], Stance)),
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
