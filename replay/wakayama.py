"""和歌山県議会's pages replayed from documents: index, sessions and sittings in UTF-8.

The pages are made after a description, and have the traps that it names: an older generation of
file names, an anchor in a link, 本文 for 全文, 〇 for ○, links to slices of a sitting.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from datetime import date

from kazami.dates import wareki
from kazami.document import Document
from replay.replies import Reply, not_found
from replay.speaker_lines import refuse_second_speakers, speaker_label
from replay.templates import filled

INDEX = "d00203238"

_WEEK = "月火水木金土日"


class Assembly:
    """The pages under ``/gijiroku/``; ``sittings`` maps file names to what they hold."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.sittings: dict[str, Document] = {}
        self.sessions: dict[str, list[str]] = {}
        for number, document in enumerate(sorted(documents, key=lambda each: each.day)):
            old = document.day.year < 2010
            name = f"p{number:05}" if old else f"d{number:08}"
            _text(document)
            self.sittings[name] = document
            month = f"{'p1' if old else 'd1'}{document.day:%Y%m}"
            self.sessions.setdefault(month, []).append(name)

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """The page of that name; the folder itself is forbidden, as on the site."""
        if path == "/gijiroku/":
            return Reply(body=b"Forbidden", content_type="text/plain", status=403)
        name = path.removeprefix("/gijiroku/").removesuffix(".html")
        if name == INDEX:
            return _reply("会議録の検索と閲覧", self._index())
        if name in self.sessions:
            return _reply("会議録　目次", self._session(name))
        if name in self.sittings:
            return _reply(self.sittings[name].title, _text(self.sittings[name]))
        return not_found(path)

    def _index(self) -> str:
        parts: list[str] = []
        for year in sorted({name[2:6] for name in self.sessions}, reverse=True):
            sessions = [
                filled("wakayama/index_session.html", name=name, month=int(name[6:]))
                for name in self.sessions
                if name[2:6] == year
            ]
            printed = wareki(date(int(year), 12, 1)).partition("年")[0]
            held = "\n".join(sessions)
            parts.append(filled("wakayama/index_year.html", year=printed, sessions=held))
        return "\n".join(parts)

    def _session(self, name: str) -> str:
        links = []
        for number, sitting in enumerate(self.sessions[name], start=1):
            link = filled(
                "wakayama/session_sitting.html",
                name=sitting,
                anchor="#00" if sitting.startswith("p") else "",
                number=number,
                word="本文" if number % 3 == 0 else "全文",
                slice=sitting.replace("0", "9", 1),
            )
            links.append(link)
        return "\n".join(links)


def _text(document: Document) -> str:
    mark = "〇" if document.day.day % 2 else "○"
    day = document.day
    said = [f"{wareki(day)}（{_WEEK[day.weekday()]}曜日）", "", document.front_matter]
    said += [
        f"{mark}{speaker_label(document, each)}　{each.text.strip()}" for each in document.passages
    ]
    text = "\n".join(said)
    refuse_second_speakers(document)
    return html.escape(text, quote=False).replace("\n", "<br>\n")


def _reply(title: str, body: str) -> Reply:
    page = filled("wakayama/page.html", title=html.escape(title, quote=False), body=body)
    return Reply(body=page.encode("utf-8"), content_type="text/html; charset=utf-8")
