"""Who else wants the tokens of each document, beside the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from kazami.document import Document

PassageTokens = Sequence[Sequence[str]]
"""The tokens of each passage of a document, as ``indexer.tokens.terms`` gives them."""

Digest = Callable[[Document, PassageTokens], Any]
"""A document and its tokens to a small value; a function of a module, since it runs elsewhere."""


class TokenSink(Protocol):
    """Gets every document that the index gets, with the very tokens that are indexed.

    It has two halves. ``digest`` runs where the tokens are made, which may be another process, and
    makes of them what is to be kept; ``fold`` gets that here. A sink keeps by document, so that
    what comes twice replaces and does not add up: after a kill, the build begins again from the
    older of the two change numbers.
    """

    change: int
    """The store's change number of its last commit; 0 where it holds nothing."""

    @property
    def digest(self) -> Digest:
        """Must be picklable."""

    def fold(self, id: str, digested: Any) -> None:
        """Keep this for the document, in place of what was kept for it before."""

    def forget(self, ids: Iterable[str]) -> None:
        """Keep nothing for these documents; an unknown id is no error."""

    def commit(self, change: int) -> None:
        """Make what was folded last, together with the change number."""


def digested(
    digests: Sequence[Digest], documents: Sequence[Document], tokens: PassageTokens
) -> list[list[Any]]:
    """What each digest makes of each document; ``tokens`` are those of all passages in a row."""
    made: list[list[Any]] = [[] for _ in digests]
    at = 0
    for document in documents:
        own = tokens[at : at + len(document.passages)]
        at += len(document.passages)
        for values, digest in zip(made, digests, strict=True):
            values.append(digest(document, own))
    return made
