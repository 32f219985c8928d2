"""The raw archive: every answer as it came, in gzipped WARC, to be read again without fetching."""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from kazami.errors import KazamiError

FOLDER = "raw"
_ROLL_AT = 500_000_000
_LEVEL = 6
_CHUNK = 1 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
MOST_MEMBERS = 10_000
"""Gzip members of one answer; servers send one."""

_MEMBER = b"\x1f\x8b\x08\x00"
"""How each of our gzip members begins (RFC 1952, 2.3): where to go on after a damaged one."""


class ArchiveError(KazamiError):
    """The raw archive cannot be written or read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request, its answer, and who asked: enough to parse the page again.

    ``parser`` is the name of the platform's function, ``cb_kwargs`` what it gets beside the page;
    ``key`` names the page inside its ``source``. ``body`` is as received, ``Content-Encoding``
    not undone. ``fetched`` carries a time zone.
    """

    source: str
    key: str
    parser: str
    cb_kwargs: Mapping[str, object]
    url: str
    method: str
    request_headers: tuple[tuple[str, str], ...]
    request_body: bytes
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched: datetime

    def header(self, name: str) -> str | None:
        """The first header of this name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def cookies(self) -> str:
        """The cookies that the answer set, without their attributes: ``a=1; b=2``."""
        set_ = [value for name, value in self.headers if name.lower() == "set-cookie"]
        return "; ".join(value.partition(";")[0].strip() for value in set_)

    @property
    def content(self) -> bytes:
        """The body with gzip and deflate undone."""
        return decoded(self.body, self.header("content-encoding"))


def digest(body: bytes) -> str:
    """``sha1:…`` in base 32, the way WARC names a payload."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


class TooMuch(ValueError):
    """What is packed is larger than may be taken."""


def decoded(body: bytes, encoding: str | None, limit: int | None = None) -> bytes:
    """Undo ``Content-Encoding``; raises ValueError where it is cut or unknown.

    Where it is over ``limit`` that is TooMuch.
    """
    encoding = (encoding or "identity").strip().lower()
    if encoding == "identity" or not body:
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(f"Content-Encoding {encoding!r} was not asked for")
    # zlib: 32 finds gzip and zlib by itself; some servers send deflate without a header (-15).
    try:
        return _inflated(body, 32 + zlib.MAX_WBITS, limit)
    except zlib.error as error:
        if encoding != "deflate":
            raise ValueError(f"broken {encoding} data") from error
    try:
        return _inflated(body, -zlib.MAX_WBITS, limit)
    except zlib.error as error:
        raise ValueError(f"broken {encoding} data") from error


def _inflated(body: bytes, bits: int, limit: int | None) -> bytes:
    """All members, one after another; handed over in growing pieces.

    What zlib is given beyond a member's end it copies: whole, for a page of a hundred thousand
    empty members, that is quadratic.
    """
    packed, pieces = memoryview(body), []
    at = length = members = 0
    while at < len(packed):
        members += 1
        if members > MOST_MEMBERS:
            raise ValueError(f"packed in more than {MOST_MEMBERS:,} pieces")
        stream, step = zlib.decompressobj(bits), 1 << 8
        while not stream.eof:
            if at >= len(packed):
                raise ValueError("the packed data is cut short")
            given = packed[at : at + step]
            pieces.append(stream.decompress(given, 0 if limit is None else limit - length + 1))
            length += len(pieces[-1])
            if limit is not None and length > limit:
                raise TooMuch(f"larger than {limit} bytes when unpacked")
            at += len(given) - len(stream.unused_data)
            step = min(2 * step, _CHUNK)
    return b"".join(pieces)


