"""Which documents speak of one tender, and which only seem to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answers.joining import (
    ApartRule,
    JoinRule,
    Version,
    VersionStage,
    in_order,
    join,
    rules_between,
)

KIRYU, TAKASAKI = "102032", "102024"
MAY = date(2026, 5, 20)
NOTICE = Version(
    id="n",
    body=KIRYU,
    stage=VersionStage.NOTICE,
    project="令和8年度例示庁舎清掃業務委託",
    day=MAY,
    closes=date(2026, 6, 12),
)
BARE = replace(NOTICE, project="例示庁舎清掃業務")


def like(id: str, of: Version = NOTICE, **other: Any) -> Version:
    return replace(of, id=id, **other)


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (NOTICE, like("o", stage=VersionStage.CORRECTION), JoinRule.SAME_PROJECT),
        (NOTICE, like("o", project="Ｒ８ 例示庁舎清掃業務の訂正について"), JoinRule.SAME_PROJECT),
        (
            like("n", number="2026-0012"),
            like("o", project="例示庁舎清掃", number="２０２６-００１２"),
            JoinRule.SAME_NUMBER,
        ),
        (
            like("n", url="https://www.reiji.example/n/1.html"),
            like("o", url="http://reiji.example/n/1.html#top", day=date(2026, 12, 30)),
            JoinRule.SAME_PAGE,
        ),
        (
            NOTICE,
            like("o", stage=VersionStage.AWARD, day=date(2026, 6, 20), closes=None),
            JoinRule.AWARD_PROJECT,
        ),
        (
            like("n", number="0012"),
            like("o", stage=VersionStage.AWARD, number="00-12"),
            JoinRule.AWARD_NUMBER,
        ),
    ],
)
def test_a_rule_joins_two(one: Version, other: Version, rule: JoinRule) -> None:
    rules, apart = rules_between(one, other)
    assert rule in rules
    assert apart is None
    [tender] = join([other, one])
    assert {each.id for each in tender.versions} == {"n", "o"}
    assert rule in tender.joints[0].rules


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (NOTICE, like("o", body=TAKASAKI), ApartRule.OTHER_BODY),
        (like("n", number="2026-1"), like("o", number="2026-2"), ApartRule.OTHER_NUMBER),
        (NOTICE, like("o", project="令和7年度例示庁舎清掃業務委託"), ApartRule.OTHER_PROJECT),
        (
            like("n", number="2026-0012"),
            like("o", project="見本道路改良工事", number="2026-0012"),
            ApartRule.OTHER_PROJECT,
        ),
        (
            like("n", url="https://reiji.example/list"),
            like("o", project="見本道路改良工事", url="https://reiji.example/list"),
            ApartRule.OTHER_PROJECT,
        ),
        (
            like("n", BARE, number="2026-0012"),
            like("o", BARE, number="2026-0012", day=MAY + timedelta(days=500)),
            ApartRule.OTHER_TIME,
        ),
    ],
)
def test_where_two_rules_disagree_they_stay_apart(
    one: Version, other: Version, apart: ApartRule
) -> None:
    assert rules_between(one, other)[1] is apart
    assert len(join([one, other])) == 2


def test_nothing_joins_two_years_of_one_project_without_a_year() -> None:
    assert rules_between(BARE, like("o", BARE, day=MAY + timedelta(days=365))) == ((), None)


def test_an_award_before_the_opening_is_of_another_tender() -> None:
    early = like("o", stage=VersionStage.AWARD, day=date(2026, 6, 1), closes=None)
    assert len(join([NOTICE, early])) == 2


def test_a_short_number_comes_again_and_says_little() -> None:
    one, other = like("n", number="12"), like("o", project="例示庁舎清掃", number="12")
    assert JoinRule.SAME_NUMBER in rules_between(one, other)[0]
    assert len(join([one, replace(other, project="見本道路改良工事")])) == 2


def test_words_that_name_no_purchase_join_nothing() -> None:
    said = like("n", project="入札公告について")
    assert len(join([said, replace(said, id="o")])) == 2
    numbered = like("c", said, number="2026-0012", stage=VersionStage.CORRECTION)
    assert len(join([numbered, like("n", number="2026-0012")])) == 1


def test_what_is_bought_again_and_again_is_bought_each_time() -> None:
    june = like("o", BARE, day=date(2026, 6, 20), closes=date(2026, 7, 12))
    assert len(join([BARE, june])) == 2
    assert len(join([BARE, replace(june, closes=None)])) == 1
    either = like("c", BARE, stage=VersionStage.CORRECTION, day=date(2026, 6, 1), closes=None)
    assert len(join([BARE, june, either])) == 3


def test_versions_stand_in_their_order() -> None:
    award = like("a", stage=VersionStage.AWARD, day=date(2026, 6, 20), closes=None)
    fixed = like("c", stage=VersionStage.CORRECTION, day=MAY)
    [tender] = join([award, fixed, NOTICE])
    assert [each.id for each in tender.versions] == ["n", "c", "a"]


def test_one_between_two_that_are_told_apart_joins_neither() -> None:
    first, second = like("n1", number="2026-0001"), like("n2", number="2026-0002")
    between = like("x")
    assert [len(each.versions) for each in join([first, second, between])] == [1, 1, 1]
    assert len(join([first, between])) == 1


VERSIONS = st.lists(
    st.builds(
        Version,
        id=st.uuids().map(str),
        body=st.sampled_from([KIRYU, TAKASAKI]),
        stage=st.sampled_from(VersionStage),
        project=st.sampled_from(
            [
                "令和8年度例示庁舎清掃業務委託",
                "令和7年度例示庁舎清掃業務委託",
                "例示庁舎清掃業務",
                "例示道路改良工事（第1工区）",
                "例示道路改良工事（第2工区）",
                "例示道路改良工事",
            ]
        ),
        number=st.none() | st.sampled_from(["2026-0001", "2026-0002", "12"]),
        url=st.none() | st.sampled_from(["https://reiji.example/1", "https://reiji.example/2"]),
        day=st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31)),
        closes=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    ),
    max_size=9,
    unique_by=lambda each: each.id,
)


@settings(deadline=None)
@given(VERSIONS, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(versions: list[Version], random: Any) -> None:
    before = join(versions)
    random.shuffle(versions)
    assert join(versions) == before


@settings(deadline=None)
@given(VERSIONS)
def test_no_tender_holds_two_that_are_told_apart(versions: list[Version]) -> None:
    tenders = join(versions)
    assert sorted(v.id for tender in tenders for v in tender.versions) == sorted(
        v.id for v in versions
    )
    for tender in tenders:
        assert list(tender.versions) == sorted(tender.versions, key=in_order)
        for one, other in combinations(tender.versions, 2):
            assert rules_between(one, other)[1] is None
        joined = {id for joint in tender.joints for id in (joint.one, joint.other)}
        assert len(tender.versions) == 1 or joined == {v.id for v in tender.versions}
