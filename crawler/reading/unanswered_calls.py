"""Calls of the chair after which the called one's line stands, and was not taken for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.reading.candidate_lines import BLANK, SYMBOLS, SpeakerLine, presides
from crawler.reading.label_lines import GOES_ON, fold
from crawler.reading.spacing import without_space
from crawler.reading.told import calls

_NOTE = re.compile(rf"[{SYMBOLS}]?[（(〔\[].*[）)〕\]]")

_THEN = "(当時)"

_LONGEST = 60
"""Characters of the last sentence of a line that can be a call."""

_LABEL = 26
"""Characters in which a line that begins with a label says whose it is."""


def unanswered_calls(lines: Sequence[SpeakerLine], text: str) -> Iterator[int]:
    """Where, in what a chair says, a line is printed that begins with the one just called.

    総務部長。 and then *総務部長（例示太郎君）　お答えします。: the line was not understood, and
    its words went to the chair. Of 34,000 turns of real chairs five go on after a call, none so.
    """
    ends = [*(line.begin for line in lines[1:]), len(text)][: len(lines)]
    for line, end in zip(lines, ends, strict=True):
        if presides(line.label):
            yield from _in_turn(text, line.words, end)


def _in_turn(text: str, begin: int, end: int) -> Iterator[int]:
    called: list[str] = []
    place = begin
    for printed in text[begin:end].split("\n"):
        words = printed.strip(BLANK)
        if called and words and not _NOTE.fullmatch(words):
            start = without_space(fold(words[: 2 * _LABEL]))[:_LABEL]
            if any(_begins_with(start, each) for each in called):
                yield place
            called = []
        if words.endswith("。"):
            last = words[-_LONGEST:-1].rpartition("。")[2]
            called = [each for call in calls(last) for each in call if each]
        place += len(printed) + 1


def _begins_with(start: str, called: str) -> bool:
    at = start.find(called)
    if at < 0 or start.endswith(called):
        return False
    end = at + len(called)
    return not GOES_ON.match(start, end + len(_THEN) * start.startswith(_THEN, end))
