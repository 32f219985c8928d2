"""Characters that a page shows as images, because no font of its time had them."""

from __future__ import annotations

import re

_IMAGE = re.compile(r"<img\b([^<>]*)>", re.IGNORECASE)
_ALT = re.compile(r"\balt=[\"']?([^\"'<>]*)", re.IGNORECASE)


def images_as_text(markup: str) -> str:
    """``markup`` with each ``<img>`` as its alt; 〓, as printers do, where it has none."""
    return _IMAGE.sub(_text, markup)


def _text(image: re.Match[str]) -> str:
    alt = _ALT.search(image[1])
    return alt[1] if alt and alt[1] else "〓"
