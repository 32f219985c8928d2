"""Documents as the pages of small systems show them, to hold against what is read of them."""

from __future__ import annotations

import re
from collections.abc import Callable

from crawler.page import Found
from crawler.reading.speakers import plain_name
from kazami.document import Document, Passage, Stance
from replay import ReplayError


def servable(site: Callable[[Document], object], meetings: list[Document]) -> list[Document]:
    """Those that the site can hold: not what nobody spoke, nor speakers inside of an utterance."""
    documents, refused = [], []
    for meeting in meetings:
        try:
            site(meeting)
        except ReplayError as error:
            refused.append(str(error))
        else:
            documents.append(meeting)
    reasons = "nobody said this|looks like a speaker|no room"
    assert all(re.search(reasons, reason) for reason in refused), refused
    assert len(documents) >= 30
    return documents


def normal(document: Document) -> tuple[object, ...]:
    return (
        document.title,
        document.date,
        squeezed(document.front_matter),
        [told(order, each) for order, each in enumerate(document.passages, start=1)],
    )


def told(order: int, passage: Passage) -> tuple[object, ...]:
    name = plain_name(passage.speaker) if passage.speaker else None
    return order, tidy(passage.text), name, passage.role, stance(passage)


def stance(passage: Passage) -> Stance | None:
    """Who is printed with nothing but 君 is a member, and asks."""
    return passage.stance if passage.role else Stance.QUESTION


def tidy(text: str) -> str:
    """Lines as a browser shows them: without spaces at their ends, or blank lines in numbers."""
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    kept = [line for n, line in enumerate(lines) if line or (n > 0 and lines[n - 1])]
    return "\n".join(kept).strip()


def squeezed(text: str) -> str:
    return "".join(text.split())


def came_back(found: Found) -> tuple[object, ...]:
    passages = [(p.order, tidy(p.text), p.speaker, p.role, p.stance) for p in found.passages]
    return found.title, found.date, squeezed(found.front_matter), passages
