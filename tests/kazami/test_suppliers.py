"""Corporate numbers, keys of names, and which awards are one supplier's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazami.suppliers import JOINT, Printed, Suppliers, corporate_number, read_name, supplier_key


def valid(base: str) -> str:
    """A number by the rule of 国税庁, written down apart from the code under test."""
    even = sum(int(digit) for digit in base[-2::-2])
    odd = sum(int(digit) for digit in base[-1::-2])
    return f"{9 - (even * 2 + odd) % 9}{base}"


def test_the_published_example_of_the_check_digit() -> None:
    assert corporate_number("7123456789012") == "7123456789012"  # 国税庁's own example
    assert corporate_number("Ｔ７１２３４５６７８９０１２") == "7123456789012"


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_makes_a_number_invalid(base: str, place: int, by: int) -> None:
    number = valid(base)
    assert corporate_number(number) == number
    digit = (int(number[place]) + by) % 10
    wrong = f"{number[:place]}{digit}{number[place + 1 :]}"
    if {number[place], str(digit)} != {"0", "9"}:  # the one slip that the rule cannot see
        assert corporate_number(wrong) is None


@pytest.mark.parametrize("text", ["", "-", "123", "71234567890123", "71234567８901２x", "〇" * 13])
def test_what_is_no_number(text: str) -> None:
    assert corporate_number(text) is None


SAME = [
    "株式会社例示建設",
    "（株）例示建設",
    "㈱例示建設",
    "㍿例示建設",
    "(株) 例示 建設",
    "㈱　例示建設",
    "（株）例示建設 北支店",
    "株式会社例示建設　東京支社",
    "㈱例示建設焼津営業所",
    "（株）例示建設 代表取締役 見本太郎",
    "（株）例示建設 法人番号 －",
    "㈱例示建設（法人番号7123456789012）",
]


@pytest.mark.parametrize("name", SAME)
def test_forms_of_one_name(name: str) -> None:
    assert supplier_key(name) == supplier_key("株式会社例示建設")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("例示設計（株）静岡事務所", "例示設計株式会社"),
        ("例示プラント㈱ 営業第一部", "例示プラント（株）"),
        ("有限会社髙橋土木", "㈲高橋土木"),
        ("一般社団法人例示協会", "(一社)例示協会"),
        ("特定非営利活動法人見本の会", "ＮＰＯ法人 見本の会"),
        ("例示・見本特定建設工事共同企業体", "例示・見本ＪＶ"),
        ("例示・見本特定建設工事共同企業体 法人番号 －", "例示・見本特定建設工事共同企業体"),
    ],
)
def test_more_forms_of_one_name(name: str, other: str) -> None:
    assert supplier_key(name) == supplier_key(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("株式会社例示", "例示株式会社"),
        ("有限会社例示", "株式会社例示"),
        ("株式会社例示", "例示"),
        ("（株）例示建築設計事務所", "（株）例示建築"),
        ("（株）例示 設計事務所", "（株）例示"),
        ("（株）見本営業所", "（株）見本"),  # 見本 is no place
        ("例示・見本特定建設工事共同企業体", "例示特定建設工事共同企業体"),
        ("例示建設特定建設工事共同企業体", "例示建設"),
        ("（株）例示建設・（株）見本組特定建設工事共同企業体", "（株）例示建設"),
    ],
)
def test_names_that_stay_apart(name: str, other: str) -> None:
    assert supplier_key(name) != supplier_key(other)


@pytest.mark.parametrize("name", ["-", "－", "　", "―――", "法人番号 －"])
def test_what_is_no_name(name: str) -> None:
    assert read_name(name) is None


@given(st.text(max_size=40))
def test_any_text_has_one_key_or_none(name: str) -> None:
    read = read_name(name)
    assert read is None or read.key
    assert read is None or read.joint == read.key.startswith(JOINT)


ONE, TWO = valid("080101000001"), valid("040001000002")


def printed(name: str, number: str | None = None, prefecture: str = "22", **more: int) -> Printed:
    read = read_name(name)
    assert read is not None
    last = date(2026, 1, more.get("day", 1))
    return Printed(read.key, number, prefecture, name, read.branch, more.get("times", 1), last)


def groups(*prints: Printed) -> dict[str, set[str]]:
    known = Suppliers(prints)
    found: dict[str, set[str]] = {}
    for each in prints:
        identity = known.identity(each.key, each.number, each.prefecture)
        found.setdefault(identity, set()).add(each.name)
        assert each.name in known.supplier(identity).names
    return found


def test_one_number_under_two_names_is_one_supplier_under_the_commonest() -> None:
    prints = [printed("例示造船㈱", ONE, times=2), printed("カナデル（株）", ONE, times=3)]
    assert groups(*prints) == {ONE: {"例示造船㈱", "カナデル（株）"}}
    assert Suppliers(prints).supplier(ONE).name == "カナデル（株）"


def test_the_name_without_a_branch_is_shown_though_it_is_rarer() -> None:
    prints = [printed("（株）例示 三島支店", ONE, times=9), printed("（株）例示", ONE)]
    assert Suppliers(prints).supplier(ONE).name == "（株）例示"


def test_of_names_as_common_the_latest_is_shown() -> None:
    prints = [printed("旧名㈱", ONE, day=1), printed("新名㈱", ONE, day=2)]
    assert Suppliers(prints).supplier(ONE).name == "新名㈱"


def test_a_name_without_number_goes_to_the_only_company_of_that_name() -> None:
    found = groups(printed("㈱例示組", ONE), printed("株式会社例示組"))
    assert found == {ONE: {"㈱例示組", "株式会社例示組"}}


def test_a_name_without_number_of_two_companies_stays_apart_and_unsure() -> None:
    prints = [printed("㈱例示組", ONE), printed("㈱例示組", TWO), printed("株式会社例示組")]
    known = Suppliers(prints)
    alone = known.identity(prints[2].key, None, "22")
    assert alone not in (ONE, TWO)
    assert known.supplier(alone).unsure
    assert not known.supplier(ONE).unsure


def test_a_name_is_sought_in_its_prefecture_unless_a_branch_was_seen() -> None:
    assert len(groups(printed("㈱例示組", ONE, "22"), printed("（株）例示組", None, "12"))) == 2
    assert len(groups(printed("㈱例示組", None, "22"), printed("（株）例示組", None, "12"))) == 2
    wide = printed("㈱例示組 千葉支店", ONE, "22")
    assert len(groups(wide, printed("（株）例示組", None, "12"))) == 1


def test_a_joint_venture_with_a_members_number_is_not_the_member() -> None:
    venture = printed("例示・見本特定建設工事共同企業体", ONE)
    prints = [printed("（株）例示", ONE), venture]
    assert len(groups(*prints)) == 2
    shown = Suppliers(prints).supplier(venture.key)
    assert (shown.joint, shown.number) == (True, None)


@given(
    st.lists(
        st.builds(
            printed,
            st.sampled_from(["㈱例示", "（株）例示", "㈱例示 北支店", "見本㈲", "例示・見本ＪＶ"]),
            st.sampled_from([None, ONE, TWO]),
            st.sampled_from(["22", "12"]),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_who_is_who_hangs_on_no_order(prints: list[Printed], chance: object) -> None:
    before = groups(*prints)
    chance.shuffle(prints)  # type: ignore[attr-defined]
    assert groups(*prints) == before
    numbers = [each for each in prints if each.number and not each.key.startswith(JOINT)]
    assert {each.number for each in numbers} <= set(before)
