"""The 議席番号 in what minutes print before a member's words: ８番, 12番議員, 十三番."""

from __future__ import annotations

import re

PATTERN = r"[0-9０-９一二三四五六七八九十]{1,4}番(?:議員)?"
"""A seat as printed, with the 議員 that may follow."""

_SEAT = re.compile(PATTERN)


def seat_of(role: str | None) -> str | None:
    """The seat that stands where an office would, as printed: ８番 of ８番議員; None for others."""
    if role is None or _SEAT.fullmatch(role) is None:
        return None
    return role.removesuffix("議員")
