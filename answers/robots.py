"""Robots: what a source's robots.txt says of its text, by our own look, else the shipped one."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import ndiff
from typing import TYPE_CHECKING

from crawler.detection import text_address
from crawler.permission.robots import Reading
from crawler.permission.robots_history import (
    FILE,
    RobotsHistory,
    RobotsSnapshot,
    ShippedRobots,
    shipped_for,
)
from crawler.permission.standing import rules_of
from kazami.sources import Source

if TYPE_CHECKING:
    from kazami.settings import Settings


@dataclass(frozen=True, slots=True)
class Seen:
    """One look at robots.txt: whether it allows the text, and its delay in seconds.

    ``page``: an HTML page stands in its place, and nothing in it rules.
    """

    look: RobotsSnapshot
    allows: bool
    delay: float
    page: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsAnswer:
    """``stood`` is the look that is obeyed, ``changed`` a later one that waits for a word.

    ``difference`` are the rules that came (``+``) and went (``-``) between them. Without a look of
    our own, ``shipped`` is what was seen when kazami was made, None where nobody has looked.
    """

    stood: Seen | None
    changed: Seen | None
    difference: tuple[str, ...]
    shipped: ShippedRobots | None


def robots(settings: Settings, source: Source) -> RobotsAnswer | None:
    """What is known of the robots.txt of a source; None where its address is not known."""
    if not source.url:
        return None
    looks, text = RobotsHistory(settings.data_dir / FILE), text_address(source)
    stood, changed = looks.stands(source.url), looks.changed(source.url)
    difference: tuple[str, ...] = ()
    if changed:
        before = stood.rules.splitlines() if stood else []
        rules = ndiff(before, changed.rules.splitlines())
        difference = tuple(line for line in rules if line[:1] in "+-")
    return RobotsAnswer(
        stood=_seen(stood, text) if stood else None,
        changed=_seen(changed, text) if changed else None,
        difference=difference,
        shipped=shipped_for(source.url),
    )


def _seen(look: RobotsSnapshot, text: str) -> Seen:
    rules = rules_of(look)
    return Seen(look, rules.allow(text), rules.delay, look.reading is Reading.PAGE)
