"""The default engine's writer: batches of documents to segments, in worker processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engines.base import EngineError
from indexer.engines.whoosh import codec, columns
from indexer.engines.whoosh.columns import Columns
from indexer.engines.whoosh.commits import Manifest
from indexer.engines.whoosh.merge import merge
from indexer.engines.whoosh.merge_policy import Candidate, alike, smallest
from indexer.engines.whoosh.segment_file import column_part, write_segment
from indexer.engines.whoosh.segments import Terms, content
from indexer.sinks import Digest, TokenSink, digested
from indexer.titles import characters
from kazami.document import Document
from kazami.garbage import look_less_for_garbage

BATCH_CHARACTERS = 1_000_000
"""A batch becomes one segment, in one process, in about 200 MB of memory."""

_LOOK_UP = 10
"""Looking one document up costs as much as passing so many in a list."""

_MOST_WORKERS = 3
"""Unasked: each takes about 300 MB beside the 300 MB here, and indexing is to stay under 1.5 GB."""


class WhooshWriter:
    """Satisfies ``indexer.engines.base.Writer``. The caller holds the index's lock.

    Documents are gathered into batches, and a batch becomes a segment as soon as it is full; the
    last one on commit. Worker processes start with the first full batch: a day's few documents
    need none.
    """

    def __init__(
        self,
        folder: Path,
        *,
        workers: int = 0,
        batch: int = BATCH_CHARACTERS,
        terms: Terms | None = None,
        sinks: Sequence[TokenSink] = (),
    ) -> None:
        """Write to the index in ``folder``, which is begun where there is none.

        ``workers`` counts processes, 0 for one per core, at most 3; 1 does everything in this one.
        ``batch`` is in characters. ``terms`` stands in for ``indexer.tokens``.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._manifest = Manifest(folder)
        self.change = self._manifest.change
        self._workers = workers or min(os.cpu_count() or 1, _MOST_WORKERS)
        self._batch_size = batch
        self._terms = terms
        self._sinks = sinks
        self._digests = [sink.digest for sink in sinks]
        self._batch: dict[str, Document] = {}
        self._size = 0
        self._pool: _Pool | None = None
        self._running: dict[Future[Any], int] = {}
        self._started = 0
        self._new: dict[int, Any] = {}
        self._digested: dict[int, Made] = {}
        self._where: dict[str, int] = {}
        self._gone: set[str] = set()

    def put(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self._forget(document.id)
            self._batch[document.id] = document
            self._size += characters(document)
            if self._size >= self._batch_size:
                self._flush(last=False)

    def delete(self, ids: Iterable[str]) -> None:
        for each in ids:
            self._forget(each)

    def commit(self, change: int) -> None:
        self._flush(last=True)
        while self._running:
            self._collect()
        if not self._gone and change == self.change:
            return
        self._fold()
        for entry in self._manifest.entries:
            self._delete_in(entry, self._gone)
        # In the order in which they were put, whichever worker was first.
        self._manifest.entries.extend(entry for _, entry in sorted(self._new.items()))
        self._commit(change)
        self._new, self._where, self._gone, self._digested = {}, {}, set(), {}
        self._merge(alike)

    def close(self) -> None:
        dropped = bool(self._batch or self._running or self._new)
        if self._pool is not None:
            self._pool.stop()
            self._pool = None
        self._batch, self._running, self._new, self._digested = {}, {}, {}, {}
        if not dropped and self._started > 1:
            # A long build is through: what was written in many pieces is read in few.
            self._merge(smallest)
        self._manifest.remove_leftovers()

    def _forget(self, id: str) -> None:
        """Take back what this writer holds of a document, and delete what the index does."""
        old = self._batch.pop(id, None)
        if old is not None:
            self._size -= characters(old)
        if id in self._where:
            # Put twice before a commit, and the first is in a segment already.
            self._wait_for(self._where[id])
            self._delete_in(self._new[self._where.pop(id)], {id})
        self._gone.add(id)

    # Segments

    def _flush(self, *, last: bool) -> None:
        if not self._batch:
            return
        documents = list(self._batch.values())
        number = self._started
        self._started += 1
        self._where.update(dict.fromkeys(self._batch, number))
        self._batch, self._size = {}, 0
        if self._workers == 1 or (last and self._pool is None):
            self._take(number, segment_of(self._folder, documents, self._terms, self._digests))
            return
        if self._pool is None:
            self._pool = _Pool(self._workers)
        while len(self._running) > self._workers:
            self._collect()
        future = self._pool.executor.submit(
            segment_of, self._folder, documents, self._terms, self._digests
        )
        self._running[future] = number

    def _collect(self) -> None:
        """Wait for a worker to finish a segment."""
        done, _ = wait(self._running, return_when=FIRST_COMPLETED)
        for future in done:
            number = self._running.pop(future)
            try:
                self._take(number, future.result())
            except BrokenProcessPool as error:
                raise EngineError(
                    "a worker process was killed (out of memory?): run kazami index again, it"
                    " continues; a smaller setting of workers needs less memory"
                ) from error

    def _take(self, number: int, made: Made) -> None:
        self._new[number] = made.entry
        self._digested[number] = made

    def _fold(self) -> None:
        """Give the sinks what is about to be committed, each document as it was put last."""
        gone = self._gone - self._where.keys()
        for number, made in sorted(self._digested.items()):
            for sink, values in zip(self._sinks, made.digests, strict=True):
                for id, value in zip(made.ids, values, strict=True):
                    if self._where.get(id) == number:
                        sink.fold(id, value)
        for sink in self._sinks:
            sink.forget(gone)

    def _wait_for(self, number: int) -> None:
        while number not in self._new:
            self._collect()

    def _delete_in(self, entry: Any, ids: set[str]) -> None:
        segment = self._manifest.open(entry)
        try:
            held = Columns(segment.part)
            if len(ids) * _LOOK_UP < held.documents:
                found = [segment.postings(id, codec.DOCUMENT) for id in ids]
                gone = [each.docs for each in found if each is not None]
            else:
                gone = _passages_of(held, ids)
            for passages in gone:
                for passage in passages.tolist():
                    entry.delete_document(passage)
        finally:
            segment.close()

    # Commits and merges

    def _commit(self, change: int) -> None:
        self._manifest.entries = [entry for entry in self._manifest.entries if entry.doc_count()]
        self._manifest.commit(change)
        self.change = change

    def _merge(self, worth_merging: Callable[[Sequence[Candidate]], list[Any]]) -> None:
        while group := worth_merging(self._candidates()):
            segments = [self._manifest.open(entry) for entry in group]
            try:
                together = merge(self._folder, segments)
            finally:
                for segment in segments:
                    segment.close()
            place = self._manifest.entries.index(group[0])
            self._manifest.entries[place] = together
            self._manifest.entries = [
                entry
                for entry in self._manifest.entries
                if entry is not None and not any(entry is old for old in group)
            ]
            self._commit(self.change)

    def _candidates(self) -> list[Candidate]:
        return [
            Candidate(
                entry=entry,
                live=entry.doc_count(),
                passages=entry.doc_count_all(),
                bytes=self._manifest.size(entry),
            )
            for entry in self._manifest.entries
        ]


def _passages_of(found: Columns, ids: set[str]) -> list[Any]:
    first = found.array(columns.FIRST)
    return [
        np.arange(first[at], first[at + 1])
        for at, id in enumerate(found.strings(columns.ID))
        if id in ids
    ]


@dataclass(frozen=True, slots=True)
class Made:
    """A segment that was written, and what each digest made of each of its documents."""

    entry: Any
    ids: list[str]
    digests: list[list[Any]]


def segment_of(
    folder: Path, documents: Sequence[Document], terms: Terms | None, digests: Sequence[Digest]
) -> Made:
    """Write the segment of these documents; runs in a worker process."""
    kept: list[Sequence[str]] = []
    made = content(documents, terms, kept if digests else None)
    parts: list[tuple[str, list[bytes | memoryview]]] = [
        (column_part(codec.DATE), [made.days.astype("<u4").tobytes()]),
        (column_part(codec.LENGTH), [made.lengths.astype("<u4").tobytes()]),
        *made.parts,
    ]
    lists = [(codec.DOCUMENT, made.names), (codec.TEXT, made.text)]
    entry = write_segment(folder, made.lengths, lists, parts)
    ids = [document.id for document in documents]
    return Made(entry, ids, digested(digests, documents, kept) if digests else [])


class _Pool:
    """Worker processes that end with this one, however it ends."""

    def __init__(self, workers: int) -> None:
        # Spawned, not forked: no copy of open databases, threads or the lock on the index.
        context = multiprocessing.get_context("spawn")
        self._reader, self._writer = context.Pipe(duplex=False)
        self.executor = ProcessPoolExecutor(
            workers, mp_context=context, initializer=_begin_worker, initargs=(self._reader,)
        )

    def stop(self) -> None:
        """End the workers at once, whatever they are doing."""
        self._writer.close()
        self.executor.shutdown(wait=True, cancel_futures=True)
        self._reader.close()


def _begin_worker(alive: Connection) -> None:
    """Leave Ctrl-C to the parent, and watch the pipe that only it holds the other end of.

    Without that a worker whose parent was killed would wait for work for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    look_less_for_garbage()
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()


def _end_with(alive: Connection) -> None:
    alive.poll(None)
    os._exit(1)
