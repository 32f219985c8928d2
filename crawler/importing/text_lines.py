"""Lines of a text file that may be gzipped, cut short, damaged or no text at all."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kazami.errors import KazamiError

LONGEST_LINE = 32 * 1024 * 1024
"""In bytes. A longer line is skipped without being held in memory."""

_CHUNK = 64 * 1024
_LARGEST = 1024 * 1024
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"


class NoTextFile(KazamiError):
    """The file is missing, unreadable or binary."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was skipped, by its number from 1, and why."""

    number: int
    reason: str


Progress = Callable[[int, int], None]
"""Told how many bytes of how many are done."""


def lines(path: Path, progress: Progress | None = None) -> Iterator[tuple[int, bytes | BadLine]]:
    """The numbered lines of a file without their ends; of a gzipped one, whatever its name.

    A line that is too long comes as a BadLine, and so does the place where gzipped data break off;
    what stands before it is read. Raises NoTextFile in one line for a missing, unreadable or
    binary file.
    """
    try:
        if not path.is_file():
            state = "is a directory or device" if path.exists() else "no such file"
            raise NoTextFile(f"{path}: {state}; give a JSONL file, gzipped or not")
        yield from _lines(path, progress)
    except OSError as error:
        raise NoTextFile(f"{path}: cannot be read: {error.strerror or error}") from error


def _lines(path: Path, progress: Progress | None) -> Iterator[tuple[int, bytes | BadLine]]:
    number = 1
    rest: list[bytes] = []
    held = 0
    first = True
    for chunk in _chunks(path, progress):
        if isinstance(chunk, str):
            if rest:
                yield number, b"".join(rest)
                number += 1
            yield number, BadLine(number, chunk)
            return
        if first:
            if b"\0" in chunk:
                raise NoTextFile(f"{path}: a binary file or UTF-16, not JSONL in UTF-8")
            chunk, first = chunk.removeprefix(_BOM), False
        *whole, tail = chunk.split(b"\n")
        for line in whole:
            if held + len(line) > LONGEST_LINE:
                yield number, _too_long(number)
            else:
                yield number, b"".join([*rest, line]) if rest else line
            rest, held = [], 0
            number += 1
        held += len(tail)
        if held > LONGEST_LINE:
            rest = []
        elif tail:
            rest.append(tail)
    if held > LONGEST_LINE:
        yield number, _too_long(number)
    elif rest:
        yield number, b"".join(rest)


def _too_long(number: int) -> BadLine:
    return BadLine(number, f"longer than {LONGEST_LINE // 1024 // 1024} MB")


def _chunks(path: Path, progress: Progress | None) -> Iterator[bytes | str]:
    """The content in chunks; a last string says what is wrong with gzipped data."""
    size = path.stat().st_size
    with path.open("rb") as file:
        packed = file.read(len(_GZIP)) == _GZIP
        file.seek(0)
        unpack = zlib.decompressobj(wbits=31) if packed else None
        inside = False
        while chunk := file.read(_CHUNK):
            if unpack is None:
                yield chunk
            while unpack is not None and chunk:
                try:
                    yield unpack.decompress(chunk, _LARGEST)
                except zlib.error as error:
                    yield f"the gzipped data are damaged from here on ({error})"
                    return
                chunk, inside = unpack.unconsumed_tail, not unpack.eof
                if unpack.eof:
                    # Another member may follow, or the zeros that some archivers pad with.
                    chunk = unpack.unused_data.lstrip(b"\0")
                    unpack = zlib.decompressobj(wbits=31)
            if progress is not None:
                progress(file.tell(), size)
        if unpack is not None and inside:
            yield unpack.flush()
            if not unpack.eof:
                yield "the gzipped data break off here"
