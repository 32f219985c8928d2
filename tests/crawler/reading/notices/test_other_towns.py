"""Notices of invented towns in layouts that the reader's maker had not been shown."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import chain

import pytest

from crawler.reading.notices import (
    kind_of_notice,
    read_award,
    read_planned,
    read_tender,
    sort_of_category,
    sort_of_procedure,
)
from kazami.facts import Deadline, TenderFacts
from kazami.text import exact_form
from tests.crawler.reading.notices.other_towns import OtherTown
from tests.crawler.reading.notices.other_towns.changes import CHANGES, PLANS, RESULTS
from tests.crawler.reading.notices.other_towns.proposals import PROPOSALS
from tests.crawler.reading.notices.other_towns.second import SECOND
from tests.crawler.reading.notices.other_towns.third import THIRD
from tests.crawler.reading.notices.other_towns.works import WORKS

TOWNS = [*WORKS, *PROPOSALS, *CHANGES, *SECOND, *THIRD]
SEEN = date(2026, 6, 30)
_DAY = re.compile(
    r"(?:(?:令和([0-9]+|元)|(20[0-9]{2}))[年/])?(1?[0-9])[月/]([1-3]?[0-9])日?\(([月火水木金土日])"
)


def read(town: OtherTown) -> TenderFacts:
    return read_tender(town.title, town.lines, seen=date.fromisoformat(town.seen))


def shown(deadline: Deadline) -> tuple[str, str]:
    """Paper and day with hour, as the tables have them."""
    if deadline.day is None:
        return deadline.paper, "unknown"
    if deadline.time is None:
        return deadline.paper, deadline.day.isoformat()
    return deadline.paper, datetime.combine(deadline.day, deadline.time).isoformat("T", "minutes")


def plain(value: str) -> str:
    return re.sub(r"\s", "", exact_form(value))


def told(facts: TenderFacts, name: str) -> object:
    """A fact's value in the form of the tables."""
    fact = getattr(facts, name)
    value = fact.value if fact else None
    if value is None:
        return None
    if name == "category":
        return sort_of_category(value)
    if name == "procedure":
        return sort_of_procedure(value)
    if name == "published":
        return value.isoformat()
    return plain(value) if name in ("period", "project", "number") else value


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.name)
def test_each_paper_has_its_day_and_no_day_is_false(town: OtherTown) -> None:
    found = read(town).deadlines
    assert sorted(map(shown, found)) == sorted(each[:2] for each in town.due)


@pytest.mark.parametrize(
    ("town", "span"),
    [(town, each) for town in TOWNS for each in town.due if len(each) > 2],
    ids=lambda each: each.name if isinstance(each, OtherTown) else each[0],
)
def test_a_span_has_its_first_day(town: OtherTown, span: tuple[str, str, str]) -> None:
    begins = [each.begins for each in read(town).deadlines if each.paper == span[0]]
    assert begins == [date.fromisoformat(span[2])]


@pytest.mark.parametrize(
    ("town", "name"),
    [(town, name) for town in TOWNS for name in town.facts if name != "kind"],
    ids=lambda each: each.name if isinstance(each, OtherTown) else each,
)
def test_a_fact_is_read(town: OtherTown, name: str) -> None:
    right = town.facts[name]
    assert told(read(town), name) == (plain(right) if isinstance(right, str) else right)


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.name)
def test_what_a_notice_is_is_told(town: OtherTown) -> None:
    right = town.facts.get("kind") or town.facts.get("stage")
    assert kind_of_notice(town.title, town.lines) == right


@pytest.mark.parametrize(("name", "text", "right"), PLANS, ids=[each[0] for each in PLANS])
def test_a_list_of_plans_is_read(name: str, text: str, right: list[tuple[str, str, str]]) -> None:
    title, *lines = text.strip("\n").split("\n")
    rows = [
        tuple(told(each, fact) for fact in ("project", "quarter", "procedure"))
        for each in read_planned(title, lines)
    ]
    assert [(project, plain(str(quarter)), sort) for project, quarter, sort in rows] == right


@pytest.mark.parametrize(("name", "text", "right"), RESULTS, ids=[each[0] for each in RESULTS])
def test_results_are_read(name: str, text: str, right: list[tuple[object, ...]]) -> None:
    title, *lines = text.strip("\n").split("\n")
    rows = []
    for each in read_award(title, lines, seen=SEEN):
        facts = (each.project, each.outcome, each.supplier, each.amount, each.estimate)
        rows.append([fact.value if fact else None for fact in facts])
    assert [
        (plain(project or ""), outcome, supplier and exact_form(supplier), *money)
        for project, outcome, supplier, *money in rows
    ] == [
        (project, outcome, supplier and exact_form(str(supplier)), *money)
        for project, outcome, supplier, *money in right
    ]


def test_the_tables_themselves_print_days_that_exist() -> None:
    """A day of the week that contradicted its day would make the right answer *unknown*."""
    wrong = []
    for town in (each for each in TOWNS if each.name != "slip-of-the-weekday"):
        year = int(town.seen[:4])
        for era, western, month, day, weekday in _DAY.findall(plain(town.text)):
            if era or western:
                year = int(western or 2018 + int(era))
            near = date(year, int(month), int(day))
            if not era and not western and int(month) == 1 and town.seen[5:7] == "12":
                near = near.replace(year=int(town.seen[:4]) + 1)
            if "月火水木金土日"[near.weekday()] != weekday:
                wrong.append((town.name, near, weekday))
    assert wrong == []


def test_the_tables_are_not_read_by_chance() -> None:
    assert len({each.name for each in TOWNS}) == len(TOWNS)
    assert len(list(chain.from_iterable(each.due for each in TOWNS))) > 60
