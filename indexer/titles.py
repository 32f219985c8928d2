"""Title rows: the titles of announcements, tenders and awards are searched beside their passages.

Every engine holds, beside the rows of a document's passages and after them, one row more whose text
is the title, also where there is no passage. Minutes have none: what their titles say (定例会) is
nothing that was said. A title row matches a query as a passage does, and is counted in documents
and bodies, never in passages, occurrences or tokens.
"""

from __future__ import annotations

from kazami.document import Document, Kind


def is_searched(kind: Kind) -> bool:
    """Whether documents of the kind have a title row."""
    return kind is not Kind.MINUTES


def searched_title(document: Document) -> str | None:
    """The text of its title row; None where it has none."""
    return document.title if is_searched(document.kind) else None


def characters(document: Document) -> int:
    """How much of it is tokenized."""
    text = sum(len(passage.text) for passage in document.passages)
    return text + len(searched_title(document) or "")
