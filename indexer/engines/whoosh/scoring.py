"""``indexer.ranking`` over the segments of an index, for all rows found at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer import ranking as bm25
from indexer.engines.whoosh.execution import SegmentReader
from indexer.engines.whoosh.inverted import Bools, Ints, concatenated
from indexer.query import Leaf, Node, leaves

Found = list[Ints]
"""The rows found, passages and titles, for each segment."""

Views = Sequence[SegmentReader]


@dataclass(frozen=True, slots=True)
class Scores:
    """Each row's score; ``named`` is the title's part in it, None where no title is searched."""

    total: Ints
    named: Ints | None = None


def gather(views: Views, found: Found, read: Callable[[SegmentReader, Ints], Ints]) -> Ints:
    """One number for each row found."""
    return concatenated([read(view, rows) for view, rows in zip(views, found, strict=True)])


def titles_among(views: Views, found: Found) -> Bools | None:
    """Which of the rows found are titles; None where none can be."""
    if all(view.titles is None for view in views):
        return None
    return gather(
        views,
        found,
        lambda view, at: np.zeros(len(at), np.bool_) if view.titles is None else view.titles[at],
    )


def scores_of(views: Views, node: Node, found: Found) -> Scores:
    """The scores of the rows found, in their order."""
    wanted = list(leaves(node))
    if not wanted:
        return Scores(np.zeros(sum(map(len, found))))
    passages = sum(view.live_passages for view in views)
    total = sum(view.tokens for view in views)
    average = total / passages if passages else 0.0
    weights = [(leaf, bm25.idf(passages, _df(views, leaf))) for leaf in wanted]
    scores = _sums(views, weights, found, average)
    titles = titles_among(views, found)
    if titles is None:
        return Scores(_rounded(scores))
    of_each = [view.title_of(rows) for view, rows in zip(views, found, strict=True)]
    named = np.zeros(len(scores))
    named[concatenated(of_each) >= 0] = bm25.TITLE_WEIGHT * _sums(
        views, weights, [rows[rows >= 0] for rows in of_each], average
    )
    scores[titles] = 0.0
    return Scores(_rounded(scores + named), named)


def _df(views: Views, leaf: Leaf) -> int:
    """How many passages hold the leaf."""
    return sum(len(view.without_titles(view.counts(leaf).passages)) for view in views)


def _sums(views: Views, weights: Sequence[tuple[Leaf, float]], rows: Found, average: float) -> Ints:
    """What the leaves give each row, as a passage of its length."""
    scores = np.zeros(sum(map(len, rows)))
    lengths = gather(views, rows, lambda view, at: view.lengths[at]).astype(np.float64)
    norms = (
        bm25.K1 * (1 - bm25.B + bm25.B * lengths / average)
        if average
        else np.full(len(scores), bm25.K1)
    )
    for leaf, weight in weights:
        tf = gather(views, rows, lambda view, at, leaf=leaf: view.counts_at(leaf, at))  # type: ignore[misc]
        scores += weight * tf * (bm25.K1 + 1) / (tf + norms)
    return scores


def _rounded(scores: Ints) -> Ints:
    rounded: Ints = np.rint(scores * 1e6) / 1e6
    return rounded