class Archive:
    """The files of one run, ``<run's start>-<run>-<part>.warc.gz``, made at the first answer.

    Every answer is on its way to the disk when ``keep`` returns: killing the process loses none.
    Raises ArchiveError where the disk refuses.
    """

    def __init__(self, data: Path, run: int, started: datetime, *, roll_at: int = _ROLL_AT) -> None:
        self._folder = data / FOLDER
        self._stem = f"{started:%Y%m%dT%H%M%SZ}-{run:05d}"
        self._roll_at = roll_at
        self._part = 0
        self._out: BinaryIO | None = None

    def keep(self, exchange: Exchange) -> None:
        """Write the exchange as a response and a request record."""
        buffer = BytesIO()
        writer = WARCWriter(buffer, gzip=False, warc_version="1.1")
        response = _response(writer, exchange)
        writer.write_record(response)
        packed = _gzip(buffer.getvalue())
        buffer.seek(0)
        buffer.truncate()
        writer.write_record(_request(writer, exchange, response))
        packed += _gzip(buffer.getvalue())
        try:
            out = self._file()
            out.write(packed)
            out.flush()
        except OSError as error:
            raise self._unwritable(error) from error

    def close(self) -> None:
        out, self._out = self._out, None
        try:
            if out is not None:
                out.close()
        except OSError as error:  # of a full disk: what could not be written is tried once more
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> ArchiveError:
        return ArchiveError(
            f"{self._folder}: cannot be written: {error.strerror}; what was stored before is kept: "
            "free some space, then crawl again"
            if error.errno in _FULL
            else f"{self._folder}: cannot be written: {error.strerror}"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _file(self) -> BinaryIO:
        if self._out is not None and self._out.tell() >= self._roll_at:
            self.close()
        if self._out is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._part += 1
            file = self._folder / f"{self._stem}-{self._part:03d}.warc.gz"
            self._out = file.open("xb")
            buffer = BytesIO()
            writer = WARCWriter(buffer, gzip=False, warc_version="1.1")
            about = {"software": "kazami", "format": "WARC File Format 1.1"}
            writer.write_record(writer.create_warcinfo_record(file.name, about))
            self._out.write(_gzip(buffer.getvalue()))
        return self._out


def _gzip(record: bytes) -> bytes:
    # warcio packs at level 9: measured at twice the time of level 6 for 2 % less.
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return packer.compress(record) + packer.flush()


def _response(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    reason = HTTPStatus(exchange.status).phrase if exchange.status in set(HTTPStatus) else ""
    return writer.create_warc_record(
        exchange.url,
        "response",
        payload=BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=StatusAndHeaders(
            f"{exchange.status} {reason}", list(exchange.headers), protocol="HTTP/1.1"
        ),
        warc_headers_dict={
            "WARC-Date": _warc_date(exchange.fetched),
            "WARC-Payload-Digest": digest(exchange.body),
            "Kazami-Source": exchange.source,
            # JSON keeps the values in one line of ASCII, which a WARC header must be.
            "Kazami-Key": json.dumps(exchange.key),
            "Kazami-Parser": exchange.parser,
            "Kazami-Carry": json.dumps(dict(exchange.cb_kwargs)),
            "Kazami-Fetched": exchange.fetched.isoformat(),
        },
    )


def _request(writer: WARCWriter, exchange: Exchange, response: ArcWarcRecord) -> ArcWarcRecord:
    parts = urlsplit(exchange.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return writer.create_warc_record(
        exchange.url,
        "request",
        payload=BytesIO(exchange.request_body),
        length=len(exchange.request_body),
        http_headers=StatusAndHeaders(
            f"{exchange.method} {path} HTTP/1.1",
            [("Host", parts.netloc), *exchange.request_headers],
            is_http_request=True,
        ),
        warc_headers_dict={
            "WARC-Date": _warc_date(exchange.fetched),
            "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
        },
    )


def _warc_date(moment: datetime) -> str:
    # Offset +00:00 to Z: WARC-Date is UTC.
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an archived answer lies, and what it answers."""

    file: Path
    offset: int
    source: str
    key: str
    fetched: datetime


class _CutShort(ValueError):
    """The file ends inside a record."""


def latest(data: Path, damage: Callable[[str, bool], None]) -> list[Place]:
    """The latest whole answer for each page, in the order in which the pages were first seen.

    So a page stands before those that it led to, even where it was fetched again after them.

    ``damage`` gets a line for each record that cannot be used, and whether that is the cut end of
    a file, which a killed run leaves: its page was never used either.
    """
    found: dict[tuple[str, str], Place] = {}
    for file in sorted((data / FOLDER).glob("*.warc.gz")):
        for place in _places(file, damage):
            before = found.get((place.source, place.key))
            if before is None or place.fetched >= before.fetched:
                found[place.source, place.key] = place  # keeps its place in the order
    return list(found.values())


def load(place: Place) -> Exchange:
    """Read one archived answer; raises ArchiveError where it is gone or damaged meanwhile."""
    try:
        with place.file.open("rb") as archive:
            archive.seek(place.offset)
            record = _unpacked(iter(lambda: archive.read(_CHUNK), b""))[0]
        return _exchange(record)
    except (OSError, ValueError) as error:
        raise ArchiveError(f"{place.file.name} at byte {place.offset}: {error}") from error


def _places(file: Path, damage: Callable[[str, bool], None]) -> Iterator[Place]:
    try:
        if not file.stat().st_size:
            return
        with file.open("rb") as archive, mmap(archive.fileno(), 0, access=ACCESS_READ) as packed:
            at = 0
            while 0 <= at < len(packed):
                chunks = (packed[n : n + _CHUNK] for n in range(at, len(packed), _CHUNK))
                try:
                    record, length = _unpacked(chunks)
                    if b"\r\nWARC-Type: response\r\n" in record.partition(b"\r\n\r\n")[0] + b"\r\n":
                        exchange = _exchange(record)
                        yield Place(file, at, exchange.source, exchange.key, exchange.fetched)
                    at += length
                except ValueError as error:
                    following = packed.find(_MEMBER, at + 1)
                    cut = isinstance(error, _CutShort) and following < 0
                    damage(f"{file.name} at byte {at}: {error}; skipped", cut)
                    at = following
    except OSError as error:
        raise ArchiveError(f"{file}: cannot be read: {error.strerror}") from error


def _unpacked(chunks: Iterable[bytes]) -> tuple[bytes, int]:
    """The record in the gzip member that ``chunks`` begin with, and the member's packed length.

    Raises ValueError where it is cut short or its checksum differs.
    """
    stream = zlib.decompressobj(zlib.MAX_WBITS + 16)
    pieces, length = [], 0
    try:
        for chunk in chunks:
            pieces.append(stream.decompress(chunk))
            length += len(chunk)
            if stream.eof:
                return b"".join(pieces), length - len(stream.unused_data)
    except zlib.error as error:
        raise ValueError("a damaged record") from error
    raise _CutShort("a record cut short, as a killed run leaves it")


def _exchange(packed: bytes) -> Exchange:
    try:
        record = next(ArchiveIterator(BytesIO(packed)))
        named = record.rec_headers.get_header
        if record.rec_type != "response" or not named("Kazami-Fetched"):
            raise ValueError("no answer that kazami archived")
        return Exchange(
            source=named("Kazami-Source"),
            key=json.loads(named("Kazami-Key")),
            parser=named("Kazami-Parser"),
            cb_kwargs=json.loads(named("Kazami-Carry")),
            url=named("WARC-Target-URI"),
            method="",
            request_headers=(),
            request_body=b"",
            status=int(record.http_headers.get_statuscode()),
            headers=tuple(record.http_headers.headers),
            body=record.raw_stream.read(),
            fetched=datetime.fromisoformat(named("Kazami-Fetched")),
        )
    except (StopIteration, ArchiveLoadFailed, StatusAndHeadersParserException) as error:
        raise ValueError("no WARC record") from error
