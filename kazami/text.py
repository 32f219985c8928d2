"""The forms of a text: exact, for searching, for comparing names.

*Exact form*: NFKC, and beside it only what docs/query-language.md lists: characters that nobody
sees are left out (variation selectors, zero-width spaces, soft hyphens, marks of direction,
control characters), a radical is its kanji (⻑ is 長), both waves are ~, minus signs and hyphens
are -. Where a text has none of these, it equals plain NFKC.

*Search form*: beside that, soft line breaks joined, variant kanji folded, ヶ and ケ between kanji
made one, dashes made one (サ－ビス is サービス, ｅ―Ｔａｘ is e-tax), a hyphen between a letter and
a digit left out (Ｏ－１５７ is o157), middle dots made ・ (· between two figures), lower-cased.

Which line breaks are soft, and what nobody sees: ``kazami/line_breaks.py``; which kanji are folded,
and why: ``kazami/variants.py``, ``kazami/radicals.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kazami.line_breaks import KANJI, UNSEEN, soft_breaks
from kazami.radicals import RADICALS
from kazami.variants import VARIANTS

# ヶ and ケ between kanji are the same sign (鎌ケ谷, 龍ヶ崎); the dictionary knows ヶ better.
_KE = f"ケ(?=[{KANJI}])(?<=[{KANJI}]ケ)"
# Most stand in katakana words, and to know all kanji takes 3 ms to compile.
_KE_ALONE = "(?<![ァ-ヺー])ケ(?![ァ-ヺー])"
_VARIANT = re.compile(f"[{''.join(VARIANTS)}]")

# Half of all keyboards give 〜 and −, the other half ～ and －, of which NFKC makes ~ and -.
_ALIKE = str.maketrans(
    RADICALS | dict.fromkeys("\u301c\u223c", "~") | dict.fromkeys("‐\u2011\u2212\u207b\u208b", "-")
)

# What may stand for the long vowel, and for a hyphen: lines of all lengths, and each for the other.
_LINES = "\u2012-\u2015\u2043\u2500\u2501\u23af\u23e4"
_SOME_LINE = re.compile(f"[-ー{_LINES}]")
# The patterns that only some texts need are compiled at their first use.
#
# ン and ッ cannot be drawn out: there the line joins two words, as in セブン－イレブン. After
# hiragana, and before a mark that closes, only a hyphen is taken for a long vowel: a line there is
# a pause.
_LONG_VOWEL = (
    f"[-{_LINES}](?:(?<=[ァ-ヺ].)(?=[ぁ-ゖァ-ヺ])"
    "|(?<=[ァ-ヺ]-)(?=[、。・,)」』】])|(?<=[ぁ-ゖ]-)(?=[ぁ-ゖァ-ヺ]))(?<![ンッんっを].)"
)
_HYPHEN = f"[ー{_LINES}](?<=[0-9A-Za-z].)(?=[0-9A-Za-z])"
_NEEDLESS_HYPHEN = "-(?:(?<=[A-Za-z].)(?=[0-9])|(?<=[0-9].)(?=[A-Za-z]))"

FIGURES = "0-9〇一二三四五六七八九十"
FIGURES_DOT = "\u00b7"
"""What a middle dot between two figures is in the search form."""
# １・５倍 is 1.5倍, and ３・４歳 is 3歳 and 4歳: the tokens must tell this dot from other marks.
_DOT = re.compile("[・\u00b7\u2022\u2027\u2219\u22c5]")
_BETWEEN_FIGURES = f"・(?<=[{FIGURES}]・)(?=[{FIGURES}])"

# NFKC is slow (7 million characters a second), and nearly all Japanese text needs little of it.
# _STABLE characters stay as they are; _SINGLE ones change, each for itself. Neither joins
# with a neighbour, so that a text of only these is normalised in its changing runs alone.
_STABLE = (
    "\t\n\r -~"
    "\u3001-\u301b\u301d-\u3029"  # 、 to 〩 without 〜
    "\u3041-\u3096\u309d\u309e\u30a1-\u30fe"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff"  # kanji
    "\u2012-\u2016\u2018-\u2023\u203b"  # dashes, quotation marks, ※
    "\u2190-\u2193\u2500-\u27bf"  # arrows, lines of tables, ●○◆
    "\u00d7\u00f7\u00b0\u00b1\u00a7"
)
_SINGLE = (
    "\u3000\uff01-\uff60\uffe0-\uffe6\uff61-\uff9d"  # full-width ASCII, half-width kana
    "\u2160-\u217f\u2460-\u24ea\u3220-\u3243\u3251-\u325f\u3280-\u33ff"  # Ⅳ ① ㈱ ㎡
    "\u2025\u2026\u2103\u2116\u2121"  # ‥ … ℃ № ℡
    "\u2010\u2011\u2212\u301c"  # ‐ ‑ − 〜
    "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5"  # radicals
)
_OTHER = re.compile(f"[^{_STABLE}{_SINGLE}]")
_UNSEEN = re.compile(f"[{UNSEEN}]")
# In bits, so that what is remembered of them stays small.
_CHANGING = re.compile(f"[{_SINGLE}]{{1,32}}")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A form of a text: ``offsets[i]`` is where in the original its character ``i`` comes from.

    ``offsets`` never falls and is one longer than ``text``; its last is the original's length.
    """

    text: str
    offsets: list[int]

    def source(self, original: str, begin: int, end: int) -> tuple[int, int]:
        """Where in the original the characters ``begin`` to ``end`` of the form come from.

        A line break or a hyphen that the form leaves out after the last character is no part of
        it; of a character that the form spells out (㍿), all is.
        """
        offsets = self.offsets
        start, stop = offsets[begin], offsets[end]
        if stop - start == end - begin:
            return start, stop
        while stop <= start and end < len(offsets) - 1:
            end += 1
            stop = offsets[end]
        line = _SOME_LINE.match(self.text, end - 1)
        while stop - 1 > start and (
            original[stop - 1].isspace()
            or (not line and _SOME_LINE.match(_normal(original[stop - 1])))
        ):
            stop -= 1
        return start, stop


