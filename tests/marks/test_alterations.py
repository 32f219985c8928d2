"""An alteration writes the same title otherwise, a near miss changes what tells it apart."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections import Counter
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.marks.alterations import ALTERATIONS, NEAR_MISSES, SEED, altered, near_misses
from tests.marks.numerals import YEAR_FORMS, fiscal_years, years_moved, years_written

# All titles here are invented; the places are real, for near misses name others.
WORD_FOR_WORD = {
    "narrow": ("ＡＢ架空３号", {"AB架空3号"}),
    "wide": ("AB架空3号", {"ＡＢ架空３号"}),
    "parentheses": ("見本（架空）", {"見本(架空)"}),
    "company": ("㈱見本", {"(株)見本", "（株）見本", "株式会社見本"}),
    "spaces_dropped": ("架空 の Open Data　2 3", {"架空のOpen Data　2 3"}),
    "spaces_added": ("架空「見本」", {"架空 「見本」", "架空　「見本」"}),
    "year_written": (
        "令和8年度見本",
        {"令和８年度見本", "令和八年度見本", "R8見本", "2026年度見本"},
    ),
    "tail_dropped": (
        "架空見本施設清掃業務の入札の公告について",
        {
            "架空見本施設清掃業務の入札の公告",
            "架空見本施設清掃業務の入札",
            "架空見本施設清掃業務",
        },
    ),
    "itaku_dropped": ("見本業務委託の業務委託について", {"見本業務委託の業務について"}),
    "quotes_dropped": ("「架空」の『見本』", {"架空の見本"}),
    "label_dropped": ("【公募】　架空見本施設清掃業務", {"架空見本施設清掃業務"}),
    "label_added": (
        "見本",
        {"【公募】見本", "【公告】見本", "【お知らせ】見本", "【更新】見本", "【5月2日更新】見本"},
    ),
    "dashes": ("サービス", {"サ－ビス", "サ―ビス", "サ‐ビス"}),
    "dots_dropped": ("架空・見本（3・4）", {"架空見本（3・4）"}),
    "number_written": ("例示公告第45号", {"例示公告No.45", "例示公告№45", "例示公告No45"}),
    "kanji": ("齋沢見本", {"斎沢見本", "齋澤見本"}),
    "truncated": (
        "架空見本施設清掃委託12業務中",
        {
            f"{begun}{end}"
            for begun in ("架空見本施設清掃委託", "架空見本施設清掃委託12業")
            for end in ("…", "...")
        },
    ),
    "another_place_named": ("京都府の見本", {"大阪府の見本"}),
    "another_year": (
        "令和２年度から2021年度",
        {
            "令和元年度から2020年度",
            "令和３年度から2022年度",
            "令和４年度から2023年度",
            "令和５年度から2024年度",
        },
    ),
    "another_lot": ("見本（東地区）", {"見本（西地区）", "見本（南地区）", "見本（北地区）"}),
    "another_round": ("第一次見本", {"第二次見本", "第三次見本", "第四次見本"}),
    "another_road": ("市道見本1号線", {"市道見本2号線", "市道見本3号線", "市道見本4号線"}),
}
CHANGES = {**ALTERATIONS, **NEAR_MISSES}


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_makes_of_an_invented_title(name: str) -> None:
    title, texts = WORD_FOR_WORD[name]
    assert {CHANGES[name](title, Random(seed)) for seed in range(99)} == texts


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("label_dropped", "【審査結果】架空見本施設清掃業務"),
        ("label_dropped", "【令和8年度公募】架空見本施設清掃業務"),
        ("label_dropped", "【架空見本施設清掃業務】入札に関する資料について"),
        ("label_added", "【公募】見本"),
        ("tail_dropped", "見本の公募について"),
        ("number_written", "架空3号2工区、県道第3号線"),
        ("year_written", "令和8年5月2日、令和7・8年度、R8.5.2、12026年度、AR8"),
        ("another_place_named", "沖縄市町村の見本、北海道、東京都"),
        ("another_year", "令和8年5月2日の見本"),
        ("another_lot", "その他の見本、東側地区"),
        ("another_road", "県道の見本（3号）"),
        ("truncated", "架空見本施設清掃業"),
    ],
)
def test_nothing_is_changed_in(name: str, title: str) -> None:
    assert {CHANGES[name](title, Random(seed)) for seed in range(30)} == {title}


class Title(NamedTuple):
    label: str
    year: tuple[str, int]
    place: str
    road: str
    term: str
    thing: str
    lot: str
    tail: str

    def __str__(self) -> str:
        return "".join(part if isinstance(part, str) else part[0] for part in self)


years = st.builds(
    lambda year, form: (years_written(f"（{year}年度）", form)[1:-1] + "　", year),
    st.integers(2012, 2040),
    st.sampled_from(YEAR_FORMS),
)
titles = st.builds(
    Title,
    label=st.sampled_from(["", "【公募】", "【６月10日更新】", "【審査結果】"]),
    year=years,
    place=st.sampled_from(["那覇市", "与那原町", "国頭村", "沖縄県", "京都府"]),
    road=st.sampled_from(["", "県道12号架空線", "国道400号", "市道例示３号線"]),
    term=st.sampled_from(["", "第3回", "第四次", "第２期"]),
    thing=st.sampled_from(
        ["㈱見本サービス・架空（試行）", "「澤見本会館」ホール", "例示川 浄化センターPR", "架空"]
    ),
    lot=st.sampled_from(["", "（その1）", "(第２工区)", "（西地区）", "（その二）", "4号工区"]),
    tail=st.sampled_from(
        ["業務委託に係る見本入札の実施について", "委託業務（公告第45号）", "整備事業の公告", "工事"]
    ),
)
seeds = st.integers(0, 2**32)


def plain(text: str) -> str:
    """Without what alterations may change and a person does not tell titles apart by."""
    text = unicodedata.normalize("NFKC", text)
    for old, new in [*zip("澤會國縣與", "沢会国県与", strict=True), *((d, "ー") for d in "－―‐-")]:
        text = text.replace(old, new)
    return "".join(char for char in text if char not in " 「」・")


@pytest.mark.parametrize("name", ALTERATIONS)
@given(title=titles, seed=seeds)
def test_an_alteration_leaves_what_tells_a_title_apart(name: str, title: Title, seed: int) -> None:
    text = ALTERATIONS[name](str(title), Random(seed))
    assert text == ALTERATIONS[name](str(title), Random(seed))
    if name == "truncated":
        begun = text.removesuffix("…").removesuffix("...")
        assert str(title).startswith(begun)
        assert len(begun) >= 0.6 * len(str(title))
        return
    assert fiscal_years(text) == [title.year[1]]
    for part in (title.place, title.road, title.term, title.lot):
        assert plain(part) in plain(text)
    if "結果" in title.label:
        assert "審査結果" in text


@pytest.mark.parametrize("name", NEAR_MISSES)
@given(title=titles, seed=seeds)
def test_a_near_miss_changes_only_its_part(name: str, title: Title, seed: int) -> None:
    at = {
        "another_place_named": "place",
        "another_year": "year",
        "another_lot": "lot",
        "another_round": "term",
        "another_road": "road",
    }[name]
    text = NEAR_MISSES[name](str(title), Random(seed))
    assert text == NEAR_MISSES[name](str(title), Random(seed))
    index = Title._fields.index(at)
    before = str(Title(*title[:index], *["" for _ in title[index:]]))  # type: ignore[arg-type]
    after = str(Title(*["" for _ in title[: index + 1]], *title[index + 1 :]))  # type: ignore[arg-type]
    assert text.startswith(before)
    assert text.endswith(after)
    changed = text[len(before) : len(text) - len(after)]
    part = title.year[0] if at == "year" else title[index]
    assert (changed != part) == (part != "")
    if at == "year":
        assert abs(fiscal_years(text)[0] - title.year[1]) in (1, 2, 3)
    else:
        assert plain(changed) != plain(str(part)) or part == ""


@given(title=st.text(st.sampled_from("令和平成元十一R８2026年度（）第その号工区市道国【】・ー …")))
def test_no_text_is_too_odd_for_a_change(title: str) -> None:
    for change in CHANGES.values():
        assert change(title, Random(1)) == change(title, Random(1))


@given(year=st.integers(2000, 2090), form=st.sampled_from(YEAR_FORMS))
def test_a_year_is_read_back_in_every_form(year: int, form: str) -> None:
    assert fiscal_years(years_written(f"見本（{year}年度）", form)) == [year]


@pytest.mark.parametrize(
    ("title", "by", "moved"),
    [
        ("令和８年度見本", 3, "令和１１年度見本"),
        ("令和九年度見本", 2, "令和十一年度見本"),
        ("令和二十年度見本", -1, "令和十九年度見本"),
        ("R8見本（2026）", -1, "R7見本（2025）"),
        ("令和 元 年度見本", 1, "令和 2 年度見本"),
        ("令和元年度見本", -1, "令和元年度見本"),
        ("平成31年度見本", 1, "平成31年度見本"),
        ("2000年度見本", -1, "2000年度見本"),
    ],
)
def test_a_year_is_moved_in_its_own_form_and_not_out_of_its_era(
    title: str, by: int, moved: str
) -> None:
    assert years_moved(title, by) == moved


def alike(title: str) -> str:
    return plain(years_written(title, "west"))


@settings(max_examples=60, deadline=None)
@given(found=st.lists(titles.map(str), min_size=1, max_size=8), seed=seeds)
def test_every_title_is_altered_to_what_means_no_other(found: list[str], seed: int) -> None:
    asked = altered(found, seed)
    assert asked == altered(found, seed)
    assert [one.title for one in asked] == found
    assert all(one.asked != one.title and one.by in ALTERATIONS for one in asked)
    for one in asked:
        begun = one.asked.removesuffix("…").removesuffix("...")
        meant = {alike(other) for other in found if other.startswith(begun)}
        assert meant <= {alike(one.title)}


def test_what_begins_another_title_is_passed_over() -> None:
    found = ["架空例示見本施設の清掃について", "架空例示見本施設の清掃に係る回答について"]
    assert ALTERATIONS["tail_dropped"](found[0], Random(0)) == "架空例示見本施設の清掃"
    ways = {altered(found, seed)[0].by for seed in range(20)}
    assert ways == {"label_added"}


@settings(max_examples=60, deadline=None)
@given(found=st.lists(titles.map(str), min_size=1, max_size=8), seed=seeds)
def test_near_misses_are_absent_and_differ(found: list[str], seed: int) -> None:
    missed = near_misses(found, seed, 2)
    assert missed == near_misses(found, seed, 2)
    texts = {alike(one.asked) for one in missed}
    assert len(texts) == 2
    assert texts.isdisjoint(map(alike, found))


def test_a_near_miss_that_is_another_title_is_passed_over() -> None:
    found = [f"{place}の見本" for place in ("京都府", "大阪府")]
    with pytest.raises(ValueError, match="0 near misses can be made of these titles, not 1"):
        near_misses(found, SEED, 1)

    found = ["令和8年度見本", *(f"R{n}見本" for n in (5, 6, 7, 9, 10, 11)), "那覇市見本"]
    for seed in range(30):
        [missed] = near_misses(found, seed, 1)
        assert missed.title != found[0]


def test_more_near_misses_than_the_titles_allow_are_refused() -> None:
    with pytest.raises(ValueError, match="1 near misses can be made of these titles, not 2"):
        near_misses(["那覇市見本の清掃"], SEED, 2)


def test_alterations_that_apply_are_taken_in_turn() -> None:
    found = [f"㈱見本{number}の「架空・サービス」業務委託" for number in "一二三四五六七八九十"]
    used = Counter(one.by for one in altered(found * 3, SEED))
    assert set(used) > {"company", "quotes_dropped", "itaku_dropped", "dots_dropped", "dashes"}
    assert max(used.values()) - min(used.values()) <= 1


@pytest.mark.corpus
def test_the_real_titles_give_178_alterations_and_50_near_misses(shared: Path) -> None:
    with gzip.open(shared / "corpus/docs/tender_okinawa_watch.jsonl.gz", "rt") as lines:
        real = [json.loads(line)["title"] for line in lines]
    asked, missed = altered(real, SEED), near_misses(real, SEED, 50)
    print(Counter(one.by for one in asked), Counter(one.by for one in missed))
    assert len(asked) == 178
    assert set(ALTERATIONS) - {one.by for one in asked} == {"company"}
    assert {one.by for one in missed} == set(NEAR_MISSES)
