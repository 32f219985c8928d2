"""What a segment knows of where the words of a query stand in some of its passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np

from indexer.engines.whoosh import columns
from indexer.engines.whoosh.columns import Columns
from indexer.engines.whoosh.inverted import Ints, PostingList
from indexer.engines.whoosh.set_algebra import within
from indexer.query import Leaf, Near, Phrase
from indexer.spans import Located, unpack


class TermLists(Protocol):
    """A segment's lists of terms."""

    def postings(self, term: str) -> PostingList | None: ...

    def expand(self, prefix: str) -> list[str]: ...


def locate(
    lists: TermLists, held: Columns, leaves: Iterable[Leaf], passages: Ints
) -> Iterator[tuple[int, Located]]:
    """Each of these passages, which rise, with the query's terms in it.

    A passage that was indexed without places is left out.
    """
    terms: list[list[tuple[int, str]]] = [[] for _ in passages]
    for term in sorted(_terms(lists, leaves)):
        postings = lists.postings(term)
        if postings is None:
            continue
        places = within(passages, postings.docs)
        ends = np.cumsum(postings.freqs)
        for at in np.flatnonzero(places >= 0).tolist():
            end = int(ends[places[at]])
            start = end - int(postings.freqs[places[at]])
            terms[at] += [(position, term) for position in postings.positions[start:end].tolist()]
    spans, checksums = held.strings(columns.SPANS), held.array(columns.CHECKSUM)
    for passage, found in zip(passages.tolist(), terms, strict=True):
        packed = spans.raw(passage)
        if packed:
            yield passage, Located(*unpack(packed), found, int(checksums[passage]))


def _terms(lists: TermLists, leaves: Iterable[Leaf]) -> set[str]:
    found: set[str] = set()
    for phrase in _phrases(leaves):
        *head, last = phrase.terms
        found.update(head)
        found.update(lists.expand(last) if phrase.prefix else [last])
    return found


def _phrases(leaves: Iterable[Leaf]) -> Iterator[Phrase]:
    for leaf in leaves:
        match leaf:
            case Phrase():
                yield leaf
            case Near(left, right, _):
                sides: Sequence[Phrase] = (*left, *right)
                yield from sides
