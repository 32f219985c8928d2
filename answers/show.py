"""Show: one document, or one passage with its neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING

from answers.passing_on import PassingOn
from indexer.citation import citation
from kazami.document import Document, Kind
from kazami.errors import KazamiError
from kazami.reading_quality import ReadingQuality
from kazami.store import Store, StoredPassage

if TYPE_CHECKING:
    from answers.joining import JoinedTender

AROUND = 2
"""How many neighbours a passage is shown with, on either side."""


class UnknownId(KazamiError):
    """Neither a document nor a passage has this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageAnswer:
    """A passage, the neighbours ``around`` it in their order, and how it is cited.

    ``pass_on``: the document's text may be given to others; None where that was not asked.
    ``reading`` and ``read_date`` are those of its document.
    """

    passage: StoredPassage
    around: tuple[StoredPassage, ...]
    citation: str
    pass_on: bool | None
    reading: ReadingQuality | None
    read_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAnswer:
    """A document; ``missing`` is the day on which it was found gone from its source.

    ``pass_on``: its text may be given to others; None where that was not asked. ``source`` is the
    id of the source that published it, None for one that was imported. ``read`` is what was read of
    each field that a correction has changed, by passage (key), the day's under None. ``joined`` are
    the documents of the tender that it is of, None where it is of none or stands alone.
    """

    document: Document
    missing: date | None
    pass_on: bool | None
    source: str | None
    read: Mapping[str | None, Mapping[str, str | None]] = field(default_factory=dict)
    joined: JoinedTender | None = None


def show(
    store: Store, id: str, passing_on: PassingOn | None = None
) -> PassageAnswer | DocumentAnswer:
    """What has this id: a passage where it holds ``#``, else a document; raises UnknownId.

    Whoever gives texts to others asks ``passing_on`` too; it reads permissions and sources.
    """
    if "#" in id:
        passage = store.passage(id)
        if passage is None:
            raise UnknownId(_unknown_passage(store, id))
        around = tuple(store.neighbours(id, AROUND, AROUND))
        of = store.document(passage.document_id)
        return PassageAnswer(
            passage=passage,
            around=around,
            citation=citation(passage),
            pass_on=passing_on.of(passage.source, passage.pass_on) if passing_on else None,
            reading=of.reading if of else None,
            read_date=of.read_date if of else None,
        )
    document = store.document(id)
    if document is None:
        raise UnknownId(_unknown_document(store, id))
    head = store.heads([id]).get(id)
    return DocumentAnswer(
        document=document,
        missing=head.missing if head else None,
        pass_on=passing_on.of(head.source, head.pass_on) if passing_on and head else None,
        source=head.source if head else None,
        read=_read(store, id),
        joined=_joined(store, document),
    )


def _joined(store: Store, document: Document) -> JoinedTender | None:
    if document.kind not in (Kind.TENDER, Kind.AWARD):
        return None
    from answers.versions import versions_of  # minutes, nearly all there is, are joined to none

    return versions_of(store, document)


def _read(store: Store, document: str) -> dict[str | None, dict[str, str | None]]:
    read: dict[str | None, dict[str, str | None]] = defaultdict(dict)
    for each in store.corrections(document):
        if each.placed and each.read != each.value:
            read[each.key][each.field] = each.read
    return dict(read)


def _unknown_passage(store: Store, id: str) -> str:
    document_id, _, key = id.rpartition("#")
    document = store.document(document_id)
    if document is None:
        return _unknown_document(store, document_id)
    if not document.passages:
        return f"{document_id} has no passages; kazami show {document_id} shows what is known of it"
    first, last = document.passages[0].key, document.passages[-1].key
    return f"{document_id} has no passage #{key}; they run from #{first} to #{last}"


def _unknown_document(store: Store, id: str) -> str:
    known = [known for source in store.source_runs() for known in store.documents_of(source)]
    nearest = max(known, key=lambda other: _alike(other, id), default="")
    if _alike(nearest, id) > len(id) // 2:
        return f"there is no document {id}; did you mean {nearest}?"
    return f"there is no document {id}; kazami search prints the id of every hit"


def _alike(one: str, other: str) -> int:
    """With how many characters both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
