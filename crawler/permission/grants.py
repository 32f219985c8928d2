"""The user's own permissions.toml: an answer written in, with everything else left as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kazami.errors import KazamiError
from kazami.files import replace_file
from kazami.permission import Permission, load_permissions, parse_permissions

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HEADER = re.compile(r"\s*\[")


class GrantError(KazamiError):
    """The answer cannot be written down."""


def record(file: Path, permission: Permission, today: date) -> Permission | None:
    """Write the permission into ``file``; an earlier one for the source stays as a comment.

    The file is replaced whole or not at all. Returns the earlier permission, None where there was
    none. Raises SourceError where the file cannot be read, and GrantError.
    """
    before = load_permissions(file)
    text = file.read_text("utf-8-sig") if file.exists() else ""
    lines = text.split("\n")  # a note may hold what else splitlines() would cut at
    if permission.source in before:
        lines = list(_without(lines, permission.source, today))
    while lines and not lines[-1].strip():
        lines.pop()
    if lines:
        lines.append("")
    written = "\n".join([*lines, *_table(permission)]) + "\n"
    if parse_permissions(written, file.name) != before | {permission.source: permission}:
        raise GrantError(
            f"{file}: {permission.source} cannot be replaced without touching the rest; "
            "take its table out by hand, then run this again"
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, written)
    except OSError as error:
        raise GrantError(f"{file}: cannot be written: {error.strerror}") from error
    return before.get(permission.source)


def _without(lines: list[str], source: str, today: date) -> Iterator[str]:
    """The lines, those of the source's table as comments."""
    header = re.compile(rf"\s*\[\s*[\"']{re.escape(source)}[\"']\s*\]\s*(#.*)?")
    inside = False
    for line in lines:
        if header.fullmatch(line):
            inside = True
            yield f"# replaced on {today}:"
        elif inside and _HEADER.match(line):
            inside = False
        yield f"# {line}" if inside and line.strip() and not line.startswith("#") else line


def _table(permission: Permission) -> Iterator[str]:
    yield f"[{_text(permission.source)}]"
    yield f"granted_by = {_text(permission.granted_by)}"
    yield f"granted_on = {permission.granted_on}"
    yield f"fetch = {str(permission.fetch).lower()}"
    yield f"redistribute = {str(permission.redistribute).lower()}"
    if permission.hours is not None:
        first, last = permission.hours
        yield f'hours = "{first:%H:%M}-{last:%H:%M}"'
    if permission.days is not None:
        yield f"days = {json.dumps([_DAYS[day] for day in sorted(permission.days)])}"
    if permission.minimum_delay is not None:
        yield f"minimum_delay = {permission.minimum_delay:g}"
    for key in ("contact", "notice", "notes"):
        if value := getattr(permission, key):
            yield f"{key} = {_text(value)}"


def _text(value: str) -> str:
    """A TOML basic string; JSON's is one, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
