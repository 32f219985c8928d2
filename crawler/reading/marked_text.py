"""From the plain text of a sitting to its utterances, where nothing but the markers parts them."""

from __future__ import annotations

from crawler.page import Page, PageChanged
from crawler.reading.quality import quality_of
from crawler.reading.speakers import speaker_of
from crawler.reading.turns import read_sitting
from kazami.document import Passage
from kazami.reading_quality import ReadingQuality


def marked_passages(page: Page, text: str) -> tuple[str, tuple[Passage, ...], ReadingQuality]:
    """What stands before the first speaker, the utterances, numbered from 1, and how well read.

    Raises PageChanged where nobody speaks, or a speaker says nothing.
    """
    sitting = read_sitting(text)
    passages: list[Passage] = []
    for turn in sitting.turns:
        if not turn.text:
            raise PageChanged(page.url, f"what {turn.label} said", "no text")
        who = turn.who or speaker_of(turn.label, sitting.front)
        order = len(passages) + 1
        passages.append(
            Passage(
                key=str(order),
                order=order,
                text=turn.text,
                speaker=who.speaker,
                role=who.role,
                seat=who.seat,
                stance=who.stance,
                evidence=who.evidence(turn.printed),
            )
        )
    if not passages:
        raise PageChanged(page.url, "a line that begins with ○ and a speaker", repr(text[:60]))
    return sitting.front.strip(), tuple(passages), quality_of(sitting)
