"""One council's DB-Search replayed from documents: sessions in the address, lists, frames, CSRF.

The pages have the shape of recorded ones in five skins. Not recorded, and made after descriptions
of others: every page of a list but the first, a list without a hit, an expired session, and a
roster's own page.
"""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

from kazami.document import Document, Passage
from replay.dbsearch_skins import SKINS
from replay.replies import ReplayError, Reply, not_found
from replay.templates import filled

ROBOTS = """\
User-agent: *
Disallow: /
Allow: /$
Allow: /index.php$
Allow: /index.php/$
"""
"""What *.dbsr.jp says: the landing page may be fetched, nothing else."""

HTML = "text/html; charset=UTF-8"
ENTRY_SESSION = 100000
ROWS_ON_A_PAGE = 10
ROSTER = "議事日程・名簿"


@dataclass(frozen=True)
class SiteDocument:
    """One document of the site: a sitting's roster, or what was said."""

    id: int
    title: str
    day: date
    voices: tuple[tuple[str, str], ...]


@dataclass
class SearchSession:
    """What a visitor looks at under one number."""

    first: date = date.min
    last: date = date.max
    rising: bool = False
    document: int = 0
    view: str = "all"


class Council:
    """Answers under ``/slug/`` in one of the SKINS; ``documents`` are its sittings.

    A document whose key ends with a number keeps it; others are numbered. A roster gets a number
    of its own. ``sittings`` maps the numbers to what they replay. Each search begins a session
    with a new number; ``expire`` ends them all.

    Raises ReplayError for what such a page cannot show: a printed page, or a text in which a
    speaker would be found who is none.
    """

    def __init__(self, slug: str, documents: Iterable[Document], skin: str = "otofuke") -> None:
        self.slug, self.skin = slug, SKINS[skin]
        self.sittings: dict[int, Document] = {}
        self.entries: dict[int, SiteDocument] = {}
        self._sessions: dict[int, SearchSession] = {}
        self._tokens: dict[str, str] = {}
        ordered = sorted(documents, key=lambda document: document.day)
        numbers = [document.key.rpartition("/")[2] for document in ordered]
        free = max([int(each) for each in numbers if each.isdecimal()], default=1000) + 1
        for document, number in zip(ordered, numbers, strict=True):
            if document.front_matter:
                roster = (("", document.front_matter),)
                title = f"{document.title}  {ROSTER}"
                self.entries[free] = SiteDocument(free, title, document.day, roster)
                free += 1
            id = int(number) if number.isdecimal() and int(number) not in self.entries else free
            free += id == free
            voices = tuple(self._voice(document, passage) for passage in document.passages)
            title = f"{document.title}\u3000本文"
            self.entries[id] = SiteDocument(id, title, document.day, voices)
            self.sittings[id] = document

    def expire(self) -> None:
        """Forget every session, as the site does after a while."""
        self._sessions.clear()
        self._tokens.clear()

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """The page at ``path``, which begins with the slug."""
        parts = urlsplit(path)
        place = parts.path.removeprefix(f"/{self.slug}").strip("/")
        host = headers.get("Host", "127.0.0.1")
        visitor = _visitor(headers)
        if place in ("", "index.php"):
            return self._landing(host, visitor)
        found = re.fullmatch(r"(?:index\.php/)?(\d{1,9})", place)
        if not found:
            return not_found(path)
        number = int(found[1])
        fields = {name.lower(): values[0] for name, values in parse_qs(parts.query).items()}
        if method == "POST":
            sent = parse_qs(body.decode("utf-8"))
            if self.skin.form and self._tokens.get(visitor) != sent.get("_token", [""])[0]:
                return Reply(body=_filled("expired").encode(), content_type=HTML, status=419)
            fields |= {name.lower(): values[0] for name, values in sent.items()}
        return self._page(host, visitor, number, fields) or not_found(path)

    def _page(
        self, host: str, visitor: str, number: int, fields: Mapping[str, str]
    ) -> Reply | None:
        template = fields.get("template", "").lower()
        session = self._sessions.get(number)
        if template == "list" and "querytype" in fields:
            # A page asked for together with the search is not heeded: the first one is shown.
            number, session = self._begin(
                SearchSession(
                    first=date.fromisoformat(fields.get("termstart", "0001-01-01")),
                    last=date.fromisoformat(fields.get("termend", "9999-12-31")),
                    rising=fields.get("listorder", "Desc").lower() == "asc",
                )
            )
            return self._list(host, visitor, number, session, 1)
        if template == "list":
            if session is None:
                return self._landing(host, visitor)
            return self._list(host, visitor, number, session, int(fields.get("page", "1")))
        asked = int(fields.get("documentid") or fields.get("id") or 0)
        view = fields.get("voicetype", "all").lower()
        if template in ("doc-one-frame", "doc-all-frame") and self.skin.frames:
            number, _ = self._begin(SearchSession(document=asked, view=view))
            return self._drawn("frames", host, visitor, number)
        if template == "doc-page" and self.skin.frames:
            if session is None and not asked:
                return self._landing(host, visitor)
            shown = self.entries.get(asked or (session.document if session else 0))
            return self._document(host, visitor, number, shown, session.view if session else view)
        if template == self.skin.template and not self.skin.frames:
            return self._document(host, visitor, number, self.entries.get(asked), "all")
        return None

    def _begin(self, session: SearchSession) -> tuple[int, SearchSession]:
        number = 200000 + secrets.randbelow(9_000_000)
        self._sessions[number] = session
        return number, session

    def _landing(self, host: str, visitor: str) -> Reply:
        number = ENTRY_SESSION if self.skin.form else self._begin(SearchSession())[0]
        return self._drawn("landing", host, visitor, number)

    def _list(
        self, host: str, visitor: str, number: int, session: SearchSession, page: int
    ) -> Reply:
        inside = [
            each for each in self.entries.values() if session.first <= each.day <= session.last
        ]
        days = sorted({each.day for each in inside}, reverse=not session.rising)
        hits = [each for day in days for each in inside if each.day == day]
        begin = (page - 1) * ROWS_ON_A_PAGE
        shown = hits[begin : begin + ROWS_ON_A_PAGE]
        base = self._base(host, number)
        rows = [self._row(base, entry, at) for at, entry in enumerate(shown, begin + 1)]
        last = -(-len(hits) // ROWS_ON_A_PAGE)
        turns = [
            self.skin.drawn("turn", base=base, number=each)
            for each in range(1, last + 1)
            if each != page
        ]
        counter = _filled("nothing")
        if hits:
            counter = self.skin.drawn(
                "counter",
                total=f"{len(hits):,}",
                voices=f"{sum(len(each.voices) for each in hits):,}",
                begin=begin + 1,
                end=begin + len(shown),
            )
        return self._drawn(
            "list",
            host,
            visitor,
            number,
            counter=counter,
            rows="\n".join(rows),
            turns="".join(turns) if last > 1 else "",
            first=session.first,
            last=session.last,
        )

    def _row(self, base: str, entry: SiteDocument, number: int) -> str:
        return self.skin.drawn(
            "row",
            number=number,
            url=f"{base}?{self.skin.link(entry.id)}",
            title=html.escape(entry.title),
            day=entry.day,
            year=entry.day.year,
            month=f"{entry.day.month:02}",
            mday=f"{entry.day.day:02}",
        )

    def _document(
        self, host: str, visitor: str, number: int, entry: SiteDocument | None, view: str
    ) -> Reply | None:
        if entry is None:
            return None
        shown = list(enumerate(entry.voices, start=1))[: None if view == "all" else 1]
        voices = [
            self.skin.drawn(
                "voice",
                number=at,
                label=html.escape(label),
                text=html.escape(text, quote=False).replace("\n", "<br />\n") + "<br />",
            )
            for at, (label, text) in shown
        ]
        return self._drawn(
            "document",
            host,
            visitor,
            number,
            id=entry.id,
            title=html.escape(entry.title),
            day=entry.day,
            view=view,
            count=len(voices),
            voices="\n".join(voices),
        )

    def _voice(self, document: Document, passage: Passage) -> tuple[str, str]:
        """The label beside an utterance, and its text with the marker."""
        name, role = passage.speaker, passage.role
        where = f"{document.key}#{passage.key}"
        if passage.page is not None:
            raise ReplayError(f"{where}: no page of DB-Search says that it is page {passage.page}")
        if not (name or role):
            if re.search(r"^[ \u3000]*◯", passage.text, re.MULTILINE):
                raise ReplayError(f"{where}: whoever says this has no name, and yet a marker")
            return "", passage.text
        label = f"{role}（{name}）" if role and name else re.sub(r"\s", "", role or name or "")
        return f"◯{label}", f"◯{label}\u3000{passage.text}"

    def _base(self, host: str, number: int) -> str:
        origin = f"http://{host}" if self.skin.absolute else ""
        return f"{origin}/{self.slug}/index.php/{number}"

    def _drawn(self, page: str, host: str, visitor: str, number: int, **holes: object) -> Reply:
        headers: dict[str, str] = {}
        csrf = token = ""
        if self.skin.form:
            visitor = visitor if visitor in self._tokens else secrets.token_hex(20)
            value = self._tokens.setdefault(visitor, secrets.token_hex(20))
            headers["Set-Cookie"] = f"laravel_session={visitor}; path=/; httponly; samesite=lax"
            csrf, token = _filled("csrf_meta", value=value), _filled("csrf_input", value=value)
        holes |= {"city": self.slug, "base": self._base(host, number), "csrf": csrf, "token": token}
        if page == "list":
            holes["pages"] = self.skin.drawn("pages", **holes) if holes["turns"] else ""
        drawn = self.skin.drawn if page == "document" else _filled
        body = drawn(page, **holes).encode("utf-8")
        return Reply(body=body, content_type=HTML, headers=headers)


def _visitor(headers: Mapping[str, str]) -> str:
    cookie = SimpleCookie(headers.get("Cookie", "")).get("laravel_session")
    return cookie.value if cookie else ""


def _filled(page: str, /, **holes: object) -> str:
    return filled(f"dbsearch/{page}.html", **holes)
