"""Which platform an address or a saved page belongs to, and what is wrong with a source."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.platform import platforms
from kazami.sources import UNKNOWN, Expect, Source

UNREADABLE = {
    "discussvision.net/": "DiscussVision: films and summaries, no minutes",
    "voicetechno.net/": "VoiceTechno: needs a browser; no reader exists",
}
"""Systems that are known and hold nothing that we could read."""


def wrong_address(name: str, url: str) -> str | None:
    """What is wrong with the address of a source of this platform; None where nothing is."""
    if name == UNKNOWN:
        return None
    known = platforms().get(name)
    if known is None:
        return f"no platform is called {name}; known: {', '.join([*platforms(), UNKNOWN])}"
    if not known.signature.fits(url):
        return f"{url} is not shaped like an entry of {name}"
    return None


def wrong_options(source: Source) -> list[str]:
    """What the platform finds wrong with the options, a line each."""
    known = platforms().get(source.platform)
    if not source.options or known is None:
        return []
    if known.wrong_options is None:
        return [f"{source.platform} takes no options, but there is {next(iter(source.options))}"]
    return known.wrong_options(source.options)


def readable(source: Source) -> str | None:
    """Why kazami cannot read the source yet; None where it can."""
    if source.platform == UNKNOWN:
        return "no platform reads it" if source.url else "its address is not known"
    if source.unproven:
        return f"nobody has confirmed that its address is the body's own: {source.unproven}"
    known = platforms().get(source.platform)
    if known is None:
        return f"the platform {source.platform} is not written yet"
    if known.needs_options and not source.options:
        return "its pages are not configured yet"
    return None


def text_address(source: Source) -> str:
    """The address that robots.txt must allow, or the text stays closed to us."""
    known = platforms().get(source.platform)
    return source.url if known is None else known.text_address(source)


def expected_of(source: Source) -> Expect:
    """What a whole run of the source must bring: its own word, else its platform's."""
    known = platforms().get(source.platform)
    return source.expect or (known.expect if known else Expect())


def detect(url: str, html: str = "") -> list[str]:
    """The platforms that know this address or page, the likeliest first; nothing is fetched."""
    return [name for name, each in platforms().items() if each.signature.knows(url, html)]


def unreadable(url: str, html: str = "") -> str | None:
    """What a system is that is known and cannot be read."""
    place = urlsplit(url).geturl() + "\n" + html
    if "kensakusystem.jp/" in url and re.search(r"-vod(/|$)", url):
        return "kensakusystem, an entry that holds films only"
    return next((what for sign, what in UNREADABLE.items() if sign in place), None)
