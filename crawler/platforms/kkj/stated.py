"""What a record states beside its text: facts, each with the field that it stands in.

What the text says goes first. Two fields are not believed by themselves:
TenderSubmissionDeadline is the first day of bidding (guide, 4.2), and CftIssueDate repeats the day
of the portal's visit where a notice has no day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from crawler.platforms.kkj.portal_answer import PortalRecord
from crawler.reading.notices import read_tender
from crawler.reading.notices.words import alternatives, vocabulary
from kazami.facts import Deadline, Fact, TenderFacts

_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_LISTED = {
    "OrganizationName": "機関名",
    "Category": "カテゴリー",
    "ProcedureType": "公示種別",
    "Location": "履行場所",
    "PeriodEndTime": "納入期限日",
    "OpeningTendersEvent": "開札日",
}
_OPENING = "開札"


def moment(record: PortalRecord, tag: str) -> date | None:
    """The day of a field, as it is printed, which is Japan's; None where there is none."""
    found = _MOMENT.fullmatch(record.get(tag))
    if found is None:
        return None
    try:
        return date.fromisoformat(found["day"])
    except ValueError:
        return None


def facts_of(
    record: PortalRecord, title: str, project: str, blocks: Sequence[str], seen: date
) -> TenderFacts:
    """What text and fields state; ``project`` is what is bought, ``seen`` the visit's day."""
    listed = {
        label: said for tag, label in _LISTED.items() if (said := " ".join(record.get(tag).split()))
    }
    read = read_tender(title, tuple(map(_in_rows, blocks)), seen=seen, listed=listed)
    given: dict[str, Fact[Any]] = {}
    for name, tag in (
        ("organisation", "OrganizationName"),
        ("category", "Category"),
        ("procedure", "ProcedureType"),
        ("place", "Location"),
        ("eligibility", "Certification"),
    ):
        if said := " ".join(record.get(tag).split()):
            given[name] = Fact(said, f"{tag}: {said}")
    if project:
        given["project"] = Fact(project, title)
    if end := moment(record, "PeriodEndTime"):
        given["period"] = Fact(f"{end.isoformat()}まで", _words(record, "PeriodEndTime"))
    issued = moment(record, "CftIssueDate")
    if issued is not None and issued < seen:
        given["published"] = Fact(issued, _words(record, "CftIssueDate"))
    missing = {name: fact for name, fact in given.items() if _lacks(read, name)}
    return replace(read, **missing, deadlines=_with_opening(record, read))


def first_day(record: PortalRecord, facts: TenderFacts, seen: date) -> date | None:
    """The day of the notice, never one that is only the portal's; None where nobody states it."""
    day = facts.published.value if facts.published else None
    return day if day is not None and day <= seen else None


def _in_rows(block: str) -> str:
    """The block with each label at the beginning of a line: the portal makes one line of a page."""
    return _label().sub("\n", block)


@cache
def _label() -> re.Pattern[str]:
    """A single space before a printed label that its value follows."""
    known = vocabulary()
    words = alternatives({*known.labels, *known.meanings})
    return re.compile(
        rf"(?<=[^\s:：]) (?=(?:{words})(?:(?:の?提出)?(?:期限|期間|締切)|の?日時?)?[\u3000:：])"
    )


def _lacks(facts: TenderFacts, name: str) -> bool:
    """Fields of the portal go before what a text seems to say, but for days and names."""
    fact = getattr(facts, name)
    return fact is None or fact.value is None or name in ("organisation", "category")


def _with_opening(record: PortalRecord, facts: TenderFacts) -> tuple[Deadline, ...]:
    day = moment(record, "OpeningTendersEvent")
    if day is None or any(each.paper == _OPENING for each in facts.deadlines):
        return facts.deadlines
    words = _words(record, "OpeningTendersEvent")
    return (*facts.deadlines, Deadline(paper=_OPENING, day=day, words=words))


def _words(record: PortalRecord, tag: str) -> str:
    return f"{tag}: {record.get(tag)}"
