"""Tokenize, index, query, count: from the store to answers.

``index`` is the front door, all that a face may call of this package. It is imported when it is
first asked for, so that ``import indexer`` loads neither an engine nor the dictionary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.indexing import index

__all__ = ["index"]

if not TYPE_CHECKING:  # or a misspelt name would pass the type check

    def __getattr__(name: str) -> object:
        if name != "index":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from indexer.indexing import index

        return index
