"""AmiVoice's system replayed from documents: sessions by tens, sittings by tens, texts in UTF-8.

The pages have the shape of public copies of 沼津市's (2026), with its double DOCTYPE string and a
``<td />`` that closes nothing. Not known, and made by likeness: the second page of the sittings.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, unquote_to_bytes

from kazami.document import Document
from replay.replies import Reply, not_found
from replay.speaker_lines import speaker_label
from replay.templates import filled

ROWS = 10
HTML = "text/html; charset=utf-8"

_TITLE = re.compile(r"(?P<session>.+?)(?P<day>（第[^（）]+[日号][^（）]*）)?")


@dataclass
class _Session:
    name: str
    label: str
    committee: bool
    sittings: list[str] = field(default_factory=list)


class City:
    """The lists and texts of one assembly under ``/slug/usr/``.

    A document whose key ends with a name of the site (``numazu/v20260513_02``) keeps it.
    ``sittings`` maps names to what is served. Raises ReplayError for what has no place there.
    """

    def __init__(self, slug: str, documents: Iterable[Document]) -> None:
        self.slug = slug
        self.sittings: dict[str, Document] = {}
        self.sessions: dict[str, _Session] = {}
        for document in sorted(documents, key=lambda each: each.day, reverse=True):
            name = document.key.rpartition("/")[2]
            if not re.fullmatch(r"v\d{8}_\d{2}", name) or name in self.sittings:
                name = f"v{document.day:%Y%m%d}_{len(self.sittings):02}"
            for passage in document.passages:
                speaker_label(document, passage, courtesy="")
            self.sittings[name] = document
            title = _TITLE.fullmatch(document.title)
            label = title["session"].strip() if title else document.title
            committee = "委員会" in label
            known = next((each for each in self.sessions.values() if each.label == label), None)
            if known is None:
                number = len(self.sessions)
                code = f"---{number}" if committee else f"m{document.day:%Y%m%d}_{number}.vcsm"
                known = self.sessions[code] = _Session(code, label, committee)
            known.sittings.append(name)

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """The answer to one request under /slug/."""
        place, _, query = path.partition("?")
        if place != f"/{self.slug}/usr/search.exe":
            return not_found(path)
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        at = 0
        if method == "POST":
            form = parse_qs(unquote_to_bytes(body).decode("utf-8"))
            asked = {name: values[0] for name, values in form.items()}
            button = next((name for name in asked if name.endswith(".x")), "")
            said = re.fullmatch(r"param\[process:(\w+),cur_id:(\d+)\]\.x", button)
            if said is None or f"{button[:-1]}y" not in asked:
                return not_found(path)
            asked["process"], at = said[1], int(said[2])
        match asked.get("process"):
            case "list_vcsm":
                return self._sessions(at)
            case "list" if asked.get("vcsm") in self.sessions:
                return self._sittings(self.sessions[asked["vcsm"]], at)
            case "disp_right":
                return self._text(asked.get("vcsv", ""))
        return not_found(path)

    def _sessions(self, at: int) -> Reply:
        held = [each for each in self.sessions.values() if not each.committee]
        rows = []
        for each in held[at : at + ROWS]:
            first = min(self.sittings[name].day for name in each.sittings)
            rows.append((f"{first:%Y/%m/%d}", each))
        rows += [("", each) for each in self.sessions.values() if each.committee]
        links = [
            _row(day, "session_link", name=quote(each.name), label=html.escape(each.label))
            for day, each in rows
        ]
        return _list("会期名", links, "process:list_vcsm", at, len(held))

    def _sittings(self, session: _Session, at: int) -> Reply:
        links = []
        for name in sorted(session.sittings, key=lambda name: self.sittings[name].day):
            document = self.sittings[name]
            day, title = f"{document.day:%Y/%m/%d}", html.escape(document.title)
            links.append(_row(day, "sitting_link", name=name, title=title))
        hidden = _filled("hidden_session", name=session.name)
        shown = links[at : at + ROWS]
        return _list("会議記録名", shown, "process:list", at, len(links), hidden)

    def _text(self, name: str) -> Reply:
        document = self.sittings.get(name.removesuffix(".vcsv"))
        blocks = []
        if document is not None and name.endswith(".vcsv"):
            if document.front_matter:
                blocks.append(_filled("roster", text=_broken(document.front_matter)))
            for passage in document.passages:
                label = html.escape(speaker_label(document, passage, courtesy=""), quote=False)
                blocks.append(_filled("utterance", label=label, text=_broken(passage.text)))
        said = "".join(
            _filled("said", number=f"{n:05}", block=block) for n, block in enumerate(blocks)
        )
        title = html.escape(document.title, quote=False) if document and blocks else ""
        return _reply(_filled("text", title=title, said=said), ' class="lightgreen"')


def _list(
    head: str, rows: Sequence[str], where: str, at: int, total: int, hidden: str = ""
) -> Reply:
    before = _filled("button", where=where, at=at - ROWS, name="前") if at else ""
    more = at + ROWS < total
    after = _filled("button", where=where, at=at + ROWS, name="次") if more else ""
    holes = {"hidden": hidden, "head": head, "before": before, "after": after}
    return _reply(_filled("list", rows="".join(rows), **holes))


def _row(day: str, link: str, /, **holes: str) -> str:
    return _filled("row", day=day, link=_filled(link, **holes))


def _filled(page: str, /, **holes: object) -> str:
    return filled(f"amivoice/{page}.html", **holes)


def _broken(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>\n")


def _reply(body: str, attributes: str = "") -> Reply:
    return Reply(body=_filled("page", body=body, attributes=attributes).encode(), content_type=HTML)
