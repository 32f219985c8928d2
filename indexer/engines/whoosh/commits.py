"""Commits of Whoosh segments: the reader's snapshot, and what the one writer replaces."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from indexer.engines.base import EngineError
from indexer.engines.whoosh.codec import NAME
from indexer.engines.whoosh.files import (
    Commit,
    Segment,
    begin,
    contents_file,
    read_commit,
    segment_file,
    write_commit,
)

_TRIES = 20


class Snapshot:
    """The segments of the last commit, and the change number they stand for."""

    def __init__(self, folder: Path) -> None:
        """Open the index in ``folder``; EngineError where there is none or it is damaged."""
        self.change = 0
        self.segments: list[Segment] = []
        for attempt in range(_TRIES):
            try:
                return self._open(folder)
            except FileNotFoundError as error:
                # A writer has committed and cleaned up between two of our steps.
                if attempt == _TRIES - 1:
                    raise _damaged(folder, error) from error
                time.sleep(0.02)
            except EngineError:
                raise
            except Exception as error:  # reading a damaged pickle can end in any of them
                raise _damaged(folder, error) from error

    def _open(self, folder: Path) -> None:
        commit = read_commit(folder)
        if commit is None:
            raise EngineError(f"no index in {folder}: run kazami index")
        self.change = commit.change
        try:
            for entry in commit.entries:
                self.segments.append(Segment(folder, entry))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        for segment in self.segments:
            segment.close()
        self.segments = []


class Manifest:
    """The segments in force, as the one writer sees and replaces them."""

    def __init__(self, folder: Path) -> None:
        """Read the last commit, or begin an index where there is none."""
        self._folder = folder
        begin(folder)
        try:
            commit = read_commit(folder)
        except OSError:
            raise
        except Exception as error:
            raise _damaged(folder, error) from error
        assert commit is not None
        self._commit = commit
        self.entries: list[Any] = list(commit.entries)
        self.remove_leftovers()

    @property
    def change(self) -> int:
        return self._commit.change

    def open(self, entry: Any) -> Segment:
        try:
            return Segment(self._folder, entry)
        except Exception as error:
            raise _damaged(self._folder, error) from error

    def size(self, entry: Any) -> int:
        """The bytes of a segment's file."""
        return (self._folder / segment_file(entry)).stat().st_size

    def commit(self, change: int) -> None:
        """Put the entries and the change number in force, and drop what is no longer needed."""
        commit = Commit(self._commit.generation + 1, change, list(self.entries))
        write_commit(self._folder, commit)
        self._commit = commit
        self.remove_leftovers()

    def remove_leftovers(self) -> None:
        """Remove what no commit knows of: of this writer's past and of writers that were killed."""
        keep = {contents_file(self._commit), *map(segment_file, self._commit.entries)}
        for path in self._folder.iterdir():
            if path.name.startswith((NAME, f"_{NAME}")) and path.name not in keep:
                path.unlink(missing_ok=True)


def _damaged(folder: Path, error: Exception) -> EngineError:
    said = " ".join(str(error).split()) or type(error).__name__
    return EngineError(
        f"the index in {folder} is damaged ({said}): run kazami index --rebuild to make it again"
    )
