"""Hosts by name: which address is whose, what we call ourselves, what a host may ask of us."""

from __future__ import annotations

import ipaddress
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from crawler.permission.robots import ROBOT
from kazami import __version__
from kazami.errors import KazamiError
from kazami.sources import Source

TIMEOUT = 60.0
"""Seconds until an answer must be complete."""

LONGEST_WAIT = 600.0
"""Seconds that Retry-After may ask for; a host that asks for more is left for this run."""

MOST_REDIRECTS = 5
"""How often one answer may send us on."""


class FetchError(KazamiError):
    """A page could not be fetched: time-out, HTTP error, too large, a redirect elsewhere."""


class GoneAtSource(FetchError):
    """The server says that it has the page no more (404, 410)."""


class LedAway(FetchError):
    """A redirect to a host that the source does not allow, at ``url``."""

    def __init__(self, asked: str, url: str, home: str) -> None:
        super().__init__(f"{asked}: redirects to {url}, away from {home}; not followed")
        self.url = url


class TooLarge(FetchError):
    """An answer that is larger than what is taken."""


class HostLeft(FetchError):
    """The host is asked nothing more in this run."""


class Interrupted(KazamiError):
    """The run is being stopped."""

    def __init__(self) -> None:
        super().__init__("interrupted")


class ContactMissing(KazamiError):
    """Nobody is asked for pages without saying who asks."""

    def __init__(self) -> None:
        super().__init__(
            'no contact: set contact = "a URL or mail address" in kazami.toml, or KAZAMI_CONTACT, '
            "so that the crawled sites can reach you"
        )


def user_agent(contact: str) -> str:
    """``kazami/0.1 (+contact)``."""
    return f"{ROBOT}/{__version__} (+{contact})" if contact else f"{ROBOT}/{__version__}"


def host_of(url: str) -> str:
    """The host's name in lower case; raises FetchError for what is no http(s) address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(f"{url}: no http(s) address")
    return parts.hostname.lower()


def is_loopback(host: str) -> bool:
    """Whether the host is this machine: the demo and tests, which need no delay."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def same_site(url: str, home: str) -> bool:
    """Whether ``url`` stays on the host of ``home``, at the same port or at a default one."""
    try:
        if host_of(url) != host_of(home):
            return False
        ports = {urlsplit(url).port, urlsplit(home).port}
    except (FetchError, ValueError):
        return False
    return len(ports) == 1 or ports <= {None, 80, 443}


def homes(source: Source) -> list[str]:
    """Where a source may be followed: its own address, and its hosts (an option) in its place."""
    parts = urlsplit(source.url)
    port = f":{parts.port}" if parts.port else ""
    further = source.options.get("hosts", ())
    hosts = further if isinstance(further, tuple) else ()
    return [source.url, *(parts._replace(netloc=host + port).geturl() for host in hosts)]


def allowed(url: str, source: Source) -> bool:
    """Whether the source may be followed to ``url``."""
    return any(same_site(url, home) for home in homes(source))


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3); None where it says nothing."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):
        return None
