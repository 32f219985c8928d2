"""The index files, through Whoosh: its directory of segments, term index and compound files.

Whoosh 2.7.4 lets an index bring its own codec, and ours replaces what is slow for counting: the
postings of a term are one packed array (``inverted``) instead of pickled blocks of 128,
and a segment is written in one go from arrays instead of posting by posting. Everything else is
Whoosh's: the table of contents that is renamed into place, segments with deleted documents, the
ordered term index, the compound file. Whoosh's own searcher can read the result.

Only this file, ``files`` and ``segment_file`` import whoosh.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engines.base import EngineError
from indexer.engines.whoosh.inverted import Ints, PostingList, decode

with warnings.catch_warnings():
    # Whoosh is of 2016: today's compiler warns of its string escapes and of "is" with literals.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import columns, fields, formats, matching
    from whoosh.codec import whoosh3
    from whoosh.filedb.compound import CompoundStorage
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import BufferFile

NAME = "kazami"
DOCUMENT, TEXT, DATE, LENGTH = "document", "text", "date", "length"
FIELD_NUMBERS = {DOCUMENT: 0, TEXT: 1}
POSTINGS = whoosh3.W3Codec.POSTS_EXT


class PackedPositions(formats.Positions):  # type: ignore[misc]
    """Positions as little-endian 32-bit integers."""

    def decode_positions(self, value: bytes) -> list[int]:
        positions: list[int] = np.frombuffer(value, dtype="<u4").tolist()
        return positions

    def decode_frequency(self, value: bytes) -> int:
        return len(value) // 4


class PackedMatcher(matching.ListMatcher):  # type: ignore[misc]
    """Hands a packed list to Whoosh's own queries, document by document."""

    def __init__(self, postings: PostingList, position: int = 0, **options: Any) -> None:
        super().__init__(
            postings.docs.tolist(), postings.freqs.tolist(), position=position, **options
        )
        self._postings = postings
        self._ends: list[int] | None = None

    def copy(self) -> PackedMatcher:
        return PackedMatcher(
            self._postings,
            self._i,
            format=self._format,
            scorer=self._scorer,
            term=self._term,
            terminfo=self._terminfo,
        )

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise matching.ReadTooFar
        if id > self.id():
            self._i = int(np.searchsorted(self._postings.docs, id))

    def value(self) -> bytes:
        if self._ends is None:
            self._ends = np.cumsum(self._postings.freqs).tolist()
        end = self._ends[self._i]
        return self._postings.positions[end - self._weights[self._i] : end].astype("<u4").tobytes()

    def score(self) -> float:
        return self._scorer.score(self)  # type: ignore[no-any-return]


class ArrayColumn(columns.Column):  # type: ignore[misc]
    """A column that is one array of 32-bit integers."""

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> Any:
        return ArrayColumnReader(np.frombuffer(dbfile.get(basepos, length), dtype="<u4"))

    def default_value(self, reverse: bool = False) -> int:
        return 0


class ArrayColumnReader(columns.ColumnReader):  # type: ignore[misc]
    def __init__(self, array: Ints) -> None:
        self._array = array
        self._doccount = len(array)

    def __getitem__(self, docnum: int) -> int:
        return int(self._array[docnum])


class PackedPerDocReader(whoosh3.W3PerDocReader):  # type: ignore[misc]
    """Lengths to the last unit; nothing is stored, for the texts are in the store."""

    def _lengths(self) -> Ints:
        if LENGTH not in self._readers:
            self._readers[LENGTH] = self.column_reader(LENGTH, ArrayColumn())
        return self._readers[LENGTH]._array  # type: ignore[no-any-return]

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._lengths()[docnum]) if fieldname == TEXT else default

    def min_field_length(self, fieldname: str) -> int:
        return int(self._lengths().min()) if fieldname == TEXT else 0

    def max_field_length(self, fieldname: str) -> int:
        return int(self._lengths().max()) if fieldname == TEXT else 0

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {}


