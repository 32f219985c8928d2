"""Tenants of DiscussNet Premium replayed from documents: tenant.js, empty shells, JSON by POST.

The answers have the shape and the escapes of recorded ones (函館市, 横浜市, 墨田区). Not recorded,
and made after descriptions of others: ``get_schedule_all`` and what is said to a wrong question.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from kazami.dates import DateError, parse_span
from kazami.document import Document, Passage, Stance
from replay.replies import ReplayError, Reply, not_found
from replay.templates import filled

ROBOTS = """\
User-agent: *
Disallow: /
Allow: /tenant/
Disallow: /tenant/js/
Disallow: /tenant/css/
Disallow: /tenant/help/
Disallow: /tenant/stats/
"""
"""What ssp.kaigiroku.net says: the pages may be fetched, the text may not."""

_KEY = re.compile(r"[^/]+/\d+/(\d+)/(\d+)")
_LINK = re.compile(r"council_id=(\d+)&schedule_id=(\d+)")
_TITLE = re.compile(r"(?P<council>.+?)[ \u3000](?P<label>[0-9０-９]{1,2}月[0-9０-９]{1,2}日.*)")
_YEAR = re.compile(r"(?:令和|平成|昭和)\s*(?:元|[0-9]{1,2})年(?!度)")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")

_MARKS = {4: "○", 5: "◆", 6: "◎"}
_SORTS = {2: "名簿", 4: "○議長", 5: "◆質問", 6: "◎答弁"}
_CODES = {Stance.CHAIR: 4, Stance.QUESTION: 5, Stance.ANSWER: 6}

_PLENARY = ("/0/1/3/6/", "全会議", "本会議", "定例会", None, None)
_COMMITTEE = ("/0/1/4/8/", "全会議", "委員会", "常任委員会", None, None)
_PAPERS = ("/0/2/10/", "資料", "定例会資料", None, None, None)


@dataclass
class _CouncilSession:
    id: int
    name: str
    year: int
    sittings: dict[int, tuple[str, Document]] = field(default_factory=dict)


class DiscussnetTenant:
    """The councils and sittings of one assembly.

    A title like 令和６年第１回２月定例会 02月22日－01号 is taken apart; any other becomes the name
    of a council, and the sitting is labelled by its day. Numbers are kept where every document
    has them in its key (host/tenant/council/schedule) or link. ``sittings`` maps council and
    schedule to what is served. With ``hidden``, tenant.js is the old one that writes a field.

    Raises ReplayError for what the answers cannot hold.
    """

    def __init__(
        self, slug: str, documents: Iterable[Document], id: int, *, hidden: bool = False
    ) -> None:
        self.slug, self.id, self.hidden = slug, id, hidden
        self.councils: dict[int, _CouncilSession] = {}
        self.sittings: dict[tuple[int, int], Document] = {}
        for document, (council, schedule) in _numbered(documents):
            name, label, year = _named(document)
            held = self.councils.setdefault(council, _CouncilSession(council, name, year))
            if (council, schedule) in self.sittings or held.name != name:
                raise ReplayError(f"{document.key}: {council}/{schedule} is {held.name} already")
            held.sittings[schedule] = (label or _label(document, held), document)
            self.sittings[council, schedule] = document
            _blocks(document)

    def councils_index(self) -> object:
        """Years newest first, in each the councils by type, and papers, which are no councils."""
        years = []
        for year in sorted({each.year for each in self.councils.values()}, reverse=True):
            own = [each for each in self.councils.values() if each.year == year]
            sorts = [
                (_PLENARY, [each for each in own if "委員会" not in each.name]),
                (_COMMITTEE, [each for each in own if "委員会" in each.name]),
                (_PAPERS, [_CouncilSession(900_000 + year, "会議日程", year)]),
            ]
            names = ("path", "name1", "name2", "name3", "name4", "name5")
            types = [
                {f"council_type_{name}": value for name, value in zip(names, sort, strict=True)}
                | {
                    "councils": [
                        {"council_id": each.id, "name": each.name, "postit_count": 0}
                        for each in held
                    ]
                }
                for sort, held in sorts
                if held
            ]
            years.append(
                {"view_year": str(year), "japanese_year": f"{year}年", "council_type": types}
            )
        return {"councils": [{"view_years": years}]}

    def schedules(self, council: int) -> object:
        """Contents first, which are no sitting, then every sitting."""
        listed = self.councils[council].sittings.items() if council in self.councils else ()
        rows = [
            {"schedule_id": id, "name": label, "page_no": 1, "hit_count": 0, "postit_count": 0}
            for id, (label, _) in listed
        ]
        if rows:
            first = str(rows[0]["name"]).partition("日")[0]
            rows.insert(0, {"schedule_id": 1, "name": f"{first}日－目次", "page_no": 0})
        return {"schedules_and_materials": rows}

    def minutes(self, council: int, schedule: int) -> object:
        document = self.sittings.get((council, schedule))
        return {"tenant_minutes": _blocks(document) if document else []}

    def script(self) -> str:
        if self.hidden:
            return filled("discussnet/hidden_tenant.js", id=self.id)
        return f"dnp.params.tenant_id = {self.id}"


class DiscussnetHost:
    """A host with its tenants, which answers for ``/tenant/`` and ``/dnp/``.

    ``tenants`` maps slugs to documents; those named in ``hidden`` have the old tenant.js.
    """

    def __init__(
        self, tenants: Mapping[str, Iterable[Document]], *, hidden: Iterable[str] = ()
    ) -> None:
        old = set(hidden)
        self.tenants = {
            slug: DiscussnetTenant(slug, documents, id, hidden=slug in old)
            for id, (slug, documents) in enumerate(tenants.items(), start=101)
        }
        self.sites = {"tenant": self, "dnp": self}

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """tenant.js, a shell for every other page of a tenant, or an answer of the API."""
        parts = urlsplit(path)
        _, first, second, *rest = [*parts.path.split("/"), ""]
        if first == "tenant":
            tenant = self.tenants.get(second)
            if tenant is None:
                return not_found(path)
            if rest[:2] == ["js", "tenant.js"]:
                return Reply(body=tenant.script().encode("cp932"), content_type="text/javascript")
            shell = filled("discussnet/shell.html", slug=second)
            return Reply(body=shell.encode("cp932"), content_type="text/html; charset=Shift_JIS")
        endpoint = parts.path.removeprefix("/dnp/search/")
        if method != "POST":
            return Reply(body=b"Bad Request", content_type="text/plain", status=400)
        answer = self._answer(endpoint, _fields(body, headers))
        callback = parse_qs(parts.query).get("callback")
        if callback and answer.status == 200:
            wrapped = f"{callback[0]}(".encode() + answer.body + b")"
            return Reply(body=wrapped, content_type="application/javascript")
        return answer

    def _answer(self, endpoint: str, fields: Mapping[str, str]) -> Reply:
        asked = {name: int(value) for name, value in fields.items() if value.isdigit()}
        tenant = next(
            (each for each in self.tenants.values() if each.id == asked.get("tenant_id")), None
        )
        if tenant is None:
            return Reply(body=b"Internal Error", content_type="text/plain", status=500)
        if endpoint == "councils/index":
            return _json(tenant.councils_index())
        if endpoint == "minutes/get_schedule_all" and "council_id" in asked:
            return _json(tenant.schedules(asked["council_id"]))
        if endpoint == "minutes/get_minute" and {"council_id", "schedule_id"} <= asked.keys():
            return _json(tenant.minutes(asked["council_id"], asked["schedule_id"]))
        return Reply(body=b"Bad Request", content_type="text/plain", status=400)


def _numbered(documents: Iterable[Document]) -> Iterable[tuple[Document, tuple[int, int]]]:
    """Each document with the numbers of council and schedule: its own, or counted."""
    in_order = sorted(documents, key=lambda each: (each.day, each.key))
    own = [_KEY.fullmatch(each.key) or _LINK.search(each.url or "") for each in in_order]
    if in_order and all(own):
        return [
            (each, (int(at[1]), int(at[2]))) for each, at in zip(in_order, own, strict=True) if at
        ]
    councils: dict[tuple[str, int], list[Document]] = {}
    for document in in_order:
        name, _, year = _named(document)
        councils.setdefault((name, year), []).append(document)
    return [
        (document, (council, schedule))
        for council, held in enumerate(councils.values(), start=1)
        for schedule, document in enumerate(held, start=2)
    ]


def _named(document: Document) -> tuple[str, str, int]:
    """Council, label (may be empty) and the year to list it under, which is that of its name."""
    title = _TITLE.fullmatch(document.title)
    council, label = (title["council"], title["label"]) if title else (document.title, "")
    year = _YEAR.search(council.translate(_DIGITS))
    if not year:
        return council, label, document.day.year
    try:
        return council, label, parse_span(year[0]).start.year
    except DateError as error:
        raise ReplayError(f"{document.key}: {error}") from error


def _label(document: Document, council: _CouncilSession) -> str:
    day = document.day
    return f"{day.month:02}月{day.day:02}日－{len(council.sittings) + 1:02}号"


def _blocks(document: Document) -> list[dict[str, object]]:
    """名簿, then every utterance; ids have gaps, as those of blocks that were taken out."""
    blocks: list[dict[str, object]] = []
    if document.front_matter:
        blocks.append(_block(1, 2, "（名簿）", document.front_matter, None))
    for passage in document.passages:
        name, role = passage.speaker, passage.role
        if not (name or role):
            raise ReplayError(f"{document.key}#{passage.key}: nobody said this")
        if role:
            label = f"{role}（{name}）" if name else role
            code = _CODES.get(passage.stance or Stance.OTHER, 6)
        else:
            label = f"（{name}君）" if passage.stance is Stance.QUESTION else str(name)
            code = _CODES.get(passage.stance or Stance.OTHER, 4)
        text = f"{_MARKS[code]}{label}\u3000{passage.text}"
        blocks.append(_block(passage.order + 2, code, label, text, passage))
    return blocks


def _block(id: int, code: int, title: str, text: str, passage: Passage | None) -> dict[str, object]:
    return {
        "minute_id": id,
        "title": title,
        "page_no": (passage.page or 0) if passage else 1,
        "hit_count": 0,
        "body": f"<pre>{html.escape(text, quote=False)}\n</pre>",
        "minute_anchor_id": "",
        "minute_type": _SORTS[code],
        "minute_type_code": code,
        "speech_type": None,
        "minute_link": [],
    }


def _fields(body: bytes, headers: Mapping[str, str]) -> dict[str, str]:
    """A form, or an object of JSON, which the site takes as well."""
    text = body.decode("utf-8", "replace")
    if "json" in headers.get("Content-Type", ""):
        return {name: str(value) for name, value in json.loads(text).items()}
    return {name: values[0] for name, values in parse_qs(text).items()}


def _json(answer: object) -> Reply:
    """Everything beyond ASCII is escaped, as on the site."""
    return Reply(body=json.dumps(answer).encode("ascii"), content_type="application/json")
