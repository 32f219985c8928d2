"""Every rule by which speaker, stance and day are read: produced, declared, and explained."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.platform import platforms
from crawler.reading.label_lines import Label
from crawler.reading.label_rules import label_rule
from crawler.reading.quality import quality_of
from crawler.reading.sitting_days import read_day
from crawler.reading.speakers import speaker_of
from crawler.reading.turns import Turn, read_sitting
from kazami.document import Kind
from kazami.reading_quality import MOST_LINES
from kazami.reading_rules import DayRule, SpeakerRule, StanceRule
from tests.builders import PAGES
from tests.printing.shapes import SHAPES, printed
from tests.printing.sitting import invented

ROOT = Path(__file__).parents[3]
CHAIR = "○議長（例示花子君）　これより開きます。"
MAYOR = "○市長（架空三郎君）　お答えいたします。"

LINES = [
    ("○３番（見本太郎君）　伺います。", SpeakerRule.NAME_IN_BRACKET, StanceRule.SEAT),
    ("○番外［知事］（架空一郎君）　申します。", SpeakerRule.TWO_OFFICES, StanceRule.OFFICE),
    ("○番外［知事］　お答えいたします。", SpeakerRule.OFFICES_ONLY, StanceRule.OFFICE),
    ("○架空一郎（市長）　お答えいたします。", SpeakerRule.OFFICE_IN_BRACKET, StanceRule.OFFICE),
    ("○見本（太）委員　伺います。", SpeakerRule.INITIAL, StanceRule.OFFICE),
    ("○見本太郎君（続）　伺います。", SpeakerRule.NOTE_IN_BRACKET, StanceRule.COURTESY),
    ("○総務課長　架空一郎君　申します。", SpeakerRule.OFFICE_THEN_NAME, StanceRule.OFFICE),
    ("○総務課長　架空　一郎　お答えします。", SpeakerRule.NAME_GUESSED, StanceRule.OFFICE),
    ("○架空一郎　総務課長　申します。", SpeakerRule.NAME_THEN_OFFICE, StanceRule.OFFICE),
    ("○架空一郎総務課長　申します。", SpeakerRule.RUN_TOGETHER, StanceRule.OFFICE),
    ("○見本太郎君　伺います。", SpeakerRule.COURTESY, StanceRule.COURTESY),
    ("○総務課長　お答えいたします。", SpeakerRule.OFFICE_ALONE, StanceRule.OFFICE),
    ("○３番　伺います。", SpeakerRule.SEAT_ALONE, StanceRule.SEAT),
    ("○架空総務課長お答えいたします。", SpeakerRule.RUN_INTO_WORDS, StanceRule.OFFICE),
    ("○異世界説明員　お答えいたします。", SpeakerRule.UNLISTED_OFFICE, StanceRule.OFFICE),
    ("○見本花代　伺いたいと思います。", SpeakerRule.NAME_ALONE, StanceRule.NO_OFFICE),
    ("○架空課長答弁　申します。", SpeakerRule.RUN_TOGETHER, StanceRule.OFFICE),
    ("○架空部長（見本課長事務取扱）　申します。", SpeakerRule.SECOND_OFFICE, StanceRule.NO_OFFICE),
]
"""A line of a sitting with a chair and a mayor, and the rules that read it."""

SITTINGS = [
    (
        ["○３番（見本太郎君）　伺います。", "○見本太郎　もう一度伺います。"],
        SpeakerRule.KNOWN_NAME,
        StanceRule.OTHER_LINES,
    ),
    (
        ["□総務課長（架空一郎君）　お答えします。"] * 9 + ["□異世界顧問　お答えします。"],
        SpeakerRule.UNLISTED_OFFICE,
        StanceRule.MARK_MEANING,
    ),
    (
        ["◆３番（見本太郎君）　伺います。"] * 5
        + ["◆総務委員長（見本次郎君）　御報告します。", "◎市長（架空三郎君）　お答えします。"],
        SpeakerRule.NAME_IN_BRACKET,
        StanceRule.MARK,
    ),
    (
        ["○見本太郎質問　伺います。"],
        SpeakerRule.NAME_ALONE,
        StanceRule.VERB,
    ),
]
"""Lines after the chair's, and the rules that read one of them."""

