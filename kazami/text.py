"""The forms of a text: exact (NFKC), for searching (variant kanji folded), for comparing names.

*Exact form*: NFKC, without characters that nobody sees (variation selectors, zero-width spaces,
soft hyphens), soft line breaks joined. *Search form*: beside that, variant kanji folded, ヶ and ケ
between kanji made one, lower-cased. Where a text has none of these, both equal plain NFKC.

**Soft line breaks.** Minutes mostly have one line per paragraph, set in by one or two full-width
spaces. Some are cut at a fixed width, inside words. A break is joined only where letters stand on
both sides (elsewhere it cuts no word), the next line is not set in and starts no list item,
neither line is a row of a table or of names, and something says that the sentence runs on: the
line so far holds 、 or 。; the next line starts with what starts none (っ, ー, を); or the next
line has 、 or 。 and the break lies inside a katakana word, follows a particle, a line set in as
paragraphs are, or a line as long as the longest of its text. Headings, agendas, rosters and stage
directions fail all of these. In 128,393 utterances of one city it joins 216 breaks, all rightly.

**Variant kanji**: see ``kazami/variants.py``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from kazami.variants import VARIANTS

_KANJI = "\u3005-\u3006\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u3096\u30a1-\u30fa\u30fc\u309d\u309e\u30fd\u30fe\uff66-\uff9f"
# ヶ and ケ between kanji are the same sign (鎌ケ谷, 龍ヶ崎); the dictionary knows ヶ better.
_KE = re.compile(f"ケ(?=[{_KANJI}])(?<=[{_KANJI}]ケ)")
_VARIANT = re.compile(f"[{''.join(VARIANTS)}]")

# Characters that nobody sees: soft hyphen, zero-width spaces and joiners, variation selectors.
_UNSEEN_SET = "\u00ad\u200b-\u200d\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef"
_UNSEEN = re.compile(f"[{_UNSEEN_SET}]")

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
_CHANGING = re.compile(f"[^{_STABLE}]+")

_BREAK = re.compile(r"\r\n|\n|\r")
_LETTER = f"{_KANJI}{_KANA}0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
# A break with a letter after it: all that can be soft. Cheap to search for.
_MAYBE_SOFT = re.compile(rf"[\n\r](?=[{_LETTER}])")
_STARTS_IN_LETTER = re.compile(f"[{_LETTER}]")
_ENDS_IN_LETTER = re.compile(rf"[{_LETTER}{_UNSEEN_SET}]\Z")
_STARTS_NO_LINE = re.compile("[々ーゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮをンんヲｰｧ-ｯﾞﾟ]")
_NUMBER = "[0-9０-９〇一二三四五六七八九十]"
_ITEM = re.compile(
    rf"{_NUMBER}+(?:[　 .．,，、)）:：・]|\Z|号|条|項|款)|(?:日程)?第{_NUMBER}"
    r"|.[　 ]|[ア-ン][.．)）]"
)
_ROW = re.compile(r"\S(?:　　|  |\t)\s*\S|[│┃|｜]")
_TITLE = re.compile(r"(?:について|の件|に関すること)\Z")
_COMMA = re.compile("[、。，．]")
_PARTICLE = re.compile(r"[をがはにへのでともや]\Z")
_KATAKANA = re.compile("[ァ-ヺーｦ-ﾟ]")
_ASCII_LETTER = re.compile("[A-Za-z]")
_PARAGRAPH = re.compile(r"(?:　{1,2}| {1,4})\S")
_NARROWEST, _WIDEST = 20, 64


@dataclass(frozen=True, slots=True)
class Mapped:
    """A form of a text: ``offsets[i]`` is where in the original its character ``i`` comes from.

    ``offsets`` never falls and is one longer than ``text``; its last is the original's length.
    """

    text: str
    offsets: list[int]


def exact_form(text: str) -> str:
    """What an exact match looks through: NFKC, nothing unseen, soft line breaks joined."""
    text = _without(text, _soft_breaks(text))
    if _OTHER.search(text):
        return unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return _CHANGING.sub(lambda run: _normal(run[0]), text)


def search_form(text: str) -> str:
    """What is tokenized: the exact form, variant kanji folded, lower-cased."""
    return _lower(_fold(exact_form(text)))


def fold_name(text: str) -> str:
    """For comparing speakers, roles, titles and names: the search form without white space."""
    return "".join(search_form(text).split())


def exact_form_with_offsets(text: str) -> Mapped:
    """``exact_form`` and where each of its characters comes from."""
    whole = len(text)
    breaks = _soft_breaks(text)
    kept = _without(text, breaks)
    origin = _kept_offsets(whole, breaks)
    form: list[str] = []
    offsets: list[int] = []
    unseen = _OTHER.search(kept) is not None
    if unseen:
        places = [i for i, character in enumerate(kept) if not _UNSEEN.match(character)]
        origin = [origin[i] for i in places]
        kept = _UNSEEN.sub("", kept)
    start = 0
    for end in _segment_ends(kept, simple=not unseen):
        piece = kept[start:end]
        normal = _normal(piece) if end - start == 1 else unicodedata.normalize("NFKC", piece)
        form.append(normal)
        # A segment that keeps its length keeps its order too, but for combining marks, which
        # nobody marks singly.
        offsets.extend(
            origin[start:end] if len(normal) == end - start else [origin[start]] * len(normal)
        )
        start = end
    offsets.append(whole)
    return Mapped("".join(form), offsets)


def search_form_with_offsets(text: str) -> Mapped:
    """``search_form`` and where each of its characters comes from."""
    exact = exact_form_with_offsets(text)
    folded = _fold(exact.text)
    lower = _lower(folded)
    if len(lower) == len(folded):
        return Mapped(lower, exact.offsets)
    offsets = [
        offset
        for character, offset in zip(folded, exact.offsets, strict=False)
        for _ in _lower(character)
    ]
    return Mapped(lower, [*offsets, len(text)])


def _fold(text: str) -> str:
    """Variant kanji, one character for one."""
    return _KE.sub("ヶ", _VARIANT.sub(lambda found: VARIANTS[found[0]], text))


def _lower(text: str) -> str:
    # The only letter whose lower case depends on its neighbours is the Greek sigma.
    return text.replace("Σ", "σ").lower()


@lru_cache(8192)
def _normal(piece: str) -> str:
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


def _segment_ends(text: str, *, simple: bool) -> list[int]:
    """Where the text can be cut so that normalising the pieces normalises the whole."""
    if simple:
        return list(range(1, len(text) + 1))
    ends = [i for i in range(1, len(text)) if _starts_segment(text[i])]
    return [*ends, len(text)] if text else []


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


def _soft_breaks(text: str) -> list[tuple[int, int]]:
    """The line breaks inside sentences, as spans of the original; see the module's rule."""
    if not _MAYBE_SOFT.search(text):
        return []
    breaks = [found.span() for found in _BREAK.finditer(text)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    widest = max(end - start for start, end in zip(starts, ends, strict=True))
    soft: list[tuple[int, int]] = []
    comma = joined = False
    for i, span in enumerate(breaks):
        line = text[starts[i] : ends[i]]
        comma = (comma and joined) or _COMMA.search(line) is not None
        following = text[starts[i + 1] : ends[i + 1]]
        joined = _runs_on(line, following, comma=comma, widest=widest)
        if joined:
            soft.append(span)
    return soft


def _runs_on(line: str, following: str, *, comma: bool, widest: int) -> bool:
    """Whether the sentence of ``line`` goes on in ``following``.

    ``comma`` says that the lines joined so far hold punctuation; ``widest`` is the length of the
    longest line of the text.
    """
    if not _ENDS_IN_LETTER.search(line) or not _STARTS_IN_LETTER.match(following):
        return False
    if _ASCII_LETTER.match(line[-1]) and _ASCII_LETTER.match(following):
        return False
    if _ITEM.match(following) or _ROW.search(line) or _ROW.search(following):
        return False
    if _STARTS_NO_LINE.match(following):
        return True
    if not _COMMA.search(following):
        return comma and not _TITLE.search(line)
    if comma:
        return True
    return (
        bool(_KATAKANA.match(line[-1]) and _KATAKANA.match(following))
        or bool(_PARTICLE.search(line))
        or bool(_PARAGRAPH.match(line))
        or (widest <= _WIDEST and len(line) >= max(_NARROWEST, widest - 2))
    )
