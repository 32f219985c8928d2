"""Documents from JSONL files: our own format, utterances a line, announcements a line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.importing import corpus_rows
from crawler.importing.corpus_rows import Meeting, MeetingName, meeting_name
from crawler.importing.document_json import NotADocument, document_from_json, required
from crawler.importing.text_lines import BadLine, NoTextFile, Progress, lines
from kazami.bodies import Bodies
from kazami.document import Document, Kind
from kazami.errors import KazamiError
from kazami.store import Outcome, Store

__all__ = ["BadLine", "ImportReport", "NoTextFile", "Read", "import_file", "read_documents"]

_BATCH_PASSAGES = 4000
_BAD_LINES_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Read:
    """A document as read, and how many lines of it were roster and agenda."""

    document: Document
    front_matter: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What came of one file.

    ``passages`` counts those read, whether or not they were new, ``kinds`` are those of their
    documents; ``front_matter`` counts the lines of rosters and agendas. ``bad`` are the first
    thousand skipped lines, ``bad_lines`` their number.
    """

    outcome: Outcome
    passages: int
    kinds: frozenset[Kind]
    front_matter: int
    bad: tuple[BadLine, ...]
    bad_lines: int


def import_file(
    store: Store, path: Path, bodies: Bodies, now: datetime, progress: Progress | None = None
) -> ImportReport:
    """Store what the file holds; bad lines are skipped and reported.

    Documents are stored some thousand passages at a time: killed, it keeps what was stored, and
    the next run says *unchanged* to that. Raises NoTextFile for a file that cannot be read at all
    and StoreError where the store refuses.
    """
    outcome = Outcome()
    passages = front_matter = bad_lines = waiting = 0
    kinds: set[Kind] = set()
    bad: list[BadLine] = []
    batch: list[Document] = []
    for found in read_documents(path, bodies, now, progress):
        if isinstance(found, BadLine):
            bad_lines += 1
            if len(bad) < _BAD_LINES_KEPT:
                bad.append(found)
            continue
        batch.append(found.document)
        front_matter += found.front_matter
        passages += len(found.document.passages)
        kinds.add(found.document.kind)
        waiting += len(found.document.passages)
        if waiting >= _BATCH_PASSAGES:
            outcome += store.put(batch)
            batch, waiting = [], 0
    outcome += store.put(batch)
    return ImportReport(
        outcome=outcome,
        passages=passages,
        kinds=frozenset(kinds),
        front_matter=front_matter,
        bad=tuple(sorted(bad, key=lambda line: line.number)),
        bad_lines=bad_lines,
    )


def read_documents(
    path: Path, bodies: Bodies, now: datetime, progress: Progress | None = None
) -> Iterator[Read | BadLine]:
    """The documents of a JSONL file, as soon as each is complete, and the lines that are none.

    What a line is, is told by its fields: ``passages`` (our own format), ``meeting_name`` (one
    utterance) or ``published``. The file is read twice, because the utterances of a meeting need
    not stand together: only the last of its lines completes it. ``progress`` hears of both
    readings as one. Raises NoTextFile.
    """
    last = _meetings(path, bodies, _part(progress, 0))
    open_meetings: dict[MeetingName, Meeting] = {}
    taken: dict[str, str] = {}
    for number, line in lines(path, _part(progress, 1)):
        if isinstance(line, BadLine):
            yield line
            continue
        if not line.strip():
            continue
        name = None
        try:
            row = _row(line)
            if "passages" in row:
                yield Read(document_from_json(row, bodies, now))
            elif "meeting_name" in row:
                name = last.of(row)
                _utterance(row, number, name, open_meetings, bodies)
            elif "published" in row:
                yield Read(corpus_rows.published(row, bodies, now, taken))
            else:
                raise NotADocument(
                    "neither a document (passages), nor an utterance (meeting_name), nor an "
                    "announcement, tender or award (published)"
                )
        except (KazamiError, ValueError) as error:
            yield BadLine(number, str(error))
        if name is not None and last.is_last(name) and name in open_meetings:
            yield from _closed(open_meetings.pop(name), now)
    for meeting in open_meetings.values():
        # Only where the file has grown or changed between the two readings.
        yield from _closed(meeting, now)


