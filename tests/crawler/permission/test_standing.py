"""Hours and weekdays of a permission, in Japan time."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from crawler.permission.standing import JAPAN, NotNow, check_hours, opening, overrides_robots
from kazami.permission import Permission


def permission(**said) -> Permission:
    return Permission(
        source="102032/minutes/toy",
        granted_by="例示市議会事務局",
        granted_on=date(2025, 5, 1),
        **{"fetch": True, **said},
    )


def allowed(hours, at, days=None) -> bool:
    try:
        check_hours(permission(hours=hours, days=days), datetime.fromisoformat(at + "+09:00"))
    except NotNow:
        return False
    return True


NIGHT = (time(20, 0), time(6, 0))
DAY = (time(9, 0), time(17, 0))


@pytest.mark.parametrize(
    ("hours", "at", "inside"),
    [
        (DAY, "2025-06-02T09:00:00", True),
        (DAY, "2025-06-02T17:00:59", True),
        (DAY, "2025-06-02T17:01:00", False),
        (DAY, "2025-06-02T08:59:59", False),
        (NIGHT, "2025-06-02T20:00:00", True),
        (NIGHT, "2025-06-03T06:00:30", True),
        (NIGHT, "2025-06-03T06:01:00", False),
        (NIGHT, "2025-06-03T12:00:00", False),
        (None, "2025-06-03T12:00:00", True),
    ],
)
def test_hours_are_kept_to_the_minute_and_may_pass_midnight(hours, at, inside):
    assert allowed(hours, at) is inside


def test_weekdays_are_those_of_japan():
    weekend = frozenset({5, 6})

    assert allowed(None, "2025-06-01T23:59:00", weekend)
    assert not allowed(None, "2025-06-02T00:00:00", weekend)
    sunday_in_utc = datetime.fromisoformat("2025-06-01T16:00:00+00:00")
    with pytest.raises(NotNow):
        check_hours(permission(days=weekend), sunday_in_utc)


def test_only_a_permission_to_fetch_overrides_robots_txt():
    assert overrides_robots(permission())
    assert not overrides_robots(permission(fetch=False))
    assert not overrides_robots(None)


def test_the_refusal_says_who_permits_and_when():
    night = permission(hours=NIGHT, days=frozenset({6, 5}))
    with pytest.raises(NotNow, match=r"例示市議会事務局 permits .* Sat, Sun 20:00-06:00"):
        check_hours(night, datetime(2025, 6, 1, 12, tzinfo=JAPAN))
    assert opening(permission()) == "at any time"
