"""A fetched page, and what a platform's parser may answer: bytes in, plain values out."""

from __future__ import annotations

import codecs
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin

from crawler import charset, markup, refusals
from kazami.attachments import Attachment, AttachmentState
from kazami.document import Passage
from kazami.errors import KazamiError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from lxml.html import HtmlElement

    from kazami.facts import Facts
    from kazami.reading_quality import ReadingQuality

_Tree = TypeVar("_Tree")


class PageChanged(KazamiError):
    """The page no longer has the shape that its parser was written for."""

    def __init__(self, url: str, selector: str, found: str = "nothing") -> None:
        found = " ".join(line.strip() for line in found.splitlines())
        super().__init__(f"{url}: expected {selector}, found {found}: the page has changed")
        self.url, self.selector = url, selector


class Blocked(KazamiError):
    """The host does not want us here (403, challenge page, login). Never worked around."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: blocked ({reason}); not worked around, ask the assembly's office")
        self.url, self.reason = url, reason


_FILES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

_TAGS = re.compile(r"<(script|style)\b.*?(?:</\1\b[^>]*>?|\Z)|<[^>]*>", re.IGNORECASE | re.DOTALL)
"""For a text that ends with ``>``: each search for an end finds one, or is the last."""


class LostAtSource(KazamiError):
    """The site answers that it does not have the page: nothing has changed, and nothing helps."""

    def __init__(self, url: str, said: str) -> None:
        super().__init__(f"{url}: lost at the source: it says {said!r}; ask the assembly's office")
        self.url, self.said = url, said


class TryLater(KazamiError):
    """The site answers that it is busy or being mended."""

    def __init__(self, url: str, said: str) -> None:
        super().__init__(f"{url}: not now: it says {said!r}; run it again later")
        self.url, self.said = url, said


@dataclass(frozen=True)
class Page:
    """One response as it came: ``body`` holds the bytes, undecoded.

    ``cookies`` are those that it set, ready for a ``Cookie`` header: ``a=1; b=2``. No cookie is
    sent unless a Follow carries it.
    """

    url: str
    body: bytes
    content_type: str | None = None
    cookies: str = ""

    @property
    def is_file(self) -> bool:
        """Whether it is a PDF, a packed file (docx, xlsx) or an old office file (xls), by bytes."""
        return b"%PDF-" in self.body[:1024] or self.body.startswith(_FILES)

    def text(self, usual: str = "") -> str:
        """The body as text, decoded strictly in the charset that it declares.

        ``usual`` is the charset of the system's pages, for one that declares none or a wrong one;
        without it the bytes tell. Raises PageChanged where they fit none.
        """
        try:
            return charset.decoded(self.body, self.content_type, usual)
        except charset.WrongCharset as error:
            raise PageChanged(self.url, error.expected, error.found) from error

    def with_text(self, text: str) -> Page:
        """The same page holding this text, whatever charset either declares."""
        return replace(self, body=codecs.BOM_UTF8 + text.encode())

    def soup(self, usual: str = "") -> BeautifulSoup:
        """The page read by BeautifulSoup over lxml, which forgives invalid HTML."""
        return self._read(markup.soup, self.text(usual))

    def tree(self, usual: str = "") -> HtmlElement:
        """The same for long pages: lxml's own tree, some twenty times faster."""
        return self.tree_of(self.text(usual))

    def tree_of(self, text: str) -> HtmlElement:
        """The tree of this page's ``text``, which was decoded already."""
        return self._read(markup.tree, text)

    def _read(self, read: Callable[[str], _Tree], text: str) -> _Tree:
        try:
            return read(text)
        except markup.NoTree as error:
            raise PageChanged(self.url, "a page", str(error)) from error

    def excerpt(self, encoding: str) -> str:
        """How the page begins, without tags, for a message."""
        text = self.body.decode(encoding, "replace")
        end = text.rfind(">") + 1
        words = " ".join((_TAGS.sub(" ", text[:end]) + text[end:]).split())
        return repr(words[:60]) if words else "an empty page"

    @cached_property
    def base(self) -> str:
        """The address that links are relative to: that of <base href>, else the page's own."""
        for name, attributes in charset.tags(self.body):
            if name == b"base" and b"href" in attributes:
                href = unescape(attributes[b"href"].decode("utf-8", "replace"))
                try:
                    said = urljoin(self.url, as_typed(href))
                except ValueError:
                    break
                # The first one counts; browsers pass over one that no page can stand at.
                return said if re.match(r"https?://[^/]", said, re.IGNORECASE) else self.url
        return self.url

    def link(self, href: str) -> str:
        """``href`` made absolute as browsers do; raises PageChanged where it is no address."""
        try:
            return urljoin(self.base, as_typed(href))
        except ValueError as error:
            raise PageChanged(self.url, "an address", repr(href)[:60]) from error


