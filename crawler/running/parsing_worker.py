"""Parses pages in a process of its own: run by ``parsing.py`` beside it, never imported by it.

On stdin come requests, each a pickle of seconds, page, parser and its keywords; on stdout goes an
answer for each: a pickle of how it went, and what came of it. Parent and child are one program in
one version. This bounds time and memory, and is no wall against a page that takes over a process.
"""

from __future__ import annotations

import pickle
import signal
import sys

from crawler.page import Blocked
from crawler.running.problems import explain

MEMORY = 1_000_000_000
"""Bytes: the tree of a page of 10 MB takes some 500 MB, a PDF has a process and a limit below."""

ALONE = 5.0
"""Seconds after which this process ends itself where nobody is left to end it."""


def main() -> None:
    """Answer requests until there are no more."""
    _limit()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what anybody prints is no answer
    while True:
        try:
            seconds, page, parse, cb_kwargs = pickle.load(requests)
        except EOFError:
            return
        _within(seconds + ALONE)
        said: tuple[str, object]
        try:
            said = "answers", list(parse(page, **cb_kwargs))
        except Blocked as error:
            said = "blocked", (error.url, error.reason)
        except MemoryError:
            much = f"more than {MEMORY // 1_000_000} MB of memory"
            said = "problem", (f"{page.url}: takes {much} to read; refused", False)
        except Exception as error:
            said = "problem", explain(page.url, error)
        _within(0)
        pickle.dump(said, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _within(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
