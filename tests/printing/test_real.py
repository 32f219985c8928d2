"""Real minutes go through the same writer and lose nothing on the way."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from kazami.document import Stance
from tests.printing.layout import squeezed
from tests.printing.people import Person
from tests.printing.real import real
from tests.printing.shapes import SHAPES, agree, expected, printed
from tests.printing.sitting import Note, Turn

ROWS = [
    (None, "名簿", "仮名市議会会議録\n　出席議員（２名）"),
    (None, "議題", "△開会\n　　　　午前１０時　開会"),
    ("例示太郎", "議長", "開きます。\n　　８番、見本議員。"),
    ("見本花子", "８番", "伺います。"),
    ("仮名一", "総務部長", "\nお答えいたします。\n\n　以上です。"),
    ("架空次郎", "事務局長", "報告します。"),
]
"""Invented."""


def _corpus(folder: Path, sittings: int) -> Path:
    (folder / "corpus").mkdir()
    with gzip.open(folder / "corpus" / "kiryu_city.jsonl.gz", "wt", encoding="utf-8") as lines:
        for number in range(sittings):
            for speaker, role, text in ROWS:
                row = {"speaker": speaker, "role": role, "text": text, "url": f"u{number}"}
                row |= {"meeting_name": "定例会", "meeting_date": f"2024-03-{number + 1:02}"}
                lines.write(json.dumps(row) + "\n")
    return folder


def test_a_sitting_is_made_of_its_rows(tmp_path: Path) -> None:
    (sitting,) = real(_corpus(tmp_path, 1), 1)
    assert sitting.day == date(2024, 3, 1)
    assert sitting.front == ("仮名市議会会議録", "　出席議員（２名）")
    assert sitting.entries == (
        Note("△開会"),
        Note("午前１０時　開会"),
        Turn("例示太郎", "議長", None, Stance.CHAIR, ("開きます。", "８番、見本議員。")),
        Turn("見本花子", None, "８番", Stance.QUESTION, ("伺います。",)),
        Turn("仮名一", "総務部長", None, Stance.ANSWER, ("お答えいたします。", "以上です。")),
        Turn("架空次郎", "事務局長", None, Stance.OTHER, ("報告します。",)),
    )
    assert sitting.roster[0] == Person("例示", "太郎", "議長", None)
    assert sitting.roster[1] == Person("見本", "花子", None, "８番")


def test_sittings_are_spread_evenly_and_more_than_there_are_is_refused(tmp_path: Path) -> None:
    shared = _corpus(tmp_path, 9)
    assert [sitting.day.day for sitting in real(shared, 3)] == [1, 4, 7]
    with pytest.raises(ValueError, match="9 sittings, 10 were asked for"):
        real(shared, 10)


@pytest.mark.corpus
def test_a_hundred_real_sittings_are_known_and_print(shared: Path) -> None:
    sittings = real(shared, 100)
    assert len({(sitting.title, sitting.day) for sitting in sittings}) == 100
    assert sum(len(sitting.turns) for sitting in sittings) > 20_000
    for sitting, shape in list(zip(sittings, SHAPES * 2, strict=False))[::4]:
        assert {turn.stance for turn in sitting.turns} >= {Stance.CHAIR}
        right = expected(sitting, shape)
        assert len(right) == len(sitting.turns)
        assert all(agree(sitting, said, *said[:4]) for said in right)
        whole, at = squeezed("".join(printed(sitting, shape))), 0
        for turn in sitting.turns:
            for paragraph in turn.paragraphs:
                found = whole.find(squeezed(paragraph), at)
                assert found >= 0, sitting.title
                at = found + len(squeezed(paragraph))
