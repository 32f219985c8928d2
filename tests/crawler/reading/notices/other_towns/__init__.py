"""Invented notices of invented towns, with right values set before their reader had been looked at.

No town, person, purchase or sum in them is real; only the ways of printing are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class OtherTown:
    """One notice: its title and lines, and what it states.

    ``due`` are paper and day with hour (``2026-06-05T17:00``), ``unknown`` where no day can be
    told; a third member is the first day of a span. ``facts`` are the other facts: of category
    and procedure the sort, None where the notice has none.
    """

    name: str
    text: str
    due: tuple[tuple[str, ...], ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    seen: str = "2026-06-01"

    @property
    def title(self) -> str:
        return self.lines[0]

    @property
    def lines(self) -> list[str]:
        return self.text.strip("\n").split("\n")
