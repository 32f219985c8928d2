"""Parsing within bounds: no page holds up the crawl for longer than some seconds.

A thread that parses cannot be ended, a process can. It costs a third of a second to start and a
page some milliseconds to hand over, so that short pages are parsed here: what even a parser that
takes the square of its page does with so few bytes is done in a second. Files (PDF, Word, Excel)
are parsed there however short: they are packed.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Mapping
from threading import Event, Timer
from types import TracebackType
from typing import Self, cast

from crawler.fetching.hosts import Interrupted
from crawler.page import Answer, Blocked, Page, Parse
from crawler.running.problems import PageProblem

SHORT = 32_000
"""Bytes."""

SECONDS = 20.0
"""For a page; those of 10 MB take two."""

SECONDS_OF_FILE = 130.0
"""Its text comes from a process with bounds of its own (``crawler.reading``, pdf and attachments),
which may be waited for so long."""

_RUN = "import sys; sys.path[:] = {}; from crawler.running.parsing_worker import main; main()"


class Parsing:
    """Parses the pages of a run, long ones in a process that is started with the first of them."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._interrupted = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def answers(
        self,
        page: Page,
        parse: Parse,
        cb_kwargs: Mapping[str, object],
        seconds: float | None = None,
    ) -> list[Answer]:
        """All that the parser says of the page, which may take so many seconds.

        Raises what the parser raises or, for a long page, Blocked and PageProblem with its line;
        PageProblem too where it takes too long, and Interrupted after ``cut``.
        """
        if len(page.body) <= SHORT and not page.is_file:
            return list(parse(page, **cb_kwargs))
        if seconds is None:
            seconds = SECONDS_OF_FILE if page.is_file else SECONDS
        sort, said = self._ask(page.url, seconds, (seconds, page, parse, dict(cb_kwargs)))
        if sort == "blocked":
            raise Blocked(*cast("tuple[str, str]", said))
        if sort == "problem":
            line, bug = cast("tuple[str, bool]", said)
            raise PageProblem(line, bug=bug)
        return cast("list[Answer]", said)

    def cut(self) -> None:
        """End the page in hand, and parse no long one any more; may be called at any moment."""
        self._interrupted = True
        if self._process is not None:
            _kill(self._process)

    def _ask(self, url: str, seconds: float, request: object) -> tuple[str, object]:
        packed = pickle.dumps(request, pickle.HIGHEST_PROTOCOL)
        if self._process is None:
            self._process = _started()
        process = self._process
        if self._interrupted:  # asked with the process at hand, which ``cut`` may have missed
            self._end()
            raise Interrupted
        assert process.stdin is not None
        assert process.stdout is not None
        late = Event()

        def end() -> None:
            late.set()
            _kill(process)

        timer = Timer(seconds, end)
        timer.start()
        try:
            process.stdin.write(packed)
            process.stdin.flush()
            answer: tuple[str, object] = pickle.load(process.stdout)
            return answer
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self._end()
            if self._interrupted:
                raise Interrupted from error
            if late.is_set():
                raise PageProblem(
                    f"{url}: takes more than {seconds:.0f} s to read; refused"
                ) from error
            raise PageProblem(
                f"{url}: ended the process that read it (code {process.returncode}); refused"
            ) from error
        except BaseException:  # Ctrl-C where nobody handles it: an answer may be on its way
            self._end()
            raise
        finally:
            timer.cancel()
            timer.join()
            if late.is_set():  # perhaps after an answer: the next page must find a living process
                self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            process.communicate()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _RUN.format(repr(sys.path))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Ctrl-C in a terminal goes to all of a group; this one is to end with its page.
        start_new_session=True,
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started; nothing where it has ended."""
    if os.name == "nt":
        process.kill()
    elif process.returncode is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()
