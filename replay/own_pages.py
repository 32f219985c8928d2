"""A body's own pages as they may look: a list of years, pages of sessions, files or pages of text.

All is invented after written facts, nothing after a recorded page. In each year's page stand links
that lead to no minutes (議会だより, 議案, 通告), to another host and back to the top; links say the
size of the file; sittings run over several lists with 次へ. HTML sittings are in Shift_JIS inside a
frame, where the lists are in UTF-8.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from kazami.dates import fiscal_year, fiscal_year_name, wareki
from kazami.document import Document, Passage
from kazami.sources import Option
from replay import pdf_writer
from replay.replies import ReplayError, Reply, not_found
from replay.speaker_lines import stance_mark
from replay.templates import filled

LINKS_ON_A_PAGE = 20
LINE = 40
"""Characters in a line of a PDF."""

LINES_ON_A_PAGE = 36


@dataclass(frozen=True)
class _SittingFile:
    name: str
    document: Document


class OwnPages:
    """The pages under ``/slug/``: minutes as ``pdf`` or as ``html``.

    With ``marked`` they tell by ◆ and ◎ who asks and who answers; most print ○ before everybody.

    Raises ReplayError for a document in which nobody is named as a speaker.
    """

    def __init__(
        self, slug: str, documents: Iterable[Document], form: str = "pdf", *, marked: bool = False
    ) -> None:
        self.slug, self.form, self.marked = slug, form, marked
        newest_first = sorted(documents, key=lambda each: (each.day, each.key), reverse=True)
        self._sittings = [
            _SittingFile(f"{each.day:%y%m%d}-{at:03}", each) for at, each in enumerate(newest_first)
        ]
        self._years: dict[int, list[_SittingFile]] = {}
        for sitting in self._sittings:
            _written(sitting.document, marked)
            self._years.setdefault(fiscal_year(sitting.document.day), []).append(sitting)
        self._made: dict[str, Reply] = {}

    @property
    def sites(self) -> Mapping[str, OwnPages]:
        """What a ReplayServer takes as ``sites``."""
        return {self.slug: self}

    @property
    def keys(self) -> dict[str, Document]:
        """The key under which each document must be found."""
        suffix = "pdf" if self.form == "pdf" else "html"
        return {
            f"/{self.slug}/files/{each.name}.{suffix}": each.document for each in self._sittings
        }

    def options(self, url: str) -> dict[str, Option]:
        """The options of a source that reads these pages from the server at ``url``."""
        suffix = "pdf" if self.form == "pdf" else "html"
        return {
            "documents": (f"{url}/{self.slug}/files/*.{suffix}",),
            "pages": (f"{url}/{self.slug}/kaigiroku/*",),
        }

    def entry(self, url: str) -> str:
        return f"{url}/{self.slug}/kaigiroku/"

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        if path not in self._made:
            self._made[path] = self._make(path)
        return self._made[path]

    def _make(self, path: str) -> Reply:
        parts = urlsplit(path)
        folder, _, name = parts.path.removeprefix(f"/{self.slug}/").partition("/")
        if folder == "files":
            return self._file(path, name)
        if folder != "kaigiroku":
            return not_found(path)
        if not name:
            return self._page("会議録", self._index())
        year = next((y for y in self._years if name == f"r{y}.html"), None)
        if year is None:
            return not_found(path)
        first = int(parts.query.removeprefix("page=") or 0)
        return self._page(f"{fiscal_year_name(year)}の会議録", self._year(year, first))

    def _page(self, title: str, content: str) -> Reply:
        page = self._filled("page", title=title, content=content)
        return Reply(body=page.encode(), content_type="text/html; charset=utf-8")

    def _index(self) -> str:
        years = [
            self._filled("index_year", year=year, name=fiscal_year_name(year))
            for year in self._years
        ]
        return self._filled("index", years="".join(years))

    def _year(self, year: int, first: int) -> str:
        chosen = self._years[year][first : first + LINKS_ON_A_PAGE]
        items = []
        suffix = "pdf" if self.form == "pdf" else "html"
        size = "(PDF:123KB)" if self.form == "pdf" else ""
        for sitting in chosen:
            day = wareki(sitting.document.day).partition("年")[2]
            links = "".join(
                self._filled("year_link", name=name, suffix=suffix, words=words, size=size)
                for name, words in (
                    (sitting.name, f"会議録 {day}"),
                    ("gian", "議案第1号"),
                    ("tsukoku", "一般質問通告書"),
                )
            )
            title = html.escape(sitting.document.title)
            items.append(self._filled("year_sitting", title=title, links=links))
        if first + LINKS_ON_A_PAGE < len(self._years[year]):
            onward = first + LINKS_ON_A_PAGE
            items.append(self._filled("year_next", year=year, onward=onward))
        return "\n".join(items)

    def _file(self, path: str, name: str) -> Reply:
        bare, _, _ = name.partition(".")
        kind = bare.removesuffix("-main")
        sitting = next((each for each in self._sittings if each.name == kind), None)
        if sitting is None:
            return not_found(path)
        text = f"{wareki(sitting.document.day)}\u3000午前10時開議\n"
        text += _written(sitting.document, self.marked)
        if self.form == "pdf":
            return Reply(body=pdf_writer.across(_pages(text)), content_type="application/pdf")
        title = html.escape(sitting.document.title)
        if kind == bare:
            page = self._filled("frames", title=title, name=kind)
        else:
            content = html.escape(text).replace("\n", "<br>\r\n")
            page = self._filled("sitting", title=title, content=content)
        try:
            return Reply(body=page.encode("cp932"), content_type="text/html")
        except UnicodeEncodeError as error:
            letter = page[error.start]
            raise ReplayError(f"{sitting.name}: cp932 has no {letter!r}") from error

    def _filled(self, page: str, /, **holes: object) -> str:
        return filled(f"own_pages/{page}.html", slug=self.slug, **holes)


def _written(document: Document, marked: bool) -> str:
    """The sitting in print: front matter, then ○, the speaker and what was said."""
    parts = [document.front_matter] if document.front_matter else []
    return "\n".join([*parts, *(_said(document, passage, marked) for passage in document.passages)])


def _said(document: Document, passage: Passage, marked: bool) -> str:
    name, role = passage.speaker, passage.role
    if not (name or role):
        raise ReplayError(f"{document.key}#{passage.key}: nobody said this")
    label = f"{role or ''}（{name}君）" if name else f"{role}"
    return f"{stance_mark(passage) if marked else '○'}{label}\u3000{passage.text}"


def _pages(text: str) -> list[list[str]]:
    """The text in lines of 40 characters, with the page's number under each page."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += [line[at : at + LINE] for at in range(0, len(line), LINE)] or [""]
    pages = [lines[at : at + LINES_ON_A_PAGE] for at in range(0, len(lines), LINES_ON_A_PAGE)]
    return [[*page, f"- {number} -"] for number, page in enumerate(pages, 1)]
