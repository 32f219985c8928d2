"""What a source says of its list: selectors and addresses, never logic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from lxml.cssselect import CSSSelector

from crawler.platforms.notices.options import wrong_hosts

MOST_PAGES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOptions:
    """``lists`` are further lists of the source, by address.

    CSS selectors: ``area`` is where the rows stand, ``item`` one row, in it ``title`` (a link, or
    what holds one) and ``date``; ``next`` is the link to the rest of the list. ``pages`` are read
    of it at most. Without ``item`` a general rule looks for rows.
    """

    lists: tuple[str, ...] = ()
    area: str = ""
    item: str = ""
    title: str = ""
    date: str = ""
    next: str = ""
    pages: int = 10

    def written(self) -> dict[str, Any]:
        """As ``cb_kwargs`` hold them."""
        said = {name: value for name, value in asdict(self).items() if value}
        return said | ({"lists": list(self.lists)} if self.lists else {})


_SELECTORS = ("area", "item", "title", "date", "next")


def options_of(options: Mapping[str, object]) -> ListOptions:
    """The options of a source; raises ValueError with the first mistake."""
    mistakes = check_options(options)
    if mistakes:
        raise ValueError(f"options: {mistakes[0]}")
    return ListOptions(**{name: value for name, value in options.items() if name != "hosts"})  # type: ignore[arg-type]


def check_options(options: Mapping[str, object]) -> list[str]:
    """One line for each mistake; none where all is well."""
    known = {field.name for field in fields(ListOptions)} | {"hosts"}
    mistakes = [f"unknown option {name!r}" for name in options if name not in known]
    mistakes += wrong_hosts(options.get("hosts", ()))
    lists = options.get("lists", ())
    if not isinstance(lists, list | tuple):
        mistakes.append("lists must be a list of addresses")
    else:
        mistakes += [
            f"lists: {each!r} is no http(s) address"
            for each in lists
            if not isinstance(each, str) or not re.match(r"https?://[^/*]+/", each)
        ]
    pages = options.get("pages", 1)
    if not isinstance(pages, int) or not 1 <= pages <= MOST_PAGES:
        mistakes.append(f"pages must be a number from 1 to {MOST_PAGES}")
    for name in _SELECTORS:
        value = options.get(name, "a")
        try:
            CSSSelector(value if isinstance(value, str) else "")
        except Exception as error:
            mistakes.append(f"{name}: {value!r} is no CSS selector ({error})")
    inside = [name for name in ("title", "date") if name in options]
    if inside and "item" not in options:
        mistakes.append(f"{inside[0]} is selected in an item; item is missing")
    return mistakes
