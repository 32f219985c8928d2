"""Which tenders are open at a moment, and what is said of the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.tenders import OLD_AFTER, LeftOut, TenderQuestion, TendersAnswer, moment, tenders
from kazami.bodies import load_bodies
from kazami.facts import Stage
from kazami.procurement import JAPAN, TenderState
from kazami.store import Store, open_folder
from tests.answers.notices import KIRYU, TAKASAKI, due, notice

NOON = datetime(2026, 6, 1, 3, tzinfo=UTC)
"""Twelve o'clock in Japan on 1 June."""
TODAY = date(2026, 6, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_folder(tmp_path) as opened:
        yield opened


def asked(store: Store, at: datetime = NOON, **question: Any) -> TendersAnswer:
    return tenders(store, TenderQuestion(**question), at=at, bodies=load_bodies())


def keys(answer: TendersAnswer) -> list[str]:
    return [offer.tender.id.partition(":")[2] for offer in answer.offers]


def test_open_ones_come_by_closing_day_and_the_unknown_after_them(store: Store) -> None:
    late, soon = due(date(2026, 6, 30)), due(TODAY, at=time(17))
    store.put([notice("u"), notice("late", "件", late), notice("soon", "件", soon)])
    answer = asked(store)
    assert [(o.state, o.days_left) for o in answer.offers] == [
        (TenderState.OPEN, 0),
        (TenderState.OPEN, 29),
        (TenderState.UNKNOWN, None),
    ]
    assert keys(answer) == ["soon", "late", "u"]
    assert answer.offers[0].deadlines == (soon,)


def test_a_tender_closes_at_its_minute_in_japan(store: Store) -> None:
    store.put([notice("a", "件", due(TODAY, at=time(12)))])
    assert keys(asked(store)) == ["a"]
    assert keys(asked(store, NOON + timedelta(minutes=1))) == []


def test_closed_cancelled_and_failed_ones_come_on_request_only(store: Store) -> None:
    past = due(date(2026, 5, 25))
    store.put(
        [
            notice("closed", "件", past),
            notice("off", "件", due(date(2026, 6, 9)), stage=Stage.CANCELLED),
            notice("nobody", "件", stage=Stage.FAILED),
        ]
    )
    assert keys(asked(store)) == []
    found = {o.tender.id.partition(":")[2]: o.state.value for o in asked(store, over=True).offers}
    assert found == {"closed": "closed", "off": "cancelled", "nobody": "failed"}


def test_an_unknown_deadline_is_never_open(store: Store) -> None:
    store.put([notice("a"), notice("b", "件", due(None)), notice("q", "件", due(TODAY, "質問書"))])
    answer = asked(store, only_open=True)
    assert keys(answer) == []
    assert answer.left_out == LeftOut(unknown=3)
    within = asked(store, within=timedelta(days=3))
    assert (keys(within), within.left_out.unknown) == ([], 3)


def test_an_unknown_deadline_does_not_stay_for_ever(store: Store) -> None:
    long_ago = TODAY - OLD_AFTER - timedelta(days=1)
    store.put([notice("old", "件", day=long_ago), notice("new", day=TODAY - OLD_AFTER)])
    answer = asked(store)
    assert (keys(answer), answer.left_out) == (["new"], LeftOut(old=1))
    assert sorted(keys(asked(store, over=True))) == ["new", "old"]


def test_what_closes_soon(store: Store) -> None:
    store.put([notice(f"d{n}", "件", due(TODAY + timedelta(days=n))) for n in (0, 13, 14, 15)])
    assert keys(asked(store, within=timedelta(days=14))) == ["d0", "d13", "d14"]


def test_a_category_and_an_amount_that_are_not_stated_are_counted(store: Store) -> None:
    day = due(date(2026, 6, 9))
    store.put(
        [
            notice("small", "件", day, budget=900),
            notice("large", "件", day, budget=1000),
            notice("silent", "件", day),
            notice("none", "件", day, category=None, budget=5000),
            notice("works", "件", day, category="建設工事", budget=5000),
        ]
    )
    answer = asked(store, categories=("役務",), min_amount=1000)
    assert (keys(answer), answer.left_out) == (["large"], LeftOut(no_amount=1, no_category=1))


def test_where_it_was_asked_and_what_is_not_collected(store: Store) -> None:
    store.put([notice("a", "件", due(date(2026, 6, 9))), notice("b", body=TAKASAKI)])
    answer = asked(store, bodies=frozenset({KIRYU, "011002"}))
    assert (keys(answer), answer.searched, answer.bodies) == (["a"], 1, 1)
    assert answer.not_collected == ("011002",)
    assert asked(store, prefectures=frozenset({"10"})).not_collected == ()


def test_as_of_a_day_nothing_later_is_known(store: Store) -> None:
    store.put([notice("a", "件", due(date(2026, 5, 25)), day=date(2026, 5, 10))])
    assert keys(asked(store, moment(date(2026, 5, 25), NOON))) == ["a"]
    assert keys(asked(store, moment(date(2026, 5, 26), NOON))) == []
    assert keys(asked(store, moment(date(2026, 5, 9), NOON))) == []
    assert moment(None, NOON) == NOON


def test_a_limit_shows_the_first_and_counts_all(store: Store) -> None:
    store.put([notice(f"d{n}", "件", due(TODAY + timedelta(days=n))) for n in range(5)])
    answer = tenders(store, TenderQuestion(), at=NOON, bodies=load_bodies(), limit=2)
    assert (keys(answer), answer.total, answer.states) == (["d0", "d1"], 5, {TenderState.OPEN: 5})


@pytest.fixture(scope="module")
def closing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_folder(tmp_path_factory.mktemp("closing")) as opened:
        opened.put([notice("a", "件", due(date(2026, 6, 10), at=time(17)), day=None)])
        yield opened


@given(st.integers(-60 * 24 * 40, 60 * 24 * 20))
def test_it_is_open_exactly_until_its_end(closing: Store, minutes: int) -> None:
    end = datetime(2026, 6, 10, 17, tzinfo=JAPAN)
    at = end + timedelta(minutes=minutes)
    assert bool(keys(asked(closing, at, only_open=True))) == (at <= end)


def test_a_correction_moves_the_day_and_the_two_are_one(store: Store) -> None:
    first = notice("first", "例示庁舎清掃業務", due(TODAY, "質問書"), due(date(2026, 5, 30)))
    moved = due(date(2026, 6, 20))
    fixed = notice(
        "fixed", "例示庁舎清掃業務の訂正", moved, stage=Stage.CORRECTION, day=date(2026, 5, 28)
    )
    store.put([first, fixed])
    [offer] = asked(store).offers
    assert (offer.tender.closes, offer.state) == (date(2026, 6, 20), TenderState.OPEN)
    [whole] = asked(store, over=True).offers
    assert [each.id for each in whole.versions] == ["html_list:first", "html_list:fixed"]
    assert whole.first_id == "html_list:first"
    assert whole.deadlines == (due(TODAY, "質問書"), moved)
    before = asked(store, moment(date(2026, 5, 27), NOON)).offers
    assert [each.tender.closes for each in before] == [date(2026, 5, 30)]


@pytest.mark.parametrize("platform", ["feed", "html_list"])
def test_a_bodys_own_page_goes_before_the_portals_copy(store: Store, platform: str) -> None:
    """Whatever the order of their ids; what the copy alone states is kept."""
    closes = due(date(2026, 6, 20))
    own = notice("own", "例示庁舎清掃業務", closes, category=None, platform=platform)
    copy = notice("copy", "例示庁舎清掃業務", closes, budget=9, platform="kkj")
    store.put([copy, own])
    [offer] = asked(store).offers
    assert (offer.tender.id, offer.tender.url) == (own.id, own.url)
    assert (offer.tender.category, offer.tender.budget) == ("役務", 9)
    assert len(offer.versions) == 2


def test_a_later_word_of_the_portal_goes_before_an_older_page(store: Store) -> None:
    own = notice("own", "例示庁舎清掃業務", due(date(2026, 6, 20)))
    moved = notice(
        "copy",
        "例示庁舎清掃業務",
        due(date(2026, 6, 25)),
        stage=Stage.CORRECTION,
        day=date(2026, 5, 28),
        platform="kkj",
    )
    store.put([own, moved])
    [offer] = asked(store).offers
    assert (offer.tender.id, offer.tender.closes) == (moved.id, date(2026, 6, 25))


def test_a_correction_can_close_a_tender_sooner(store: Store) -> None:
    store.put(
        [
            notice("first", "例示庁舎清掃業務", due(date(2026, 6, 20))),
            notice(
                "fixed",
                "例示庁舎清掃業務",
                due(date(2026, 5, 30)),
                stage=Stage.CORRECTION,
                day=date(2026, 5, 28),
            ),
        ]
    )
    assert keys(asked(store)) == []


def test_what_is_called_off_is_open_no_longer(store: Store) -> None:
    open_one = notice("first", "例示庁舎清掃業務", due(date(2026, 6, 20)))
    off = notice("off", "例示庁舎清掃業務の中止", stage=Stage.CANCELLED, day=date(2026, 5, 28))
    store.put([open_one, off])
    assert keys(asked(store)) == []
    [offer] = asked(store, over=True).offers
    assert offer.state is TenderState.CANCELLED


def test_lots_of_one_project_stay_apart(store: Store) -> None:
    store.put(
        [
            notice(f"lot{n}", f"例示道路改良工事（第{n}工区）", due(date(2026, 6, 20)))
            for n in (1, 2)
        ]
    )
    assert keys(asked(store)) == ["lot1", "lot2"]
