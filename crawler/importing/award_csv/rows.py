"""The rows of a CSV file, whatever its charset, one in memory at a time."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from crawler.importing.text_lines import BadLine, NoTextFile, Progress

_CHUNK = 1024 * 1024
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LONGEST_CELL = 128 * 1024


def charset_of(path: Path) -> str:
    """UTF-8 (with or without BOM), UTF-16 with BOM, or Shift_JIS as Windows writes it.

    Read to the end: a table may say its first word that is not ASCII in its last row. Where the
    bytes fit neither, it is the one that fewer of them offend. Raises NoTextFile.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4)
            if start[:2] in _UTF_16:
                return "utf-16"
            if start.startswith(codecs.BOM_UTF8):
                return "utf-8-sig"
            if b"\0" in start or start.startswith(b"PK\3\4"):
                raise NoTextFile(f"{path}: no CSV but a binary file; unpack it, or save it as CSV")
            wrong = {"utf-8": 0, "cp932": 0}
            for charset in wrong:
                file.seek(0)
                wrong[charset] = _offended(file, charset)
                if not wrong[charset]:
                    return charset
            return min(wrong, key=lambda charset: wrong[charset])
    except OSError as error:
        raise NoTextFile(f"{path}: cannot be read: {error.strerror or error}") from error


def _offended(file: io.BufferedReader, charset: str) -> int:
    decoder = codecs.getincrementaldecoder(charset)("replace")
    count = 0
    while chunk := file.read(_CHUNK):
        count += decoder.decode(chunk).count("\ufffd")
    return count + decoder.decode(b"", final=True).count("\ufffd")


def rows(path: Path, progress: Progress | None = None) -> Iterator[tuple[int, list[str] | BadLine]]:
    """The rows that hold anything, each with the number of its first line.

    A row that cannot be read (bytes of another charset, a quotation mark never closed) comes as a
    BadLine. Raises NoTextFile for a file that cannot be read at all.
    """
    charset = charset_of(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as raw:
            text = io.TextIOWrapper(raw, charset, errors="surrogateescape", newline="")
            reader = csv.reader(text, delimiter=_delimiter(path, charset))
            csv.field_size_limit(_LONGEST_CELL)
            number = 1
            while True:
                try:
                    row = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield number, BadLine(number, f"no row of CSV: {error}")
                    number = reader.line_num + 1
                    continue
                if any(cell.strip() for cell in row):
                    yield number, _checked(row, number, charset)
                number = reader.line_num + 1
                if progress is not None and not number % 512:
                    progress(raw.tell(), size)
    except OSError as error:
        raise NoTextFile(f"{path}: cannot be read: {error.strerror or error}") from error


def _checked(row: list[str], number: int, charset: str) -> list[str] | BadLine:
    together = "".join(row)
    if "\0" in together:
        return BadLine(number, "a NUL character in the row")
    if not together.isascii():
        try:
            together.encode()
        except UnicodeEncodeError:
            name = "Shift_JIS" if charset == "cp932" else charset.upper()
            return BadLine(number, f"bytes that are not {name}")
    return row


def _delimiter(path: Path, charset: str) -> str:
    with path.open(encoding=charset, errors="replace") as file:
        first = file.readline(_LONGEST_CELL)
    return "\t" if "\t" in first and "," not in first else ","
