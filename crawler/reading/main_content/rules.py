"""The rules of ``config/cms.toml``: how each content management system prints a notice."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from kazami.config import ConfigError, config_dir

DayMeans = Literal["published", "updated"]


@dataclass(frozen=True, slots=True)
class CmsRule:
    """How one system prints a notice; the words are explained at the head of the file."""

    name: str
    marks: tuple[str, ...]
    content: tuple[str, ...]
    title: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    day: DayMeans = "updated"
    contact: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()

    def marks_page(self, source: str) -> bool:
        return any(re.search(mark, source) for mark in self.marks)


@dataclass(frozen=True, slots=True)
class CmsRules:
    """The systems in the order in which they are tried, and what all of them share."""

    systems: tuple[CmsRule, ...]
    contact: tuple[str, ...]
    drop: tuple[str, ...]
    lines: tuple[str, ...]

    def without_systems(self) -> CmsRules:
        """What the general rule alone would read with: to measure what the systems are worth."""
        return CmsRules((), self.contact, self.drop, self.lines)


@cache
def cms_rules(folder: Path | None = None) -> CmsRules:
    """The shipped rules; raises ConfigError where the file is missing or not of this shape."""
    file = (folder or config_dir()) / "cms.toml"
    try:
        kept = tomllib.loads(file.read_text(encoding="utf-8"))
        common = kept["common"]
        return CmsRules(
            tuple(_rule(each) for each in kept["rules"]),
            _checked(common["contact"]),
            _checked(common["drop"]),
            tuple(re.compile(each).pattern for each in common["lines"]),
        )
    except FileNotFoundError:
        raise ConfigError(f"{file} is missing; install kazami again") from None
    except (KeyError, TypeError, ValueError, SyntaxError, re.error) as error:
        raise ConfigError(f"{file}: {error!r}; install kazami again") from error


def _rule(kept: Mapping[str, Any]) -> CmsRule:
    if strange := sorted(set(kept) - set(CmsRule.__dataclass_fields__)):
        raise ValueError(f"{kept.get('name')}: no such key: {', '.join(strange)}")
    if kept.get("day", "updated") not in ("published", "updated"):
        raise ValueError(f"{kept['name']}: day is published or updated, not {kept['day']!r}")
    selectors = ("content", "title", "days", "contact", "drop", "alone")
    return CmsRule(
        name=str(kept["name"]),
        marks=tuple(re.compile(each).pattern for each in kept["marks"]),
        day=cast("DayMeans", kept.get("day", "updated")),
        **{key: _checked(kept.get(key, ())) for key in selectors},
    )


def _checked(selectors: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in selectors if _selector(each))


@cache
def _selector(css: str) -> CSSSelector:
    return CSSSelector(css, translator="html")


def selected(root: HtmlElement, css: Iterable[str]) -> list[HtmlElement]:
    """The elements under ``root`` that any of the selectors finds, by selector."""
    return [each for one in css for each in cast("list[HtmlElement]", _selector(one)(root))]


_SIMPLE = re.compile(r"[.#][\w-]+")


def found_by(root: HtmlElement, css: Iterable[str]) -> list[HtmlElement]:
    """The elements that any of many selectors finds, in one walk where they are names alone."""
    ids, classes, others = set(), set(), []
    for each in css:
        if not _SIMPLE.fullmatch(each):
            others.append(each)
        elif each[0] == "#":
            ids.add(each[1:])
        else:
            classes.add(each[1:])
    found = [
        each
        for each in root.iter(etree.Element)
        if each.get("id") in ids or not classes.isdisjoint((each.get("class") or "").split())
    ]
    return found + selected(root, others)
