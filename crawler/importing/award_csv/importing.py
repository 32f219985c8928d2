"""A whole table of awards into the store: streamed, each row stored or rejected with its reason."""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawler.importing.award_csv.awards import Award, AwardReader
from crawler.importing.award_csv.layout import LOOKED_AT, layout_of
from crawler.importing.award_csv.mapping import ColumnMapping
from crawler.importing.award_csv.reading import LONG, awards_of
from crawler.importing.award_csv.rows import rows
from crawler.importing.award_csv.words import AwardColumn
from crawler.importing.document_json import NotADocument
from crawler.importing.jsonl import ImportReport
from crawler.importing.text_lines import BadLine, NoTextFile, Progress
from kazami.bodies import Bodies
from kazami.document import Document, Kind
from kazami.facts import AwardFacts, AwardOutcome
from kazami.store import Outcome, Store

_BATCH = 2000
_BAD_LINES_KEPT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardReport(ImportReport):
    """What came of a table: its ``rows`` are those stored and those in ``bad_lines``.

    ``invalid_numbers`` counts 法人番号 that are none, ``unknown_bodies`` awards of a body that no
    table knows, ``not_stated`` awards without an amount; ``failed`` and ``cancelled`` are no
    awards. ``unused`` are the names of columns that nothing was read from.
    """

    rows: int
    invalid_numbers: int
    unknown_bodies: int
    not_stated: int
    failed: int
    cancelled: int
    unused: tuple[str, ...]


class _Counts:
    """What is counted on the way."""

    def __init__(self) -> None:
        self.rows = self.invalid = self.unknown = self.not_stated = self.bad_lines = 0
        self.outcomes = dict.fromkeys(AwardOutcome, 0)
        self.bad: list[BadLine] = []

    def reject(self, number: int, reason: str) -> None:
        self.bad_lines += 1
        if len(self.bad) < _BAD_LINES_KEPT:
            self.bad.append(BadLine(number, reason))

    def take(self, award: Award) -> None:
        facts = award.document.facts
        assert isinstance(facts, AwardFacts)
        assert facts.outcome is not None
        assert facts.outcome.value is not None
        self.outcomes[facts.outcome.value] += 1
        self.invalid += award.invalid_number
        self.unknown += not award.known_body
        if facts.outcome.value is AwardOutcome.AWARDED:
            self.not_stated += facts.amount is None or facts.amount.value is None


def import_awards(
    store: Store,
    path: Path,
    bodies: Bodies,
    now: datetime,
    progress: Progress | None = None,
    *,
    mapping: ColumnMapping | None = None,
    body: str | None = None,
) -> AwardReport:
    """Store the awards of a table; rows that are none are skipped and reported.

    ``body`` is the code of the body whose awards all rows are. Raises NoTextFile for a file that is
    no such table, SourceError or UnknownBody for a mapping that makes no sense, StoreError where
    the store refuses.
    """
    if body is None and mapping is not None and mapping.body is not None:
        body = bodies.find(mapping.body).code
    stream = rows(path, progress)
    start = list(itertools.islice(stream, LOOKED_AT))
    shape = layout_of([row for _, row in start if isinstance(row, list)], mapping, str(path))
    if not shape.portal and body is None and not shape.places.keys() & _WHOSE:
        raise NoTextFile(
            f"{path}: no column says whose awards these are: name the body with --body"
        )
    counts, outcome = _Counts(), Outcome()
    reader = AwardReader(shape, bodies, now, body)
    with closing(_Taken()) as taken:
        below = _below(itertools.chain(start, stream), shape.first)
        aside = path.stat().st_size >= LONG and (os.cpu_count() or 1) > 1
        read = awards_of(below, reader, aside=aside)
        for batch in _batches(_documents(read, taken, counts)):
            outcome += store.put(batch)
    return AwardReport(
        outcome=outcome,
        passages=0,
        kinds=frozenset({Kind.AWARD}),
        front_matter=0,
        bad=tuple(counts.bad),
        bad_lines=counts.bad_lines,
        rows=counts.rows,
        invalid_numbers=counts.invalid,
        unknown_bodies=counts.unknown,
        not_stated=counts.not_stated,
        failed=counts.outcomes[AwardOutcome.FAILED],
        cancelled=counts.outcomes[AwardOutcome.CANCELLED],
        unused=shape.unused,
    )


_WHOSE = {AwardColumn.BODY_CODE, AwardColumn.BODY, AwardColumn.PREFECTURE}


def _below(
    numbered: Iterator[tuple[int, list[str] | BadLine]], first: int
) -> Iterator[tuple[int, list[str] | BadLine]]:
    """The rows below the header: ``first`` rows that could be read are left out."""
    for number, row in numbered:
        if first and isinstance(row, list):
            first -= 1
        else:
            yield number, row


def _documents(
    found: Iterator[tuple[int, Award | str]], taken: _Taken, counts: _Counts
) -> Iterator[Document]:
    for number, award in found:
        counts.rows += 1
        try:
            if isinstance(award, str):
                raise NotADocument(award)
            document = taken.told_apart(award.document, number)
        except NotADocument as error:
            counts.reject(number, str(error))
            continue
        counts.take(award)
        yield document


def _batches(found: Iterator[Document]) -> Iterator[list[Document]]:
    while batch := list(itertools.islice(found, _BATCH)):
        yield batch


class _Taken:
    """The keys of a file, on disk: a table may have more rows than memory is for."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("BEGIN")
        self._database.execute(
            "CREATE TABLE taken (key TEXT PRIMARY KEY, hash TEXT, line INTEGER) WITHOUT ROWID"
        )

    def told_apart(self, document: Document, line: int) -> Document:
        """The document, its key numbered where an earlier row has it (lots of one case).

        Raises NotADocument where the whole row stands in an earlier line.
        """
        key, times = document.key, 1
        while not self._database.execute(
            "INSERT OR IGNORE INTO taken VALUES (?, ?, ?)", (key, document.content_hash, line)
        ).rowcount:
            hash_, earlier = self._database.execute(
                "SELECT hash, line FROM taken WHERE key = ?", (key,)
            ).fetchone()
            if hash_ == document.content_hash:
                raise NotADocument(f"the same row as line {earlier}")
            times += 1
            key = f"{document.key}-{times}"
        return document if times == 1 else replace(document, key=key)

    def close(self) -> None:
        self._database.close()
