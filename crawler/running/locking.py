"""One process at a time crawls or reparses with a data directory."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kazami.errors import KazamiError

FILE = "crawl.lock"


class CrawlLocked(KazamiError):
    """Another process crawls or reparses with this data directory."""


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the data directory; raises CrawlLocked saying who has it.

    Without it two processes would ask one host at the same time. The lock ends with the process,
    however that ends.
    """
    file = data / FILE
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise CrawlLocked(f"{file}: cannot be written: {error.strerror}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(handle, 100).decode("ascii", "replace").strip() or "unknown"
            raise CrawlLocked(
                f"{data}: process {holder} is crawling or reparsing here; wait until it ends"
            ) from error
        os.truncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)