_SPACE = "".join(map(chr, range(0x21)))
_LINE_BREAKS = str.maketrans("", "", "\t\n\r")


def as_typed(href: str) -> str:
    """An address as a browser's address field takes it: no space around, no line end inside.

    A backslash before the query is a slash. https://url.spec.whatwg.org/#url-parsing
    """
    plain = href.strip(_SPACE).translate(_LINE_BREAKS)
    if "\\" not in plain:
        return plain
    end = min((at for at in (plain.find("?"), plain.find("#")) if at >= 0), default=len(plain))
    return plain[:end].replace("\\", "/") + plain[end:]


def refuse(page: Page) -> None:
    """Raise where the page stands in the place of the one that was asked for, whatever its status.

    Blocked for a challenge, a refusal or a login; LostAtSource and TryLater for a system's own
    error page. A page that can be read and has a login box or a captcha in its frame is none.
    """
    if reason := refusals.reason(page.body):
        raise Blocked(page.url, f"the page {reason}")
    if said := refusals.says_later(page.body):
        raise TryLater(page.url, said)
    if said := refusals.says_lost(page.body):
        raise LostAtSource(page.url, said)


Parse = Callable[..., "Iterator[Answer]"]


@dataclass(frozen=True, kw_only=True)
class Follow:
    """Fetch this next, and give the page to ``parse(page, **cb_kwargs)``.

    ``key`` names the page stably inside its source (no session code, no ``Code=``): the raw
    archive and resuming go by it. ``cb_kwargs`` holds JSON values only, because it is written
    beside the archived page. ``document`` and ``day`` are set where the page leads to one
    document: its key and date, so that a known, settled document is not fetched again. With a
    ``version`` (what the listing says of its state) that decides instead: a document that is stored
    in this version is not fetched again. ``part_of`` is the key of the document whose attached file
    it is, of which ``version`` is then.
    ``listing`` is set where the page is a listing (see ``Listed``), with ``newest``: the latest
    day that its documents can have.
    """

    url: str
    parse: Parse
    key: str
    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cb_kwargs: Mapping[str, object] = field(default_factory=dict)
    document: str | None = None
    day: dt.date | None = None
    listing: str | None = None
    newest: dt.date | None = None
    version: str | None = None
    part_of: str | None = None

    def __post_init__(self) -> None:
        json.dumps(dict(self.cb_kwargs))


@dataclass(frozen=True, kw_only=True)
class Found:
    """A document as its pages give it, before we add whose it is and when it was fetched.

    ``attachments`` are the files that it links to; what one holds comes as ``Attached``.
    ``dated_by`` are the words of a listing that ``date`` was read from, where that is the day of
    the page's latest state: of a document that is stored already the earlier day stays. ``body`` is
    the code of the public body that the page names, where a source holds the documents of many;
    None is the source's own.
    """

    key: str
    title: str
    date: dt.date | None
    url: str
    passages: tuple[Passage, ...]
    front_matter: str = ""
    reading: ReadingQuality | None = None
    facts: Facts | None = None
    attachments: tuple[Attachment, ...] = ()
    version: str | None = None
    dated_by: str = ""
    body: str | None = None


@dataclass(frozen=True, kw_only=True)
class Attached:
    """What became of a file at ``url`` that a document (its key) links to, and what it holds."""

    document: str
    url: str
    state: AttachmentState
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A link to a host that the source does not allow: not followed, counted under its host."""

    url: str


@dataclass(frozen=True, slots=True)
class Incomplete:
    """Something that the source has did not come with this page: a line. The rest is kept."""

    said: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should know of a page that was read all the same: a line."""

    said: str


@dataclass(frozen=True, kw_only=True)
class Listed:
    """The listing ``name`` is complete: it holds exactly these documents and child listings.

    A document that stood in it before and does not now is marked missing; a listing
    whose documents are all stored and old is not fetched again. ``near_misses`` look like documents
    of the source and are not taken for any: words and address of each.
    """

    name: str
    documents: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()


Answer = Follow | Found | Listed | Attached | Elsewhere | Incomplete | Remark


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a run asks of a source: days, and for the Diet a query. ``today`` is the run's day."""

    today: dt.date
    since: dt.date | None = None
    until: dt.date | None = None
    query: str | None = None


def one(page: Page, root: BeautifulSoup | Tag, css: str) -> Tag:
    """The single element that ``css`` selects; raises PageChanged on none and on several."""
    found = root.select(css)
    if len(found) != 1:
        raise PageChanged(page.url, f"one {css!r}", str(len(found)))
    return found[0]


def some(page: Page, root: BeautifulSoup | Tag, css: str) -> list[Tag]:
    """All elements that ``css`` selects, at least one; raises PageChanged on none."""
    found = list(root.select(css))
    if not found:
        raise PageChanged(page.url, f"{css!r}")
    return found
