"""Tenders as text for reading."""

from __future__ import annotations

from collections.abc import Iterator

from answers.tenders import Offer, TendersAnswer
from kazami.document import Kind
from kazami.facts import Deadline
from kazami.procurement import JAPAN, TenderState
from presenting.safe_text import one_line
from presenting.tenders import STATES, VERSIONS, left_out_lines, searched_line, unread_line
from search_cli.layout.show import missing_text
from search_cli.terminal import Style

_SOON = 7
"""So many days left are few."""


def as_text(answer: TendersAnswer, style: Style) -> str:
    """A block per tender: until when, how many days are left, whose, what, how; then its links."""
    asked = f"「{one_line(answer.question.query)}」  " if answer.question.query else ""
    shown = len(answer.offers)
    part = f"  うち{shown:,}件（続きは --limit）" if shown < answer.total else ""
    day = answer.at.astimezone(JAPAN).date()
    lines = [style.strong(f"{asked}{answer.total:,}件") + f"{part} · {day} 現在 · 締切順"]
    if answer.states:
        lines.append(
            " · ".join(f"{STATES[state]} {count:,}件" for state, count in answer.states.items())
        )
    for offer in answer.offers:
        lines += ["", *_block(offer, style)]
    foot = [*left_out_lines(answer), searched_line(answer)]
    if unread := unread_line(answer):
        return "\n".join([*lines, "", *map(style.faint, foot), style.warning(unread)])
    return "\n".join([*lines, "", *map(style.faint, foot)])


def _block(offer: Offer, style: Style) -> Iterator[str]:
    tender = offer.tender
    yield f"{_until(offer, style)}  {style.strong(one_line(offer.body_name))}"
    project = one_line(tender.project or tender.title)
    yield f"  {project}"
    if one_line(tender.title) != project:
        yield f"  {one_line(tender.title)}"
    told = [one_line(each) for each in (tender.procedure, tender.category, tender.number) if each]
    if tender.budget is not None:
        told.append(f"予定価格 {tender.budget:,}円")
    published = offer.versions[0].day if offer.versions else tender.date
    told.append(f"公告 {published}" if published else "公告日なし")
    yield f"  {' · '.join(told)}"
    others = [_deadline(each) for each in offer.deadlines if each.paper != tender.closes_for]
    if others:
        yield f"  ほかの期限: {'、'.join(others)}"
    # A page and the portal's copy of it are one step.
    steps = {f"{VERSIONS[each.stage]} {each.day or '日付なし'}": None for each in offer.versions}
    if len(steps) > 1:
        yield f"  経過: {'、'.join(steps)}"
    if gone := missing_text(tender.missing, Kind.TENDER):
        yield f"  {style.warning(gone)}"
    if tender.url:
        yield f"  {style.faint(one_line(tender.url))}"
    show = f"kazami show '{one_line(tender.id)}'"
    yield f"  {style.faint(show)}"


def _until(offer: Offer, style: Style) -> str:
    """``2026-06-12 17:00 入札書 あと11日``; what cannot be told is said to be unknown."""
    tender = offer.tender
    if offer.state is not TenderState.OPEN:
        when = f"（{_when(offer)}）" if offer.state is TenderState.CLOSED else ""
        return style.warning(f"{STATES[offer.state]}{when}")
    assert offer.days_left is not None
    left = f"あと{offer.days_left}日" if offer.days_left else "きょうまで"
    painted = style.warning(left) if offer.days_left < _SOON else style.accent(left)
    return f"{_when(offer)} {one_line(tender.closes_for or '')}  {painted}"


def _when(offer: Offer) -> str:
    at = offer.tender.closes_at
    return f"{offer.tender.closes}{f' {at:%H:%M}' if at else ''}"


def _deadline(deadline: Deadline) -> str:
    at = f" {deadline.time:%H:%M}" if deadline.time else ""
    return f"{one_line(deadline.paper)} {deadline.day or '不明'}{at}"
