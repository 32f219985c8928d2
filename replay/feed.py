"""The news feeds of an invented town: one truth in every dialect that towns' feeds speak.

The dialects are data, in ``pages/feed/dialects.toml``; their shapes stand beside it. Some are not
well-formed on purpose, as real ones: a control character, a blank line first, a bare ampersand.
"""

from __future__ import annotations

import posixpath
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from kazami.document import Kind
from replay.invented_words import pick
from replay.replies import Reply
from replay.templates import filled
from replay.town_office import JST, OfficeNotice

_FILE = Path(__file__).with_name("pages") / "feed" / "dialects.toml"
_KINDS = {
    Kind.ANNOUNCEMENT: ("お知らせ", "くらし"),
    Kind.TENDER: ("入札・契約", "公告"),
    Kind.AWARD: ("入札・契約", "結果"),
}
_TYPES = {"rdf": "application/xml", "atom": "application/atom+xml"}
_QUOTES = {'"': "&quot;"}


@dataclass(frozen=True, kw_only=True)
class FeedDialect:
    """How a feed is written, and which of the known oddities it has.

    ``undated``: every so many items have no day. ``twice``: the newest item comes once more, with
    the day on which it was first published. ``control``: a vertical tab stands in a title.
    """

    name: str
    form: str
    path: str
    dates: str = "rfc822"
    links: str = "absolute"
    categories: str = ""
    li: str = "rdf:resource"
    charset: str = "utf-8"
    declared: str = "UTF-8"
    ids: bool = False
    bom: bool = False
    blank_line: bool = False
    ampersand: bool = False
    control: bool = False
    twice: bool = False
    undated: int = 0
    limit: int = 20


@dataclass(frozen=True, kw_only=True)
class FeedItem:
    """One line of a feed: a page, its place on the site, and when it was last made or changed."""

    notice: OfficeNotice
    path: str

    @property
    def published(self) -> datetime:
        return self.notice.published

    @property
    def changed(self) -> datetime:
        """A change is made at the hour of the day at which the page was."""
        day = self.notice.updated or self.notice.day
        return datetime.combine(day, self.published.timetz())


@cache
def dialects() -> Mapping[str, FeedDialect]:
    """Every dialect by its name."""
    read = tomllib.loads(_FILE.read_text("utf-8"))
    return {name: FeedDialect(name=name, **said) for name, said in read.items()}


class Feed:
    """A feed in one dialect, of the site whose pages lie under ``home`` (``/reiji/``)."""

    def __init__(self, dialect: FeedDialect, site: str, home: str) -> None:
        self.dialect, self.site, self.home = dialect, site, home
        self._asked = count(1)

    def answer(self, base: str, items: Sequence[FeedItem]) -> Reply:
        """The feed as asked for at ``base`` (``http://127.0.0.1:40123``), the newest item first."""
        dialect = self.dialect
        session = f"{pick(dialect.name, next(self._asked), among=1 << 60):015X}"
        shown = list(items[: dialect.limit])
        lines = [
            (each, self._link(base, each.path, session), each.changed, at)
            for at, each in enumerate(shown)
        ]
        if dialect.twice and shown:
            again = shown[0]
            lines.append(
                (again, self._link(base, again.path, session), again.published, len(shown))
            )
        newest = max((each.changed for each in shown), default=None)
        text = self._filled(
            "feed",
            declared=dialect.declared,
            site=escape(self.site),
            home=f"{base}{self.home}",
            host=urlsplit(base).hostname,
            date=self._dates(newest, newest) if newest and self._dated else "",
            updated=self._date(newest) if newest else "",
            order="".join(
                self._filled("order", li=dialect.li, link=escape(link, _QUOTES))
                for _, link, _, _ in lines
                if dialect.form == "rdf"
            ),
            items="".join(self._item(*line) for line in lines),
        )
        if dialect.blank_line:
            text = f"\n{text}"
        body = text.encode(dialect.charset, "xmlcharrefreplace")
        return Reply(
            body=b"\xef\xbb\xbf" * dialect.bom + body,
            content_type=_TYPES.get(dialect.form, "text/xml"),
        )

    def _item(self, item: FeedItem, link: str, when: datetime, at: int) -> str:
        dialect, notice = self.dialect, item.notice
        title = notice.title if dialect.ampersand else escape(notice.title)
        if dialect.control and at == 1:
            title += "\x0b"
        dated = self._dated and not (dialect.undated and at % dialect.undated == 1)
        category = dialect.categories.join((*_KINDS[notice.kind], notice.department))
        id = f"tag:{self.home.strip('/')},{item.published:%Y}:{item.path}"
        return self._filled(
            "item",
            title=title,
            link=escape(link, _QUOTES),
            summary=escape(notice.text[0]) if notice.text and at % 2 else "",
            department=escape(notice.department),
            kind=_KINDS[notice.kind][0],
            date=self._dates(when, item.published) if dated else "",
            category=self._filled("category", category=escape(category), home=self.home)
            if dialect.categories
            else "",
            id=self._filled("id", id=escape(id)) if dialect.ids else "",
        )

    def _dates(self, when: datetime, published: datetime) -> str:
        return self._filled("date", date=self._date(when), published=self._date(published))

    @property
    def _dated(self) -> bool:
        return self.dialect.dates != "none"

    def _date(self, when: datetime) -> str:
        match self.dialect.dates:
            case "gmt":
                return format_datetime(when.astimezone(UTC), usegmt=True)
            case "short":
                return f"{when:%a, %d %b %y %H:%M:%S} +0900"
            case "zone":
                return when.isoformat(timespec="seconds")
            case "zulu":
                return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
            case "bare":
                return f"{when.astimezone(JST):%Y-%m-%dT%H:%M:%S}"
            case "day":
                return f"{when.astimezone(JST):%Y-%m-%d}"
            case _:
                return format_datetime(when)

    def _link(self, base: str, path: str, session: str) -> str:
        whole = f"{base}{self.home}{path}"
        match self.dialect.links:
            case "relative":
                return relative(path, self.dialect.path)
            case "root":
                return f"{self.home}{path}"
            case "tracked":
                return f"{whole}{'&' if '?' in path else '?'}utm_source=rss&utm_medium=feed"
            case "session":
                before, mark, query = whole.partition("?")
                return f"{before};jsessionid={session}{mark}{query}"
            case _:
                return whole

    def _filled(self, piece: str, /, **holes: object) -> str:
        return filled(f"feed/{self.dialect.form}/{piece}.xml", **holes)


def relative(path: str, page: str) -> str:
    """``path`` as a link in ``page``, both without a slash before them."""
    folder = posixpath.dirname(page.partition("?")[0])
    place, mark, query = path.partition("?")
    link = posixpath.relpath(place or ".", folder or ".")
    return f"{link}{'/' if place.endswith('/') else ''}{mark}{query}"


def feeds_of(site: str, home: str, wanted: Iterable[str]) -> dict[str, Feed]:
    """The feeds of a site, by their path below ``home``."""
    chosen = [dialects()[name] for name in wanted]
    return {each.path: Feed(each, site, home) for each in chosen}
