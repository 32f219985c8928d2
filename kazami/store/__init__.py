"""The store of documents: the only meeting point of crawling and indexing."""

from kazami.store.opening import FILE, is_stored, may_write, open_folder, open_store
from kazami.store.records import (
    BodyCounts,
    Change,
    DocumentRefused,
    Fetch,
    Frontier,
    FrontierPage,
    KnownDocument,
    Listing,
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
    "DocumentRefused",
    "Fetch",
    "Frontier",
    "FrontierPage",
    "KnownDocument",
    "Listing",
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
