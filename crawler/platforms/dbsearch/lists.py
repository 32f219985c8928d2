"""Lists of DB-Search in all its skins: rows, hit counter, next page, and what belongs together."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode, urlsplit, urlunsplit

from lxml.html import HtmlElement

from crawler.page import Page, PageChanged
from crawler.reading.spacing import without_space
from crawler.reading.whole_pages import check_ended

_DOCUMENT = re.compile(r"[?&]Template=(?P<template>document|view|doc-(?:one|all)-frame)\b", re.I)
_ID = re.compile(r"[?&](?:Document)?Id=(\d{1,9})\b", re.I)
_SESSION = re.compile(r"(?P<base>.*/\d{1,9})(?:\?(?P<query>.*))?", re.S)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{4})年(\d{1,2})月(\d{1,2})日")
_COUNTS = (
    re.compile(r"検索条件に ?([\d,]{1,9}) ?文書"),
    re.compile(r"文書数 ?([\d,]{1,9})"),
    re.compile(r"([\d,]{1,9}) ?件中"),
    re.compile(r"(?<![\d,])([\d,]{1,9}) ?件(?!目)"),
)
_NONE = re.compile(r"(?:該当|ヒット|一致)[^。]{0,20}(?:ません|なし)|見つかりません")

_LAST_WORDS = re.compile(
    r"(?<=[\s〔［\[【])(?P<kind>[^\s〔〕［］\[\]【】（）()]{2,20})\s*[〕］\]】]?\Z"
)
_OPENING = tuple("〔［[【")
_SPEECH = "本文"
_ATTACHED = re.compile(r"名簿|日程|目次")
_LEFT_OUT = re.compile(r"表紙|署名|資料|審議結果|会議結果|議決結果|付託表|通告|一覧表?$|その他")
_PERMANENT = "100000"
"""A session that every host knows: what the landing pages' own forms and links begin with."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A document as a list shows it; ``url`` is the list's own link to it."""

    id: int
    title: str
    day: date
    url: str

    @classmethod
    def of(cls, plain: Sequence[object]) -> ResultRow:
        id, title, day, url = plain
        return cls(int(str(id)), str(title), date.fromisoformat(str(day)), str(url))

    def to_json(self) -> list[object]:
        return [self.id, self.title, self.day.isoformat(), self.url]

    @property
    def whole(self) -> str:
        """Where all utterances stand at once; a frameset is asked for its whole-text form."""
        parts = urlsplit(self.url)
        if self._template.startswith("doc-"):
            query = urlencode(self._query)
            return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
        return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))

    def permanent(self, base: str) -> str:
        """A link that outlives the session."""
        return f"{base.rpartition('/')[0]}/{_PERMANENT}?{urlencode(self._query)}"

    @property
    def _template(self) -> str:
        found = _DOCUMENT.search(self.url)
        return found["template"].lower() if found else "document"

    @property
    def _query(self) -> dict[str, object]:
        if self._template == "document":
            return {"Template": "document", "Id": self.id}
        template = "view" if self._template == "view" else "doc-all-frame"
        return {"Template": template, "VoiceType": "all", "DocumentID": self.id}


@dataclass(frozen=True, slots=True)
class Sitting:
    """What was said, last of ``parts``, after the roster and agenda that go with it."""

    title: str
    parts: tuple[ResultRow, ...]

    @classmethod
    def of(cls, plain: Mapping[str, object]) -> Sitting:
        rows = plain["parts"]
        assert isinstance(rows, list)
        return cls(str(plain["title"]), tuple(ResultRow.of(row) for row in rows))

    def to_json(self) -> dict[str, object]:
        return {"title": self.title, "parts": [row.to_json() for row in self.parts]}

    @property
    def id(self) -> int:
        return self.parts[-1].id

    @property
    def day(self) -> date:
        return self.parts[-1].day


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of a list, and how many documents the whole list is said to have."""

    rows: tuple[ResultRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Turned:
    """How the next page is asked for: by a link, or by a form with these fields."""

    url: str
    fields: Mapping[str, str] = field(default_factory=dict)


def whole(page: Page) -> HtmlElement:
    """The page as a tree, if it is one and whole."""
    check_ended(page, "utf-8")
    return page.tree("utf-8")


def base(page: Page) -> str:
    """Where the search answers: ``https://host/index.php/848322``."""
    host = urlsplit(page.url).hostname
    for element in whole(page).iter("a", "form"):
        target = element.get("href") or element.get("action") or ""
        found = _SESSION.fullmatch(page.link(target).partition("#")[0])
        if not found or urlsplit(found["base"]).hostname != host:
            continue
        query = found["query"] or ""
        if element.tag == "form" or "Template=" in query or "QueryType=" in query:
            return found["base"]
    raise PageChanged(page.url, "a search with a number in its address", page.excerpt("utf-8"))


def search(base: str, first: date, last: date, order: str | None = None) -> str:
    """The list of all documents of these days, as the landing pages link to their sessions."""
    query = {"Template": "list", "QueryType": "New"}
    if order:
        query["ListOrder"] = order
    return f"{base}?{urlencode({**query, 'TermStart': first, 'TermEnd': last})}"


def days(name: str) -> tuple[date, date]:
    """The first and last day of ``2024`` or ``2024-03``."""
    year, _, month = name.partition("-")
    if not month:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    last = monthrange(int(year), int(month))[1]
    return date(int(year), int(month), 1), date(int(year), int(month), last)


def read(page: Page, first: date, last: date) -> Hits:
    """Rows and counter of the list of these days; raises PageChanged where it is not that.

    Every skin repeats the days that were asked for. That tells an empty list from the landing page,
    which comes when a session has ended; an empty one was never seen.
    """
    tree = whole(page)
    rows = tuple(_rows(page, tree))
    words = " ".join(tree.text_content().split())
    astray = [row for row in rows if not first <= row.day <= last]
    if astray:
        raise PageChanged(page.url, f"documents from {first} to {last}", f"one of {astray[0].day}")
    counted = next(filter(None, (count.search(words) for count in _COUNTS)), None)
    if counted is None:
        asked = f"{first}" in words and f"{last}" in words
        if rows or not (asked or _NONE.search(words)):
            raise PageChanged(page.url, "a list with its number of hits", page.excerpt("utf-8"))
        return Hits((), 0)
    total = int(counted[1].replace(",", "") or 0)
    if bool(rows) != bool(total) or len(rows) > total:
        raise PageChanged(page.url, f"{total} documents", str(len(rows)))
    return Hits(rows, total)


def turn(page: Page, number: int) -> Turned:
    """The link or the form that leads to page ``number``; raises PageChanged without one."""
    tree = whole(page)
    for link in tree.iter("a"):
        href = link.get("href") or ""
        if re.search(r"[?&]Template=list\b", href, re.I) and re.search(
            rf"[?&]Page={number}(?!\d)", href
        ):
            return Turned(page.link(href))
    for form in tree.iter("form"):
        for button in form.iter("button", "input"):
            if (
                button.get("name") == "Page"
                and button.get("value") == str(number)
                and button.get("type") == "submit"
                and button.get("aria-disabled") != "true"
            ):
                hidden = [each for each in form.iter("input") if each.get("type") == "hidden"]
                fields = {each.get("name") or "": each.get("value") or "" for each in hidden}
                action = page.link(form.get("action") or "")
                return Turned(action, {**fields, "Page": str(number)})
    raise PageChanged(page.url, f"a way to page {number} of the list")


def sittings(rows: Iterable[ResultRow]) -> list[Sitting]:
    """What was said, each with the roster and agenda of the same day that go with it.

    A title ends with what the document is: 本文, 名簿, 議事日程, 目次, 〔資料〕. One that ends
    otherwise is a sitting, too, unless another one is called the same and 本文. Of two sittings
    with the same name the one whose number is nearer gets the roster, and each gets one.
    """
    speeches: list[tuple[ResultRow, str]] = []
    others: list[tuple[ResultRow, str, str]] = []
    unknown: list[tuple[ResultRow, str]] = []
    for row in rows:
        stem, kind = _parted(row.title)
        if kind == _SPEECH:
            speeches.append((row, stem))
        elif kind and _ATTACHED.search(kind):
            others.append((row, stem, kind))
        elif not kind or not _LEFT_OUT.search(kind):
            unknown.append((row, row.title.strip()))
    for row, title in unknown:
        if not any(_belongs(row, stem, each, title) for each, stem in speeches):
            speeches.append((row, title))
    parts: dict[int, list[ResultRow]] = {row.id: [] for row, _ in speeches}
    has: set[tuple[int, str]] = set()
    for row, stem, kind in sorted(others, key=lambda other: other[0].id):
        fitting = [(each, name) for each, name in speeches if _belongs(each, stem, row, name)]
        same = [each for each, name in fitting if without_space(name) == without_space(stem)]
        ranked = {
            ((each.id, kind) in has, abs(each.id - row.id), each.id)
            for each in same or [each for each, _ in fitting]
        }
        if ranked:
            nearest = min(ranked)[2]
            has.add((nearest, kind))
            parts[nearest].append(row)
    return [
        Sitting(stem, (*sorted(parts[row.id], key=lambda part: part.id), row))
        for row, stem in speeches
    ]


def _belongs(one: ResultRow, stem: str, other: ResultRow, name: str) -> bool:
    return one.day == other.day and without_space(name).startswith(without_space(stem))


def _parted(title: str) -> tuple[str, str]:
    """A title's name and kind: 令和６年第４回定例会（第９号） and 議事日程・名簿."""
    found = _LAST_WORDS.search(title.strip())
    if found:
        before = title.strip()[: found.start()].rstrip()
        stem, kind = before[: -1 if before[-1:] in _OPENING else None].strip(), found["kind"]
        if stem and (kind == _SPEECH or _ATTACHED.search(kind) or _LEFT_OUT.search(kind)):
            return stem, kind
    return title.strip(), ""


def _rows(page: Page, tree: HtmlElement) -> Iterator[ResultRow]:
    seen: set[int] = set()
    for link in tree.iter("a"):
        id = _document(link)
        if id is None or id in seen:
            continue
        seen.add(id)
        title = " ".join(link.text_content().split("\n")).strip()
        if not title:
            raise PageChanged(page.url, f"the title of document {id}")
        yield ResultRow(id, title, _day(page, link, id), page.link(link.get("href") or ""))


def _document(link: HtmlElement) -> int | None:
    href = link.get("href") or ""
    found = _ID.search(href) if _DOCUMENT.search(href) else None
    return int(found[1]) or None if found else None


def _day(page: Page, link: HtmlElement, id: int) -> date:
    """The day that stands nearest to the link, in what holds no other document."""
    title = link.text_content()
    for around in link.iterancestors():
        if any(_document(other) not in (None, id) for other in around.iter("a")):
            break
        found = _DAY.search(around.text_content().replace(title, " ", 1))
        if found:
            try:
                return date(*(int(part) for part in found.groups() if part))
            except ValueError as error:
                raise PageChanged(page.url, f"the day of document {id}", found[0]) from error
    raise PageChanged(page.url, f"the day of document {id}")
