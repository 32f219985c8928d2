"""One assembly on VOICES replayed from documents: pages of years, lists, frames and text in cp932.

Lists, lists of speakers and texts have the shape of recorded ones. Made after the description of
others: entry pages, the bar of years, lists with pages, the answer where nothing is found.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qs, quote

from kazami.dates import era_year
from kazami.document import Document, Passage
from replay.replies import ReplayError, Reply, not_found
from replay.speaker_lines import stance_mark
from replay.templates import filled

ENCODING = "cp932"

ROBOTS = """\
User-agent: *
Disallow: /voices/cgi/
Disallow: /voices2/cgi/
Disallow: /gikai/cgi/
Disallow: g07_Video_View.asp
Disallow: /voices/gikaidoc/index.html

User-agent: CCBot
Disallow: /
"""
"""The vendor's, shortened."""

_TITLE = re.compile(r"(?P<meeting>.+) (?P<label>[0-9]{1,2}月[0-9]{1,2}日-\S+)")
_SHORT = re.compile(r"(?<![0-9０-９])(?=[0-9０-９][年月日回])")
_COMMITTEE = re.compile(r"委員会|協議会|分科会|審査会")
_FIRST_OF_SESSION = "-01号"
_QUERY = "KENSAKU=0&SORT=0&KTYP=0,1,2,3&KGTP=1,2,3,4"


@dataclass(frozen=True)
class ShownUtterance:
    """One utterance as both frames show it; a roster has no mark."""

    huid: int
    mark: str
    label: str
    page: int | None
    text: str


@dataclass(frozen=True)
class ListRow:
    """One row of a list. A table of contents (目次) has no sitting."""

    fino: int
    kgno: int
    meeting: str
    label: str
    date: date
    said: tuple[ShownUtterance, ...] = ()

    @property
    def title(self) -> str:
        """As a list gives it back: without doubled spaces."""
        return " ".join(f"{self.meeting} {self.label}".split())

    @property
    def kind(self) -> str:
        if _COMMITTEE.search(self.meeting):
            return "3"
        return "2" if "臨時会" in self.meeting else "1"

    @property
    def unid(self) -> str:
        on = era_year(self.date)
        number = int("".join(filter(str.isdigit, self.label.partition("-")[2])) or 0)
        return f"K_{on.letter}{on.year:02}{self.date:%m%d}{number:04}1"


