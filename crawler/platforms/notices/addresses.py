"""Addresses of notices: which are one page, which are files, and where a source may be followed."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import quote, unquote, urlsplit

from crawler.page import Page, PageChanged
from crawler.platforms.own_pages.addresses import plain

READ = ("pdf", "docx", "docm", "xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt")
"""Kinds of files whose text is read, by the end of their names."""

_FILES: tuple[str, ...] = (
    *READ,
    "doc",
    "zip",
    "lzh",
    "ppt",
    "pptx",
    "jtd",
    "jtdc",
    "rtf",
    "odt",
)
_FILES += ("odp", "dwg", "dxf", "sxf", "p21", "exe")
_SUFFIX = re.compile(r"\.([a-z0-9]{2,5})$", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|php|jsp|aspx?)$", re.IGNORECASE)
_ODD = re.compile(r"[^!-~\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")


def canonical(url: str) -> str:
    """The key of a page: host, path and query of its address, the same however it is linked to.

    http and https are one; so are a folder and its ``index.html``. Left out are the fragment, the
    default port, ``..``, codes of sessions (``;jsessionid=``, ``PHPSESSID=``) and what says where
    a visitor came from (``utm_…``, ``fbclid``). A slash at the end, other capitals in the path and
    the order of a query are another page.
    """
    place = plain(url.partition("#")[0]).partition("://")[2]
    path, question, query = place.partition("?")
    if "/" not in path:  # a host alone is its first page
        path += "/"
    if not query:
        path = _INDEX.sub("/", path)
    # Unquoted it reads well; what cannot be printed is quoted again.
    return _ODD.sub(lambda odd: quote(odd[0]), f"{path}{question}{query}")


def lasting(url: str) -> str:
    """The address without codes of sessions and without what says where a visitor came from."""
    place = plain(url)
    return url if unquote(url) == place else quote(place, safe="/~!$&'()*+,;=:@%-._?")


def followable(page: Page, href: str) -> str | None:
    """``href`` made absolute and ``lasting``; None where no page can be fetched there."""
    href = href.strip()
    if not href or href.startswith("#"):
        return None
    try:
        url = page.link(href).partition("#")[0]
        parts = urlsplit(url)
        _ = parts.port
    except (PageChanged, ValueError):
        return None
    # javascript:, mailto:, tel:, data: and the like lead nowhere.
    return lasting(url) if parts.scheme in ("http", "https") and parts.hostname else None


def on_hosts(url: str, hosts: Collection[str]) -> bool:
    """Whether the address lies on one of these hosts (with their port, where they name one)."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    usual = parts.port in (None, 80, 443)
    return (host if usual else f"{host}:{parts.port}") in hosts


def hosts_of(url: str, further: Collection[str]) -> list[str]:
    """The hosts that a source at ``url`` may be followed to: its own and those it declares."""
    parts = urlsplit(url)
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    return [f"{host}{port}" for host in dict.fromkeys([parts.hostname or "", *further])]


def suffix(url: str) -> str | None:
    """``pdf`` of an address that is a file's to be loaded; None for a page's."""
    found = _SUFFIX.search(urlsplit(url).path)
    kind = found[1].lower() if found else None
    return kind if kind in _FILES else None


def is_unread(url: str) -> bool:
    """Whether the address ends as that of a file whose text is not read (``zip``)."""
    return suffix(url) in set(_FILES) - set(READ)
