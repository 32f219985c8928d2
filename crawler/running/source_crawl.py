"""One source in one run: from its first page to the last one, whatever the pages bring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from crawler.fetching.archive import Archive, ArchiveError, Exchange
from crawler.fetching.hosts import (
    FetchError,
    GoneAtSource,
    HostLeft,
    Interrupted,
    LedAway,
    TooLarge,
    same_site,
)
from crawler.frontier import named_parser
from crawler.page import (
    Answer,
    Attached,
    Blocked,
    Elsewhere,
    Follow,
    Listed,
    Page,
    TryLater,
    Wanted,
)
from crawler.permission.standing import NeedsPermission, NotNow, Suspended
from crawler.platform import Platform
from crawler.running.books import Books
from crawler.running.events import EventCallback, PageRead
from crawler.running.parsing import Parsing
from crawler.running.problems import explain
from crawler.running.report import SourceReport, Status
from crawler.running.revisits import Revisits
from crawler.running.source_frontier import SourceFrontier
from crawler.running.storing import Storing
from kazami.attachments import AttachmentState
from kazami.document import Document
from kazami.sources import Source
from kazami.store import DocumentRefused, Store, StoreError

_GIVEN_UP_AFTER = 10
"""Answers. A site of which none of the first ones can be read is asked for no more."""


_REFUSED_IN_A_ROW = 3
"""Pages of single documents that are refused, after which the site means us."""


class SourceCrawl:
    """One source in one run. Knows neither Scrapy nor the network.

    ``begin``, ``read`` and ``lost`` answer with the pages to fetch; each of them comes back to
    ``read`` or to ``lost``, once. It is ``done`` when none is out; ``finish`` then closes the
    books. What is still to be fetched is its frontier, how it went its books, and what the pages
    hold goes through its storing.
    """

    def __init__(
        self,
        source: Source,
        platform: Platform,
        *,
        store: Store,
        archive: Archive,
        parsing: Parsing,
        run: int,
        wanted: Wanted,
        months: int,
        limit: int | None,
        clock: Callable[[], datetime],
        tell: EventCallback,
        barred: NeedsPermission | None = None,
    ) -> None:
        self.source, self.platform = source, platform
        self._barred = barred
        self._store, self._archive, self._parsing = store, archive, parsing
        self._wanted, self._months, self._limit = wanted, months, limit
        self._clock, self._tell = clock, tell
        self._books = Books(source, source.expect or platform.expect, store, run, clock, tell)
        self._storing = Storing(store, self.report, run)
        self._frontier: SourceFrontier | None = None
        self._out: set[str] = set()
        self._resumed: list[Follow] = []
        self._trial: str | None = None
        self._read = self._unread = self._refused = 0
        self.closed = False

    @property
    def report(self) -> SourceReport:
        return self._books.report

    @property
    def stopped(self) -> bool:
        """Whether nothing more may be fetched for it."""
        return self._books.stopped

    @property
    def done(self) -> bool:
        return not self._out

    @property
    def frontier(self) -> SourceFrontier:
        """What is still to be fetched; there is one once it has begun."""
        assert self._frontier is not None
        return self._frontier

    def stop(self, status: Status, note: str | None) -> None:
        """Fetch nothing more for this source; the first reason stands."""
        self._books.stop(status, note)

    def log(
        self, url: str, method: str, status: int | None, body: bytes, fetched: datetime, took: float
    ) -> None:
        """Note one request in the store, whatever came of it."""
        self._books.log(url, method, status, body, fetched, took)

    def begin(self) -> list[Follow]:
        """The first pages to fetch: where an unfinished pass stopped, or at the source's start.

        Of a written frontier one page is tried first: its addresses may not live any more.
        """
        resumed = self._books.open()
        revisits = Revisits(
            self._store.documents_of(self.source.id),
            lambda name: self._store.listing(self.source.id, name),
            self.platform.months(self.source.kind, self._months),
            resumed,
            lambda: self._store.answered(self.source.id, Status.OK),
        )
        self._frontier = SourceFrontier(
            self.source, self._wanted, self._store, self.report, revisits, self._books.problem
        )
        if self._barred is not None:
            self.stop(Status.NEEDS_PERMISSION, str(self._barred))
            return []
        if resumed is not None:
            left = self._frontier.resume(
                lambda name: named_parser(self.platform, name), self._clock()
            )
            if left is not None:
                self._resumed = left[1:]
                self._trial = left[0].key if left else None
                return self._ask(left[:1])
        return self._from_start()

    def _from_start(self) -> list[Follow]:
        self._trial, self._resumed = None, []
        follows: list[Follow] = []
        with self._page(self.source.url):
            follows = list(self.platform.start(self.source, self._wanted))
        return self._ask(self.frontier.begin(follows, self._clock()))

    def read(self, follow: Follow, exchange: Exchange, page: Page) -> list[Follow]:
        """Archive an answer, parse it, store what it holds; returns what to fetch next.

        A page that cannot be read is an error of this page; the others go on.

        Raises StoreError and ArchiveError: without a disk there is no going on.
        """
        self._out.remove(follow.key)
        self._archive.keep(exchange)
        self.report.pages += 1
        # A page that was on its way when the source was stopped is left to the next run.
        if self.stopped:
            return self._told(0, [])
        answers: list[Answer] = []
        documents: list[Document] = []
        readable = False
        if follow.key == self._trial:
            self._trial = None
            try:
                answers = self._answers(page, follow)
                documents = self._storing.documents(answers, exchange.fetched)
            except Interrupted:
                self.stop(Status.INTERRUPTED, None)
            except Exception:
                # Whatever is wrong, with a page from the source's start it will be seen again.
                return self._told(0, self._from_start())
            else:
                readable = True
        else:
            with self._page(page.url):
                # All or nothing: what a page said before it broke is not used.
                try:
                    said = self._answers(page, follow)
                    documents = self._storing.documents(said, exchange.fetched)
                except (Interrupted, TryLater, StoreError):
                    raise
                except Exception as error:
                    if self._has_more_than_its_page(follow):
                        return self._left(follow, error)
                    raise
                answers, readable, self._refused = said, True, 0
        self._seen(readable)
        before = self.report.found
        with self._store.together():
            if readable:
                follows = self._keep(follow.key, documents, answers, exchange.fetched)
            else:
                self.frontier.postpone(follow.key, exchange.fetched)
                follows = []
        resumed, self._resumed = self._resumed, []
        return self._told(self.report.found - before, self._ask([*follows, *resumed]))

    def _answers(self, page: Page, follow: Follow) -> list[Answer]:
        return self._parsing.answers(
            page, follow.parse, follow.cb_kwargs, self.platform.seconds_to_read
        )

    def _keep(
        self, key: str, documents: list[Document], answers: list[Answer], fetched: datetime
    ) -> list[Follow]:
        """Store all that a page holds, and write down what it leads to."""
        for document in documents:
            if self.stopped:  # by the limit: the rest of the page is left to the next run
                return []
            with self._page(document.url or document.id):
                self._storing.put(document)
            if self.report.found == self._limit:
                found = self.report.found
                self.stop(Status.LIMIT, f"stopped after {found} documents, as asked")
        for answer in answers:
            if isinstance(answer, Listed):
                self._storing.record(answer, fetched)
            elif isinstance(answer, Attached):
                self._attach(key, answer)
        self._storing.tell(answers)
        follows = [answer for answer in answers if isinstance(answer, Follow)]
        return self.frontier.step(key, follows, fetched)

    def _attach(self, key: str, attached: Attached) -> None:
        """Store what a file holds; with the last one its document is read in its version."""
        follow = self.frontier.page(key)
        last = self.frontier.parts_of(attached.document) <= 1
        with self._page(attached.url):
            self._storing.attach(attached, follow.version if last else None)

    def lost(self, follow: Follow, error: Exception) -> list[Follow]:
        """The page could not be fetched; returns what to fetch in its place."""
        self._out.remove(follow.key)
        trial, self._trial = follow.key == self._trial, None
        alone = self._has_more_than_its_page(follow) and not trial
        # What is wrong with a host that only a page or file lies on says nothing of the source.
        abroad = alone and not same_site(follow.url, self.source.url)
        if isinstance(error, Interrupted):
            self.stop(Status.INTERRUPTED, None)
        elif isinstance(error, NeedsPermission) and not alone:
            self.stop(Status.NEEDS_PERMISSION, str(error))
        elif isinstance(error, Suspended):
            self.stop(Status.SUSPENDED, str(error))
        elif isinstance(error, NotNow):
            self.stop(Status.NOT_NOW, str(error))
        elif isinstance(error, HostLeft) and not abroad:
            self.stop(Status.UNREACHABLE, str(error))
        elif trial and not self.stopped:
            return self._from_start()
        elif isinstance(error, TooLarge) and self.platform.finer is not None:
            return self._ask_for_less(follow, self.platform.finer)
        elif alone:
            return self._left(follow, error)
        elif isinstance(error, Blocked):
            self.stop(Status.BLOCKED, str(error))
        else:
            line, bug = explain(follow.url, error)
            self._books.problem(line, bug=bug)
            self.frontier.postpone(follow.key, self._clock())
            self._seen(readable=False)
        return []

    def _ask_for_less(
        self, follow: Follow, finer: Callable[[Follow], Iterator[Answer]]
    ) -> list[Follow]:
        """The pages that hold together what one is too large for."""
        with self._store.together():
            follows = self._keep(follow.key, [], list(finer(follow)), self._clock())
        return self._told(0, self._ask(follows))

    def _has_more_than_its_page(self, follow: Follow) -> bool:
        """Whether a page that cannot be had costs no more than the text that it holds."""
        about_one = follow.document is not None or follow.part_of is not None
        return about_one and self.platform.without_page is not None

    def _left(self, follow: Follow, error: Exception) -> list[Follow]:
        """Go on without the page of a document or a file of it; returns nothing to fetch.

        Whether it is asked for again in this version goes by why it could not be had.
        """
        state = _state(error)
        settled = state is not AttachmentState.UNREAD
        if isinstance(error, LedAway):
            self._storing.tell([Elsewhere(error.url)])
        elif state is AttachmentState.FORBIDDEN:
            self.report.forbidden += 1
        elif state is not AttachmentState.GONE:
            line, bug = explain(follow.url, error)
            self._books.problem(line, bug=bug)
        self._refused = self._refused + 1 if isinstance(error, Blocked) else 0
        if self._refused >= _REFUSED_IN_A_ROW:
            self.stop(Status.BLOCKED, str(error))
        now = self._clock()
        before = self.report.found
        with self._store.together():
            with self._page(follow.url):
                if follow.part_of is not None:
                    last = settled and self.frontier.parts_of(follow.part_of) <= 1
                    lost = Attached(document=follow.part_of, url=follow.url, state=state)
                    self._storing.attach(lost, follow.version if last else None)
                else:
                    assert self.platform.without_page is not None
                    found = self.platform.without_page(follow)
                    gone = state is AttachmentState.GONE
                    self._storing.leave(found, now, gone=gone, settled=settled)
            if settled:
                self.frontier.step(follow.key, [], now)
            else:
                self.frontier.postpone(follow.key, now)
        return self._told(self.report.found - before, [])

    def _seen(self, readable: bool) -> None:
        """Count an answer; stop where none at all can be read: more requests bring nothing."""
        self._read += readable
        self._unread += not readable
        if not self._read and self._unread >= _GIVEN_UP_AFTER:
            self.stop(
                Status.FAILED,
                f"none of the first {self._unread} answers could be read; not asked for more",
            )

    def finish(self) -> SourceReport:
        """Close the books: status, counts, alarms. A source that never began leaves no trace."""
        self.closed = True
        if self._unread and not self._read:
            self.stop(Status.FAILED, "no answer could be read")
        self._storing.found_again()
        report = self._books.close(self._wanted)
        if self._frontier is not None and report.status in (Status.OK, Status.FAILED):
            self._frontier.drop()
        return report

    def _ask(self, follows: list[Follow]) -> list[Follow]:
        """These pages are out, unless the source was stopped meanwhile."""
        if self.stopped:
            return []
        self._out.update(follow.key for follow in follows)
        return follows

    def _told(self, found: int, follows: list[Follow]) -> list[Follow]:
        self._tell(PageRead(self.source.id, found, len(self.frontier)))
        return follows

    @contextmanager
    def _page(self, url: str) -> Iterator[None]:
        """What goes wrong inside is a problem of this page, reported; the others go on."""
        try:
            yield
        except (ArchiveError, StoreError) as error:
            if not isinstance(error, DocumentRefused):
                raise
            self._books.problem(str(error))
        except Blocked as error:
            self.stop(Status.BLOCKED, str(error))
        except Interrupted:
            self.stop(Status.INTERRUPTED, None)
        except TryLater as error:
            self._books.later(str(error))
        except Exception as error:
            line, bug = explain(url, error)
            self._books.problem(line, bug=bug)


def _state(error: Exception) -> AttachmentState:
    """Why a page or file could not be had; UNREAD: it may be, another time."""
    if isinstance(error, GoneAtSource):
        return AttachmentState.GONE
    if isinstance(error, LedAway):
        return AttachmentState.ELSEWHERE
    if isinstance(error, NeedsPermission | Blocked):
        return AttachmentState.FORBIDDEN
    if isinstance(error, FetchError) and not isinstance(error, TooLarge):
        return AttachmentState.UNREAD
    return AttachmentState.REFUSED
