"""The invented offices act after the minutes have spoken, and alike in every process."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazami.document import Kind, Stance
from replay import ReplayError
from replay.invented import invented_documents
from replay.invented_words import data
from replay.town_office import TenderOutcome, TownOffice, slugs, town_office

TODAY = date(2026, 6, 1)
OFFICES = [town_office(slug, TODAY) for slug in slugs()]
DAYS = st.dates(date(2026, 2, 1), date(2040, 12, 31))


@cache
def first_said(body: str, word: str, stance: Stance) -> date | None:
    days = [
        document.date
        for document in invented_documents()
        if document.body == body
        for passage in document.passages
        if passage.stance is stance and word in passage.text.replace("\n", "")
    ]
    return min(days, default=None)


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.slug)
def test_an_office_acts_after_the_assembly_has_spoken(office: TownOffice) -> None:
    for project in office.projects:
        assert project.topic in data()["topics"]
        days = [each.day for each in office.notices if each.project == project]
        begun = min(days, default=project.planned)
        answered = first_said(office.body, project.word, Stance.ANSWER)
        assert begun is not None
        assert answered is not None
        assert answered < begun, project.id


@pytest.mark.parametrize("slug", ["reiji", "kakuu", "mihon"])
def test_a_topic_goes_from_question_to_award(slug: str) -> None:
    office = town_office(slug, TODAY)
    steps = [each for each in office.notices if each.project and each.project.id == "reskilling"]
    assert [step.kind for step in steps] == [Kind.ANNOUNCEMENT, Kind.TENDER, Kind.AWARD]
    asked = first_said(office.body, "リスキリング", Stance.QUESTION)
    assert asked is not None
    assert asked < steps[0].day < steps[1].day < steps[2].day
    assert steps[1].last_day is not None
    assert steps[2].decided is not None
    assert steps[1].last_day < steps[2].decided < steps[2].day
    assert steps[2].outcome is TenderOutcome.AWARDED


def test_something_is_open_something_was_changed_cancelled_failed_and_is_planned() -> None:
    shown = [notice for office in OFFICES for notice in office.shown()]
    open_now = [n for n in shown if n.kind is Kind.TENDER and n.last_day and n.last_day > TODAY]
    assert len(open_now) >= 5
    assert {n.outcome for n in shown} == {None, *TenderOutcome}
    assert any(change.due for n in shown for change in n.changes)
    assert any(office.plans() for office in OFFICES)
    assert {n.project.category for n in shown if n.project} == {"物品", "工事", "役務"}
    assert len({n.project.procedure for n in shown if n.project}) >= 6


@settings(deadline=None)
@given(today=DAYS)
def test_days_follow_each_other_on_any_day(today: date) -> None:
    for slug in slugs():
        for notice in town_office.__wrapped__(slug, today).notices:
            assert notice.day.weekday() < 5
            for due in notice.dues:
                assert notice.day <= (due.start or notice.day) <= due.day
                assert due.day.weekday() < 5
            if notice.opening and notice.last_day:
                assert notice.last_day <= notice.opening.date()
            if notice.decided:
                assert notice.decided <= notice.day
            assert notice.period is None or notice.period[0] < notice.period[1]
            assert (notice.kind is Kind.AWARD) >= (notice.winner is not None)


@settings(deadline=None)
@given(now=DAYS, later=st.integers(0, 400))
def test_a_later_visit_sees_what_an_earlier_one_saw_unless_it_is_gone(
    now: date, later: int
) -> None:
    for slug in slugs():
        office = town_office(slug, TODAY)
        then = {notice.key: notice for notice in office.shown(now + timedelta(days=later))}
        for notice in office.shown(now):
            assert notice.day <= now
            assert all(change.day <= now for change in notice.changes)
            if notice.key in then:
                assert then[notice.key].number == notice.number
                assert len(then[notice.key].changes) >= len(notice.changes)
            else:
                assert notice.gone is not None


def test_a_change_replaces_the_deadline_and_stands_first() -> None:
    office = town_office("reiji", TODAY)
    before, after = (
        next(n for n in office.shown(day) if n.key == "transport-2")
        for day in (date(2026, 5, 15), date(2026, 5, 18))
    )
    assert before.updated is None
    assert [str(due.day) for due in before.dues] == ["2026-05-21", "2026-05-25", "2026-06-08"]
    assert after.updated == date(2026, 5, 18)
    assert [str(due.day) for due in after.dues] == ["2026-05-27", "2026-05-25", "2026-06-08"]
    assert after.text == ("参加申込書の提出期限を延長しました。", *before.text)


def test_plans_name_the_quarter() -> None:
    plans = {plan.project.id: plan for plan in town_office("reiji", TODAY).plans()}
    assert (plans["gym"].year, plans["gym"].quarter) == (2026, 2)  # 2026-08-10
    assert (plans["vacant"].year, plans["vacant"].quarter) == (2026, 3)  # 2026-10-09
    assert (plans["water"].year, plans["water"].quarter) == (2026, 1)
    assert "genai" not in plans


def test_a_today_before_what_stands_fixed_is_refused() -> None:
    with pytest.raises(ReplayError, match="2025-09-01 is too early a today"):
        town_office("reiji", date(2025, 9, 1))


def test_the_winners_numbers_are_well_made_and_nobodys() -> None:
    numbers = {n.corporate_number for office in OFFICES for n in office.notices} - {None}
    assert len(numbers) >= 8
    for number in numbers:
        assert number is not None
        digits = [int(digit) for digit in number[:0:-1]]
        weighted = sum(digit * (2 if at % 2 else 1) for at, digit in enumerate(digits))
        assert int(number[0]) == 9 - weighted % 9
        assert number[1:6] == "99999"  # no registry office


def test_one_winner_has_two_printed_names_and_one_no_number() -> None:
    awards = [n for office in OFFICES for n in office.notices if n.winner]
    names: dict[str | None, set[str]] = {}
    for award in awards:
        names.setdefault(award.corporate_number, set()).add(award.winner or "")
    assert any(len(spelled) > 1 for number, spelled in names.items() if number)
    assert None in names
