"""Names that stand after an office without anything to tell them by: 議長　例示　花子　開きます."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from crawler.reading.candidate_lines import (
    BLANK,
    SYMBOLS,
    SpeakerLine,
)
from crawler.reading.label_lines import squeeze
from crawler.reading.offices import ONE_SCRIPT, is_known_office, is_name
from crawler.reading.told import Told


def with_names(lines: Sequence[SpeakerLine], text: str, knows: Told) -> list[SpeakerLine]:
    """議長　例示　花子　開きます: the name is one where it is known, repeated, or reads as one."""
    after = [_words_after(each, text) if each.label.name is None else [] for each in lines]
    times = Counter(
        (each.label.office, name)
        for each, found in zip(lines, after, strict=True)
        for name, _ in found
    )
    offices = Counter(each.label.office for each in lines if each.label.name is None)
    told = [
        [
            (name, end)
            for name, end in found
            if knows(name)
            or (
                times[each.label.office, name] >= 2
                and 2 * times[each.label.office, name] >= offices[each.label.office]
            )
            or _reads_as_name(name, text[each.words : end])
        ]
        for each, found in zip(lines, after, strict=True)
    ]
    # Where nearly all print a name there, the others do too, whatever it is.
    all_do = 4 * sum(map(bool, told)) >= 3 * sum(each.label.name is None for each in lines) >= 9
    named = []
    for each, found, sure in zip(lines, after, told, strict=True):
        for name, end in sure or found:
            if sure or (all_do and len(name) >= 2):
                label = replace(each.label, name=name, shape="office name?")
                printed = text[each.begin : end].lstrip(BLANK + SYMBOLS).strip(BLANK)
                each = replace(each, label=label, words=end, printed=printed)
                break
        named.append(each)
    return named


def _words_after(each: SpeakerLine, text: str) -> list[tuple[str, int]]:
    """What can be a name behind an office: the first two words together, and the first one."""
    if each.label.office is None:
        return []
    end = text.find("\n", each.words)
    line = squeeze(text[each.words : len(text) if end < 0 else min(end, each.words + 60)])
    stops = [at for at in range(1, min(len(line.text), 9) + 1) if line.ends(at)]
    if not stops or line.text[stops[0] - 1 : stops[0]] in "、。":
        return []
    found = []
    for at in reversed(stops[:2]):
        name = line.text[:at]
        called = name.endswith(("議員", "委員", "君", "さん"))
        if 2 <= len(name) <= 8 and is_name(name) and not (called or is_known_office(name)):
            place = each.words + line.places[at]
            found.append((line.printed[:at], min(place, len(text) if end < 0 else end)))
    return found


def _reads_as_name(name: str, printed: str) -> bool:
    """例示太郎, 例示　太郎: four to six kanji, or two short words of kanji."""
    parts = printed.split()
    if len(parts) == 2 and all(len(part) <= 3 for part in parts):
        return all(re.fullmatch(ONE_SCRIPT, part) for part in parts) and len(name) >= 3
    return re.fullmatch(r"[\u3400-\u9fff々]{4,6}", name) is not None
