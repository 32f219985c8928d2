"""A folder of minutes replayed from documents, as 東根市's is described: one index, cp932 pages."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping

from kazami.dates import wareki
from kazami.document import Document
from replay.replies import ReplayError, Reply, not_found
from replay.speaker_lines import refuse_second_speakers, speaker_label
from replay.templates import filled


class Folder:
    """The pages under ``/kensaku/``: ``mokuji.html`` and a page for each sitting.

    ``sittings`` maps file names to what they hold. Raises ReplayError for what has no place there.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self.sittings: dict[str, Document] = {}
        for number, document in enumerate(sorted(documents, key=lambda each: each.day), start=1):
            _text(document)
            self.sittings[f"r{document.day.year}t{number}.html"] = document

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """The index or one sitting."""
        name = path.removeprefix("/kensaku/")
        if name == "mokuji.html":
            return _reply("会議録目次", self._index())
        if name in self.sittings:
            return _reply(self.sittings[name].title, _text(self.sittings[name]))
        return not_found(path)

    def _index(self) -> str:
        rows = [
            filled(
                "static_dir/index_sitting.html",
                name=name,
                title=html.escape(document.title),
                year=wareki(document.day).partition("年")[0],
                month=document.day.month,
                day=document.day.day,
            )
            for name, document in reversed(self.sittings.items())
        ]
        return filled("static_dir/index.html", rows="\n".join(rows))


def _text(document: Document) -> str:
    said = [f"○{speaker_label(document, each)}　{each.text.strip()}" for each in document.passages]
    text = "\n".join([f"{wareki(document.day)}（開議）", document.front_matter, *said])
    refuse_second_speakers(document)
    _encoded(f"{document.title}{text}")
    return html.escape(text, quote=False).replace("\n", "<br>\n")


def _encoded(text: str) -> bytes:
    try:
        return text.encode("cp932")
    except UnicodeEncodeError as error:
        raise ReplayError(f"no room in cp932 for {text[error.start]!r}") from error


def _reply(title: str, body: str) -> Reply:
    page = filled("static_dir/page.html", title=html.escape(title, quote=False), body=body)
    return Reply(body=_encoded(page), content_type="text/html")
