"""What announcements, tenders and awards state beside their text, each with the words it is from.

A fact is declared once, in the class of its kind: its name, its type, its label. Checking, the
store, import, JSON and ``kazami show`` read the declaration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Generic, TypeVar

from kazami.document import Document, Kind

Value = TypeVar("Value")

LARGEST = 2**53
"""Whole numbers up to here are the same in every program that reads JSON (yen of no body reach)."""


class Stage(StrEnum):
    """What a notice says of its purchase."""

    PLANNED = "planned"
    NOTICE = "notice"
    CORRECTION = "correction"
    CANCELLED = "cancelled"
    FAILED = "failed"


class AwardOutcome(StrEnum):
    """What came of a tender: ``failed`` is 不調 and 落札者なし, which are no awards."""

    AWARDED = "awarded"
    FAILED = "failed"
    CANCELLED = "cancelled"


_TYPES: dict[type, str] = {str: "text", int: "whole number", date: "day like 2026-03-31"}


@dataclass(frozen=True, slots=True)
class Fact(Generic[Value]):
    """``value`` as read from ``words``; None: the words state it, but it cannot be told."""

    value: Value | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Until when a paper (質問書, 入札書) must be there, in Japan's time; of a span the end.

    ``begins`` is the span's first day, where one is stated.

    ``time`` is None where only a day is stated, ``day`` None where it cannot be told from the
    ``words``. Raises ValueError for an empty paper or words, and a time without a day.
    """

    paper: str
    day: date | None
    time: time | None = None
    words: str
    begins: date | None = None

    def __post_init__(self) -> None:
        if not self.paper.strip() or not self.words.strip():
            raise ValueError("a deadline needs its paper and the words it was read from")
        if self.time is not None and self.day is None:
            raise ValueError(f"deadline {self.paper}: a time without a day")
        if self.begins is not None and (self.day is None or self.begins > self.day):
            raise ValueError(f"deadline {self.paper}: its span begins after its end")


def _declared(type_: type, label: str) -> dict[str, Any]:
    return {"type": type_, "label": label}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    def __post_init__(self) -> None:
        for name, type_, _ in declared(type(self)):
            fact = getattr(self, name)
            if fact is None:
                continue
            if not isinstance(fact, Fact) or not fact.words.strip():
                raise ValueError(f"{name}: a fact needs the words it was read from")
            if fact.value is not None:
                _check(name, fact.value, type_)


