"""Every day that a person read in real and invented notices, against what the reader says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.reading.notices import read_tender
from kazami.facts import Deadline
from tests.crawler.reading.notices.marked import Marked, invented, real

SEEN = date(2027, 1, 31)
ANY = "締切"
OTHERWISE = {
    # The marker keeps a day that contradicts its day of the week; the reader calls it unknown.
    ("impossible-days", "質問書"),
    # A request for information is no tender: what answers it is read as a wish to take part.
    ("information", "回答書"),
}
FILLER = ["受注者は、次の各号に掲げる事項を守らなければならないこと、" * 40] * 100


def mistakes(notice: Marked, found: tuple[Deadline, ...]) -> list[str]:
    """What differs from the marks, in words; deadlines that are marked optional may be missing."""
    wrong = []
    marked = notice.right.get("deadlines", [])
    for right in marked:
        if (notice.name, right["paper"]) in OTHERWISE:
            continue
        of_paper = [each for each in found if right["paper"] in (each.paper, ANY)]
        if right["day"] == "unknown":
            known = [each for each in of_paper if each.day not in (None, right.get("likely"))]
            wrong += [f"{each.paper}: {each.day} is not known" for each in known]
        elif same := [each for each in of_paper if each.day == right["day"]]:
            if not any(_same_time(each, right) for each in same):
                wrong.append(f"{right['paper']}: {same[0].time} is not {right.get('time')}")
        elif not right.get("optional"):
            wrong.append(f"{right['paper']}: {right['day']} is missing")
    days = {right["day"] for right in marked} | {right.get("likely") for right in marked}
    return wrong + [
        f"{each.paper}: {each.day} is false" for each in found if each.day and each.day not in days
    ]


def _same_time(found: Deadline, right: dict[str, Any]) -> bool:
    printed = None if found.time is None else found.time.isoformat("minutes")
    # The last minute of a day stands for 24:00, which no time of day can be.
    allowed = {right.get("time", "").replace("24:00", "23:59") or None}
    if "hours" in right:
        allowed |= {None, right["hours"]}
    return printed in allowed or right.get("time") == "unknown"


@pytest.mark.parametrize("notice", list(invented()), ids=lambda notice: notice.name)
@pytest.mark.parametrize("filler", [[], FILLER], ids=["alone", "behind 100,000 characters"])
def test_an_invented_notice_is_read_as_marked(notice: Marked, filler: list[str]) -> None:
    facts = read_tender(notice.title, [*filler, *notice.blocks], seen=SEEN)
    assert mistakes(notice, facts.deadlines) == []


def test_every_real_notice_is_read_as_marked(shared: Path) -> None:
    wrong = {}
    for notice in real(shared):
        facts = read_tender(notice.title, notice.blocks, seen=SEEN)
        found = mistakes(notice, facts.deadlines)
        if notice.right.get("kind", "notice") == "notice":
            for name in ("published", "budget"):
                fact = getattr(facts, name)
                if (fact.value if fact else None) != notice.right.get(name):
                    found.append(f"{name}: {fact}")
        if found:
            wrong[notice.name] = found
    assert wrong == {}
