"""What a segment holds beside its inverted lists: documents and passages as arrays and strings.

A segment holds whole documents; a document's passages follow each other, and after them comes its
title row, where its kind has one (``indexer.titles``). What is said here of passages holds for
title rows too, whose key and fields are empty. Strings are UTF-8 with a terminator that UTF-8 never
has, so that searching the raw bytes cannot run over a border.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.inverted import Ints
from kazami.document import Stance
from kazami.fields import TEXT_FIELDS

TERMINATOR = b"\xff"
STANCES: tuple[Stance | None, ...] = (
    None,
    Stance.QUESTION,
    Stance.ANSWER,
    Stance.CHAIR,
    Stance.OTHER,
)
"""The numbers that stances are stored as: append only."""

# The parts of a segment. One value per passage:
DOCUMENT, KEY, STANCE, EXACT = "document", "key", "stance", "exact"
# and one for each of ``kazami.fields``, by its name, which numbers the values under its plural.
# Where the tokens stand, as ``indexer.spans`` packs it, and the checksum of the text it is of:
SPANS, CHECKSUM = "spans", "checksum"
# One value per document:
ID, TITLE, BODY, KIND, DAY, FIRST = "id", "title", "body", "kind", "day", "first"
# 1 where speakers or day may have been read wrong:
DOUBTFUL = "doubtful"
# The different values that KIND numbers:
KINDS = "kinds"
# The terms of the text once more in bulk, for merging and for looking through, and where their
# records begin:
TERMS, STARTS = "terms", "starts"

UNDATED = 0
"""The day of a document that has none."""

DTYPES: dict[str, npt.DTypeLike] = {
    DOCUMENT: "<u4",
    CHECKSUM: "<u4",
    STANCE: "<u1",
    **dict.fromkeys(TEXT_FIELDS, "<u4"),
    BODY: "<u4",
    KIND: "<u4",
    DAY: "<u4",
    DOUBTFUL: "<u1",
    FIRST: "<u4",
}


RUN_BYTES = 1 << 20
"""How much of a column of strings is read at once."""

_RUN_STRINGS = 1 << 16


class Part(Protocol):
    """A stretch of a file."""

    def __len__(self) -> int: ...

    def read(self, start: int, stop: int) -> bytes: ...


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


class Strings(Sequence[str]):
    """Strings in one buffer: the bytes, then where each begins, then how many there are."""

    def __init__(self, view: memoryview) -> None:
        count = int(np.frombuffer(view[-8:], dtype="<u8")[0])
        end = len(view) - 8 * (count + 2)
        self.blob = view[:end]
        self.offsets: Ints = np.frombuffer(view[end:-8], dtype="<u8")

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def raw(self, index: int) -> bytes:
        begin, end = int(self.offsets[index]), int(self.offsets[index + 1])
        return bytes(self.blob[begin : end - 1])

    def __getitem__(self, index: Any) -> Any:
        return self.raw(index).decode("utf-8", "surrogatepass")

    def all(self) -> list[bytes]:
        """All at once."""
        return bytes(self.blob).split(TERMINATOR)[:-1]


class StreamedStrings:
    """The same, read piece by piece: of a long text no more is in memory than is looked at."""

    def __init__(self, part: Part) -> None:
        self._part = part
        count = int(np.frombuffer(part.read(len(part) - 8, len(part)), dtype="<u8")[0])
        self._end = len(part) - 8 * (count + 2)
        self._count = count

    def __len__(self) -> int:
        return self._count

    def offsets(self, start: int, stop: int) -> Ints:
        """Where the strings from ``start`` to ``stop`` begin, and where the last ends."""
        read = self._part.read(self._end + 8 * start, self._end + 8 * (stop + 1))
        return np.frombuffer(read, dtype="<u8").astype(np.int64)

    def runs(
        self, start: int = 0, stop: int | None = None, size: int = RUN_BYTES
    ) -> Iterator[tuple[int, bytes, Ints]]:
        """Strings that follow each other: the first one's number, the bytes, where each begins.

        A run has about ``size`` bytes, and at least one string; its last offset is its end.
        """
        stop = len(self) if stop is None else stop
        for block in range(start, stop, _RUN_STRINGS):
            offsets = self.offsets(block, min(block + _RUN_STRINGS, stop))
            at, last = 0, len(offsets) - 1
            while at < last:
                upto = int(np.searchsorted(offsets, offsets[at] + size, side="right")) - 1
                upto = min(max(upto, at + 1), last)
                begin = int(offsets[at])
                yield (
                    block + at,
                    self._part.read(begin, int(offsets[upto])),
                    offsets[at : upto + 1] - begin,
                )
                at = upto


def strings_tail(sizes: Iterable[Ints]) -> Iterator[bytes]:
    """What follows the bytes in a Strings; ``sizes`` are those of the strings with terminator."""
    base = count = 0
    yield bytes(8)
    for run in sizes:
        ends = np.cumsum(run, dtype=np.int64) + base
        yield ends.astype("<u8").tobytes()
        base = int(ends[-1]) if len(ends) else base
        count += len(run)
    yield np.array([count], dtype="<u8").tobytes()


def string_chunks(runs: Iterable[tuple[memoryview | bytes, Ints]]) -> Iterator[bytes | memoryview]:
    """The bytes of a Strings, from runs of terminated strings and the size of each."""
    sizes: list[Ints] = []
    for blob, run_sizes in runs:
        yield blob
        sizes.append(run_sizes.astype(np.uint32))
    yield from strings_tail(sizes)


def strings(texts: Iterable[bytes]) -> Iterator[bytes | memoryview]:
    """The bytes of a Strings that holds these."""
    pieces = [text + TERMINATOR for text in texts]
    sizes = np.array([len(piece) for piece in pieces], dtype=np.uint32)
    return string_chunks([(b"".join(pieces), sizes)])


class Columns:
    """A segment's columns, each read when it is first asked for."""

    def __init__(self, part: Callable[[str], memoryview]) -> None:
        self._part = part
        self._arrays: dict[str, Ints] = {}
        self._strings: dict[str, Strings] = {}

    def array(self, name: str) -> Ints:
        if name not in self._arrays:
            self._arrays[name] = np.frombuffer(self._part(name), dtype=DTYPES[name])
        return self._arrays[name]

    def strings(self, name: str) -> Strings:
        if name not in self._strings:
            self._strings[name] = Strings(self._part(name))
        return self._strings[name]

    @cached_property
    def documents(self) -> int:
        return len(self.array(BODY))

    def passage_id(self, passage: int) -> str:
        """The passage's id; that of its document where it is a title row."""
        document = int(self.array(DOCUMENT)[passage])
        key = self.strings(KEY)[passage]
        return f"{self.strings(ID)[document]}#{key}" if key else str(self.strings(ID)[document])


def numbered(values: Iterable[str | None]) -> tuple[Ints, list[str]]:
    """Each value's number among the different ones; an absent one is the empty string."""
    numbers: dict[str, int] = {}
    taken = [numbers.setdefault(value or "", len(numbers)) for value in values]
    return np.array(taken, dtype=np.int64), list(numbers)


def as_bytes(name: str, values: Ints | Sequence[int]) -> bytes:
    """An array part's bytes."""
    return np.asarray(values).astype(DTYPES[name]).tobytes()
