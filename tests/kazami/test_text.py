from __future__ import annotations

import gzip
import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kazami import text as forms
from kazami.line_breaks import UNSEEN
from kazami.radicals import RADICALS
from kazami.text import (
    Mapped,
    exact_form,
    exact_form_with_offsets,
    fold_name,
    search_form,
    search_form_with_offsets,
)
from kazami.variants import VARIANTS

# Everything that makes NFKC and its offsets hard: half-width kana and their marks, combining
# marks, ligatures that grow, Hangul that composes, astral kanji, selectors, line breaks.
_HARD = "ｶﾞﾊﾟｱﾞかが\u3099\u309a\u309b゜é\u0301e\u0327\u0323㍻㋿㌫㎡①Ⅳ…ﬃİΣσςﷺ\u1100\u1161\u11a8가\u0344"
_PLAIN = (
    "本市の人口減少、対策。髙﨑濵邉齋澤ケヶ鎌谷龍崎ＤＸdx　 \n\r\r\n\t"
    "𠮷𠮟葛\U000e0100\ufe00\u200b\u00ad（）「」─│１2"
)
_DASHES = "-－‐‑–—―−─━ｰー﹣"
_ALIKE = _DASHES + "⻑⼾⺠〜～・･．.·サビスラめンッaＯwＷ157一五。、」\u200e\u0001\u034f"
texts = st.one_of(
    st.text(),
    st.text(alphabet=_HARD + _PLAIN + _ALIKE),
    st.text(alphabet=_PLAIN),
    st.text(alphabet=_ALIKE),
)


def nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@given(texts)
@settings(max_examples=1500, deadline=None)
@example("か\u3099")
@example("カ\nﾞ、")
@example("ΑΣ ΣΑΣ")
@example("İ\u0301x")
@example("\u1100\u1161\u11a8\u11a8")
def test_the_forms_with_offsets_equal_the_fast_forms(text: str) -> None:
    assert exact_form_with_offsets(text).text == exact_form(text)
    assert search_form_with_offsets(text).text == search_form(text)


@given(texts)
@settings(max_examples=800, deadline=None)
def test_offsets_never_fall_and_end_at_the_end(text: str) -> None:
    for mapped in (exact_form_with_offsets(text), search_form_with_offsets(text)):
        assert len(mapped.offsets) == len(mapped.text) + 1
        assert mapped.offsets == sorted(mapped.offsets)
        assert mapped.offsets[-1] == len(text)
        assert all(0 <= offset < len(text) for offset in mapped.offsets[:-1])


@given(st.text(alphabet=_HARD.replace("\u00ad", "") + "本市防災。、ABcＺ１（） 　"))
@settings(max_examples=800, deadline=None)
def test_without_unseen_characters_the_exact_form_is_nfkc(text: str) -> None:
    assert exact_form(text) == nfkc(text)