def _check(name: str, value: object, type_: type) -> None:
    if issubclass(type_, StrEnum):
        if not isinstance(value, type_):
            raise ValueError(f"{name}: {value!r} is none of {', '.join(type_)}")
        return
    right = isinstance(value, type_) and not isinstance(value, bool | datetime)
    if not right or (isinstance(value, str) and not value.strip()):
        raise ValueError(f"{name}: {value!r} is no {_TYPES[type_]}")
    if isinstance(value, int) and not 0 <= value <= LARGEST:
        raise ValueError(f"{name}: {value} is not between 0 and {LARGEST}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementFacts(_Facts):
    """``updated``: the day of its latest change, where the page states one beside its date."""

    updated: Fact[date] | None = field(default=None, metadata=_declared(date, "更新日"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderFacts(_Facts):
    """What is bought, by whom and how, and until when which paper must be there; yen."""

    stage: Fact[Stage] | None = field(default=None, metadata=_declared(Stage, "段階"))
    project: Fact[str] | None = field(default=None, metadata=_declared(str, "件名"))
    number: Fact[str] | None = field(default=None, metadata=_declared(str, "案件番号"))
    published: Fact[date] | None = field(default=None, metadata=_declared(date, "公告日"))
    quarter: Fact[str] | None = field(default=None, metadata=_declared(str, "発注時期"))
    organisation: Fact[str] | None = field(default=None, metadata=_declared(str, "発注機関"))
    category: Fact[str] | None = field(default=None, metadata=_declared(str, "種別"))
    procedure: Fact[str] | None = field(default=None, metadata=_declared(str, "契約方法"))
    place: Fact[str] | None = field(default=None, metadata=_declared(str, "履行場所"))
    period: Fact[str] | None = field(default=None, metadata=_declared(str, "履行期間"))
    eligibility: Fact[str] | None = field(default=None, metadata=_declared(str, "参加資格"))
    budget: Fact[int] | None = field(default=None, metadata=_declared(int, "予定価格（円）"))
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardFacts(_Facts):
    """Who won, for how much (yen). ``corporate_number`` is the 法人番号 as stated, unchecked."""

    outcome: Fact[AwardOutcome] | None = field(
        default=None, metadata=_declared(AwardOutcome, "結果")
    )
    project: Fact[str] | None = field(default=None, metadata=_declared(str, "件名"))
    number: Fact[str] | None = field(default=None, metadata=_declared(str, "案件番号"))
    category: Fact[str] | None = field(default=None, metadata=_declared(str, "種別"))
    estimate: Fact[int] | None = field(default=None, metadata=_declared(int, "予定価格（円）"))
    organisation: Fact[str] | None = field(default=None, metadata=_declared(str, "発注機関"))
    procedure: Fact[str] | None = field(default=None, metadata=_declared(str, "契約方法"))
    supplier: Fact[str] | None = field(default=None, metadata=_declared(str, "落札者"))
    corporate_number: Fact[str] | None = field(default=None, metadata=_declared(str, "法人番号"))
    amount: Fact[int] | None = field(default=None, metadata=_declared(int, "落札金額（円）"))


Facts = AnnouncementFacts | TenderFacts | AwardFacts
FactsClass = type[AnnouncementFacts] | type[TenderFacts] | type[AwardFacts]

FACTS: dict[Kind, FactsClass] = {
    Kind.ANNOUNCEMENT: AnnouncementFacts,
    Kind.TENDER: TenderFacts,
    Kind.AWARD: AwardFacts,
}
"""The class of each kind's facts; minutes have none."""


def declared(facts: type) -> tuple[tuple[str, type, str], ...]:
    """Name, type and label of every fact of the class; deadlines are told apart."""
    known = _DECLARED.get(facts)
    return known or _DECLARED.setdefault(facts, _fields_of(facts))


_DECLARED: dict[type, tuple[tuple[str, type, str], ...]] = {}


def _fields_of(facts: type) -> tuple[tuple[str, type, str], ...]:
    return tuple(
        (each.name, each.metadata["type"], each.metadata["label"])
        for each in fields(facts)
        if "type" in each.metadata
    )


def stated(facts: Facts) -> Iterator[tuple[str, str, Fact[Any]]]:
    """Name, label and fact of those that are there."""
    for name, _, label in declared(type(facts)):
        fact = getattr(facts, name)
        if fact is not None:
            yield name, label, fact


def organisation_of(document: Document) -> str:
    """The public body of a tender or award as it is printed; empty where none is."""
    facts = document.facts
    fact = facts.organisation if isinstance(facts, TenderFacts | AwardFacts) else None
    return "" if fact is None else fact.value or fact.words


def deadlines_of(facts: Facts) -> tuple[Deadline, ...]:
    """The deadlines of a tender; the other kinds have none."""
    return facts.deadlines if isinstance(facts, TenderFacts) else ()


def texts_of(facts: Facts) -> Iterator[str]:
    """Every text that stands in the facts."""
    for _, _, fact in stated(facts):
        yield fact.words
        if isinstance(fact.value, str):
            yield fact.value
    for each in deadlines_of(facts):
        yield from (each.paper, each.words)


def facts_to_json(facts: Facts) -> dict[str, Any]:
    """Those that are there, by name: ``{"value": …, "words": …}``; days and times as ISO 8601."""
    found: dict[str, Any] = {
        name: {"value": _plain(fact.value), "words": fact.words} for name, _, fact in stated(facts)
    }
    if deadlines := deadlines_of(facts):
        found["deadlines"] = [
            {
                "paper": each.paper,
                "day": _plain(each.day),
                "time": None if each.time is None else each.time.isoformat("minutes"),
                "words": each.words,
            }
            | ({} if each.begins is None else {"begins": _plain(each.begins)})
            for each in deadlines
        ]
    return found


def facts_from_json(facts: FactsClass, value: Mapping[str, Any]) -> Facts:
    """What ``facts_to_json`` wrote; raises ValueError naming what is missing, unknown or wrong."""
    types = {name: type_ for name, type_, _ in declared(facts)}
    known = {*types, "deadlines"} if facts is TenderFacts else {*types}
    _only(value, known, "facts")
    read: dict[str, Any] = {}
    for name, each in value.items():
        if name == "deadlines":
            if not isinstance(each, list):
                raise ValueError("facts: deadlines is no list")
            read[name] = tuple(_deadline(one) for one in each)
        else:
            _only(each, {"value", "words"}, f"facts: {name}")
            read[name] = Fact(_typed(name, each.get("value"), types[name]), _words(name, each))
    return facts(**read)


def _deadline(value: Any) -> Deadline:
    _only(value, {"paper", "day", "time", "words", "begins"}, "facts: deadlines")
    paper = value.get("paper")
    if not isinstance(paper, str):
        raise ValueError("facts: deadlines: paper is no text")
    at = value.get("time")
    try:
        read = None if at is None else time.fromisoformat(at)
    except (TypeError, ValueError) as error:
        raise ValueError(f"facts: deadlines: {at!r} is no time like 17:15") from error
    if read is not None and (read.tzinfo is not None or read.second or read.microsecond):
        raise ValueError(f"facts: deadlines: {at!r} is no time like 17:15")
    day = _typed("deadlines", value.get("day"), date)
    begins = _typed("deadlines", value.get("begins"), date)
    words = _words("deadlines", value)
    return Deadline(paper=paper, day=day, time=read, words=words, begins=begins)


def _typed(name: str, value: Any, type_: type) -> Any:
    if value is None:
        return None
    if type_ is date:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise ValueError(f"facts: {name}: {value!r} is no {_TYPES[date]}") from error
    if issubclass(type_, StrEnum):
        try:
            return type_(value)
        except ValueError as error:
            raise ValueError(f"facts: {name}: {value!r} is none of {', '.join(type_)}") from error
    return value  # the class itself looks at texts and numbers


def _words(name: str, value: Mapping[str, Any]) -> str:
    words = value.get("words")
    if not isinstance(words, str):
        raise ValueError(f"facts: {name}: no words that it was read from")
    return words


def _only(value: Any, known: set[str], where: str) -> None:
    if not isinstance(value, dict):
        raise ValueError(f"{where} is no JSON object")
    for key in sorted(set(value) - known):
        raise ValueError(f"{where}: unknown {key!r}; known: {', '.join(sorted(known))}")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
