"""One process at a time crawls or reparses with a data directory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kazami.errors import KazamiError
from kazami.files import Locked, process_lock

FILE = "crawl.lock"


class CrawlLocked(KazamiError):
    """Another process crawls or reparses with this data directory."""


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the data directory; raises CrawlLocked saying who has it.

    Without it two processes would ask one host at the same time. The lock ends with the process,
    however that ends.
    """
    with ExitStack() as held:
        try:
            held.enter_context(process_lock(data / FILE))
        except Locked as error:
            who, _, since = str(error).partition(" since ")
            here = f"here since {since}" if since else "here"
            raise CrawlLocked(
                f"{data}: {who} is crawling or reparsing {here}; wait until it ends"
            ) from error
        except OSError as error:
            raise CrawlLocked(f"{data / FILE}: cannot be written: {error.strerror}") from error
        yield
