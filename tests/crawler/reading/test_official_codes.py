"""Stances by office, held to the vendor's own code of who presides, asks and answers in 桐生市."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from crawler.reading.stance import stance_of
from kazami.document import Stance

CODES = {"4": Stance.CHAIR, "5": Stance.QUESTION, "6": Stance.ANSWER}
LEAST = 0.9998


@pytest.mark.corpus
def test_stances_agree_with_the_official_codes(shared: Path) -> None:
    official = {}
    with gzip.open(shared / "corpus/gold/kiryu_type_codes.dev.tsv.gz", "rt") as lines:
        for council, schedule, order, code in (line.split() for line in lines):
            official[council, schedule, order] = CODES.get(code)
    wrong: Counter[tuple[str, str, Stance | None]] = Counter()
    told = 0
    with gzip.open(shared / "corpus/kiryu_city.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            place = re.search(r"council_id=(\d+).*schedule_id=(\d+)", row["url"])
            assert place is not None
            code = official.get((place[1], place[2], str(row["order"])))
            if code is None:
                continue
            told += 1
            if stance_of(row["role"], row["speaker"]) is not code:
                wrong[row["role"], stance_of(row["role"], row["speaker"]).value, code] += 1
    print(f"{told:,} utterances, {1 - wrong.total() / told:.3%} agree; not: {dict(wrong)}")
    assert told > 60_000
    assert wrong.total() <= (1 - LEAST) * told
