"""The store of documents: the only meeting point of crawling and indexing."""

from kazami.store.opening import FILE, is_stored, may_write, open_folder, open_store
from kazami.store.procurement import (
    AwardFigure,
    AwardFilter,
    StoredAward,
    StoredTender,
    TenderFilter,
    Words,
)
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
    "AwardFigure",
    "AwardFilter",
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
    "StoredAward",
    "StoredPassage",
    "StoredTender",
    "TenderFilter",
    "Words",
    "is_stored",
    "may_write",
    "open_folder",
    "open_store",
]
