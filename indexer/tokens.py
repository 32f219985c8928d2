"""Text to tokens with positions: every engine sees these, and this is the only sudachi import.

SudachiPy, split mode A, normalised forms, lower-cased, over ``kazami.text.search_form``. The
default configuration but for one plugin: IgnoreYomigana drops up to four kana in brackets after
a kanji, and with them words that stand in the text, as in 廃棄物（ごみ）.

The name of a place that the dictionary has with its 町, 村, 市 or 区 as one unit is two: 黒保根町
is 黒保根 and 町, as 黒保根村 is anyway. A middle dot between two figures is a term, and so takes
part in phrases: 1.5 also finds １・５, but not １、５.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources
from itertools import pairwise
from typing import Any, NamedTuple

from indexer.query import Phrase
from kazami.text import FIGURES, FIGURES_DOT, search_form, search_form_with_offsets

_RULES = 2
"""Raise it when the rules in this file or the forms in ``kazami.text`` change the tokens."""

_PIECE = 12_000
"""Characters per call: at four bytes each still below Sudachi's limit of 49,149 bytes."""

_CONTEXT = 256
"""Where a run of text must be cut, each side sees this many characters beyond the place."""

_BREAK = re.compile("[\n。]")

_LINE_END = "\n"
_SPACE = " "
_TWO = "\0"
"""No term: the morpheme is the name of a place, and two units."""

_PLACE_ENDS = frozenset("町村市区")

_POINT = re.compile(f"[.{FIGURES_DOT}](?<=[{FIGURES}].)(?=[{FIGURES}])")


class Token(NamedTuple):
    """One token: ``start`` and ``end`` are offsets in the original text."""

    term: str
    start: int
    end: int
    position: int


class Tokenized(NamedTuple):
    """What an index wants of a text: ``terms(text)``, and where they stand in its search form.

    ``widths`` are the lengths of all morphemes in order; ``unplaced`` are the indices of those
    that take no position. See ``indexer.spans``.
    """

    terms: list[str]
    widths: list[int]
    unplaced: list[int]


def tokenize(text: str) -> Tokenized:
    """The terms of a text, with what is needed to find their places again."""
    analyzer = _analyzer()
    known, learn = analyzer.known.get, analyzer.learn
    out: list[str] = []
    append = out.append
    widths: list[int] = []
    unplaced: list[int] = []
    after_line_end = -1
    for _, found in analyzer.pieces(search_form(text)):
        morphemes = list(found)
        widths.extend(map(len, morphemes))
        for morpheme in morphemes:
            term = known(morpheme.word_id())
            if term is None:
                term = learn(morpheme)
                if term == _SPACE:
                    unplaced.append(len(out) + len(unplaced))
                    continue
                if term == _LINE_END:
                    if len(out) == after_line_end:
                        unplaced.append(len(out) + len(unplaced))
                        continue
                    after_line_end = len(out) + 1
                    term = ""
                elif term == _TWO:
                    at = len(out) + len(unplaced)
                    widths[at : at + 1] = (widths[at] - 1, 1)
                    first, term = analyzer.place(morpheme.surface())
                    append(first)
            append(term)
    return Tokenized(out, widths, unplaced)


def terms(text: str) -> list[str]:
    """The term at each position; "" is a position taken by punctuation or a line end.

    White space inside a line takes no position, and neither does a blank line.
    """
    return tokenize(text).terms


def tokens(text: str) -> list[Token]:
    """The tokens with their places: ``terms(text)[token.position] == token.term``.

    Positions that no token has are those taken by punctuation and line ends.
    """
    form = search_form_with_offsets(text)
    analyzer = _analyzer()
    known, learn = analyzer.known.get, analyzer.learn
    out: list[Token] = []
    append = out.append
    position = 0
    after_line_end = -1
    for offset, morphemes in analyzer.pieces(form.text):
        for morpheme in morphemes:
            term = known(morpheme.word_id())
            if term is None:
                term = learn(morpheme)
            if term == _SPACE:
                continue
            if term == _LINE_END:
                if position != after_line_end:
                    position += 1
                    after_line_end = position
                continue
            if term:
                begin, end = offset + morpheme.begin(), offset + morpheme.end()
                if term == _TWO:
                    first, term = analyzer.place(morpheme.surface())
                    append(Token(first, *form.source(text, begin, end - 1), position))
                    begin = end - 1
                    position += 1
                append(Token(term, *form.source(text, begin, end), position))
            position += 1
    return out


