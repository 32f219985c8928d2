"""What an engine is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self

from indexer.longer_words import Sought
from indexer.query import By, Cell, Extent, Filters, Hit, Measure, Node, Results, Sort
from indexer.sinks import TokenSink
from indexer.spans import Located
from kazami.document import Document
from kazami.errors import KazamiError
from kazami.periods import Every

Fingerprint = Mapping[str, object]
"""All that shapes an index, and whose store it is of: under another one it must be rebuilt."""

Generation = str
"""The engine's own name of one whole index: a folder, an index of a cluster."""


class EngineError(KazamiError):
    """The engine cannot answer: what is wrong with the index, and what to try."""


class Reader(Protocol):
    """A snapshot of the last commit: what is written meanwhile does not change its answers."""

    change: int
    """The store's change number up to which the snapshot holds everything."""

    def search(
        self,
        node: Node,
        filters: Filters,
        *,
        sort: Sort = Sort.RELEVANCE,
        limit: int = 20,
        offset: int = 0,
        group_documents: bool = False,
    ) -> Results:
        """Hits in order, with exact totals. Relevance is BM25 as in ``indexer.ranking``.

        A document of which a passage matches is shown by its passages; one of which only the title
        row does (``indexer.titles``) by one hit. ``limit`` and ``offset`` count both.

        With ``group_documents`` each document appears once, as its best passage in the order asked
        for, and ``limit`` and ``offset`` count documents; ``total`` still counts passages.
        """

    def locate(self, node: Node, hits: Sequence[Hit]) -> dict[str, Located]:
        """Where the query's terms stand in these passages, which a search of this reader found.

        By passage; one that the engine knows no places of is missing.
        """

    def tally(
        self,
        node: Node | None,
        filters: Filters,
        *,
        every: Every | None = None,
        by: By | None = None,
        measures: frozenset[Measure] = ...,
        tokens: bool = False,
    ) -> list[Cell]:
        """Exact counts per period and group; only cells with at least one row, sorted.

        ``node`` None counts every passage that passes the filters: the denominators. Title rows
        count in documents and bodies only. What has no day lies in no period, and is left out where
        ``every`` asks for periods. ``tokens`` asks for the token counts too.
        """

    def extent(self, filters: Filters) -> Extent:
        """What passes the filters, whatever the query."""

    def longer_terms(self, sought: Sought, filters: Filters) -> list[str]:
        """Terms of passages and searched titles that pass the filters, of which the word is a part.

        Those of the most passages and titles first, then by the alphabet.
        """

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Writer(Protocol):
    """The one writer of an index. Nothing is visible to readers before ``commit``."""

    change: int
    """The store's change number of the last commit."""

    def put(self, documents: Iterable[Document]) -> None:
        """Index these, each replacing what its id held before."""

    def delete(self, ids: Iterable[str]) -> None:
        """Forget these documents; an unknown id is no error."""

    def commit(self, change: int) -> None:
        """Make all that was put and deleted visible at once, and remember ``change``.

        The sinks have folded all of it by then; committing them is the caller's.
        """

    def close(self) -> None:
        """Drop what was not committed, and let the next writer in."""


class Engine(Protocol):
    """Makes the readers and writers of an index, whose generations replace each other whole."""

    lasting: bool
    """Whether an index is kept at all; without, readers are made from the store every time."""

    def fingerprint(self) -> Fingerprint:
        """What an index made now would be made under."""

    def current(self) -> Generation | None:
        """The generation that is searched; None where there is none yet."""

    def begin(self) -> Generation:
        """A new, empty generation beside the one that is searched."""

    def switch(self, generation: Generation) -> None:
        """Let readers see this generation from now on, and drop the others."""

    def reader(self) -> Reader:
        """A snapshot of the current generation, to be used in a ``with``.

        Raises EngineError, saying what to do, where there is none, where it was made under
        another fingerprint, and where it is damaged.
        """

    def writer(self, generation: Generation, sinks: Sequence[TokenSink] = ()) -> Writer:
        """The writer of a generation; the caller holds the lock.

        Each of ``sinks`` gets every document that is put, with its tokens. Raises EngineError as
        ``reader`` does.
        """

    def lock(
        self, *, wait: float, waiting: Callable[[str], None] | None = None
    ) -> AbstractContextManager[None]:
        """Be the one who writes, begins and switches.

        Waits up to ``wait`` seconds for another to finish, having told ``waiting`` who it is;
        then raises EngineError. The lock ends with the process that holds it.
        """
