"""Whether a run brought what its source promises: an empty or shrunken result is an alarm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from crawler.running.report import SourceReport
from kazami.sources import Expect
from kazami.store import KnownDocument

_SHRUNK_SHARE = 0.2
_SHRUNK_LEAST = 5


def alarms(
    report: SourceReport,
    expect: Expect,
    known: Mapping[str, KnownDocument],
    *,
    today: date,
    whole: bool,
) -> list[str]:
    """What is wrong with the result as a whole, a line each; none is well.

    ``known`` is what is stored of the source after the run. ``whole`` is false where the run asked
    for a part only (days, a query, a limit): then only disappearance counts.
    """
    present = [document for document in known.values() if document.missing is None]
    found = []
    if report.missing >= _SHRUNK_LEAST and report.missing > _SHRUNK_SHARE * len(known):
        found.append(
            f"{report.missing} of {len(known)} stored documents are gone from the source; "
            "they are kept and marked missing"
        )
    if not whole:
        return found
    if not present:
        found.append("no document came of the whole source")
        return found
    if expect.at_least is not None and len(present) < expect.at_least:
        found.append(f"{len(present)} documents, expected at least {expect.at_least}")
    newest = max((document.date for document in present if document.date), default=None)
    if expect.newest_within_days is None:
        return found
    if newest is None:
        found.append("no document has a date")
    elif newest < today - timedelta(days=expect.newest_within_days):
        found.append(
            f"the newest document is of {newest}, expected one of the last "
            f"{expect.newest_within_days} days"
        )
    return found
