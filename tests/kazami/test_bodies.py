from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from kazami.bodies import (
    NATIONAL,
    UNKNOWN_BODY,
    Bodies,
    Body,
    BodyKind,
    UnknownBody,
    check_digit,
    in_no_share,
    is_national,
    load_bodies,
    unknown_body,
)
from kazami.config import ConfigError, config_dir
from kazami.text import fold_name

_HEAD = "code,prefecture,name,kana,romaji,kind,population,population_year,homepage\n"


@pytest.fixture(scope="module")
def bodies() -> Bodies:
    return load_bodies()


def test_there_are_47_prefectures_1741_municipalities_and_the_diet(bodies: Bodies) -> None:
    kinds = Counter(body.kind for body in bodies)
    assert kinds == {
        BodyKind.DIET: 1,
        BodyKind.PREFECTURE: 47,
        BodyKind.CITY: 792,
        BodyKind.WARD: 23,
        BodyKind.TOWN: 743,
        BodyKind.VILLAGE: 183,
    }
    assert len(bodies) == 1789
    assert len(bodies.local) == 1788


def test_the_six_villages_of_the_northern_territories_stay_out(bodies: Bodies) -> None:
    for name in ("色丹村", "留夜別村", "留別村", "紗那村", "蘂取村"):
        with pytest.raises(UnknownBody):
            bodies.find(name)
    assert bodies.find("泊村").code == "014036"


def test_every_row_is_whole_and_its_code_has_the_right_check_digit(bodies: Bodies) -> None:
    prefectures = {body.pref_code: body.name for body in bodies if body.kind == "prefecture"}
    assert sorted(prefectures) == [f"{number:02}" for number in range(1, 48)]
    for body in bodies.local:
        assert body.code[5] == check_digit(body.code[:5])
        assert body.prefecture == prefectures[body.pref_code]
        assert body.population is not None
        assert body.population > 0
        assert body.population_year == 2025
        assert body.homepage is not None
        assert body.homepage.startswith(("http://", "https://"))


def test_the_people_of_the_municipalities_are_those_of_their_prefectures(bodies: Bodies) -> None:
    people: Counter[str] = Counter()
    for body in bodies.local:
        if body.kind != "prefecture":
            people[body.prefecture] += body.population or 0
    for body in bodies.local:
        if body.kind == "prefecture":
            assert people[body.name] == body.population


def test_kana_is_hiragana_and_romaji_fits_the_kind(bodies: Bodies) -> None:
    endings = {
        BodyKind.CITY: ("市", ("shi",)),
        BodyKind.WARD: ("区", ("ku",)),
        BodyKind.TOWN: ("町", ("cho", "machi")),
        BodyKind.VILLAGE: ("村", ("mura", "son")),
    }
    for body in bodies.local:
        assert all("ぁ" <= character <= "ゖ" or character == "ー" for character in body.kana)
        assert body.romaji.isascii()
        assert body.romaji == body.romaji.lower()
        if body.kind in endings:
            name, romaji = endings[body.kind]
            assert body.name.endswith(name)
            assert body.romaji.rpartition("-")[2] in romaji
            for wrong in ("city", "town", "vill", "pref", "info", "web"):
                assert wrong not in body.romaji.split("-")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("102032", "102032"),
        ("１０２０３２", "102032"),
        ("10203", "102032"),
        ("桐生市", "102032"),
        ("群馬県桐生市", "102032"),
        ("群馬県　桐生市", "102032"),
        ("桐生", "102032"),
        ("kiryu", "102032"),
        ("Kiryu-shi", "102032"),
        ("ｋｉｒｙｕ", "102032"),
        ("群馬県", "100005"),
        ("gunma", "100005"),
        ("gumma-ken", "100005"),
        ("北海道", "010006"),
        ("東京", "130001"),
        ("広島県府中市", "342084"),
        ("鎌ヶ谷市", "122246"),
        ("竜ヶ崎市", "082082"),
        ("檮原町", "394050"),
        ("須惠町", "403440"),
        ("飛驒市", "212172"),
        ("羣馬縣桐生市", "102032"),
        ("⾼崎市", "102024"),
        ("⻘森市", "022012"),
        ("12212", "122122"),
        ("konosu", "112178"),
        ("kounosu-shi", "112178"),
        ("国会", "000000"),
        ("000000", "000000"),
        ("00000", "000000"),
    ],
)
def test_a_body_is_found_by(bodies: Bodies, text: str, code: str) -> None:
    assert bodies.find(text).code == code


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("府中市", ("132063", "342084")),
        ("伊達市", ("012335", "072133")),
        ("広島", ("340006", "341002")),
        ("fuchu-shi", ("132063", "342084")),
        ("12211", ("012211", "122114")),
        ("１２２１１", ("012211", "122114")),
    ],
)
def test_an_ambiguous_name_is_refused_with_all_candidates(
    bodies: Bodies, text: str, candidates: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownBody, match="ambiguous") as error:
        bodies.find(text)
    assert all(code in str(error.value) for code in candidates)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("桐生しい", "群馬県桐生市 (102032)"),
        ("kiryuu-shii", "群馬県桐生市 (102032)"),
        ("102031", "群馬県桐生市 is 102032"),
        ("衆議院", "国会"),
        ("99999", "six digits"),
        ("11002", "did you mean 北海道札幌市 (011002)?"),
        ("", "no body"),
    ],
)
def test_an_unknown_body_is_refused_in_one_line_with_a_hint(
    bodies: Bodies, text: str, hint: str
) -> None:
    with pytest.raises(UnknownBody) as error:
        bodies.find(text)
    assert hint in str(error.value)
    assert "\n" not in str(error.value)


