"""What the pages of a source hold, on its way into the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlsplit

from crawler.page import (
    Answer,
    Attached,
    Elsewhere,
    Follow,
    Found,
    Incomplete,
    Listed,
    Remark,
)
from crawler.permission.standing import JAPAN
from crawler.platform import platform
from crawler.running.merging import as_read, with_attached, with_what_was_stored
from crawler.running.report import SourceReport
from kazami.bodies import UNKNOWN_BODY
from kazami.document import Document, Kind
from kazami.facts import organisation_of
from kazami.fills import rates_of, together
from kazami.reading_quality import ReadingQuality
from kazami.store import Store


class Storing:
    """Puts what one source's pages say into the store, and counts it in its report."""

    def __init__(self, store: Store, report: SourceReport, run: int) -> None:
        self._store, self._report, self._run = store, report, run
        self._counted: set[str] = set()
        self._unchanged: set[str] = set()
        self._of_unknown: set[str] = set()
        self._gone: set[str] = set()

    def documents(self, answers: Iterable[Answer], fetched: datetime) -> list[Document]:
        """The documents among the answers of a page; raises ValueError where one is nonsense.

        What their attached files held when last read stands in them.
        """
        answers = list(answers)
        parts = {answer.part_of for answer in answers if isinstance(answer, Follow)}
        return [
            self._document(found, fetched, whole=found.key not in parts)
            for found in answers
            if isinstance(found, Found)
        ]

    def _document(self, found: Found, fetched: datetime, *, whole: bool) -> Document:
        source = self._report.source
        day = found.date
        if day is not None and source.kind is not Kind.MINUTES and _to_come(day, fetched):
            self._report.remarks.append(
                f"{found.url}: {day}, the day it states, is still to come; kept without a day"
            )
            day = None
        document = Document(
            body=found.body or source.body,
            kind=source.kind,
            platform=source.platform,
            key=found.key,
            title=found.title,
            date=day,
            fetched=fetched,
            passages=found.passages,
            url=found.url,
            front_matter=found.front_matter,
            reading=_reading(found, fetched),
            facts=found.facts,
            attachments=found.attachments,
            version=found.version,
        )
        if not found.attachments and not found.dated_by:
            return document
        before = self._store.document(document.id)
        document = self._with_facts(with_what_was_stored(document, found, before))
        if not whole and (before is None or before.version != found.version):
            # Not known as read in this version before its files are.
            document = replace(document, version=None)
        return document

    def _with_facts(self, document: Document) -> Document:
        """With what page and files state together, now that the text of both stands in it."""
        facts_of = platform(document.platform).facts_of
        return document if facts_of is None else replace(document, facts=facts_of(document))

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
        if outcome.unchanged:
            self._unchanged.add(document.id)
        else:
            self._counted.add(document.id)
        if document.body == UNKNOWN_BODY and document.id not in self._of_unknown:
            self._of_unknown.add(document.id)
            name = organisation_of(document)
            report.unknown_bodies[name] = report.unknown_bodies.get(name, 0) + 1

    def attach(self, attached: Attached, version: str | None = None) -> None:
        """Put what a file holds into its document; ``version`` where that is then whole.

        A document counts once in a run, however many files it has. Raises StoreError.
        """
        report = self._report
        id = f"{report.source.platform}:{attached.document}"
        before = self._store.document(id)
        if before is None:  # refused, which was told
            return
        after = self._with_facts(with_attached(before, attached))
        if version is not None:
            after = replace(after, version=version)
        changed = self._store.put([after], source=report.source.id, run=self._run).changed
        report.files += 1
        if changed and id not in self._counted:
            self._counted.add(id)
            report.changed += 1
            if id in self._unchanged:
                report.unchanged -= 1

    def leave(self, found: Found, fetched: datetime, *, gone: bool, settled: bool) -> None:
        """A document whose page cannot be had stays as it is stored, else as the listing names it.

        ``gone``: it is marked missing. ``settled``: it is not asked for again in this version.
        Raises StoreError and ValueError.
        """
        source = self._report.source
        id = f"{source.platform}:{found.key}"
        before = self._store.document(id)
        version = found.version if settled else None
        if before is None:
            self.put(self._document(replace(found, version=version), fetched, whole=True))
            self._report.without_text += 1
        elif settled and before.version != version:
            self._store.put(
                [replace(as_read(before), version=version)], source=source.id, run=self._run
            )
        if gone:
            day = fetched.astimezone(JAPAN).date()
            self._report.missing += self._store.mark_missing([id], day)

    def tell(self, answers: Iterable[Answer]) -> None:
        """Count links to other hosts, and keep what is remarked and what did not come."""
        for answer in answers:
            if isinstance(answer, Elsewhere):
                host = urlsplit(answer.url).hostname or answer.url
                self._report.elsewhere[host] = self._report.elsewhere.get(host, 0) + 1
            elif isinstance(answer, Remark):
                self._report.remarks.append(answer.said)
            elif isinstance(answer, Incomplete):
                self._report.incomplete.append(answer.said)

    def found_again(self) -> None:
        """Take off the count what went from one listing and came in another, later in the run.

        Call it when the run is over.
        """
        if self._gone:
            known = self._store.documents_of(self._report.source.id)
            again = [id for id in self._gone if id in known and known[id].missing is None]
            self._report.missing -= len(again)
            self._gone.clear()

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
        self._gone.update(gone)
        known = set(self._report.near_misses)
        self._report.near_misses += [each for each in listed.near_misses if each not in known]


def _to_come(day: date, fetched: datetime) -> bool:
    return day > fetched.astimezone(JAPAN).date()


def _reading(found: Found, fetched: datetime) -> ReadingQuality | None:
    """How well it was read; a day to come is no sitting's, whatever the page says."""
    if found.date is None or not _to_come(found.date, fetched):
        return found.reading
    quality = found.reading or ReadingQuality(turns=len(found.passages))
    return replace(quality, day=quality.day or f"{found.date} was still to come")
