"""From the text of one sitting, out of a PDF or an HTML page, to its utterances."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from crawler.page import Found, Page, PageChanged
from crawler.platforms.own_pages.links import SITTING
from crawler.reading.quality import day_words, quality_of
from crawler.reading.sitting_days import read_day, year
from crawler.reading.speakers import speaker_of
from crawler.reading.turns import CutSitting
from kazami.document import Passage
from kazami.reading_rules import SpeakerRule, StanceRule

PAGE_ENDS = "\ufdd0"
"""Stands in a text where a page of it ends; a character that no text may hold."""

_SAYS_WHICH = re.compile(r"定例|臨時|委員会|本会議|協議会|[月回]議会")
_LONGEST_TITLE = 120

_CLOSING = re.compile(
    r"^[ \u3000]*(?:(?:上記|以上|右|この|前記)?[^\n]{0,15}会議の(?:経過|次第|[顛て]ん?末)"
    r"[^\n]{0,20}(?:記載|記録|相違)|地方自治法[^\n]{0,40}署名)",
    re.MULTILINE,
)
"""What follows the last words: that the record is true, and who signs it."""


def found(
    page: Page,
    key: str,
    named: Sequence[str],
    sitting: CutSitting,
    printed: Sequence[int | None] = (),
) -> Found:
    """The document that a sitting is; ``named`` are the words of the links that led to it.

    ``printed`` are the numbers of the pages, where PAGE_ENDS stands between them; where none is
    printed, the place of the page in the file is what a reader finds it by.

    Raises PageChanged where nobody speaks, or where no day of a sitting is named.
    """
    front, said = sitting.front, sitting.turns
    sheet = front.count(PAGE_ENDS)
    if not said:
        raise PageChanged(page.url, "utterances that begin with ○ and a speaker", _excerpt(front))
    day = read_day(front.replace(PAGE_ENDS, ""), named)
    if day is None:
        raise PageChanged(page.url, "the day of the sitting", _excerpt(front))
    *before, last = said
    closing = _CLOSING.search(last.text)
    if closing and closing.start():
        front = f"{front.rstrip()}\n\n{last.text[closing.start() :]}"
        said = (*before, replace(last, text=last.text[: closing.start()].rstrip()))
    roster = front.replace(PAGE_ENDS, "")
    # ◎ before everybody says nothing; only beside ◆ does it mean an answer.
    telling = {"◆", "◎"} <= {turn.mark for turn in said}
    numbers = list(printed) if any(printed) else list(range(1, len(printed) + 1))
    passages = []
    for order, turn in enumerate(said, 1):
        words = turn.text.replace(PAGE_ENDS, "").strip()
        who = turn.who or speaker_of(turn.label, roster)
        if turn.who is None and telling:
            who = who.marked(turn.mark, StanceRule.MARK)
        place = () if turn.who else (SpeakerRule.ELEMENT,)
        if words:
            passages.append(
                Passage(
                    key=str(order),
                    order=order,
                    text=words,
                    speaker=who.speaker,
                    role=who.role,
                    seat=who.seat,
                    stance=who.stance,
                    page=numbers[sheet] if numbers else None,
                    url=f"{page.url}#page={sheet + 1}" if numbers else None,
                    evidence=who.evidence(turn.printed, *place),
                )
            )
        sheet += turn.text.count(PAGE_ENDS)
    if not passages:
        raise PageChanged(page.url, "what was said", "speakers only")
    return Found(
        key=key,
        title=title_of(named),
        date=day.day,
        url=page.url,
        passages=tuple(passages),
        front_matter=roster.strip(),
        reading=replace(
            quality_of(sitting, day.doubt),
            day_rule=day.rule.value,
            day_printed=day_words(day.printed),
        ),
    )


def title_of(named: Sequence[str]) -> str:
    """The link's own words, after those above it that say the year and the meeting if it does not.

    3月4日 under 第1回定例会 under 令和7年会議録 is 令和7年会議録 第1回定例会 3月4日.
    """
    parts = [named[-1]] if named[-1] else []
    for words in reversed(named[:-1]):
        told = " ".join(parts)
        wants_year, wants_meeting = year(parts) is None, not _SAYS_WHICH.search(told)
        if (
            (wants_year and year([words]) is not None)
            or (wants_meeting and _SAYS_WHICH.search(words))
            or not parts
        ):
            parts.insert(0, words)
    title = " ".join(parts) or "会議録"
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"


def looks_spoken(sitting: CutSitting) -> bool:
    """Whether several speakers were found in it."""
    return len(sitting.turns) >= 3


def names_sittings(words: str) -> bool:
    """Whether the words of a link name minutes."""
    return bool(re.search("会議録|議事録", words) or SITTING.search(words))


def _excerpt(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFKC", text).replace(PAGE_ENDS, "").split())
    return repr(plain[:60]) if plain else "nothing"
