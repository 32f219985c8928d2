"""Search expressions of the procurement portal, after section 3.1 of its guide.

Words stand apart by half-width spaces. NOT binds tightest; AND, OR, ANDNOT and a mere space (AND)
bind alike and are taken from the left; half-width brackets go before all.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from replay.replies import ReplayError

Matches = Callable[[str], bool]

ONE_KANA = "Only one Kana character in search expression"
INTERNAL = "internal error"

_ONE_KANA = re.compile(r"[ぁ-ゖァ-ヺｦ-ﾝ]")
_TOKEN = re.compile(r"[()]|[^ ()]+")


class PortalRefusal(ReplayError):
    """What the portal answers with in place of results; its message is the portal's."""


def expression(written: str) -> Matches:
    """Whether a text has what the expression asks for.

    Raises PortalRefusal for a word of a single kana, and for what is no expression.
    """
    tokens = _TOKEN.findall(written)
    matches, rest = _all(tokens)
    if rest:
        raise PortalRefusal(INTERNAL)
    return matches


def _all(tokens: list[str]) -> tuple[Matches, list[str]]:
    matches, rest = _one(tokens)
    while rest and rest[0] != ")":
        operator = rest[0] if rest[0] in ("AND", "OR", "ANDNOT") else ""
        other, rest = _one(rest[1:] if operator else rest)
        matches = _joined(operator, matches, other)
    return matches, rest


def _one(tokens: list[str]) -> tuple[Matches, list[str]]:
    match tokens:
        case ["NOT", *rest]:
            matches, rest = _one(rest)
            return (lambda text: not matches(text)), rest
        case ["(", *rest]:
            matches, rest = _all(rest)
            if rest[:1] != [")"]:
                raise PortalRefusal(INTERNAL)
            return matches, rest[1:]
        case [word, *rest] if word not in (")", "AND", "OR", "ANDNOT"):
            if _ONE_KANA.fullmatch(word):
                raise PortalRefusal(ONE_KANA)
            return (lambda text: word in text), rest
        case _:
            raise PortalRefusal(INTERNAL)


def _joined(operator: str, left: Matches, right: Matches) -> Matches:
    match operator:
        case "OR":
            return lambda text: left(text) or right(text)
        case "ANDNOT":
            return lambda text: left(text) and not right(text)
        case _:
            return lambda text: left(text) and right(text)
