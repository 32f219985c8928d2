"""Where an installation of VOICES keeps its CGI, and how its addresses are read and written."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from crawler.page import Page
from crawler.reading.charset import ENCODING

SEARCH = re.compile(r"/g0[0-9]v_\w+\.asp", re.IGNORECASE)
YEARS = re.compile(r"/g0[0-9]v_view[hs]\.asp$", re.IGNORECASE)
OF_A_YEAR = re.compile(
    r"/g0[0-9]v_view[hs]\.asp\?(?:[^?]*&)?FYY=([12][0-9]{3})(?:&|$)", re.IGNORECASE
)
ONWARD = re.compile(
    r"/g0[0-9]v_\w+\.asp|/(?:easy|full|index2)\.html|/(?:voices2?|kaigiroku|gikai)/", re.IGNORECASE
)

_CGI = re.compile(r"(?<![^\s'\"<>=(])[^\s'\"<>=(]*\bvoiweb\.exe", re.IGNORECASE)
_ADDRESS = re.compile(r"/(?:g0[78]v_\w+\.asp|voiweb\.exe)$", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"(?:href|src|action)=[\"'](?!https?:)[^\"'>]*\b(?:voiweb\.exe|g0[78]v_\w+\.asp)|VOICES/Web",
    re.IGNORECASE,
)
_REFRESH = re.compile(r"url\s*=\s*['\"]?", re.IGNORECASE)
_NO_ASCII = re.compile(r"[^\x21-\x7e]+")


def recognises(url: str, html: str) -> bool:
    """Whether this is an address or a page of VOICES."""
    if (urlsplit(url).hostname or "").endswith(".gijiroku.com"):
        return True
    return bool(_ADDRESS.search(urlsplit(url).path) or _SIGNATURE.search(html))


def site(cgi: str) -> str:
    """tsukuba.gijiroku.com/voices: the host and the folder that holds the CGI's, in lower case."""
    parts = urlsplit(cgi)
    return f"{parts.hostname}{parts.path.rsplit('/', 2)[0]}".lower()


def cgi_of(page: Page) -> str | None:
    """Where a frame, a form, a link or a script of the page says that the CGI is."""
    found = _CGI.search(page.body.decode("latin-1"))
    return page.link(found[0]) if found else None


def links(page: Page) -> list[str]:
    """What links, frames and a refresh lead to on this host; ASCII in any encoding."""
    root = page.tree_of(page.body.decode("latin-1"))
    found = [element.get(name) for element in root.iter() for name in ("href", "src")]
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh":
            content = meta.get("content") or ""
            leads = _REFRESH.search(content)
            found.append(content[leads.end() :] if leads else content)
    here = urlsplit(page.url).hostname
    absolute = [page.link(link.strip()) for link in found if link]
    return [link for link in absolute if urlsplit(link).hostname == here]


def name_of(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2].lower()


def beside(page: Page, address: str) -> str:
    """The address beside this page; Japanese in it (TITL=総務) as the bytes of cp932."""
    return page.link(_NO_ASCII.sub(lambda text: quote(text[0], encoding=ENCODING), address))
