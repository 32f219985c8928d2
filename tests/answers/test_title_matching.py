"""Titles that name one thing, and titles that look alike and do not."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.title_matching import Title, fold, likeness

KIRYU, TAKASAKI = "102032", "102024"

ALIKE = [
    ("令和7年度例示庁舎清掃業務委託", "Ｒ７年度 例示庁舎清掃業務委託"),
    ("令和7年度例示庁舎清掃業務委託", "2025年度　例示庁舎清掃業務委託について"),
    ("令和七年度例示庁舎清掃業務委託", "令和7年度 例示庁舎清掃業務 委託"),
    ("令和元年度例示橋梁点検", "平成31年度例示橋梁点検"),
    ("例示道路改良工事（第１工区）", "例示道路改良工事(第一工区)"),
    ("例示四丁目公園整備", "例示4丁目公園整備工事"),
    ("例示システム改修（㈱見本製）", "例示システム改修（株式会社見本製）"),
    ("「例示体験事業」に係る公募型プロポーザルの実施について", "例示体験事業 プロポーザル"),
    ("桐生市例示センター空調設備更新工事", "例示センター空調設備更新工事"),
    ("【令和8年8月20日更新】例示保育所調理業務委託", "例示保育所調理業務委託"),
    ("例示小学校ほか3校給食調理機器の購入", "例示小学校ほか３校給食調理機器購入"),
    ("例示下水道管渠更生調査設計業務委託", "例示下水道管渠更生調査業務委託"),
]
APART = [
    ("令和7年度例示庁舎清掃業務委託", "令和6年度例示庁舎清掃業務委託"),
    ("令和7年度例示庁舎清掃業務委託", "2024年度例示庁舎清掃業務委託"),
    ("例示道路改良工事（第1工区）", "例示道路改良工事（第2工区）"),
    ("例示道路改良工事その2", "例示道路改良工事その3"),
    ("例示道路改良工事", "例示道路改良工事その2"),
    ("例示道路改良工事（第一期）", "例示道路改良工事（第二期）"),
    ("桐生市例示センター空調設備更新工事", "高崎市例示センター空調設備更新工事"),
    ("例示東小学校屋根改修工事", "例示西小学校屋根改修工事"),
    ("例示小学校屋根改修工事", "例示東小学校屋根改修工事"),
    ("例示公園管理棟改修", "見本公園管理棟改修"),
    ("例示4丁目公園整備", "例示5丁目公園整備"),
    ("入札結果の公表について", "入札公告について"),
    ("例示小学校ほか3校給食調理機器の購入", "例示小学校ほか2校給食調理機器の購入"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_one_thing_in_other_words(one: str, other: str) -> None:
    assert likeness(fold(one, KIRYU), fold(other, KIRYU)) is not None
    assert likeness(fold(other, KIRYU), fold(one)) is not None


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_things_in_nearly_the_same_words(one: str, other: str) -> None:
    assert likeness(fold(one, KIRYU), fold(other, KIRYU)) is None
    assert likeness(fold(other, KIRYU), fold(one, KIRYU)) is None


def test_one_title_of_two_bodies_names_two_things() -> None:
    title = "令和7年度庁舎清掃業務委託"
    assert likeness(fold(title, KIRYU), fold(title, TAKASAKI)) is None
    assert likeness(fold(f"高崎市{title}"), fold(title, KIRYU)) is None
    assert likeness(fold(f"桐生市{title}"), fold(title, KIRYU)) is not None


def test_days_tell_two_years_apart_where_titles_name_none() -> None:
    def of(day: date, title: str = "庁舎清掃業務委託") -> Title:
        return fold(title, KIRYU, day)

    assert likeness(of(date(2025, 6, 1)), of(date(2025, 6, 20))) is not None
    assert likeness(of(date(2025, 6, 1)), of(date(2026, 6, 1))) is None
    named = "令和7年度庁舎清掃業務委託"
    assert likeness(fold(named, KIRYU), of(date(2025, 3, 1))) is not None
    assert likeness(fold(named, KIRYU), of(date(2024, 3, 1))) is None


TITLES = st.sampled_from([one for pair in (*ALIKE, *APART) for one in pair])


@given(TITLES, TITLES)
def test_it_does_not_matter_which_is_held_against_which(one: str, other: str) -> None:
    a, b = fold(one, KIRYU), fold(other, KIRYU)
    assert (likeness(a, b) is None) == (likeness(b, a) is None)


@given(TITLES, st.booleans(), st.sampled_from([" ", "　", ""]))
def test_width_and_spaces_never_matter(title: str, wide: bool, space: str) -> None:
    written = unicodedata.normalize("NFKC", title)
    if wide:
        written = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in written)
    found = likeness(fold(space.join(written), KIRYU), fold(title, KIRYU))
    assert found is not None
    assert found.whole


@given(st.text(max_size=40))
def test_any_text_is_folded(title: str) -> None:
    folded = fold(title, KIRYU)
    assert likeness(folded, folded) is not None
