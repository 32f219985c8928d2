"""The store of documents: the only meeting point of crawling and indexing."""

from kazami.store.records import (
    BodyCounts,
    Change,
    DocumentRefused,
    Extent,
    Fetch,
    Frontier,
    FrontierPage,
    Known,
    Listing,
    Outcome,
    SourceRun,
    StoredPassage,
    StoreError,
)
from kazami.store.store import FILE, Store

__all__ = [
    "FILE",
    "BodyCounts",
    "Change",
    "DocumentRefused",
    "Extent",
    "Fetch",
    "Frontier",
    "FrontierPage",
    "Known",
    "Listing",
    "Outcome",
    "SourceRun",
    "Store",
    "StoreError",
    "StoredPassage",
]
