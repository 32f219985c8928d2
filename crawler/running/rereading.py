"""What reading a stored document again changed: turns, speakers, stances, days."""

from __future__ import annotations

from collections import Counter, defaultdict

from kazami.document import Document, Passage


def differences(before: Document, after: Document) -> Counter[str]:
    """How many ``turns`` came or went, and of how many others ``speakers`` or ``stances`` changed.

    Turns are the same where their words are. ``days`` is 1 where the day is another.
    """
    changed: Counter[str] = Counter()
    changed["days"] = int(before.date != after.date)
    known: dict[str, list[Passage]] = defaultdict(list)
    for passage in reversed(before.passages):
        known[passage.text].append(passage)
    same = 0
    for passage in after.passages:
        if not known[passage.text]:
            continue
        was = known[passage.text].pop()
        same += 1
        changed["speakers"] += (was.speaker, was.role, was.seat) != (
            passage.speaker,
            passage.role,
            passage.seat,
        )
        changed["stances"] += was.stance != passage.stance
    changed["turns"] = len(before.passages) + len(after.passages) - 2 * same
    return +changed
