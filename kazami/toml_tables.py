"""Tables of TOML files that people write: values of the type that is needed, or where one is not.

Every function raises SourceError, whose message begins with the place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from kazami.errors import KazamiError


class SourceError(KazamiError):
    """A file of sources or permissions cannot be read or makes no sense."""


def read_toml(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SourceError(f"{file}: {reason}") from error


def table_at(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise SourceError(f"{where}: a table is needed, not {value!r}")
    return value


def only_keys(table: Mapping[str, object], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            raise SourceError(f"{where}: unknown key {key!r}{nearest(key, known)}")


def text_at(table: Mapping[str, object], key: str, where: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise SourceError(f"{where}.{key}: a text is needed, not {value!r}")
    return value


def count_at(table: Mapping[str, object], key: str, where: str) -> int | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SourceError(f"{where}.{key}: a whole number from 1 is needed, not {value!r}")
    return value


def seconds_at(table: Mapping[str, object], key: str, where: str) -> float | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 3600:
        raise SourceError(f"{where}.{key}: seconds from 0 to 3600 are needed, not {value!r}")
    return float(value)


def yes_no_at(table: Mapping[str, object], key: str, where: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise SourceError(f"{where}.{key}: true or false is needed, not {value!r}")
    return value


def nearest(name: str, known: tuple[str, ...]) -> str:
    import difflib  # only a mistake needs it

    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(known)}"
