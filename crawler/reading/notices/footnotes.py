"""Hours that stand in a footnote and hold for the days that bear its mark: ※1 いずれも17時必着."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import time

from crawler.reading.notices.days import hours
from crawler.reading.notices.segments import Statement

_MARK = re.compile(r"※\s?(?:\d{1,2}|[a-z](?![a-z]))")
_MARKS_BEHIND = re.compile(rf"(?:\s|まで|必着|[、,()]|{_MARK.pattern})+")
_FOOTNOTE_HOUR = re.compile(
    r"(?:期限日|最終日|終了日|締切日|終期の?日?|末日)の?(?P<hour>.{2,12}?)まで"
    r"|(?:各日|毎日)の?.{2,12}?から(?P<daily>.{2,12}?)まで"
    r"|(?:いずれも|すべて|全て|期限は|締切は|時刻は)、?(?P<all>[^から~]{2,12}?)(?:まで|必着|締切|とする|です|$)"
)


def hours_of_footnotes(pieces: Sequence[Statement]) -> dict[str, time]:
    """※2 開始日の午前9時から期限日の午後5時までとする: the hour of each mark."""
    found: dict[str, time] = {}
    for piece in pieces:
        mark = _MARK.match(piece.text)
        said = _FOOTNOTE_HOUR.search(piece.text) if mark else None
        if mark and said and (read := hours(said["hour"] or said["daily"] or said["all"])):
            found.setdefault(re.sub(r"\s", "", mark[0]), read[-1])
    return found


def hour_referred_to(footnotes: Mapping[str, time], label: str, rest: str) -> time | None:
    """The hour of a footnote that a day's label names, or the ``rest`` right behind the day."""
    behind = _MARKS_BEHIND.match(rest)
    marks = [*_MARK.finditer(label), *_MARK.finditer(behind[0] if behind else "")]
    told = (footnotes.get(re.sub(r"\s", "", mark[0])) for mark in marks)
    return next((hour for hour in told if hour is not None), None)
