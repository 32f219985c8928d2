"""A feed in any of its dialects, to the entries that it holds: feedparser behind strict doors.

feedparser (6.0.14) is given decoded text only: by itself it takes Shift_JIS for what it says and
garbles what Windows writes into it. It opens files and addresses where it is given a string, and so
gets a stream. Of what it reads, texts, links and the words of days are used; it reads years of two
digits and zones of Japan wrong, so days are read in ``dates``.
"""

from __future__ import annotations

import codecs
import html
import re
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from crawler import charset
from crawler.page import Page, PageChanged
from crawler.platforms.feed.dates import Stamp, stamp

MOST_CHARACTERS = 2_000_000
"""Of a feed. feedparser takes 6 µs for each; the longest that was recorded has 50,000."""

DEEPEST = 100
"""Elements inside one another; feeds have some ten."""

_FEW = 20
"""Wrong bytes that a feed may hold and yet be read: each costs a letter of one item."""

_PYTHONS = {"shift_jis": "cp932", "euc-jp": "euc_jp", "utf-8": "utf-8"}
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
    "|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));",
    re.IGNORECASE,
)
"""What no XML may hold, as itself or by its number, and what one such stops every reader at."""

_DECLARATION = re.compile(r"<\?xml\b[^>]*\?>\s*", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^<>\[]*>", re.IGNORECASE)
_ASIDE = r"<!--.*?(?:-->|\Z)"
"""A comment. One that does not end takes the rest, so that none looks for its end again."""

_ROOT = re.compile(
    rf"(?>\s+|{_ASIDE}|<\?.*?(?:\?>|\Z))*+<((?:[\w.-]+:)?(?:rss|rdf|feed))\b", re.I | re.S
)
_TAG = re.compile(rf"<!\[CDATA\[.*?(?:\]\]>|\Z)|{_ASIDE}|<(/?)[A-Za-z][^<>]*?(/?)>", re.S)
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d+|#x[0-9a-f]+|[A-Za-z][A-Za-z0-9]*);)", re.IGNORECASE)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]*);")
_CDATA = re.compile(rf"(<!\[CDATA\[.*?(?:\]\]>|\Z)|{_ASIDE})", re.S)
_MARKUP = re.compile(
    r"</?(?:a|abbr|b|big|br|center|code|div|em|font|h[1-6]|i|img|ins|del|li|mark|ol|p|rp|rt|ruby|s|"
    rf"small|span|strike|strong|sub|sup|u|ul|wbr)(?:\s[^<>]*)?/?>|{_ASIDE}",
    re.IGNORECASE | re.DOTALL,
)
"""HTML in a title. What else stands in angle brackets is the title's own (＜重要＞, <重要>)."""
_DRESSING = re.compile(
    r"</?(?:abbr|b|big|em|font|i|ins|mark|s|small|span|strong|sub|sup|u|wbr)\b|<!--", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """``link`` is as the feed writes it, made absolute by its ``xml:base`` where it has one."""

    title: str
    link: str
    published: Stamp | None
    updated: Stamp | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntries:
    """``mended`` says what of the feed was not as it must be, a line each."""

    entries: tuple[FeedEntry, ...]
    mended: tuple[str, ...]


def entries(page: Page) -> FeedEntries:
    """All entries in the feed's order.

    Raises PageChanged for what is no feed (a page of HTML), a feed that is cut short, and one that
    declares entities, is too long or too deep.
    """
    text, mended = _text(page)
    root = _ROOT.match(text)
    if root is None:
        raise PageChanged(page.url, "a feed (RSS, RDF or Atom)", page_begins(text))
    end = text[text.rfind("</") :]
    if not re.match(rf"</{re.escape(root[1])}\s*>", end, re.IGNORECASE):
        raise PageChanged(page.url, f"</{root[1]}> at the end of the feed", "a feed cut short")
    _check_depth(page, text)
    well_formed = _well_formed(text)
    if well_formed != text:
        mended.append("ampersands that stand for themselves or for a name of HTML")
    import feedparser  # 0.1 s that who only names a platform need not wait for

    read = feedparser.parse(
        BytesIO(well_formed.encode()),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={
            "content-type": "application/xml; charset=utf-8",
            "content-location": page.url,
        },
    )
    if not read.version:
        raise PageChanged(page.url, "a feed (RSS, RDF or Atom)", page_begins(text))
    if read.bozo:
        mended.append(f"XML that is not well-formed ({read.bozo_exception})")
    return FeedEntries(entries=tuple(map(_entry, read.entries)), mended=tuple(mended))


def page_begins(text: str) -> str:
    """What stands there instead, for a message."""
    words = " ".join(re.sub(r"<[^<>]*>", " ", text[:2000]).split())
    page = "a page of HTML" if re.match(r"\s*<(?:!doctype\s+)?html", text, re.I) else "other text"
    return f"{page}: {words[:60]!r}" if words else page


def _text(page: Page) -> tuple[str, list[str]]:
    """The feed's text without declaration and control characters, and what was amiss."""
    if len(page.body) > 4 * MOST_CHARACTERS:
        raise PageChanged(page.url, f"at most {MOST_CHARACTERS:,} characters", "a longer feed")
    mended = []
    text, wrong = _decoded(page)
    if wrong:
        mended.append(f"{wrong} wrong bytes in its text")
    if len(text) > MOST_CHARACTERS:
        raise PageChanged(page.url, f"at most {MOST_CHARACTERS:,} characters", "a longer feed")
    text = text.lstrip("\ufeff \t\r\n\x00")
    if declaration := _DECLARATION.match(text):
        text = text[declaration.end() :]
    if re.search(r"<!ENTITY\b|<!DOCTYPE[^<>]*\[", text, re.IGNORECASE):
        raise PageChanged(page.url, "a feed that declares no entities", "one that does; refused")
    text = _DOCTYPE.sub("", text, count=1)
    text, left_out = _CONTROL.subn("", text)
    if left_out:
        mended.append(f"{left_out} control characters, left out")
    return text.strip(), mended


def _decoded(page: Page) -> tuple[str, int]:
    """The text, and how many bytes of it are wrong: a few are replaced; raises PageChanged."""
    declared = [
        _PYTHONS[name]
        for name in charset.declared(page.body, page.content_type)
        if name in _PYTHONS
    ]
    if declared or page.body.startswith(_MARKS):
        with suppress(charset.WrongCharset):
            return charset.decoded(page.body, page.content_type), 0
    if not page.body.startswith(_MARKS[1:]):
        for name in dict.fromkeys(declared or ["utf-8"]):  # what XML is that declares nothing
            text = page.body.decode(name, "replace")
            if (wrong := text.count("\ufffd")) <= _FEW:
                return text, wrong
    try:
        return charset.decoded(page.body, page.content_type), 0
    except charset.WrongCharset as error:
        raise PageChanged(page.url, error.expected, error.found) from error


def _check_depth(page: Page, text: str) -> None:
    depth = 0
    for tag in _TAG.finditer(text):
        if tag[1] is None or tag[2]:
            continue
        depth += -1 if tag[1] else 1
        if depth > DEEPEST:
            raise PageChanged(page.url, f"at most {DEEPEST} elements inside one another", "more")


def _well_formed(text: str) -> str:
    """Without ampersands that XML refuses; CDATA sections stay as they are."""
    parts = _CDATA.split(text)
    parts[::2] = [
        _NAMED.sub(lambda named: html.unescape(named[0]), _BARE_AMPERSAND.sub("&amp;", part))
        for part in parts[::2]
    ]
    return "".join(parts)


def _entry(read: Any) -> FeedEntry:
    # ``dict.get``: feedparser's own takes one day for another and warns of it.
    published = stamp(_words(read, "published")) or stamp(_words(read, "created"))
    updated = stamp(_words(read, "updated"))
    id = _words(read, "id")
    return FeedEntry(
        title=_plain(_words(read, "title")),
        link=_words(read, "link") or (id if re.match(r"https?://", id) else ""),
        published=published or updated,
        updated=updated if published is not None else None,
    )


def _words(read: Any, name: str) -> str:
    value = dict.get(read, name)
    return value.strip() if isinstance(value, str) else ""


def _parting(tag: re.Match[str]) -> str:
    """A blank where a tag parts words, nothing where it only dresses them: <b>重要</b>な."""
    return "" if _DRESSING.match(tag[0]) else " "


def _plain(title: str) -> str:
    """A title without the markup of HTML."""
    return " ".join(html.unescape(_MARKUP.sub(_parting, title)).split())
