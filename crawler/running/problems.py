"""What went wrong with a page, as a line for a person."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb

from kazami.errors import KazamiError


class PageProblem(KazamiError):
    """A page could not be parsed, as another process says; ``bug``: by our fault."""

    def __init__(self, line: str, *, bug: bool = False) -> None:
        super().__init__(line)
        self.bug = bug


def explain(url: str, error: Exception) -> tuple[str, bool]:
    """What went wrong with a page in a line, and whether that is a bug of ours."""
    if isinstance(error, PageProblem):
        return str(error), error.bug
    if isinstance(error, KazamiError):
        return str(error), False
    frames = extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    if isinstance(error, ValueError):
        # The values of kazami.document refuse nonsense, which a page can hold.
        return f"{url}: {error} ({place})", False
    what = f"{type(error).__name__}: {error}"
    return f"{url}: a bug in {place}: {what}; please report it", True
