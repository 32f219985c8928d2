"""Named sets of bodies, and what is wrong with a rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazami.bodies import BodyKind, load_bodies
from kazami.territories import Territories, TerritoryError, TerritoryRule, load_territories

BODIES = load_bodies()


def written(folder: Path, text: str) -> Territories:
    (folder / "territories.toml").write_text(text, encoding="utf-8")
    return load_territories({"KAZAMI_SETTINGS": str(folder / "kazami.toml")}, BODIES)


def names(territories: Territories, name: str) -> list[str]:
    return [body.name for body in territories.find(name).bodies]


def test_every_rule_narrows_and_a_list_adds(tmp_path: Path) -> None:
    known = written(
        tmp_path,
        """
        ["大きな市"]
        prefectures = ["群馬県"]
        kinds = ["city"]
        min_population = 200000
        bodies = ["足利市", "10203"]
        except = ["前橋市"]
        """,
    )
    assert names(known, "大きな市") == ["足利市", "高崎市", "桐生市", "太田市"]
    assert names(known, "大きな市 ") == names(known, "大きな市")


def test_a_list_alone_names_no_other(tmp_path: Path) -> None:
    assert names(written(tmp_path, '["x"]\nbodies = ["桐生市"]'), "x") == ["桐生市"]


def test_a_population_alone_asks_all(tmp_path: Path) -> None:
    found = names(written(tmp_path, '["x"]\nmin_population = 3500000\nkinds = ["city"]'), "x")
    assert found == ["横浜市"]


def test_the_regions_of_japan_are_there_without_a_file(tmp_path: Path) -> None:
    known = load_territories({"KAZAMI_SETTINGS": str(tmp_path / "none.toml")}, BODIES)
    whole = ("北海道", "東北", "関東", "中部", "近畿", "中国", "四国", "九州・沖縄")
    codes = [body.code for name in whole for body in known.find(name).bodies]
    assert sorted(codes) == [body.code for body in BODIES.local]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('["x"]\nprefecture = ["群馬県"]', "unknown key 'prefecture'; did you mean prefectures?"),
        ('["x"]\nprefectures = "群馬県"', "must be a list of texts"),
        ('["x"]\nprefectures = ["ぐんまけん"]', "no prefecture is called"),
        ('["x"]\nregions = ["北"]', "no region '北'; there are 北海道"),
        ('["x"]\nkinds = ["shi"]', "no kind 'shi'; there are prefecture, city"),
        ('["x"]\nbodies = ["桐生町"]', "did you mean"),
        ('["x"]\nmin_population = "5万"', "must be a whole number"),
        ('["x"]\nmin_population = 2\nmax_population = 1', "is above max_population"),
        ('["x"]\nmin_population = 90000000', "no body is in it"),
        ('["x"]', "no body is in it"),
        ('["関東"]\nbodies = ["桐生市"]', "a region of Japan is called so already"),
        ("x = 3", "a table is needed"),
        ('["x"', "cannot read the territories"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(TerritoryError) as raised:
        written(tmp_path, text)
    assert told in str(raised.value)
    assert str(tmp_path / "territories.toml") in str(raised.value)


def test_an_unknown_name_is_told_the_nearest(tmp_path: Path) -> None:
    known = written(tmp_path, '["わが商圏"]\nbodies = ["桐生市"]')
    with pytest.raises(TerritoryError, match="did you mean わが商圏"):
        known.find("わが商")
    with pytest.raises(TerritoryError, match=r"territories\.toml"):
        known.find("zzz")


@given(
    st.sets(st.sampled_from(["10", "09", "13"])),
    st.sets(st.sampled_from([BodyKind.CITY, BodyKind.TOWN])),
    st.integers(0, 400_000),
    st.integers(0, 400_000),
)
def test_a_further_condition_never_adds(
    prefectures: set[str], kinds: set[BodyKind], least: int, most: int
) -> None:
    wide = TerritoryRule(prefectures=frozenset({"10", "09", "13"}))
    rule = TerritoryRule(
        prefectures=frozenset(prefectures or {"10", "09", "13"}),
        kinds=frozenset(kinds),
        least=least,
        most=most,
    )
    inside = {body.code for body in BODIES.local if rule.passes(body)}
    assert inside <= {body.code for body in BODIES.local if wide.passes(body)}
    without = TerritoryRule(prefectures=rule.prefectures, least=least, most=most)
    assert inside <= {body.code for body in BODIES.local if without.passes(body)}