# But for the Turkish İ, whose lower case is two characters that marks can come between.
@given((st.text() | st.text(alphabet=_PLAIN + _ALIKE)).filter(lambda text: "İ" not in text))
@settings(max_examples=800, deadline=None)
def test_a_search_form_is_its_own_search_form(text: str) -> None:
    once = search_form(text.replace("\n", " ").replace("\r", " "))
    assert search_form(once) == once


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ＤＸ推進", "DX推進"),
        ("ｶﾞｲﾄﾞﾗｲﾝ", "ガイドライン"),
        ("㋿４年㈱㎡①", "令和4年(株)m21"),
        ("カ\u3099イド", "ガイド"),
        ("葛\U000e0100城市", "葛城市"),
        ("リスキ\u200bリング", "リスキリング"),
        ("デジ\u00adタル", "デジタル"),
        ("髙﨑", "髙﨑"),
        ("議⻑と住⺠税", "議長と住民税"),
        ("江⼾の⿊い⼈", "江戸の黒い人"),
        ("⿓神", "龍神"),
        ("４〜６歳、４～６歳", "4~6歳、4~6歳"),
        ("−5度と－５度", "-5度と-5度"),
        ("Ｗｉ‐Ｆｉ", "Wi-Fi"),
        ("サ－ビス、サ―ビス", "サ-ビス、サ―ビス"),
        ("デジ\u200eタル\u202e人\u034f材\x0f", "デジタル人材"),
    ],
)
def test_the_exact_form_of(text: str, form: str) -> None:
    assert exact_form(text) == form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ＤＸ", "dx"),
        ("髙﨑市", "高崎市"),
        ("德島 濵田 邉見 桒原", "徳島 浜田 辺見 桑原"),
        ("國學院大學", "国学院大学"),
        ("金澤", "金沢"),
        ("齋藤と齊藤", "斎藤と斉藤"),
        ("龍ケ崎市", "竜ヶ崎市"),
        ("龍ヶ崎市", "竜ヶ崎市"),
        ("高齢者ケア", "高齢者ケア"),
        ("ケアマネ", "ケアマネ"),
        ("強靱化", "強靭化"),
        ("ＧＲＥΣ", "greσ"),
        ("飛驒の舍、羣馬の龜、絕対の歲旣", "飛騨の舎、群馬の亀、絶対の歳既"),
        ("議⻑と⿓神と⻳", "議長と竜神と亀"),
        ("塩竃市", "塩竈市"),
        ("センタ－を、コーヒ-、「ポスタ-」", "センターを、コーヒー、「ポスター」"),
        ("ら－めん", "らーめん"),
        ("のは―例えば", "のは―例えば"),
        ("セブン－イレブン", "セブン-イレブン"),
        ("市道コ－１３９号線、ア－１", "市道コ-139号線、ア-1"),
        ("経済センサス－活動調査", "経済センサス-活動調査"),
        ("Ｏ－１５７とＵ―１８と１ーＡ", "o157とu18と1a"),
        ("１ー２と1―2", "1-2と1-2"),
        ("Ｏ － １５７", "o - 157"),
        ("１・５倍、３･１１、一・五", "1·5倍、3·11、一·五"),
        ("リ･スキリング、リ·スキリング", "リ・スキリング、リ・スキリング"),
        ("１．５倍", "1.5倍"),
    ],
)
def test_the_search_form_of(text: str, form: str) -> None:
    assert search_form(text) == form


def test_every_radical_is_a_kanji_in_every_form() -> None:
    for code in (*range(0x2E81, 0x2E9A), *range(0x2E9B, 0x2EF4), *range(0x2F00, 0x2FD6)):
        form = exact_form(chr(code))
        assert not re.search("[\u2e80-\u2fdf]", form), f"U+{code:04X}"
        assert exact_form_with_offsets(f"a{chr(code)}").text == f"a{form}"
        assert search_form(chr(code)) == search_form(form)


def test_a_radical_for_which_the_database_has_another_kanji_has_that_of_jis() -> None:
    # Every other one is as the database has it: NFKC of the radicals of Kangxi is its own.
    own = {radical for radical in RADICALS if radical >= "\u2f00" or radical == "⻳"}
    assert own == set("⼾⾭⿈⿊⻳")
    for radical in own:
        assert RADICALS[radical].encode("shift_jis")
        assert not nfkc(radical).encode("shift_jis", "ignore")


def test_what_nobody_sees_cuts_no_word() -> None:
    unseen = [chr(i) for i in range(0x110000) if re.match(f"[{UNSEEN}]", chr(i))]
    assert {"\u061c", "\u200e", "\u202a", "\u2066", "\ufff9", "\U000e0041"} < set(unseen)
    for character in unseen:
        assert unicodedata.category(character) in ("Cc", "Cf", "Mn", "Cn")
        assert not character.isspace()
        assert exact_form(f"デ{character}ジ") == search_form(f"デ{character}ジ") == "デジ"


@given(st.sampled_from(_DASHES), st.sampled_from(_DASHES), st.data())
def test_dashes_between_katakana_between_letters_and_between_figures_are_one(
    one: str, other: str, data: st.DataObject
) -> None:
    for signs in ("サビヴョ", "ＡｂcZ", "０9", "a1Ｂ２"):
        before, after = data.draw(st.sampled_from(signs)), data.draw(st.sampled_from(signs))
        forms = {search_form(f"（{before}{dash}{after}）") for dash in (one, other)}
        assert len(forms) == 1
        letter, figure = (bool(re.match(kind, nfkc(before))) for kind in ("[A-z]", "[0-9]"))
        if letter != figure and re.match("[0-9]" if letter else "[A-z]", nfkc(after)):
            assert forms == {search_form(f"（{before}{after}）")}


