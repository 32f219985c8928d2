"""静岡県議会's Domino database replayed from documents: a view that opens one session, and pages.

The markup is made after a description: tables without classes, labels beside their values, and a
page that says UTF-8 while its bytes are cp932. Pages before 2004 print a marker on four lines.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qs

from kazami.document import Document, Passage
from replay.replies import ReplayError, Reply, not_found
from replay.speaker_lines import refuse_second_speakers, speaker_label
from replay.templates import filled


class NotesDatabase:
    """The view and pages under ``/all/NAME.nsf/``; ``pages`` maps ids to what they hold.

    A title is a session, a full-width space and what the page is called. Raises ReplayError for
    what the pages cannot hold.
    """

    def __init__(self, name: str, documents: Iterable[Document]) -> None:
        self.name = name
        self.pages: dict[str, Document] = {}
        self.sessions: dict[str, list[str]] = {}
        for document in sorted(documents, key=lambda each: each.day, reverse=True):
            session, space, _ = document.title.partition("\u3000")
            if not space:
                raise ReplayError(f"{document.key}: {document.title!r} names no session")
            _text(document)
            packed = hashlib.sha256(f"{document.platform}:{document.key}".encode()).hexdigest()
            id = packed[:32].upper()
            self.pages[id] = document
            self.sessions.setdefault(session, []).append(id)

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """The view, closed or with one session open, or one page."""
        place, _, query = path.partition("?")
        base = f"/all/{self.name}.nsf"
        if place == f"{base}/WebView1":
            asked = parse_qs(query, keep_blank_values=True)
            return _reply(self._view(base, int(asked.get("Expand", ["0"])[0])))
        id = place.rpartition("/")[2]
        if place.startswith(f"{base}/") and id in self.pages and query == "OpenDocument":
            return _reply(_text(self.pages[id]))
        return not_found(path)

    def _view(self, base: str, open: int) -> str:
        rows = []
        for number, (session, ids) in enumerate(self.sessions.items(), start=1):
            way = "Collapse" if number == open else "Expand"
            row = {"base": base, "number": number, "way": way, "session": html.escape(session)}
            rows.append(filled("domino/view_session.html", **row))
            if number != open:
                continue
            rows.append(_link(base, "0" * 32, "【目次】"))
            for id in ids:
                rows.append(_link(base, id, self.pages[id].title.partition("\u3000")[2]))
        return filled("domino/view.html", rows="\n".join(rows))


def _link(base: str, id: str, label: str) -> str:
    label = html.escape(label)
    return filled("domino/view_page.html", base=base, view="A" * 32, id=id, label=label)


def _text(document: Document) -> str:
    day = document.day
    said = [f"{_marker(document, each)}{each.text.strip()}" for each in document.passages]
    refuse_second_speakers(document, front_matter=False)
    _encoded("\n".join([document.title, document.front_matter, *said]), document.key)
    head = html.escape(document.title.partition("\u3000")[0], quote=False)
    label = "質問日：" if day.day % 2 else "（質問日:"
    text = html.escape("\n".join([document.front_matter, *said]), quote=False)
    return filled(
        "domino/sitting.html",
        session=head,
        label=label,
        day=f"{day:%m/%d/%Y}",
        text=text.replace("\n", "<br>\n"),
    )


def _marker(document: Document, passage: Passage) -> str:
    name, role = passage.speaker, passage.role
    if name and role and document.day.year < 2004 and "（" not in f"{name}{role}":
        return f"○{role}\n(\n{name}君\n)\n"
    return f"○{speaker_label(document, passage)}　"


def _encoded(text: str, where: str) -> bytes:
    try:
        return text.encode("cp932")
    except UnicodeEncodeError as error:
        raise ReplayError(f"{where}: no room in cp932 for {text[error.start]!r}") from error


def _reply(body: str) -> Reply:
    page = filled("domino/page.html", body=body)
    return Reply(body=_encoded(page, "a page"), content_type="text/html; charset=Shift_JIS")
