"""The lists of an invented town's website: news, open tenders, results, what is to be tendered."""

from __future__ import annotations

import html
from datetime import date
from typing import Protocol

from kazami.document import Kind
from replay.notice_words import OfficeWording
from replay.town_office import OfficeNotice, PaperDue, TownOffice

LISTS = {
    "news": "新着情報",
    "tenders": "入札・プロポーザルの公告",
    "results": "入札・プロポーザルの結果",
    "plans": "発注の見通し",
}
"""Every list and its title."""


class _Skin(Protocol):
    def page(self, notice: OfficeNotice) -> str: ...


class _Site(Protocol):
    office: TownOffice
    now: date

    @property
    def skin(self) -> _Skin: ...
    @property
    def wording(self) -> OfficeWording: ...
    def day(self, day: date) -> str: ...


def list_rows(name: str, site: _Site) -> list[dict[str, str]]:
    """The holes of each row, escaped; ``path`` is where it leads."""
    if name == "plans":
        return _plans(site)
    kind = {"tenders": Kind.TENDER, "results": Kind.AWARD}.get(name)
    shown = [each for each in site.office.shown(site.now) if kind in (None, each.kind)]
    return [_notice(name, each, site) for each in shown]


def _notice(name: str, notice: OfficeNotice, site: _Site) -> dict[str, str]:
    project, wording = notice.project, site.wording
    last = max(notice.dues, key=lambda due: due.day, default=None)
    when = {"news": notice.updated, "results": notice.decided}.get(name)
    cells = {
        "key": notice.key,
        "day": site.day(when or notice.day),
        "iso": notice.published.isoformat(),
        "title": notice.title,
        "subject": notice.title if notice.outcome and not notice.winner else _subject(notice),
        "due": wording.due(_end(last)) if last else "－",
        "procedure": project.procedure if project else "",
        "department": notice.department,
        "winner": notice.winner or (str(notice.outcome) if notice.outcome else ""),
        "amount": "－" if notice.amount is None else wording.yen(notice.amount),
    }
    written = {name: html.escape(cell) for name, cell in cells.items()}
    dues = [f"{html.escape(due.paper)}締切：{wording.due(_end(due))}" for due in notice.dues]
    return {**written, "dues": "<br />\n".join(dues), "path": site.skin.page(notice)}


def _subject(notice: OfficeNotice) -> str:
    return notice.project.subject if notice.project else notice.title


def _end(due: PaperDue) -> PaperDue:
    return PaperDue(paper=due.paper, day=due.day, time=due.time)


def _plans(site: _Site) -> list[dict[str, str]]:
    return [
        {
            "subject": html.escape(plan.project.subject),
            "category": plan.project.category,
            "quarter": site.wording.on(
                date(plan.year, 4, 1), f"{{era}}{{eyear}}年度第{plan.quarter}四半期"
            ),
            "procedure": plan.project.procedure,
            "place": html.escape(plan.project.place),
            "department": html.escape(plan.project.department),
        }
        for plan in site.office.plans(site.now)
    ]