def test_a_hyphen_that_is_left_out_is_no_part_of_what_stands_before_it() -> None:
    original = "腸管出血性Ｏ－１５７の"
    mapped = search_form_with_offsets(original)
    at = mapped.text.index("o157")
    assert original[slice(*mapped.source(original, at, at + 1))] == "Ｏ"
    assert original[slice(*mapped.source(original, at, at + 4))] == "Ｏ－１５７"
    assert original[slice(*mapped.source(original, at + 1, at + 4))] == "１５７"
    exact = exact_form_with_offsets("ｶﾞＯ－")
    assert exact.source("ｶﾞＯ－", 0, 3) == (0, 4)


@given(st.text(alphabet="ケァヺ鎌谷々𠀋x 、"))
def test_a_ke_between_kanji_is_folded_wherever_it_stands(text: str) -> None:
    assert search_form(text) == re.sub(forms._KE, "ヶ", text)


def test_two_names_that_only_look_alike_stay_two() -> None:
    assert search_form("斎藤") != search_form("斉藤")
    assert search_form("苅田町") != search_form("刈田町")
    assert search_form("埼玉") != search_form("崎玉")


def test_a_variant_is_folded_to_what_is_no_variant_and_is_left_by_nfkc() -> None:
    for variant, form in VARIANTS.items():
        assert nfkc(variant) == variant, f"{variant}: NFKC folds it already"
        assert form not in VARIANTS
        assert len(variant) == len(form) == 1


def test_a_name_is_compared_without_white_space() -> None:
    assert fold_name("髙 橋　ﾀﾛｳ\n") == fold_name("高橋タロウ") == "高橋タロウ"


def test_offsets_point_into_the_original() -> None:
    original = "　㍻の葛\U000e0100城とｶﾞｲﾄﾞ"
    mapped = exact_form_with_offsets(original)
    assert mapped.text == " 平成の葛城とガイド"
    assert original[mapped.offsets[1]] == original[mapped.offsets[2]] == "㍻"
    start = mapped.text.index("城")
    assert original[mapped.offsets[start] : mapped.offsets[start + 1]] == "城"
    start = mapped.text.index("ガイド")
    assert original[mapped.offsets[start] : mapped.offsets[start + 3]] == "ｶﾞｲﾄﾞ"


def test_a_word_cut_by_a_line_break_is_marked_across_it() -> None:
    original = "本市では、リスキ\nリングを進めます。"
    mapped = search_form_with_offsets(original)
    start = mapped.text.index("リスキリング")
    assert original[mapped.offsets[start] : mapped.offsets[start + 6]] == "リスキ\nリング"


def test_the_tables_of_characters_hold_only_what_does_not_join_with_neighbours() -> None:
    """The fast path normalises these characters alone; that is right only while this holds."""
    stable = re.compile(f"[{forms._STABLE}]")
    single = re.compile(f"[{forms._SINGLE}]")
    seconds = forms._composing_seconds()
    for character in map(chr, range(0x110000)):
        if stable.match(character):
            assert nfkc(character) == exact_form(character) == character
        elif not single.match(character):
            continue
        first = unicodedata.normalize("NFKD", character)[0]
        assert not unicodedata.combining(first), f"U+{ord(character):04X}"
        assert first not in seconds, f"U+{ord(character):04X}"


@pytest.mark.corpus
def test_on_real_minutes_exact_counts_are_those_of_nfkc(shared: Path) -> None:
    terms = ("防災", "入札", "人口減少", "デジタル", "DX", "財政", "道路", "学校", "高齢者", "会議")
    with gzip.open(shared / "corpus/sample/minutes.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line)["text"] for line in lines]
    for term in terms:
        expected = sum(nfkc(text).count(term) for text in rows)
        assert sum(exact_form(text).count(term) for text in rows) == expected > 0


@pytest.mark.corpus
def test_on_real_minutes_offsets_lead_back_to_the_same_text(shared: Path) -> None:
    with gzip.open(shared / "corpus/sample/minutes.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line)["text"] for line in lines][::40]
    for text in rows:
        mapped: Mapped = search_form_with_offsets(text)
        assert mapped.text == search_form(text)
        for at, character in enumerate(mapped.text):
            source = text[mapped.offsets[at] : max(mapped.offsets[at] + 1, mapped.offsets[at + 1])]
            assert character in search_form(source) or character == "ヶ"
