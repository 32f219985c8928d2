"""Which deadline closes a tender, and whether an offer can still be handed in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazami.facts import Deadline, Stage
from kazami.procurement import JAPAN, TenderState, closing, state

DAY = date(2026, 6, 12)


def until(paper: str, day: date | None, at: time | None = None) -> Deadline:
    return Deadline(paper=paper, day=day, time=at, words="令和8年6月12日")


def test_the_last_day_of_an_offer_closes() -> None:
    last = until("見積書", DAY, time(17))
    deadlines = [
        until("質問書", date(2026, 7, 1)),
        until("参加申請書", date(2026, 6, 20)),
        until("提案書", date(2026, 6, 1)),
        last,
        until("開札", date(2026, 6, 30)),
    ]
    assert closing(deadlines) == last


def test_without_an_offer_named_the_application_closes() -> None:
    applied = until("参加申請書", DAY)
    assert closing([until("質問書", date(2026, 7, 1)), applied]) == applied


def test_an_offers_unknown_day_is_not_replaced_by_the_applications() -> None:
    assert closing([until("入札書", None), until("参加申請書", DAY)]) is None


@pytest.mark.parametrize("paper", ["質問書", "入札書に関する質問", "開札", "現場説明"])
def test_other_papers_close_nothing(paper: str) -> None:
    assert closing([until(paper, DAY)]) is None


def test_a_day_without_time_lasts_to_its_end() -> None:
    whole, timed = until("入札書", DAY), until("入札書", DAY, time(17))
    assert closing([whole, timed]) == whole == closing([timed, whole])


@pytest.mark.parametrize(
    ("at", "now", "expected"),
    [
        (time(17), datetime(2026, 6, 12, 17, 0, tzinfo=JAPAN), TenderState.OPEN),
        (time(17), datetime(2026, 6, 12, 17, 1, tzinfo=JAPAN), TenderState.CLOSED),
        (None, datetime(2026, 6, 12, 23, 59, tzinfo=JAPAN), TenderState.OPEN),
        (None, datetime(2026, 6, 12, 14, 59, tzinfo=UTC), TenderState.OPEN),
        (None, datetime(2026, 6, 12, 15, 0, tzinfo=UTC), TenderState.CLOSED),
    ],
)
def test_open_until_the_moment_in_japan(
    at: time | None, now: datetime, expected: TenderState
) -> None:
    assert state(Stage.NOTICE, DAY, at, now) is expected


@given(st.sampled_from(Stage), st.none() | st.just(DAY), st.integers(-400, 400))
def test_only_a_notice_with_a_day_ahead_is_open(stage: Stage, day: date | None, hours: int) -> None:
    now = datetime(2026, 6, 13, tzinfo=JAPAN) + timedelta(hours=hours)
    found = state(stage, day, None, now)
    can_be = stage in (Stage.NOTICE, Stage.CORRECTION) and day is not None and hours < 0
    assert (found is TenderState.OPEN) == can_be
