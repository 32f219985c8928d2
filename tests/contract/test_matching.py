"""What matches: the definition of an engine, part one."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.engines.base import Engine
from indexer.language import parse
from indexer.query import (
    And,
    Field,
    FieldIs,
    Filters,
    Match,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Substring,
)
from kazami.bodies import load_bodies
from kazami.document import Kind, Stance
from tests.contract.corpus import EVERYTHING, document, filled, ids, passage, times, word


def test_a_word_finds_the_passages_that_hold_it(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災の話", "福祉の話"), document("b", "防災訓練"))
    assert ids(reader, word("防災")) == ["a#1", "b#1"]


def test_a_word_that_nobody_said_finds_nothing(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災の話"))
    assert ids(reader, word("鯨")) == []
    assert ids(reader, Phrase(("鯨",), prefix=True)) == []
    assert ids(reader, Substring("鯨")) == []
    assert reader.tally(word("鯨"), EVERYTHING) == []


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("学び直し", "社会人が学び直す機会"),
        ("住民税", "住⺠税の課税"),
        ("住⺠税", "住民税の課税"),
        ("サービス", "福祉サ－ビスの向上"),
        ("サ―ビス", "福祉サービスの向上"),
        ("e-Tax", "ｅ―Ｔａｘの普及"),
        ("O157", "Ｏ－１５７による食中毒"),
        ("Ｕ－１８", "U18の大会"),
        ("1.5倍", "前年の１・５倍に"),
        ("１・５倍", "前年の1.5倍に"),
        ("4歳児", "３・４歳児の保育"),
        ("デジタル", "デジ\u200eタル人材"),
        ("飛騨", "飛驒牛の振興"),
        ("黒保根", "桐生市黒保根町の"),
        ("黒保根町", "黒保根町の"),
        ("黒保根町の道路", "旧黒保根町の道路"),
        ("DX", "市役所のＤＸ推進"),
        ("ＤＸ", "市役所のdx推進"),
        ("リスキリング", "ﾘｽｷﾘﾝｸﾞの支援"),
        ("人材育成", "人材 育成の計画"),
        ("廃棄物", "廃棄物（ごみ）の収集"),
        ("ごみ", "廃棄物（ごみ）の収集"),
    ],
)
def test_a_word_matches_in_its_normalised_form(engine: Engine, query: str, text: str) -> None:
    node = parse(query, Match.WORD, load_bodies())
    assert ids(filled(engine, document("a", text)), node) == ["a#1"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("４～６歳", "４〜６歳児"),
        ("4〜6歳", "4~6歳児"),
        ('"－５度"', "気温は−5度"),
        ("青少年", "⻘少年の育成"),
        ("デジタル", "デジ\u202eタル人材"),
    ],
)
def test_an_exact_search_folds_what_nobody_can_tell_apart(
    engine: Engine, query: str, text: str
) -> None:
    node = parse(query, Match.EXACT, load_bodies())
    assert ids(filled(engine, document("a", text, "防災")), node) == ["a#1"]


@pytest.mark.parametrize(
    "text", ["人材の育成", "人材、育成", "人材\n育成", "育成人材", "人材。育成"]
)
def test_words_of_a_phrase_stand_next_to_each_other(engine: Engine, text: str) -> None:
    assert ids(filled(engine, document("a", text)), word("人材育成")) == []


def test_a_phrase_does_not_run_from_one_passage_into_the_next(engine: Engine) -> None:
    reader = filled(engine, document("a", "大切なのは人材", "育成の計画"))
    assert ids(reader, word("人材育成")) == []


def test_a_phrase_with_a_gap_wants_the_distance_and_no_other(engine: Engine) -> None:
    reader = filled(engine, document("a", "人材、育成", "人材の育成", "人材育成", "人材、、育成"))
    assert ids(reader, Phrase(("人材", "育成"), gaps=(2,))) == ["a#1", "a#2"]


def test_overlapping_occurrences_of_a_phrase_all_count(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災 防災 防災 福祉"))
    assert times(reader, Phrase(("防災", "防災"))) == 2


def test_a_prefix_matches_the_beginning_of_a_word(engine: Engine) -> None:
    reader = filled(engine, document("a", "デジタル庁", "アナログ", "デジタル、デジタルアーカイブ"))
    node = Phrase(("デジ",), prefix=True)
    assert ids(reader, node) == ["a#1", "a#3"]
    assert times(reader, node) == 3


def test_a_prefix_is_also_the_whole_word(engine: Engine) -> None:
    reader = filled(engine, document("a", "デジタル"))
    assert ids(reader, Phrase(("デジタル",), prefix=True)) == ["a#1"]


def test_only_the_last_word_of_a_phrase_is_a_prefix(engine: Engine) -> None:
    reader = filled(engine, document("a", "市のデジタル", "県のデジタル", "デジタルの市"))
    assert ids(reader, Phrase(("市", "の", "デジ"), prefix=True)) == ["a#1"]


def test_a_prefix_at_the_end_of_the_characters_finds_no_neighbour(engine: Engine) -> None:
    reader = filled(engine, document("a", "𠮷野、🏢、防災"))
    assert ids(reader, Phrase(("防",), prefix=True)) == ["a#1"]
    assert ids(reader, Phrase(("🏢",), prefix=True)) == []


def test_a_substring_runs_through_the_exact_form(engine: Engine) -> None:
    reader = filled(engine, document("a", "ゼロカーボンシティ", "ＤＸの推進", "学び直す"))
    assert ids(reader, Substring("カーボン")) == ["a#1"]
    assert ids(reader, Substring("DX")) == ["a#2"]
    assert ids(reader, Substring("dx")) == []
    assert ids(reader, Substring("学び直し")) == []


def test_a_substring_may_be_punctuation(engine: Engine) -> None:
    reader = filled(engine, document("a", "はい、そう。", "いいえ。"))
    assert ids(reader, Substring("、")) == ["a#1"]
    assert times(reader, Substring("。")) == 2


def test_a_substring_is_counted_without_overlaps(engine: Engine) -> None:
    reader = filled(engine, document("a", "ははははは", "はは"))
    assert times(reader, Substring("はは")) == 3


def test_a_substring_does_not_run_from_one_passage_into_the_next(engine: Engine) -> None:
    reader = filled(engine, document("a", "防", "災"), document("b", "災防"))
    assert ids(reader, Substring("防災")) == []


def test_a_substring_beyond_the_basic_plane(engine: Engine) -> None:
    reader = filled(engine, document("a", "𠮷野家🏢", "吉野家"))
    assert ids(reader, Substring("🏢")) == ["a#1"]


@pytest.mark.parametrize(
    ("text", "distance", "near"),
    [
        ("防災福祉", 1, True),
        ("福祉防災", 1, True),
        ("防災と福祉", 1, False),
        ("防災と福祉", 2, True),
        ("防災、福祉", 1, False),
        ("防災\n福祉", 2, True),
        ("防災\n\n福祉", 2, True),
        ("防災 福祉", 1, True),
        ("防災、、、福祉", 4, True),
        ("防災、、、福祉", 3, False),
    ],
)
def test_near_counts_positions(engine: Engine, text: str, distance: int, near: bool) -> None:
    reader = filled(engine, document("a", text))
    node = Near((word("防災"),), (word("福祉"),), distance)
    assert ids(reader, node) == (["a#1"] if near else [])


def test_near_measures_between_the_facing_ends_of_phrases(engine: Engine) -> None:
    reader = filled(engine, document("a", "人材育成の計画"))
    assert ids(reader, Near((word("人材育成"),), (word("計画"),), 2)) == ["a#1"]
    assert ids(reader, Near((word("人材育成"),), (word("計画"),), 1)) == []
    assert ids(reader, Near((word("計画"),), (word("人材育成"),), 2)) == ["a#1"]


def test_what_overlaps_is_not_near(engine: Engine) -> None:
    reader = filled(engine, document("a", "人材育成", "防災", "防災防災"))
    assert ids(reader, Near((word("人材育成"),), (word("育成"),), 5)) == []
    same = Near((word("防災"),), (word("防災"),), 5)
    assert ids(reader, same) == ["a#3"]
    assert times(reader, same) == 2


def test_an_overlapping_one_does_not_hide_a_near_one_behind_it(engine: Engine) -> None:
    reader = filled(engine, document("a", "人材育成 育成"))
    node = Near((word("人材育成"),), (word("育成"),), 1)
    assert times(reader, node) == 1


def test_near_counts_the_left_ones_that_have_a_right_one(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災と福祉と福祉。。。。防災"))
    assert times(reader, Near((word("防災"),), (word("福祉"),), 4)) == 1
    assert times(reader, Near((word("福祉"),), (word("防災"),), 4)) == 2


def test_near_has_alternatives_on_both_sides(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災と福祉", "教育と環境", "防災と文化"))
    node = Near((word("防災"), word("教育")), (word("福祉"), word("環境")), 2)
    assert ids(reader, node) == ["a#1", "a#2"]


def test_alternatives_at_the_same_place_are_one_occurrence(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災と福祉"))
    left = (word("防災"), Phrase(("防",), prefix=True))
    assert times(reader, Near(left, (word("福祉"),), 2)) == 1


def test_and_means_in_one_passage(engine: Engine) -> None:
    reader = filled(
        engine, document("a", "防災", "福祉"), document("b", "福祉と防災"), document("c", "防災")
    )
    assert ids(reader, And((word("防災"), word("福祉")))) == ["b#1"]


def test_or_means_either(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災", "福祉", "教育"))
    assert ids(reader, Or((word("防災"), word("福祉"), word("鯨")))) == ["a#1", "a#2"]


def test_not_is_all_the_rest_of_what_passes_the_filters(engine: Engine) -> None:
    reader = filled(
        engine,
        document("a", "防災", "福祉"),
        document("b", "福祉", body="011002"),
    )
    assert ids(reader, Not(word("防災"))) == ["a#2", "b#1"]
    assert ids(reader, Not(word("防災")), Filters(bodies=frozenset({"139999"}))) == ["a#2"]
    assert ids(reader, Not(Not(word("防災")))) == ["a#1"]
    assert ids(reader, And((word("福祉"), Not(FieldIs(Field.BODY, "011002"))))) == ["a#2"]
    assert ids(reader, Or((Not(word("防災")), word("防災")))) == ["a#1", "a#2", "b#1"]
    assert ids(reader, And((Not(word("防災")), Not(word("福祉"))))) == []


def test_words_and_substrings_can_be_mixed(engine: Engine) -> None:
    reader = filled(engine, document("a", "防災、福祉", "防災福祉"))
    assert ids(reader, And((word("防災"), Substring("災福")))) == ["a#2"]


FIELDS = (
    document(
        "a",
        passage("話", 1, speaker="山田　太郎", role="市　長", stance=Stance.ANSWER),
        passage("話", 2, speaker="髙橋花子", role="総務部長", stance=Stance.QUESTION),
        passage("話", 3),
        body="102032",
        title="令和４年　第１回定例会",
    ),
    document(
        "b",
        passage("話", 1, speaker="ＡＢ", role="部長", stance=Stance.CHAIR),
        passage("話", 2, role="部長代理", stance=Stance.OTHER),
        body="011002",
        kind=Kind.TENDER,
        title="入札公告",
    ),
)


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        (Field.SPEAKER, "山田太郎", ["a#1"]),
        (Field.SPEAKER, "田太", ["a#1"]),
        (Field.SPEAKER, "高橋", ["a#2"]),
        (Field.SPEAKER, "ab", ["b#1"]),
        (Field.SPEAKER, "鈴木", []),
        (Field.ROLE, "市長", ["a#1"]),
        (Field.ROLE, "部長", ["b#1"]),
        (Field.ROLE, "*部長", ["a#2", "b#1"]),
        (Field.ROLE, "部長*", ["b#1", "b#2"]),
        (Field.ROLE, "*部*", ["a#2", "b#1", "b#2"]),
        (Field.ROLE, "*", ["a#1", "a#2", "b#1", "b#2"]),
        (Field.ROLE, "長", []),
        (Field.STANCE, "answer", ["a#1"]),
        (Field.STANCE, "other", ["b#2"]),
        (Field.BODY, "102032", ["a#1", "a#2", "a#3"]),
        (Field.BODY, "100005", []),
        (Field.PREF, "01", ["b#1", "b#2"]),
        (Field.PREF, "13", []),
        (Field.KIND, "tender", ["b#1", "b#2"]),
        (Field.KIND, "award", []),
        (Field.TITLE, "第1回定例会", ["a#1", "a#2", "a#3"]),
        (Field.TITLE, "4年第", ["a#1", "a#2", "a#3"]),
        (Field.TITLE, "公告", ["b#1", "b#2"]),
    ],
)
def test_a_field_matches(engine: Engine, field: Field, value: str, found: list[str]) -> None:
    assert ids(filled(engine, *FIELDS), FieldIs(field, value)) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(bodies=frozenset({"011002", "999999"})), ["b#1", "b#2"]),
        (Filters(prefectures=frozenset({"10"})), ["a#1", "a#2", "a#3"]),
        (Filters(kinds=frozenset({Kind.TENDER, Kind.AWARD})), ["b#1", "b#2"]),
        (Filters(kinds=frozenset({Kind.AWARD})), []),
        (Filters(speakers=("高橋", "山　田")), ["a#1", "a#2"]),
        (Filters(roles=("*部長", "市長")), ["a#1", "a#2", "b#1"]),
        (Filters(stances=frozenset({Stance.CHAIR, Stance.ANSWER})), ["a#1", "b#1"]),
        (Filters(roles=("市　長", "＊部長")), ["a#1", "a#2", "b#1"]),
        (Filters(roles=("*",)), ["a#1", "a#2", "b#1", "b#2"]),
        (Filters(bodies=frozenset({"102032"}), roles=("*部長",)), ["a#2"]),
        (Filters(bodies=frozenset({"102032"}), prefectures=frozenset({"01"})), []),
    ],
)
def test_a_filter_lets_any_of_its_values_through(
    engine: Engine, filters: Filters, found: list[str]
) -> None:
    assert ids(filled(engine, *FIELDS), word("話"), filters) == found


def test_since_and_until_are_inclusive(engine: Engine) -> None:
    reader = filled(
        engine,
        *(document(f"d{day}", "話", day=f"2022-03-0{day}") for day in (1, 2, 3, 4)),
    )
    filters = Filters(since=date(2022, 3, 2), until=date(2022, 3, 3))
    assert ids(reader, word("話"), filters) == ["d2#1", "d3#1"]


def test_the_texts_of_one_engine_are_the_words_of_the_language(engine: Engine) -> None:
    reader = filled(
        engine,
        document("a", passage("学び直しを支援する", 1, role="市長"), "支援 職員", body="102032"),
    )
    bodies = load_bodies()
    assert ids(reader, parse("学び直す 支援 role:市長", Match.WORD, bodies)) == ["a#1"]
    assert ids(reader, parse("支援 -学び直し", Match.WORD, bodies)) == ["a#2"]
    assert ids(reader, parse("職員 NEAR/1 支援 body:桐生市", Match.WORD, bodies)) == ["a#2"]
    assert ids(reader, parse('"を支援"', Match.EXACT, bodies)) == ["a#1"]


@pytest.mark.parametrize(
    "text",
    [
        "\u3000",
        "。、。",
        "\n\n\n",
        "\x00",
        "\u200b",
        "🏢",
        "か\u3099",
        "é e\u0301",
        "𠮷" * 3,
        "a" * 5000,
    ],
)
def test_any_text_can_be_indexed(engine: Engine, text: str) -> None:
    reader = filled(engine, document("a", f"始{text}終", text + "話"))
    everything: list[Node] = [Substring("始"), Substring("話"), Not(word("鯨"))]
    assert [len(ids(reader, node)) for node in everything] == [1, 1, 2]