class _Meetings:
    """The meetings of a file, and how many lines of each are still to come.

    Address is part of a meeting's name only where the file has several for one body, day and name:
    two sittings with one name must not become one, and a changed address is no other sitting.
    """

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._left: Counter[MeetingName] = Counter()
        self._addresses: dict[MeetingName, set[str]] = {}

    def count(self, row: Mapping[str, Any]) -> None:
        name = meeting_name(row, self._bodies)
        if name is not None:
            self._left[name] += 1
            if name[4] is not None:
                self._addresses.setdefault((*name[:4], None), set()).add(name[4])

    def counted(self) -> None:
        """All lines were seen once."""
        left, self._left = self._left, Counter()
        for name, times in left.items():
            self._left[self._merged(name)] += times

    def of(self, row: Mapping[str, Any]) -> MeetingName | None:
        name = meeting_name(row, self._bodies)
        return name and self._merged(name)

    def is_last(self, name: MeetingName) -> bool:
        self._left[name] -= 1
        return not self._left[name]

    def _merged(self, name: MeetingName) -> MeetingName:
        without: MeetingName = (*name[:4], None)
        return name if len(self._addresses.get(without, ())) > 1 else without


def _meetings(path: Path, bodies: Bodies, progress: Progress | None) -> _Meetings:
    found = _Meetings(bodies)
    for _, line in lines(path, progress):
        if isinstance(line, BadLine) or b'"meeting_name"' not in line:
            continue
        try:
            row = _row(line)
        except (KazamiError, ValueError):
            continue
        if "passages" not in row and "meeting_name" in row:
            found.count(row)
    found.counted()
    return found


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode(), parse_constant=_constant)
    except UnicodeDecodeError as error:
        raise NotADocument(_encoding(line, error)) from error
    except RecursionError as error:
        raise NotADocument("not JSON that can be read: nested too deeply") from error
    except ValueError as error:
        raise NotADocument(f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise NotADocument("not a JSON object")
    if b"\\u" in line:
        _check_escapes(row)
    return row


def _constant(name: str) -> None:
    """NaN is what pandas writes for an empty cell; infinite is nothing."""
    if name != "NaN":
        raise NotADocument(f"not JSON: {name}")


def _check_escapes(value: object) -> None:
    """UTF-8 cannot spell what is no text; JSON's escapes can."""
    match value:
        case str():
            if "\0" in value:
                raise NotADocument("a NUL character (\\u0000) in the text")
            try:
                value.encode()
            except UnicodeEncodeError as error:
                raise NotADocument("half a surrogate pair in the text") from error
        case dict():
            for each in value.values():
                _check_escapes(each)
        case list():
            for each in value:
                _check_escapes(each)


def _encoding(line: bytes, error: UnicodeDecodeError) -> str:
    try:
        line.decode("cp932")
    except UnicodeDecodeError:
        return f"not UTF-8 (byte {error.start + 1})"
    return "not UTF-8 but Shift_JIS, it seems: convert it with iconv -f CP932 -t UTF-8"


def _utterance(
    row: dict[str, Any],
    number: int,
    name: MeetingName | None,
    open_meetings: dict[MeetingName, Meeting],
    bodies: Bodies,
) -> None:
    if name is None:
        for needed in ("source", "municipality", "meeting_name", "meeting_date"):
            if not required(row, needed, str).strip():
                raise NotADocument(f"no {needed}")
        raise NotADocument("url is no text")
    if name not in open_meetings:
        title = str(row["meeting_name"])
        open_meetings[name] = corpus_rows.meeting(name, title, number, bodies)
    open_meetings[name].add(row, number)


def _closed(meeting: Meeting, now: datetime) -> Iterator[Read | BadLine]:
    if not meeting.lines:
        return  # Each of its lines was bad, and has been reported.
    try:
        yield Read(meeting.document(now), len(meeting.front_matter))
    except (KazamiError, ValueError) as error:
        yield BadLine(meeting.line, str(error))


def _part(progress: Progress | None, part: int) -> Progress | None:
    """Two readings of one file as one: of twice the bytes."""
    if progress is None:
        return None
    return lambda done, size: progress(part * size + done, 2 * size)
