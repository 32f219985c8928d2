"""The store of documents: the only meeting point of crawling and indexing."""

from kazami.store.opening import FILE, is_stored, may_write, open_folder, open_store
from kazami.store.records import (
    BodyCounts,
    Change,
    Correction,
    DocumentRefused,
    Fetch,
    Frontier,
    FrontierPage,
    KnownDocument,
    Listing,
    NothingToCorrect,
    Outcome,
    SourceRun,
    StoredPassage,
    StoreError,
    StoreExtent,
)
from kazami.store.store import Store

__all__ = [
    "FILE",
    "BodyCounts",
    "Change",
    "Correction",
    "DocumentRefused",
    "Fetch",
    "Frontier",
    "FrontierPage",
    "KnownDocument",
    "Listing",
    "NothingToCorrect",
    "Outcome",
    "SourceRun",
    "Store",
    "StoreError",
    "StoreExtent",
    "StoredPassage",
    "is_stored",
    "may_write",
    "open_folder",
    "open_store",
]