def exact_form(text: str) -> str:
    """What an exact match looks through: NFKC, nothing unseen. Line breaks stay as they are."""
    return _nfkc(text)


def search_form(text: str) -> str:
    """What is tokenized: see the module. It is its own search form, but for line breaks."""
    folded = _fold(_nfkc(_without(text, soft_breaks(text))))
    return _lower(_without(folded, _needless_hyphens(folded)))


def fold_name(text: str) -> str:
    """For comparing speakers, roles, titles and names: the search form without white space."""
    return "".join(search_form(text).split())


def exact_form_with_offsets(text: str) -> Mapped:
    """``exact_form`` and where each of its characters comes from."""
    return _mapped_nfkc(text, [])


def search_form_with_offsets(text: str) -> Mapped:
    """``search_form`` and where each of its characters comes from."""
    plain = _mapped_nfkc(text, soft_breaks(text))
    folded, offsets = _fold(plain.text), plain.offsets
    if hyphens := _needless_hyphens(folded):
        kept = _kept_offsets(len(folded), hyphens)
        folded, offsets = _without(folded, hyphens), [*(offsets[i] for i in kept), len(text)]
    lower = _lower(folded)
    if len(lower) == len(folded):
        return Mapped(lower, offsets)
    offsets = [
        offset
        for character, offset in zip(folded, offsets, strict=False)
        for _ in _lower(character)
    ]
    return Mapped(lower, [*offsets, len(text)])


def _nfkc(text: str) -> str:
    """The exact form."""
    if _OTHER.search(text):
        return _normalized(_UNSEEN.sub("", text))
    return _CHANGING.sub(lambda run: _normal(run[0]), text)


def _mapped_nfkc(text: str, breaks: list[tuple[int, int]]) -> Mapped:
    """``_nfkc`` of the text without these breaks, and where each character comes from."""
    kept = _without(text, breaks)
    origin = _kept_offsets(len(text), breaks)
    if _OTHER.search(kept):
        if unseen := [found.span() for found in _UNSEEN.finditer(kept)]:
            origin = [origin[i] for i in _kept_offsets(len(kept), unseen)]
            kept = _without(kept, unseen)
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
    """Variant kanji, ケ, dashes and middle dots, one character for one."""
    text = _VARIANT.sub(lambda found: VARIANTS[found[0]], text)
    if "ケ" in text and re.search(_KE_ALONE, text):
        text = re.sub(_KE, "ヶ", text)
    if _DOT.search(text):
        text = re.sub(_BETWEEN_FIGURES, FIGURES_DOT, _DOT.sub("・", text))
    if _SOME_LINE.search(text):
        text = re.sub(_HYPHEN, "-", re.sub(_LONG_VOWEL, "ー", text))
    return text


def _needless_hyphens(folded: str) -> list[tuple[int, int]]:
    """Those that some print between a letter and a digit, and others do not: Ｏ－１５７, U18."""
    if "-" not in folded:
        return []
    return [found.span() for found in re.finditer(_NEEDLESS_HYPHEN, folded)]


def _lower(text: str) -> str:
    # The only letter whose lower case depends on its neighbours is the Greek sigma.
    return text.replace("Σ", "σ").lower()


def _normalized(text: str) -> str:
    """NFKC, with what it leaves apart though it is alike; the latter first, for it undoes some."""
    return unicodedata.normalize("NFKC", text.translate(_ALIKE))


@lru_cache(8192)
def _normal(piece: str) -> str:
    """``_normalized`` of a few characters; the runs of a text are much the same ones."""
    return _normalized(piece)


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
