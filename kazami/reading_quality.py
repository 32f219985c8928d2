"""How well a sitting was read from its print: what was counted, and whether to doubt it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

MOST_ASTRAY = 0.004
"""Lines that look like a speaker's and were not taken, or that stray from the print, to a turn."""

LEAST_IN_TURNS = 0.3
"""The share of the text that somebody must say."""

MOST_LINES = 20
"""Lines that are kept of those that were not taken, and of those that stray, to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingQuality:
    """What reading one sitting counted.

    ``turns`` were found; ``missed`` lines look like a speaker's and were not taken; ``astray`` are
    turns whose line is printed otherwise than the sitting's others. ``share`` of the text is in
    turns (0 to 1). ``strangers`` are speakers whom the printed roster does not have, None where no
    roster is printed. ``day`` says why the day is doubtful.
    """

    turns: int
    missed: int = 0
    astray: int = 0
    share: float = 1.0
    strangers: int | None = None
    day: str | None = None
    apart: bool = False
    day_rule: str | None = None
    day_printed: str | None = None
    missed_lines: tuple[str, ...] = ()
    astray_lines: tuple[str, ...] = ()

    @property
    def speakers_doubtful(self) -> bool:
        """Whether words may stand under another speaker's name."""
        lost = self.missed + self.astray
        return lost > MOST_ASTRAY * self.turns or self.share < LEAST_IN_TURNS

    @property
    def doubtful(self) -> bool:
        """Whether speakers or day may be wrong: kept, shown, and said so."""
        return self.day is not None or self.speakers_doubtful


def quality_to_json(quality: ReadingQuality) -> dict[str, object]:
    """As the store keeps it."""
    return asdict(quality)


def quality_from_json(kept: Mapping[str, object]) -> ReadingQuality:
    """What the store kept; raises TypeError for an unknown count."""
    values: dict[str, Any] = dict(kept)
    for name in ("missed_lines", "astray_lines"):
        values[name] = tuple(values.get(name, ()))
    return ReadingQuality(**values)
