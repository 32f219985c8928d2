"""An invented office's notice in words: the same facts as different offices print them.

The wordings are data, in ``pages/town_office/wordings.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from pathlib import Path

from kazami.dates import era_year
from kazami.document import Kind
from replay.invented_words import wide
from replay.town_office import JST, NoticeFile, OfficeNotice, PaperDue, TenderOutcome

_FILE = Path(__file__).with_name("pages") / "town_office" / "wordings.toml"
_NOON = time(12)

Row = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class OfficeWording:
    """How an office names things, and writes days, times and money.

    With ``date_first`` the rows of a schedule begin with the day, in which ``short`` leaves the
    year to the first row. With ``dash`` what is not there is －, elsewhere its row is missing.
    """

    day: str
    clock: str
    until: str
    span: str
    money: str
    labels: Mapping[str, str]
    noon: str = ""
    short: str = ""
    wide: bool = False
    date_first: bool = False
    dash: bool = False

    def on(self, day: date, style: str = "") -> str:
        era = era_year(day)
        written = (style or self.day).format(
            era=era.era,
            letter=era.letter,
            eyear=era.year,
            year=day.year,
            month=day.month,
            day=day.day,
            month2=f"{day.month:02}",
            day2=f"{day.day:02}",
            weekday="月火水木金土日"[day.weekday()],
        )
        return wide(written) if self.wide else written

    def at(self, moment: time) -> str:
        if self.noon and moment == _NOON:
            return self.noon
        written = self.clock.format(
            half="午前" if moment.hour < 12 else "午後",
            hour=moment.hour,
            hour12=moment.hour if moment.hour <= 12 else moment.hour - 12,
            minute2=f"{moment.minute:02}",
            minutes=f"{moment.minute}分" if moment.minute else "",
        )
        return wide(written) if self.wide else written

    def due(self, due: PaperDue, style: str = "") -> str:
        gap = "" if self.clock.startswith("{half}") else " "
        end = f"{self.on(due.day, style)}{gap}{self.at(due.time)}{self.until}"
        if due.start is None:
            return end
        return self.span.format(start=self.on(due.start, style), end=end)

    def yen(self, amount: int) -> str:
        written = self.money.format(yen=amount)
        return wide(written) if self.wide else written


@dataclass(frozen=True, kw_only=True)
class WordedPart:
    """A piece of a page under a heading: paragraphs, then rows of two cells, then files."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    files: tuple[NoticeFile, ...] = field(default=())


@cache
def wordings() -> Mapping[str, OfficeWording]:
    """Every wording by its name."""
    read = tomllib.loads(_FILE.read_text("utf-8"))
    common = read.pop("labels")
    return {
        name: OfficeWording(**{**said, "labels": {**common, **said.get("labels", {})}})
        for name, said in read.items()
    }


def notice_parts(name: str, notice: OfficeNotice, wording: OfficeWording) -> tuple[WordedPart, ...]:
    """The whole page of an office called ``name``."""
    labels = wording.labels
    parts = [WordedPart(paragraphs=notice.text)]
    if notice.kind is Kind.TENDER and notice.outcome is None:
        parts.append(WordedPart(heading=labels["outline"], rows=tuple(_outline(notice, wording))))
        parts.append(WordedPart(heading=labels["dates"], rows=_schedule(notice, wording)))
        said = notice.project.eligibility if notice.project else ""
        parts.append(WordedPart(heading=labels["eligibility"], paragraphs=(said,)))
    elif notice.outcome:
        parts.append(WordedPart(heading=labels["result"], rows=tuple(_result(notice, wording))))
    if notice.files:
        parts.append(WordedPart(heading=labels["files"], files=notice.files))
    office = f"{name}　{notice.department}"
    phone = f"電話　0999-20-26{notice.number:02}　ファクシミリ　0999-20-2025"
    parts.append(WordedPart(heading=labels["contact"], paragraphs=(office, phone)))
    return tuple(part for part in parts if part.paragraphs or part.rows or part.files)


def plain_lines(title: str, parts: Sequence[WordedPart]) -> Iterator[str]:
    """The page as lines of text, for a PDF or for who keeps text alone."""
    yield title
    for part in parts:
        if part.heading:
            yield ""
            yield part.heading
        for paragraph in part.paragraphs:
            yield f"　{paragraph}"
        for row in part.rows:
            yield "　".join(row)
        for file in part.files:
            yield file.label


def _outline(notice: OfficeNotice, wording: OfficeWording) -> Iterator[Row]:
    project, labels = notice.project, wording.labels
    assert project is not None  # a tender is for something
    yield labels["subject"], project.subject
    yield labels["published"], wording.on(notice.day)
    yield labels["category"], project.category
    yield labels["procedure"], project.procedure
    yield labels["place"], project.place
    if notice.period:
        first, last = (wording.on(day) for day in notice.period)
        yield labels["period"], f"{first}から{last}まで"
    if project.budget is not None:
        yield labels["budget"], wording.yen(project.budget)
    elif wording.dash:
        yield labels["budget"], "－"


def _schedule(notice: OfficeNotice, wording: OfficeWording) -> tuple[Row, ...]:
    labels = wording.labels
    dues = sorted(notice.dues, key=lambda due: due.start or due.day)
    rows: list[Row] = []
    for due in dues:
        style = wording.short if rows and _goes_on(dues, due) else ""
        rows.append((labels["deadline"].format(paper=due.paper), wording.due(due, style)))
    if notice.opening:
        opened = notice.opening.astimezone(JST)
        gap = "" if wording.clock.startswith("{half}") else " "
        moment = f"{wording.on(opened.date())}{gap}{wording.at(opened.time())}"
        rows.append((labels["opening"], moment))
    return tuple((when, what) if wording.date_first else (what, when) for what, when in rows)


def _goes_on(dues: Sequence[PaperDue], due: PaperDue) -> bool:
    """Whether its year is the one before it, so that it need not be named."""
    before = dues[dues.index(due) - 1]
    return (due.start or due.day).year == due.day.year == before.day.year


def _result(notice: OfficeNotice, wording: OfficeWording) -> Iterator[Row]:
    project, labels = notice.project, wording.labels
    if project:
        yield labels["subject"], project.subject
    if notice.outcome is not TenderOutcome.AWARDED:
        yield labels["outcome"], str(notice.outcome)
    if notice.decided:
        yield labels["decided"], wording.on(notice.decided)
    if notice.winner:
        yield labels["winner"], notice.winner
        if notice.corporate_number or wording.dash:
            yield labels["number"], notice.corporate_number or "－"
    if notice.amount is not None:
        yield labels["amount"], wording.yen(notice.amount)
    if notice.bidders is not None:
        yield labels["bidders"], f"{notice.bidders}者"