def query_phrase(text: str) -> Phrase | None:
    """The units of a query word, at the distances they have in it; None where nothing is left."""
    found = [(position, term) for position, term in enumerate(terms(text)) if term]
    if not found:
        return None
    gaps = tuple(b - a for (a, _), (b, _) in pairwise(found))
    return Phrase(tuple(term for _, term in found), gaps=gaps)


def query_phrases(text: str) -> tuple[Phrase, ...]:
    """What a query word finds; empty where nothing is left. No two match at the same place.

    Mostly one. A decimal is printed 1.5 and １・５, and either finds both.
    """
    form = search_form(text)
    whole = query_phrase(form)
    if whole is None:
        return ()
    out = [whole]
    if _POINT.search(form):
        dotted, pointed = (query_phrase(_POINT.sub(sign, form)) for sign in (FIGURES_DOT, "."))
        # In what is no decimal (一.二丁目) a point is punctuation, and stands for any.
        if dotted and pointed and _wide(pointed) == _wide(dotted):
            out += [dotted, pointed]
    return tuple(dict.fromkeys(out))


def _wide(phrase: Phrase) -> int:
    return sum(gap > 1 for gap in phrase.gaps)


def prefix_phrases(text: str) -> tuple[Phrase, ...]:
    """What the beginning of a word can be the beginning of; empty where nothing is left.

    学び* must find 学ぶ, which is how the dictionary normalises it, and nouns beginning with 学び
    as it is written; where Sudachi cuts the beginning of a word in two, also words that begin
    with the whole of it. No two of the phrases match at the same place.
    """
    whole = query_phrase(text)
    if whole is None:
        return ()
    *head, last = whole.terms
    form = search_form(text).strip()
    end = tokens(text)[-1]
    surface = search_form(text[end.start : end.end])
    lasts = {last, surface}
    if surface.startswith(last) or last.startswith(surface):
        lasts = {min(last, surface, key=len)}
    out = [Phrase((*head, each), True, whole.gaps) for each in sorted(lasts)]
    if (
        head
        and not head[0].startswith(form)
        and set(whole.gaps) == {1}
        and not re.search(r"\s", form)
    ):
        out.append(Phrase((form,), True))
    return tuple(out)


def fingerprint() -> str:
    """Names all that shapes the tokens: an index made under another one must be rebuilt."""
    config = hashlib.sha256(_config().encode()).hexdigest()[:8]
    return (
        f"sudachipy {metadata.version('sudachipy')}, "
        f"sudachidict-core {metadata.version('sudachidict-core')}, "
        f"config {config}, unicode {unicodedata.unidata_version}, rules {_RULES}"
    )


