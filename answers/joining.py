"""Joining: which documents speak of one tender, by rules that have names.

A tender is seen on the portal and on the office's page, is corrected, called off, awarded. Two
documents of one body are joined by a rule, unless something tells them apart: then they stay
apart, whatever joins them. Three that would be one through a third, of which two are told apart,
stay apart too. Nothing depends on the order in which documents are given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from answers.title_matching import SAME_YEAR, SHORTEST, Title, fold, likeness
from kazami.facts import AwardOutcome, Stage
from kazami.text import fold_name

if TYPE_CHECKING:
    from kazami.store import StoredAward, StoredTender

TELLING = 6
"""A number of so many letters and figures stands for one tender; a shorter one comes again."""

AWARDED_WITHIN = timedelta(days=400)
"""An award is of a notice that was published so long before it."""


class JoinRule(StrEnum):
    """Why two documents are of one tender."""

    SAME_NUMBER = "same-number"
    SAME_PAGE = "same-page"
    SAME_PROJECT = "same-project"
    AWARD_NUMBER = "award-number"
    AWARD_PROJECT = "award-project"


class ApartRule(StrEnum):
    """Why two documents are not of one tender, whatever else joins them."""

    OTHER_BODY = "other-body"
    OTHER_NUMBER = "other-number"
    OTHER_PROJECT = "other-project"
    OTHER_TIME = "other-time"
    OTHER_CALL = "other-call"


class VersionStage(StrEnum):
    """What a document says of the tender, in the order in which it goes."""

    PLANNED = "planned"
    NOTICE = "notice"
    CORRECTION = "correction"
    CANCELLED = "cancelled"
    FAILED = "failed"
    AWARD = "award"


_PLACE = {stage: place for place, stage in enumerate(VersionStage)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A document as joining looks at it. ``closes`` is the day that its offers are due."""

    id: str
    body: str
    stage: VersionStage
    project: str
    number: str | None = None
    url: str | None = None
    day: date | None = None
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class Joint:
    """Two documents, by their ids, and the rules that join them."""

    one: str
    other: str
    rules: tuple[JoinRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedTender:
    """The versions of one tender, the oldest first, and what joins them."""

    versions: tuple[Version, ...]
    joints: tuple[Joint, ...]


class _Looked(NamedTuple):
    version: Version
    title: Title
    number: str
    page: str


def version_of(document: StoredTender | StoredAward) -> Version:
    """A stored tender or award as joining looks at it."""
    stage = _stage(document)
    return Version(
        id=document.id,
        body=document.body,
        stage=stage,
        project=document.project or document.title,
        number=document.number,
        url=document.url,
        day=document.date,
        closes=getattr(document, "closes", None),
    )


def _stage(document: StoredTender | StoredAward) -> VersionStage:
    said = getattr(document, "stage", None) or getattr(document, "outcome", None)
    if isinstance(said, Stage):
        return VersionStage(said.value)
    assert isinstance(said, AwardOutcome)
    return VersionStage.AWARD if said is AwardOutcome.AWARDED else VersionStage(said.value)


def join(versions: Iterable[Version]) -> list[JoinedTender]:
    """The tenders that these documents speak of; each document is in one."""
    looked = {each.id: _look(each) for each in versions}
    joints: dict[tuple[str, str], Joint] = {}
    for one, other in _pairs(looked):
        first, second = looked[one], looked[other]
        if (rules := _joined_by(first, second)) and not _told_apart(first, second):
            joints[one, other] = Joint(one, other, rules)
    joints = _agreeing(looked, joints)
    groups = _groups(looked, joints)
    led = {id: place for place, group in enumerate(groups) for id in group}
    inside: defaultdict[int, list[Joint]] = defaultdict(list)
    for (one, _), joint in sorted(joints.items()):
        inside[led[one]].append(joint)
    tenders = [
        JoinedTender(
            versions=tuple(sorted((looked[id].version for id in group), key=in_order)),
            joints=tuple(inside[place]),
        )
        for place, group in enumerate(groups)
    ]
    return sorted(tenders, key=lambda each: each.versions[0].id)


def rules_between(one: Version, other: Version) -> tuple[tuple[JoinRule, ...], ApartRule | None]:
    """What joins two documents, and what tells them apart."""
    first, second = _look(one), _look(other)
    return _joined_by(first, second), _told_apart(first, second)


def _look(version: Version) -> _Looked:
    return _Looked(
        version=version,
        title=fold(version.project, version.body),
        number="".join(filter(str.isalnum, fold_name(version.number or ""))),
        page=_page(version.url),
    )


def _page(url: str | None) -> str:
    """An address without what differs between two links to it."""
    if not url:
        return ""
    parts = urlsplit(url.strip())
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}" if host else ""


