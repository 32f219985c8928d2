"""What to fetch next, as a value that can be written down and read back: text instead of code."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from crawler.page import Follow, Parse
from crawler.platform import Platform
from kazami.errors import KazamiError


class FrontierError(KazamiError):
    """What was written down cannot be used by this version: begin the source from its start."""


def write(follow: Follow) -> str:
    """One line of JSON in ASCII. The parser stands in it by its name, as in the raw archive."""
    said: dict[str, object] = {
        "url": follow.url,
        "parser": follow.parse.__name__,
        "key": follow.key,
        "method": follow.method,
        # Each byte is the character of its number, so that any form comes back as it was.
        "body": None if follow.body is None else follow.body.decode("latin-1"),
        "headers": dict(follow.headers),
        "carry": dict(follow.cb_kwargs),
        "document": follow.document,
        "day": None if follow.day is None else follow.day.isoformat(),
        "listing": follow.listing,
        "newest": None if follow.newest is None else follow.newest.isoformat(),
        "version": follow.version,
        "part_of": follow.part_of,
    }
    return json.dumps({name: value for name, value in said.items() if value not in (None, {})})


def read(line: str, parser: Callable[[str], Parse]) -> Follow:
    """What ``write`` wrote; ``parser`` gives the platform's function of a name.

    Tuples of ``cb_kwargs`` come back as lists, as they do from the raw archive. Raises
    FrontierError, and what ``parser`` raises.
    """
    try:
        said = json.loads(line)
        body = said.get("body")
        return Follow(
            url=said["url"],
            parse=parser(said["parser"]),
            key=said["key"],
            method=said["method"],
            body=None if body is None else body.encode("latin-1"),
            headers=said.get("headers", {}),
            cb_kwargs=said.get("carry", {}),
            document=said.get("document"),
            day=_day(said.get("day")),
            listing=said.get("listing"),
            newest=_day(said.get("newest")),
            version=said.get("version"),
            part_of=said.get("part_of"),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FrontierError(f"a frontier that cannot be read: {error!r}: {line[:80]}") from error


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


def named_parser(platform: Platform, name: str) -> Parse:
    """The platform's parser of this name; raises FrontierError where it has none any more."""
    # Nothing but a parser is called by a name that stands in a file.
    parse = platform.parser(name)
    if parse is None:
        raise FrontierError(f"no parser is called {name} any more")
    return parse
