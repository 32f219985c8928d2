"""What a search by words leaves out: longer words that hold one of the query."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from answers.questions import Match, Question
from indexer.engines.base import Reader
from indexer.longer_words import sought
from indexer.query import Node

_SHOWN = 3
_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LongerWords:
    """``terms`` of the index that hold ``word``, the commonest first; ``more``: there are others.

    ``exact`` asks for the word's letters wherever they stand, under the same filters.
    """

    word: str
    terms: tuple[str, ...]
    more: bool
    exact: Question


def longer_words(
    reader: Reader, nodes: Iterable[Node], question: Question
) -> tuple[LongerWords, ...]:
    """Of each word of the queries that has some where the question looks, five words at most."""
    wanted = {each.word: each for node in nodes for each in sought(node)}
    found = []
    for word, each in list(wanted.items())[:_MOST]:
        if terms := reader.longer_terms(each, question.filters):
            plain = re.fullmatch(r"\w+", word) and word not in ("AND", "OR", "NOT", "NEAR")
            exact = replace(question, texts=(word if plain else f'"{word}"',), match=Match.EXACT)
            shown, more = tuple(terms[:_SHOWN]), len(terms) > _SHOWN
            found.append(LongerWords(word=word, terms=shown, more=more, exact=exact))
    return tuple(found)
