"""Known sittings in every shape of a speaker's line, by a writer that knows no reader.

``pytest -rP tests/crawler/reading/test_printed_sittings.py`` prints the shares. The writer was
written before the reader was, by somebody who had not seen it; these seeds were not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from lxml import html

from crawler.page import Page
from crawler.reading.html_lines import lines
from crawler.reading.pdf.text import sheets
from crawler.reading.quality import quality_of
from crawler.reading.turns import Turn, read_sitting
from tests.printing.damage import damaged
from tests.printing.real import real
from tests.printing.shapes import (
    HTML_ENDS,
    SHAPES,
    Line,
    Said,
    Shape,
    agree,
    as_html,
    as_pdf,
    asides,
    crossed,
    expected,
    printed,
    variations,
    words,
)
from tests.printing.sitting import Sitting, invented

SEEDS = (7001, 7002, 7003)
LEAST = 0.999
"""Of turns read whole and right."""

MOST_MERGED = 1
"""Of 180 prints: the words of one turn went to the speaker before. It must be noticed."""

LEAST_OF_A_SHAPE = 0.975


MERGED: list[tuple[str, str, bool]] = []
"""Prints of which fewer turns were read than were printed, and whether that was noticed."""


def pairs(
    said: list[Said], turns: tuple[Turn, ...], beside: list[str]
) -> Iterator[tuple[int, int]]:
    """Which turn is which, by how its words begin."""
    want = [words(each.text, beside)[:10] for each in said]
    got = [words(each.text, beside)[:10] for each in turns]
    for block in SequenceMatcher(None, want, got, autojunk=False).get_matching_blocks():
        yield from ((block.a + n, block.b + n) for n in range(block.size))


def right(
    sitting: Sitting, shape: Shape, page_text: Callable[[list[Line]], str] = "\n".join
) -> tuple[int, int]:
    """How many turns there are, and how many are read whole, with the right speaker."""
    said, beside = expected(sitting, shape), asides(sitting, shape)
    cut = read_sitting(page_text(printed(sitting, shape)))
    turns = cut.turns
    if len(turns) < len(said):
        MERGED.append((sitting.title, shape.name, quality_of(cut).speakers_doubtful))
    good = 0
    for one, other in pairs(said, turns, beside):
        want, got = said[one], turns[other]
        assert got.who is not None
        who = agree(sitting, want, got.who.speaker, got.who.role, got.who.seat, got.who.stance)
        good += who and words(got.text, beside) == words(want.text, beside)
    return len(said), good


@pytest.mark.parametrize("print_of", [lambda shape, seed: shape, crossed], ids=["as is", "crossed"])
def test_every_shape_is_read_back(print_of: Callable[[Shape, int], Shape]) -> None:
    shares = {}
    whole = [0, 0]
    MERGED.clear()
    for shape in SHAPES:
        counts = [right(invented(seed), print_of(shape, seed)) for seed in SEEDS]
        told, good = (sum(each) for each in zip(*counts, strict=True))
        shares[shape.row, shape.name] = good / told
        whole = [whole[0] + told, whole[1] + good]
    for (row, name), share in sorted(shares.items()):
        print(f"{share:7.2%}  row {row:>2}  {name}")
    print(f"{whole[1]:,} of {whole[0]:,} turns: {whole[1] / whole[0]:.2%}")
    assert whole[1] / whole[0] >= LEAST
    print(f"merged: {MERGED or 'none'}")
    assert len(MERGED) <= MOST_MERGED
    assert all(noticed for _, _, noticed in MERGED)
    assert min(shares.values()) >= LEAST_OF_A_SHAPE


def test_widths_gaps_and_line_ends_change_nothing() -> None:
    usual = SHAPES[0]
    for shape in variations(usual):
        told, good = right(invented(7004), shape)
        assert good == told


@pytest.mark.parametrize("end", HTML_ENDS)
def test_html_changes_nothing(end: str) -> None:
    def text(printed_lines: list[Line]) -> str:
        page = html.document_fromstring(as_html(printed_lines, end).decode())
        return lines(page.body)

    for at, shape in enumerate(SHAPES):
        if at % len(HTML_ENDS) == HTML_ENDS.index(end):
            told, good = right(invented(7005), crossed(shape, 5), text)
            assert good >= 0.99 * told


def test_pdf_changes_nothing() -> None:
    def text(printed_lines: list[Line]) -> str:
        page = Page("https://example.jp/kaigiroku.pdf", as_pdf(printed_lines), "application/pdf")
        return "\n".join(sheet.text for sheet in sheets(page))

    for shape in SHAPES[::9]:
        told, good = right(invented(7006), crossed(shape, 6), text)
        assert good >= 0.99 * told


REAL = [
    shape
    for shape in SHAPES
    if shape.name
    in (
        "mark, office（name君）",
        "name office",
        "marks of their own",
        "office name君",
        "【】",
        "no mark: office（name君）",
        "a mark a kind",
    )
]


@pytest.fixture(scope="module")
def sittings(shared: Path) -> list[Sitting]:
    return real(shared, 100)[2::10]


def test_real_sittings_come_back_whole(sittings: list[Sitting]) -> None:
    for sitting in sittings[:4]:
        shape = replace(REAL[0], decoys=0)
        told, good = right(sitting, shape)
        assert good >= 0.995 * told


@pytest.mark.corpus
@pytest.mark.parametrize(("share", "least"), [(0.0, 0.0), (0.02, 0.6), (0.05, 0.9), (0.2, 0.99)])
def test_damage_is_noticed_and_whole_sittings_are_not_doubted(
    sittings: list[Sitting], share: float, least: float
) -> None:
    flagged = []
    for number, sitting in enumerate(sittings):
        for shape in REAL:
            shape = replace(shape, decoys=0)
            lines = printed(sitting, shape)
            if share:
                spoilt = damaged(lines, shape, share, number)
                if not spoilt.touched:
                    continue
                lines = list(spoilt.lines)
            flagged.append(quality_of(read_sitting("\n".join(lines))).speakers_doubtful)
    part = sum(flagged) / len(flagged)
    print(
        f"{share:.0%} of the lines damaged: {sum(flagged)} of {len(flagged)} doubtful, {part:.0%}"
    )
    assert part >= least if share else part <= 0.01
