"""Detected: which platform an address or a saved page belongs to, and which sources lie there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawler.detection import detect, unreadable, wrong_address
from kazami.errors import KazamiError
from kazami.sources import Source, load_sources

_MOST = 2_000_000
"""Bytes of a saved page that are looked at."""


class NoAddress(KazamiError):
    """What was given is no web address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedAnswer:
    """``platforms`` by name, each with whether the address can be its entry.

    ``unreadable`` says what a system is that is known and cannot be read; then there are none.
    ``registered`` are the sources that lie in the same place. ``looked`` is whether a page was
    looked into.
    """

    platforms: tuple[tuple[str, bool], ...]
    unreadable: str | None
    registered: tuple[Source, ...]
    looked: bool

    @property
    def known(self) -> bool:
        """Whether there is a platform, or a source, to go on with."""
        return self.unreadable is None and bool(self.platforms or self.registered)


def detected(url: str, file: Path | None) -> DetectedAnswer:
    """What is at the address, by its shape and the page saved from there; nothing is fetched.

    Raises NoAddress, and KazamiError where the file cannot be read.
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise NoAddress(f"{url}: no http(s) address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NoAddress(f"{url}: no http(s) address; it begins with https://")
    html = _text(file) if file else ""
    what = unreadable(url, html)
    names = [] if what else detect(url, html)
    return DetectedAnswer(
        platforms=tuple((name, wrong_address(name, url) is None) for name in names),
        unreadable=what,
        registered=tuple(source for source in load_sources() if _same(source.url, url)),
        looked=file is not None,
    )


def _same(known: str, url: str) -> bool:
    """Whether both lie in one tenant: same host and folder, whatever page and scheme."""
    if not known:
        return False
    one, other = urlsplit(known), urlsplit(url)
    folder = one.path.rpartition("/")[0].removesuffix("/pg") + "/"
    return one.hostname == other.hostname and f"{other.path}/".startswith(folder)


def _text(file: Path) -> str:
    try:
        with file.open("rb") as page:
            body = page.read(_MOST)
    except OSError as error:
        raise KazamiError(f"{file}: cannot be read: {error.strerror}") from error
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp932", "replace")
