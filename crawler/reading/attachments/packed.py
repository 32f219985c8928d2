"""Office files are zip archives of XML: what of them may be read, unpacked within bounds."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable

MOST_MEMBERS = 10_000
_PIECE = 1 << 20
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class BadFile(ValueError):
    """The file is none that can be read; says what is wrong, for a line."""


class NoText(ValueError):
    """The file is of pictures, or its fonts do not say which letters they show."""


def members(body: bytes, wanted: Callable[[str], bool], most: int) -> dict[str, bytes]:
    """The wanted members of an archive, unpacked.

    Raises BadFile for a broken or locked archive, for more than ``most`` bytes by what it declares
    or by what comes out, and for XML that declares a document type: office files have none, and
    entities are declared there.
    """
    found: dict[str, bytes] = {}
    left = most
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_MEMBERS:
                raise BadFile(f"{len(infos):,} files inside")
            if sum(each.file_size for each in infos if wanted(each.filename)) > most:
                raise BadFile(_too_much(most))
            for info in infos:
                if not wanted(info.filename) or info.filename in found:
                    continue
                if info.flag_bits & 1:
                    raise BadFile("locked with a password")
                found[info.filename] = _unpacked(archive, info, left, most)
                left -= len(found[info.filename])
    except BadFile:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise BadFile(f"a broken archive ({str(error)[:60]})") from error
    return found


def repacked(found: dict[str, bytes]) -> bytes:
    """The members as an archive that unpacks to what was looked at, and to nothing else."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, most: int) -> bytes:
    parts = []
    with archive.open(info) as member:
        while part := member.read(_PIECE):
            left -= len(part)
            if left < 0:
                raise BadFile(_too_much(most))
            parts.append(part)
    content = b"".join(parts)
    head = content[:4096].replace(b"\0", b"")  # also in UTF-16
    if _DECLARES.search(head) or _DECLARES.search(content):
        raise BadFile("XML with a document type, which may hold entities")
    return content


def _too_much(most: int) -> str:
    return f"more than {most / 1e6:,.0f} MB when unpacked"
