"""The Diet's API (kokkai.ndl.go.jp/api) replayed from documents."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.replay.answers import Reply, not_found
from kazami.document import Document


class Diet:
    """The meetings of the Diet under ``/api/``."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = list(documents)

    def answer(self, method: str, rest: str, base: str) -> Reply:
        """The answer to ``rest``, which is the path below ``/api/`` with its query."""
        return not_found(rest)
