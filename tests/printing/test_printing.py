"""The writer itself: it prints all that was said, in every shape, the same for the same seed."""

from __future__ import annotations

import pypdfium2
import pytest
from lxml import html

from kazami.document import Stance
from tests.printing.layout import squeezed
from tests.printing.people import Person, seat
from tests.printing.shapes import (
    ENCODINGS,
    HTML_ENDS,
    LINE_ENDS,
    SHAPES,
    Line,
    Said,
    Shape,
    agree,
    as_html,
    as_pdf,
    as_text,
    asides,
    crossed,
    expected,
    printed,
    variations,
    words,
)
from tests.printing.sitting import Sitting, Turn, invented

SITTINGS = [invented(0), invented(3)]
COUNCIL, COMMITTEE = SITTINGS
by_name = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)


def test_every_row_of_the_table_has_a_shape_and_every_shape_its_name() -> None:
    assert {shape.row for shape in SHAPES} == set(range(16))
    assert len({shape.name for shape in SHAPES}) == len(SHAPES)


@by_name
def test_every_turn_stands_once_in_the_print_and_in_order(shape: Shape) -> None:
    for sitting in SITTINGS:
        for varied in (*variations(shape), *(crossed(shape, seed) for seed in range(2))):
            lines = printed(sitting, varied)
            right = expected(sitting, varied)
            labelled = [span.turn for line in lines for span in line.labels]
            assert sorted(set(labelled)) == list(range(len(sitting.turns)))
            assert labelled == sorted(labelled)
            assert [said.stance for said in right] == [turn.stance for turn in sitting.turns]
            _in_order(squeezed("".join(lines)), right)
            _nothing_looks_like_a_speaker(lines)


@by_name
def test_what_is_expected_of_a_speaker_stands_in_the_speakers_line(shape: Shape) -> None:
    for sitting in (COUNCIL, COMMITTEE):
        for varied in variations(shape):
            labels: dict[int, str] = {}
            for line in printed(sitting, varied):
                for turn, start, end in line.labels:
                    labels[turn] = labels.get(turn, "") + line[start:end]
            for turn, said in enumerate(expected(sitting, varied)):
                label = squeezed(labels[turn])
                for value in (said.speaker, said.seat, said.role):
                    assert value is None or squeezed(value).split("[")[0] in label


@by_name
def test_a_name_that_is_not_printed_is_not_expected(shape: Shape) -> None:
    for said, turn in zip(expected(COUNCIL, shape), COUNCIL.turns, strict=True):
        template = shape.template("chair")
        if turn.stance is Stance.CHAIR and "name" not in template and "given" not in template:
            assert said.speaker is None


def test_the_same_seed_makes_the_same_print_and_another_another() -> None:
    for shape in SHAPES:
        assert printed(invented(5), shape) == printed(invented(5), shape)
        assert expected(invented(5), shape) == expected(invented(5), shape)
    assert invented(5) != invented(6)


