"""Of what a correction prints side by side, old and new, the words that hold now."""

from __future__ import annotations

import re
from functools import cache

from crawler.reading.notices.words import alternatives, pattern, vocabulary

_STRUCK = re.compile(r"~~.{1,60}?~~|<(s|del|strike)>.{1,80}?</\1>|\[取消線?\].{1,60}?\[/取消線?\]")
_ARROW = re.compile(r"\s?[→⇒➡]\s?")


@cache
def _side(words: str) -> re.Pattern[str]:
    """What names one side of a correction: a word of its own, a shorter one only as a label."""
    plain = [re.sub(r"[()]", "", word) for word in getattr(vocabulary(), words)]
    long = alternatives(word for word in plain if len(word) >= 3)
    label = alternatives(plain)
    return re.compile(rf"\((?:{label})\)|【(?:{label})】|{long}|(?<![一-龥])(?:{label})\s?[:：]")


def _blank_label(found: re.Match[str]) -> str:
    return " " * len(found[0]) if found[0][0] in "(【" or found[0][-1] in ":：" else found[0]


def current(text: str) -> str:
    """Without words that are struck through; of 旧→新 in a correction the new alone, in place."""
    if _STRUCK.search(text):
        text = _STRUCK.sub(lambda found: " " * len(found[0]), text)
    after = _side("after_change").search(text)
    before = _side("before_change").search(text)
    if after and before and before.start() < after.start():
        text = (
            text[: before.start()] + " " * (after.start() - before.start()) + text[after.start() :]
        )
    elif before and not after:
        text = text[: before.start()] + " " * (len(text) - before.start())
    # (延長後)令和8年7月3日: what is left is the day alone, whose label stands above
    text = _side("after_change").sub(_blank_label, text)
    if (arrow := _ARROW.search(text)) and pattern("changes").search(text):
        first = re.search(r"(?:令和|平成|[RH]\d|20\d\d|\d{1,2}\s?月|\d{1,2}/\d)", text)
        if first and first.start() < arrow.start():
            text = text[: first.start()] + " " * (arrow.end() - first.start()) + text[arrow.end() :]
    return text
