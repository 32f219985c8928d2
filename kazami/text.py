"""The forms of a text: exact (NFKC), for searching (variants folded), for comparing names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_VARIANTS = dict(zip("髙﨑德濵濱邊邉槗", "高崎徳浜浜辺辺橋", strict=True))
_ANY_VARIANT = re.compile(f"[{''.join(_VARIANTS)}]")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A form of a text: ``offsets[i]`` is where in the original its character ``i`` comes from.

    ``offsets`` is one longer than ``text``; its last is the length of the original.
    """

    text: str
    offsets: list[int]


def exact_form(text: str) -> str:
    """What an exact match looks through."""
    return unicodedata.normalize("NFKC", _SELECTORS.sub("", text))


def search_form(text: str) -> str:
    """What is tokenized."""
    return _ANY_VARIANT.sub(lambda m: _VARIANTS[m[0]], exact_form(text)).lower()


def fold_name(text: str) -> str:
    """For comparing speakers, roles, titles and names: the search form without white space."""
    return "".join(search_form(text).split())
