"""What the pages of a source hold, on its way into the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from crawler.page import Answer, Found, Listed
from crawler.permission.standing import JAPAN
from crawler.running.report import SourceReport
from kazami.document import Document
from kazami.fills import rates_of, together
from kazami.reading_quality import ReadingQuality
from kazami.store import Store


class Storing:
    """Puts what one source's pages say into the store, and counts it in its report."""

    def __init__(self, store: Store, report: SourceReport, run: int) -> None:
        self._store, self._report, self._run = store, report, run

    def documents(self, answers: Iterable[Answer], fetched: datetime) -> list[Document]:
        """The documents among the answers of a page; raises ValueError where one is nonsense."""
        source = self._report.source
        return [
            Document(
                body=source.body,
                kind=source.kind,
                platform=source.platform,
                key=found.key,
                title=found.title,
                date=found.date,
                fetched=fetched,
                passages=found.passages,
                url=found.url,
                front_matter=found.front_matter,
                reading=_reading(found, fetched),
            )
            for found in answers
            if isinstance(found, Found)
        ]

    def put(self, document: Document) -> None:
        """Store a document; raises StoreError, of which DocumentRefused is the document's own."""
        report = self._report
        outcome = self._store.put([document], source=report.source.id, run=self._run)
        report.new += outcome.new
        report.changed += outcome.changed
        report.unchanged += outcome.unchanged
        report.corrections_lost += outcome.corrections_lost
        if document.doubtful:
            # As it stands now: a person may have said which day it was.
            stored = self._store.passage(document.passage_id(document.passages[0]))
            report.doubtful += stored is None or stored.doubtful
        if outcome.new or outcome.changed:
            report.stored = together(report.stored, rates_of([document]))

    def record(self, listed: Listed, seen: datetime) -> None:
        """Remember a listing; what is gone from it is marked missing. Raises StoreError."""
        source = self._report.source
        gone = self._store.record_listing(
            source.id,
            listed.name,
            documents=[f"{source.platform}:{key}" for key in listed.documents],
            listings=listed.listings,
            seen=seen,
        )
        self._report.missing += len(gone)
        known = set(self._report.near_misses)
        self._report.near_misses += [each for each in listed.near_misses if each not in known]


def _reading(found: Found, fetched: datetime) -> ReadingQuality | None:
    """How well it was read; a day to come is no sitting's, whatever the page says."""
    if found.date <= fetched.astimezone(JAPAN).date():
        return found.reading
    quality = found.reading or ReadingQuality(turns=len(found.passages))
    return replace(quality, day=quality.day or f"{found.date} was still to come")
