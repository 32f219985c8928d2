"""An index on the disk: its segments, opened, and the commits that name them.

Opening an index unpickles its table of contents: an index directory is trusted input. Never open
one that came from elsewhere; build it here from the store.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from weakref import finalize

import numpy as np
from whoosh import __version__ as _version
from whoosh.index import TOC, EmptyIndexError, FileIndex
from whoosh.reading import SegmentReader, TermNotFound

from indexer.engines.whoosh.codec import (
    NAME,
    POSTINGS,
    TEXT,
    DurableStorage,
    index_schema,
    record_of,
    sync,
)
from indexer.engines.whoosh.inverted import Ints, PostingList, decode

VERSION = ".".join(map(str, _version))


class Segment:
    """One segment, opened: it stays readable when the writer has removed its files."""

    def __init__(self, folder: Path, entry: Any) -> None:
        """Open a commit's entry. A damaged file can raise anything."""
        self._reader = SegmentReader(DurableStorage(str(folder)), index_schema(0), entry)
        self._files = self._reader.storage()
        self._entry = entry
        # Opened now: the name may be gone by the time that somebody reads from it.
        self._file: BinaryIO = (folder / segment_file(entry)).open("rb")
        self._close_file = finalize(self, self._file.close)
        self.passages: int = entry.doc_count_all()
        self.deleted: Ints = np.fromiter(entry.deleted_docs(), dtype=np.int64)

    @property
    def live(self) -> int:
        return self.passages - len(self.deleted)

    def postings(self, term: str, field: str = TEXT) -> PostingList | None:
        """The list of a term, deleted passages included; None where no passage has it."""
        try:
            info = self._reader.term_info(field, term.encode("utf-8", "surrogatepass"))
        except TermNotFound:
            return None
        return decode(record_of(self._reader._terms._postfile, info))

    def expand(self, prefix: str) -> list[str]:
        """The terms that begin with this."""
        encoded = prefix.encode("utf-8", "surrogatepass")
        found = []
        for _, term in self._reader._terms.terms_from(TEXT, encoded):
            if not term.startswith(encoded):
                break
            found.append(term.decode("utf-8", "surrogatepass"))
        return found

    def part(self, name: str) -> memoryview:
        """The bytes of a part that was given to ``write_segment``, mapped into memory."""
        mapped = self._files.open_file(self._entry.make_filename(f".{name}"))
        return mapped.window(0, len(mapped._buf))  # type: ignore[no-any-return]

    def stream(self, name: str) -> FilePart:
        """The same part, to be read piece by piece: what was read does not stay in memory."""
        return self._stretch(f".{name}")

    def postings_stream(self) -> FilePart:
        """All packed lists; ``STARTS`` says where those of the text begin in them."""
        return self._stretch(POSTINGS)

    def _stretch(self, extension: str) -> FilePart:
        # Whoosh lays the compound file over the folder.
        compound = self._files.a
        return FilePart(self._file, *compound.range(self._entry.make_filename(extension)))

    def close(self) -> None:
        self._close_file()
        self._reader.close()


class FilePart:
    """A stretch of a segment's file."""

    def __init__(self, file: BinaryIO, offset: int, length: int) -> None:
        self._file = file
        self._offset = offset
        self._length = length

    def __len__(self) -> int:
        return self._length

    def read(self, start: int, stop: int) -> bytes:
        """The bytes from ``start`` to ``stop``; EOFError where the file is cut off."""
        self._file.seek(self._offset + start)
        found = self._file.read(stop - start)
        if len(found) != stop - start:
            raise EOFError(f"a segment's file is cut off at {self._offset + start + len(found)}")
        return found


@dataclass(frozen=True, slots=True)
class Commit:
    """A table of contents: which segments are in force, and up to which change of the store."""

    generation: int
    change: int
    entries: list[Any]


def begin(folder: Path) -> None:
    """Begin an empty index where there is none."""
    storage = DurableStorage(str(folder))
    if TOC._latest_generation(storage, NAME) < 0:
        TOC.create(storage, index_schema(0), NAME)


def read_commit(folder: Path) -> Commit | None:
    """The last commit; None where there is no index. A damaged one can raise anything."""
    try:
        contents = TOC.read(DurableStorage(str(folder)), NAME)
    except EmptyIndexError:
        return None
    return Commit(contents.generation, contents.schema.change, contents.segments)


def write_commit(folder: Path, commit: Commit) -> None:
    """Put this commit in force, with its segments' files on the disk before."""
    for entry in commit.entries:
        sync(folder / segment_file(entry))
    toc = TOC(index_schema(commit.change), commit.entries, commit.generation)
    toc.write(DurableStorage(str(folder)), NAME)


def contents_file(commit: Commit) -> str:
    return str(TOC._filename(NAME, commit.generation))


def segment_file(entry: Any) -> str:
    return str(entry.make_filename(entry.COMPOUND_EXT))


def open_with_whoosh(folder: Path) -> Any:
    """The index as Whoosh's own ``FileIndex``, for comparisons."""
    return FileIndex(DurableStorage(str(folder)), indexname=NAME)
