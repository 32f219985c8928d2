"""Known sittings from real minutes: real speakers, offices and words, which chance would not make.

They are read from the folder of real data beside the checkout when asked for, and stay there.
"""

from __future__ import annotations

import gzip
import json
import re
from datetime import date
from itertools import groupby
from pathlib import Path

from kazami.document import Stance
from tests.printing.people import STAFF_OFFICES, Person
from tests.printing.sitting import Note, Sitting, Turn

_ROSTER = "名簿"
_NOBODY = ("議題", "討論", "質疑", "討論続行", "質疑続行")
"""What stands for the office in rows that nobody says: agenda, and headings."""


def real(shared: Path, count: int = 100) -> list[Sitting]:
    """So many sittings of a city's council, spread evenly over its years, in the order of days.

    Raises ValueError where there are fewer.
    """
    with gzip.open(shared / "corpus" / "kiryu_city.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    meetings = [list(meeting) for _, meeting in groupby(rows, key=lambda row: row["url"])]
    if len(meetings) < count:
        raise ValueError(f"{shared}: {len(meetings)} sittings, {count} were asked for")
    chosen = [meetings[at * len(meetings) // count] for at in range(count)]
    return [_sitting(meeting) for meeting in chosen]


def _sitting(rows: list[dict[str, str | None]]) -> Sitting:
    front: list[str] = []
    entries: list[Turn | Note] = []
    roster: dict[tuple[str, str | None, str | None], Person] = {}
    for row in rows:
        role, speaker = row["role"] or "", row["speaker"]
        lines = [line.strip() for line in (row["text"] or "").split("\n")]
        lines = [line for line in lines if line]
        if role == _ROSTER:
            front += (row["text"] or "").split("\n")
        elif speaker is None or role in _NOBODY:
            entries += map(Note, lines)
        elif lines:
            turn = _turn(speaker, role, tuple(lines))
            entries.append(turn)
            key = (speaker, turn.role, turn.seat)
            roster.setdefault(key, _person(*key))
    first = rows[0]
    return Sitting(
        title=f"{first['meeting_name']} {first['url']}",
        meeting=first["meeting_name"] or "",
        day=date.fromisoformat(first["meeting_date"] or ""),
        roster=tuple(roster.values()),
        entries=tuple(entries),
        front=tuple(front),
    )


def _turn(speaker: str, role: str, paragraphs: tuple[str, ...]) -> Turn:
    if re.fullmatch(r"[0-9０-９]+番", role):
        return Turn(speaker, None, role, Stance.QUESTION, paragraphs)
    if role.endswith("議長"):
        return Turn(speaker, role, None, Stance.CHAIR, paragraphs)
    stance = Stance.OTHER if role in STAFF_OFFICES else Stance.ANSWER
    return Turn(speaker, role, None, stance, paragraphs)


def _person(name: str, office: str | None, seat: str | None) -> Person:
    """Where a surname ends nobody says; all that it does is where print puts a gap."""
    at = (len(name) + 1) // 2
    return Person(name[:at], name[at:], office, seat)
