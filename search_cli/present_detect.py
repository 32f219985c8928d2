"""What a page or an address is, in words."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from crawler.detection import detect, unreadable, wrong_address
from kazami.errors import KazamiError
from kazami.sources import load_sources
from presenting.names import body_name
from presenting.safe_text import one_line

_MOST = 2_000_000
"""Bytes of a saved page that are looked at."""


class NoAddress(KazamiError):
    """What was given is no web address."""


def detected(url: str, file: Path | None) -> tuple[str, bool]:
    """What to tell of the address, and whether its platform is known.

    Raises NoAddress, and KazamiError where the file cannot be read.
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise NoAddress(f"{one_line(url)}: no http(s) address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NoAddress(f"{one_line(url)}: no http(s) address; it begins with https://")
    html = _text(file) if file else ""
    lines = [
        f"{one_line(source.url)}  {body_name(source.body)} ({source.id})"
        for source in load_sources()
        if _same(source.url, url)
    ]
    registered = [f"registered  {line}" for line in lines]
    if what := unreadable(url, html):
        return "\n".join([f"unknown  {what}", *registered]), False
    names = detect(url, html)
    if not names:
        hint = "" if file else "; save the page and add --file page.html to look into it"
        return "\n".join([f"unknown  no platform knows it{hint}", *registered]), bool(lines)
    said = []
    for name in names:
        shape = wrong_address(name, url)
        said.append(f"{name}  {'not an entry page, but known' if shape else 'can be an entry'}")
    return "\n".join([*said, *registered]), True


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
