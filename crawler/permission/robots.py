"""What one robots.txt allows, as RFC 9309 reads it."""

from __future__ import annotations

from protego import Protego

ROBOT = "kazami"
"""The name that robots.txt knows us by."""

_MOST_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 KiB must be read."""


class Rules:
    """One robots.txt, read as RFC 9309 says: the longest match decides."""

    def __init__(self, body: bytes) -> None:
        self._parsed = Protego.parse(body[:_MOST_BYTES].decode("utf-8", "replace"))

    def allow(self, url: str) -> bool:
        return bool(self._parsed.can_fetch(url, ROBOT))

    @property
    def delay(self) -> float:
        """Its Crawl-delay in seconds, 0 where there is none."""
        return float(self._parsed.crawl_delay(ROBOT) or 0)