class _Analyzer:
    """One thread's tokenizer, and what it has learnt of the dictionary's words."""

    def __init__(self, dictionary: Any) -> None:
        from sudachipy import SplitMode

        self._tokenizer = dictionary.tokenizer(mode=SplitMode.A, fields={"normalized_form", "pos"})
        self.known: dict[int, str] = {}
        self._places: dict[str, tuple[str, str] | None] = {}

    def learn(self, morpheme: Any) -> str:
        """The term of a morpheme, "" for punctuation, one of the two sorts of white space, or _TWO.

        A word of the dictionary that takes one position is remembered by its number.
        """
        pos, sort = morpheme.part_of_speech()[:2]
        surface = morpheme.surface()
        if pos == "空白":
            return _SPACE if surface.splitlines() == [surface] else _LINE_END
        if surface == FIGURES_DOT:
            return "・"
        unknown = morpheme.is_oov()
        if sort == "固有名詞" and not unknown and self._two(surface):
            return _TWO
        term: str = morpheme.normalized_form().lower()
        # Among the symbols are (株) and, unknown to the dictionary, 𠮷.
        if (unknown or pos == "補助記号") and not any(map(_is_word_character, term)):
            term = ""
        if not unknown:
            self.known[morpheme.word_id()] = term
        return term

    def place(self, surface: str) -> tuple[str, str]:
        """The two terms of a morpheme that ``learn`` calls _TWO."""
        terms = self._two(surface)
        if terms is None:
            raise ValueError(f"{surface} is one unit")
        return terms

    def _two(self, surface: str) -> tuple[str, str] | None:
        """The two terms of the name of a place, wherever it stands; None for any other word.

        四日市 is not 四日 and 市, nor 本町 本 and 町: before the end must stand a noun of the
        dictionary, of more than one character.
        """
        if surface[-1] not in _PLACE_ENDS or len(surface) < 3:
            return None
        if surface not in self._places:
            whole, stem, end = (
                list(self._tokenizer.tokenize(part))
                for part in (surface, surface[:-1], surface[-1])
            )
            kinds = [each.part_of_speech()[:3] for each in (*whole, *stem)]
            cut = (
                len(kinds) == 2
                and kinds[0][1:] == ("固有名詞", "地名")
                and kinds[1][0] == "名詞"
                and not stem[0].is_oov()
            )
            self._places[surface] = (
                (stem[0].normalized_form().lower(), end[0].normalized_form().lower())
                if cut
                else None
            )
        return self._places[surface]

    def pieces(self, form: str) -> Iterator[tuple[int, Any]]:
        """The morphemes of the form in order, by pieces, each with the piece's offset.

        A long form is cut after a line end or a 。; a run of text without either where two
        overlapping calls agree that one morpheme ends and another begins.
        """
        try:
            form.encode()
        except UnicodeEncodeError:
            form = form.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        start = 0
        while len(form) - start > _PIECE:
            stop = 1 + max(form.rfind(end, start, start + _PIECE) for end in "\n。")
            if stop > start:
                yield start, self._tokenizer.tokenize(form[start:stop])
            else:
                found = _BREAK.search(form, start + _PIECE)
                stop = found.end() if found else len(form)
                yield from self._run(form, start, stop)
            start = stop
        yield start, self._tokenizer.tokenize(form[start:])

    def _run(self, form: str, start: int, stop: int) -> Iterator[tuple[int, Any]]:
        """The morphemes from ``start`` to ``stop``, however far that is."""
        here = list(self._tokenizer.tokenize(form[start : min(start + _PIECE, stop)]))
        while start + _PIECE < stop:
            late = [m.begin() for m in here if m.begin() >= _PIECE - 2 * _CONTEXT]
            if not late:
                # One morpheme longer than any word: it is cut.
                late = [_PIECE]
            following = start + late[0]
            there = list(self._tokenizer.tokenize(form[following : min(following + _PIECE, stop)]))
            common = {start + begin for begin in late} & {following + m.begin() for m in there}
            joint = min((at for at in common if at >= following + _CONTEXT), default=following)
            yield start, [m for m in here if start + m.begin() < joint]
            here = [m for m in there if following + m.begin() >= joint]
            start = following
        yield start, here


def _is_word_character(character: str) -> bool:
    """Letters, kanji, kana and digits, but not the marks ー and 々 alone."""
    category = unicodedata.category(character)
    return category[0] in "LN" and category != "Lm"


_local = threading.local()


def _analyzer() -> _Analyzer:
    """A Sudachi tokenizer must not be used by two threads at once: one for each."""
    found: _Analyzer | None = getattr(_local, "analyzer", None)
    if found is None:
        found = _local.analyzer = _Analyzer(_dictionary())
    return found


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary(config=_config())


@cache
def _config() -> str:
    """Sudachi's default configuration without IgnoreYomigana."""
    default = resources.files("sudachipy") / "resources" / "sudachi.json"
    config = json.loads(default.read_text(encoding="utf-8"))
    config["inputTextPlugin"] = [
        plugin
        for plugin in config["inputTextPlugin"]
        if not plugin["class"].endswith("IgnoreYomiganaPlugin")
    ]
    return json.dumps(config)
