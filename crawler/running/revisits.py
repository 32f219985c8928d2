"""What a second run need not fetch: settled documents, and listings of nothing but such."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property
from urllib.parse import unquote

from crawler.permission.standing import JAPAN
from kazami.store import KnownDocument, Listing


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Revisits:
    """What the store says of one source, asked before each fetch.

    Minutes may change until ``months`` after the sitting: what was last seen after that is
    settled. ``resumed`` is the start of a pass that was cut short: what that pass has seen is not
    fetched again either. ``answered`` gives the URLs that whole runs fetched twice
    alike (a page of maintenance does not stay), asked once if at all.
    """

    def __init__(
        self,
        known: Mapping[str, KnownDocument],
        listing: Callable[[str], Listing | None],
        months: int,
        resumed: datetime | None = None,
        answered: Callable[[], Mapping[str, datetime]] = dict,
    ) -> None:
        self._known, self._listing = known, listing
        self._months, self._resumed = months, resumed
        self._ask_answered = answered

    def document(self, id: str, day: date | None, version: str | None = None) -> bool:
        """Whether the document is stored and need not be fetched again.

        With a ``version`` that alone decides, and a page that was gone is asked for again.
        """
        known = self._known.get(id)
        if known is None:
            return False
        if version is not None:
            return known.version == version and known.missing is None
        return self._done(known.fetched, day or known.date)

    def seen_by_this_pass(self) -> set[str]:
        """The documents that a pass has fetched which was cut short."""
        return {id for id, known in self._known.items() if self._by_this_pass(known.fetched)}

    def unreadable(self, id: str, url: str, day: date | None) -> bool:
        """Whether the page of a document was fetched again when settled, and yet none came.

        It holds what no parser here reads, a scan for instance: to fetch it again brings nothing,
        and ``kazami reparse`` reads it from the archive once a parser can.
        """
        if id in self._known or day is None:
            return False
        fetched = self._answered.get(unquote(url))
        return fetched is not None and self._settled(fetched, day)

    @cached_property
    def _answered(self) -> dict[str, datetime]:
        # Unquoted: what is fetched is quoted, what a page links to need not be.
        return {unquote(url): fetched for url, fetched in self._ask_answered().items()}

    def listing(self, name: str, newest: date | None) -> tuple[str, ...] | None:
        """The documents under a listing that need not be fetched again; None: fetch it.

        ``newest`` is the latest day that they can have. All of them must be stored and done, and
        so must the listings below.
        """
        if not self._known:  # a first visit, which need not ask the store about every listing
            return None
        below: list[str] = []
        names = [name]
        seen = set(names)
        while names:
            listing = self._listing(names.pop())
            if listing is None or not self._done(listing.seen, newest):
                return None
            # One without a day is as old as the newest that can stand there.
            if not all(self._held(id, newest) for id in listing.documents):
                return None
            below += listing.documents
            fresh = [child for child in listing.listings if child not in seen]
            names += fresh
            seen.update(fresh)
        return tuple(below)

    def _held(self, id: str, newest: date | None) -> bool:
        known = self._known.get(id)
        return known is not None and self._done(known.fetched, known.date or newest)

    def _done(self, fetched: datetime, day: date | None) -> bool:
        if self._by_this_pass(fetched):
            return True
        return day is not None and self._settled(fetched, day)

    def _by_this_pass(self, fetched: datetime) -> bool:
        return self._resumed is not None and fetched >= self._resumed

    def _settled(self, fetched: datetime, day: date) -> bool:
        return fetched.astimezone(JAPAN).date() >= months_after(day, self._months)
