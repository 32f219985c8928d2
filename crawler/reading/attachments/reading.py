"""A linked file to pieces of text with their page or sheet, within bounds whatever the file is."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from crawler.reading.attachments.kinds import FileKind, file_kind
from crawler.reading.paragraphs import pieces
from kazami.attachments import AttachmentState

_RUN = (
    "import sys; sys.path[:] = {}; from crawler.reading.attachments.worker import main; main(*{})"
)

_XCPU = getattr(signal, "SIGXCPU", None)
_WAITED = 3.0
"""The machine may have other work: a file is waited for so many times as long as it may compute."""


@dataclass(frozen=True, slots=True)
class AttachmentLimits:
    """What one file may cost; what passes ``pages``, ``cells`` or ``characters`` is cut, and said.

    Bytes, seconds of computing for a PDF and for another file, bytes of memory, bytes when
    unpacked.
    """

    size: int = 30_000_000
    pdf_seconds: float = 40.0
    seconds: float = 15.0
    memory: int = 600_000_000
    unpacked: int = 150_000_000
    pages: int = 500
    cells: int = 300_000
    characters: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some 200 to 1,200 characters of a file; ``page`` counts from 1, ``sheet`` is its name."""

    text: str
    page: int | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class AttachmentText:
    """What became of a file: ``note`` says in a line why it has no text, or not all of it."""

    state: AttachmentState
    pieces: tuple[Piece, ...] = ()
    note: str = ""


def attachment_text(
    name: str,
    content_type: str | None,
    body: bytes,
    limits: AttachmentLimits | None = None,
) -> AttachmentText:
    """The text of a PDF, Word (docx), Excel (xlsx, xls, ods), CSV or text file.

    The bytes tell the kind, ``name`` and ``content_type`` only where they cannot. Raises nothing: a
    file too large, too slow or broken is *refused*, one of pictures has *no text*, and another kind
    is *unread*.
    """
    limits = limits or AttachmentLimits()
    if len(body) > limits.size:
        return _refused(f"{len(body) / 1e6:,.1f} MB, more than {limits.size / 1e6:,.0f} MB")
    kind = file_kind(name, content_type, body)
    if isinstance(kind, str):
        return _refused(kind)
    if not kind.is_read:
        return AttachmentText(AttachmentState.UNREAD, note=f"{kind.label} is not read")
    return _read(kind, content_type, body, limits)


def _read(
    kind: FileKind, content_type: str | None, body: bytes, limits: AttachmentLimits
) -> AttachmentText:
    seconds = limits.pdf_seconds if kind is FileKind.PDF else limits.seconds
    told = (kind.value, content_type, json.dumps(asdict(limits)))
    command = [sys.executable, "-c", _RUN.format(repr(sys.path), repr(told))]
    slow = f"takes more than {seconds:g} s to read"
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=seconds * _WAITED)
    except subprocess.TimeoutExpired:
        return _refused(slow)
    if _XCPU is not None and done.returncode == -_XCPU:
        return _refused(slow)
    try:
        said = [json.loads(line) for line in done.stdout.splitlines()]
    except ValueError:
        said = []
    if not said or "state" not in said[-1]:
        much = f"more than {limits.memory / 1e6:,.0f} MB of memory, or a broken file"
        return _refused(f"the reader broke off: {much}")
    return _text(said[:-1], AttachmentState(said[-1]["state"]), str(said[-1]["note"]))


def _text(parts: list[Mapping[str, object]], state: AttachmentState, note: str) -> AttachmentText:
    found = []
    for part in parts:
        page, sheet = part.get("page"), part.get("sheet")
        for text in pieces(str(part["text"])):
            found.append(
                Piece(
                    text,
                    page if isinstance(page, int) else None,
                    str(sheet) if sheet is not None else None,
                )
            )
    if state is AttachmentState.READ and not found:
        return AttachmentText(AttachmentState.NO_TEXT, note=note or "it holds no text")
    return AttachmentText(state, tuple(found), note)


def _refused(why: str) -> AttachmentText:
    return AttachmentText(AttachmentState.REFUSED, note=f"{why}: refused")