@pytest.mark.parametrize("end", HTML_ENDS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_page_holds_every_line(end: str, encoding: str) -> None:
    lines = printed(COUNCIL, SHAPES[0])
    page = html.document_fromstring(as_html(lines, end, encoding).decode(encoding))
    assert squeezed("".join(lines)) in squeezed("".join(map(str, page.itertext())))


@pytest.mark.parametrize("end", LINE_ENDS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_holds_every_line(end: str, encoding: str) -> None:
    lines = printed(COUNCIL, SHAPES[0])
    assert as_text(lines, end, encoding).decode(encoding).split(end) == [*lines, ""]


@by_name
def test_a_pdf_gives_back_every_line(shape: Shape) -> None:
    lines = printed(COUNCIL, shape)
    pages = pypdfium2.PdfDocument(as_pdf(lines, page_numbers=False))
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    assert squeezed(text) == squeezed("".join(lines))


def test_the_broken_line_is_as_wide_as_the_page_and_loses_nothing() -> None:
    for shape in SHAPES:
        narrow = variations(shape)[4]
        assert narrow.columns is not None
        lines = printed(COUNCIL, narrow)
        assert max(map(len, lines)) <= narrow.columns * 2 + 3
        _in_order(squeezed("".join(lines)), expected(COUNCIL, narrow))


def test_notes_and_headings_count_in_no_text() -> None:
    shape = SHAPES[0]
    beside = asides(COUNCIL, shape)
    said = expected(COUNCIL, shape)[0]
    assert any(each.startswith("△日程第１") for each in beside)
    assert words(f"{said.text}\n（拍手）\n{beside[-1]}", beside) == words(said.text)
    assert words(said.text + "違う") != words(said.text)


TAKEN = Sitting(
    "t",
    "m",
    COUNCIL.day,
    (
        Person("例示", "太郎", "議長"),
        Person("見本", "花", None, "８番"),
        Person("仮", "一", "技監"),
    ),
    (),
)


@pytest.mark.parametrize(
    ("said", "got", "right"),
    [
        (
            ("例示太郎", "議長", None, Stance.CHAIR),
            ("例示 太郎", "議 長", None, Stance.CHAIR),
            True,
        ),
        (("例示太郎", "議長", None, Stance.CHAIR), ("例示", "議長", None, Stance.CHAIR), False),
        (("例示太郎", "議長", None, Stance.CHAIR), ("例示太郎", "議長", None, Stance.OTHER), False),
        ((None, "議長", None, Stance.CHAIR), ("例示太郎", "議長", None, Stance.CHAIR), True),
        ((None, "議長", None, Stance.CHAIR), ("見本花", "議長", None, Stance.CHAIR), False),
        ((None, "議長", None, Stance.CHAIR), (None, None, None, Stance.CHAIR), False),
        (("例示", "議長", None, Stance.CHAIR), ("例示太郎", "議長", None, Stance.CHAIR), True),
        (
            ("見本花", "８番", "８番", Stance.QUESTION),
            ("見本花", "議員", "8番", Stance.QUESTION),
            True,
        ),
        (
            ("見本花", "８番", "８番", Stance.QUESTION),
            ("見本花", None, None, Stance.QUESTION),
            False,
        ),
        (
            ("見本花", None, None, Stance.QUESTION),
            ("見本花", "８番", "８番", Stance.QUESTION),
            True,
        ),
        (("見本花", None, None, Stance.QUESTION), ("見本花", "市長", None, Stance.QUESTION), False),
        (("仮一", "技監", None, Stance.ANSWER), ("仮一", "技監", None, Stance.OTHER), True),
        (("仮一", "技監", None, Stance.ANSWER), ("仮一", "技監", None, Stance.CHAIR), False),
        (
            ("仮一", "技監［局長］", None, Stance.ANSWER),
            ("仮一", "技監", None, Stance.ANSWER),
            True,
        ),
    ],
)
def test_what_agrees_with_what_was_printed(
    said: tuple[str | None, str | None, str | None, Stance],
    got: tuple[str | None, str | None, str | None, Stance],
    right: bool,
) -> None:
    assert agree(TAKEN, Said(*said, "はい。"), *got) is right


@by_name
def test_the_truth_agrees_with_what_is_expected(shape: Shape) -> None:
    for sitting in SITTINGS:
        for said in expected(sitting, shape):
            assert agree(sitting, said, *said[:4])


def test_seats_are_printed_in_every_way() -> None:
    assert [seat(25, style) for style in ("full", "half", "mixed", "kanji", "digits")] == [
        "２５番", "25番", "25番", "二十五番", "二五番"
    ]  # fmt: skip
    assert [seat(8, "mixed"), seat(10, "kanji"), seat(11, "kanji")] == ["８番", "十番", "十一番"]


def test_a_sitting_of_chance_knows_everybody_who_speaks() -> None:
    for sitting in SITTINGS:
        assert all(sitting.person(turn).name == turn.speaker for turn in sitting.turns)
        assert all(isinstance(turn, Turn) and turn.paragraphs for turn in sitting.turns)
        assert {turn.stance for turn in sitting.turns} >= {
            Stance.CHAIR,
            Stance.QUESTION,
            Stance.ANSWER,
        }
        assert len({person.name for person in sitting.roster}) == len(sitting.roster)


def _nothing_looks_like_a_speaker(lines: list[Line]) -> None:
    """Else nobody could tell: between the turns no line begins with a whole speaker's line."""
    labels = {line[start:end] for line in lines for _, start, end in line.labels}
    first = next(at for at, line in enumerate(lines) if line.labels)
    for line in lines[first:]:
        begins = "" if line.labels else next(iter(line.split()), "")
        assert begins not in labels, line


def _in_order(whole: str, right: list[Said]) -> None:
    at = 0
    for said in right:
        for paragraph in said.text.split("\n"):
            found = whole.find(squeezed(paragraph), at)
            assert found >= 0, paragraph
            at = found + len(squeezed(paragraph))
