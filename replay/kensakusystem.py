"""One tenant of kensakusystem replayed from documents: tree, frames, speakers and text in cp932.

The pages have the shape, the quirks and the invalid HTML of recorded ones (目黒区, 葛飾区, 弘前市).
Not recorded, and made after the description of others: the side bar of an opened tab, and a year's
page with sessions other than the current one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from urllib.parse import parse_qs, unquote_to_bytes

from kazami.dates import era_year
from kazami.document import Document, Passage
from replay.replies import ReplayError, Reply, not_found
from replay.templates import filled

ENCODING = "cp932"
HTML = "text/html; charset=shift-jis"
YEARS_IN_A_TAB = 4

_NAME = re.compile(r"[RHS]\d{6}(?:_\d)?[A-Z]\d{0,2}")
_TITLE = re.compile(r"(?:(?:令和|平成|昭和)\s*(?:元|\d+)年)?\s*(?P<session>[^（]+)(?P<day>（.*）)?")


@dataclass(frozen=True)
class _SpeakerRow:
    position: int
    label: str
    number: int | None
    page: int | None
    stored: bytes
    preview: str


class StoredSitting:
    """One document as the stored file of the site: slices of bytes, each under its position."""

    def __init__(self, name: str, document: Document) -> None:
        self.name, self.document = name, document
        self.title, self.date = document.title, document.day
        match = _TITLE.fullmatch(document.title)
        if not match or "'" in document.title:
            raise ReplayError(f"{document.key}: the title {document.title!r} fits into no tree")
        self.year = year_label(document.day)
        self.session = f"{self.year} {match['session'].strip()} "
        self.day = match["day"] or f"（{document.day.month:2}月{document.day.day:2}日）"
        self.rows: list[_SpeakerRow] = []
        pages = {passage.page for passage in document.passages if passage.page}
        first = min(pages, default=None) if not document.front_matter else None
        position = len(_encoded(f'<PAGE="{first or 1}">\r\n' if pages else "\r\n\r\n", name))
        page: int | None = None
        utterances = list(_marked(document))
        for index, (label, marker, passage, text) in enumerate(utterances):
            printed = passage.page if passage else None
            if page and passage and not printed:
                raise ReplayError(f"{name}: a passage without page after page {page}")
            turned = printed if printed != page else None
            page = printed or page
            following = utterances[index + 1][2] if index + 1 < len(utterances) else None
            turn = following.page if following and following.page != page else None
            ending = f'<PAGE="{turn}">' if turn else "\r\n"
            stored = _encoded(f"{marker}{text}".replace("\n", "\r\n"), name)
            stored += b"\r\n" * bool(turn) + _encoded(ending, name)
            number = passage.order if passage else None
            self.rows.append(
                _SpeakerRow(position, label, number, turned, stored, text.lstrip("\n")[:30])
            )
            position += len(stored)

    def text(self, positions: Iterable[str]) -> bytes:
        """What GetPerson.exe gives: a header, then every slice and one more line end."""
        chosen = set(positions)
        day = self.date
        header = (
            f"開催日：{year_label(day)}{day.month:2}月{day.day:2}日\r\n会議名：{self.title}\r\n\r\n"
        )
        slices = [row.stored + b"\r\n" for row in self.rows if str(row.position) in chosen]
        return _encoded(header, self.name) + b"".join(slices)


def _marked(document: Document) -> Iterable[tuple[str, str, Passage | None, str]]:
    """Label in the list, marker in the text, passage, text; the front matter comes first."""
    if document.front_matter:
        yield "議事日程", "○議事日程\n", None, document.front_matter
    for passage in document.passages:
        name, role = passage.speaker, passage.role
        if not (name or role):
            raise ReplayError(f"{document.key}#{passage.key}: nobody said this")
        label = f"{role}（{name}）" if role and name else role or name or ""
        marker = f"○（{label}）" if not role else f"○{label}"
        yield re.sub(r"\s", "", label), f"{marker}\u3000", passage, passage.text


def _encoded(text: str, where: str) -> bytes:
    try:
        return text.encode(ENCODING)
    except UnicodeEncodeError as error:
        raise ReplayError(f"{where}: cp932 has no {text[error.start]!r}") from error


def year_label(day: date) -> str:
    """令和 7年, 令和元年, 平成31年: padded with one ASCII space as on the site."""
    on = era_year(day)
    return f"{on.era}元年" if on.year == 1 else f"{on.era}{on.year:2}年"


def file_name(day: date, serial: int) -> str:
    """R070225A, and from the 27th sitting of a day on R070225A01."""
    on = era_year(day)
    letter, number = chr(ord("A") + serial % 26), serial // 26
    suffix = f"{number:02}" if number else ""
    return f"{on.letter}{on.year:02}{day.month:02}{day.day:02}{letter}{suffix}"


class KensakusystemTenant:
    """The pages of one assembly under ``/slug/``.

    A document whose key ends with a file name of the site (``reiji/R070225A``) keeps it; others
    are given one by their day. ``sittings`` maps file names to what they replay.
    """

    def __init__(self, slug: str, documents: Iterable[Document], code: str) -> None:
        self.slug, self.code = slug, code
        self.sittings: dict[str, StoredSitting] = {}
        for document in sorted(documents, key=lambda document: document.day):
            name = document.key.rpartition("/")[2]
            serial = 0
            while not _NAME.fullmatch(name) or name in self.sittings:
                name, serial = file_name(document.day, serial), serial + 1
            self.sittings[name] = StoredSitting(name, document)
        newest_first = sorted(self.sittings.values(), key=lambda s: (s.date, s.name), reverse=True)
        years = list(dict.fromkeys(sitting.year for sitting in newest_first))
        first = len(years) % YEARS_IN_A_TAB or YEARS_IN_A_TAB
        cuts = [0, *range(first, len(years), YEARS_IN_A_TAB), len(years)]
        self._tabs = [years[a:b] for a, b in pairwise(cuts) if years[a:b]]
        self._newest_first = newest_first
        self._made: dict[tuple[str, bytes], Reply] = {}

    def answer(self, method: str, rest: str, body: bytes) -> Reply:
        """The page at ``rest``, which is the path below the slug with its query."""
        key = (rest, body if method == "POST" else b"")
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, rest: str, body: bytes) -> Reply:
        path, _, query = rest.partition("?")
        if path in ("", "index.html", "sapphire.html"):
            return self._page("top")
        fields = parse_qs(body.decode("ascii") or query, keep_blank_values=True, encoding=ENCODING)
        cgi = path.removeprefix("cgi-bin3/")
        code = fields.get("Code", query.split("/"))[0]
        if code != self.code or cgi == path:
            known = cgi in ("See.exe", "ResultFrame.exe", "r_Speakers.exe", "GetPerson.exe")
            return self._page("stranger") if known else not_found(rest)
        if cgi == "See.exe":
            return self._page("tree", tree=self._tree(_treedepth(body.decode("ascii") or query)))
        name = fields["fileName"][0] if "fileName" in fields else query.split("/")[1]
        sitting = self.sittings.get(name)
        if sitting is None:
            return self._page("stranger")
        if cgi == "GetPerson.exe":
            text = sitting.text(fields.get("downloadPos", ()))
            return Reply(body=text, content_type="text/plain")
        if cgi == "ResultFrame.exe":
            return self._page("frames", name=name, title=html.escape(sitting.title))
        if cgi == "r_Speakers.exe":
            return self._page("speakers", name=name, rows=self._rows(sitting))
        return not_found(rest)

    def _page(self, page: str, /, **holes: str) -> Reply:
        text = self._filled(page, city=self.slug, **holes)
        return Reply(body=text.encode(ENCODING).replace(b"\n", b"\r\n"), content_type=HTML)

    def _tree(self, label: str) -> str:
        """Tabs, the years of an opened tab, then sessions of a year or sittings of a session.

        A label that is not on the site, above all one that came in another encoding, opens nothing
        at all, without any error.
        """
        years = [year for tab in self._tabs for year in tab]
        sessions = {sitting.session for sitting in self._newest_first}
        if label and label not in years and label not in sessions:
            return ""
        current = label if label in years else label[:5] if label else (years or [""])[0]
        current = next((year for year in years if current.startswith(year)), current)
        lines = []
        for tab in self._tabs:
            lines.append(self._node(tab[0], _tab_name(tab, tab is self._tabs[0])))
            if label and current in tab and len(tab) > 1:
                lines += [self._node(year, year) for year in tab]
        lines.append(self._filled("side_bar_ends"))
        own = [sitting for sitting in self._newest_first if sitting.year == current]
        for session in dict.fromkeys(sitting.session for sitting in reversed(own)):
            lines.append(self._session(session))
            if session == label:
                lines.append("<OL>")
                lines += [
                    self._leaf(sitting) for sitting in reversed(own) if sitting.session == label
                ]
                lines.append("</OL>")
        return "\n".join(lines)

    def _node(self, label: str, alt: str) -> str:
        return self._filled("tree_node", label=label, alt=alt)

    def _session(self, label: str) -> str:
        text = html.escape(label)
        return self._filled("tree_session", label=text, shown=text.strip())

    def _leaf(self, sitting: StoredSitting) -> str:
        return self._filled("tree_sitting", name=sitting.name, day=html.escape(sitting.day))

    def _rows(self, sitting: StoredSitting) -> str:
        return "".join(self._row(sitting.name, row) for row in sitting.rows)

    def _row(self, name: str, row: _SpeakerRow) -> str:
        numbered, preview = "<td></td>\n", ""
        if row.number:
            numbered = self._filled("speaker_number", number=row.number)
            shown = html.escape(row.preview)
            preview = self._filled("speaker_preview", number=row.number, preview=shown)
        return self._filled(
            "speaker",
            name=name,
            position=row.position,
            numbered=numbered,
            page=self._filled("speaker_page", name=name, page=row.page) if row.page else "",
            label=html.escape(row.label),
            preview=preview,
        )

    def _filled(self, page: str, /, **holes: object) -> str:
        return filled(f"kensakusystem/{page}.html", slug=self.slug, code=self.code, **holes)


def _treedepth(query: str) -> str:
    """The label posted, decoded by hand: a browser's bytes of another encoding stay garbage."""
    match = re.search(r"(?:^|&)treedepth=([^&]*)", query)
    raw = unquote_to_bytes(match[1].replace("+", " ")) if match else b""
    return raw.decode(ENCODING, "replace")


def _tab_name(tab: Sequence[str], newest: bool) -> str:
    if newest and len(tab) > 1:
        return f"{tab[-1]}～"
    return f"{tab[-1]}～{tab[0]}" if len(tab) > 1 else tab[0]
