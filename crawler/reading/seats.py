"""The 議席番号 in what minutes print before a member's words: ８番, 12番議員, 十三番."""

from __future__ import annotations

from crawler.reading.label_lines import fold
from crawler.reading.offices import IS_SEAT


def seat_of(role: str | None) -> str | None:
    """The seat that stands where an office would, as printed: ８番 of ８番議員; None for others."""
    seat = IS_SEAT.fullmatch(fold(role)) if role else None
    return role[: seat.end("seat")] if role and seat else None
