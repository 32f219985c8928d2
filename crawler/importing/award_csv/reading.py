"""Reads the rows of a table, in a second process where the table is long.

Reading a row and storing it cost about the same: done side by side, a table takes half the time.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from crawler.importing.award_csv.awards import Award, AwardReader
from crawler.importing.text_lines import BadLine
from kazami.errors import KazamiError

Numbered = tuple[int, list[str] | BadLine]
"""A row with the number of its line."""

LONG = 4_000_000
"""In bytes. Below it a second process takes longer to start than it saves."""

_AT_ONCE = 500
_AHEAD = 4
"""So many batches of rows are with the other process, so that memory stays flat."""

_reader: AwardReader | None = None


class ReadingEnded(KazamiError):
    """The process that reads was ended from outside."""


def awards_of(
    rows: Iterator[Numbered], reader: AwardReader, *, aside: bool
) -> Iterator[tuple[int, Award | str]]:
    """Each row's line with its award, or with the reason why it is none, in order.

    With ``aside`` they are read in another process. Raises ReadingEnded where that is killed.
    """
    if not aside:
        for row in rows:
            yield _read(reader, row)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=_begin, initargs=(reader,)) as executor:
        waiting: deque[Future[list[tuple[int, Award | str]]]] = deque()
        try:
            while batch := list(itertools.islice(rows, _AT_ONCE)):
                waiting.append(executor.submit(_read_all, batch))
                if len(waiting) > _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise ReadingEnded(
                "the process that reads the table was ended (out of memory?); what was stored "
                "is kept: import the file again"
            ) from error
        finally:
            executor.shutdown(cancel_futures=True)


def _begin(reader: AwardReader) -> None:
    """Runs in the other process: leave Ctrl-C to the first one, and end when that is gone."""
    global _reader
    _reader = reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def leave() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=leave, daemon=True).start()


def _read_all(rows: list[Numbered]) -> list[tuple[int, Award | str]]:
    assert _reader is not None
    found = [_read(_reader, row) for row in rows]
    for _, award in found:
        if isinstance(award, Award):
            _ = award.document.content_hash  # it travels with the document
    return found


def _read(reader: AwardReader, numbered: Numbered) -> tuple[int, Award | str]:
    number, row = numbered
    if isinstance(row, BadLine):
        return number, row.reason
    try:
        return number, reader.read(row)
    except (KazamiError, ValueError) as error:
        return number, str(error)