def test_five_digits_never_mean_two_bodies(bodies: Bodies) -> None:
    """A spreadsheet makes 12211 of 012211; as five digits it would be 122114."""
    both = 0
    for body in bodies.local:
        if body.code.startswith("0"):
            with pytest.raises(UnknownBody, match=body.code):
                bodies.find(body.code[1:])
            both += bodies.get(body.code[1:] + check_digit(body.code[1:])) is not None
        else:
            left = bodies.get(f"0{body.code[:5]}")
            if left is None:
                assert bodies.find(body.code[:5]) == body
    assert both == 12


@pytest.mark.parametrize(
    "text", ["埼玉県", "埼玉", "11", "１１", "110001", "saitama", "Saitama-ken"]
)
def test_a_prefecture_is_found_by(bodies: Bodies, text: str) -> None:
    assert bodies.prefecture(text) == "11"


def test_an_unknown_prefecture_is_refused_with_the_nearest(bodies: Bodies) -> None:
    with pytest.raises(UnknownBody, match="埼玉県"):
        bodies.prefecture("埼王県")


def test_a_municipality_is_no_prefecture(bodies: Bodies) -> None:
    with pytest.raises(UnknownBody):
        bodies.prefecture("桐生市")


def test_a_prefecture_has_a_name_and_the_diet_stands_for_00(bodies: Bodies) -> None:
    assert bodies.prefecture_name("11") == "埼玉県"
    assert bodies.prefecture_name("00") == "国会"
    with pytest.raises(UnknownBody):
        bodies.prefecture_name("48")


def test_full_names(bodies: Bodies) -> None:
    assert bodies.find("102032").full_name == "群馬県桐生市"
    assert bodies.find("群馬県").full_name == "群馬県"
    assert bodies.find("国会").full_name == "国会"


def test_every_full_name_finds_its_body(bodies: Bodies) -> None:
    for body in bodies:
        assert bodies.find(body.full_name) is body


@pytest.mark.parametrize(("code5", "digit"), [("01100", "2"), ("13104", "1"), ("25214", "0")])
def test_the_check_digit_of(code5: str, digit: str) -> None:
    assert check_digit(code5) == digit


@pytest.mark.parametrize("code5", ["1020", "１０２０３", "abcde", "102032"])
def test_a_check_digit_needs_five_digits(code5: str) -> None:
    with pytest.raises(ValueError, match="five digits"):
        check_digit(code5)


def test_a_body_with_a_wrong_check_digit_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="check digit"):
        Body(
            code="102031",
            prefecture="群馬県",
            name="桐生市",
            kana="きりゅうし",
            romaji="kiryu-shi",
            kind=BodyKind.CITY,
            population=None,
            population_year=None,
            homepage=None,
        )