class Voices:
    """The pages of one assembly below ``base``, in any case of letters, as IIS answers.

    ``cgi`` is the name of the CGI's folder. An ``old`` installation has a frameset instead of
    pages of years, and lists with ``rows_on_a_page`` rows. Not every host gives a UNID
    (``unid``), or opens the frames by a script (``script``). ``sittings`` maps FINO to the
    documents.

    Raises ReplayError for documents that the protocol cannot carry.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        *,
        base: str = "/voices",
        cgi: str = "cgi",
        old: bool = False,
        rows_on_a_page: int = 20,
        unid: bool = True,
        script: bool = True,
    ) -> None:
        self.base, self.cgi, self.old = base, cgi, old
        self.rows_on_a_page, self.unid, self.script = rows_on_a_page, unid, script
        self.sittings: dict[int, Document] = {}
        self.rows: dict[int, ListRow] = {}
        meetings: dict[str, int] = {}
        huid = 1000
        for document in sorted(documents, key=lambda each: (each.day, each.title, each.key)):
            meeting, label = _meeting_and_label(document)
            kgno = meetings.setdefault(meeting, len(meetings) + 1)
            said = tuple(_said(document, meeting, huid))
            row = ListRow(len(self.rows) + 1, kgno, meeting, label, document.day, said)
            if label.endswith(_FIRST_OF_SESSION) and row.kind == "1":
                contents = f"{label.partition('-')[0]}-目次"
                self.rows[row.fino] = replace(row, label=contents, said=())
                row = replace(row, fino=row.fino + 1)
            self.rows[row.fino] = row
            self.sittings[row.fino] = document
            huid = said[-1].huid + 1

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """The page at ``path``, which is whole, with its query."""
        place, _, query = path.partition("?")
        rest = place[len(self.base) :].lower()
        if method != "GET" or not place.lower().startswith(self.base.lower()):
            return not_found(path)
        fields = {name: values[-1] for name, values in parse_qs(query, encoding=ENCODING).items()}
        if rest == "/cgi/voiweb.exe":
            return self._cgi(fields)
        if self.old:
            known = rest in ("", "/", "/index.html")
            return _page("old_index", cgi=self.cgi) if known else not_found(path)
        if rest in ("", "/", "/index.asp", "/g07v_search.asp", "/g08v_search.asp"):
            return _page("index", inner="")
        if rest in ("/g08v_viewh.asp", "/g08v_views.asp"):
            return self._years(rest.endswith("s.asp"), fields)
        return not_found(path)

    def _years(self, committees: bool, fields: Mapping[str, str]) -> Reply:
        """Links to years; the page of a year holds only a frame."""
        name, kinds = ("g08v_views.asp", "3") if committees else ("g08v_viewh.asp", "1,2")
        if "FYY" in fields:
            frame = _filled("year", cgi=self.cgi, year=fields["FYY"], kgtp=kinds)
            return _page("index", inner=frame)
        years = {row.date.year for row in self.rows.values() if row.kind in kinds}
        links = "".join(
            _filled("year_link", name=name, year=year) for year in sorted(years, reverse=True)
        )
        return _page("index", inner=f'<ul class="kaigi_view">\n{links}</ul>')

    def _cgi(self, fields: Mapping[str, str]) -> Reply:
        if fields.get("ACT") == "100":
            return self._list(fields)
        row = self.rows.get(int(fields.get("FINO", "0")))
        if row is None or not row.said:
            return _page("busy")
        if fields.get("ACT") == "200":
            query = f"{_QUERY}&FINO={row.fino}&HATSUGENMODE=0&HYOUJIMODE=0&STYLE=0"
            return _page("frames", title=html.escape(row.title), query=query)
        if fields.get("ACT") == "202":
            return _page("speakers", rows="".join(self._speakers(row)))
        if fields.get("ACT") == "203":
            return self._text(row, fields)
        return _page("busy")

    def _list(self, fields: Mapping[str, str]) -> Reply:
        """The sittings from FYY to TYY; without them those of one year, and a bar of years."""
        first, last = int(fields.get("FYY") or 0), int(fields.get("TYY") or 9999)
        kinds = fields.get("KGTP", "").split(",")
        named = fields.get("TITL", "").split(",")
        held = [
            row
            for row in sorted(self.rows.values(), key=lambda row: (row.date, row.fino))[::-1]
            if first <= row.date.year <= last and row.kind in kinds
            if any(name in row.meeting for name in named)
        ]
        if not held:
            return _page("nothing")
        shown, bar, page = held, "", 1
        if self.old:
            page = int(fields.get("PAGE", "1"))
            shown = held[(page - 1) * self.rows_on_a_page : page * self.rows_on_a_page]
            bar = self._pages(fields, len(held), page)
        else:
            year = int(fields.get("YEAR") or held[0].date.year)
            shown = [row for row in held if row.date.year == year]
            bar = self._bar(sorted({row.date.year for row in held}, reverse=True), year)
        rows = "".join(self._row(row, shown, page, len(held)) for row in shown)
        return _page("list", base=self.base, hits=str(len(held)), bar=bar, rows=rows)

    def _bar(self, years: Sequence[int], own: int) -> str:
        return "　".join(
            _japanese(year)
            if year == own
            else _filled("bar_link", query=_QUERY, year=year, shown=_japanese(year))
            for year in years
        )

    def _pages(self, fields: Mapping[str, str], hits: int, own: int) -> str:
        """Links to ten pages at most."""
        kept = "".join(
            f"&{name}={quote(fields[name], encoding=ENCODING)}"
            for name in ("FYY", "TYY", "TITL")
            if name in fields
        )
        last = -(-hits // self.rows_on_a_page)
        return " ".join(
            _filled("page_link", query=_QUERY, kept=kept, page=page, hits=hits)
            for page in range(max(1, own - 5), min(last, own + 5) + 1)
            if page != own
        )

    def _row(self, row: ListRow, shown: Sequence[ListRow], page: int, hits: int) -> str:
        subtitle = quote(f"{_padded(row.meeting)}－{row.label}", encoding=ENCODING)
        query = f"{_QUERY}&TITL_SUBT={subtitle}"
        url = f"voiweb.exe?ACT=200&{query}&KGNO={row.kgno}&FINO={row.fino}"
        link = _filled(
            "winopen" if self.script else "window_open",
            url=f"{url}&UNID={row.unid}" if self.unid else url,
            label=html.escape(row.label, quote=False),
        )
        return _filled(
            "row",
            base=self.base,
            query=query,
            fino=row.fino,
            finos="%2C".join(str(each.fino) for each in shown),
            page=page,
            hits=hits,
            year=row.date.year,
            title=html.escape(_padded(row.meeting), quote=False),
            link=link,
        )

    def _speakers(self, row: ListRow) -> Iterator[str]:
        for number, said in enumerate(row.said):
            yield _filled(
                "speaker",
                base=self.base,
                huid=said.huid,
                number=number,
                fino=row.fino,
                mark=said.mark or "&nbsp;&nbsp;",
                label=html.escape(said.label),
                page=f"(P.{said.page})" if said.page else "&nbsp;",
            )

    def _text(self, row: ListRow, fields: Mapping[str, str]) -> Reply:
        """The whole sitting, one utterance, or without either the roster alone."""
        chosen = row.said
        if fields.get("HATSUGENMODE") != "1":
            huid = fields.get("HUID", str(row.said[0].huid))
            chosen = tuple(said for said in row.said if str(said.huid) == huid)
        if not chosen:
            return _page("busy")
        text = "<P>".join(f'<A NAME="HUID{said.huid}"></A>{_lines(said.text)}' for said in chosen)
        return _page("text", title="", text=text)


def _said(document: Document, meeting: str, huid: int) -> Iterator[ShownUtterance]:
    """The roster, which begins with the name of the meeting, and what was said."""
    first = next((passage.page for passage in document.passages if passage.page), 1)
    roster = f"{_padded(meeting)}\n\n{document.front_matter}"
    yield ShownUtterance(huid, "", "(名簿)", first, _encodable(roster, document))
    for passage in document.passages:
        huid += 1
        label, marker = _label_and_marker(document, passage)
        mark = stance_mark(passage)
        text = _encodable(f"{mark}{marker}{passage.text}", document)
        yield ShownUtterance(huid, mark, label, passage.page, text)


def _label_and_marker(document: Document, passage: Passage) -> tuple[str, str]:
    """議長(例示花子君) in the list; in the text 議長（例示花子君）, of committees 例示　委員長."""
    name, role = passage.speaker, passage.role
    if name and role:
        if _COMMITTEE.search(document.title):
            return f"{role}({name})", f"{name}　{role}　　"
        return f"{role}({name})", f"{role}（{name}）　"
    if not (name or role):
        raise ReplayError(f"{document.key}#{passage.key}: nobody said this")
    if role:
        return role, f"{role}　"
    return f"({name})", f"（{name}）　"


def _meeting_and_label(document: Document) -> tuple[str, str]:
    found = _TITLE.fullmatch(document.title)
    if found:
        return found["meeting"], found["label"]
    return document.title, f"{document.day.month:02}月{document.day.day:02}日{_FIRST_OF_SESSION}"


def _encodable(text: str, document: Document) -> str:
    try:
        text.encode(ENCODING)
    except UnicodeEncodeError as error:
        raise ReplayError(f"{document.key}: cp932 has no {text[error.start]!r}") from error
    return text


def _lines(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<BR>") + "<BR>"


def _padded(text: str) -> str:
    """第４回 is printed 第　４回, 令和６年 is 令和　６年."""
    return _SHORT.sub("　", text)


def _japanese(year: int) -> str:
    on = era_year(date(year, 12, 31))
    return f"{on.era}　{on.year:02}年"


def _filled(page: str, /, **holes: object) -> str:
    return filled(f"voices/{page}.html", **holes)


def _page(page: str, /, **holes: str) -> Reply:
    text = _filled(page, head=_filled("head"), **holes)
    return Reply(body=text.encode(ENCODING).replace(b"\n", b"\r\n"), content_type="text/html")
