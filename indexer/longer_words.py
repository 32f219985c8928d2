"""Words of an index that hold a query's word, and so are not counted with it.

Reading is by whole units, and what the dictionary has as one unit, or does not know at all, is one:
バス does not find ノンステップバス. An index's own list of terms tells where that is so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.query import Near, Node, Phrase, leaves
from kazami.line_breaks import KANJI
from kazami.text import search_form

# Compiled at their first use: few queries need them.
_SCRIPTS = {
    "kanji": f"[{KANJI}]+",
    "katakana": "[ァ-ヺー]+",
    "hiragana": "[ぁ-ゖ]+",
    "other letters": rf"[^\W\d_ぁ-ヺー{KANJI}]+",
    "figures": r"\d+",
}


@dataclass(frozen=True, slots=True)
class Sought:
    """A word of a query, as written and in search form, and what the query counts of itself.

    ``counted`` are single terms, ``prefixes`` beginnings of terms.
    """

    word: str
    form: str
    counted: frozenset[str]
    prefixes: tuple[str, ...]

    def in_term(self, term: str) -> bool:
        """Whether a term that is not counted holds the word as a part that reads as a word.

        What is left of a longer run of katakana must have two characters (ノンステップバス, but
        not ドローン for ローン); kanji are taken as they stand (所得税 for 所得); within Latin
        letters, hiragana and figures it is only characters (MIRAI for AI).
        """
        if term in self.counted or term.startswith(self.prefixes):
            return False
        at = term.find(self.form)
        while at >= 0:
            end = at + len(self.form)
            if _ends(term[at], term[:at][::-1]) and _ends(term[end - 1], term[end:]):
                return True
            at = term.find(self.form, at + 1)
        return False


def _ends(edge: str, rest: str) -> bool:
    """Whether a word can end with ``edge`` where ``rest`` goes on, seen from the word."""
    for script, run in _SCRIPTS.items():
        if re.match(run, edge) and (found := re.match(run, rest)):
            return script == "kanji" or (script == "katakana" and found.end() > 1)
    return True


def sought(node: Node) -> list[Sought]:
    """The words that longer ones can be looked for: those that count, of two characters or more."""
    phrases = list(dict.fromkeys(_phrases(node)))
    single = [phrase for phrase in phrases if len(phrase.terms) == 1]
    counted = frozenset(phrase.terms[0] for phrase in single if not phrase.prefix)
    prefixes = tuple(phrase.terms[0] for phrase in single if phrase.prefix)
    words = dict.fromkeys(phrase.written for phrase in phrases if not phrase.prefix)
    forms = ((word, search_form(word).strip()) for word in words)
    return [
        Sought(word, form, counted, prefixes)
        for word, form in forms
        if len(form) > 1 and any(map(_tells, form)) and not any(map(str.isspace, form))
    ]


def _tells(character: str) -> bool:
    """Whether it is a letter other than hiragana, of which any term has some."""
    return character.isalpha() and not "ぁ" <= character <= "ゖ"


def _phrases(node: Node) -> Iterator[Phrase]:
    for leaf in leaves(node):
        match leaf:
            case Phrase():
                yield leaf
            case Near(left, right):
                yield from left
                yield from right


def in_order(passages: Iterable[tuple[str, int]]) -> list[str]:
    """Terms with how many passages have each, the commonest first."""
    return [term for term, _ in sorted(passages, key=lambda found: (-found[1], found[0]))]
