"""What was read from print, and by which rule: for a person who checks it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words that a speaker was read from, and the rules that read them.

    ``printed`` is the speaker's line up to where the words begin, as printed. ``speaker`` and
    ``stance`` name the rules, as docs/reading.md lists them.
    """

    printed: str
    speaker: str
    stance: str
