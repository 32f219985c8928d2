"""Of what a correction prints side by side, old and new, the words that hold now."""

from __future__ import annotations

import re

from crawler.reading.notices.words import pattern

_STRUCK = re.compile(r"~~.{1,60}?~~|<(s|del|strike)>.{1,80}?</\1>|\[取消線?\].{1,60}?\[/取消線?\]")
_ARROW = re.compile(r"\s?[→⇒➡]\s?")


def current(text: str) -> str:
    """Without words that are struck through; of 旧→新 in a correction the new alone, in place."""
    if _STRUCK.search(text):
        text = _STRUCK.sub(lambda found: " " * len(found[0]), text)
    after = re.search(r"\(正\)|【正】|訂正後|変更後|修正後|正\s?[:：]", text)
    before = re.search(r"\(誤\)|【誤】|訂正前|変更前|修正前|誤\s?[:：]", text)
    if after and before and before.start() < after.start():
        text = (
            text[: before.start()] + " " * (after.start() - before.start()) + text[after.start() :]
        )
    elif before and not after:
        text = text[: before.start()] + " " * (len(text) - before.start())
    if (arrow := _ARROW.search(text)) and pattern("changes").search(text):
        first = re.search(r"(?:令和|平成|[RH]\d|20\d\d|\d{1,2}\s?月|\d{1,2}/\d)", text)
        if first and first.start() < arrow.start():
            text = text[: first.start()] + " " * (arrow.end() - first.start()) + text[arrow.end() :]
    return text