LABELS = [
    ("総務課長　例示太郎", "", SpeakerRule.REST_AS_NAME, StanceRule.OFFICE),
    ("例示太郎総括局", "例示太郎総括局", SpeakerRule.ROSTER, StanceRule.UNTOLD),
    ("例示太郎魔法部長", "例示太郎魔法部長", SpeakerRule.ROSTER, StanceRule.OFFICE),
    ("例示の声", "", SpeakerRule.UNPARTED, StanceRule.UNTOLD),
    ("例示太郎、委員", "", SpeakerRule.UNPARTED, StanceRule.OFFICE_IN_NAME),
]
"""A label that stands alone, the roster, and the rules."""

DAYS = [
    ("令和６年３月４日（月曜日）午前10時開議", ["会議録"], DayRule.PRINTED),
    ("令和６年３月４日（月曜日）午前10時開議", ["令和6年", "3月4日"], DayRule.LINK_AND_PRINT),
    ("令和６年第１回定例会\n開議　３月４日（月曜日）午前10時", ["会議録"], DayRule.YEAR_OF_TITLE),
    ("令和６年第１回定例会\n令和５年３月４日（月曜日）開議", ["会議録"], DayRule.WEEKDAY_MENDED),
    ("令和６年３月５日（月曜日）", ["会議録"], DayRule.WEEKDAY_OFF),
    ("出席議員", ["令和6年", "3月4日"], DayRule.LINK),
]


def read(lines: list[str]) -> tuple[Turn, ...]:
    return read_sitting("\n".join(lines)).turns


def rules(turn: Turn) -> tuple[SpeakerRule, StanceRule]:
    assert turn.who is not None
    return turn.who.by, turn.who.stance_by


@pytest.mark.parametrize(("line", "speaker", "stance"), LINES)
def test_a_line_is_read_by_its_rule(line: str, speaker: SpeakerRule, stance: StanceRule) -> None:
    turns = read([CHAIR, MAYOR, line])
    assert [rules(turn) for turn in turns[2:]] == [(speaker, stance)]
    assert line.startswith(turns[2].printed)
    assert turns[2].printed.startswith("○")


@pytest.mark.parametrize(("lines", "speaker", "stance"), SITTINGS)
def test_other_lines_of_a_sitting_tell(
    lines: list[str], speaker: SpeakerRule, stance: StanceRule
) -> None:
    assert (speaker, stance) in {rules(turn) for turn in read([CHAIR, *lines])}


@pytest.mark.parametrize(("label", "roster", "speaker", "stance"), LABELS)
def test_a_label_alone_is_read_by_its_rule(
    label: str, roster: str, speaker: SpeakerRule, stance: StanceRule
) -> None:
    who = speaker_of(label, roster)
    assert (who.by, who.stance_by) == (speaker, stance)


@pytest.mark.parametrize(("front", "words", "rule"), DAYS)
def test_a_day_is_read_by_its_rule(front: str, words: list[str], rule: DayRule) -> None:
    day = read_day(front, words)
    assert day is not None
    assert day.rule is rule
    assert day.printed in (*front.split("\n"), *words)


def test_a_form_without_a_rule_of_its_own_is_said_to_be_one() -> None:
    label = Label(name="例示", office=None, seat=None, end=2, sure=True, shape="a new form")
    assert label_rule(label) is SpeakerRule.OTHER_FORM


def test_no_form_that_minutes_print_is_without_a_rule_of_its_own() -> None:
    """Whoever reads a new form adds it to crawler/reading/label_rules.py, or to the rules."""
    for shape in SHAPES:
        for turn in read(list(printed(invented(7001), shape))):
            assert rules(turn)[0] is not SpeakerRule.OTHER_FORM, (shape.name, turn.printed)


def saved(value: object) -> Iterator[dict[str, str]]:
    """What the saved pages of all platforms are read to, as evidence and as quality."""
    if isinstance(value, dict):
        if value.get("answer") in ("Evidence", "ReadingQuality"):
            yield value
        yield from chain.from_iterable(map(saved, value.values()))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(saved, value))


