"""What was read from print, and by which rule: for a person who checks it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kazami.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words that a speaker was read from, and the rules that read them.

    ``printed`` is the speaker's line up to where the words begin, as printed, with its mark; what
    the site's list gives where no line is printed; empty where nobody is named. ``speaker`` and
    ``stance`` are words of ``kazami.reading_rules``, several with a space between: where the label
    stands, and how it was read.
    """

    printed: str
    speaker: str
    stance: str


def evidence_hash(document: Document) -> str | None:
    """SHA-256 (hex) of what the document was read from; None where it says nothing of it.

    It is no part of the content: what was read from print can become known of a document whose
    words stay the same.
    """
    told: list[Iterable[object] | None] = []
    for each in document.passages:
        found = each.evidence
        told.append(None if found is None else (found.printed, found.speaker, found.stance))
    reading = None
    if document.reading is not None:
        from kazami.reading_quality import quality_to_json

        reading = quality_to_json(document.reading)
    if reading is None and not any(told):
        return None
    packed = json.dumps([told, reading], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()
