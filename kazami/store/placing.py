"""Corrections laid over what was read, and taken off again: values in, values out."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from kazami.document import Document, Passage, Stance
from kazami.fields import TEXT_FIELDS

DAY = "day"
"""The field of a correction that is the whole document's."""

PASSAGE_FIELDS = (*TEXT_FIELDS, "stance")
"""The fields of a passage that can be corrected, in the order in which they are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A correction as its table has it; ``number`` is that of its row."""

    number: int
    document: str
    key: str | None
    text_hash: str | None
    nth: int | None
    field: str
    read: str | None
    value: str | None
    given: datetime
    placed: bool


class Words(NamedTuple):
    """Which passage of a document a correction is of: its words, which one with them, its key."""

    text_hash: str
    nth: int
    key: str


def hash_of(text: str) -> str:
    """SHA-256 (hex) of a passage's words."""
    return hashlib.sha256(text.encode()).hexdigest()


def words_of(document: Document, key: str) -> Words | None:
    """What finds this passage again; None where there is none with this key."""
    nth: dict[str, int] = defaultdict(int)
    for passage in document.passages:
        nth[passage.text] += 1
        if passage.key == key:
            return Words(hash_of(passage.text), nth[passage.text], key)
    return None


def laid_over(document: Document, kept: Sequence[Kept]) -> tuple[Document, list[Kept]]:
    """A document as read with its corrections, and these as they stand now.

    Each finds its passage by the words; where several have them, by the key, else by their order.
    What was read is what is read now; of one that finds nothing it stays what it was.
    """
    spots = _spots(document, {words for each in kept if (words := _words(each)) is not None})
    told: dict[str, dict[str, str | None]] = defaultdict(dict)
    day: date | None = None
    now = []
    for each in kept:
        words = _words(each)
        if words is None:
            assert each.value is not None  # a document always has a day
            day = date.fromisoformat(each.value)
            was = None if document.date is None else document.date.isoformat()
            now.append(replace(each, read=was, placed=True))
        elif (spot := spots.get(words)) is None:
            now.append(replace(each, placed=False))
        else:
            passage, nth = spot
            told[passage.key][each.field] = each.value
            read = getattr(passage, each.field)
            as_was = None if read is None else str(read)
            now.append(replace(each, key=passage.key, nth=nth, read=as_was, placed=True))
    passages = tuple(
        _corrected(passage, told[passage.key]) if passage.key in told else passage
        for passage in document.passages
    )
    if day is not None:
        return replace(document, passages=passages, date=day, read_date=document.date), now
    return replace(document, passages=passages), now


def as_read(document: Document, kept: Iterable[Kept]) -> Document:
    """A stored document without its corrections."""
    read: dict[str, dict[str, str | None]] = defaultdict(dict)
    day = document.date
    for each in kept:
        if each.placed and each.key is not None:
            read[each.key][each.field] = each.read
        elif each.placed and each.field == "day":
            day = None if each.read is None else date.fromisoformat(each.read)
    return replace(
        document,
        date=day,
        read_date=None,
        passages=tuple(
            replace(passage, corrected=(), **_values(read[passage.key]))
            if passage.key in read
            else passage
            for passage in document.passages
        ),
    )


def read_instead(kept: Iterable[Kept], key: str | None) -> dict[str, str | None]:
    """What was read of each field that now is another: the day's, and those of a passage."""
    return {
        each.field: each.read
        for each in kept
        if each.placed and each.key in (None, key) and each.read != each.value
    }


def _words(kept: Kept) -> Words | None:
    if kept.text_hash is None or kept.nth is None or kept.key is None:
        return None
    return Words(kept.text_hash, kept.nth, kept.key)


def _spots(document: Document, wanted: set[Words]) -> dict[Words, tuple[Passage, int]]:
    """Where each of these stands by now, no two at one passage, with which one it is there."""
    hashes = {words.text_hash for words in wanted}
    having: dict[str, list[tuple[Passage, int]]] = defaultdict(list)
    for passage in document.passages if wanted else ():
        if (found := hash_of(passage.text)) in hashes:
            having[found].append((passage, len(having[found]) + 1))
    spots: dict[Words, tuple[Passage, int]] = {}
    left = []
    for words in sorted(wanted):
        same = [spot for spot in having[words.text_hash] if spot[0].key == words.key]
        if same:
            spots[words] = same[0]
        else:
            left.append(words)
    taken = {spot[0].key for spot in spots.values()}
    for words in left:
        free = [spot for spot in having[words.text_hash] if spot[0].key not in taken]
        if free:
            spots[words] = min(free, key=lambda spot: abs(spot[1] - words.nth))
            taken.add(spots[words][0].key)
    return spots


def _corrected(passage: Passage, told: Mapping[str, str | None]) -> Passage:
    """A field that was read as a person says is right, and is not named."""
    changed = tuple(
        name for name in PASSAGE_FIELDS if name in told and told[name] != getattr(passage, name)
    )
    return replace(passage, corrected=changed, **_values(told))


def _values(told: Mapping[str, str | None]) -> dict[str, Any]:
    return {
        name: Stance(value) if name == "stance" and value is not None else value
        for name, value in told.items()
    }
