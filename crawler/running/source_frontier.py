"""Which pages of a source are still to be asked: each once, written down in the store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from crawler.fetching.hosts import FetchError, allowed
from crawler.frontier import FrontierError, read, write
from crawler.page import Follow, Parse, Wanted
from crawler.reading.days_wanted import DaysWanted
from crawler.running.report import SourceReport
from crawler.running.revisits import Revisits
from kazami import __version__
from kazami.sources import Source
from kazami.store import Frontier, FrontierPage, Store

_LIVES = timedelta(minutes=20)
"""How long a written frontier is used: servers forget a session after that, whose code or cookie
its addresses may carry. Later the source begins from its start and goes by what is stored."""

_NOTED = timedelta(minutes=1)
"""How often the time of the last answer is written down."""


class SourceFrontier:
    """The pages of one source that are known and not yet fetched, in the order of the site.

    Memory and store say the same after each ``begin`` and ``step``, so that a killed run goes on
    where it was: call ``step`` in the transaction that stores what the page held.
    """

    def __init__(
        self,
        source: Source,
        wanted: Wanted,
        store: Store,
        report: SourceReport,
        revisits: Revisits,
        refuse: Callable[[str], None],
    ) -> None:
        self._source, self._wanted, self._store = source, wanted, store
        self._report, self._revisits, self._refuse = report, revisits, refuse
        self._keys: set[str] = set()
        self._pages: dict[str, tuple[int, Follow]] = {}
        self._highest = self._lowest = 0
        self._answered: datetime | None = None
        self._skipped: set[str] = set()
        self._unreadable: set[str] = set()

    def __len__(self) -> int:
        return len(self._pages)

    def page(self, key: str) -> Follow:
        """The page of this key, which is not fetched yet."""
        return self._pages[key][1]

    def resume(self, parser: Callable[[str], Parse], now: datetime) -> list[Follow] | None:
        """The pages that an unfinished pass left, in their order; empty where none was left.

        None where it must begin anew: nothing is written, or it asked for something else, is too
        old for the sessions that its addresses may carry, or names a parser that is gone.
        """
        written = self._store.frontier(self._source.id)
        if written is None or written.asked != self._asked or now - written.answered >= _LIVES:
            return None
        try:
            pages = {
                each.key: (each.place, read(each.page, parser))
                for each in written.pages
                if each.page is not None
            }
        except FrontierError:
            return None
        self._pages = pages
        self._keys = {each.key for each in written.pages}
        places = [each.place for each in written.pages]
        self._highest, self._lowest = max(places, default=0), min(places, default=0)
        self._skipped |= self._revisits.seen_by_this_pass()
        self._count()
        return [follow for _, follow in pages.values()]

    def begin(self, follows: Iterable[Follow], now: datetime) -> list[Follow]:
        """Those of the first pages that must be fetched, in the place of any older frontier."""
        self._keys, self._pages = set(), {}
        taken = self._take(follows)
        self._store.begin_frontier(
            self._source.id, Frontier(self._asked, now, tuple(map(self._written, taken)))
        )
        return taken

    def step(self, key: str, follows: Iterable[Follow], now: datetime) -> list[Follow]:
        """The page was fetched and led to these; returns those that must be fetched."""
        place, _ = self._pages.pop(key)
        taken = self._take(follows)
        self._store.step_frontier(
            self._source.id,
            FrontierPage(key, place, None),
            list(map(self._written, taken)),
            self._to_note(now),
        )
        return taken

    def postpone(self, key: str, now: datetime) -> None:
        """The page was lost in this run: the next one asks for it, after all others."""
        self._lowest -= 1
        _, follow = self._pages.pop(key)
        self._store.step_frontier(
            self._source.id,
            FrontierPage(key, self._lowest, write(follow)),
            [],
            self._to_note(now),
        )

    def parts_of(self, document: str) -> int:
        """How many files of this document (its key) are still to be fetched."""
        return sum(follow.part_of == document for _, follow in self._pages.values())

    def drop(self) -> None:
        """The pass is finished."""
        self._store.drop_frontier(self._source.id)

    @property
    def _asked(self) -> str:
        """What a frontier belongs to: with anything else, other pages would be asked for."""
        source, wanted = self._source, self._wanted
        said = {
            "url": source.url,
            "options": dict(source.options),
            "since": wanted.since,
            "until": wanted.until,
            "query": wanted.query,
            "version": __version__,
        }
        return json.dumps(said, default=str, sort_keys=True)

    def _to_note(self, now: datetime) -> datetime | None:
        """The time of this answer, where the last one that was noted is too old."""
        if self._answered is not None and now - self._answered < _NOTED:
            return None
        self._answered = now
        return now

    def _written(self, follow: Follow) -> FrontierPage:
        return FrontierPage(follow.key, self._pages[follow.key][0], write(follow))

    def _take(self, follows: Iterable[Follow]) -> list[Follow]:
        """Those of the pages that must be fetched, each key once, before those known so far."""
        taken = []
        for follow in follows:
            if follow.key in self._keys:
                continue
            self._keys.add(follow.key)
            if not allowed(follow.url, self._source):
                away = f"{follow.url}: leads away from {self._source.url}"
                self._refuse(str(FetchError(away)))
            elif not self._need_not(follow):
                taken.append(follow)
        for follow in reversed(taken):
            self._highest += 1
            self._pages[follow.key] = (self._highest, follow)
        self._count()
        return taken

    def _need_not(self, follow: Follow) -> bool:
        day = follow.day if follow.document is not None else None
        days = DaysWanted(self._wanted.since, self._wanted.until)
        if day is not None and not days.hold(day):
            return True
        if follow.document is not None:
            id = f"{self._source.platform}:{follow.document}"
            if self._revisits.document(id, follow.day, follow.version):
                self._skipped.add(id)
                return True
            plain = follow.method == "GET" and follow.version is None
            if plain and self._revisits.unreadable(id, follow.url, follow.day):
                self._unreadable.add(id)
                return True
        if follow.listing is not None:
            below = self._revisits.listing(follow.listing, follow.newest)
            if below is not None:
                self._skipped.update(below)
                return True
        return False

    def _count(self) -> None:
        self._report.skipped = len(self._skipped)
        self._report.unreadable = len(self._unreadable)