class PackedCodec(whoosh3.W3Codec):  # type: ignore[misc]
    """Whoosh's codec, but for the postings and for how segments come to be."""

    def per_document_writer(self, storage: Any, segment: Any) -> Any:
        raise EngineError("this index is written in bulk only: use kazami index")

    field_writer = per_document_writer

    def per_document_reader(self, storage: Any, segment: Any) -> PackedPerDocReader:
        return PackedPerDocReader(storage, segment)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> PackedMatcher:
        postings = decode(record_of(dbfile, terminfo))
        return PackedMatcher(postings, format=format_, term=term, scorer=scorer, terminfo=terminfo)

    def new_segment(self, storage: Any, indexname: str) -> PackedSegment:
        return PackedSegment(self, indexname)


class PackedSegment(whoosh3.W3Segment):  # type: ignore[misc]
    """A segment whose compound file is mapped into memory and not copied."""

    def open_compound_file(self, storage: Any) -> MappedStorage:
        file = storage.open_file(self.make_filename(self.COMPOUND_EXT))
        try:
            return MappedStorage(file)
        except BaseException:
            file.close()
            raise


class MappedStorage(CompoundStorage):  # type: ignore[misc]
    def open_file(self, name: str, *args: Any, **options: Any) -> MappedFile:
        offset, length = self.range(name)
        view = memoryview(self._source)[offset : offset + length]
        if len(view) != length:
            raise EOFError(f"{name} is cut off")
        return MappedFile(view)


class MappedFile(BufferFile):  # type: ignore[misc]
    """A part of a compound file, as Whoosh wants it and as a window for arrays."""

    def __init__(self, view: memoryview) -> None:
        self._buf = view
        self._at = 0
        self.file = self
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    def window(self, position: int, length: int) -> memoryview:
        return self._buf[position : position + length]

    def read(self, size: int = -1) -> bytes:
        end = len(self._buf) if size < 0 else self._at + size
        got = bytes(self._buf[self._at : end])
        self._at += len(got)
        return got

    def readline(self) -> bytes:
        rest = bytes(self._buf[self._at :])
        line = rest[: rest.find(b"\n") + 1] or rest
        self._at += len(line)
        return line

    def seek(self, place: int, whence: int = 0) -> None:
        self._at = place + (0, self._at, len(self._buf))[whence]

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        self.is_closed = True


class DurableStorage(FileStorage):  # type: ignore[misc]
    """What is renamed into place is on the disk before; a table of contents is read at once."""

    def open_file(self, name: str, **options: Any) -> Any:
        if not name.endswith(".toc"):
            return super().open_file(name, **options)
        # TOC.read of 2.7.4 leaves the file open where it is damaged.
        return MappedFile(memoryview(Path(self._fpath(name)).read_bytes()))

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        sync(Path(self._fpath(oldname)))
        super().rename_file(oldname, newname, safe=safe)
        sync(Path(self.folder))


class ChangeSchema(fields.Schema):  # type: ignore[misc]
    """The schema, which Whoosh keeps in its table of contents, and beside it our change number.

    So the two cannot come apart, whenever the writer is killed.
    """

    change = 0


def index_schema(change: int) -> ChangeSchema:
    schema = ChangeSchema(
        document=fields.FieldType(format=formats.Existence(), analyzer=None, unique=True),
        text=fields.FieldType(format=PackedPositions(), analyzer=None, scorable=True),
        date=fields.NUMERIC(int, bits=32, signed=False, sortable=ArrayColumn()),
    )
    schema.change = change
    return schema


def sync(path: Path) -> None:
    """Wait until a file or directory is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def record_of(postings: MappedFile, info: Any) -> memoryview:
    offset, length = info.extent()
    # W3TermInfo.from_bytes of 2.7.4 forgets to take the length out of its tuple.
    return postings.window(offset, length[0] if isinstance(length, tuple) else length)
