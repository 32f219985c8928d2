"""Invented notices and awards, of real bodies that never published them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from kazami.document import Document, Kind, Passage
from kazami.facts import AwardFacts, Deadline, Fact, Stage, TenderFacts

FETCHED = datetime(2026, 5, 30, 3, tzinfo=UTC)
KIRYU, TAKASAKI = "102032", "102024"


def due(day: date | None, paper: str = "入札書", at: time | None = None) -> Deadline:
    return Deadline(paper=paper, day=day, time=at, words=f"{paper}の期限 {day or '別途'}")


def notice(
    key: str,
    project: str = "例示庁舎清掃業務委託",
    *deadlines: Deadline,
    stage: Stage = Stage.NOTICE,
    number: str | None = None,
    category: str | None = "役務",
    budget: int | None = None,
    body: str = KIRYU,
    day: date | None = date(2026, 5, 20),
    title: str | None = None,
    url: str | None = "",
    platform: str = "html_list",
) -> Document:
    """A notice; ``url`` empty is one made of its key."""
    facts = TenderFacts(
        stage=Fact(stage, "段階"),
        project=Fact(project, f"件名 {project}"),
        number=Fact(number, f"第{number}号") if number else None,
        category=Fact(category, f"種別 {category}") if category else None,
        procedure=Fact("一般競争入札", "一般競争入札に付す"),
        budget=None if budget is None else Fact(budget, f"予定価格 {budget}円"),
        deadlines=deadlines,
    )
    return Document(
        body=body,
        kind=Kind.TENDER,
        platform=platform,
        key=key,
        title=title or f"入札公告 {project}",
        date=day,
        fetched=FETCHED,
        url=f"https://reiji.example/{key}" if url == "" else url,
        facts=facts,
        passages=(Passage(key="1", order=1, text=f"{project}を一般競争入札に付します。"),),
    )


def award(
    key: str,
    project: str = "例示庁舎清掃業務委託",
    *,
    number: str | None = None,
    body: str = KIRYU,
    day: date | None = date(2026, 6, 20),
    supplier: str | None = "例示商事株式会社",
    amount: int | None = 12_000_000,
    url: str | None = None,
) -> Document:
    """An award that nobody won."""
    facts = AwardFacts(
        project=Fact(project, project),
        number=Fact(number, f"第{number}号") if number else None,
        supplier=Fact(supplier, supplier) if supplier else None,
        amount=None if amount is None else Fact(amount, f"{amount}円"),
    )
    return Document(
        body=body,
        kind=Kind.AWARD,
        platform="award_csv",
        key=key,
        title=project,
        date=day,
        fetched=FETCHED,
        url=url,
        facts=facts,
        passages=(),
    )
