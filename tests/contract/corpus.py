"""Invented documents for the contract, and questions in short."""

from __future__ import annotations

from datetime import UTC, date, datetime

from indexer.engines.base import Engine, Reader, Writer
from indexer.query import Filters, Node, Phrase, Sort
from indexer.tokens import query_phrase
from kazami.document import Document, Kind, Passage, Stance
from kazami.reading_quality import ReadingQuality

EVERYTHING = Filters()
FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
SOUND = ReadingQuality(turns=400, missed=1)
DOUBTED = ReadingQuality(turns=400, missed=9)


def passage(
    text: str,
    order: int = 1,
    *,
    speaker: str | None = None,
    role: str | None = None,
    stance: Stance | None = None,
) -> Passage:
    return Passage(
        key=str(order), order=order, text=text, speaker=speaker, role=role, stance=stance
    )


def document(
    key: str,
    *contents: str | Passage,
    day: str | None = "2022-03-01",
    body: str = "139999",
    kind: Kind = Kind.MINUTES,
    title: str = "定例会",
    reading: ReadingQuality | None = None,
) -> Document:
    """A document of the platform ``t``; texts become passages with orders from 1."""
    return Document(
        body=body,
        kind=kind,
        platform="t",
        key=key,
        title=title,
        date=None if day is None else date.fromisoformat(day),
        fetched=FETCHED,
        passages=tuple(
            passage(each, order) if isinstance(each, str) else each
            for order, each in enumerate(contents, 1)
        ),
        reading=reading,
    )


def writing(engine: Engine) -> Writer:
    """A writer of what is searched, which is begun where there is nothing yet."""
    generation = engine.current()
    if generation is None:
        generation = engine.begin()
        engine.switch(generation)
    return engine.writer(generation)


def write(engine: Engine, *documents: Document, change: int = 1) -> None:
    """Put these and commit."""
    writer = writing(engine)
    writer.put(documents)
    writer.commit(change)
    writer.close()


def filled(engine: Engine, *documents: Document) -> Reader:
    """A reader of an index that holds these."""
    write(engine, *documents)
    return engine.reader()


def word(text: str) -> Phrase:
    """What the query language makes of a word."""
    phrase = query_phrase(text)
    assert phrase is not None
    return phrase


def ids(reader: Reader, node: Node, filters: Filters = EVERYTHING) -> list[str]:
    """The ids of all hits, without the platform, sorted: passages, and documents found by title."""
    results = reader.search(node, filters, limit=1000)
    assert results.total + results.titles == len(results.hits)
    return sorted(hit.passage.removeprefix("t:") for hit in results.hits)


def in_order(reader: Reader, node: Node, sort: Sort) -> list[str]:
    results = reader.search(node, EVERYTHING, sort=sort, limit=1000)
    return [hit.passage.removeprefix("t:") for hit in results.hits]


def times(reader: Reader, node: Node) -> int:
    """How often it occurs, in all passages."""
    return sum(cell.occurrences for cell in reader.tally(node, EVERYTHING))
