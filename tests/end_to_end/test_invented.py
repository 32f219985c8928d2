"""The invented minutes: the same everywhere, plausible, and nobody's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kazami.bodies import load_bodies
from kazami.document import Document, Stance
from replay.invented import assemblies, invented_documents

DOCUMENTS = invented_documents()


def mentions(word: str, documents: tuple[Document, ...] = DOCUMENTS) -> Counter[int]:
    """Occurrences by year, counted on the joined text."""
    counts: Counter[int] = Counter()
    for document in documents:
        for passage in document.passages:
            counts[document.date.year] += passage.text.replace("\n", "").count(word)
    return counts


def test_every_process_writes_the_same_minutes() -> None:
    program = (
        "from replay.invented import invented_documents as d;print([x.content_hash for x in d()])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert DOCUMENTS[0].content_hash.encode() in outputs.pop()


def test_there_are_about_eighty_sittings_from_2019_to_2025() -> None:
    assert 70 <= len(DOCUMENTS) <= 90
    assert {document.date.year for document in DOCUMENTS} == set(range(2019, 2026))
    assert len({document.id for document in DOCUMENTS}) == len(DOCUMENTS)


def test_the_bodies_are_none_of_the_1788() -> None:
    bodies = load_bodies()
    for code in assemblies().values():
        body = bodies.get(code)
        assert body is not None
        assert body.pref_code == "99"
        assert body not in bodies.local


def test_every_sitting_says_that_it_is_invented() -> None:
    assert all("架空の会議録です" in document.front_matter for document in DOCUMENTS)


def test_the_site_can_send_every_character() -> None:
    for document in DOCUMENTS:
        document.front_matter.encode("cp932")
        for passage in document.passages:
            passage.text.encode("cp932")


def test_reskilling_begins_in_2021_in_one_body_and_rises() -> None:
    counts = mentions("リスキリング")
    assert [counts[year] for year in (2019, 2020)] == [0, 0]
    assert 0 < counts[2021] < counts[2022] < counts[2023] < counts[2024]
    first = {
        d.body for d in DOCUMENTS if d.date.year == 2021 and mentions("リスキリング", (d,))[2021]
    }
    assert len(first) == 1


def test_its_forerunner_was_there_before_it() -> None:
    counts = mentions("学び直し")
    assert counts[2019] > 0
    assert counts[2020] > 0


def test_the_pandemic_comes_and_goes() -> None:
    counts = mentions("新型コロナ")
    assert counts[2019] == 0
    assert counts[2021] > 20
    assert counts[2025] == 0


def test_traps_of_real_minutes_are_in_it() -> None:
    everything = [passage.text for document in DOCUMENTS for passage in document.passages]
    assert any("リスキング" in text for text in everything), "a misprint"
    assert any("リ・スキリング" in text for text in everything), "a spelling of the first years"
    assert any("リスキリ\nング" in text for text in everything), "a word cut by a line end"
    assert any("〔拍手〕" in text for text in everything), "a stage direction"
    assert not any("DX" in text for text in everything), "minutes write ＤＸ full-width"


@pytest.mark.parametrize("stance", [Stance.QUESTION, Stance.ANSWER, Stance.CHAIR])
def test_everybody_has_a_part(stance: Stance) -> None:
    parts = Counter(passage.stance for document in DOCUMENTS for passage in document.passages)
    assert parts[stance] > 500
    assert parts[Stance.OTHER] == 0


def test_sentences_are_varied() -> None:
    """No question comes twice, and few answers do."""
    questions = [
        passage.text
        for document in DOCUMENTS
        for passage in document.passages
        if passage.stance is Stance.QUESTION and len(passage.text) > 200
    ]
    assert len(questions) > 150
    assert len(set(questions)) == len(questions)
