"""Text without the white space that pads names and labels in print."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")


def without_space(text: str) -> str:
    """``text`` without white space: names are padded in print (例　示　　太　郎)."""
    return _SPACE.sub("", text)


def normalized(text: str) -> str:
    """In NFKC and without white space: 令和　６年第　４回 is 令和6年第4回."""
    return without_space(unicodedata.normalize("NFKC", text))
