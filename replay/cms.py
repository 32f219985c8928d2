"""An invented town's website as a content management system prints it: pages, lists, files, feeds.

How the systems shape a site is data, in ``pages/cms``: ``skins.toml`` for the paths, a folder of
pieces for each, ``common`` for what most share. The structures are those of public notes on the
systems, never checked against a live site; every word is invented.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from kazami.document import Kind
from replay.cms_lists import LISTS, list_rows
from replay.feed import FeedItem, feeds_of, relative
from replay.notice_words import OfficeWording, WordedPart, notice_parts, wordings
from replay.office_files import office_file
from replay.replies import Reply, not_found
from replay.templates import filled
from replay.town_office import FileLink, NoticeFile, OfficeNotice, TownOffice

_FOLDER = Path(__file__).with_name("pages") / "cms"
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_TRACKING = re.compile(r"utm_\w+")
_RECENT = 3


@dataclass(frozen=True, kw_only=True)
class CmsSkin:
    """The paths and habits of a system; see the head of ``skins.toml``."""

    name: str
    wording: str
    day: str
    first_id: int
    article: str
    file: str
    links: str
    lists: Mapping[str, str]
    more: str = ""
    charset: str = "utf-8"
    declared: str = ""

    def page(self, notice: OfficeNotice) -> str:
        return self.article.format(**self._holes(notice))

    def file_of(self, notice: OfficeNotice, file: NoticeFile) -> str:
        return self.file.format(**self._holes(notice), name=file.name)

    def list_page(self, name: str, number: int) -> str:
        first = self.lists[name]
        if number == 1:
            return first
        return self.more.format(stem=first.removesuffix(".html"), page=number)

    def _holes(self, notice: OfficeNotice) -> dict[str, object]:
        id = self.first_id + notice.number
        digits = f"{id:09}"
        parts = {"a": digits[:3], "b": digits[3:6], "c": digits[6:]}
        return {"key": notice.key, "number": notice.number, "id": id, "on": notice.day, **parts}


@cache
def skins() -> Mapping[str, CmsSkin]:
    """Every skin by its name."""
    read = tomllib.loads((_FOLDER / "skins.toml").read_text("utf-8"))
    return {name: CmsSkin(name=name, **said) for name, said in read.items()}


class TownSite:
    """The site of ``office`` under ``/slug/`` (its own slug, unless another is given).

    It stands as at the end of the day ``now``, which may be set between two visits. ``feeds`` are
    names of ``replay.feed.dialects``; every page announces them. A file that lies on another host
    lies at ``elsewhere``.
    """

    def __init__(
        self,
        office: TownOffice,
        skin: str,
        *,
        slug: str = "",
        feeds: Iterable[str] = ("rss20",),
        per_page: int = 6,
        elsewhere: str = "https://files.example.com",
    ) -> None:
        self.office, self.skin = office, skins()[skin]
        self.slug, self.home = slug or office.slug, f"/{slug or office.slug}/"
        self.now: date = office.today
        self.per_page, self.elsewhere = per_page, elsewhere
        self.feeds = feeds_of(office.name, self.home, feeds)
        self._pages = {self.skin.page(notice): notice for notice in office.notices}
        self._files = {
            self.skin.file_of(notice, file): (notice, file)
            for notice in office.notices
            for file in notice.files
        }

    @property
    def sites(self) -> Mapping[str, TownSite]:
        """What a ReplayServer takes as ``sites``."""
        return {self.slug: self}

    @property
    def keys(self) -> dict[str, OfficeNotice]:
        """The path of each page that is linked and there on ``now``, and what it says then."""
        return {
            f"{self.home}{self.skin.page(each)}": each
            for each in self.office.shown(self.now)
            if not self._missing("", each)
        }

    @property
    def wording(self) -> OfficeWording:
        return wordings()[self.skin.wording]

    def list_path(self, name: str) -> str:
        """Where a list begins: ``news``, ``tenders``, ``results`` or ``plans``."""
        return f"{self.home}{self.skin.lists[name]}"

    def address(self, url: str, notice: OfficeNotice, file: NoticeFile | None = None) -> str:
        """Where a page or a file of it lies on the server at ``url``."""
        place = self.skin.file_of(notice, file) if file else self.skin.page(notice)
        return f"{url}{self.home}{place}"

    def parts(self, notice: OfficeNotice) -> tuple[WordedPart, ...]:
        """What the page of a notice says, in the words of this site."""
        return notice_parts(self.office.name, notice, self.wording)

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        base = f"http://{headers.get('Host', '127.0.0.1')}"
        place = _place(path).removeprefix(self.home)
        if method != "GET" or not path.startswith(self.home):
            return not_found(path)
        if place in self.feeds:
            shown = self.office.shown(self.now)
            items = [FeedItem(notice=each, path=self.skin.page(each)) for each in shown]
            return self.feeds[place].answer(base, items)
        if place in self._pages:
            return self._notice(base, place, self._pages[place])
        if place in self._files:
            notice, file = self._files[place]
            seen = notice.seen(self.now)
            missing = self._missing(path, notice)
            return missing or office_file(seen, file, self.parts(seen))
        return self._list(base, place) or not_found(path)

    def _missing(self, path: str, notice: OfficeNotice) -> Reply | None:
        """Why there is nothing (yet, or no longer)."""
        if notice.day > self.now:
            return not_found(path)
        if notice.gone and notice.gone.day <= self.now:
            return Reply(body=not_found(path).body, status=notice.gone.status)
        return None

    def _notice(self, base: str, place: str, notice: OfficeNotice) -> Reply:
        missing = self._missing(f"{self.home}{place}", notice)
        if missing:
            return missing
        notice = notice.seen(self.now)
        written = "".join(self._part(base, place, notice, part) for part in self.parts(notice))
        earlier = [
            each
            for each in self.office.shown(self.now)
            if each.project and each.project == notice.project and each.day < notice.day
        ]
        for each in earlier[:1]:
            url = self._link(base, place, self.skin.page(each))
            written += self._piece("related", url=url, title=html.escape(each.title))
        over = notice.kind is Kind.TENDER and notice.last_day and notice.last_day < self.now
        closed = self._piece("closed") if over else ""
        return self._page(base, place, notice.title, written, notice=notice, closed=closed)

    def _part(self, base: str, place: str, notice: OfficeNotice, part: WordedPart) -> str:
        body = "".join(
            self._piece("paragraph", text=html.escape(paragraph)) for paragraph in part.paragraphs
        )
        if part.rows:
            rows = "".join(
                self._piece("row", label=html.escape(label), value=html.escape(value))
                for label, value in part.rows
            )
            body += self._piece("rows", rows=rows)
        if part.files:
            files = "".join(self._file(base, place, notice, file) for file in part.files)
            body += self._piece("files", files=files)
        if not part.heading:
            return body
        return self._piece("section", heading=html.escape(part.heading), body=body)

    def _file(self, base: str, place: str, notice: OfficeNotice, file: NoticeFile) -> str:
        size = len(office_file(notice, file, self.parts(notice)).body) / 1024
        suffix = file.name.rpartition(".")[2]
        path = self.skin.file_of(notice, file)
        match file.link:
            case FileLink.ELSEWHERE:
                url = f"{self.elsewhere}/{self.slug}/{file.name}"
            case FileLink.HTTP:
                url = self._link(base, place, path, "absolute")
            case FileLink.PROTOCOL:
                url = self._link(base, place, path, "protocol")
            case _:
                url = self._link(base, place, path, self.skin.links)
        label = html.escape(file.label)
        kind = {"docx": "Word", "xlsx": "Excel"}.get(suffix, suffix.upper())
        return self._piece(
            "file", url=url, label=label, suffix=suffix, kind=kind, size=f"{size:.1f}"
        )

    def _list(self, base: str, place: str) -> Reply | None:
        """A page of a list; ``place`` "" is the top, which shows the newest pages alone."""
        if place in ("", "index.html"):
            links = {name: self._link(base, place, path) for name, path in self.skin.lists.items()}
            content = self._piece("top", site=self.office.name, **links)
            return self._page(base, place, self.office.name, content)
        for name, title in LISTS.items():
            rows = list_rows(name, self)
            per_page = self.per_page if self.skin.more else len(rows) or 1
            for number in range(1, max(1, -(-len(rows) // per_page)) + 1):
                if place == self.skin.list_page(name, number):
                    chosen = rows[(number - 1) * per_page : number * per_page]
                    onward = self.skin.list_page(name, number + 1) if self.skin.more else ""
                    more = len(rows) > number * per_page
                    return self._page(
                        base, place, title, self._rows(base, place, name, chosen, onward * more)
                    )
        return None

    def _rows(
        self, base: str, place: str, name: str, rows: Iterable[dict[str, str]], onward: str
    ) -> str:
        written = ""
        for row in rows:
            url = self._link(base, place, row["path"]) if "path" in row else ""
            written += self._piece(f"{name}_row", url=url, **row)
        following = ""
        if onward:
            following = self._piece("next", url=self._link(base, place, onward))
        year = self.wording.on(self.now, "{era}{eyear}年度")
        return self._piece(name, rows=written, next=following, year=year)

    def _page(
        self,
        base: str,
        place: str,
        title: str,
        content: str,
        *,
        notice: OfficeNotice | None = None,
        closed: str = "",
    ) -> Reply:
        shown = self.office.shown(self.now)
        recent = "".join(
            self._piece(
                "recent_row",
                day=self.day(each.updated or each.day),
                url=self._link(base, place, self.skin.page(each)),
                title=html.escape(each.title),
            )
            for each in shown[:_RECENT]
        )
        changed = notice or shown[0]
        updated = changed.updated or changed.day
        holes = {
            "title": html.escape(title),
            "site": self.office.name,
            "url": f"{base}{self.home}{place}",
            "base": base,
            "tenders": self._link(base, place, self.skin.lists["tenders"]),
            "id": self.skin.first_id + (notice.number if notice else 0),
            "published": self.day(changed.day),
            "published_iso": changed.published.isoformat(),
            "updated": self.day(updated),
            "updated_iso": updated.isoformat(),
            "stamp": format_datetime(changed.published.astimezone(UTC), usegmt=True),
            "closed": closed,
        }
        if notice:
            content = self._piece("article", body=content, **holes)
        text = self._piece(
            "page", content=content, recent=recent, feeds=self._feed_links(base), **holes
        )
        declared = "text/html" if self.skin.declared else "text/html; charset=utf-8"
        return Reply(
            body=text.encode(self.skin.charset, "xmlcharrefreplace"), content_type=declared
        )

    def _feed_links(self, base: str) -> str:
        return "".join(
            self._piece(
                "feed_link",
                type="application/atom+xml" if "atom" in path else "application/rss+xml",
                title=self.office.name,
                url=html.escape(f"{base}{self.home}{path}"),
            )
            for path in self.feeds
        )

    def day(self, day: date) -> str:
        """As the lines that the system prints have it, whatever the office writes."""
        return replace(self.wording, wide=False).on(day, self.skin.day)

    def _link(self, base: str, place: str, to: str, form: str = "") -> str:
        """A link to ``to`` in the page ``place``; both lie below ``home``."""
        form = form or ("absolute" if self.skin.links == "protocol" else self.skin.links)
        whole = f"{base}{self.home}{to}"
        match form:
            case "relative":
                link = relative(to, place)
            case "base":
                link = f"./{to}"
            case "absolute":
                link = whole
            case "protocol":
                link = whole.removeprefix("http:")
            case _:
                link = f"{self.home}{to}"
        return html.escape(link)

    def _piece(self, piece: str, /, **holes: object) -> str:
        return filled(_file_of(self.skin.name, piece), home=self.home, **holes)


@cache
def _file_of(skin: str, piece: str) -> str:
    own = f"{skin}/{piece}.html"
    return f"cms/{own}" if (_FOLDER / own).exists() else f"cms/common/{piece}.html"


def _place(path: str) -> str:
    """The path without session and tracking, which these systems ignore."""
    parts = urlsplit(_SESSION.sub("", path))
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.match(name)]
    return f"{parts.path}?{urlencode(kept)}" if kept else parts.path
