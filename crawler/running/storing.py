"""What the pages of a source hold, on its way into the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crawler.page import Answer, Found, Listed
from crawler.running.report import SourceReport
from kazami.document import Document
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
