"""The facts of one tender from its page and the files beside it, where its days usually stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from crawler.reading.notices.tender import read_tender
from crawler.reading.notices.words import vocabulary
from kazami.facts import Deadline, Fact, Stage, TenderFacts, stated
from kazami.text import fold_name

_MOST_FILES = 30
_MOST_TEXT = 60_000
"""Characters of a file; a notice states its days before its annexes begin."""

_OVER = (Stage.PLANNED, Stage.CANCELLED, Stage.FAILED)


@dataclass(frozen=True, slots=True)
class FileText:
    """A file's text in order, under the name that the page gives it."""

    name: str
    blocks: Sequence[str]


def read_tender_and_files(
    title: str,
    blocks: Sequence[str],
    files: Sequence[FileText],
    *,
    seen: date,
    listed: Mapping[str, str] | None = None,
) -> TenderFacts:
    """What page and files state together; arguments as ``read_tender`` takes them.

    A fact that the page tells goes before the files', an earlier file's before a later one's. Of
    files for several purchases those of the page's own are read. Where two state other days
    for one paper, the day is unknown and the words of both are shown, unless one of them is a
    correction: its days hold. A notice that is over or only planned takes no days from files.
    """
    page = read_tender(title, blocks, seen=seen, listed=listed)
    lent = {}
    if page.published is not None and page.published.value is not None:
        lent = {"公告日": page.published.value.isoformat()}
    parts = [
        read_tender(each.name, _beginning(each.blocks), seen=seen, listed=lent)
        for each in files[:_MOST_FILES]
    ]
    parts = _of_this_purchase(page, parts, {each.name.strip() for each in files})
    whole = page
    for part in parts:
        # The day that was lent to it is not its own.
        whole = _filled(whole, replace(part, published=None) if lent else part)
    if page.stage is not None and page.stage.value in _OVER:
        return whole
    return replace(whole, deadlines=_together([page, *parts]))


def _beginning(blocks: Sequence[str]) -> list[str]:
    kept: list[str] = []
    left = _MOST_TEXT
    for block in blocks:
        if left <= 0:
            break
        kept.append(block[:left])
        left -= len(block)
    return kept


def _of_this_purchase(
    page: TenderFacts, parts: Sequence[TenderFacts], names: set[str]
) -> list[TenderFacts]:
    """All, unless they name several purchases: then those that name the page's, or none."""
    projects = [
        fold_name(part.project.value)
        if part.project and part.project.value and part.project.words not in names
        else ""
        for part in parts
    ]
    distinct = {each for each in projects if each}
    if not any(not _same(one, other) for one in distinct for other in distinct):
        return list(parts)
    own = fold_name(page.project.value) if page.project and page.project.value else ""
    return [
        part
        for part, project in zip(parts, projects, strict=True)
        if not project or (own and _same(own, project))
    ]


def _same(one: str, other: str) -> bool:
    return one in other or other in one


def _filled(whole: TenderFacts, part: TenderFacts) -> TenderFacts:
    """With the part's facts where nothing is told yet."""
    told: dict[str, Fact[object]] = {}
    for name, _, fact in stated(part):
        known = getattr(whole, name)
        if known is None or (known.value is None and fact.value is not None):
            told[name] = fact
    return replace(whole, **told)  # type: ignore[arg-type]


def _together(parts: Sequence[TenderFacts]) -> tuple[Deadline, ...]:
    papers = dict.fromkeys(each.paper for part in parts for each in part.deadlines)
    found = [each for paper in papers for each in _of_paper(paper, parts)]
    named = {each.day for each in found if each.paper != vocabulary().any_paper}
    return tuple(
        each for each in found if each.paper != vocabulary().any_paper or each.day not in named
    )


def _of_paper(paper: str, parts: Sequence[TenderFacts]) -> Sequence[Deadline]:
    """The paper's days by the part that says most of them, unless another contradicts it."""
    by_part = [
        (part, [each for each in part.deadlines if each.paper == paper and each.day is not None])
        for part in parts
    ]
    known = [(part, days) for part, days in by_part if days]
    if not known:
        return [each for part in parts for each in part.deadlines if each.paper == paper][:1]
    for part, days in known:
        if part.stage is not None and part.stage.value is Stage.CORRECTION:
            return days
    most = max((days for _, days in known), key=lambda days: len({each.day for each in days}))
    days_of_most = {each.day for each in most}
    for _, days in known:
        if not {each.day for each in days} <= days_of_most:
            words = dict.fromkeys(each[0].words[:150] for _, each in known)
            return [Deadline(paper=paper, day=None, words=" / ".join(words))]
    return [_timed(each, [days for _, days in known]) for each in most]


def _timed(deadline: Deadline, others: Sequence[Sequence[Deadline]]) -> Deadline:
    """With the hour that another part prints of the same day, where it prints none itself."""
    if deadline.time is not None:
        return deadline
    return next(
        (
            replace(each, begins=each.begins or deadline.begins)
            for days in others
            for each in days
            if each.day == deadline.day and each.time is not None
        ),
        deadline,
    )
