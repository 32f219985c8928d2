"""When a field is filled less often than usual: the rule, and what a source is known by.

The unit is the document (in minutes the sitting), for the passages of one sitting are read alike:
its share is one observation, and the latest ones are held against the usual ones by the t-test on
clusters' own figures that Bennett et al. found robust even for very few clusters
(Methods for the analysis of incidence rates in cluster randomized trials, Int J Epidemiol 31,
2002, 839-846). Three standard errors are Shewhart's limits
(NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.1). docs/reading.md says how often it errs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from math import sqrt

from kazami.fills import Fills, Rate, Rates, counted, documents_in, together
from kazami.sources import Source
from kazami.store import Store

MARGIN = 0.1
"""A smaller drop is no alarm, however sure."""

ERRORS = 3.0
"""So many standard errors of the difference are not put down to chance."""

LEAST = 3
"""Documents. Fewer are kept until the next runs' make so many."""

LEAST_USUAL = 10
"""Documents. Before that nothing is usual."""

MOST_USUAL = 100
"""Documents. What is usual weighs no more: older ones fade, and a site that prints otherwise for
good becomes usual itself."""


def known(store: Store, source: Source, pass_started: datetime, stored: Rates) -> Fills | None:
    """What this run's documents are judged by; None where it stored none.

    All runs of one pass count as one. For a source that was crawled before rates were on record
    those of all that is stored stand for its earlier runs.

    Raises StoreError.
    """
    if not stored:
        return None
    before = store.last_filled_run(source.id)
    if before is None or before.fills is None:
        earlier = store.stored_rates(source.id, source.kind, but_of=pass_started)
        return following(Fills(latest=earlier, usual={}), stored)
    return following(before.fills, stored, same_pass=before.started == pass_started)


def following(last: Fills, stored: Rates, *, same_pass: bool = False) -> Fills:
    """The rates after a run that stored this, where the run before it left ``last``."""
    if same_pass or documents_in(last.latest) < LEAST:
        return Fills(latest=together(last.latest, stored), usual=last.usual)
    return Fills(latest=dict(stored), usual=_faded(together(last.usual, last.latest)))


def _faded(rates: Rates) -> dict[str, Rate]:
    return {
        name: rate.times(MOST_USUAL / max(MOST_USUAL, rate.documents))
        for name, rate in rates.items()
    }


def alarms(source: Source, fills: Fills) -> Iterator[str]:
    """A line for every field that fell among what a crawl stored."""
    for field in counted(source.kind):
        latest, usual = fills.latest.get(field.name), fills.usual.get(field.name)
        if field.steady and latest is not None and usual is not None and fell(latest, usual):
            yield (
                f"{field.name} ({field.label}): {latest.mean:.1%} filled in the latest "
                f"{latest.documents:.0f} documents, usually {usual.mean:.1%}; look whether the "
                "site's pages have changed"
            )


def fell(latest: Rate, usual: Rate) -> bool:
    """Whether the latest documents have the field less often than chance and margin allow."""
    if latest.documents < LEAST or usual.documents < LEAST_USUAL:
        return False
    drop = usual.mean - latest.mean
    if drop <= MARGIN:
        return False
    spread = (_squares(latest) + _squares(usual)) / (latest.documents + usual.documents - 2)
    return drop > ERRORS * sqrt(spread * (1 / latest.documents + 1 / usual.documents))


def _squares(rate: Rate) -> float:
    """The sum of squares about the mean; rounding must not make it negative."""
    return max(0.0, rate.squares - rate.shares * rate.mean)


def reread_alarms(source: Source, before: Rates, after: Rates) -> Iterator[str]:
    """A line for every field that reading the same documents again lost.

    The pages are the same, so nothing is left to chance: the margin alone decides.
    """
    for field in counted(source.kind):
        was, now = before.get(field.name, Rate()), after.get(field.name, Rate())
        if was.mean - now.mean > MARGIN:
            yield (
                f"{field.name} ({field.label}): {now.mean:.1%} filled in {now.documents:.0f} "
                f"documents, before this reading {was.mean:.1%}; compare some with their pages"
            )
