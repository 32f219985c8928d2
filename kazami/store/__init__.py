"""The store of documents: the only meeting point of crawling and indexing.

What questions about tenders and awards are put in is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kazami.store.opening import FILE, is_stored, may_write, open_folder, open_store
from kazami.store.records import (
    BodyCounts,
    Change,
    Correction,
    DocumentRefused,
    Fetch,
    Frontier,
    FrontierPage,
    KindCounts,
    KnownDocument,
    Listing,
    NothingToCorrect,
    Outcome,
    SourceRun,
    StoredHead,
    StoredPassage,
    StoreError,
    StoreExtent,
)
from kazami.store.store import Store
from kazami.store.titles import StoredTitle

if TYPE_CHECKING:
    from kazami.store.procurement import (
        AllOf,
        AnyOf,
        AwardExtent,
        AwardFilter,
        Has,
        OfBody,
        StoredAward,
        StoredTender,
        TenderFilter,
        Without,
        Words,
    )

__all__ = [
    "FILE",
    "AllOf",
    "AnyOf",
    "AwardExtent",
    "AwardFilter",
    "BodyCounts",
    "Change",
    "Correction",
    "DocumentRefused",
    "Fetch",
    "Frontier",
    "FrontierPage",
    "Has",
    "KindCounts",
    "KnownDocument",
    "Listing",
    "NothingToCorrect",
    "OfBody",
    "Outcome",
    "SourceRun",
    "Store",
    "StoreError",
    "StoreExtent",
    "StoredAward",
    "StoredHead",
    "StoredPassage",
    "StoredTender",
    "StoredTitle",
    "TenderFilter",
    "Without",
    "Words",
    "is_stored",
    "may_write",
    "open_folder",
    "open_store",
]

if not TYPE_CHECKING:  # or a misspelt name would pass the type check

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return vars(import_module("kazami.store.procurement"))[name]
