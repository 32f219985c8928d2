"""The facts of a stored notice, by the text of its page and of its files together."""

from __future__ import annotations

from crawler.reading.notices import FileText, read_tender_and_files
from kazami.document import Document, Kind
from kazami.facts import Facts
from kazami.procurement import JAPAN


def facts_of(document: Document) -> Facts | None:
    """What page and files say of a purchase; of other kinds than tenders what is known already.

    It goes by the document alone, so that the order in which files come does not count.
    """
    if document.kind is not Kind.TENDER:
        return document.facts
    files: dict[tuple[str | None, str], list[str]] = {}
    page: list[str] = []
    names = {each.url: each.name for each in document.attachments}
    for passage in document.passages:
        if passage.part is None:
            page.append(passage.text)
        else:
            name = names.get(passage.url or "", passage.part)
            files.setdefault((passage.url, name), []).append(passage.text)
    if not files:
        return document.facts
    return read_tender_and_files(
        document.title,
        page,
        [FileText(name, blocks) for (_, name), blocks in files.items()],
        seen=document.fetched.astimezone(JAPAN).date(),
        listed=_cells(document.front_matter),
    )


def _cells(front_matter: str) -> dict[str, str]:
    """What the list prints of it, as ``items.alone`` wrote it."""
    lines = (line.partition("：") for line in front_matter.split("\n"))
    return {name: cell for name, mark, cell in lines if mark}
