"""Lists of planned purchases (発注見通し): the earliest sign of a tender."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from crawler.reading.notices.kinds import kind_of_notice
from crawler.reading.notices.labelled import label_of
from crawler.reading.notices.segments import segments
from kazami.facts import Fact, Stage, TenderFacts

_TEXTS = (
    "project",
    "number",
    "organisation",
    "place",
    "period",
    "quarter",
    "category",
    "procedure",
)


def read_planned(title: str, blocks: Sequence[str]) -> tuple[TenderFacts, ...]:
    """The rows of a list of plans, each a tender that is planned; none where no header says so."""
    return tuple(_rows(title, blocks))


def _rows(title: str, blocks: Sequence[str]) -> Iterator[TenderFacts]:
    planned = kind_of_notice(title, blocks) is Stage.PLANNED
    header: list[str | None] = []
    for piece in segments(blocks):
        if len(piece.cells) < 2:
            continue
        names = [_fact(re.sub(r"\s", "", cell)) for cell in piece.cells]
        if "project" in names and len({*names} - {None}) >= 2 and (planned or "quarter" in names):
            header = names
            continue
        if len(header) != len(piece.cells):
            continue
        words = piece.words()[:300]
        cells: dict[str, str] = {}
        for name, value in zip(header, piece.raw_cells, strict=True):
            if name and value.strip():
                cells.setdefault(name, value.strip())
        if "project" not in cells:
            continue
        texts: dict[str, Any] = {name: Fact(cells[name], words) for name in _TEXTS if name in cells}
        yield TenderFacts(
            stage=Fact(Stage.PLANNED, title.strip() or words),
            **texts,
        )


def _fact(label: str) -> str | None:
    """The fact of a column; 場所 and 期間 alone are those of the work here."""
    return {"場所": "place", "期間": "period"}.get(label) or label_of(label)
