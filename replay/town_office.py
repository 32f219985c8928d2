"""What the offices of the invented towns announce, tender and award: the truth that servers print.

The data are in ``pages/town_office``. Some of it stands on fixed days, after the invented minutes
have spoken of its topic; the rest is counted from a ``today``, so that some deadlines are ahead.
Days move off Saturdays and Sundays, other holidays are not known here.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from kazami.dates import fiscal_year
from kazami.document import Kind
from replay.invented_words import data
from replay.replies import ReplayError

JST = timezone(timedelta(hours=9))
_FOLDER = Path(__file__).with_name("pages") / "town_office"
_AT = time(9)
_SHORTEST = timedelta(days=60)
"""A contract runs to the end of a 年度, but no shorter than this."""


class TenderOutcome(StrEnum):
    """How a tender ended."""

    AWARDED = "落札"
    FAILED = "不調"
    CANCELLED = "中止"


class FileLink(StrEnum):
    """How a page names the place of a file."""

    AS_THE_SITE = ""
    HTTP = "http"
    PROTOCOL = "protocol"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, kw_only=True)
class OfficeProject:
    """Something that an office wants to have: what all of its notices say alike.

    ``topic`` is one of ``config/demo/topics``, and ``word`` stands in the minutes of that topic.
    ``planned`` is the day on which it is to be tendered, of a project that was not yet.
    """

    id: str
    topic: str
    word: str
    subject: str
    department: str
    category: str
    procedure: str
    place: str
    eligibility: str = ""
    budget: int | None = None
    planned: date | None = None


@dataclass(frozen=True, kw_only=True)
class PaperDue:
    """Until when a paper must be there; ``start`` is the first day of a span."""

    paper: str
    day: date
    time: time
    start: date | None = None


@dataclass(frozen=True, kw_only=True)
class PageChange:
    """What a page says from a later day on; ``due`` replaces the one of the same paper."""

    day: date
    text: str
    due: PaperDue | None = None


@dataclass(frozen=True, kw_only=True)
class PageGone:
    """From which day the page answers with which status; ``listed``: links to it stay."""

    day: date
    status: int
    listed: bool = False


@dataclass(frozen=True, kw_only=True)
class NoticeFile:
    """A file beside a page; ``scanned`` is a PDF without text."""

    name: str
    label: str
    link: FileLink = FileLink.AS_THE_SITE
    scanned: bool = False


@dataclass(frozen=True, kw_only=True)
class OfficeNotice:
    """One page of an office.

    ``number`` is its place among the office's notices, the same on every day. ``updated`` is the
    day of its latest change. ``decided`` and what follows are of awards alone.
    """

    key: str
    number: int
    kind: Kind
    title: str
    department: str
    published: datetime
    text: tuple[str, ...]
    project: OfficeProject | None = None
    updated: date | None = None
    dues: tuple[PaperDue, ...] = ()
    opening: datetime | None = None
    period: tuple[date, date] | None = None
    files: tuple[NoticeFile, ...] = ()
    changes: tuple[PageChange, ...] = ()
    gone: PageGone | None = None
    outcome: TenderOutcome | None = None
    decided: date | None = None
    winner: str | None = None
    corporate_number: str | None = None
    amount: int | None = None
    bidders: int | None = None

    @property
    def day(self) -> date:
        return self.published.date()

    @property
    def last_day(self) -> date | None:
        """The last of its deadlines."""
        return max((due.day for due in self.dues), default=None)

    def seen(self, now: date) -> OfficeNotice:
        """As the page stands at the end of ``now``: later changes have not been made."""
        made = [change for change in self.changes if change.day <= now]
        dues = {due.paper: due for due in self.dues}
        dues |= {change.due.paper: change.due for change in made if change.due}
        return replace(
            self,
            text=(*(change.text for change in made), *self.text),
            dues=tuple(dues.values()),
            updated=made[-1].day if made else None,
            changes=tuple(made),
        )


@dataclass(frozen=True, kw_only=True)
class PlannedTender:
    """A line of what is to be tendered: in which quarter (1 to 4) of which 年度."""

    project: OfficeProject
    year: int
    quarter: int


@dataclass(frozen=True, kw_only=True)
class TownOffice:
    """An invented office, and all that it ever publishes, as reckoned from ``today``."""

    slug: str
    body: str
    name: str
    today: date
    projects: tuple[OfficeProject, ...]
    notices: tuple[OfficeNotice, ...]

    def shown(self, now: date | None = None) -> tuple[OfficeNotice, ...]:
        """What its site links at the end of ``now`` (today): the latest made or changed first."""
        now = now or self.today
        seen = [
            notice.seen(now)
            for notice in self.notices
            if notice.day <= now
            and not (notice.gone and notice.gone.day <= now and not notice.gone.listed)
        ]
        return tuple(
            sorted(seen, key=lambda each: (each.updated or each.day, each.published), reverse=True)
        )

    def plans(self, now: date | None = None) -> tuple[PlannedTender, ...]:
        """What is or was to be tendered in the 年度 of ``now``, or is planned for the next."""
        year = fiscal_year(now or self.today)
        days = {each.id: each.planned for each in self.projects if each.planned}
        for notice in self.notices:
            if notice.project and notice.kind is Kind.TENDER and fiscal_year(notice.day) == year:
                days.setdefault(notice.project.id, notice.day)
        plans = [
            PlannedTender(
                project=each, year=fiscal_year(day), quarter=(day.month - 4) % 12 // 3 + 1
            )
            for each in self.projects
            if (day := days.get(each.id)) and fiscal_year(day) >= year
        ]
        return tuple(sorted(plans, key=lambda plan: (plan.year, plan.quarter)))


def slugs() -> tuple[str, ...]:
    """The invented towns that have an office, in the order of the demo."""
    return tuple(slug for slug in data()["assemblies"] if (_FOLDER / f"{slug}.toml").exists())


@cache
def town_office(slug: str, today: date) -> TownOffice:
    """The office of one town.

    Raises ReplayError where ``today`` lies so early that what is counted from it would come before
    what stands on a fixed day.
    """
    read = tomllib.loads((_FOLDER / f"{slug}.toml").read_text("utf-8"))
    projects: list[OfficeProject] = []
    written: list[tuple[OfficeProject | None, int, dict[str, Any]]] = []
    for said in read["project"]:
        pages = said.pop("notice", [])
        if "planned" in said:
            said["planned"] = _working(today + timedelta(days=said["planned"]))
        project = OfficeProject(**said)
        projects.append(project)
        written += [(project, at, page) for at, page in enumerate(pages, 1)]
    written += [(None, at, page) for at, page in enumerate(read["notice"], 1)]
    notices: list[OfficeNotice] = []
    for whose, at, page in written:
        before = notices[-1] if notices and whose and notices[-1].project == whose else None
        notice = _notice(page, whose, at, len(notices) + 1, today, before)
        if before and notice.published <= before.published:
            raise ReplayError(f"{slug}/{notice.key}: {today} is too early a today")
        notices.append(notice)
    said = data()["assemblies"][slug]
    return TownOffice(
        slug=slug,
        body=said["body"],
        name=said["name"],
        today=today,
        projects=tuple(projects),
        notices=tuple(notices),
    )


def _notice(
    page: dict[str, Any],
    project: OfficeProject | None,
    at: int,
    number: int,
    today: date,
    before: OfficeNotice | None,
) -> OfficeNotice:
    day = page.pop("on", None) or _working(today + timedelta(days=page.pop("days")), back=True)
    department = project.department if project else page.pop("department")
    plain = {name: page.pop(name) for name in list(page) if name in _AS_WRITTEN}
    fields: dict[str, Any] = {
        "key": f"{project.id if project else 'news'}-{at}",
        "number": number,
        "kind": Kind(page.pop("kind", Kind.ANNOUNCEMENT)),
        "department": department,
        "published": datetime.combine(day, page.pop("at", _AT), JST),
        "project": project,
        "text": tuple(page.pop("text")),
        "dues": tuple(_due(day, *due) for due in page.pop("due", [])),
        "files": tuple(_file(*file) for file in page.pop("files", [])),
        "changes": tuple(_change(day, **change) for change in page.pop("change", [])),
        **plain,
    }
    if "opening" in page:
        after, clock = page.pop("opening")
        fields["opening"] = datetime.combine(_working(day + timedelta(days=after)), clock, JST)
    if "period" in page:
        start = _working(day + timedelta(days=page.pop("period")))
        fields["period"] = (start, date(fiscal_year(start + _SHORTEST) + 1, 3, 31))
    if "gone" in page:
        fields["gone"] = _gone(day, **page.pop("gone"))
    if "outcome" in page or "winner" in plain:
        fields["outcome"] = TenderOutcome(page.pop("outcome", TenderOutcome.AWARDED))
    if "decided" in page:
        said = _working(day - timedelta(days=page.pop("decided")), back=True)
        fields["decided"] = before.opening.date() if before and before.opening else said
    if page:
        raise ReplayError(f"{fields['key']}: nobody reads {sorted(page)}")
    return OfficeNotice(**fields)


_AS_WRITTEN = {"title", "winner", "corporate_number", "amount", "bidders"}


def _due(first: date, paper: str, after: int, at: time, start: int | None = None) -> PaperDue:
    return PaperDue(
        paper=paper,
        day=_working(first + timedelta(days=after)),
        time=at,
        start=None if start is None else _working(first + timedelta(days=start)),
    )


def _file(name: str, label: str, how: str = "") -> NoticeFile:
    if how == "scanned":
        return NoticeFile(name=name, label=label, scanned=True)
    return NoticeFile(name=name, label=label, link=FileLink(how))


def _change(first: date, *, after: int, text: str, due: list[Any] | None = None) -> PageChange:
    day = _working(first + timedelta(days=after))
    return PageChange(day=day, text=text, due=_due(first, *due) if due else None)


def _gone(first: date, *, after: int, **said: Any) -> PageGone:
    return PageGone(day=first + timedelta(days=after), **said)


def _working(day: date, *, back: bool = False) -> date:
    """The day, or the next that is neither Saturday nor Sunday (``back``: the one before)."""
    while day.weekday() >= 5:
        day += timedelta(days=-1 if back else 1)
    return day
