"""The plain part of TOML, read fast: tables of one-line values, as the files of sources have them.

tomllib takes 0.2 s for the 1,789 sources; every command that names a body would wait for it.
"""

from __future__ import annotations

import json
import re
import tomllib

_LINE = re.compile(
    r'(?:\[(?P<several>\[?)"(?P<code>[0-9]{6})"\.(?P<kind>[a-z]+)(?P<below>\.options)?\](?P<end>\]?)'
    r"|(?P<key>[a-z_]+) = (?P<value>.+)"
    r"|#[^\x00-\x1f\x7f]*"
    r"|)"
)
_FIELDS = re.compile(r"\{ [a-z_]+ = [0-9]+(?:, [a-z_]+ = [0-9]+)* \}")
_FIELD = re.compile(r"([a-z_]+) = ([0-9]+)")
_SCALAR = re.compile(r'"[^"\\\x00-\x1f\x7f]*"|0|[1-9][0-9]*')
_TEXT = r'"(?:[^"\\\x00-\x1f\x7f]|\\["\\])*"'
_TEXTS = re.compile(rf"{_TEXT}|\[{_TEXT}(?:, {_TEXT})*\]")

Table = dict[str, object]


def loads(text: str) -> Table:
    """What ``tomllib.loads`` answers, for any TOML; raises its TOMLDecodeError."""
    tables = _plain(text)
    return tomllib.loads(text) if tables is None else tables


def _plain(text: str) -> Table | None:
    """The tables, or None where a line is not plain or a name stands twice."""
    if "\r" in text:
        return None
    tables: dict[str, dict[str, object]] = {}
    table: Table = {}
    started = False
    for line in text.split("\n"):
        match = _LINE.fullmatch(line)
        if match is None:
            return None
        if key := match["key"]:
            value = _value(match["value"])
            if value is None or key in table or not started:
                return None
            table[key] = value
        elif code := match["code"]:
            if len(match["several"]) != len(match["end"]):
                return None
            opened = _open(
                tables.setdefault(code, {}),
                match["kind"],
                several=bool(match["several"]),
                below=bool(match["below"]),
            )
            if opened is None:
                return None
            table, started = opened, True
    return dict(tables)


def _open(kinds: Table, kind: str, *, several: bool, below: bool) -> Table | None:
    """The new table under this header; None where TOML would object or it is not plain."""
    there = kinds.get(kind)
    new: Table = {}
    if below:
        owner = there[-1] if isinstance(there, list) and there else there
        if several or not isinstance(owner, dict) or "options" in owner:
            return None
        owner["options"] = new
    elif several:
        if there is None:
            kinds[kind] = [new]
        elif isinstance(there, list):
            there.append(new)
        else:
            return None
    elif there is None:
        kinds[kind] = new
    else:
        return None
    return new


def _value(text: str) -> object | None:
    if _SCALAR.fullmatch(text):
        return text[1:-1] if text[0] == '"' else int(text)
    if _TEXTS.fullmatch(text):
        value: object = json.loads(text)
        return value
    if _FIELDS.fullmatch(text):
        pairs = _FIELD.findall(text)
        fields = {key: int(number) for key, number in pairs if number == str(int(number))}
        return fields if len(fields) == len(pairs) else None
    return None
