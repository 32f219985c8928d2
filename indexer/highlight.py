"""Where in the original text the words of a query stand, and the best piece to show of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from indexer.places import near_places, places
from indexer.query import Leaf, Near, Node, Phrase, Substring, leaves
from indexer.spans import Located, checksum
from indexer.tokens import tokens
from kazami.text import exact_form_with_offsets, search_form_with_offsets

WIDTH = 120
"""About how many characters a snippet has."""

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_BLANK = re.compile(r"\s+")


_Span = Callable[[int, int], tuple[int, int]]
"""Where in the text the tokens from a first position to a last one stand."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """``start`` and ``end`` in the text; ``leaf`` counts the leaves of the query from 0."""

    start: int
    end: int
    leaf: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text and the (start, end) in it of what was searched for."""

    text: str
    marks: tuple[tuple[int, int], ...]


def marks(text: str, node: Node, located: Located | None = None) -> list[Mark]:
    """Every occurrence of every leaf that counts, in the original text; they may overlap.

    ``located`` spares tokenizing the text, if it was indexed as it stands.
    """
    wanted = list(leaves(node))
    words = any(not isinstance(leaf, Substring) for leaf in wanted)
    terms: Sequence[str] = ()
    span: _Span = _nowhere
    if words:
        known = located is not None and located.checksum == checksum(text)
        terms, span = _located(text, located) if located and known else _tokenized(text)
    out: list[Mark] = []
    for number, leaf in enumerate(wanted):
        out += [Mark(*found, number) for found in _spans(text, leaf, terms, span)]
    return sorted(set(out))


def _nowhere(first: int, last: int) -> tuple[int, int]:
    raise AssertionError("a query without words has no places")


def _tokenized(text: str) -> tuple[Sequence[str], _Span]:
    """The terms of a text by position, and where they stand."""
    found = tokens(text)
    by_position = {token.position: token for token in found}
    terms = [""] * (found[-1].position + 1) if found else []
    for token in found:
        terms[token.position] = token.term
    return terms, lambda first, last: (by_position[first].start, by_position[last].end)


def _located(text: str, located: Located) -> tuple[Sequence[str], _Span]:
    """The same as far as the query's terms go, from what the index knows."""
    begins, ends = located.begins, located.ends
    terms = [""] * len(begins)
    for position, term in located.terms:
        terms[position] = term
    form = search_form_with_offsets(text)

    def span(first: int, last: int) -> tuple[int, int]:
        start, _ = form.source(text, int(begins[first]), int(ends[first]))
        _, end = form.source(text, int(begins[last]), int(ends[last]))
        return start, end

    return terms, span


def _spans(text: str, leaf: Leaf, terms: Sequence[str], span: _Span) -> Iterator[tuple[int, int]]:
    match leaf:
        case Substring(wanted):
            form = exact_form_with_offsets(text)
            for found in re.finditer(re.escape(wanted), form.text):
                yield form.source(text, *found.span())
        case Phrase():
            for first, last in places(terms, leaf):
                yield span(first, last)
        case Near():
            for side in near_places(terms, leaf):
                for first, last in side:
                    yield span(first, last)


def snippet(text: str, node: Node, width: int = WIDTH, located: Located | None = None) -> Snippet:
    """The piece with the most different leaves, then the most occurrences, then the first.

    It begins and ends with a sentence where one begins or ends near enough, else with …. White
    space is made single, and a line break between two Japanese characters vanishes. Where
    nothing is marked (fields only), it is the beginning of the text.
    """
    found = marks(text, node, located)
    first, last = _best(found, width)
    start, end = _cut(text, first, last, width)
    inside = _merged([mark for mark in found if mark.start < end and mark.end > start])
    return _tidy(text, start, end, inside)


def whole(text: str, node: Node, located: Located | None = None) -> Snippet:
    """All of a short text as a snippet: a title."""
    return _tidy(text, 0, len(text), _merged(marks(text, node, located)))


def merged_marks(text: str, node: Node) -> tuple[tuple[int, int], ...]:
    """Where in the text as it stands the query's words are, each piece once."""
    return tuple(_merged(marks(text, node)))


def _best(found: Sequence[Mark], width: int) -> tuple[int, int]:
    """From where to where the marks of the best window reach."""
    best, reach = (0, 0), (0, 0)
    counts: dict[int, int] = {}
    first = 0
    for last, mark in enumerate(found):
        counts[mark.leaf] = counts.get(mark.leaf, 0) + 1
        while first < last and mark.end - found[first].start > width:
            counts[found[first].leaf] -= 1
            if not counts[found[first].leaf]:
                del counts[found[first].leaf]
            first += 1
        value = (len(counts), last - first + 1)
        if value > best:
            best, reach = value, (found[first].start, mark.end)
    return reach


def _cut(text: str, first: int, last: int, width: int) -> tuple[int, int]:
    """Where the piece around ``first`` to ``last`` begins and ends."""
    last = min(last, first + width)
    room = width - (last - first)
    earliest = first - room * 2 // 3
    starts = [found.end() for found in _SENTENCE_END.finditer(text, max(0, earliest), first)]
    if earliest <= 0:
        starts.append(0)
    start = min(starts, default=max(0, first - room // 3))
    end = start + width
    if end >= len(text):
        return start, len(text)
    shortest = max(last, start + width // 2)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, shortest - 1, end)]
    return start, max(ends, default=end)


def _merged(found: Sequence[Mark]) -> list[tuple[int, int]]:
    """Spans that touch no other, in order."""
    out: list[tuple[int, int]] = []
    for mark in found:
        if out and mark.start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], mark.end))
        else:
            out.append((mark.start, mark.end))
    return out


def _tidy(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> Snippet:
    """The piece with single spaces and …, its marks moved along."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    out: list[str] = ["…"] if text[:start].strip() else []
    places: list[int] = []
    length = len(out)
    at = start
    while at < end:
        blank = _BLANK.match(text, at, end)
        stop = blank.end() if blank else at + 1
        piece = text[at]
        if blank:
            soft = not (text[at - 1].isascii() or text[stop].isascii() or blank[0].strip("\r\n"))
            piece = "" if soft else " "
        places += [length] * (stop - at)
        out.append(piece)
        length += len(piece)
        at = stop
    places.append(length)
    if text[end:].strip():
        out.append("…")
    moved = (
        (places[max(first, start) - start], places[min(last, end) - start]) for first, last in spans
    )
    return Snippet("".join(out), tuple((a, b) for a, b in moved if a < b))