def test_every_declared_rule_is_produced_and_no_other() -> None:
    pages = [
        each
        for file in PAGES.glob("*/*/expected.json")
        for each in saved(json.loads(file.read_text("utf-8")))
    ]
    told = [each for each in pages if each["answer"] == "Evidence"]
    speakers = {word for each in told for word in each["speaker"].split()}
    speakers |= {rule for _, rule, _ in (*LINES, *SITTINGS)} | {rule for *_, rule, _ in LABELS}
    assert speakers | {SpeakerRule.OTHER_FORM} == set(SpeakerRule)
    stances = {each["stance"] for each in told}
    stances |= {rule for *_, rule in (*LINES, *SITTINGS, *LABELS)}
    assert stances == set(StanceRule)
    days = {each["day_rule"] for each in pages if each["answer"] == "ReadingQuality"}
    assert days | {rule for *_, rule in DAYS} == set(DayRule)


@pytest.mark.parametrize(
    "name", sorted(name for name, each in platforms().items() if Kind.MINUTES in each.revisit)
)
def test_every_platform_says_what_it_read_speakers_and_day_from(name: str) -> None:
    answers = chain.from_iterable(
        json.loads(file.read_text("utf-8")) for file in PAGES.glob(f"{name}/*/expected.json")
    )
    sittings = [each for each in answers if isinstance(each, dict) and each["answer"] == "Found"]
    assert sittings
    for sitting in sittings:
        assert sitting["reading"]["day_rule"]
        assert all(each["evidence"]["speaker"] for each in sitting["passages"])


@pytest.mark.parametrize("rule", [*SpeakerRule, *StanceRule, *DayRule])
def test_every_rule_is_explained_where_readings_are(rule: SpeakerRule) -> None:
    assert f"| `{rule.value}` | {rule.sentence} |" in (ROOT / "docs/reading.md").read_text("utf-8")
    assert " " not in rule.value


@pytest.mark.parametrize("rules", [SpeakerRule, StanceRule, DayRule])
def test_a_rule_is_found_by_its_word(rules: type[SpeakerRule]) -> None:
    assert len({rule.sentence for rule in rules}) == len(rules)
    for rule in rules:
        assert rules.__members__[rule.value.upper().replace("-", "_")] is rule


def test_what_was_not_taken_is_kept_as_printed() -> None:
    lines = [CHAIR, "○３番（見本太郎君）　伺います。", MAYOR]
    strange = "総務課長（架空一郎君）　お答えします。"
    sitting = read_sitting("\n".join([*lines, strange, *lines]))
    quality = quality_of(sitting)
    assert quality.missed == 1
    assert quality.missed_lines == (strange,)
    many = read_sitting("\n".join([*lines, *[strange] * 50, *lines]))
    assert quality_of(many).missed == 50
    assert len(quality_of(many).missed_lines) == MOST_LINES


def test_lines_that_stray_are_kept_as_printed() -> None:
    other = "○例示花子議長　次に移ります。"
    quality = quality_of(read_sitting("\n".join([CHAIR, MAYOR] * 3 + [other])))
    assert (quality.astray, quality.astray_lines) == (1, ("○例示花子議長",))
    many = quality_of(read_sitting("\n".join([CHAIR, MAYOR] * 60 + [other] * 30)))
    assert (many.astray, len(many.astray_lines)) == (30, MOST_LINES)


@given(st.lists(st.sampled_from([CHAIR, MAYOR, *[line for line, _, _ in LINES]]), max_size=12))
def test_every_printed_line_stands_in_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    sitting = read_sitting(text)
    at = 0
    for turn in sitting.turns:
        at = text.index(turn.printed, at) + len(turn.printed)
        assert text[at:].lstrip().startswith(turn.text)
    assert all(line in text for line in sitting.missed)


def test_where_a_page_ends_is_not_shown_as_print() -> None:
    lines = ["○議長（例示\ufdd0", "花子君）　開きます。", MAYOR, CHAIR]
    strange = "総務課長（架空一郎君）　お答えします。"
    sitting = read_sitting("\n".join([*lines, f"{strange}\ufdd0", MAYOR]))
    assert sitting.turns[0].printed == "○議長（例示\n花子君）"
    assert sitting.missed == (strange,)
