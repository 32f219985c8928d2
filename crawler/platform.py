"""What a platform is, and which there are: those that stand under ``crawler.platforms``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType
from urllib.parse import urljoin

from crawler.page import Answer, Follow, Found, Parse, Wanted
from kazami.document import Document, Kind
from kazami.errors import KazamiError
from kazami.facts import Facts
from kazami.sources import Expect, Source

HOST = r"https?://[a-z0-9.-]+(?::[0-9]+)?"
"""The beginning of an address on any host, for the ``entry`` of a signature."""


class UnknownPlatform(KazamiError):
    """A source names a platform that kazami cannot read."""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """How a platform is known.

    ``entry`` matches the whole address that a source gives. ``page`` (case ignored) is found in an
    address of any page there, and in its HTML where ``recognises`` is not given; that is asked
    with address and HTML of a page, for what no pattern tells. ``text`` is where the text stands,
    relative to the folder of the entry: the address that robots.txt must allow; empty is the entry
    itself.
    """

    entry: str
    page: str = ""
    text: str = ""
    recognises: Callable[[str, str], bool] | None = None

    @cached_property
    def _page(self) -> re.Pattern[str] | None:
        return re.compile(self.page, re.IGNORECASE) if self.page else None

    def fits(self, url: str) -> bool:
        """Whether a source may give this address."""
        return re.fullmatch(self.entry, url) is not None

    def knows(self, url: str, html: str) -> bool:
        """Whether address or page are of this platform."""
        if self.recognises is not None and self.recognises(url, html):
            return True
        if self._page is None:
            return False
        found = self._page.search(url) or (self.recognises is None and self._page.search(html))
        return bool(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Requests of a first fill: once a run, for each year, for each sitting or other document.

    ``own_pages`` are those of one body, which hold fewer years and only the plenary.
    ``first_year`` is that of the oldest documents, where all sources begin in the same. A daily
    update asks again for the listings of the last ``months``. ``listed`` is how many documents the
    one listing of a source shows, of which ``a_day`` are new or changed each day, where it holds
    the newest only.
    """

    run: float
    year: float
    sitting: float
    own_pages: bool = False
    first_year: int | None = None
    months: int = 12
    listed: int | None = None
    a_day: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """When a document is settled and not asked for again.

    ``months`` after its day; None is the user's setting ``recheck_months``.
    """

    months: int | None = None


@dataclass(frozen=True, kw_only=True)
class Platform:
    """A kind of website or API, shared by many sources. Pure: it fetches nothing.

    ``delay`` is the pause between two requests to a host, in seconds. ``start`` gives the first
    pages of a source; ``parsers`` are all functions that a page may be given to: the raw archive
    and the frontier know them by name. ``bucket`` names the machine behind a host name, where many
    names are one machine that must be asked as one. ``wrong_options`` says what is wrong with a
    source's options, a line each; a platform without it takes none. One with ``needs_options``
    reads a site by them alone. ``revisit`` has an entry for each kind that it reads. ``expect`` is
    what a whole run must bring where the source says nothing. ``robots_forbids_text`` is set where
    the robots.txt of this system usually forbids what we want. ``without_page`` gives what the
    listing alone says of a document, from what led to its page: with it a page that cannot be had
    (gone, forbidden, unreadable) costs its text only, without it the document. ``finer`` gives what
    to ask in the place of a page that is too large to be taken, of an API that can be asked for
    less. ``facts_of`` reads the facts of a document anew when the text of a file stands beside its
    page's. ``seconds_to_read`` is how long a page of it may take, where that is longer than usual.
    """

    name: str
    delay: float
    signature: Signature
    cost: Cost
    start: Callable[[Source, Wanted], Iterator[Follow]]
    parsers: Sequence[Parse]
    bucket: Callable[[str], str] = str
    wrong_options: Callable[[Mapping[str, object]], list[str]] | None = None
    needs_options: bool = False
    revisit: Mapping[Kind, Revisit] = field(default_factory=lambda: {Kind.MINUTES: Revisit()})
    expect: Expect = field(default_factory=Expect)
    robots_forbids_text: bool = False
    without_page: Callable[[Follow], Found] | None = None
    finer: Callable[[Follow], Iterator[Answer]] | None = None
    facts_of: Callable[[Document], Facts | None] | None = None
    seconds_to_read: float | None = None

    def parser(self, name: str) -> Parse | None:
        """The parser of this name; None where there is none, or none any more."""
        return next((parse for parse in self.parsers if parse.__name__ == name), None)

    def text_address(self, source: Source) -> str:
        """The address that robots.txt must allow, or the text of the source stays closed to us."""
        text = self.signature.text
        return urljoin(source.url, text) if text else source.url

    def months(self, kind: Kind, usual: int) -> int:
        """Months after which a document of this kind is settled; ``usual`` is the setting."""
        policy = self.revisit.get(kind, Revisit())
        return usual if policy.months is None else policy.months


@cache
def platforms() -> Mapping[str, Platform]:
    """All platforms by name: those that know one system by its address before the general ones."""
    found: list[Platform] = []
    package = import_module(_PACKAGE)
    for module in iter_modules(package.__path__):
        found += _of(import_module(f"{_PACKAGE}.{module.name}"))
    return {each.name: each for each in sorted(found, key=lambda p: (p.cost.own_pages, p.name))}


@cache
def platform(name: str) -> Platform:
    """The platform of this name; imports no other where its module has its name.

    Raises UnknownPlatform naming those that exist.
    """
    place = f"{_PACKAGE}.{name}"
    if name.isidentifier() and find_spec(place) is not None:
        for each in _of(import_module(place)):
            if each.name == name:
                return each
    if name not in platforms():
        raise UnknownPlatform(f"no platform {name!r}; there are {', '.join(sorted(platforms()))}")
    return platforms()[name]


_PACKAGE = "crawler.platforms"


def _of(module: ModuleType) -> list[Platform]:
    return [each for each in vars(module).values() if isinstance(each, Platform)]
