"""What the pages of a source hold, on its way into the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from traceback import extract_tb

from crawler.page import Answer, Found, Listed
from crawler.running.report import SourceReport
from kazami.document import Document
from kazami.errors import KazamiError
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


def explain(url: str, error: Exception) -> tuple[str, bool]:
    """What went wrong with a page in a line, and whether that is a bug of ours."""
    if isinstance(error, KazamiError):
        return str(error), False
    frames = extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    if isinstance(error, ValueError):
        # The values of kazami.document refuse nonsense, which a page can hold.
        return f"{url}: {error} ({place})", False
    what = f"{type(error).__name__}: {error}"
    return f"{url}: a bug in {place}: {what}; please report it", True
