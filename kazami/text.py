"""The forms of a text: exact (NFKC), for searching (variant kanji folded), for comparing names.

*Exact form*: NFKC, without characters that nobody sees (variation selectors, zero-width spaces,
soft hyphens), so that its counts are those of anyone's NFKC count over the same text. *Search
form*: beside that, soft line breaks joined, variant kanji folded, ヶ and ケ between kanji made one,
lower-cased. Where a text has none of these, both equal plain NFKC.

Which line breaks are soft: ``kazami/line_breaks.py``; which kanji are folded, and why:
``kazami/variants.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kazami.line_breaks import KANJI, UNSEEN, soft_breaks
from kazami.variants import VARIANTS

# ヶ and ケ between kanji are the same sign (鎌ケ谷, 龍ヶ崎); the dictionary knows ヶ better.
_KE = f"ケ(?=[{KANJI}])(?<=[{KANJI}]ケ)"
_VARIANT = re.compile(f"[{''.join(VARIANTS)}]")

# NFKC is slow (7 million characters a second), and nearly all Japanese text needs little of it.
# _STABLE characters stay as they are; _SINGLE ones change, each for itself. Neither joins
# with a neighbour, so that a text of only these is normalised in its changing runs alone.
_STABLE = (
    "\t\n\r -~"
    "\u3001-\u3029"  # 、 to 〩
    "\u3041-\u3096\u309d\u309e\u30a1-\u30fe"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff"  # kanji
    "\u2010\u2012-\u2016\u2018-\u2023\u203b"  # dashes, quotation marks, ※
    "\u2190-\u2193\u2500-\u27bf"  # arrows, lines of tables, ●○◆
    "\u00d7\u00f7\u00b0\u00b1\u00a7"
)
_SINGLE = (
    "\u3000\uff01-\uff60\uffe0-\uffe6\uff61-\uff9d"  # full-width ASCII, half-width kana
    "\u2160-\u217f\u2460-\u24ea\u3220-\u3243\u3251-\u325f\u3280-\u33ff"  # Ⅳ ① ㈱ ㎡
    "\u2025\u2026\u2103\u2116\u2121"  # ‥ … ℃ № ℡
)
_OTHER = re.compile(f"[^{_STABLE}{_SINGLE}]")
# In bits, so that what is remembered of them stays small.
_CHANGING = re.compile(f"[^{_STABLE}]{{1,32}}")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A form of a text: ``offsets[i]`` is where in the original its character ``i`` comes from.

    ``offsets`` never falls and is one longer than ``text``; its last is the original's length.
    """

    text: str
    offsets: list[int]


def exact_form(text: str) -> str:
    """What an exact match looks through: NFKC, nothing unseen. Line breaks stay as they are."""
    return _nfkc(text)


def search_form(text: str) -> str:
    """What is tokenized: NFKC, soft line breaks joined, variant kanji folded, lower-cased."""
    return _lower(_fold(_nfkc(_without(text, soft_breaks(text)))))


def fold_name(text: str) -> str:
    """For comparing speakers, roles, titles and names: the search form without white space."""
    return "".join(search_form(text).split())


def exact_form_with_offsets(text: str) -> Mapped:
    """``exact_form`` and where each of its characters comes from."""
    return _mapped_nfkc(text, [])


def search_form_with_offsets(text: str) -> Mapped:
    """``search_form`` and where each of its characters comes from."""
    plain = _mapped_nfkc(text, soft_breaks(text))
    folded = _fold(plain.text)
    lower = _lower(folded)
    if len(lower) == len(folded):
        return Mapped(lower, plain.offsets)
    offsets = [
        offset
        for character, offset in zip(folded, plain.offsets, strict=False)
        for _ in _lower(character)
    ]
    return Mapped(lower, [*offsets, len(text)])


def _nfkc(text: str) -> str:
    """NFKC without unseen characters."""
    if _OTHER.search(text):
        return unicodedata.normalize("NFKC", re.sub(f"[{UNSEEN}]", "", text))
    return _CHANGING.sub(lambda run: _normal(run[0]), text)


def _mapped_nfkc(text: str, breaks: list[tuple[int, int]]) -> Mapped:
    """``_nfkc`` of the text without these breaks, and where each character comes from."""
    kept = _without(text, breaks)
    origin = _kept_offsets(len(text), breaks)
    if _OTHER.search(kept):
        seen = [i for i, character in enumerate(kept) if not re.match(f"[{UNSEEN}]", character)]
        kept = "".join(kept[i] for i in seen)
        origin = [origin[i] for i in seen]
        pieces: Iterable[tuple[int, int]] = _segments(kept)
    else:
        pieces = ((i, i + 1) for run in _CHANGING.finditer(kept) for i in range(*run.span()))
    form: list[str] = []
    offsets: list[int] = []
    done = 0
    for start, end in pieces:
        normal = _normal(kept[start:end])
        form += (kept[done:start], normal)
        offsets += origin[done:start]
        # A piece that keeps its length is taken to keep its order; only marks on one letter
        # may not, and nobody marks them singly.
        same = len(normal) == end - start
        offsets += origin[start:end] if same else [origin[start]] * len(normal)
        done = end
    form.append(kept[done:])
    offsets += origin[done:]
    return Mapped("".join(form), [*offsets, len(text)])


def _fold(text: str) -> str:
    """Variant kanji, one character for one."""
    text = _VARIANT.sub(lambda found: VARIANTS[found[0]], text)
    return re.sub(_KE, "ヶ", text) if "ケ" in text else text


def _lower(text: str) -> str:
    # The only letter whose lower case depends on its neighbours is the Greek sigma.
    return text.replace("Σ", "σ").lower()


@lru_cache(8192)
def _normal(piece: str) -> str:
    """NFKC of a few characters; the runs of a text are much the same ones."""
    return unicodedata.normalize("NFKC", piece)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    if not spans:
        return text
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _kept_offsets(length: int, spans: list[tuple[int, int]]) -> list[int]:
    offsets: list[int] = []
    start = 0
    for cut, end in [*spans, (length, length)]:
        offsets.extend(range(start, cut))
        start = end
    return offsets


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Pieces that cover the text and can be normalised each for itself."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or _starts_segment(text[end]):
            yield start, end
            start = end


@lru_cache(8192)
def _starts_segment(character: str) -> bool:
    """Whether the character neither combines nor composes with one before it."""
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.combining(first) == 0 and first not in _composing_seconds()


@cache
def _composing_seconds() -> frozenset[str]:
    """Characters that compose with the one before: the vowels and finals of Hangul and others."""
    seconds = {chr(i) for i in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    for i in range(0x20000):
        parts = unicodedata.decomposition(chr(i)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            seconds.add(chr(int(parts[1], 16)))
    return frozenset(seconds)
