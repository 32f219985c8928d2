"""What a sitting was read from: for other programs as JSON, for a person as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kazami.reading_quality import LEAST_IN_TURNS, MOST_ASTRAY
from kazami.reading_rules import Rule

if TYPE_CHECKING:
    from kazami.evidence import Evidence
    from kazami.reading_quality import ReadingQuality


def evidence_json(evidence: Evidence | None) -> dict[str, object] | None:
    """The printed line, and the words of the rules; None where nothing is known."""
    if evidence is None:
        return None
    return {
        "printed": evidence.printed,
        "speaker": evidence.speaker.split(),
        "stance": evidence.stance,
    }


def reading_json(reading: ReadingQuality | None) -> dict[str, object] | None:
    """What reading a sitting counted, and what its day was read from; None where unknown.

    ``share`` is None where the source gives speakers apart, so that nothing was counted.
    """
    if reading is None:
        return None
    return {
        "turns": reading.turns,
        "missed": reading.missed,
        "astray": reading.astray,
        "share": None if reading.apart else reading.share,
        "strangers": reading.strangers,
        "missed_lines": list(reading.missed_lines),
        "astray_lines": list(reading.astray_lines),
        "day": {
            "printed": reading.day_printed,
            "rule": reading.day_rule,
            "doubt": reading.day,
        },
    }


def sentences(words: str, rules: type[Rule]) -> list[str]:
    """What the rules of these words did; a word that no rule has is left as it is."""
    known = {rule.value: rule.sentence for rule in rules}
    return [known.get(word, word) for word in words.split()]


def doubts(reading: ReadingQuality) -> list[str]:
    """Why a sitting is doubtful, a line each; none where it is not."""
    found = []
    lost = reading.missed + reading.astray
    if lost > MOST_ASTRAY * reading.turns:
        most = f"{1000 * MOST_ASTRAY:.0f}"
        found.append(
            f"発言者: 読まなかった行と書き方の違う行が {lost:,} で、発言 1,000 に {most} を超える"
        )
    if reading.share < LEAST_IN_TURNS:
        found.append(
            f"発言者: 発言が本文の {reading.share:.1%} で、{LEAST_IN_TURNS:.0%} に満たない"
        )
    if reading.day is not None:
        found.append(f"日付: {reading.day}")
    return found