@pytest.mark.parametrize(
    "line",
    [
        "102031,群馬県,桐生市,きりゅうし,kiryu-shi,city,1,2025,",
        "102032,群馬県,桐生市,きりゅうし,kiryu-shi,hamlet,1,2025,",
        "102032,群馬県,桐生市,きりゅうし,kiryu-shi,city,many,2025,",
        "102032,群馬県,桐生市,きりゅうし",
        '102032,群馬県,"桐生市,きりゅうし',
    ],
)
def test_a_damaged_table_is_refused_naming_file_and_line(tmp_path: Path, line: str) -> None:
    table = tmp_path / "bodies.csv"
    table.write_text(_HEAD + line + "\n", "utf-8")
    with pytest.raises(ConfigError, match=r"bodies\.csv"):
        load_bodies(table)


def test_a_table_in_another_encoding_or_with_other_columns_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "bodies.csv"
    table.write_bytes((_HEAD + "群馬県\n").encode("cp932"))
    with pytest.raises(ConfigError, match=r"bodies\.csv"):
        load_bodies(table)
    other = tmp_path / "other.csv"
    other.write_text("code,name\n102032,桐生市\n", "utf-8")
    with pytest.raises(ConfigError, match="columns"):
        load_bodies(other)


def test_the_table_is_sorted_by_code_and_names_no_code_twice() -> None:
    lines = (config_dir() / "bodies.csv").read_text("utf-8").splitlines()[1:]
    codes = [line.split(",")[0] for line in lines]
    assert codes == sorted(set(codes))


def test_the_bodies_are_there_in_a_tenth_of_a_second() -> None:
    best = float("inf")
    for _ in range(5):
        load_bodies.cache_clear()
        started = time.perf_counter()
        load_bodies()
        best = min(best, time.perf_counter() - started)
    assert best < 0.1


def test_the_states_organs_have_codes_that_no_local_body_can_have() -> None:
    bodies = load_bodies()
    assert len({body.code for body in bodies.national}) == len(bodies.national) > 200
    for body in bodies.national:
        assert body.code[:2] == NATIONAL
        assert check_digit(body.code[:5]) != body.code[5]
    assert NATIONAL not in {body.pref_code for body in bodies}
    assert UNKNOWN_BODY in {body.code for body in bodies.national}


def test_the_states_organs_are_found_and_are_none_of_the_1788() -> None:
    bodies = load_bodies()
    ministry = bodies.find("国土交通省")
    assert bodies.find(ministry.code) == bodies.get(ministry.code) == ministry
    assert bodies.find("関東地方整備局") == ministry
    assert ministry.full_name == "国土交通省"
    assert len(bodies.local) == 1788
    assert ministry not in set(bodies)
    assert bodies.prefecture_name(NATIONAL) == "国の機関"


def test_the_names_of_the_states_organs_are_nobody_elses() -> None:
    bodies = load_bodies()
    names = [fold_name(name) for body in bodies.national for name in (body.name, *body.other_names)]
    assert len(names) == len(set(names))
    assert not set(names) & {fold_name(body.full_name) for body in bodies}


@pytest.mark.parametrize(
    ("code", "kind"), [("980005", "national"), ("112119", "national"), ("980000", "city")]
)
def test_a_code_of_the_state_is_no_local_one(code: str, kind: str) -> None:
    with pytest.raises(ValueError, match=code):
        Body(
            code=code,
            prefecture="",
            name="例示省",
            kana="れいじしょう",
            romaji="",
            kind=BodyKind(kind),
            population=None,
            population_year=None,
            homepage=None,
        )


def test_bodies_that_no_table_knows_have_codes_that_no_body_could_have() -> None:
    codes = [unknown_body(f"{prefecture:02}") for prefecture in range(1, 48)]
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert len(code) == 6
        assert code[5] != check_digit(code[:5])
        assert load_bodies().get(code) is None
        assert in_no_share(code)
        assert not is_national(code)


def test_no_body_that_is_known_is_left_out_of_the_shares() -> None:
    assert not any(in_no_share(body.code) for body in load_bodies())
