"""Which platform an address or a saved page belongs to, and how each platform's addresses look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from crawler.platforms import NAMES, platform
from kazami.sources import UNKNOWN, Source

_HOST = r"https?://[a-z0-9.-]+(?::[0-9]+)?"


@dataclass(frozen=True, slots=True)
class Signature:
    """How a platform is known.

    ``entry`` is the shape of the address that a source gives. ``page`` is found in an address of
    any page there, or in its HTML. ``text`` is where the text stands, relative to the folder of
    the entry: the address that robots.txt must allow; empty is the entry itself.
    """

    entry: re.Pattern[str]
    page: re.Pattern[str] | None = None
    text: str = ""


def _signature(entry: str, page: str = "", text: str = "") -> Signature:
    return Signature(re.compile(entry), re.compile(page, re.I) if page else None, text)


SIGNATURES: Mapping[str, Signature] = {
    "kokkai": _signature(
        r"https://kokkai\.ndl\.go\.jp/api/", r"kokkai\.ndl\.go\.jp/", "/api/meeting"
    ),
    "kensakusystem": _signature(
        rf"https://www\.kensakusystem\.jp/(?![a-z-]+-vod)[a-z0-9-]+/([a-z0-9-]+(/[a-z]+)?\.html)?"
        rf"|{_HOST}/(index|sapphire|default)\.html",
        r"kensakusystem\.jp/(?![a-z-]+-vod)|\b(See|ResultFrame|r_Speakers|GetText3)\.exe\b",
        "cgi-bin3/GetPerson.exe",
    ),
    "discussnet": _signature(
        rf"(?!https?://[a-z.]*discussvision){_HOST}/tenant/[A-Za-z0-9_-]+/"
        r"(pg/index|Sp[A-Za-z]+|Minute[A-Za-z]+)\.html",
        r"kaigiroku\.net/tenant/|dnp\.params|/dnp/search/",
        "/dnp/search/minutes/get_minute",
    ),
    "dbsearch": _signature(
        r"https?://[a-z0-9.-]+\.dbsr\.jp/(index\.php/)?"
        rf"|{_HOST}/([a-z0-9-]+/)?index\.php/|https://www\.record\.gikai\.metro\.tokyo\.lg\.jp/",
        r"\.dbsr\.jp/|\bTemplate=(list|document|view|doc-|search-)",
        "/index.php/100000?Template=list",
    ),
    "voices": _signature(
        rf"{_HOST}/([A-Za-z0-9_-]+/)*([a-z0-9_]+\.(asp|html))?",
        r"\.gijiroku\.com/|\bvoiweb\.exe|/g0[78]v_[a-z0-9]+\.asp|^https?://[^/]+/voices/",
        "cgi/voiweb.exe?ACT=203",
    ),
    "amivoice": _signature(
        r"https://ami-search\.amivoice\.com/[a-z]+/usr/", r"ami-search\.amivoice\.com/"
    ),
    "domino": _signature(rf"{_HOST}/.+\.nsf/?", r"\.nsf(/|$)"),
    "wakayama": _signature(
        r"https://www\.pref\.wakayama\.lg\.jp/gijiroku/[a-z0-9]+\.html",
        r"pref\.wakayama\.lg\.jp/gijiroku",
    ),
    "static_dir": _signature(rf"{_HOST}/\S+"),
    "html_minutes": _signature(rf"{_HOST}/\S*"),
    "pdf_minutes": _signature(rf"{_HOST}/\S*"),
}
"""Every platform that a source may name, the particular ones first."""

UNREADABLE = {
    "discussvision.net/": "DiscussVision: films and summaries, no minutes",
    "voicetechno.net/": "VoiceTechno: needs a browser; no reader exists",
}

CONFIGURED = ("html_minutes", "pdf_minutes")
"""Platforms that read a site only by the options of its source."""


def wrong_address(name: str, url: str) -> str | None:
    """What is wrong with the address of a source of this platform; None where nothing is."""
    if name == UNKNOWN:
        return None
    if name not in SIGNATURES and name not in NAMES:
        known = ", ".join([*SIGNATURES, UNKNOWN])
        return f"no platform is called {name}; known: {known}"
    if name in NAMES:
        check = getattr(platform(name), "check_url", None)
        if check is not None:
            said: str | None = check(url)
            return said
    signature = SIGNATURES.get(name)
    if signature is not None and not signature.entry.fullmatch(url):
        return f"{url} is not shaped like an entry of {name}"
    return None


def wrong_options(source: Source) -> list[str]:
    """What the platform finds wrong with the options, a line each.

    A platform without ``check_options`` takes none.
    """
    if not source.options or source.platform not in NAMES:
        return []
    check = getattr(platform(source.platform), "check_options", None)
    if check is None:
        return [f"{source.platform} takes no options, but there is {next(iter(source.options))}"]
    return [str(line) for line in check(source.options)]


def readable(source: Source) -> str | None:
    """Why kazami cannot read the source yet; None where it can."""
    if source.platform == UNKNOWN:
        return "no platform reads it" if source.url else "its address is not known"
    if source.platform not in NAMES:
        return f"the platform {source.platform} is not written yet"
    if source.platform in CONFIGURED and not source.options:
        return "its pages are not configured yet"
    return None


def text_address(source: Source) -> str:
    """The address that robots.txt must allow, or the text stays closed to us."""
    signature = SIGNATURES.get(source.platform)
    if signature is None or not signature.text:
        return source.url
    return urljoin(source.url, signature.text)


def detect(url: str, html: str = "") -> list[str]:
    """The platforms that know this address or page, the likeliest first; nothing is fetched."""
    found = []
    for name in dict.fromkeys([*SIGNATURES, *sorted(NAMES)]):
        recognises = getattr(platform(name), "recognises", None) if name in NAMES else None
        signature = SIGNATURES.get(name)
        page = signature.page if signature else None
        if (recognises is not None and recognises(url, html)) or (
            page is not None and (page.search(url) or (recognises is None and page.search(html)))
        ):
            found.append(name)
    return found


def unreadable(url: str, html: str = "") -> str | None:
    """What a system is that is known and cannot be read."""
    place = urlsplit(url).geturl() + "\n" + html
    if "kensakusystem.jp/" in url and re.search(r"-vod(/|$)", url):
        return "kensakusystem, an entry that holds films only"
    return next((what for sign, what in UNREADABLE.items() if sign in place), None)
