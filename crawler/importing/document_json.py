"""A document as one JSON object: reads a line of docs/import-format.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any, TypeVar

from kazami.bodies import Bodies
from kazami.dates import DateError, parse_date
from kazami.document import Document, Kind, Passage, Stance
from kazami.errors import KazamiError
from kazami.facts import FACTS, Facts, facts_from_json
from kazami.fields import TEXT_FIELDS

_DOCUMENT = frozenset(
    "body kind platform key title date fetched url front_matter facts pass_on passages".split()  # noqa: SIM905
)
_PASSAGE = frozenset(["key", "order", "text", *TEXT_FIELDS, "stance", "page", "url", "part"])

Value = TypeVar("Value")


class NotADocument(KazamiError):
    """The JSON value cannot be read as a document: which field, and why."""


def document_from_json(value: Mapping[str, Any], bodies: Bodies, now: datetime) -> Document:
    """The document that a JSON object describes.

    ``fetched`` is ``now`` where the object does not say, ``platform`` is ``import``; a passage
    without ``order`` stands where it stands, and its key is its order. Raises NotADocument for a
    missing, unknown or wrong field, UnknownBody for a body nobody knows.
    """
    _only(value, _DOCUMENT, "document")
    try:
        kind = _kind(required(value, "kind", str))
        listed = required(value, "passages", list)
        stated = (required if kind is Kind.MINUTES else optional)(value, "date", str)
        return Document(
            body=bodies.find(required(value, "body", str)).code,
            kind=kind,
            platform=optional(value, "platform", str) or "import",
            key=required(value, "key", str),
            title=required(value, "title", str),
            date=None if stated is None else day(stated),
            fetched=_moment(optional(value, "fetched", str), now),
            passages=tuple(_passage(each, at) for at, each in enumerate(listed, start=1)),
            url=link(optional(value, "url", str)),
            front_matter=optional(value, "front_matter", str) or "",
            facts=_facts(kind, optional(value, "facts", dict)),
            pass_on=yes_no(value, "pass_on"),
        )
    except ValueError as error:
        raise NotADocument(str(error)) from error


def _passage(value: Any, place: int) -> Passage:
    if not isinstance(value, dict):
        raise NotADocument(f"passage {place}: not a JSON object")
    _only(value, _PASSAGE, f"passage {place}")
    order = optional(value, "order", int)
    order = place if order is None else order
    key = optional(value, "key", str)
    if key is not None and "#" in key:
        raise NotADocument(f"passage {place}: the key must not hold '#'")
    stance = optional(value, "stance", str)
    if stance is not None and stance not in {each.value for each in Stance}:
        raise NotADocument(f"passage {place}: no stance {stance!r}; use {_names(Stance)}")
    fields: dict[str, Any] = {name: optional(value, name, str) for name in TEXT_FIELDS}
    return Passage(
        key=str(order) if key is None else key,
        order=order,
        text=required(value, "text", str),
        **fields,
        stance=None if stance is None else Stance(stance),
        page=optional(value, "page", int),
        url=link(optional(value, "url", str)),
        part=optional(value, "part", str),
    )


def _facts(kind: Kind, value: Mapping[str, Any] | None) -> Facts | None:
    if value is None:
        return None
    if kind not in FACTS:
        raise NotADocument(f"facts: {kind} have none")
    return facts_from_json(FACTS[kind], value)


def yes_no(value: Mapping[str, Any], name: str) -> bool:
    """The field of that name, no where it is absent; NotADocument unless it is true or false."""
    found = value.get(name)
    if found is not None and not isinstance(found, bool):
        raise NotADocument(f"{name} is neither true nor false")
    return bool(found)


def required(value: Mapping[str, Any], name: str, kind: type[Value]) -> Value:
    """The field of that name and type; NotADocument where it is missing or of another type."""
    found = optional(value, name, kind)
    if found is None:
        raise NotADocument(f"no {name}")
    return found


def optional(value: Mapping[str, Any], name: str, kind: type[Value]) -> Value | None:
    """The field of that name, None where it is absent; NotADocument for another type."""
    found = value.get(name)
    if found is None:
        return None
    if kind is int and isinstance(found, float) and found.is_integer():
        found = int(found)  # 1.0, of a column in which a cell is empty
    if not isinstance(found, kind) or isinstance(found, bool):
        raise NotADocument(f"{name} is no {_TYPES[kind]}")
    if isinstance(found, int) and not -_LARGEST <= found <= _LARGEST:
        raise NotADocument(f"{name} is too large a number")
    return found


_JAPAN = timezone(timedelta(hours=9))
_CLOCK = re.compile(
    r"(?<=[\d日)])(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?P<zone>Z|[+-]\d{2}:?\d{2})?$"
)
_LARGEST = 2**31 - 1
_TYPES: dict[type, str] = {str: "text", int: "whole number", list: "list", dict: "JSON object"}


def day(text: str) -> date:
    """An ISO date, or any other that a public body writes; DateError names what is none.

    A time behind it is passed over (pandas, Excel); one with its zone is first made Japan's
    (JavaScript writes the 1st of March as 2024-02-29T15:00:00.000Z).
    """
    text = text.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    clock = _CLOCK.search(text)
    if clock is None:
        return parse_date(text)
    if clock["zone"]:
        try:
            return datetime.fromisoformat(text).astimezone(_JAPAN).date()
        except ValueError:
            raise DateError(text, "write it like 令和4年3月1日 or 2022-03-01") from None
    return parse_date(text[: clock.start()])


def link(url: str | None) -> str | None:
    """The address, if it is one that a browser may open."""
    if url is not None and not url.startswith(("https://", "http://")):
        raise NotADocument(f"url {url[:40]!r} is no http address")
    return url


def _moment(text: str | None, now: datetime) -> datetime:
    if text is None:
        return now
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise NotADocument(f"fetched {text!r} names no time zone")
    return moment


def _kind(name: str) -> Kind:
    if name not in {each.value for each in Kind}:
        raise NotADocument(f"no kind {name!r}; use {_names(Kind)}")
    return Kind(name)


def _names(values: type[Kind] | type[Stance]) -> str:
    return ", ".join(each.value for each in values)


def _only(value: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    unknown = sorted(set(value) - known)
    if unknown:
        raise NotADocument(f"{what}: unknown field {unknown[0]!r}; known: {', '.join(known)}")
