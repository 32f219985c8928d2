"""Fetch, parse, store: from a source's pages to documents in the store.

The front doors below are all that a face may call of this package. Each is imported when it is
first asked for, so that ``import crawler`` loads neither Scrapy nor a parser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.detection import detect
    from crawler.importing.award_csv.importing import AwardReport, import_awards
    from crawler.importing.award_csv.mapping import read_mapping
    from crawler.importing.jsonl import ImportReport, NoTextFile, import_file
    from crawler.page import Wanted
    from crawler.running.correcting import correct, take_back
    from crawler.running.crawl import crawl
    from crawler.running.decisions import NothingToAccept, accept, grant
    from crawler.running.events import (
        Event,
        EventCallback,
        PageRead,
        Problem,
        RunStarted,
        SourceFinished,
        SourceStarted,
        Waiting,
    )
    from crawler.running.reparse import reparse
    from crawler.running.report import Report, SourceReport

_HOMES = {
    "AwardReport": "crawler.importing.award_csv.importing",
    "ImportReport": "crawler.importing.jsonl",
    "NoTextFile": "crawler.importing.jsonl",
    "NothingToAccept": "crawler.running.decisions",
    "Report": "crawler.running.report",
    "SourceReport": "crawler.running.report",
    "Wanted": "crawler.page",
    "accept": "crawler.running.decisions",
    "correct": "crawler.running.correcting",
    "crawl": "crawler.running.crawl",
    "detect": "crawler.detection",
    "grant": "crawler.running.decisions",
    "import_awards": "crawler.importing.award_csv.importing",
    "import_file": "crawler.importing.jsonl",
    "read_mapping": "crawler.importing.award_csv.mapping",
    "reparse": "crawler.running.reparse",
    "take_back": "crawler.running.correcting",
    "Event": "crawler.running.events",
    "EventCallback": "crawler.running.events",
    "PageRead": "crawler.running.events",
    "Problem": "crawler.running.events",
    "RunStarted": "crawler.running.events",
    "SourceFinished": "crawler.running.events",
    "SourceStarted": "crawler.running.events",
    "Waiting": "crawler.running.events",
}
"""Front door → the module that it lives in."""

__all__ = [
    "AwardReport",
    "Event",
    "EventCallback",
    "ImportReport",
    "NoTextFile",
    "NothingToAccept",
    "PageRead",
    "Problem",
    "Report",
    "RunStarted",
    "SourceFinished",
    "SourceReport",
    "SourceStarted",
    "Waiting",
    "Wanted",
    "accept",
    "correct",
    "crawl",
    "detect",
    "grant",
    "import_awards",
    "import_file",
    "read_mapping",
    "reparse",
    "take_back",
]

if not TYPE_CHECKING:  # or a misspelt name would pass the type check

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return vars(import_module(_HOMES[name]))[name]