def _pairs(looked: dict[str, _Looked]) -> Iterator[tuple[str, str]]:
    """Those that some rule may join: each pair once, the lesser id first."""
    shelves: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for id, each in looked.items():
        body = each.version.body
        core = each.title.core if _names(each) else ""
        for sort, key in (("number", each.number), ("page", each.page), ("core", core)):
            if key:
                shelves[body, sort, key].append(id)
    yield from sorted({pair for ids in shelves.values() for pair in combinations(sorted(ids), 2)})


def _names(each: _Looked) -> bool:
    """Whether its words name a purchase; 入札公告 names none."""
    return len(each.title.core) >= SHORTEST


def _joined_by(one: _Looked, other: _Looked) -> tuple[JoinRule, ...]:
    alike = likeness(one.title, other.title) if _names(one) and _names(other) else None
    awarded = VersionStage.AWARD in (one.version.stage, other.version.stage)
    rules = []
    if one.number and one.number == other.number and (len(one.number) >= TELLING or alike):
        rules.append(JoinRule.AWARD_NUMBER if awarded else JoinRule.SAME_NUMBER)
    if one.page and one.page == other.page and alike:
        # Many notices may stand on one page, so that the page alone says nothing.
        rules.append(JoinRule.SAME_PAGE)
    if alike and alike.core:
        if awarded and _awarded_after(one.version, other.version):
            rules.append(JoinRule.AWARD_PROJECT)
        elif not awarded and _near(one.version, other.version, SAME_YEAR):
            rules.append(JoinRule.SAME_PROJECT)
    return tuple(rules)


def _told_apart(one: _Looked, other: _Looked) -> ApartRule | None:
    if one.version.body != other.version.body:
        return ApartRule.OTHER_BODY
    if one.number and other.number and one.number != other.number:
        return ApartRule.OTHER_NUMBER
    if _names(one) and _names(other) and likeness(one.title, other.title) is None:
        return ApartRule.OTHER_PROJECT
    if not _near(one.version, other.version, AWARDED_WITHIN):
        return ApartRule.OTHER_TIME
    if _two_calls(one, other):
        return ApartRule.OTHER_CALL
    return None


def _near(one: Version, other: Version, span: timedelta) -> bool:
    """Whether both days lie within the span, as far as they are known."""
    return one.day is None or other.day is None or abs(one.day - other.day) <= span


def _two_calls(one: _Looked, other: _Looked) -> bool:
    """Whether two notices are due on two days, and no number says that they are one.

    What is bought every month is called the same every time.
    """
    if not (one.version.stage is other.version.stage is VersionStage.NOTICE):
        return False
    closes, others = one.version.closes, other.version.closes
    same_number = bool(one.number) and one.number == other.number
    return closes is not None and others is not None and closes != others and not same_number


def _awarded_after(one: Version, other: Version) -> bool:
    """Whether of an award and a notice the award is the later, and after the opening."""
    award, notice = (one, other) if one.stage is VersionStage.AWARD else (other, one)
    if notice.stage is VersionStage.AWARD or award.day is None:
        return False
    begun = notice.closes or notice.day
    return begun is not None and timedelta(0) <= award.day - begun <= AWARDED_WITHIN


def _agreeing(
    looked: dict[str, _Looked], joints: dict[tuple[str, str], Joint]
) -> dict[tuple[str, str], Joint]:
    """The joints without those that would make one of two that are told apart.

    First those of a document that is joined to both of two such go; where a longer way still leads
    from one to the other, every joint on the way.
    """
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in joints:
        beside[one].add(other)
        beside[other].add(one)
    torn: set[str] = set()
    for one, other in _apart_inside(looked, joints):
        torn |= beside[one] & beside[other]
    kept = {pair: joint for pair, joint in joints.items() if not torn & set(pair)}
    led = {id: place for place, group in enumerate(_groups(looked, kept)) for id in group}
    doubtful = {led[one] for one, _ in _apart_inside(looked, kept)}
    return {pair: joint for pair, joint in kept.items() if led[pair[0]] not in doubtful}


def _apart_inside(
    looked: dict[str, _Looked], joints: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Those that hang together although something tells them apart."""
    for group in _groups(looked, joints):
        for one, other in combinations(group, 2):
            if _told_apart(looked[one], looked[other]):
                yield one, other


def _groups(ids: Iterable[str], joints: Iterable[tuple[str, str]]) -> list[list[str]]:
    """What hangs together."""
    leader = {id: id for id in ids}

    def led_by(id: str) -> str:
        while leader[id] != id:
            leader[id] = leader[leader[id]]
            id = leader[id]
        return id

    for one, other in joints:
        first, second = sorted((led_by(one), led_by(other)))
        leader[second] = first
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for id in leader:
        groups[led_by(id)].append(id)
    return list(groups.values())


def in_order(version: Version) -> tuple[date, int, str]:
    """The key by which versions of one tender follow each other; those without a day come first."""
    return version.day or date.min, _PLACE[version.stage], version.id
