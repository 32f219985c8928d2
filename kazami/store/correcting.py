"""Giving a correction and taking it back, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa

from kazami.document import Document
from kazami.store import corrections, putting, reading
from kazami.store.placing import as_read, laid_over, words_of
from kazami.store.records import Correction, NothingToCorrect


def correct(
    connection: sa.Connection,
    id: str,
    values: Mapping[str, str | None],
    given: datetime,
    without: Collection[str],
) -> None:
    """Keep these corrections of a passage or, with the id of a document, of its day."""
    change = putting.last_change(connection)  # first, so that nobody else writes meanwhile
    document, key = _parts(id)
    number, read = _as_read(connection, document)
    words = None if key is None else words_of(read, key)
    if key is not None and words is None:
        raise NothingToCorrect(f"{document} has no passage #{key}")
    corrections.withdraw(connection, document, key, without)
    corrections.give(connection, document, words, values, given)
    _put_again(connection, number, read, change)


def take_back(connection: sa.Connection, id: str) -> list[Correction]:
    """Forget the corrections with this id, whether they stand or not; returns them."""
    change = putting.last_change(connection)
    document, key = _parts(id)
    kept = corrections.kept(connection, [document]).get(document, [])
    gone = [each for each in kept if each.key == key]
    if not gone:
        raise NothingToCorrect(f"nothing is corrected in {id}; kazami correct --list shows all")
    told = [each for each in corrections.listed(connection, document) if each.id == id]
    number, read = _as_read(connection, document)
    corrections.delete(connection, [each.number for each in gone])
    if any(each.placed for each in gone):
        _put_again(connection, number, read, change)
    return told


def read_document(connection: sa.Connection, id: str) -> tuple[int, Document] | None:
    """The document without its corrections, and its number."""
    found = reading.document(connection, id)
    if found is None:
        return None
    number, document = found
    return number, as_read(document, corrections.kept(connection, [id]).get(id, ()))


def _as_read(connection: sa.Connection, id: str) -> tuple[int, Document]:
    found = read_document(connection, id)
    if found is None:
        raise NothingToCorrect(f"there is no document {id}")
    return found


def _put_again(connection: sa.Connection, number: int, read: Document, change: int) -> None:
    kept = corrections.kept(connection, [read.id]).get(read.id, [])
    document, now = laid_over(read, kept)
    corrections.move(connection, kept, now)
    putting.put_corrected(connection, number, document, change + 1)


def _parts(id: str) -> tuple[str, str | None]:
    """A document's id, and the key of a passage where it is a passage's."""
    document, apart, key = id.rpartition("#")
    return (document, key) if apart else (id, None)
