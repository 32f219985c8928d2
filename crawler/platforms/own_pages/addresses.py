"""Addresses of a body's own pages: which are the same page, and which a pattern means."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

_PLAIN = re.compile(
    r"https?://[a-z0-9.-]+(?P<path>/(?!\.)(?:[A-Za-z0-9~!$&'()*+,=:@._-]|/(?!\.))*)"
)
"""An address that is its own plain form: most are."""

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|jtdc?|txt|zip)$", re.IGNORECASE)
_STATIC = re.compile(r"\.(?:pdf|docx?|xlsx?|jtdc?|txt|zip|s?html?)$", re.IGNORECASE)

_SESSION = re.compile(
    r"j?sessionid|session_id|phpsessid|sessid|aspsessionid\w*|asp\.net_sessionid|cfid|cftoken|"
    r"zenid|oscsid",
    re.IGNORECASE,
)
_OF_A_SESSION_BY_ITS_VALUE = re.compile(r"(?:sid|s|session)=[0-9a-z]{16,}", re.IGNORECASE)

_NEVER_THE_PAGE = re.compile(
    r"_|_t|no_?cache|cache(?:buster)?|cb|rnd|rand|random|ts|timestamp|utm_\w+|fbclid|gclid|yclid",
    re.IGNORECASE,
)
"""Values that are new with each visit, or say where a visitor came from."""

_VERSION = re.compile(
    r"v|ver|version|rev|revision|t|time|d|date|day|m|mtime|mod|modified|u|up|updated?|h|hash|q|k",
    re.IGNORECASE,
)
"""Values by which a site makes browsers load a file anew; of a program they may be the page."""

_NUMBER = re.compile(r"\d{5,}")


def plain(url: str) -> str:
    """One form for all addresses of one page, unquoted: without session and version.

    Host in lower case, no default port, no ``..``; whether http or https stays.
    """
    if _PLAIN.fullmatch(url):
        return url
    parts = urlsplit(url)
    return unquote(f"{parts.scheme}://{_host(parts)}{_place(parts)}")


def path_of(url: str, home: str) -> str:
    """The stable name of an address: its path and query, after its host where that is another."""
    return placed(url, urlsplit(home))[1]


def placed(url: str, home: SplitResult) -> tuple[str | None, str]:
    """The host and the stable name of an address."""
    quick = _PLAIN.fullmatch(url)
    parts = urlsplit(url)
    host = parts.hostname
    place = quick["path"] if quick else _place(parts)
    return host, place if host == home.hostname else f"//{_host(parts)}{place}"


def is_file(url: str) -> bool:
    """Whether the address is that of a document to be loaded, and no page."""
    return bool(_FILE.search(urlsplit(url).path))


def _host(parts: SplitResult) -> str:
    host = parts.netloc.rpartition("@")[2].lower()
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return host.removesuffix(usual).removesuffix(":").rstrip(".")


def _place(parts: SplitResult) -> str:
    path = "/".join(
        ";".join(
            part
            for at, part in enumerate(name.split(";"))
            if at == 0 or not _SESSION.fullmatch(part.partition("=")[0])
        )
        for name in (parts.path or "/").split("/")
    )
    if "/." in path:
        path = urlsplit(urljoin("http://h/", path)).path
    path = quote(unquote(path), safe="/~!$&'()*+,;=:@%-._")
    kept = [each for each in parts.query.split("&") if each and not _changes(each, path)]
    return f"{path}?{'&'.join(kept)}" if kept else path


def _changes(field: str, path: str) -> bool:
    """Whether a part of a query is no part of a page's name: it changes and the page does not."""
    name, is_set, _ = field.partition("=")
    if _SESSION.fullmatch(name) or _OF_A_SESSION_BY_ITS_VALUE.fullmatch(field):
        return True
    if is_set and _NEVER_THE_PAGE.fullmatch(name):
        return True
    if not _STATIC.search(path):
        return False
    if is_set:
        return bool(_VERSION.fullmatch(name))
    return bool(_FILE.search(path) or _NUMBER.fullmatch(name) or re.match(r"v\d", name, re.I))


@lru_cache(maxsize=256)
def glob(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Matches ``plain`` addresses; ``*`` is a part of a path and ``**`` anything.

    Capitals do not matter: the servers of councils print .PDF and .pdf of one folder. A query is
    passed over where the pattern has none.
    """
    parts = []
    for pattern in patterns:
        part = re.escape(unquote(pattern)).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
        # http and https are the same site; which of them a page links to says nothing.
        part = re.sub(r"^https?:", "https?:", part, count=1)
        parts.append(part if "?" in pattern else rf"{part}(?:\?.*)?")
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)
